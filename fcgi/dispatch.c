#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access/draft.h"
#include "access/drawing.h"
#include "access/form_key.h"
#include "access/step_up.h"
#include "core/log.h"
#include "core/multipart.h"
#include "core/render.h"
#include "core/text.h"
#include "dispatch.h"
#include "engine/page.h"
#include "menu.h"
#include "routes.h"

enum { NEXT_MAX = 4000, RETRY_SECONDS = 10 };

/* The last resort, without the stylesheet that failed. */
static void
draw_plain(struct request *r, int status)
{
	static const char *const ids[] = {
		"error.500.title", "error.500.text", "error.request"};
	const struct words_name names[] = {
		{"phone", format_phone(r->pool, r->config->brand.phone)},
		{NULL, NULL}};

	page_reset(r);
	r->response.status = status;
	r->response.type = "text/plain; charset=utf-8";
	r->response.body = buffer_create(r->pool);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		buffer_printf(r->response.body, "%s\n",
			words_named(render_words(r->render), r->pool,
				lang_parse(r->lang), ids[i], 0, NULL, names));
	buffer_printf(r->response.body, "%s\n", r->id);
}

static enum rc
draw_xml(struct request *r, struct buffer *out)
{
	xmlChar *text = NULL;
	int len = 0;

	xmlDocDumpMemoryEnc(xml_doc(r->xml), &text, &len, "UTF-8");
	if (!text)
		return RC_FAIL;
	buffer_add(out, text, (size_t)len);
	xmlFree(text);
	r->response.type = "application/xml; charset=utf-8";
	return RC_OK;
}

/* The page, which is closed, to the body of the answer. */
static enum rc
draw(struct request *r)
{
	struct buffer *out = buffer_create(r->pool);
	enum rc rc;

	r->response.type = "text/html; charset=utf-8";
	rc = r->format == FORMAT_XML
		     ? draw_xml(r, out)
		     : render_html(r->render, r->pool, xml_doc(r->xml), out);
	if (rc == RC_OK)
		r->response.body = out;
	return rc;
}

static void
answer_error(struct request *r, int status)
{
	page_error(r, status);
	if (status == 503)
		request_header(r, "Retry-After",
			pool_printf(r->pool, "%d", RETRY_SECONDS));
	if (draw(r))
		draw_plain(r, status);
}

/* What the handler left becomes the answer. */
static void
answer_page(struct request *r, int status)
{
	if (!r->response.status)
		r->response.status = status;
	if (!r->xml) {
		log_event(LOG_ERROR, "no-answer", "path", r->path, NULL);
		answer_error(r, 500);
		return;
	}
	page_end(r);
	if (draw(r))
		answer_error(r, 500);
}

/* The status that a result of a handler has by itself. */
static int
status_of(const struct request *r, enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return r->response.location ? 303 : 200;
	case RC_INVALID:
		return 422;
	case RC_DENIED:
		return 403;
	case RC_REFUSED:
		return r->response.location ? 303 : 422;
	case RC_NOTFOUND:
		return 404;
	case RC_CONFLICT:
		return 409;
	case RC_FAIL:
		break;
	}
	return db_down(r->db) ? 503 : 500;
}

static void
answer(struct request *r, enum rc rc)
{
	int status = status_of(r, rc);

	if (rc == RC_OK || rc == RC_REFUSED) {
		if (r->response.location)
			r->response.status = 303;
		else if (r->response.body)
			r->response.status = r->response.status
						     ? r->response.status
						     : status;
		else
			answer_page(r, status);
	} else if (rc == RC_INVALID) {
		r->response.location = NULL;
		if (!r->xml)
			answer_error(r, 400);
		else if (r->method == METHOD_POST && audit_again(r))
			answer_error(r, status_of(r, RC_FAIL));
		else
			answer_page(r, status);
	} else {
		answer_error(r, status);
	}
}

/* A form, tried again as a whole where the database asks for it. */
struct attempt {
	struct request *request;
	const char *cookie;
	struct identity who;
	size_t headers;
	bool keyed;
};

/* What it sent along, a new session's cookie say, was never there. */
static void
undo_headers(struct attempt *a)
{
	struct buffer *headers = a->request->response.headers;

	a->request->cookie = a->cookie;
	if (a->request->who)
		*a->request->who = a->who;
	if (headers) {
		headers->len = a->headers;
		headers->data[a->headers] = '\0';
	}
}

static void
begin_again(void *arg, int number)
{
	struct attempt *a = arg;

	if (number == 0)
		return;
	page_reset(a->request);
	a->request->views = NULL;
	undo_headers(a);
}

static enum rc
run_form(void *arg)
{
	struct attempt *a = arg;
	struct request *r = a->request;
	enum rc rc = RC_OK;

	if (a->keyed)
		rc = form_key_take(r);
	if (rc || r->response.location)
		return rc;
	rc = r->route->handler(r);
	if (a->keyed && (rc == RC_OK || rc == RC_REFUSED) && form_key_keep(r))
		rc = RC_FAIL;
	return rc;
}

static enum rc
run(struct request *r)
{
	struct attempt a = {.request = r, .cookie = r->cookie};
	enum rc rc;

	if (r->method != METHOD_POST)
		return r->route->handler(r);
	if (r->who)
		a.who = *r->who;
	a.keyed = r->who && r->who->complete;
	a.headers = r->response.headers ? r->response.headers->len : 0;
	rc = db_transaction(r->db, run_form, &a, begin_again);
	if (rc != RC_OK && rc != RC_REFUSED)
		undo_headers(&a);
	return rc;
}

/* Does the route answer in the format that was asked for? */
static bool
has_format(const struct request *r)
{
	unsigned formats = r->route->formats;

	switch (r->format) {
	case FORMAT_HTML:
		return !(formats & ROUTE_NO_HTML);
	case FORMAT_XML:
		return formats & ROUTE_XML;
	case FORMAT_PDF:
		return formats & ROUTE_PDF;
	case FORMAT_XLSX:
		return formats & ROUTE_XLSX;
	}
	return false;
}

/*
 * To the log-in, and from there back to where one is now: to a form with
 * what was typed in it.
 */
static void
ask_login(struct request *r)
{
	bool post = r->method == METHOD_POST;
	int64_t account = post && csrf_valid(r) ? draft_account(r) : 0;
	const char *next = post ? draft_keep(r, account) : request_target(r);

	if (strlen(next) > NEXT_MAX)
		next = "/";
	r->response.status = 303;
	request_redirect(r, "/login?next=%s%s", text_urlencode(r->pool, next),
		!post			  ? ""
		: strstr(next, "?draft=") ? "&after=kept"
					  : "&after=ended");
}

/* The token is missing or of another session: nothing was done. */
static void
answer_old_form(struct request *r)
{
	r->response.status = 403;
	page_begin(r, "form-old");
	xml_open(r->xml, "notes");
	xml_open(r->xml, "note");
	xml_attr(r->xml, "id", "form.old");
	xml_attr(r->xml, "kind", "warn");
	xml_attr(r->xml, "href", draft_keep(r, 0));
	xml_close(r->xml);
	xml_close(r->xml);
	answer_page(r, 403);
}

/* 0, or the status that refuses; or the answer is there already. */
static int
refused(struct request *r)
{
	const struct route *t = r->route;
	bool signed_in = r->who && r->who->complete;

	if (!has_format(r))
		return 404;
	if (t->right != RIGHT_PUBLIC && !signed_in) {
		ask_login(r);
		return 0;
	}
	if (r->method == METHOD_POST && !csrf_valid(r)) {
		answer_old_form(r);
		return 0;
	}
	if (!access_may(r, t->right) ||
		(t->portal != DB_NOBODY &&
			(!signed_in || t->portal != r->who->portal)))
		return 403;
	if (r->method == METHOD_POST && signed_in && !form_key_given(r))
		return 400;
	if (t->formats & ROUTE_FRESH && !step_up(r)) {
		r->response.status = 303;
		return 0;
	}
	r->form_token = r->method == METHOD_POST;
	return 0;
}

/* The route; *known as route_find() says. */
static int
find(struct request *r)
{
	bool known = false;

	if (route_find(r, &known))
		return 0;
	if (!known)
		return 404;
	request_header(
		r, "Allow", r->method == METHOD_POST ? "GET, HEAD" : "POST");
	return 405;
}

static bool
is_bare(const struct request *r)
{
	return r->route && r->route->formats & ROUTE_BARE;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Files, where they are taken: 0, or the status that refuses them. */
static int
read_files(struct request *r)
{
	if (!r->boundary)
		return 0;
	if (!(r->route->formats & ROUTE_UPLOAD))
		return 415;
	return multipart_parse(r) ? 400 : 0;
}

static bool
is_document(const struct request *r)
{
	return r->format == FORMAT_PDF || r->format == FORMAT_XLSX;
}

/* False: the account has had its share of documents, and is told so. */
static bool
begin_document(struct request *r)
{
	enum rc rc = is_document(r) && r->who ? drawing_begin(r) : RC_OK;

	if (rc == RC_REFUSED) {
		request_header(r, "Retry-After",
			pool_printf(r->pool, "%d", DRAWING_WAIT_SECONDS));
		log_event(LOG_WARN, "document-limit", NULL);
		answer_error(r, 429);
	} else if (rc) {
		answer_error(r, status_of(r, RC_FAIL));
	}
	return rc == RC_OK;
}

void
dispatch(struct request *r, const struct http_input *in)
{
	int status = http_parse(r, in);
	bool failed = false;

	log_request(r->id);
	if (status == 405)
		request_header(r, "Allow", "GET, HEAD, POST");
	if (!status)
		status = find(r);
	if (!is_bare(r)) {
		failed = session_load(r) != RC_OK;
		/* Now that the portal is known there may be a better one. */
		if (!status && r->who)
			status = find(r);
	}
	if (!status && failed)
		status = status_of(r, RC_FAIL);
	if (!status)
		status = read_files(r);
	if (!status)
		status = refused(r);
	if (status == 403 && r->who)
		(void)audit_refused(r);
	if (status) {
		answer_error(r, status);
	} else if (!r->response.status && begin_document(r)) {
		int64_t start = now_ms();
		enum rc rc = run(r);

		if (is_document(r))
			(void)drawing_end(r, now_ms() - start);

		if (rc == RC_DENIED && r->who)
			(void)audit_refused(r);
		answer(r, rc);
	}
}

static enum rc
say(struct request *r, int status, const char *words)
{
	r->response.status = status;
	r->response.type = "text/plain; charset=utf-8";
	r->response.body = buffer_create(r->pool);
	buffer_puts(r->response.body, words);
	return RC_OK;
}

enum rc
health_page(struct request *r)
{
	return say(r, 200, "ok\n");
}

enum rc
ready_page(struct request *r)
{
	static time_t asked;
	static const char *problem;

	/* Anybody may ask this: the database is asked once a second. */
	if (asked != time(NULL)) {
		problem = NULL;
		if (db_ping(r->db))
			problem = db_refused(r->db)
					  ? "demo accounts in production\n"
					  : "no database\n";
		asked = time(NULL);
	}
	return problem ? say(r, 503, problem) : say(r, 200, "ready\n");
}

enum rc
home_page(struct request *r)
{
	request_redirect(r, "%s", menu_home(r));
	return RC_OK;
}
