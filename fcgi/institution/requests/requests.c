#include "../../access/access.h"
#include "../../core/format.h"
#include "../../engine/detail.h"
#include "../../domain/document.h"
#include "../../domain/request_action.h"
#include "../../domain/message.h"
#include "../../domain/request_view.h"
#include "../../engine/page.h"
#include "requests.h"
#include "send.h"

static const struct request_action actions[] = {
	{"agree", EVENT_AGREE, 0, true, "main", "check"},
	{"other-date", EVENT_OTHER_DATE, FIELD_OF_DAY | FIELD_OF_REASON, false,
		"quiet", "calendar-days"},
	{"approve", EVENT_APPROVE, 0, true, "main", "check"},
	{"reject", EVENT_REJECT, FIELD_OF_REASON, false, "quiet", "x"},
	{"performed", EVENT_DONE, FIELD_OF_DAY, false, "main", "circle-check"},
	{"call-off", EVENT_CANCEL, FIELD_OF_REASON, false, "text", "ban"},
	{"withdraw", EVENT_WITHDRAW, 0, false, "text", "ban"}, {0}};

static const struct request_portal institution = {
	"/requests", "actions", "/actions", "answer", actions};
static const struct request_portal professional = {
	"/requests", "requests", "/requests", "answer", actions};

static const struct request_portal *
portal_of(const struct request *r)
{
	return r->who->portal == DB_PROFESSIONAL ? &professional : &institution;
}

static const char *
aids_of(const struct request *r)
{
	return r->who->portal == DB_INSTITUTION ? "/aids" : NULL;
}

void
requests_crumbs(
	struct request *r, const struct service_request *sr, const char *last)
{
	const struct request_portal *portal = portal_of(r);

	page_crumb(r, portal->list, portal->list_href, NULL);
	page_crumb(r, NULL,
		last ? pool_printf(r->pool, "/requests/%s", sr->number) : NULL,
		sr->number);
	if (last)
		page_crumb(r, last, NULL, NULL);
}

/* 'Download aanvraag' and 'Verstuur aanvraag' (C21, C22). */
static void
write_document(
	struct request *r, const struct service_request *sr, const char *look)
{
	struct xml *x = r->xml;

	if (!document_may(r, sr))
		return;
	xml_open(x, "actions");
	xml_attr(x, "id", "document");
	xml_attr(x, "place", "end");
	action_link(x, "download", look, "download",
		pool_printf(r->pool, "/requests/%s.pdf", sr->number));
	action_link(x, "send", "quiet", "mail",
		pool_printf(r->pool, "/requests/%s/send", sr->number));
	xml_close(x);
}

/* The day that is asked about, above the answers. */
static void
write_question(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;

	if (!request_may(sr->state, EVENT_AGREE, request_actors(r, sr)))
		return;
	xml_open(x, "notes");
	xml_open(x, "note");
	xml_attr(x, "id", "answer-proposed");
	xml_attr(x, "kind", "warn");
	xml_attr(x, "icon", "calendar-days");
	detail_arg(x, "date-long", NULL, sr->planned_on);
	detail_arg(x, "state", "request.part", sr->planned_part);
	xml_close(x);
	xml_close(x);
}

static enum rc
write_all(struct request *r, const struct service_request *sr)
{
	struct db_rows photos;
	enum rc rc = photos_list(r, sr, &photos);

	if (rc)
		return rc;
	request_write_detail(r, sr, aids_of(r), "/certificates");
	photos_write(r, sr, "/requests", "work", &photos);
	photos_write(r, sr, "/requests", "request", &photos);
	return messages_write(r, sr, portal_of(r), &photos);
}

enum rc
request_page(struct request *r)
{
	struct service_request sr;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (!rc)
		rc = request_audit(r, &sr, "view");
	if (rc)
		return rc;
	if (r->format == FORMAT_PDF)
		return document_answer(r, &sr);
	page_begin(r, "request");
	request_page_title(r, &sr);
	requests_crumbs(r, &sr, NULL);
	xml_open(r->xml, "main");
	write_question(r, &sr);
	request_write_actions(r, &sr, portal_of(r));
	rc = write_all(r, &sr);
	write_document(r, &sr, "quiet");
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (!rc)
		rc = request_write_timeline(r, &sr);
	request_write_phone(r, &sr, true);
	xml_close(r->xml);
	return rc;
}

/* What happens now (text note.sent-STATE), and what to do in a hurry. */
static void
write_what_next(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;

	if (!request_begins(sr->state))
		return;
	xml_open(x, "notes");
	xml_open(x, "note");
	xml_attr(x, "id",
		pool_printf(r->pool, "sent-%s", request_state_name(sr->state)));
	xml_attr(x, "kind", "info");
	detail_arg(x, NULL, NULL,
		sr->state == STATE_AWAITING_APPROVAL ? sr->approver
						     : sr->branch);
	xml_close(x);
	if (!sr->own_performs)
		request_note_urgent(r, sr);
	xml_close(x);
}

enum rc
request_sent_page(struct request *r)
{
	struct service_request sr;
	struct db_rows photos;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (!rc)
		rc = request_audit(r, &sr, "view");
	if (rc)
		return rc;
	page_begin(r, "request-sent");
	page_intro(r, "code", NULL, sr.number);
	requests_crumbs(r, &sr, "sent");
	page_message(
		r, "ok", "request.sent", format_code(r->pool, sr.number), NULL);
	xml_open(r->xml, "main");
	write_what_next(r, &sr);
	rc = photos_list(r, &sr, &photos);
	request_write_detail(r, &sr, aids_of(r), "/certificates");
	if (!rc)
		photos_write(r, &sr, "/requests", "request", &photos);
	write_document(r, &sr, "main");
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (!rc)
		rc = request_write_timeline(r, &sr);
	request_write_phone(r, &sr, !request_begins(sr.state));
	xml_close(r->xml);
	return rc;
}

enum rc
request_message(struct request *r)
{
	return message_form(r, portal_of(r));
}

enum rc
request_message_post(struct request *r)
{
	return message_form_post(r, portal_of(r));
}

enum rc
answer_page(struct request *r)
{
	return request_action_page(r, portal_of(r));
}

enum rc
answer_post(struct request *r)
{
	return request_action_post(r, portal_of(r));
}
