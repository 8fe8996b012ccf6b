#include "../../access/access.h"
#include "../../engine/page.h"
#include "organisation.h"

enum rc
organisation_get(struct request *r, const char *code, struct organisation *o)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_ORGANISATION_GET,
		DB_ARGS(db_text("code", code)), &row);

	if (rc)
		return rc;
	*o = (struct organisation){
		.id = db_num(row, "id"),
		.version = db_num(row, "version"),
		.code = db_str0(row, "code"),
		.kind = db_str0(row, "kind"),
		.name = db_str0(row, "name"),
		.parent_id = db_num(row, "parent_id"),
		.parent = db_str(row, "parent"),
		.parent_code = db_str(row, "parent_code"),
		.parent_visible = db_num(row, "parent_visible") != 0,
		.branch_id = db_num(row, "branch_id"),
		.branch = db_str(row, "branch"),
		.advisor_id = db_num(row, "advisor_id"),
		.advisor = db_str(row, "advisor"),
		.second_factor = db_str0(row, "second_factor"),
		.sms_allowed = db_num(row, "sms_allowed") != 0,
		.password_min = db_num(row, "password_min"),
		.payment_days = db_num(row, "payment_days"),
		.active = db_num(row, "active") != 0,
		.accounts = db_num(row, "accounts"),
		.use = {db_num(row, "aids"), db_num(row, "requests"),
			db_num(row, "children")},
	};
	return RC_OK;
}

const char *
organisation_href(struct pool *p, const char *code)
{
	return pool_printf(p, "/supplier/organisations/%s", code);
}

void
organisation_crumbs(
	struct request *r, const char *code, const char *name, const char *id)
{
	page_crumb(r, "organisations", "/supplier/organisations", NULL);
	page_crumb(r, NULL, organisation_href(r->pool, code), name);
	page_crumb(r, id, NULL, NULL);
}

enum rc
organisation_leave(struct request *r, const char *code, const char *message,
	const char *name)
{
	if (session_notice(r, "ok", message, name, NULL))
		return RC_FAIL;
	request_redirect(r, "/supplier/organisations/%s", code);
	return RC_OK;
}

const char *
organisation_number(struct pool *p, int64_t number)
{
	return pool_printf(p, "%lld", (long long)number);
}

enum rc
organisation_lock(struct request *r, int64_t id)
{
	struct db_row row;

	return db_one(r->db, r->pool, SQL_ORGANISATION_LOCK,
		DB_ARGS(db_int("organisation", id)), &row);
}
