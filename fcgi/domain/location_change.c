#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "../db/db.h"
#include "location_change.h"
#include "location_change_tell.h"

static void
read_people(struct db_row row, struct location_change *c)
{
	c->requester = db_str0(row, "requester");
	c->requester_phone = db_str(row, "requester_phone");
	c->requester_email = db_str(row, "requester_email");
	c->requester_lang = db_str0(row, "requester_lang");
	c->advisor = db_str(row, "advisor");
	c->advisor_email = db_str(row, "advisor_email");
	c->advisor_lang = db_str(row, "advisor_lang");
	c->branch = db_str0(row, "branch");
	c->branch_email = db_str0(row, "branch_email");
	c->branch_phone = db_str0(row, "branch_phone");
	c->asked_at = db_str0(row, "asked_at");
	c->answered_by = db_str(row, "answered_by");
	c->answered_at = db_str(row, "answered_at");
	c->reason = db_str(row, "reason");
}

enum rc
location_change_get(
	struct request *r, const char *number, struct location_change *c)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_LOCATION_CHANGE_GET,
		DB_ARGS(db_text("number", number)), &row);

	if (rc)
		return rc;
	*c = (struct location_change){
		.id = db_num(row, "id"),
		.version = db_num(row, "version"),
		.number = db_str0(row, "number"),
		.organisation_id = db_num(row, "organisation_id"),
		.organisation = db_str0(row, "organisation"),
		.code = db_str0(row, "code"),
		.kind = db_str0(row, "kind"),
		.state = location_state_parse(db_str0(row, "state")),
		.place_id = db_num(row, "place_id"),
		.place = db_str(row, "place"),
		.now_street = db_str(row, "now_street"),
		.now_postcode = db_str(row, "now_postcode"),
		.now_city = db_str(row, "now_city"),
		.name = db_str(row, "name"),
		.street = db_str(row, "street"),
		.postcode = db_str(row, "postcode"),
		.city = db_str(row, "city"),
		.departments = db_str(row, "departments"),
		.explanation = db_str0(row, "explanation"),
	};
	read_people(row, c);
	return RC_OK;
}

static unsigned
actors(const struct request *r)
{
	if (r->who->portal == DB_INSTITUTION &&
		access_may(r, RIGHT_LOCATION_CHANGE))
		return LOCATION_BY_ORGANISATION;
	if (r->who->portal == DB_SUPPLIER &&
		access_may(r, RIGHT_LOCATION_HANDLE))
		return LOCATION_BY_SUPPLIER;
	return 0;
}

bool
location_change_may(const struct request *r, const struct location_change *c,
	enum location_event event)
{
	return !location_rule(c->state, event, actors(r), true).refused;
}

static enum rc
take_number(struct request *r, const char **number)
{
	char today[11];
	int year;
	enum rc rc;

	text_today(today);
	year = (int)strtol(today, NULL, 10);
	rc = db_exec(r->db, SQL_LOCATION_CHANGE_NUMBER,
		DB_ARGS(db_int("year", year)), NULL);
	*number = pool_printf(
		r->pool, "L%d-%04lld", year, (long long)db_insert_id(r->db));
	return rc;
}

static enum rc
insert(struct request *r, const struct location_change *c, const char *number)
{
	return db_exec(r->db, SQL_LOCATION_CHANGE_INSERT,
		DB_ARGS(db_text("number", number),
			db_int("organisation", r->who->organisation),
			db_text("kind", c->kind), db_id("place", c->place_id),
			db_text("name", c->name), db_text("street", c->street),
			db_text("postcode", c->postcode),
			db_text("city", c->city),
			db_text("departments", c->departments),
			db_text("explanation",
				c->explanation ? c->explanation : ""),
			db_int("requester", r->who->account)),
		NULL);
}

/* One at a time for a location. RC_CONFLICT: that one. */
static enum rc
check_open(struct request *r, struct location_change *c)
{
	struct db_row row;
	enum rc rc;

	rc = db_one(r->db, r->pool, SQL_ORGANISATION_LOCK,
		DB_ARGS(db_int("organisation", r->who->organisation)), &row);
	if (rc || !c->place_id)
		return rc;
	rc = db_one(r->db, r->pool, SQL_LOCATION_CHANGE_OPEN,
		DB_ARGS(db_int("place", c->place_id)), &row);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	if (!rc)
		rc = location_change_get(r, db_str0(row, "number"), c);
	return rc ? rc : RC_CONFLICT;
}

enum rc
location_change_ask(struct request *r, struct location_change *c)
{
	struct location_verdict v =
		location_rule(LOCATION_NONE, LOCATION_ASK, actors(r), false);
	const char *number;
	enum rc rc;

	if (v.refused)
		return RC_DENIED;
	rc = check_open(r, c);
	if (!rc)
		rc = take_number(r, &number);
	if (!rc)
		rc = insert(r, c, number);
	if (!rc)
		rc = location_change_get(r, number, c);
	return rc ? rc : location_change_tell(r, c, LOCATION_ASK, v.told);
}

enum rc
location_change_move(struct request *r, struct location_change *c,
	enum location_event event, const char *reason, const char **refused)
{
	struct location_verdict v =
		location_rule(c->state, event, actors(r), reason != NULL);
	uint64_t changed = 0;
	enum rc rc;

	*refused = v.refused;
	if (v.refused)
		return RC_INVALID;
	rc = db_exec(r->db, SQL_LOCATION_CHANGE_UPDATE,
		DB_ARGS(db_int("id", c->id), db_int("version", c->version),
			db_text("state", location_state_name(v.next)),
			db_id("place", c->place_id), db_text("reason", reason),
			db_int("actor", r->who->account)),
		&changed);
	if (!rc && !changed)
		rc = RC_CONFLICT;
	if (!rc)
		rc = location_change_get(r, c->number, c);
	return rc ? rc : location_change_tell(r, c, event, v.told);
}
