#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/location_change.h"
#include "../../domain/place.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "../../rules/contact.h"
#include "locations.h"

static const char base[] = "/supplier/location-changes";

/* A request, and the place that it is about (id 0: not there yet). */
struct answer {
	struct location_change change;
	struct place place;
	struct in_use use;
	enum location_event event;
};

static bool
is_kind(const struct answer *a, const char *kind)
{
	return !strcmp(a->change.kind, kind);
}

static void
write_crumbs(struct request *r, const struct location_change *c, const char *id)
{
	page_crumb(r, "location-changes", base, NULL);
	page_crumb(r, NULL,
		id ? pool_printf(r->pool, "%s/%s", base, c->number) : NULL,
		c->number);
	if (id)
		page_crumb(r, id, NULL, NULL);
}

static void
write_actions(struct request *r, const struct location_change *c)
{
	const char *href = pool_printf(r->pool, "%s/%s", base, c->number);

	if (!location_change_may(r, c, LOCATION_CARRY_OUT))
		return;
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "location-change");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "location-carry-out", "main", "check",
		pool_printf(r->pool, "%s/carry-out", href));
	action_link(r->xml, "location-decline", "quiet", "x",
		pool_printf(r->pool, "%s/decline", href));
	xml_close(r->xml);
}

enum rc
location_answer_page(struct request *r)
{
	struct location_change c;
	enum rc rc = location_change_get(r, r->args[0], &c);

	if (rc)
		return rc;
	page_begin(r, "location-change-answer");
	page_title_arg(r, "code", NULL, c.number);
	page_badge(r, "location-change.state", location_state_name(c.state));
	page_intro(r, "state", "location-change.kind", c.kind);
	page_intro(r, NULL, NULL, c.organisation);
	write_crumbs(r, &c, NULL);
	xml_open(r->xml, "main");
	write_actions(r, &c);
	location_change_write(r, &c);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	location_change_timeline(r, &c);
	xml_close(r->xml);
	return RC_OK;
}

/* What carrying it out does, or why it can't be. */
static void
write_note(struct request *r, const struct answer *a, const char *refused)
{
	const char *id = pool_printf(r->pool, "location-carry-out.%s",
		refused ? "refused" : a->change.kind);

	xml_open(r->xml, "notes");
	note_open(r->xml, id, refused ? "bad" : "info", NULL, NULL);
	detail_arg(r->xml, "number", NULL,
		pool_printf(r->pool, "%lld", (long long)a->use.aids));
	detail_arg(r->xml, "number", NULL,
		pool_printf(r->pool, "%lld", (long long)a->use.requests));
	xml_close(r->xml);
	xml_close(r->xml);
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct answer *a = thing;
	bool remove = is_kind(a, "remove");
	const char *refused = remove ? organisation_end_refused(&a->use) : NULL;
	const char *id = a->event == LOCATION_DECLINE ? "location-decline"
						      : "location-carry-out";
	enum rc rc = RC_OK;

	page_begin(r, id);
	page_title_arg(r, "code", NULL, a->change.number);
	page_intro(r, NULL, NULL, a->change.organisation);
	write_crumbs(r, &a->change, id);
	xml_open(r->xml, "main");
	if (a->event == LOCATION_CARRY_OUT)
		write_note(r, a, refused);
	if (a->event == LOCATION_DECLINE || !refused)
		rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	location_change_write(r, &a->change);
	xml_close(r->xml);
	return rc;
}

static struct form *
begin(struct request *r, const struct answer *a)
{
	static const char *const fields[] = {
		"name", "street", "postcode", "city"};
	const struct location_change *c = &a->change;
	const char *const asked[] = {c->name, c->street, c->postcode, c->city};
	bool decline = a->event == LOCATION_DECLINE;
	struct form *f = form_begin(r,
		decline ? "location-decline" : "location-carry-out", r->path);

	form_cancel(f, pool_printf(r->pool, "%s/%s", base, c->number));
	if (decline)
		return f;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (is_kind(a, "remove"))
			form_remove(f, fields[i]);
		else
			form_default(f, fields[i], asked[i]);
	if (is_kind(a, "add"))
		form_default(f, "departments", c->departments);
	else
		form_remove(f, "departments");
	return f;
}

/* The departments of a new location, a line each. */
static enum rc
add_departments(struct request *r, struct form *f, const struct place *location)
{
	const char *typed = form_get(f, "departments");
	char *lines = typed ? pool_strdup(r->pool, typed) : NULL, *line;
	const char *refused;
	enum rc rc = RC_OK;

	while (!rc && (line = strsep(&lines, "\n"))) {
		struct place p = {.organisation_id = location->organisation_id,
			.location_id = location->id,
			.kind = "department",
			.name = text_trim(r->pool, line)};

		if (!*p.name)
			continue;
		if (text_length(p.name) > PLACE_NAME_MAX)
			rc = RC_INVALID;
		else
			rc = place_add(r, &p, &refused);
	}
	if (rc == RC_INVALID)
		form_fail(f, "departments", "names", NULL, NULL);
	return rc;
}

/* Name and address as they stand in the form. */
static enum rc
read_place(struct request *r, struct form *f, struct place *p)
{
	char *postcode = pool_alloc(r->pool, 8);

	if (!contact_postcode(form_get(f, "postcode"), postcode)) {
		form_fail(f, "postcode", "postcode", NULL, NULL);
		return RC_INVALID;
	}
	p->name = form_get(f, "name");
	p->street = form_get(f, "street");
	p->postcode = postcode;
	p->city = form_get(f, "city");
	return RC_OK;
}

static enum rc
add(struct request *r, struct form *f, struct answer *a)
{
	struct place p = {.organisation_id = a->change.organisation_id,
		.kind = "location"};
	const char *refused = NULL;
	enum rc rc = read_place(r, f, &p);

	if (!rc)
		rc = place_add(r, &p, &refused);
	if (refused)
		form_fail(f, "name", "taken", NULL, NULL);
	a->change.place_id = p.id;
	return rc ? rc : add_departments(r, f, &p);
}

static enum rc
change(struct request *r, struct form *f, const struct answer *a)
{
	struct place p = a->place;
	const char *refused = NULL;
	enum rc rc = read_place(r, f, &p);

	if (!rc)
		rc = place_change(r, &a->place, &p, &refused);
	if (refused)
		form_fail(f, "name", "taken", NULL, NULL);
	return rc;
}

/* Closed meanwhile: that is what was asked. */
static enum rc
close_place(struct request *r, const struct answer *a)
{
	const char *refused;

	return a->place.active ? place_close(r, &a->place, &refused) : RC_OK;
}

static enum rc
carry_out(struct request *r, struct form *f, struct answer *a)
{
	if (is_kind(a, "add"))
		return add(r, f, a);
	return is_kind(a, "change") ? change(r, f, a) : close_place(r, a);
}

static enum rc
leave(struct request *r, const struct location_change *c, const char *kind,
	const char *message)
{
	if (session_notice(r, kind, message, c->number, NULL))
		return RC_FAIL;
	request_redirect(r, "%s/%s", base, c->number);
	return RC_OK;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	struct answer *a = thing;
	bool decline = a->event == LOCATION_DECLINE;
	const char *refused;
	enum rc rc = decline ? RC_OK : carry_out(r, f, a);

	if (!rc)
		rc = location_change_move(r, &a->change, a->event,
			form_get(f, "reason"), &refused);
	return rc ? rc
		  : leave(r, &a->change, "ok",
			    decline ? "location-change.declined"
				    : "location-change.done");
}

static enum rc
find(struct request *r, struct answer *a)
{
	enum rc rc = location_change_get(r, r->args[0], &a->change);

	if (rc || !a->change.place_id)
		return rc;
	rc = place_get(r,
		pool_printf(r->pool, "%lld", (long long)a->change.place_id),
		&a->place);
	return rc ? rc : place_use(r, &a->place, &a->use);
}

static enum rc
answer(struct request *r, enum location_event event)
{
	struct answer a = {.event = event};
	struct edit e = {.thing = &a, .draw = draw, .apply = apply};
	enum rc rc = find(r, &a);

	if (rc)
		return rc;
	if (!location_change_may(r, &a.change, event))
		return leave(r, &a.change, "warn", "location-change.answered");
	e.form = begin(r, &a);
	e.version = a.change.version;
	return edit_run(r, &e);
}

enum rc
location_carry_out(struct request *r)
{
	return answer(r, LOCATION_CARRY_OUT);
}

enum rc
location_decline(struct request *r)
{
	return answer(r, LOCATION_DECLINE);
}
