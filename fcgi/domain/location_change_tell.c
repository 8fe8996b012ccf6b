#include <string.h>
#include <strings.h>

#include "../access/access.h"
#include "../engine/detail.h"
#include "location_change_tell.h"
#include "notify.h"
#include "request_view.h"

/* How it was called when it was asked, or is called now. */
static const char *
name_of(const struct location_change *c)
{
	return c->place ? c->place : c->name;
}

static void
write_asked(struct xml *x, struct pool *p, const struct location_change *c)
{
	detail_open(x, "location-change");
	detail_item(x, "number", "code", NULL, c->number);
	detail_item(x, "kind", "state", "location-change.kind", c->kind);
	detail_item(x, "organisation", "text", NULL, c->organisation);
	detail_item(x, "name", "text", NULL, c->name ? c->name : c->place);
	detail_item(x, "address", "text", NULL,
		request_address(p, c->street, c->postcode, c->city));
	detail_item(x, "departments", "lines", NULL, c->departments);
	detail_item(x, "explanation", "lines", NULL, c->explanation);
	xml_close(x);
}

void
location_change_write(struct request *r, const struct location_change *c)
{
	write_asked(r->xml, r->pool, c);
	if (c->place) {
		detail_open(r->xml, "location-now");
		detail_item(r->xml, "name", "text", NULL, c->place);
		detail_item(r->xml, "address", "text", NULL,
			request_address(r->pool, c->now_street, c->now_postcode,
				c->now_city));
		xml_close(r->xml);
	}
	detail_open(r->xml, "location-asked");
	if (r->who->portal == DB_SUPPLIER)
		detail_link(r->xml, "organisation", "text",
			pool_printf(
				r->pool, "/supplier/organisations/%s", c->code),
			c->organisation);
	detail_item(r->xml, "requester", "text", NULL, c->requester);
	detail_item(
		r->xml, "requester_phone", "phone", NULL, c->requester_phone);
	detail_item(
		r->xml, "requester_email", "email", NULL, c->requester_email);
	detail_item(r->xml, "branch", "text", NULL, c->branch);
	detail_item(r->xml, "branch_phone", "phone", NULL, c->branch_phone);
	xml_close(r->xml);
}

static void
write_step(struct xml *x, const char *id, const char *status, const char *at,
	const char *by, const char *reason)
{
	xml_open(x, "step");
	xml_attr(x, "id", id);
	xml_attr(x, "status", status);
	xml_attr(x, "at", at);
	xml_attr(x, "by", by);
	if (reason)
		xml_elem(x, "reason", reason);
	xml_close(x);
}

void
location_change_timeline(struct request *r, const struct location_change *c)
{
	xml_open(r->xml, "timeline");
	xml_attr(r->xml, "id", "location-change");
	write_step(r->xml, "ask", "done", c->asked_at, c->requester, NULL);
	if (c->state == LOCATION_ASKED)
		write_step(r->xml, "asked", "now", NULL, NULL, NULL);
	else
		write_step(r->xml, location_state_name(c->state), "done",
			c->answered_at, c->answered_by, c->reason);
	xml_close(r->xml);
}

struct telling {
	struct request *request;
	const struct location_change *change;
	const char *path;
};

static void
fill(struct xml *x, void *arg)
{
	const struct telling *t = arg;
	const struct location_change *c = t->change;
	struct pool *p = t->request->pool;

	xml_open(x, "link");
	xml_attr(x, "href",
		pool_printf(p, "%s%s/%s", t->request->config->origin, t->path,
			c->number));
	xml_close(x);
	detail_arg(x, "code", NULL, c->number);
	detail_arg(x, NULL, NULL, name_of(c));
	detail_arg(x, NULL, NULL, c->organisation);
	if (c->reason)
		xml_elem(x, "reason", c->reason);
	write_asked(x, p, c);
}

enum rc
location_change_tell(struct request *r, const struct location_change *c,
	enum location_event event, unsigned told)
{
	const struct {
		enum location_told whom;
		const char *told, *address, *name, *lang, *path;
	} people[] = {
		{LOCATION_TELLS_REQUESTER, "requester", c->requester_email,
			c->requester, c->requester_lang, "/locations/changes"},
		{LOCATION_TELLS_BRANCH, "branch", c->branch_email, NULL, "nl",
			"/supplier/location-changes"},
		{LOCATION_TELLS_ADVISOR, "advisor", c->advisor_email,
			c->advisor, c->advisor_lang,
			"/supplier/location-changes"},
	};
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < sizeof(people) / sizeof(people[0]); i++) {
		const struct mail mail = {.template = "location-change",
			.event = location_event_name(event),
			.told = people[i].told,
			.address = people[i].address,
			.name = people[i].name,
			.lang = people[i].lang,
			.organisation_id = c->organisation_id};
		struct telling t = {r, c, people[i].path};

		if ((told & people[i].whom) && mail.address)
			rc = mail_queue(r, &mail, fill, &t);
	}
	return rc;
}
