#include <stdio.h>
#include <string.h>

#include "../access/login.h"
#include "../access/session.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "account.h"

enum { EMAIL_MAX = 254, PASSWORD_FIELD_MAX = 256, CODE_MAX = 10 };

/* What a form shows: errors are ids of texts, NULL where there is none. */
struct login_form {
	const char *email;
	const char *next;
	const char *email_error;
	const char *password_error;
	const char *error; /* of no field */
	const char *until; /* its argument */
};

static void
write_error(struct xml *x, const char *error, const char *type, const char *arg)
{
	if (!error)
		return;
	xml_open(x, "error");
	xml_attr(x, "id", error);
	if (arg) {
		xml_open(x, "arg");
		xml_attr(x, "type", type);
		xml_text(x, arg);
		xml_close(x);
	}
	xml_close(x);
}

static void
open_form(struct request *r, const char *id, const char *action, int errors)
{
	xml_open(r->xml, "form");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "action", action);
	xml_attr(r->xml, "key", page_form_key(r));
	if (errors)
		xml_attr_int(r->xml, "errors", errors);
}

static void
write_field(struct xml *x, const char *name, const char *type,
	const char *autocomplete, int max, const char *value, const char *error)
{
	char limit[12];

	snprintf(limit, sizeof(limit), "%d", max);
	xml_open(x, "field");
	xml_attr(x, "name", name);
	xml_attr(x, "type", type);
	xml_attr(x, "required", "yes");
	xml_attr(x, "autocomplete", autocomplete);
	xml_attr(x, "maxlength", limit);
	if (value) {
		xml_open(x, "value");
		xml_attr(x, "typed", "yes");
		xml_text(x, value);
		xml_close(x);
	}
	write_error(x, error, "number", limit);
	xml_close(x);
}

static enum rc
draw_login(struct request *r, const struct login_form *f)
{
	int errors = !!f->email_error + !!f->password_error + !!f->error;
	struct xml *x;

	page_begin(r, "login");
	open_form(r, "login", "/login", errors);
	x = r->xml;
	write_error(x, f->error, "datetime", f->until);
	xml_open(x, "group");
	xml_attr(x, "id", "login");
	write_field(x, "email", "email", "username", EMAIL_MAX, f->email,
		f->email_error);
	write_field(x, "password", "password", "current-password",
		PASSWORD_FIELD_MAX, NULL, f->password_error);
	if (f->next) {
		xml_open(x, "field");
		xml_attr(x, "name", "next");
		xml_attr(x, "type", "hidden");
		xml_elem(x, "value", f->next);
		xml_close(x);
	}
	xml_close(x);
	xml_close(x);
	xml_open(x, "notes");
	note_open(x, "login-help", "plain", "circle-help", "/login/help");
	xml_close(x);
	note_open(x, "no-account", "plain", NULL, NULL);
	xml_close(x);
	xml_close(x);
	return RC_OK;
}

/* Keeps a path worth going on to, else NULL. */
static const char *
next_of(const struct params *params)
{
	const char *next = login_next(params_get(params, "next"));

	return strcmp(next, "/") ? next : NULL;
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
		{"verify", "info", "login.ended"},
		{"codes", "warn", "login.codes"},
		{"reset", "ok", "login.reset"},
	};
	const char *after = params_get(&r->get, "after");
	struct login_form f = {.next = next_of(&r->get)};

	if (r->who && r->who->complete) {
		request_redirect(r, "%s", f.next ? f.next : "/");
		return RC_OK;
	}
	for (size_t i = 0; after && i < sizeof(messages) / sizeof(*messages);
		i++)
		if (!strcmp(after, messages[i].after))
			page_message(r, messages[i].kind, messages[i].id, NULL);
	return draw_login(r, &f);
}

static void
too_many(struct request *r, const struct login *l)
{
	r->response.status = 429;
	request_header(r, "Retry-After",
		pool_printf(r->pool, "%lld", (long long)l->seconds));
}

static enum rc
refuse_login(struct request *r, struct login_form *f, const struct login *l)
{
	r->response.status = 422;
	switch (l->result) {
	case LOGIN_LOCKED:
		f->error = "login-locked";
		f->until = l->until;
		too_many(r, l);
		break;
	case LOGIN_NO_FACTOR:
		f->error = "login-no-factor";
		break;
	case LOGIN_NO_ACCESS:
		f->error = "login-no-access";
		break;
	default:
		f->error = "login-wrong";
		break;
	}
	draw_login(r, f);
	return RC_REFUSED;
}

static const char *
check_text(const char *text, size_t max)
{
	if (!*text)
		return "missing";
	return text_length(text) > max ? "too-long" : NULL;
}

enum rc
login_post(struct request *r)
{
	const char *email = params_get(&r->post, "email");
	const char *password = params_get(&r->post, "password");
	struct login_form f = {
		.email = text_trim(r->pool, email ? email : ""),
		.next = next_of(&r->post),
	};
	struct login l;
	enum rc rc;

	f.email_error = check_text(f.email, EMAIL_MAX);
	f.password_error =
		check_text(password ? password : "", PASSWORD_FIELD_MAX);
	if (f.email_error || f.password_error) {
		draw_login(r, &f);
		return RC_INVALID;
	}
	rc = login_password(r, f.email, password, f.next, &l);
	if (rc)
		return rc;
	if (l.result == LOGIN_CODE)
		request_redirect(r, "/login/verify");
	else if (l.result == LOGIN_DONE)
		request_redirect(r, "%s", l.next);
	else
		return refuse_login(r, &f, &l);
	return RC_OK;
}

static bool
is_half(const struct request *r)
{
	return r->who && !r->who->complete;
}

static void
draw_verify(struct request *r, const char *error, const char *form_error,
	const char *until)
{
	page_begin(r, "verify");
	open_form(r, "verify", "/login/verify", error || form_error);
	xml_attr(r->xml, "cancel", "/login");
	write_error(r->xml, form_error, "datetime", until);
	xml_open(r->xml, "group");
	xml_attr(r->xml, "id", "code");
	write_field(
		r->xml, "code", "code", "one-time-code", CODE_MAX, NULL, error);
	xml_close(r->xml);
	xml_close(r->xml);
}

enum rc
verify_page(struct request *r)
{
	if (is_half(r))
		draw_verify(r, NULL, NULL, NULL);
	else
		request_redirect(r, r->who ? "/" : "/login?after=verify");
	return RC_OK;
}

/* The digits alone; false where it is not six of them. */
static bool
read_code(struct request *r, char code[7])
{
	const char *typed = params_get(&r->post, "code");
	size_t n = 0;

	for (const char *s = typed ? typed : ""; *s; s++) {
		if (*s == ' ')
			continue;
		if (*s < '0' || *s > '9' || n == 6)
			return false;
		code[n++] = *s;
	}
	code[n] = '\0';
	return n == 6;
}

enum rc
verify_post(struct request *r)
{
	struct login l;
	char code[7];
	enum rc rc;

	if (!is_half(r))
		return verify_page(r);
	if (!read_code(r, code)) {
		draw_verify(r, "digits", NULL, NULL);
		return RC_INVALID;
	}
	rc = login_code(r, code, &l);
	if (rc)
		return rc;
	if (l.result == LOGIN_DONE) {
		request_redirect(r, "%s", l.next);
		return RC_OK;
	}
	if (l.result == LOGIN_ENDED) {
		request_redirect(r, "/login?after=codes");
		return RC_OK;
	}
	r->response.status = 422;
	if (l.result == LOGIN_LOCKED) {
		too_many(r, &l);
		draw_verify(r, NULL, "login-locked", l.until);
	} else {
		draw_verify(r, "wrong", NULL, NULL);
	}
	return RC_REFUSED;
}

enum rc
logout_post(struct request *r)
{
	enum rc rc = login_out(r);

	if (!rc)
		request_redirect(r, "/login?after=logout");
	return rc;
}
