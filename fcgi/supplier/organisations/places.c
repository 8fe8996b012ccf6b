#include <string.h>

#include "../../access/access.h"
#include "../../domain/place.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "../../rules/contact.h"
#include "organisation.h"
#include "organisations.h"

static bool
is_location(const struct place *p)
{
	return !strcmp(p->kind, "location");
}

/* What one can do besides with the place of the form. */
static void
write_actions(struct request *r, const struct place *p)
{
	const char *base =
		pool_printf(r->pool, "/supplier/places/%lld", (long long)p->id);

	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "place");
	xml_attr(r->xml, "place", "head");
	if (p->active && is_location(p))
		action_link(r->xml, "department-new", "quiet", "plus",
			pool_printf(r->pool, "%s/departments/new", base));
	action_link(r->xml, p->active ? "place-close" : "place-reopen", "text",
		p->active ? "ban" : "rotate-ccw",
		pool_printf(r->pool, "%s/%s", base,
			p->active ? "close" : "reopen"));
	xml_close(r->xml);
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct place *p = thing;
	const char *id = "place-edit";

	if (!p->id)
		id = is_location(p) ? "location-new" : "department-new";
	page_begin(r, id);
	page_title_arg(r, NULL, NULL, p->name);
	page_intro(r, NULL, NULL, p->organisation);
	page_intro(r, NULL, NULL, p->location);
	organisation_crumbs(r, p->code, p->organisation, id);
	if (p->id)
		write_actions(r, p);
	return form_write(f);
}

static struct form *
begin(struct request *r, const struct place *p)
{
	struct form *f = form_begin(r, "place", r->path);

	if (p->id || is_location(p))
		form_remove(f, "kind");
	else
		form_default(f, "kind", p->kind);
	form_default(f, "name", p->name);
	if (is_location(p)) {
		form_default(f, "street", p->street);
		form_default(f, "postcode", p->postcode);
		form_default(f, "city", p->city);
	} else {
		form_remove(f, "street");
		form_remove(f, "postcode");
		form_remove(f, "city");
	}
	form_cancel(f, organisation_href(r->pool, p->code));
	return f;
}

/* The place as it is to be. */
static enum rc
read(struct request *r, struct form *f, struct place *p)
{
	const char *typed = form_get(f, "postcode");
	char *postcode = pool_alloc(r->pool, 8);

	p->name = form_get(f, "name");
	if (!is_location(p)) {
		if (!p->id)
			p->kind = form_get(f, "kind");
		return RC_OK;
	}
	if (!contact_postcode(typed, postcode)) {
		form_fail(f, "postcode", "postcode", NULL, NULL);
		return RC_INVALID;
	}
	p->street = form_get(f, "street");
	p->postcode = postcode;
	p->city = form_get(f, "city");
	return RC_OK;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct place *was = thing;
	struct place p = *was;
	const char *refused = NULL;
	enum rc rc = read(r, f, &p);

	if (!rc)
		rc = was->id ? place_change(r, was, &p, &refused)
			     : place_add(r, &p, &refused);
	if (rc == RC_INVALID && refused)
		form_fail(f, "name", "taken", NULL, NULL);
	return rc ? rc
		  : organisation_leave(r, p.code,
			    was->id ? "place.changed" : "place.made", p.name);
}

static enum rc
run_on(struct request *r, struct place *p)
{
	const struct edit e = {.form = begin(r, p),
		.version = p->version,
		.thing = p,
		.draw = draw,
		.apply = apply};

	return edit_run(r, &e);
}

enum rc
location_new(struct request *r)
{
	struct organisation o;
	struct place p;
	enum rc rc = organisation_get(r, r->args[0], &o);

	if (rc)
		return rc;
	if (!o.active || strcmp(o.kind, "institution") != 0)
		return RC_NOTFOUND;
	p = (struct place){.organisation_id = o.id,
		.organisation = o.name,
		.code = o.code,
		.kind = "location"};
	return run_on(r, &p);
}

enum rc
department_new(struct request *r)
{
	struct place at, p;
	enum rc rc = place_get(r, r->args[0], &at);

	if (rc)
		return rc;
	if (!at.active || !is_location(&at))
		return RC_NOTFOUND;
	p = (struct place){.organisation_id = at.organisation_id,
		.organisation = at.organisation,
		.code = at.code,
		.location_id = at.id,
		.location = at.name,
		.kind = "department"};
	return run_on(r, &p);
}

enum rc
place_edit(struct request *r)
{
	struct place p;
	enum rc rc = place_get(r, r->args[0], &p);

	return rc ? rc : run_on(r, &p);
}

/* What stands there keeps it open. */
static enum rc
draw_close(struct request *r, struct form *f, void *thing)
{
	const struct place *p = thing;
	const char *id = p->active ? "place-close" : "place-reopen";
	const char *refused = NULL;
	struct in_use use = {0};
	enum rc rc = p->active ? place_use(r, p, &use) : RC_OK;

	if (rc)
		return rc;
	page_begin(r, id);
	page_title_arg(r, NULL, NULL, p->name);
	organisation_crumbs(r, p->code, p->organisation, id);
	refused = organisation_end_refused(&use);
	xml_open(r->xml, "notes");
	note_open(r->xml, refused ? pool_printf(r->pool, "%s.refused", id) : id,
		refused ? "bad" : "warn", NULL, NULL);
	detail_arg(
		r->xml, "number", NULL, organisation_number(r->pool, use.aids));
	detail_arg(r->xml, "number", NULL,
		organisation_number(r->pool, use.requests));
	xml_close(r->xml);
	xml_close(r->xml);
	return refused ? RC_OK : form_write(f);
}

static enum rc
apply_close(struct request *r, struct form *f, void *thing)
{
	const struct place *p = thing;
	const char *refused = NULL;
	enum rc rc = p->active ? place_close(r, p, &refused)
			       : place_reopen(r, p, &refused);

	if (rc == RC_INVALID && !p->active)
		form_fail(f, NULL, "place-name", NULL, NULL);
	return rc ? rc
		  : organisation_leave(r, p->code,
			    p->active ? "place.closed" : "place.reopened",
			    p->name);
}

/* Done already, or not before its location is: back to the organisation. */
static enum rc
close_or_open(struct request *r, bool close)
{
	struct place p;
	struct edit e = {.thing = &p, .draw = draw_close, .apply = apply_close};
	enum rc rc = place_get(r, r->args[0], &p);

	if (rc)
		return rc;
	if (p.active != close ||
		(!close && !is_location(&p) && !p.location_active)) {
		request_redirect(r, "/supplier/organisations/%s", p.code);
		return RC_OK;
	}
	e.form = form_begin(r, close ? "place-close" : "place-reopen", r->path);
	e.version = p.version;
	form_cancel(e.form, organisation_href(r->pool, p.code));
	return edit_run(r, &e);
}

enum rc
place_closing(struct request *r)
{
	return close_or_open(r, true);
}

enum rc
place_reopening(struct request *r)
{
	return close_or_open(r, false);
}
