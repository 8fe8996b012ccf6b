#include <string.h>

#include "../access/access.h"
#include "../core/config.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "../engine/qr.h"
#include "document_request.h"
#include "label.h"
#include "photo.h"
#include "request_view.h"

static void
write_branch(struct xml *x, const struct service_request *sr)
{
	xml_open(x, "branch");
	xml_attr(x, "name", sr->branch);
	xml_attr(x, "phone", sr->branch_phone);
	xml_attr(x, "email", sr->branch_email);
	xml_attr(x, "street", sr->branch_street);
	xml_attr(x, "postcode", sr->branch_postcode);
	xml_attr(x, "city", sr->branch_city);
	xml_close(x);
}

static void
write_subject(struct xml *x, const struct service_request *sr)
{
	xml_open(x, "request");
	xml_attr(x, "number", sr->number);
	xml_attr(x, "kind", request_kind_name(sr->kind));
	xml_attr(x, "state", request_state_name(sr->state));
	xml_attr(x, "asked", sr->created_at);
	xml_close(x);
}

static void
write_client(struct xml *x, const struct service_request *sr)
{
	detail_open(x, "request-client");
	detail_item(x, "client", "text", NULL, sr->client);
	detail_item(x, "born", "date", NULL, sr->client_born);
	detail_item(x, "room", "text", NULL, sr->client_room);
	xml_close(x);
}

static void
write_asked(struct xml *x, const struct service_request *sr)
{
	detail_open(x, "request-asked");
	detail_item(x, "organisation", "text", NULL, sr->organisation);
	detail_item(x, "requester", "text", NULL, sr->requester);
	detail_item(x, "requester_phone", "phone", NULL, sr->requester_phone);
	detail_item(x, "requester_email", "email", NULL, sr->requester_email);
	detail_item(x, "wished", "date", NULL, sr->wished_on);
	detail_item(x, "reference", "text", NULL, sr->reference);
	detail_item(x, "law", "state", "request.law", sr->law);
	xml_close(x);
}

static void
write_place(struct xml *x, struct request *r, const struct service_request *sr)
{
	struct pool *p = r->pool;

	detail_open(x, "request-place");
	detail_item(x, "location", "text", NULL, request_location(r, sr));
	if (sr->place_id != sr->location_id)
		detail_item(x, "place", "text", NULL, sr->place);
	detail_item(x, "address", "text", NULL,
		request_address(p, sr->street, sr->postcode, sr->city));
	if (sr->to_place)
		detail_item(x, "to", "text", NULL,
			request_place_name(p, sr->to_location, sr->to_place));
	detail_item(x, "to_address", "text", NULL,
		request_address(
			p, sr->to_street, sr->to_postcode, sr->to_city));
	detail_item(x, "contact", "text", NULL, sr->contact_name);
	detail_item(x, "contact_phone", "phone", NULL, sr->contact_phone);
	detail_item(x, "contact_email", "email", NULL, sr->contact_email);
	xml_close(x);
}

static const char *
place_of(struct pool *p, const struct request_line *line)
{
	if (!line->location || !line->place ||
		!strcmp(line->location, line->place))
		return line->place;
	return pool_printf(p, "%s, %s", line->location, line->place);
}

/* Of many each with where it stands, and how far it is. */
static void
write_aid(struct xml *x, struct request *r, const struct request_line *line,
	bool many)
{
	const char *href =
		line->label_code ? label_href(r, line->label_code) : NULL;

	xml_open(x, "aid");
	xml_attr(x, "number", line->number);
	xml_attr(x, "type",
		pool_printf(r->pool, "%s %s", line->make, line->type));
	xml_attr(x, "category", line->category);
	xml_attr(x, "serial", line->serial);
	xml_attr(x, "owner", line->owner ? line->owner : r->config->brand.name);
	xml_attr(x, "place", many ? place_of(r->pool, line) : NULL);
	xml_attr(x, "state", many ? request_state_name(line->state) : NULL);
	xml_attr(x, "href", href);
	/* The code on its label, which opens its page (X1). */
	if (href && qr_open(x, r->pool, href))
		xml_close(x);
	xml_close(x);
}

static void
write_text(struct xml *x, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	xml_open(x, "text");
	xml_attr(x, "name", name);
	xml_text(x, text);
	xml_close(x);
}

/* No prices: everybody who has the request may have it. */
static void
write_work(struct request *r, struct xml *x, const struct service_request *sr)
{
	if (!sr->planned_on && !sr->done_on && !sr->work_done)
		return;
	detail_open(x, "request-work");
	detail_item(x, request_day_name(sr), "date-long", NULL, sr->planned_on);
	detail_item(x, "part", "state", "request.part", sr->planned_part);
	detail_item(x, "mechanic", "text", NULL, sr->mechanic);
	detail_item(x, "done", "date", NULL, sr->done_on);
	detail_item(x, "finding", "state", "request.finding", sr->finding);
	detail_item(x, "work", "lines", NULL, sr->work_done);
	if (sr->line_count == 1 && sr->lines[0].state == STATE_DONE)
		request_write_report(r, x, &sr->lines[0], false);
	xml_close(x);
}

/* Each of several that was reported. */
static void
write_reports(
	struct request *r, struct xml *x, const struct service_request *sr)
{
	for (size_t i = 0; sr->line_count > 1 && i < sr->line_count; i++)
		if (!sr->lines[i].result)
			request_write_line(r, x, &sr->lines[i], false);
}

xmlDoc *
document_request(struct request *r, const struct service_request *sr,
	const char *lang, const char *issued)
{
	struct xml *x = xml_create(r->pool, "document");

	xml_attr(x, "id", "request");
	xml_attr(x, "lang", lang);
	xml_attr_int(x, "version", sr->version);
	xml_attr(x, "issued", issued);
	page_brand(x, r->pool, r->config, lang);
	write_branch(x, sr);
	write_subject(x, sr);
	write_client(x, sr);
	write_asked(x, sr);
	write_place(x, r, sr);
	xml_open(x, "aids");
	for (size_t i = 0; i < sr->line_count; i++)
		write_aid(x, r, &sr->lines[i], sr->line_count > 1);
	xml_close(x);
	write_text(x, "description", sr->description);
	write_text(x, "message", sr->message);
	if (photos_name(r, sr, x))
		return NULL;
	write_work(r, x, sr);
	write_reports(r, x, sr);
	if (request_write_history(r, sr, x))
		return NULL;
	xml_close(x);
	return xml_doc(x);
}
