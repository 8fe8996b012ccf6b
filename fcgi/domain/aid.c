#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "aid.h"
#include "request.h"

static void
read_places(struct db_row row, struct aid *a)
{
	a->owner_id = db_num(row, "owner_id");
	a->owner = db_str(row, "owner");
	a->holder_id = db_num(row, "holder_id");
	a->holder = db_str(row, "holder");
	a->location_id = db_num(row, "location_id");
	a->location = db_str(row, "location");
	a->home = db_str(row, "home");
	a->place_id = db_num(row, "place_id");
	a->place = db_str0(row, "place");
	a->place_kind = db_str0(row, "place_kind");
	a->stored = db_num(row, "stored") != 0;
	a->branch_id = db_num(row, "branch_id");
}

static void
read_values(struct db_row row, struct aid *a)
{
	a->condition = db_str0(row, "condition_grade");
	a->bought_on = db_str(row, "bought_on");
	a->price_cents = db_str(row, "price_cents");
	a->rent_from = db_str(row, "rent_from");
	a->day_cents = db_str(row, "day_cents");
	a->inspected_on = db_str(row, "inspected_on");
	a->inspection_result = db_str(row, "inspection_result");
	a->inspection_due = db_str(row, "inspection_due");
	a->meter =
		(struct meter){db_str(row, "meter_unit"), db_num(row, "meter")};
	a->meter_on = db_str(row, "meter_on");
	a->version = db_num(row, "version");
}

static enum rc
moving(struct request *r, enum sql sql, int64_t aid, bool *result)
{
	struct db_row row;
	enum rc rc =
		db_one(r->db, r->pool, sql, DB_ARGS(db_int("aid", aid)), &row);

	*result = !rc && db_num(row, "moving") > 0;
	return rc;
}

enum rc
aid_find(struct request *r, const char *number, struct aid *a)
{
	struct db_row row;
	enum rc rc;
	int64_t n;

	if (!text_int(number, &n))
		return RC_NOTFOUND;
	rc = db_one(r->db, r->pool, SQL_AID_FIND,
		DB_ARGS(db_int("number", n), db_text("lang", r->lang)), &row);
	if (rc)
		return rc;
	memset(a, 0, sizeof(*a));
	a->id = db_num(row, "id");
	a->number = db_str0(row, "number");
	a->label_code = db_str0(row, "label_code");
	a->product_id = db_num(row, "product_id");
	a->product_number = db_str0(row, "product_number");
	a->make = db_str0(row, "make");
	a->type = db_str0(row, "type");
	a->category = db_str0(row, "category");
	a->subcategory = db_str0(row, "subcategory");
	a->iso9999 = db_str(row, "iso9999");
	a->serial = db_str0(row, "serial");
	a->status = aid_status_parse(db_str(row, "status"));
	read_places(row, a);
	read_values(row, a);
	return moving(r, SQL_AID_MOVING, a->id, &a->moving);
}

struct aid_facts
aid_facts(const struct aid *a)
{
	return (struct aid_facts){
		.status = a->status,
		.rented = !a->owner_id && a->holder_id,
		.moving = a->moving,
	};
}

void
aid_write_meter(struct xml *x, struct pool *p, const struct aid *a)
{
	if (!a->meter.unit)
		return;
	detail_item(x, pool_printf(p, "meter_%s", a->meter.unit), "number",
		NULL, pool_printf(p, "%lld", (long long)a->meter.reading));
	detail_item(x, "meter_on", "date", NULL, a->meter_on);
}

static int
by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* All in the same order, that of their ids. */
enum rc
aid_lock(struct request *r, const int64_t *ids, size_t count)
{
	int64_t *sorted = pool_calloc(r->pool, count, sizeof(*sorted));
	struct db_row row;
	enum rc rc = RC_OK;

	if (count > 0)
		memcpy(sorted, ids, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), by_id);
	for (size_t i = 0; rc != RC_FAIL && i < count; i++)
		if (sorted[i])
			rc = db_one(r->db, r->pool, SQL_AID_LOCK,
				DB_ARGS(db_int("id", sorted[i])), &row);
	return rc == RC_FAIL ? RC_FAIL : RC_OK;
}

/* Only of one that could be: what is looked at is locked. */
static enum rc
ask_service(struct request *r, int64_t id, enum request_kind kind,
	struct aid_facts *facts, const char **refused)
{
	enum rc rc;

	*refused = aid_service_refused(kind, facts);
	if (*refused)
		return RC_OK;
	if (kind == KIND_INSPECTION)
		rc = moving(r, SQL_AID_INSPECTING_NOW, id, &facts->inspecting);
	else if (aid_service_moves(kind))
		rc = moving(r, SQL_AID_MOVING_NOW, id, &facts->moving);
	else
		return RC_OK;
	if (!rc)
		*refused = aid_service_refused(kind, facts);
	return rc;
}

enum rc
aid_ask(struct request *r, int64_t id, enum request_kind kind,
	int64_t *organisation, int64_t *location, const char **refused)
{
	struct aid_facts facts = {0};
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_AID_LOCKED,
		DB_ARGS(db_int("id", id)), &row);

	if (rc)
		return rc;
	if (!*organisation)
		*organisation = db_num(row, "holder_id");
	if (!*organisation || db_num(row, "holder_id") != *organisation)
		return RC_NOTFOUND;
	*location = db_num(row, "location_id");
	facts.status = aid_status_parse(db_str(row, "status"));
	facts.rented = db_is_null(row, "owner_id");
	rc = ask_service(r, id, kind, &facts, refused);
	if (rc)
		return rc;
	return *refused ? RC_INVALID : RC_OK;
}

/* The history has no word for a rental: its work is the delivery. */
static const char *
event_kind(enum request_kind kind)
{
	return request_kind_name(kind == KIND_RENTAL ? KIND_DELIVERY : kind);
}

enum rc
aid_asked(struct request *r, const struct service_request *sr)
{
	enum rc rc = RC_OK;
	char today[11];

	text_today(today);
	for (size_t i = 0; !rc && i < sr->line_count; i++)
		rc = db_exec(r->db, SQL_AID_EVENT_ASKED,
			DB_ARGS(db_int("aid", sr->lines[i].aid_id),
				db_int("organisation", sr->organisation_id),
				db_int("request", sr->id),
				db_text("kind", event_kind(sr->kind)),
				db_text("summary", sr->description),
				db_text("day", today),
				db_int("actor", r->who->account),
				db_int("own", sr->line_count > 1),
				db_int("from_place", sr->place_id),
				sr->to_place_id
					? db_int("to_place", sr->to_place_id)
					: db_null("to_place")),
			NULL);
	return rc;
}

/* Where it goes, 0: it stays. */
static enum rc
destination(struct request *r, const struct service_request *sr,
	enum aid_place place, int64_t branch, int64_t *id)
{
	struct db_row row;
	enum rc rc;

	*id = place == AID_GOES_TO ? sr->to_place_id : 0;
	if (place != AID_TO_SUPPLIER)
		return RC_OK;
	rc = db_one(r->db, r->pool, SQL_AID_SUPPLIER_DEPOT,
		DB_ARGS(db_int("place", sr->to_place_id),
			db_int("branch", branch)),
		&row);
	if (!rc)
		*id = db_num(row, "id");
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc
end_rental(struct request *r, const struct service_request *sr, int64_t aid,
	const char *day)
{
	enum rc rc = db_exec(
		r->db, SQL_AID_END_RENTAL, DB_ARGS(db_int("id", aid)), NULL);

	if (rc)
		return rc;
	return db_exec(r->db, SQL_AID_RENTAL_COLLECTED,
		DB_ARGS(db_int("id", aid), db_text("day", day),
			db_int("organisation", sr->organisation_id)),
		NULL);
}

static enum rc
move_to(struct request *r, int64_t aid, enum aid_status status, int64_t place)
{
	if (!place)
		return db_exec(r->db, SQL_AID_SET_STATUS,
			DB_ARGS(db_int("id", aid),
				db_text("status", aid_status_name(status))),
			NULL);
	return db_exec(r->db, SQL_AID_SET_PLACE,
		DB_ARGS(db_int("id", aid), db_int("place", place),
			db_text("status", aid_status_name(status))),
		NULL);
}

/* How it follows: where it went, 0: it stayed. */
static enum rc
follow_one(struct request *r, const struct service_request *sr, int64_t id,
	enum aid_moment moment, const char *day, int64_t *place)
{
	struct aid_effect e;
	struct db_row row;
	enum rc rc = db_one(
		r->db, r->pool, SQL_AID_NOW, DB_ARGS(db_int("id", id)), &row);

	*place = 0;
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	e = aid_effect(sr->kind, moment,
		aid_status_parse(db_str(row, "status")),
		db_num(row, "in_depot") != 0, sr->to_depot, sr->workshop);
	rc = destination(r, sr, e.place, db_num(row, "branch_id"), place);
	if (!rc)
		rc = move_to(r, id, e.status, *place);
	if (!rc && e.ends_rental)
		rc = end_rental(r, sr, id, day);
	return rc;
}

enum rc
aid_follow(struct request *r, const struct service_request *sr,
	enum aid_moment moment)
{
	enum rc rc = RC_OK;
	int64_t place;

	for (size_t i = 0; !rc && i < sr->line_count; i++)
		if (sr->lines[i].state != STATE_DONE && sr->lines[i].aid_id)
			rc = follow_one(r, sr, sr->lines[i].aid_id, moment,
				NULL, &place);
	return rc;
}

/* The work is done: the history says so, from the aid's own lines. */
static enum rc
write_history(struct request *r, const struct service_request *sr, int64_t aid,
	const char *day, int64_t place, const struct request_report *report)
{
	const char *summary = report->text ? report->text : sr->work_done;

	return db_exec(r->db, SQL_AID_EVENT_DONE,
		DB_ARGS(db_int("aid", aid), db_int("request", sr->id),
			db_text("day", day),
			db_text("cost", report->cost_cents),
			db_text("summary", summary ? summary : ""),
			db_id("to_place", place)),
		NULL);
}

enum rc
aid_report(struct request *r, const struct service_request *sr, int64_t aid,
	const char *day, const struct request_report *report)
{
	bool done = report->outcome != OUTCOME_COULD_NOT;
	int64_t place;
	enum rc rc = follow_one(
		r, sr, aid, done ? AID_DONE : AID_STOPPED, day, &place);

	if (!rc && done)
		rc = write_history(r, sr, aid, day, place, report);
	if (rc || (!report->meter.unit && !report->next))
		return rc;
	return db_exec(r->db, SQL_AID_REPORTED,
		DB_ARGS(db_int("id", aid), db_text("day", day),
			report->meter.unit
				? db_int("meter", report->meter.reading)
				: db_null("meter"),
			db_text("unit", report->meter.unit),
			db_text("next", report->next)),
		NULL);
}
