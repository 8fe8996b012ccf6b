#include <sodium.h>
#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "aid_manage.h"

enum { LABEL_BYTES = 12 }; /* 16 characters of base64url */

struct hand_event {
	int64_t aid, holder;
	const char *kind, *reason;
	int64_t from, to;
};

static enum rc
add_event(struct request *r, const struct hand_event *e)
{
	char today[11];

	text_today(today);
	return db_exec(r->db, SQL_AID_HAND_EVENT,
		DB_ARGS(db_int("aid", e->aid), db_id("organisation", e->holder),
			db_text("kind", e->kind), db_text("summary", e->reason),
			db_text("day", today), db_int("actor", r->who->account),
			db_id("from_place", e->from), db_id("to_place", e->to)),
		NULL);
}

static enum rc
choose_number(struct request *r, int64_t typed, int64_t *number)
{
	struct db_row row;
	enum rc rc;

	*number = typed;
	if (!typed) {
		rc = db_exec(r->db, SQL_AID_NEXT_NUMBER, DB_NO_ARGS, NULL);
		*number = db_insert_id(r->db);
		return rc;
	}
	rc = db_one(r->db, r->pool, SQL_AID_NUMBER_TAKEN,
		DB_ARGS(db_int("number", typed)), &row);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	return rc ? rc : RC_CONFLICT;
}

enum rc
aid_register(struct request *r, const struct aid_draft *d, int64_t *number)
{
	unsigned char label[LABEL_BYTES];
	uint64_t made = 0;
	int64_t id;
	enum rc rc = choose_number(r, d->number, number);

	if (rc)
		return rc;
	randombytes_buf(label, sizeof(label));
	rc = db_exec(r->db, SQL_AID_REGISTER,
		DB_ARGS(db_int("number", *number),
			db_text("label",
				text_base64url(r->pool, label, sizeof(label))),
			db_int("product", d->product_id),
			db_text("serial", d->serial),
			db_text("condition", d->condition),
			db_id("holder", d->holder_id),
			db_int("place", d->place_id),
			db_int("rented", d->rented || !d->holder_id),
			db_text("bought_on", d->bought_on),
			db_text("price", d->price_cents),
			db_text("rent_from", d->rent_from),
			db_text("day_price", d->day_cents),
			db_text("inspected_on", d->inspected_on),
			db_text("inspection_due", d->inspection_due)),
		&made);
	if (!rc && !made)
		rc = RC_NOTFOUND;
	if (rc)
		return rc;
	id = db_insert_id(r->db);
	if (d->holder_id && d->rented)
		rc = db_exec(r->db, SQL_AID_REGISTER_RENTAL,
			DB_ARGS(db_int("aid", id)), NULL);
	return rc ? rc
		  : add_event(r, &(struct hand_event){id, d->holder_id,
					 "registered", "", 0, d->place_id});
}

enum rc
aid_correct(struct request *r, const struct aid *a, const struct aid_draft *d,
	int64_t version, const char *reason)
{
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_AID_CORRECT,
		DB_ARGS(db_int("id", a->id), db_int("version", version),
			db_text("serial", d->serial),
			db_text("condition", d->condition),
			db_text("bought_on", d->bought_on),
			db_text("price", d->price_cents)),
		&changed);

	if (rc || !changed)
		return rc ? rc : RC_CONFLICT;
	return add_event(r, &(struct hand_event){a->id, a->holder_id,
				    "correction", reason, 0, 0});
}

enum rc
aid_judge(struct request *r, const struct aid *a, enum aid_deed deed,
	const char **refused)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_AID_OPEN_REQUESTS,
		DB_ARGS(db_int("aid", a->id)), &row);

	if (rc)
		return rc;
	*refused = aid_hand_refused(
		deed, a->status, a->moving, db_num(row, "open") > 0);
	return RC_OK;
}

/* What was true may not change until it is done. */
static enum rc
judge(struct request *r, const struct aid *a, enum aid_deed deed,
	const char **refused)
{
	enum rc rc = aid_lock(r, &a->id, 1);

	if (!rc)
		rc = aid_judge(r, a, deed, refused);
	return !rc && *refused ? RC_INVALID : rc;
}

enum rc
aid_relocate(struct request *r, const struct aid *a, int64_t place,
	int64_t version, const char *reason, const char **refused)
{
	uint64_t changed = 0;
	enum rc rc = judge(r, a, AID_RELOCATE, refused);

	if (!rc)
		rc = db_exec(r->db, SQL_AID_RELOCATE,
			DB_ARGS(db_int("id", a->id), db_int("version", version),
				db_int("place", place)),
			&changed);
	if (rc || !changed)
		return rc ? rc : RC_CONFLICT;
	return add_event(r, &(struct hand_event){a->id, a->holder_id, "move",
				    reason, a->place_id, place});
}

enum rc
aid_scrap(struct request *r, const struct aid *a, int64_t version,
	const char *reason, const char **refused)
{
	uint64_t changed = 0;
	enum rc rc = judge(r, a, AID_SCRAP, refused);

	if (!rc)
		rc = db_exec(r->db, SQL_AID_SCRAP,
			DB_ARGS(db_int("id", a->id),
				db_int("version", version)),
			&changed);
	if (rc || !changed)
		return rc ? rc : RC_CONFLICT;
	return add_event(r, &(struct hand_event){a->id, a->holder_id,
				    "scrapped", reason, a->place_id, 0});
}
