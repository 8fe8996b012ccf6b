#include <string.h>
#include <strings.h>

#include "../../access/access.h"
#include "../../domain/document.h"
#include "../../domain/notify.h"
#include "../../domain/request_tell.h"
#include "../../domain/request_view.h"
#include "../../engine/form.h"
#include "../../engine/page.h"
#include "requests.h"
#include "send.h"

/*
 * 'Verstuur aanvraag' (C22): the PDF to oneself, to somebody else, or both.
 * Any address may be typed in, so the log tells to whom, and an account that
 * fell into wrong hands is no source of mail.
 */
enum { MAILS_AN_HOUR = 30 };

static struct form *
begin_form(struct request *r, const struct service_request *sr)
{
	const char *back = pool_printf(r->pool, "/requests/%s", sr->number);
	struct form *f =
		form_begin(r, "send", pool_printf(r->pool, "%s/send", back));

	form_cancel(f, back);
	form_default(f, "self", "yes");
	return f;
}

static enum rc
write_page(struct request *r, const struct service_request *sr, struct form *f)
{
	enum rc rc;

	page_begin(r, "send");
	page_intro(r, "code", NULL, sr->number);
	requests_crumbs(r, sr, "send");
	xml_open(r->xml, "main");
	rc = form_write(f);
	xml_close(r->xml);
	request_write_aside(r, sr);
	return rc;
}

static enum rc
find(struct request *r, struct service_request *sr)
{
	enum rc rc = request_get(r, r->args[0], sr);

	return rc || document_may(r, sr) ? rc : RC_DENIED;
}

enum rc
send_page(struct request *r)
{
	struct service_request sr;
	enum rc rc = find(r, &sr);

	return rc ? rc : write_page(r, &sr, begin_form(r, &sr));
}

struct sending {
	struct request *request;
	const struct service_request *sr;
	bool self;
};

static void
fill(struct xml *x, void *arg)
{
	const struct sending *s = arg;

	request_write_args(x, s->sr, NULL);
	if (!s->self) {
		xml_open(x, "from");
		xml_attr(x, "name", s->request->who->name);
		xml_close(x);
	}
	request_write_brief(x, s->request->pool, s->sr);
}

static enum rc
send_to(struct request *r, const struct service_request *sr, int64_t document,
	const char *address, const char *name)
{
	struct sending s = {r, sr, !strcasecmp(address, r->who->email)};
	struct mail mail = {
		.template = "request-copy",
		.address = address,
		.name = name,
		.lang = r->lang,
		.organisation_id = sr->organisation_id,
		.document_id = document,
	};

	if (audit_account(r, r->who->account, "send", address, true))
		return RC_FAIL;
	return mail_queue(r, &mail, fill, &s);
}

/* Both addresses get it; the log knows that the client's data went out. */
static enum rc
send_copies(struct request *r, const struct service_request *sr,
	const char *other, bool self)
{
	const char *to = other ? other : r->who->email;
	int64_t document;
	enum rc rc = request_audit(r, sr, "send");

	if (!rc)
		rc = document_issue(r, sr, r->lang, &document);
	if (!rc && self)
		rc = send_to(r, sr, document, r->who->email, r->who->name);
	if (!rc && other && !(self && !strcasecmp(other, r->who->email)))
		rc = send_to(r, sr, document, other, NULL);
	if (!rc)
		rc = session_notice(r, "ok", "request.mailed",
			self && other ? pool_printf(r->pool, "%s, %s",
						r->who->email, other)
				      : to,
			NULL);
	return rc;
}

static enum rc
check_count(struct request *r, struct form *f)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_SENT_LATELY, DB_NO_ARGS, &row);

	if (!rc && db_num(row, "mails") >= MAILS_AN_HOUR) {
		form_fail(f, NULL, "send-limit", NULL, NULL);
		r->response.status = 429;
	}
	return rc;
}

enum rc
send_post(struct request *r)
{
	struct service_request sr;
	struct form *f;
	enum rc rc = find(r, &sr);

	if (rc)
		return rc;
	f = begin_form(r, &sr);
	rc = form_read(f);
	if (rc == RC_FAIL)
		return rc;
	if (!rc && !form_get(f, "self") && !form_get(f, "other"))
		form_fail(f, "other", "missing", NULL, NULL);
	else if (!rc && check_count(r, f))
		return RC_FAIL;
	if (rc || form_failed(f)) {
		rc = write_page(r, &sr, f);
		return rc ? rc : RC_INVALID;
	}
	rc = send_copies(
		r, &sr, form_get(f, "other"), form_get(f, "self") != NULL);
	if (!rc)
		request_redirect(r, "/requests/%s", sr.number);
	return rc;
}
