#include <string.h>

#include "../access/enrol.h"
#include "../access/step_up.h"
#include "../core/text.h"
#include "../domain/account_mail.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "../engine/qr.h"
#include "../rules/contact.h"
#include "account.h"
#include "login.h"

/* In a log-in that has no second step yet, or signed in with a fresh code;
 * else the answer leads there. */
static bool
allowed(struct request *r)
{
	if (enrol_allowed(r))
		return true;
	if (r->who && r->who->complete)
		return step_up(r);
	request_redirect(r, "%s", r->who ? "/login/verify" : "/login");
	return false;
}

static const char *
back_of(const struct request *r)
{
	return r->who->complete ? "/account" : "/login";
}

static void
begin_page(struct request *r, const char *id)
{
	page_begin(r, id);
	if (r->who->complete) {
		page_crumb(r, "account", "/account", NULL);
		page_crumb(r, id, NULL, NULL);
	}
}

/* May the account put a number in? Who has one asks for another (C6). */
static bool
sms_open(const struct factors *f)
{
	return f->sms_allowed && !f->mobile;
}

enum rc
enrol_page(struct request *r)
{
	struct factors factors;
	enum rc rc;

	if (!allowed(r))
		return RC_OK;
	rc = factors_load(r, r->who->account, &factors);
	if (rc)
		return rc;
	if (!sms_open(&factors)) {
		request_redirect(r, "/login/enrol/app");
		return RC_OK;
	}
	begin_page(r, "enrol");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "enrol");
	xml_attr(r->xml, "look", "choice");
	action_link(r->xml, "enrol-app", NULL, NULL, "/login/enrol/app");
	action_link(r->xml, "enrol-sms", NULL, NULL, "/login/enrol/sms");
	xml_close(r->xml);
	return RC_OK;
}

/* The new second step gave its first code. */
static enum rc
enrolled(struct request *r, const char *event)
{
	const struct identity *who = r->who;
	const char *next = "/account";
	struct factors factors;
	struct login l;
	enum rc rc = factors_load(r, who->account, &factors);

	if (!rc && !factors.recovery)
		rc = enrol_recovery(r);
	if (!rc)
		rc = account_mail(
			r, event, who->email, who->name, who->lang, NULL);
	if (!rc)
		rc = session_end_others(r, who->account);
	if (!rc && who->complete)
		rc = session_notice(r, "ok", event, NULL);
	if (!rc && !who->complete) {
		rc = login_enrolled(r, &l);
		next = l.next;
	}
	if (rc)
		return rc;
	if (factors.recovery)
		request_redirect(r, "%s", next);
	else
		request_redirect(r, "/account/recovery?next=%s",
			text_urlencode(r->pool, next));
	return RC_OK;
}

static struct form *
begin_app(struct request *r)
{
	struct form *f = form_begin(r, "enrol-app", "/login/enrol/app");

	form_cancel(f, back_of(r));
	return f;
}

static enum rc
write_app(struct request *r, struct form *f)
{
	char key[ENROL_KEY_SIZE];
	const char *address;
	enum rc rc = enrol_app_key(r, key, &address);

	if (rc)
		return rc;
	begin_page(r, "enrol-app");
	if (!qr_open(r->xml, r->pool, address))
		return RC_FAIL;
	xml_attr(r->xml, "id", "enrol-app");
	xml_attr(r->xml, "address", address);
	xml_attr(r->xml, "key", key);
	xml_close(r->xml);
	return form_write(f);
}

enum rc
enrol_app_page(struct request *r)
{
	enum rc rc;

	if (!allowed(r))
		return RC_OK;
	rc = enrol_app_begin(r);
	return rc ? rc : write_app(r, begin_app(r));
}

enum rc
enrol_app_post(struct request *r)
{
	struct form *f;
	bool right = false;
	enum rc rc;

	if (!allowed(r))
		return RC_OK;
	f = begin_app(r);
	rc = form_read(f);
	if (!rc)
		rc = enrol_app_finish(r, form_get(f, "code"), &right);
	if (rc == RC_NOTFOUND) {
		request_redirect(r, "/login/enrol");
		return RC_OK;
	}
	if (!rc && right)
		return enrolled(r, "enrolled-app");
	if (!rc)
		form_fail(f, "code", "wrong", NULL, NULL);
	if (!rc || rc == RC_INVALID)
		rc = write_app(r, f) ? RC_FAIL : RC_INVALID;
	return rc;
}

/* *open false: the answer is elsewhere. */
static enum rc
sms_allowed(struct request *r, bool *open)
{
	struct factors factors;
	enum rc rc = factors_load(r, r->who->account, &factors);

	*open = !rc && sms_open(&factors);
	if (!rc && !*open)
		request_redirect(r, "%s",
			r->who->complete ? "/account" : "/login/enrol");
	return rc;
}

static struct form *
begin_sms(struct request *r)
{
	struct form *f = form_begin(r, "enrol-sms", "/login/enrol/sms");

	form_cancel(f, "/login/enrol");
	return f;
}

static enum rc
write_sms(struct request *r, struct form *f)
{
	begin_page(r, "enrol-sms");
	return form_write(f);
}

enum rc
enrol_sms_page(struct request *r)
{
	bool open;
	enum rc rc;

	if (!allowed(r))
		return RC_OK;
	rc = sms_allowed(r, &open);
	return rc || !open ? rc : write_sms(r, begin_sms(r));
}

enum rc
enrol_sms_post(struct request *r)
{
	const char *mobile, *until = NULL;
	struct form *f;
	bool open;
	enum rc rc;

	if (!allowed(r))
		return RC_OK;
	rc = sms_allowed(r, &open);
	if (rc || !open)
		return rc;
	f = begin_sms(r);
	rc = form_read(f);
	mobile = form_get(f, "mobile");
	if (!rc && !contact_mobile(mobile)) {
		form_fail(f, "mobile", "mobile", NULL, NULL);
		rc = RC_INVALID;
	}
	if (!rc)
		rc = enrol_sms_begin(r, mobile);
	if (!rc)
		rc = account_sms_code(r, r->who->session, r->who->account,
			mobile, r->who->lang, &until);
	if (!rc && until) {
		form_fail(f, NULL, "sms-limit", "datetime", until);
		r->response.status = 429;
		rc = RC_INVALID;
	}
	if (rc == RC_INVALID)
		return write_sms(r, f) ? RC_FAIL : RC_INVALID;
	if (!rc)
		request_redirect(r, "/login/enrol/sms/code");
	return rc;
}

static struct form *
begin_sms_code(struct request *r)
{
	struct form *f =
		form_begin(r, "enrol-sms-code", "/login/enrol/sms/code");

	form_cancel(f, "/login/enrol/sms");
	return f;
}

/* Without a number that waits: back to where one gives it. */
static enum rc
write_sms_code(struct request *r, struct form *f)
{
	const char *mobile;
	enum rc rc = enrol_sms_mobile(r, &mobile);

	if (rc == RC_NOTFOUND) {
		request_redirect(r, "/login/enrol/sms");
		return RC_OK;
	}
	if (rc)
		return rc;
	begin_page(r, "enrol-sms-code");
	page_intro(r, "phone", NULL, mobile);
	return form_write(f);
}

enum rc
enrol_sms_code_page(struct request *r)
{
	return allowed(r) ? write_sms_code(r, begin_sms_code(r)) : RC_OK;
}

enum rc
enrol_sms_code_post(struct request *r)
{
	struct form *f;
	bool right = false;
	enum rc rc;

	if (!allowed(r))
		return RC_OK;
	f = begin_sms_code(r);
	rc = form_read(f);
	if (!rc)
		rc = enrol_sms_finish(r, form_get(f, "code"), &right);
	if (!rc && right)
		return enrolled(r, "enrolled-sms");
	if (!rc)
		form_fail(f, "code", "wrong", NULL, NULL);
	if (rc == RC_FAIL)
		return rc;
	rc = write_sms_code(r, f);
	if (!r->response.location)
		r->response.status = 422;
	/* A wrong code counts. */
	return rc ? rc : RC_REFUSED;
}

static struct form *
begin_seen(struct request *r, const char *next)
{
	struct form *f =
		form_begin(r, "recovery-seen", "/account/recovery/seen");

	form_default(f, "next", next);
	return f;
}

/* Shown until somebody says that they are kept; then never again. */
static enum rc
write_codes(struct request *r, char codes[][FACTOR_RECOVERY_SIZE])
{
	page_begin(r, "recovery-codes");
	xml_open(r->xml, "codes");
	xml_attr(r->xml, "id", "recovery");
	for (int i = 0; i < FACTOR_RECOVERY_CODES; i++)
		xml_elem(r->xml, "code", codes[i]);
	xml_close(r->xml);
	return form_write(
		begin_seen(r, login_next(params_get(&r->get, "next"))));
}

enum rc
recovery_page(struct request *r)
{
	char codes[FACTOR_RECOVERY_CODES][FACTOR_RECOVERY_SIZE];
	struct factors factors;
	struct form *f;
	enum rc rc = enrol_recovery_codes(r, codes);

	if (rc != RC_NOTFOUND)
		return rc ? rc : write_codes(r, codes);
	rc = factors_load(r, r->who->account, &factors);
	if (rc)
		return rc;
	if (!factors_any(&factors)) {
		request_redirect(r, "/account");
		return RC_OK;
	}
	page_begin(r, "recovery");
	page_crumb(r, "account", "/account", NULL);
	page_crumb(r, "recovery", NULL, NULL);
	page_intro(r, NULL, NULL, pool_printf(r->pool, "%d", factors.recovery));
	f = form_begin(r, "recovery", "/account/recovery");
	form_cancel(f, "/account");
	return form_write(f);
}

enum rc
recovery_post(struct request *r)
{
	struct factors factors;
	enum rc rc;

	if (!step_up(r))
		return RC_OK;
	rc = factors_load(r, r->who->account, &factors);
	if (!rc && !factors_any(&factors))
		rc = RC_NOTFOUND;
	if (!rc)
		rc = enrol_recovery(r);
	if (!rc)
		request_redirect(r, "/account/recovery?next=%%2Faccount");
	return rc;
}

enum rc
recovery_seen_post(struct request *r)
{
	enum rc rc = session_kept_forget(r);

	if (!rc)
		request_redirect(
			r, "%s", login_next(params_get(&r->post, "next")));
	return rc;
}
