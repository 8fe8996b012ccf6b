#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/document.h"
#include "../../domain/message.h"
#include "../../domain/request_action.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "requests.h"

/* In the order of the buttons: first what usually comes next. */
static const struct request_action actions[] = {
	{"accept", EVENT_ACCEPT, 0, true, "main", "check"},
	{"propose", EVENT_PROPOSE,
		FIELD_OF_DAY | FIELD_OF_PART | FIELD_OF_MECHANIC, false, "main",
		"calendar-days"},
	{"start", EVENT_START, FIELD_OF_WORKSHOP, false, "main", "wrench"},
	{"done", EVENT_DONE, FIELD_OF_WORK, false, "main", "circle-check"},
	{"inspect", EVENT_DONE, FIELD_OF_RESULTS, false, "main",
		"circle-check"},
	{"report", EVENT_DONE, FIELD_OF_LINES, false, "main", "circle-check"},
	{"resume", EVENT_RESUME, 0, true, "main", "rotate-ccw"},
	{"plan", EVENT_PLAN, FIELD_OF_DAY | FIELD_OF_PART | FIELD_OF_MECHANIC,
		false, "quiet", "phone"},
	{"could-not", EVENT_COULD_NOT, FIELD_OF_REASON, false, "quiet", NULL},
	{"hold", EVENT_HOLD, FIELD_OF_REASON | FIELD_OF_DAY, false, "quiet",
		"pause"},
	{"correct", EVENT_CORRECT, 0, false, "text", "pen-line"},
	{"cancel", EVENT_CANCEL, FIELD_OF_REASON, false, "text", "ban"}, {0}};

static const struct request_portal portal = {
	"/supplier/requests", "work", "/supplier/requests", "work", actions};

void
work_crumbs(struct request *r, const char *number, const char *id)
{
	page_crumb(r, portal.list, portal.list_href, NULL);
	page_crumb(r, NULL, pool_printf(r->pool, "%s/%s", portal.base, number),
		number);
	page_crumb(r, id, NULL, NULL);
}

static void
write_download(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;

	if (!document_may(r, sr))
		return;
	xml_open(x, "actions");
	xml_attr(x, "id", "document");
	xml_attr(x, "place", "end");
	action_link(x, "download", "quiet", "download",
		pool_printf(r->pool, "%s/%s.pdf", portal.base, sr->number));
	xml_close(x);
}

/* Of several lines those that are open, each with its own form. */
static void
write_open_lines(struct request *r, const struct service_request *sr)
{
	if (sr->line_count < 2 || sr->kind == KIND_INSPECTION ||
		!request_may(sr->state, EVENT_DONE, request_actors(r, sr)))
		return;
	detail_open(r->xml, "request-open");
	for (size_t i = 0; i < sr->line_count; i++) {
		const struct request_line *line = &sr->lines[i];

		if (line->state == STATE_DONE)
			continue;
		xml_open(r->xml, "item");
		xml_attr(r->xml, "label",
			line->number ? format_code(r->pool, line->number)
				     : "–");
		xml_attr(r->xml, "type", "text");
		xml_attr(r->xml, "href",
			pool_printf(r->pool, "%s/%s/lines/%zu", portal.base,
				sr->number, i + 1));
		xml_text(r->xml,
			pool_printf(r->pool, "%s %s", line->make, line->type));
		xml_close(r->xml);
	}
	xml_close(r->xml);
}

static enum rc
write_all(struct request *r, const struct service_request *sr)
{
	struct db_rows photos;
	enum rc rc = photos_list(r, sr, &photos);

	if (rc)
		return rc;
	write_open_lines(r, sr);
	request_write_detail(r, sr,
		access_may(r, RIGHT_AID_VIEW) ? "/supplier/aids" : NULL,
		"/supplier/certificates");
	photos_write(r, sr, portal.base, "work", &photos);
	photos_write(r, sr, portal.base, "request", &photos);
	return messages_write(r, sr, &portal, &photos);
}

enum rc
work_list(struct request *r)
{
	page_begin(r, "work");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "work-list");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "work-day", "quiet", "truck", "/supplier/day");
	action_link(r->xml, "work-week", "quiet", "calendar-days",
		"/supplier/planning");
	xml_close(r->xml);
	return list_run(r, "work", portal.base, DB_NO_ARGS);
}

enum rc
work_page(struct request *r)
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
	page_crumb(r, portal.list, portal.list_href, NULL);
	page_crumb(r, NULL, NULL, sr.number);
	xml_open(r->xml, "main");
	request_write_actions(r, &sr, &portal);
	rc = write_all(r, &sr);
	write_download(r, &sr);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (!rc)
		rc = request_write_timeline(r, &sr);
	xml_close(r->xml);
	return rc;
}

enum rc
work_message(struct request *r)
{
	return message_form(r, &portal);
}

enum rc
work_message_post(struct request *r)
{
	return message_form_post(r, &portal);
}

enum rc
work_search(struct request *r)
{
	const char *typed = params_get(&r->get, "request");
	const char *code = typed ? text_code(r->pool, typed) : NULL;
	struct db_row row;
	int64_t aid;
	enum rc rc;

	if (!code) {
		request_redirect(r, "%s", portal.base);
		return RC_OK;
	}
	rc = db_one(r->db, r->pool, SQL_WORK_SOUGHT,
		DB_ARGS(db_text("code", code)), &row);
	if (!rc)
		request_redirect(
			r, "%s/%s", portal.base, db_str0(row, "number"));
	else if (rc == RC_NOTFOUND)
		request_redirect(r, "%s?%s=%s", portal.base,
			text_int(code, &aid) ? "aid" : "number",
			text_urlencode(r->pool, code));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc
work_form(struct request *r)
{
	return request_action_page(r, &portal);
}

enum rc
work_post(struct request *r)
{
	return request_action_post(r, &portal);
}
