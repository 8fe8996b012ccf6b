#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/history.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "../../rules/contract.h"
#include "organisation.h"
#include "organisations.h"

/* id 0: a new one. */
struct contract {
	int64_t id, version, organisation_id;
	const char *code, *organisation, *kind;
	struct contract_span span;
};

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct contract *c = thing;

	page_begin(r, c->id ? "contract-edit" : "contract-new");
	page_intro(r, NULL, NULL, c->organisation);
	page_title_arg(r, "state", "contract.kind", c->kind);
	organisation_crumbs(r, c->code, c->organisation, "contract");
	return form_write(f);
}

/* Beside the others of its kind, which nobody changes meanwhile. */
static enum rc
check(struct request *r, struct form *f, const struct contract *c)
{
	struct contract_span *others;
	struct db_rows rows;
	const char *refused;
	enum rc rc = organisation_lock(r, c->organisation_id);

	if (!rc)
		rc = db_select(r->db, r->pool, SQL_CONTRACT_OTHERS,
			DB_ARGS(db_int("organisation", c->organisation_id),
				db_text("kind", c->kind), db_int("id", c->id)),
			&rows);
	if (rc)
		return rc;
	others = pool_calloc(r->pool, rows.count + 1, sizeof(*others));
	for (size_t i = 0; i < rows.count; i++)
		others[i] = (struct contract_span){
			db_str0(db_row(&rows, i), "valid_from"),
			db_str(db_row(&rows, i), "valid_until")};
	refused = contract_refused(&c->span, others, rows.count);
	if (refused)
		form_fail(f, "valid_until", refused, NULL, NULL);
	return refused ? RC_INVALID : RC_OK;
}

static enum rc
insert(struct request *r, const struct contract *c)
{
	return db_exec(r->db, SQL_CONTRACT_INSERT,
		DB_ARGS(db_int("organisation", c->organisation_id),
			db_text("kind", c->kind),
			db_text("valid_from", c->span.from),
			db_text("valid_until", c->span.until)),
		NULL);
}

static enum rc
update(struct request *r, const struct contract *c)
{
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_CONTRACT_UPDATE,
		DB_ARGS(db_int("id", c->id), db_int("version", c->version),
			db_text("valid_from", c->span.from),
			db_text("valid_until", c->span.until)),
		&changed);

	return !rc && !changed ? RC_CONFLICT : rc;
}

static enum rc
write_history(struct request *r, const struct contract *was,
	const struct contract *now)
{
	const struct history h = {
		"organisation", now->organisation_id, now->organisation_id};
	const char *from = pool_printf(r->pool, "contract_%s_from", now->kind);
	const char *until =
		pool_printf(r->pool, "contract_%s_until", now->kind);
	enum rc rc =
		history_change(r, &h, from, was->span.from, now->span.from);

	return rc ? rc
		  : history_change(
			    r, &h, until, was->span.until, now->span.until);
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct contract *c = thing;
	struct contract now = *c;
	enum rc rc;

	if (!c->id)
		now.kind = form_get(f, "kind");
	now.span = (struct contract_span){
		form_get(f, "valid_from"), form_get(f, "valid_until")};
	rc = check(r, f, &now);
	if (!rc)
		rc = c->id ? update(r, &now) : insert(r, &now);
	if (!rc)
		rc = write_history(r, c, &now);
	return rc ? rc
		  : organisation_leave(r, c->code,
			    c->id ? "contract.changed" : "contract.made",
			    c->organisation);
}

static struct form *
begin(struct request *r, const struct contract *c)
{
	struct form *f = form_begin(r, "contract", r->path);
	char *today = pool_alloc(r->pool, 11);

	text_today(today);
	form_bounds(f, "valid_from", "2000-01-01", "2099-12-31");
	form_bounds(f, "valid_until", "2000-01-01", "2099-12-31");
	form_default(f, "valid_from", c->id ? c->span.from : today);
	form_default(f, "valid_until", c->span.until);
	if (c->id)
		form_remove(f, "kind");
	form_cancel(f, organisation_href(r->pool, c->code));
	return f;
}

static enum rc
run_on(struct request *r, struct contract *c)
{
	const struct edit e = {.form = begin(r, c),
		.version = c->version,
		.thing = c,
		.draw = draw,
		.apply = apply};

	return edit_run(r, &e);
}

enum rc
contract_new(struct request *r)
{
	struct organisation o;
	struct contract c;
	enum rc rc = organisation_get(r, r->args[0], &o);

	if (rc)
		return rc;
	c = (struct contract){.organisation_id = o.id,
		.code = o.code,
		.organisation = o.name};
	return run_on(r, &c);
}

enum rc
contract_edit(struct request *r)
{
	struct db_row row;
	struct contract c;
	int64_t id;
	enum rc rc;

	if (!text_int(r->args[0], &id))
		return RC_NOTFOUND;
	rc = db_one(r->db, r->pool, SQL_CONTRACT_GET, DB_ARGS(db_int("id", id)),
		&row);
	if (rc)
		return rc;
	c = (struct contract){.id = id,
		.version = db_num(row, "version"),
		.organisation_id = db_num(row, "organisation_id"),
		.code = db_str0(row, "code"),
		.organisation = db_str0(row, "organisation"),
		.kind = db_str0(row, "kind"),
		.span = {db_str0(row, "valid_from"),
			db_str(row, "valid_until")}};
	return run_on(r, &c);
}
