#include <string.h>

#include "../core/text.h"
#include "../domain/account_mail.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "account.h"
#include "login.h"

/*
 * The second step: of a log-in (/login/verify), or anew of who is signed in
 * (/login/again?next=PATH).
 */
struct second {
	struct request *r;
	const char *base;
	const char *next; /* again: where to go on to */
	struct factors factors;
	enum factor_method method; /* FACTOR_METHODS: the password */
};

/* base, what stands behind it, and the method. */
static const char *
address(const struct second *s, const char *tail, const char *method)
{
	const char *next = s->next ? text_urlencode(s->r->pool, s->next) : NULL;

	return pool_printf(s->r->pool, "%s%s%s%s%s%s%s", s->base, tail,
		method || next ? "?" : "", method ? "method=" : "",
		method ? method : "", next ? method ? "&next=" : "next=" : "",
		next ? next : "");
}

/* Also to enrolling, unlike after a log-in; never here again. */
static const char *
next_of(const struct request *r)
{
	const char *next = params_get(&r->get, "next");

	if (!request_local(next) || strlen(next) > SESSION_NEXT_MAX ||
		!strncmp(next, "/login/again", 12) ||
		!strncmp(next, "/logout", 7))
		return "/";
	return next;
}

static enum rc
begin(struct second *s, struct request *r, bool again, const char *method)
{
	enum rc rc = factors_load(r, r->who->account, &s->factors);

	s->r = r;
	s->base = again ? "/login/again" : "/login/verify";
	s->next = again ? next_of(r) : NULL;
	s->method = again && !factors_any(&s->factors)
			    ? FACTOR_METHODS
			    : factor_choose(&s->factors, method);
	return rc;
}

static struct form *
begin_form(const struct second *s)
{
	static const char *const ids[] = {
		"verify", "verify", "verify-recovery", "verify-password"};
	struct form *f = form_begin(s->r, ids[s->method], address(s, "", NULL));

	if (s->method < FACTOR_METHODS)
		form_default(f, "method", factor_names[s->method]);
	form_cancel(f, s->next ? s->next : "/login");
	return f;
}

/* The last two digits: enough for who knows the number. */
static const char *
masked(struct pool *p, const char *mobile)
{
	size_t len = strlen(mobile);

	return pool_printf(p, "••\u00a0••\u00a0••\u00a0%s",
		mobile + (len > 2 ? len - 2 : 0));
}

/* The methods besides this one. */
static void
write_methods(const struct second *s)
{
	static const struct {
		const char *action, *icon;
	} methods[FACTOR_METHODS] = {
		{"use-app", "shield-check"},
		{"use-sms", "message-square"},
		{"use-recovery", "key-round"},
	};
	struct xml *x = s->r->xml;
	int depth = xml_depth(x);

	if (s->method == FACTOR_METHODS)
		return;
	for (int i = 0; i < FACTOR_METHODS; i++) {
		bool own = (int)s->method == i;

		if (!factor_usable(&s->factors, (enum factor_method)i) ||
			(own && i != FACTOR_SMS))
			continue;
		if (xml_depth(x) == depth) {
			xml_open(x, "actions");
			xml_attr(x, "id", "methods");
		}
		if (i == FACTOR_SMS)
			action_post(x, own ? "sms-again" : "use-sms", "quiet",
				methods[i].icon, address(s, "/sms", NULL),
				page_form_key(s->r));
		else
			action_link(x, methods[i].action, "quiet",
				methods[i].icon,
				address(s, "", factor_names[i]));
	}
	xml_close_to(x, depth);
}

static enum rc
write(const struct second *s, struct form *f)
{
	static const char *const verify[] = {
		"verify", "verify-sms", "verify-recovery"};
	static const char *const again[] = {
		"again", "again-sms", "again-recovery", "again-password"};
	enum rc rc;

	page_begin(s->r, (s->next ? again : verify)[s->method]);
	if (s->method == FACTOR_SMS)
		page_intro(s->r, NULL, NULL,
			masked(s->r->pool, s->factors.mobile));
	rc = form_write(f);
	write_methods(s);
	return rc;
}

/* In half a log-in, with its code before it? Else the answer is elsewhere. */
static bool
is_half(struct request *r)
{
	if (r->who && r->who->step == SESSION_PASSWORD)
		return true;
	request_redirect(r, "%s",
		!r->who		   ? "/login?after=verify"
		: r->who->complete ? "/"
				   : "/login/enrol");
	return false;
}

static enum rc
draw(struct request *r, bool again)
{
	struct second s;
	enum rc rc = begin(&s, r, again, params_get(&r->get, "method"));

	return rc ? rc : write(&s, begin_form(&s));
}

enum rc
verify_page(struct request *r)
{
	return is_half(r) ? draw(r, false) : RC_OK;
}

enum rc
again_page(struct request *r)
{
	return draw(r, true);
}

/* The app's and the SMS's are six digits. */
static void
check_digits(struct form *f, enum factor_method method)
{
	const char *code = form_get(f, "code");

	if (code && method <= FACTOR_SMS &&
		(strlen(code) != 6 || strspn(code, "0123456789") != 6))
		form_fail(f, "code", "digits", NULL, NULL);
}

static enum rc
refuse(const struct second *s, struct form *f, const struct login *l)
{
	enum rc rc;

	s->r->response.status = 422;
	if (l->result == LOGIN_LOCKED)
		login_locked(s->r, f, l);
	else
		form_fail(f, "code", "wrong", NULL, NULL);
	rc = write(s, f);
	return rc ? rc : RC_REFUSED;
}

/* Who used one of the printed codes is told how many are left. */
static enum rc
used_recovery(const struct second *s)
{
	const struct identity *who = s->r->who;
	enum rc rc;

	if (s->method != FACTOR_RECOVERY)
		return RC_OK;
	rc = account_mail(
		s->r, "recovery-used", who->email, who->name, who->lang, NULL);
	return rc ? rc
		  : session_notice(s->r, "warn", "recovery.used",
			    pool_printf(
				    s->r->pool, "%d", s->factors.recovery - 1),
			    NULL);
}

static enum rc
check(struct request *r, bool again)
{
	struct second s;
	struct login l;
	struct form *f;
	enum rc rc = begin(&s, r, again, params_get(&r->post, "method"));

	if (rc)
		return rc;
	f = begin_form(&s);
	rc = form_read(f);
	if (!rc)
		check_digits(f, s.method);
	if (form_failed(f))
		return write(&s, f) ? RC_FAIL : RC_INVALID;
	if (!rc)
		rc = again ? login_again(r, s.method, form_get(f, "code"), &l)
			   : login_code(r, s.method, form_get(f, "code"), &l);
	if (rc)
		return rc;
	if (l.result == LOGIN_ENDED) {
		request_redirect(r, "/login?after=codes");
		return RC_OK;
	}
	if (l.result == LOGIN_ENROL)
		return login_go_on(r, &l);
	if (l.result != LOGIN_DONE)
		return refuse(&s, f, &l);
	request_redirect(r, "%s", again ? s.next : l.next);
	return used_recovery(&s);
}

enum rc
verify_post(struct request *r)
{
	return is_half(r) ? check(r, false) : RC_OK;
}

enum rc
again_post(struct request *r)
{
	return check(r, true);
}

/* A code by SMS, also another one. */
static enum rc
send(struct request *r, bool again)
{
	struct second s;
	struct form *f;
	const char *until;
	enum rc rc = begin(&s, r, again, "sms");

	if (rc)
		return rc;
	if (s.method != FACTOR_SMS)
		return RC_NOTFOUND;
	rc = account_sms_code(r, r->who->session, r->who->account,
		s.factors.mobile, r->who->lang, &until);
	if (rc)
		return rc;
	if (!until) {
		request_redirect(r, "%s", address(&s, "", "sms"));
		return RC_OK;
	}
	f = begin_form(&s);
	form_fail(f, NULL, "sms-limit", "datetime", until);
	r->response.status = 429;
	return write(&s, f) ? RC_FAIL : RC_REFUSED;
}

enum rc
verify_sms_post(struct request *r)
{
	return is_half(r) ? send(r, false) : RC_OK;
}

enum rc
again_sms_post(struct request *r)
{
	return send(r, true);
}
