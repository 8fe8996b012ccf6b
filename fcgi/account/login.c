#include <string.h>

#include "../access/session.h"
#include "../domain/account_mail.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "account.h"
#include "login.h"

/* Keeps a path worth going on to, else NULL. */
static const char *
next_of(const struct params *params)
{
	const char *next = login_next(params_get(params, "next"));

	return strcmp(next, "/") ? next : NULL;
}

static struct form *
begin_login(struct request *r, const char *next)
{
	struct form *f = form_begin(r, "login", "/login");

	form_default(f, "next", next);
	return f;
}

static enum rc
write_login(struct request *r, struct form *f)
{
	enum rc rc;

	page_begin(r, "login");
	rc = form_write(f);
	xml_open(r->xml, "notes");
	note_open(r->xml, "login-help", "plain", "circle-help", "/login/help");
	xml_close(r->xml);
	note_open(r->xml, "login-guide", "plain", "book-open", "/login/guide");
	xml_close(r->xml);
	note_open(r->xml, "no-account", "plain", NULL, NULL);
	xml_close(r->xml);
	xml_close(r->xml);
	return rc;
}

enum rc
login_page(struct request *r)
{
	/* Why one is here. */
	static const struct {
		const char *after, *kind, *id;
	} messages[] = {
		{"logout", "ok", "login.out"},
		{"ended", "info", "session.ended"},
		{"kept", "info", "session.kept"},
		{"verify", "info", "login.ended"},
		{"codes", "warn", "login.codes"},
		{"reset", "ok", "login.reset"},
	};
	const char *after = params_get(&r->get, "after");
	const char *next = next_of(&r->get);

	if (r->who && r->who->complete) {
		request_redirect(r, "%s", next ? next : "/");
		return RC_OK;
	}
	for (size_t i = 0; after && i < sizeof(messages) / sizeof(*messages);
		i++)
		if (!strcmp(after, messages[i].after))
			page_message(r, messages[i].kind, messages[i].id, NULL);
	return write_login(r, begin_login(r, next));
}

/* Says at the form why not. */
static enum rc
refuse(struct request *r, struct form *f, const struct login *l)
{
	enum rc rc;

	r->response.status = 422;
	if (l->result == LOGIN_NO_ACCESS)
		form_fail(f, NULL, "login-no-access", NULL, NULL);
	else if (l->result == LOGIN_LOCKED)
		login_locked(r, f, l);
	else
		form_fail(f, NULL, "login-wrong", NULL, NULL);
	rc = write_login(r, f);
	return rc ? rc : RC_REFUSED;
}

void
login_locked(struct request *r, struct form *f, const struct login *l)
{
	r->response.status = 429;
	request_header(r, "Retry-After",
		pool_printf(r->pool, "%lld", (long long)l->seconds));
	form_fail(f, NULL, "login-locked", "datetime", l->until);
}

enum rc
login_go_on(struct request *r, const struct login *l)
{
	enum factor_method method = factor_choose(&l->factors, NULL);
	const char *until;
	enum rc rc = RC_OK;

	switch (l->result) {
	case LOGIN_DONE:
		request_redirect(r, "%s", l->next);
		break;
	case LOGIN_ENROL:
		request_redirect(r, "/login/enrol");
		break;
	default:
		/* Where there were too many the page of the code says so. */
		if (method == FACTOR_SMS)
			rc = account_sms_code(r, l->session, l->account,
				l->factors.mobile, l->lang, &until);
		request_redirect(r, "/login/verify");
		break;
	}
	return rc;
}

enum rc
login_post(struct request *r)
{
	struct form *f = begin_login(r, next_of(&r->post));
	struct login l;
	enum rc rc = form_read(f);

	if (rc == RC_INVALID)
		return write_login(r, f) ? RC_FAIL : RC_INVALID;
	if (!rc)
		rc = login_password(r, form_get(f, "email"),
			form_get(f, "password"), next_of(&r->post), &l);
	if (rc)
		return rc;
	if (l.result == LOGIN_CODE || l.result == LOGIN_ENROL ||
		l.result == LOGIN_DONE)
		return login_go_on(r, &l);
	return refuse(r, f, &l);
}

enum rc
logout_post(struct request *r)
{
	enum rc rc = login_out(r);

	if (!rc)
		request_redirect(r, "/login?after=logout");
	return rc;
}
