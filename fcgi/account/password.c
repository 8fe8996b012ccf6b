#include <string.h>

#include "../access/credentials.h"
#include "../access/link.h"
#include "../access/password.h"
#include "../domain/account_mail.h"
#include "../engine/detail.h"
#include "../engine/form.h"
#include "../engine/page.h"
#include "account.h"
#include "password.h"

enum rc
password_check_new(struct request *r, struct form *f, int64_t account,
	const char *email, const char *name)
{
	struct db_row least;
	const char *first = form_get(f, "password");
	const char *again = form_get(f, "again");
	const char *known[PASSWORD_KNOWN + 1] = {
		email, r->config->brand.name, name};
	char *words = pool_strdup(r->pool, name), *word;
	char *parts = pool_strdup(r->pool, email);
	const char *error = NULL;
	size_t count = 3;

	while (count < PASSWORD_KNOWN && (word = strsep(&parts, "@.-_")))
		known[count++] = word;
	while (count < PASSWORD_KNOWN && (word = strsep(&words, " ")))
		known[count++] = word;
	if (db_one(r->db, r->pool, SQL_PASSWORD_LEAST,
		    DB_ARGS(db_int("account", account)), &least))
		return RC_FAIL;
	if (first)
		error = password_refused(
			first, (size_t)db_num(least, "least"), known);
	if (error)
		form_fail(
			f, "password", error, "number", db_str(least, "least"));
	else if (first && again && strcmp(first, again) != 0)
		form_fail(f, "again", "password-again", NULL, NULL);
	return RC_OK;
}

static enum rc
tell_changed(struct request *r, const char *email, const char *name,
	const char *lang)
{
	return account_mail(r, "password", email, name, lang, NULL);
}

enum rc
link_ended(struct request *r, const char *note, const char *href)
{
	page_begin(r, "link-ended");
	r->response.status = 410;
	xml_open(r->xml, "notes");
	note_open(r->xml, note, "warn", NULL, href);
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}

static enum rc
write_link_ended(struct request *r)
{
	return link_ended(r, "link-ended", "/login/help");
}

static struct form *
begin_reset(struct request *r, const char *token)
{
	struct form *f = form_begin(r, "reset", "/reset");

	form_default(f, "token", token);
	form_cancel(f, "/login");
	return f;
}

static enum rc
write_reset(struct request *r, struct form *f, const struct link *link)
{
	page_begin(r, "reset");
	page_intro(r, NULL, NULL, link->email);
	return form_write(f);
}

enum rc
reset_page(struct request *r)
{
	const char *token = params_get(&r->get, "token");
	struct link link;
	enum rc rc = link_find(r, token, LINK_RESET, &link);

	if (rc)
		return rc == RC_NOTFOUND ? write_link_ended(r) : rc;
	return write_reset(r, begin_reset(r, token), &link);
}

static enum rc
reset(struct request *r, const char *token, const struct link *link,
	const char *password)
{
	enum rc rc = link_use(r, token, LINK_RESET);

	if (!rc)
		rc = credentials_password(r, link->account, password);
	if (!rc)
		rc = tell_changed(r, link->email, link->name, link->lang);
	if (!rc)
		request_redirect(r, "/login?after=reset");
	return rc;
}

enum rc
reset_post(struct request *r)
{
	const char *token = params_get(&r->post, "token");
	struct form *f = begin_reset(r, token);
	struct link link;
	enum rc rc = link_find(r, token, LINK_RESET, &link);

	if (!rc) {
		rc = form_read(f);
		if (rc == RC_FAIL)
			return rc;
		if (password_check_new(
			    r, f, link.account, link.email, link.name))
			return RC_FAIL;
		if (form_failed(f)) {
			rc = write_reset(r, f, &link);
			return rc ? rc : RC_INVALID;
		}
		rc = reset(r, token, &link, form_get(f, "password"));
	}
	if (rc != RC_NOTFOUND)
		return rc;
	write_link_ended(r);
	return RC_REFUSED;
}

static struct form *
begin_password(struct request *r)
{
	struct form *f = form_begin(r, "password", "/account/password");

	form_cancel(f, "/account");
	return f;
}

static enum rc
write_password(struct request *r, struct form *f)
{
	page_begin(r, "password");
	page_crumb(r, "account", "/account", NULL);
	page_crumb(r, "password", NULL, NULL);
	return form_write(f);
}

enum rc
password_page(struct request *r)
{
	return write_password(r, begin_password(r));
}

/* The current one; a wrong guess counts, whatever else is wrong. */
static enum rc
check_current(struct request *r, struct form *f, bool *guessed)
{
	const char *current = form_get(f, "current");
	const char *until = NULL;
	int64_t seconds;
	bool right = false;
	enum rc rc;

	if (!current)
		return RC_OK;
	rc = credentials_check(r, current, &right, &until, &seconds);
	if (rc || right)
		return rc;
	*guessed = true;
	if (!until) {
		form_fail(f, "current", "wrong", NULL, NULL);
		return RC_OK;
	}
	form_fail(f, NULL, "login-locked", "datetime", until);
	r->response.status = 429;
	request_header(r, "Retry-After",
		pool_printf(r->pool, "%lld", (long long)seconds));
	return RC_OK;
}

static enum rc
change(struct request *r, const char *password)
{
	const struct identity *who = r->who;
	enum rc rc = credentials_password(r, who->account, password);

	if (!rc)
		rc = tell_changed(r, who->email, who->name, who->lang);
	if (!rc)
		rc = session_notice(r, "ok", "password.changed", NULL);
	if (!rc)
		request_redirect(r, "/account");
	return rc;
}

enum rc
password_post(struct request *r)
{
	struct form *f = begin_password(r);
	bool guessed = false;
	enum rc rc = form_read(f);

	if (rc == RC_FAIL)
		return rc;
	if (password_check_new(
		    r, f, r->who->account, r->who->email, r->who->name))
		return RC_FAIL;
	rc = check_current(r, f, &guessed);
	if (rc)
		return rc;
	if (!form_failed(f))
		return change(r, form_get(f, "password"));
	rc = write_password(r, f);
	if (rc)
		return rc;
	if (!r->response.status)
		r->response.status = 422;
	return guessed ? RC_REFUSED : RC_INVALID;
}
