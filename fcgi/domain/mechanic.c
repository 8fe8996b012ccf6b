#include "../core/text.h"
#include "../db/db.h"
#include "mechanic.h"

enum rc
mechanic_get(struct request *r, const char *id, struct mechanic *m)
{
	struct db_row row;
	int64_t number;
	enum rc rc;

	if (!text_int(id, &number))
		return RC_NOTFOUND;
	rc = db_one(r->db, r->pool, SQL_MECHANIC_GET,
		DB_ARGS(db_int("id", number)), &row);
	if (rc)
		return rc;
	*m = (struct mechanic){
		.id = number,
		.version = db_num(row, "version"),
		.branch_id = db_num(row, "branch_id"),
		.branch = db_str0(row, "branch"),
		.name = db_str0(row, "name"),
		.phone = db_str(row, "phone"),
		.ended = db_num(row, "ended") != 0,
		.planned = db_num(row, "planned"),
	};
	return RC_OK;
}

enum rc
mechanic_options(struct request *r, struct form *f, const char *field,
	struct mechanic_day *d)
{
	enum rc rc = db_select(r->db, r->pool, SQL_MECHANIC_CHOICES,
		DB_ARGS(db_int("branch", d->branch_id),
			db_int("current", d->current), db_text("day", d->date),
			db_int("but", d->but)),
		&d->rows);

	if (rc)
		return rc;
	for (size_t i = 0; i < d->rows.count; i++) {
		struct db_row row = db_row(&d->rows, i);
		const char *id = db_str0(row, "value");

		form_option(f, field, id, db_str0(row, "label"));
		if (d->date)
			form_option_busy(
				f, field, db_num(row, "busy"), d->date);
	}
	return RC_OK;
}

enum rc
mechanic_name(
	struct request *r, int64_t branch_id, int64_t id, const char **name)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_MECHANIC_NAME,
		DB_ARGS(db_int("branch", branch_id), db_int("id", id)), &row);

	if (!rc)
		*name = db_str0(row, "name");
	return rc;
}

/* The one who has that name there already: *id 0 where nobody has. */
static enum rc
find_named(
	struct request *r, const struct mechanic *m, int64_t *id, bool *ended)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_MECHANIC_NAMED,
		DB_ARGS(db_int("branch", m->branch_id),
			db_text("name", m->name), db_int("id", m->id)),
		&rows);

	*id = 0;
	if (rc || !rows.count)
		return rc;
	*id = db_num(db_row(&rows, 0), "id");
	*ended = db_num(db_row(&rows, 0), "ended") != 0;
	return RC_OK;
}

enum rc
mechanic_add(struct request *r, const struct mechanic *m)
{
	int64_t named;
	bool ended = false;
	enum rc rc = find_named(r, m, &named, &ended);

	if (rc)
		return rc;
	if (named && !ended)
		return RC_INVALID;
	if (named)
		return db_exec(r->db, SQL_MECHANIC_RETURN,
			DB_ARGS(db_int("id", named), db_text("name", m->name),
				db_text("phone", m->phone)),
			NULL);
	rc = db_exec(r->db, SQL_MECHANIC_INSERT,
		DB_ARGS(db_int("branch", m->branch_id),
			db_text("name", m->name), db_text("phone", m->phone)),
		NULL);
	return rc && db_duplicate(r->db) ? RC_INVALID : rc;
}

static enum rc
found(enum rc rc, uint64_t changed)
{
	return !rc && !changed ? RC_CONFLICT : rc;
}

enum rc
mechanic_change(struct request *r, const struct mechanic *m)
{
	uint64_t changed = 0;
	int64_t named;
	bool ended;
	enum rc rc = find_named(r, m, &named, &ended);

	if (rc)
		return rc;
	if (named)
		return RC_INVALID;
	rc = db_exec(r->db, SQL_MECHANIC_UPDATE,
		DB_ARGS(db_int("id", m->id), db_int("version", m->version),
			db_text("name", m->name), db_text("phone", m->phone)),
		&changed);
	rc = found(rc, changed);
	return rc ? rc
		  : db_exec(r->db, SQL_MECHANIC_RENAME,
			    DB_ARGS(db_int("branch", m->branch_id),
				    db_int("id", m->id),
				    db_text("name", m->name)),
			    NULL);
}

enum rc
mechanic_end(struct request *r, const struct mechanic *m)
{
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_MECHANIC_END,
		DB_ARGS(db_int("id", m->id), db_int("version", m->version)),
		&changed);

	rc = found(rc, changed);
	return rc ? rc
		  : db_exec(r->db, SQL_MECHANIC_RELEASE,
			    DB_ARGS(db_int("branch", m->branch_id),
				    db_int("id", m->id)),
			    NULL);
}
