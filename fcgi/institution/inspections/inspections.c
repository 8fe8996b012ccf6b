#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/aid.h"
#include "../../domain/inspection.h"
#include "../../domain/request.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "inspections.h"

/* What one visit can hold; the rest is asked for in another. */
enum { AIDS_MAX = 250 };

static const struct {
	const char *id;
	int days;
} periods[] = {{"overdue", -1}, {"month", 30}, {"quarter", 91}, {"year", 365}};

static const char *
until_of(struct pool *p, const char *period)
{
	char *until = pool_alloc(p, DATE_SIZE);
	int days = 0;

	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++)
		if (!strcmp(periods[i].id, period))
			days = periods[i].days;
	text_today(until);
	text_date_add(until, days, until);
	return until;
}

/* Beside the form: how many aids it is about. */
static enum rc
write_count(struct request *r, int64_t location, const char *period)
{
	char today[DATE_SIZE];
	int64_t due, asked;
	struct db_row row;

	if (!location || !period)
		return RC_OK;
	text_today(today);
	if (db_one(r->db, r->pool, SQL_INSPECTION_DUE_AT,
		    DB_ARGS(db_int("location", location),
			    db_text("until", until_of(r->pool, period)),
			    db_text("today", today)),
		    &row))
		return RC_FAIL;
	due = db_num(row, "due");
	asked = db_num(row, "asked");
	detail_open(r->xml, "inspection-count");
	detail_item(r->xml, "due", "number", NULL, db_str(row, "due"));
	detail_item(r->xml, "overdue", "number", NULL, db_str(row, "overdue"));
	detail_item(r->xml, "asked", "number", NULL, db_str(row, "asked"));
	detail_item(r->xml, "now", "number", NULL,
		pool_printf(r->pool, "%lld",
			(long long)(due - asked > AIDS_MAX ? AIDS_MAX
							   : due - asked)));
	xml_close(r->xml);
	if (due - asked <= AIDS_MAX)
		return RC_OK;
	xml_open(r->xml, "notes");
	note_open(r->xml, "inspection-many", "info", NULL, NULL);
	detail_arg(
		r->xml, "number", NULL, pool_printf(r->pool, "%d", AIDS_MAX));
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	enum rc rc;

	(void)thing;
	page_begin(r, "inspection-request");
	page_crumb(r, "inspections", "/inspections", NULL);
	page_crumb(r, "inspection-request", NULL, NULL);
	xml_open(r->xml, "main");
	rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (!rc)
		rc = write_count(
			r, form_int(f, "location"), form_get(f, "period"));
	xml_close(r->xml);
	if (form_refreshed(f))
		r->response.status = 200;
	return rc;
}

static struct form *
begin(struct request *r)
{
	struct form *f = form_begin(r, "inspection-request", r->path);
	const char *period = params_get(&r->get, "period");
	char *first = pool_alloc(r->pool, DATE_SIZE);
	char *last = pool_alloc(r->pool, DATE_SIZE);
	char today[DATE_SIZE];
	int64_t location;

	text_today(today);
	date_earliest(today, DATE_LEAD_DAYS, first);
	date_latest(today, last);
	form_cancel(f, "/inspections");
	form_bounds(f, "wished", first, last);
	form_default(f, "wished", first);
	form_default(f, "period", "month");
	for (size_t i = 0; period && i < sizeof(periods) / sizeof(periods[0]);
		i++)
		if (!strcmp(periods[i].id, period))
			form_default(f, "period", period);
	if (params_get(&r->get, "location") &&
		text_int(params_get(&r->get, "location"), &location))
		form_default(f, "location", params_get(&r->get, "location"));
	form_default(f, "contact_name", r->who->name);
	form_default(f, "contact_phone", r->who->phone);
	form_default(f, "contact_email", r->who->email);
	return f;
}

/*
 * Those that may be asked for, locked: what somebody else asked for, or took
 * away, since the page was shown is left out.
 */
static enum rc
find_aids(struct request *r, int64_t location, const char *until, int64_t *ids,
	size_t *count)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_INSPECTION_AIDS_AT,
		DB_ARGS(db_int("location", location), db_text("until", until),
			db_int("most", AIDS_MAX)),
		&rows);

	*count = 0;
	for (size_t i = 0; !rc && i < rows.count; i++)
		ids[i] = db_num(db_row(&rows, i), "id");
	if (!rc)
		rc = aid_lock(r, ids, rows.count);
	for (size_t i = 0; !rc && i < rows.count; i++) {
		int64_t organisation = r->who->organisation, where;
		const char *refused;

		rc = aid_ask(r, ids[i], KIND_INSPECTION, &organisation, &where,
			&refused);
		if (!rc && where == location)
			ids[(*count)++] = ids[i];
		if (rc == RC_INVALID || rc == RC_NOTFOUND)
			rc = RC_OK;
	}
	return rc;
}

static enum rc
ask(struct request *r, struct form *f, const int64_t *ids, size_t count)
{
	const struct request_draft draft = {
		.kind = KIND_INSPECTION,
		.aid_ids = ids,
		.aid_count = count,
		.place_id = form_int(f, "location"),
		.contact_name = form_get(f, "contact_name"),
		.contact_phone = form_get(f, "contact_phone"),
		.contact_email = form_get(f, "contact_email"),
		.message = form_get(f, "message"),
		.wished_on = form_get(f, "wished"),
	};
	const char *number, *refused;
	enum rc rc = request_submit(r, &draft, &number, &refused);

	if (rc == RC_INVALID)
		form_fail(f, NULL, "inspection-none", NULL, NULL);
	if (!rc)
		request_redirect(r, "/requests/%s/sent", number);
	return rc;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	int64_t *ids = pool_calloc(r->pool, AIDS_MAX, sizeof(*ids));
	char today[DATE_SIZE];
	const char *refused;
	size_t count;
	enum rc rc;

	(void)thing;
	text_today(today);
	refused =
		date_wish_refused(form_get(f, "wished"), today, DATE_LEAD_DAYS);
	if (refused) {
		form_fail(f, "wished", refused, NULL, NULL);
		return RC_INVALID;
	}
	rc = find_aids(r, form_int(f, "location"),
		until_of(r->pool, form_get(f, "period")), ids, &count);
	if (rc)
		return rc;
	if (!count) {
		form_fail(f, NULL, "inspection-none", NULL, NULL);
		return RC_INVALID;
	}
	return ask(r, f, ids, count);
}

enum rc
inspections_page(struct request *r)
{
	const char *location = params_get(&r->get, "location");
	int64_t id;

	if (r->format == FORMAT_PDF || r->format == FORMAT_XLSX)
		return list_page_of(r, "inspections", r->path, DB_NO_ARGS);
	page_begin(r, "inspections");
	if (access_may(r, RIGHT_SERVICE_REQUEST)) {
		xml_open(r->xml, "actions");
		xml_attr(r->xml, "id", "inspections");
		xml_attr(r->xml, "place", "head");
		action_link(r->xml, "inspection-request", "main", "badge-check",
			location && text_int(location, &id)
				? pool_printf(r->pool,
					  "/inspections/request?location=%lld",
					  (long long)id)
				: "/inspections/request");
		xml_close(r->xml);
	}
	return list_run(r, "inspections", r->path, DB_NO_ARGS);
}

enum rc
inspection_request(struct request *r)
{
	const struct edit e = {.form = begin(r), .draw = draw, .apply = apply};

	return edit_run(r, &e);
}

enum rc
institution_certificate(struct request *r)
{
	return inspection_certificate(r, r->args[0]);
}
