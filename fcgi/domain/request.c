#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "request.h"

static void
read_parties(struct db_row row, struct service_request *sr)
{
	sr->organisation_id = db_num(row, "organisation_id");
	sr->organisation = db_str0(row, "organisation");
	sr->branch_id = db_num(row, "branch_id");
	sr->branch = db_str0(row, "branch");
	sr->branch_phone = db_str0(row, "branch_phone");
	sr->branch_email = db_str0(row, "branch_email");
	sr->branch_street = db_str0(row, "branch_street");
	sr->branch_postcode = db_str0(row, "branch_postcode");
	sr->branch_city = db_str0(row, "branch_city");
	sr->advisor = db_str(row, "advisor");
	sr->advisor_phone = db_str(row, "advisor_phone");
	sr->advisor_email = db_str(row, "advisor_email");
	sr->requester_id = db_num(row, "requester_id");
	sr->requester = db_str0(row, "requester");
	sr->requester_phone = db_str(row, "requester_phone");
	sr->requester_email = db_str(row, "requester_email");
	sr->requester_lang = db_str0(row, "requester_lang");
	sr->signer_id = db_num(row, "signer_id");
	sr->approver_id = db_num(row, "approver_id");
	sr->approver = db_str(row, "approver");
	sr->escalated = db_num(row, "escalated") != 0;
	sr->contact_name = db_str0(row, "contact_name");
	sr->contact_phone = db_str0(row, "contact_phone");
	sr->contact_email = db_str0(row, "contact_email");
}

static void
read_places(struct db_row row, struct service_request *sr)
{
	sr->location_id = db_num(row, "location_id");
	sr->location = db_str0(row, "location");
	sr->street = db_str(row, "street");
	sr->postcode = db_str(row, "postcode");
	sr->city = db_str(row, "city");
	sr->place_id = db_num(row, "place_id");
	sr->place = db_str0(row, "place");
	sr->to_place_id = db_num(row, "to_place_id");
	sr->to_place = db_str(row, "to_place");
	sr->to_location = db_str(row, "to_location");
	sr->to_street = db_str(row, "to_street");
	sr->to_postcode = db_str(row, "to_postcode");
	sr->to_city = db_str(row, "to_city");
	sr->to_depot = db_num(row, "to_depot") != 0;
}

static void
read_work(struct db_row row, struct service_request *sr)
{
	sr->client_id = db_num(row, "client_id");
	sr->client = db_str(row, "client");
	sr->client_born = db_str(row, "client_born");
	sr->client_room = db_str(row, "client_room");
	sr->law = db_str(row, "law");
	sr->own_performs = !strcmp(db_str0(row, "performer"), "own");
	sr->reference = db_str(row, "reference");
	sr->description = db_str0(row, "description");
	sr->message = db_str(row, "message");
	sr->wished_on = db_str0(row, "wished_on");
	sr->planned_on = db_str(row, "planned_on");
	sr->planned_part = db_str(row, "planned_part");
	sr->mechanic = db_str(row, "mechanic");
	sr->mechanic_id = db_num(row, "mechanic_id");
	sr->workshop = db_num(row, "workshop") != 0;
	sr->finding = db_str(row, "finding");
	sr->work_done = db_str(row, "work_done");
	sr->done_on = db_str(row, "done_on");
	sr->cost_cents = db_str(row, "cost_cents");
	sr->created_at = db_str0(row, "created_at");
	sr->changed_at = db_str0(row, "changed_at");
}

static struct meter
read_meter(struct db_row row, const char *unit, const char *reading)
{
	return (struct meter){db_str(row, unit), db_num(row, reading)};
}

static void
read_aid(struct db_row row, struct request_line *line)
{
	line->aid_id = db_num(row, "aid_id");
	line->number = db_str(row, "number");
	line->label_code = db_str(row, "label_code");
	line->make = db_str0(row, "make");
	line->type = db_str0(row, "type");
	line->category = db_str0(row, "category");
	line->serial = db_str(row, "serial");
	line->owner = db_str(row, "owner");
	line->visible = db_num(row, "visible") != 0;
	line->place = db_str(row, "place");
	line->location = db_str(row, "location");
	line->months = (int)db_num(row, "inspection_months");
	line->inspected_on = db_str(row, "inspected_on");
	line->inspection_due = db_str(row, "inspection_due");
	line->last = read_meter(row, "last_unit", "last_meter");
	line->last_read_on = db_str(row, "meter_on");
}

static void
read_line(struct db_row row, struct request_line *line)
{
	line->id = db_num(row, "id");
	read_aid(row, line);
	line->state = request_state_parse(db_str(row, "state"));
	line->certificate = db_str(row, "certificate");
	line->result = db_str(row, "result");
	line->next_on = db_str(row, "next_on");
	line->remark = db_str(row, "remark");
	line->outcome = line_outcome_parse(db_str(row, "outcome"));
	line->done_on = db_str(row, "done_on");
	line->work_done = db_str(row, "work_done");
	line->cause = db_str(row, "cause");
	line->meter = read_meter(row, "meter_unit", "meter");
	line->next_inspection = db_str(row, "next_inspection");
	line->cost_cents = db_str(row, "cost_cents");
}

/* In the order of their lines' ids: each line's stand together. */
static enum rc
read_parts(struct request *r, const struct service_request *sr,
	struct request_line *lines, size_t count)
{
	struct request_part *parts;
	struct db_rows rows;

	if (db_select(r->db, r->pool, SQL_REQUEST_PARTS,
		    DB_ARGS(db_int("request", sr->id)), &rows))
		return RC_FAIL;
	parts = pool_calloc(r->pool, rows.count + 1, sizeof(*parts));
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);
		int64_t id = db_num(row, "line_id");

		parts[i] = (struct request_part){db_str0(row, "name"),
			db_str(row, "article"), db_num(row, "quantity")};
		for (size_t k = 0; k < count; k++)
			if (lines[k].id == id && !lines[k].part_count++)
				lines[k].parts = &parts[i];
	}
	return RC_OK;
}

static enum rc
read_lines(struct request *r, struct service_request *sr)
{
	struct request_line *lines;
	struct db_rows rows;
	bool reported = false;

	if (db_select(r->db, r->pool, SQL_REQUEST_LINES,
		    DB_ARGS(db_int("request", sr->id),
			    db_text("lang", r->lang)),
		    &rows))
		return RC_FAIL;
	lines = pool_calloc(r->pool, rows.count, sizeof(*lines));
	for (size_t i = 0; i < rows.count; i++) {
		read_line(db_row(&rows, i), &lines[i]);
		reported = reported || lines[i].outcome != OUTCOME_COUNT;
	}
	sr->line_count = rows.count;
	sr->lines = lines;
	return reported ? read_parts(r, sr, lines, rows.count) : RC_OK;
}

size_t
request_open_lines(const struct service_request *sr)
{
	size_t n = 0;

	for (size_t i = 0; i < sr->line_count; i++)
		n += sr->lines[i].state != STATE_DONE;
	return n;
}

const struct request_line *
request_line_at(const struct service_request *sr, const char *position)
{
	int64_t n;

	if (!text_int(position, &n) || n < 1 || (size_t)n > sr->line_count)
		return NULL;
	return &sr->lines[n - 1];
}

const char *
request_day_name(const struct service_request *sr)
{
	enum request_state state =
		sr->state == STATE_ON_HOLD ? sr->held : sr->state;

	return state == STATE_PROPOSED ? "proposed" : "planned";
}

/* Is it the first line there? */
static bool
is_elsewhere(const struct service_request *sr, size_t line)
{
	const char *location = sr->lines[line].location;

	if (!location || !strcmp(location, sr->location))
		return false;
	for (size_t i = 0; i < line; i++)
		if (sr->lines[i].location &&
			!strcmp(sr->lines[i].location, location))
			return false;
	return true;
}

size_t
request_locations(const struct service_request *sr)
{
	size_t n = 1;

	for (size_t i = 0; sr->line_count > 1 && i < sr->line_count; i++)
		n += is_elsewhere(sr, i);
	return n;
}

enum rc
request_get(struct request *r, const char *number, struct service_request *sr)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_REQUEST_GET,
		DB_ARGS(db_text("number", number)), &row);

	if (rc)
		return rc;
	memset(sr, 0, sizeof(*sr));
	sr->id = db_num(row, "id");
	sr->version = db_num(row, "version");
	sr->number = db_str0(row, "number");
	sr->portal = db_str0(row, "portal");
	sr->kind = request_kind_parse(db_str(row, "kind"));
	sr->state = request_state_parse(db_str(row, "state"));
	sr->held = request_state_parse(db_str(row, "held_state"));
	sr->held_until = db_str(row, "held_until");
	read_parties(row, sr);
	read_places(row, sr);
	read_work(row, sr);
	return read_lines(r, sr);
}

static unsigned
actors_of_staff(const struct request *r)
{
	unsigned actors = 0;

	if (access_may(r, RIGHT_WORK_HOLD))
		actors |= ACTOR_BRANCH;
	if (access_may(r, RIGHT_WORK_PLAN))
		actors |= ACTOR_PLANNER | ACTOR_MECHANIC;
	return actors;
}

/* Who was asked; when that took too long an administrator of the organisation,
 * but not of what he asked himself. */
static bool
authorises(const struct identity *who, const struct service_request *sr)
{
	return sr->approver_id == who->account ||
	       (sr->escalated && sr->organisation_id == who->organisation &&
		       !strcmp(who->role, "admin") &&
		       sr->requester_id != who->account);
}

unsigned
request_actors(const struct request *r, const struct service_request *sr)
{
	const struct identity *who = r->who;
	unsigned actors = 0;

	if (!who || !who->complete)
		return 0;
	if (who->portal == DB_SUPPLIER)
		return actors_of_staff(r);
	if (sr->requester_id == who->account)
		actors |= ACTOR_REQUESTER;
	if (who->portal == DB_PROFESSIONAL) {
		if (sr->signer_id == who->account)
			actors |= ACTOR_PROFESSIONAL;
		return actors;
	}
	if (sr->organisation_id == who->organisation)
		actors |= ACTOR_ORGANISATION;
	if (authorises(who, sr) && access_may(r, RIGHT_SERVICE_AUTHORISE))
		actors |= ACTOR_AUTHORISER;
	return actors;
}
