#include <string.h>
#include <strings.h>

#include "../core/config.h"
#include "../db/db.h"
#include "../engine/detail.h"
#include "notify.h"
#include "request_tell.h"
#include "request_view.h"

enum { ADDRESSES_MAX = 5 };

/* What the mails of one event share, and the one that is made. */
struct telling {
	struct request *request;
	const struct service_request *sr;
	const char *event;
	const char *reason;
	const char *day;
	const char *before;
	const char *told; /* as what: requester, contact, … */
	const char *name;
	size_t count;
	const char *addresses[ADDRESSES_MAX];
};

void
request_write_args(
	struct xml *x, const struct service_request *sr, const char *day)
{
	if (!day)
		day = sr->planned_on ? sr->planned_on : sr->wished_on;
	detail_arg(x, "code", NULL, sr->number);
	detail_arg(x, "state", "request.kind", request_kind_name(sr->kind));
	detail_arg(x, "date-long", NULL, day);
}

/* Of more than these the number says enough. */
enum { AIDS_NAMED = 3 };

void
request_write_brief(
	struct xml *x, struct pool *p, const struct service_request *sr)
{
	detail_open(x, "request");
	detail_item(x, "number", "code", NULL, sr->number);
	detail_item(x, "kind", "state", "request.kind",
		request_kind_name(sr->kind));
	if (sr->line_count > AIDS_NAMED)
		detail_item(x, "aids", "number", NULL,
			pool_printf(p, "%zu", sr->line_count));
	for (size_t i = 0; sr->line_count <= AIDS_NAMED && i < sr->line_count;
		i++) {
		detail_item(x, "aid", "code", NULL, sr->lines[i].number);
		detail_item(x, "type", "text", NULL,
			pool_printf(p, "%s %s", sr->lines[i].make,
				sr->lines[i].type));
	}
	detail_item(x, "organisation", "text", NULL, sr->organisation);
	if (request_locations(sr) > 1)
		detail_item(x, "locations", "number", NULL,
			pool_printf(p, "%zu", request_locations(sr)));
	else
		detail_item(x, "location", "text", NULL, sr->location);
	if (sr->place_id != sr->location_id)
		detail_item(x, "place", "text", NULL, sr->place);
	if (sr->to_place)
		detail_item(x, "to", "text", NULL,
			request_place_name(p, sr->to_location, sr->to_place));
	detail_item(x, "wished", "date", NULL, sr->wished_on);
	detail_item(x, request_day_name(sr), "date", NULL, sr->planned_on);
	detail_item(x, "part", "state", "request.part", sr->planned_part);
	xml_close(x);
}

void
request_write_aside(struct request *r, const struct service_request *sr)
{
	xml_open(r->xml, "aside");
	request_write_brief(r->xml, r->pool, sr);
	xml_close(r->xml);
}

static void
fill(struct xml *x, void *arg)
{
	const struct telling *t = arg;
	const struct service_request *sr = t->sr;
	const char *portal = !strcmp(t->told, "branch") ? "/supplier" : "";

	xml_open(x, "link");
	xml_attr(x, "href",
		pool_printf(t->request->pool, "%s%s/requests/%s",
			t->request->config->origin, portal, sr->number));
	xml_close(x);
	request_write_args(x, sr, t->day);
	detail_arg(x, "date-long", NULL, t->before);
	if (t->reason && *t->reason)
		xml_elem(x, "reason", t->reason);
	request_write_brief(x, t->request->pool, sr);
}

static bool
was_told(const struct telling *t, const char *address)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcasecmp(t->addresses[i], address))
			return true;
	return false;
}

static enum rc
tell(struct telling *t, const char *told, const char *address, const char *name,
	const char *lang)
{
	struct mail mail = {
		.template = "request",
		.event = t->event,
		.told = told,
		.address = address,
		.name = name,
		.lang = lang,
		.organisation_id = t->sr->organisation_id,
	};

	if (!address || !*address || was_told(t, address))
		return RC_OK;
	t->addresses[t->count++] = address;
	t->told = told;
	return mail_queue(t->request, &mail, fill, t);
}

/* Somebody with an account that still is active. */
static enum rc
tell_account(struct telling *t, const char *told, int64_t account)
{
	struct request *r = t->request;
	struct db_row row;
	enum rc rc;

	if (!account)
		return RC_OK;
	rc = db_one(r->db, r->pool, SQL_REQUEST_TOLD,
		DB_ARGS(db_int("account", account)), &row);
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	return tell(t, told, db_str(row, "email"), db_str(row, "name"),
		db_str0(row, "lang"));
}

enum request_event
request_told_event(const struct service_request *sr, enum request_event event)
{
	return event == EVENT_PROPOSE && sr->state == STATE_PLANNED ? EVENT_PLAN
								    : event;
}

enum rc
request_tell(struct request *r, const struct service_request *sr,
	enum request_event event, unsigned told, const char *reason,
	const char *day, const char *before)
{
	struct telling t = {
		.request = r,
		.sr = sr,
		.event = before ? "replan"
				: request_event_name(
					  request_told_event(sr, event)),
		.reason = reason,
		.day = day,
		.before = before,
	};
	enum rc rc = RC_OK;

	if (told & TOLD_REQUESTER)
		rc = tell_account(&t, "requester", sr->requester_id);
	if (!rc && (told & TOLD_AUTHORISER))
		rc = tell_account(&t, "authoriser", sr->approver_id);
	if (!rc && (told & TOLD_PROFESSIONAL))
		rc = tell_account(&t, "professional", sr->signer_id);
	if (!rc && (told & TOLD_CONTACT))
		rc = tell(&t, "contact", sr->contact_email, sr->contact_name,
			sr->requester_lang);
	if (!rc && (told & TOLD_BRANCH))
		rc = tell(&t, "branch", sr->branch_email, NULL, "nl");
	return rc;
}

enum rc
request_tell_message(struct request *r, const struct service_request *sr,
	const struct db_rows *people)
{
	struct telling t = {.request = r, .sr = sr, .event = "message"};
	enum rc rc = RC_OK;

	if (!people)
		return tell(&t, "branch", sr->branch_email, NULL, "nl");
	for (size_t i = 0; !rc && i < people->count; i++) {
		struct db_row row = db_row(people, i);

		t.count = 0; /* no two have the same address */
		rc = tell(&t, "requester", db_str(row, "email"),
			db_str(row, "name"), db_str0(row, "lang"));
	}
	return rc;
}
