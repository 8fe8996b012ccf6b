#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/request_tell.h"
#include "../../domain/request_view.h"
#include "../../engine/form.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "requests.h"

/* The fields of the form are those that request_correct() knows. */
static const char *const fields[] = {"wished_on", "reference", "description",
	"message", "contact_name", "contact_phone", "contact_email"};

enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

static const char *
value_of(const struct service_request *sr, size_t field)
{
	const char *const values[FIELDS] = {sr->wished_on, sr->reference,
		sr->description, sr->message, sr->contact_name,
		sr->contact_phone, sr->contact_email};

	return values[field];
}

static struct form *
begin_form(struct request *r, const struct service_request *sr)
{
	const char *back =
		pool_printf(r->pool, "/supplier/requests/%s", sr->number);
	struct form *f = form_begin(
		r, "correct", pool_printf(r->pool, "%s/correct", back));
	char *first = pool_alloc(r->pool, DATE_SIZE);
	char *last = pool_alloc(r->pool, DATE_SIZE);

	text_today(first);
	date_latest(first, last);
	if (strcmp(sr->wished_on, first) < 0)
		memcpy(first, sr->wished_on, DATE_SIZE);
	form_cancel(f, back);
	form_bounds(f, "wished_on", first, last);
	form_default(f, "version",
		pool_printf(r->pool, "%lld", (long long)sr->version));
	for (size_t i = 0; i < FIELDS; i++)
		form_default(f, fields[i], value_of(sr, i));
	return f;
}

static enum rc
write_page(struct request *r, const struct service_request *sr, struct form *f)
{
	enum rc rc = request_audit(r, sr, "view");

	if (rc)
		return rc;
	page_begin(r, "correct");
	page_intro(r, "code", NULL, sr->number);
	work_crumbs(r, sr->number, "correct");
	xml_open(r->xml, "main");
	rc = form_write(f);
	xml_close(r->xml);
	request_write_aside(r, sr);
	return rc;
}

/* Back to the request with a message. RC_REFUSED: nothing was changed. */
static enum rc
leave(struct request *r, const struct service_request *sr, const char *kind,
	const char *message, enum rc rc)
{
	if (session_notice(
		    r, kind, message, format_code(r->pool, sr->number), NULL))
		return RC_FAIL;
	request_redirect(r, "/supplier/requests/%s", sr->number);
	return rc;
}

/* The request, where it can be corrected; *rc where it can't. */
static bool
find(struct request *r, struct service_request *sr, enum rc *rc)
{
	*rc = request_get(r, r->args[0], sr);
	if (*rc)
		return false;
	if (request_may(sr->state, EVENT_CORRECT, request_actors(r, sr)))
		return true;
	*rc = leave(r, sr, "warn", "request.refused.state", RC_REFUSED);
	return false;
}

enum rc
correct_page(struct request *r)
{
	struct service_request sr;
	enum rc rc;

	return find(r, &sr, &rc) ? write_page(r, &sr, begin_form(r, &sr)) : rc;
}

static enum rc
correct_all(struct request *r, struct service_request *sr, struct form *f)
{
	const char *refused = NULL;
	char today[DATE_SIZE];
	enum rc rc = RC_OK;

	text_today(today);
	for (size_t i = 0; !rc && i < FIELDS; i++) {
		rc = request_correct(r, sr, fields[i], form_get(f, fields[i]),
			sr->version, &refused);
		if (rc == RC_INVALID)
			form_fail(f, fields[i], refused, "date",
				pool_strdup(r->pool, today));
	}
	if (rc == RC_CONFLICT)
		page_message(r, "warn", "request.changed", NULL);
	return rc;
}

enum rc
correct_post(struct request *r)
{
	struct service_request sr;
	struct form *f;
	int64_t version;
	enum rc rc;

	if (!find(r, &sr, &rc))
		return rc;
	version = sr.version;
	f = begin_form(r, &sr);
	rc = form_read(f);
	if (rc == RC_FAIL)
		return rc;
	if (!rc && form_int(f, "version") != sr.version) {
		page_message(r, "warn", "request.changed", NULL);
		form_default(f, "version",
			pool_printf(r->pool, "%lld", (long long)sr.version));
		r->response.status = 409;
		rc = RC_INVALID;
	}
	if (!rc)
		rc = correct_all(r, &sr, f);
	if (rc == RC_INVALID) {
		rc = write_page(r, &sr, f);
		return rc ? rc : RC_INVALID;
	}
	if (!rc && sr.version == version)
		return leave(r, &sr, "info", "request.correct-none", RC_OK);
	return rc ? rc : leave(r, &sr, "ok", "request.correct", RC_OK);
}
