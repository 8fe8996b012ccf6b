#include "../access/credentials.h"
#include "../access/link.h"
#include "../domain/account.h"
#include "../engine/page.h"
#include "account.h"
#include "login.h"
#include "password.h"

static struct form *
begin_form(struct request *r, const char *token, const struct link *link)
{
	struct form *f = form_begin(r, "activate", "/activate");

	form_default(f, "token", token);
	form_default(f, "phone", link->phone);
	form_cancel(f, "/login");
	return f;
}

static enum rc
write(struct request *r, struct form *f, const struct link *link)
{
	page_begin(r, "activate");
	page_intro(r, NULL, NULL, link->email);
	return form_write(f);
}

enum rc
activate_page(struct request *r)
{
	const char *token = params_get(&r->get, "token");
	struct link link;
	enum rc rc = link_find(r, token, LINK_ACTIVATE, &link);

	if (rc == RC_NOTFOUND)
		return link_ended(r, "activation-ended", "/login");
	return rc ? rc : write(r, begin_form(r, token, &link), &link);
}

/* What a professional must give (C1) others may. */
static enum rc
check(struct request *r, struct form *f, const struct link *link)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_ACTIVATE_ACCOUNT,
		DB_ARGS(db_int("account", link->account)), &row);

	if (rc)
		return RC_FAIL;
	if (db_num(row, "professional") && !form_get(f, "phone"))
		form_fail(f, "phone", "missing", NULL, NULL);
	return password_check_new(r, f, link->account, link->email, link->name);
}

/* All of it or nothing; who has a password now is logged in with it. */
static enum rc
activate(struct request *r, struct form *f, const struct link *link)
{
	const char *refused;
	struct login l;
	enum rc rc = link_use(r, form_get(f, "token"), LINK_ACTIVATE);

	if (!rc)
		rc = credentials_password(
			r, link->account, form_get(f, "password"));
	if (!rc && form_get(f, "phone"))
		rc = db_exec(r->db, SQL_ACTIVATE_PHONE,
			DB_ARGS(db_int("account", link->account),
				db_text("phone", form_get(f, "phone"))),
			NULL);
	if (!rc)
		rc = account_activate(r, link->account, &refused);
	if (rc == RC_INVALID)
		rc = RC_NOTFOUND;
	if (!rc)
		rc = login_as(r, link->account, NULL, &l);
	if (!rc && l.result == LOGIN_NO_ACCESS)
		request_redirect(r, "/login?after=activated");
	else if (!rc)
		rc = login_go_on(r, &l);
	return rc;
}

enum rc
activate_post(struct request *r)
{
	const char *token = params_get(&r->post, "token");
	struct form *f;
	struct link link;
	enum rc rc = link_find(r, token, LINK_ACTIVATE, &link);

	if (!rc) {
		f = begin_form(r, token, &link);
		rc = form_read(f);
		if (rc == RC_FAIL || check(r, f, &link))
			return RC_FAIL;
		if (form_failed(f))
			return write(r, f, &link) ? RC_FAIL : RC_INVALID;
		rc = activate(r, f, &link);
	}
	if (rc != RC_NOTFOUND)
		return rc;
	link_ended(r, "activation-ended", "/login");
	return RC_REFUSED;
}
