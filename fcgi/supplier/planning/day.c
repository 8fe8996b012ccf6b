#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/options.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "../../rules/request_state.h"
#include "planning.h"
#include "planning_of.h"
#include "rounds.h"

static const char path[] = "/supplier/day";

/* ?branch=3, a number; NULL: none. */
static const char *
number_asked(struct request *r, struct rounds *d, const char *name)
{
	const char *value = params_get(&r->get, name);
	int64_t number;

	if (!value || !*value)
		return NULL;
	if (text_int(value, &number))
		return value;
	d->ignored = true;
	return NULL;
}

/* A day of work: today or, at the weekend, the next. */
static void
read_asked(struct request *r, struct rounds *d)
{
	const char *date = params_get(&r->get, "date");
	const char *nobody = params_get(&r->get, "nobody");
	const char *kind = params_get(&r->get, "kind");
	char *day = pool_alloc(r->pool, DATE_SIZE);

	text_today(day);
	if (!date || !text_date(date, day)) {
		d->ignored = date && *date;
		date_earliest(day, 0, day);
	}
	d->date = day;
	d->nobody = nobody && !strcmp(nobody, "yes");
	d->mechanic = d->nobody ? NULL : number_asked(r, d, "mechanic");
	d->branch = number_asked(r, d, "branch");
	d->kind = kind && *kind ? kind : NULL;
}

static enum rc
find(struct request *r, struct rounds *d)
{
	const struct db_arg *args = DB_ARGS(db_text("date", d->date),
		db_text("mechanic", d->mechanic), db_int("nobody", d->nobody),
		db_text("branch", d->branch), db_text("kind", d->kind));
	struct db_row row;
	enum rc rc = RC_OK;

	if (d->mechanic)
		rc = db_one(r->db, r->pool, SQL_ROUND_MECHANIC,
			DB_ARGS(db_text("id", d->mechanic)), &row);
	if (rc)
		return rc;
	if (d->mechanic) {
		d->name = db_str0(row, "name");
		d->phone = db_str(row, "phone");
	}
	rc = db_select(r->db, r->pool, SQL_ROUND_JOBS, args, &d->jobs);
	if (!rc && d->jobs.count)
		rc = db_select(r->db, r->pool, SQL_ROUND_AIDS,
			DB_ARGS(db_text("date", d->date),
				db_text("branch", d->branch)),
			&d->aids);
	d->cut = d->jobs.count > ROUND_JOBS_MAX;
	if (d->cut)
		d->jobs.count = ROUND_JOBS_MAX;
	return rc;
}

/* Nobody sees a client's name before it is written down who did. */
static enum rc
log_clients(struct request *r, struct rounds *d)
{
	int64_t *ids;

	d->clients = access_may(r, RIGHT_CLIENT_VIEW);
	if (!d->clients || !d->jobs.count)
		return RC_OK;
	ids = pool_calloc(r->pool, d->jobs.count, sizeof(*ids));
	for (size_t i = 0; i < d->jobs.count; i++)
		ids[i] = db_num(db_row(&d->jobs, i), "client_id");
	return audit_clients(r, r->format == FORMAT_PDF ? "export" : "view",
		pool_printf(r->pool, "rounds %s", d->date), ids, d->jobs.count);
}

/* The page of another day (NULL: today) or mechanic (NULL: all of them). */
static const char *
address(struct request *r, const struct rounds *d, const char *format,
	const char *date, const char *mechanic)
{
	struct buffer *b = buffer_create(r->pool);

	buffer_printf(b, "%s%s?date=%s", path, format, date ? date : "");
	if (mechanic && !strcmp(mechanic, "none"))
		buffer_puts(b, "&nobody=yes");
	else if (mechanic)
		buffer_printf(b, "&mechanic=%s", mechanic);
	if (d->branch)
		buffer_printf(b, "&branch=%s", d->branch);
	if (d->kind)
		buffer_printf(b, "&kind=%s", text_urlencode(r->pool, d->kind));
	return b->data;
}

static const char *
asked_mechanic(const struct rounds *d)
{
	return d->nobody ? "none" : d->mechanic;
}

static void
write_link(struct request *r, const char *name, const char *href)
{
	xml_open(r->xml, name);
	xml_attr(r->xml, "href", href);
	xml_close(r->xml);
}

static void
write_mechanic(struct request *r, const struct rounds *d, const char *id,
	const char *name)
{
	const char *now = asked_mechanic(d);

	xml_open(r->xml, "mechanic");
	xml_attr(r->xml, "id", id ? id : "all");
	xml_attr(r->xml, "name", name);
	xml_attr(r->xml, "href", address(r, d, "", d->date, id));
	if (now && id ? !strcmp(now, id) : now == id)
		xml_attr(r->xml, "current", "yes");
	xml_close(r->xml);
}

/* To other days, and to each mechanic of the branch. */
static enum rc
write_ways(struct request *r, const struct rounds *d)
{
	const char *mechanic = asked_mechanic(d);
	int day = calendar_days_of(d->date);
	char other[DATE_SIZE];
	struct db_rows rows;
	enum rc rc = db_select(
		r->db, r->pool, SQL_WORK_MECHANICS, DB_NO_ARGS, &rows);

	if (rc)
		return rc;
	calendar_date(day - 1, other);
	write_link(r, "previous", address(r, d, "", other, mechanic));
	write_link(r, "now", address(r, d, "", NULL, mechanic));
	calendar_date(day + 1, other);
	write_link(r, "next", address(r, d, "", other, mechanic));
	write_mechanic(r, d, NULL, NULL);
	for (size_t i = 0; i < rows.count; i++)
		write_mechanic(r, d, db_str0(db_row(&rows, i), "value"),
			db_str0(db_row(&rows, i), "label"));
	write_mechanic(r, d, "none", NULL);
	return RC_OK;
}

/* What can be done with a job now, on its own page. */
static void
write_action(struct request *r, struct db_row row)
{
	const char *state = db_str0(row, "state");
	const char *id = NULL;

	if (!strcmp(state, "planned"))
		id = "start";
	else if (!strcmp(state, "in_progress"))
		id = strcmp(db_str0(row, "kind"), "inspection") ? "done"
								: "inspect";
	else if (!strcmp(state, "accepted"))
		id = "propose";
	if (id && access_may(r, RIGHT_WORK_PLAN))
		action_link(r->xml, id,
			strcmp(id, "propose") ? "main" : "quiet",
			strcmp(id, "propose") ? strcmp(id, "start")
							? "circle-check"
							: "wrench"
					      : "calendar-days",
			pool_printf(r->pool, "/supplier/requests/%s/%s",
				db_str0(row, "number"), id));
}

static const struct rounds_page on_page = {
	.pdf = address, .action = write_action};

static enum rc
write_page(struct request *r, const struct rounds *d)
{
	const char *off = date_off(d->date);
	enum rc rc;

	page_begin(r, "work-day");
	work_planning_actions(r);
	calendar_write_tabs(r, &work_calendar, "day");
	if (d->ignored)
		page_message(r, "warn", "list.ignored", NULL);
	xml_open(r->xml, "rounds");
	rounds_attributes(r->xml, d);
	xml_attr(r->xml, "off", off ? off + strlen("date-") : NULL);
	if (d->jobs.count)
		xml_attr(r->xml, "pdf",
			address(r, d, ".pdf", d->date, asked_mechanic(d)));
	rc = write_ways(r, d);
	rounds_write(r, r->xml, d, &on_page);
	xml_close(r->xml);
	return rc;
}

enum rc
work_day(struct request *r)
{
	struct rounds d = {0};
	enum rc rc;

	read_asked(r, &d);
	rc = find(r, &d);
	if (!rc)
		rc = log_clients(r, &d);
	if (rc)
		return rc;
	return r->format == FORMAT_PDF ? rounds_print(r, &d)
				       : write_page(r, &d);
}
