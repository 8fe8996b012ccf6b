#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "../db/db.h"
#include "history.h"
#include "place.h"

enum rc
place_get(struct request *r, const char *id, struct place *p)
{
	struct db_row row;
	int64_t number;
	enum rc rc;

	if (!text_int(id, &number))
		return RC_NOTFOUND;
	rc = db_one(r->db, r->pool, SQL_PLACE_GET,
		DB_ARGS(db_int("id", number)), &row);
	if (rc)
		return rc;
	*p = (struct place){
		.id = number,
		.version = db_num(row, "version"),
		.organisation_id = db_num(row, "organisation_id"),
		.location_id = db_num(row, "location_id"),
		.kind = db_str0(row, "kind"),
		.name = db_str0(row, "name"),
		.street = db_str(row, "street"),
		.postcode = db_str(row, "postcode"),
		.city = db_str(row, "city"),
		.location = db_str(row, "location"),
		.organisation = db_str0(row, "organisation"),
		.code = db_str0(row, "code"),
		.active = db_num(row, "active") != 0,
		.location_active = db_num(row, "location_active") != 0,
	};
	return RC_OK;
}

static bool
is_location(const struct place *p)
{
	return !strcmp(p->kind, "location");
}

enum rc
place_use(struct request *r, const struct place *p, struct in_use *use)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_PLACE_USE,
		DB_ARGS(db_int("organisation", p->organisation_id),
			db_int("location", p->location_id),
			db_int("place", p->id),
			db_int("whole", is_location(p))),
		&row);

	if (!rc)
		*use = (struct in_use){.aids = db_num(row, "aids"),
			.requests = db_num(row, "requests")};
	return rc;
}

static enum rc
lock(struct request *r, int64_t organisation)
{
	struct db_row row;

	return db_one(r->db, r->pool, SQL_ORGANISATION_LOCK,
		DB_ARGS(db_int("organisation", organisation)), &row);
}

/* One active place of a name beside each other. */
static enum rc
check_name(struct request *r, const struct place *p, const char **refused)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_PLACE_NAMED,
		DB_ARGS(db_int("organisation", p->organisation_id),
			db_int("place", p->id), db_text("name", p->name),
			db_int("location",
				is_location(p) ? 0 : p->location_id)),
		&row);

	*refused = !rc && db_num(row, "others") ? "name" : NULL;
	return *refused ? RC_INVALID : rc;
}

static struct history
history_of(const struct place *p)
{
	return (struct history){"place", p->id, p->organisation_id};
}

enum rc
place_add(struct request *r, struct place *p, const char **refused)
{
	struct history h;
	enum rc rc = lock(r, p->organisation_id);

	if (!rc)
		rc = check_name(r, p, refused);
	if (!rc)
		rc = db_exec(r->db, SQL_PLACE_INSERT,
			DB_ARGS(db_int("organisation", p->organisation_id),
				db_int("location",
					is_location(p) ? 0 : p->location_id),
				db_text("kind", p->kind),
				db_text("name", p->name),
				db_text("street", p->street),
				db_text("postcode", p->postcode),
				db_text("city", p->city)),
			NULL);
	if (rc)
		return rc;
	p->id = db_insert_id(r->db);
	if (is_location(p)) {
		p->location_id = p->id;
		rc = db_exec(r->db, SQL_PLACE_OWN_LOCATION,
			DB_ARGS(db_int("id", p->id)), NULL);
	}
	h = history_of(p);
	return rc ? rc : history_add(r, &h, "make", "active");
}

static enum rc
write_changes(struct request *r, const struct place *was, const struct place *p)
{
	struct history h = history_of(was);
	enum rc rc = history_change(r, &h, "name", was->name, p->name);

	if (!rc)
		rc = history_change(r, &h, "street", was->street, p->street);
	if (!rc)
		rc = history_change(
			r, &h, "postcode", was->postcode, p->postcode);
	if (!rc)
		rc = history_change(r, &h, "city", was->city, p->city);
	return rc;
}

/* Lists of aids show the name from the aid itself. */
static enum rc
carry_name(struct request *r, const struct place *p, const char *name)
{
	struct db_arg *args =
		DB_ARGS(db_int("place", p->id), db_text("name", name));
	enum rc rc = db_exec(r->db, SQL_PLACE_NAME_AIDS, args, NULL);

	if (!rc)
		rc = db_exec(r->db, SQL_PLACE_NAME_LINES, args, NULL);
	if (rc || !is_location(p))
		return rc;
	rc = db_exec(r->db, SQL_PLACE_NAME_LOCATION_AIDS, args, NULL);
	if (!rc)
		rc = db_exec(r->db, SQL_PLACE_NAME_LOCATION_LINES, args, NULL);
	return rc;
}

enum rc
place_change(struct request *r, const struct place *was, const struct place *p,
	const char **refused)
{
	uint64_t changed = 0;
	enum rc rc = lock(r, was->organisation_id);

	if (!rc)
		rc = check_name(r, p, refused);
	if (!rc)
		rc = db_exec(r->db, SQL_PLACE_UPDATE,
			DB_ARGS(db_int("id", was->id),
				db_int("version", was->version),
				db_text("name", p->name),
				db_text("street", p->street),
				db_text("postcode", p->postcode),
				db_text("city", p->city)),
			&changed);
	if (!rc && !changed)
		rc = RC_CONFLICT;
	if (!rc && strcmp(was->name, p->name) != 0)
		rc = carry_name(r, was, p->name);
	return rc ? rc : write_changes(r, was, p);
}

enum rc
place_close(struct request *r, const struct place *p, const char **refused)
{
	struct history h = history_of(p);
	struct in_use use;
	enum rc rc = lock(r, p->organisation_id);

	if (!rc)
		rc = place_use(r, p, &use);
	if (rc)
		return rc;
	*refused = organisation_end_refused(&use);
	if (*refused)
		return RC_INVALID;
	rc = db_exec(
		r->db, SQL_PLACE_CLOSE, DB_ARGS(db_int("id", p->id)), NULL);
	return rc ? rc : history_add(r, &h, "close", "ended");
}

enum rc
place_reopen(struct request *r, const struct place *p, const char **refused)
{
	struct history h = history_of(p);
	enum rc rc = lock(r, p->organisation_id);

	if (!rc)
		rc = check_name(r, p, refused);
	if (!rc)
		rc = db_exec(r->db, SQL_PLACE_REOPEN,
			DB_ARGS(db_int("id", p->id)), NULL);
	return rc ? rc : history_add(r, &h, "reopen", "active");
}
