#include "../access/lockout.h"
#include "../engine/detail.h"
#include "../engine/form.h"
#include "../engine/page.h"
#include "account.h"

enum { ASKED_AN_HOUR = 20 }; /* of one address */

static enum rc
write_help(struct request *r, struct form *f)
{
	page_begin(r, "login-help");
	return form_write(f);
}

static struct form *
begin_form(struct request *r)
{
	struct form *f = form_begin(r, "login-help", "/login/help");

	form_cancel(f, "/login");
	return f;
}

enum rc
login_help_page(struct request *r)
{
	return write_help(r, begin_form(r));
}

/*
 * Known address or not: the same answer, and the same work. What is to be
 * done is found out by the job process.
 */
static enum rc
ask(struct request *r, const char *email, bool *too_many)
{
	char address[LOCKOUT_ADDRESS_SIZE];
	struct db_arg *args;
	struct db_row row;
	enum rc rc;

	lockout_address(r->address, address);
	args = DB_ARGS(db_text("email", email), db_text("address", address));
	rc = db_one(r->db, r->pool, SQL_HELP_ASKED, args, &row);
	if (rc)
		return rc;
	*too_many = db_num(row, "times") >= ASKED_AN_HOUR;
	return *too_many ? RC_OK : db_exec(r->db, SQL_HELP_ASK, args, NULL);
}

enum rc
login_help_post(struct request *r)
{
	struct form *f = begin_form(r);
	bool too_many = false;
	enum rc rc = form_read(f);

	if (!rc)
		rc = ask(r, form_get(f, "email"), &too_many);
	if (too_many) {
		form_fail(f, NULL, "help-limit", NULL, NULL);
		r->response.status = 429;
		rc = RC_INVALID;
	}
	if (rc == RC_INVALID)
		return write_help(r, f) ? RC_FAIL : RC_INVALID;
	if (!rc)
		request_redirect(r, "/login/help/sent");
	return rc;
}

/* Says nothing of whether there is such an account. */
enum rc
login_help_sent_page(struct request *r)
{
	page_begin(r, "login-help-sent");
	xml_open(r->xml, "notes");
	note_open(r->xml, "login-help-sent", "info", "mail", "/login");
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}

enum rc
login_guide_page(struct request *r)
{
	static const char *const parts[] = {"guide-account", "guide-password",
		"guide-app", "guide-sms", "guide-lost", "guide-shared"};

	page_begin(r, "login-guide");
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		xml_open(r->xml, "section");
		xml_attr(r->xml, "id", parts[i]);
		xml_close(r->xml);
	}
	xml_open(r->xml, "notes");
	note_open(r->xml, "login-back", "plain", "arrow-left", "/login");
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}
