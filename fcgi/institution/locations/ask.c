#include <string.h>

#include "../../access/access.h"
#include "../../domain/location_change.h"
#include "../../domain/place.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "../../rules/contact.h"
#include "locations.h"

/* The place that is to change; id 0: a new one is asked for. */
static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct place *p = thing;

	page_begin(r, p->id ? "location-change" : "location-ask-new");
	page_intro(r, NULL, NULL, p->name);
	page_crumb(r, "locations", "/locations", NULL);
	page_crumb(r, p->id ? "location-change" : "location-new", NULL, NULL);
	return form_write(f);
}

static struct form *
begin(struct request *r, const struct place *p)
{
	struct form *f = form_begin(r, "location-change", r->path);

	if (p->id) {
		form_default(f, "kind", "change");
		form_remove(f, "departments");
	} else {
		form_remove(f, "kind");
	}
	form_default(f, "name", p->name);
	form_default(f, "street", p->street);
	form_default(f, "postcode", p->postcode);
	form_default(f, "city", p->city);
	form_cancel(f, "/locations");
	return f;
}

static bool
same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static bool
is_unchanged(const struct location_change *c, const struct place *p)
{
	return !c->explanation && same(c->name, p->name) &&
	       same(c->street, p->street) && same(c->postcode, p->postcode) &&
	       same(c->city, p->city);
}

/* Of a removal the name and address don't matter. */
static enum rc
read(struct request *r, struct form *f, const struct place *p,
	struct location_change *c)
{
	char *postcode = pool_alloc(r->pool, 8);

	*c = (struct location_change){
		.kind = p->id ? form_get(f, "kind") : "add",
		.place_id = p->id,
		.explanation = form_get(f, "explanation")};
	if (!strcmp(c->kind, "remove"))
		return RC_OK;
	if (!contact_postcode(form_get(f, "postcode"), postcode)) {
		form_fail(f, "postcode", "postcode", NULL, NULL);
		return RC_INVALID;
	}
	c->name = form_get(f, "name");
	c->street = form_get(f, "street");
	c->postcode = postcode;
	c->city = form_get(f, "city");
	c->departments = p->id ? NULL : form_get(f, "departments");
	if (!p->id || !is_unchanged(c, p))
		return RC_OK;
	form_fail(f, NULL, "location-unchanged", NULL, NULL);
	return RC_INVALID;
}

static enum rc
leave(struct request *r, const struct location_change *c, const char *kind,
	const char *message)
{
	if (session_notice(r, kind, message, c->number, NULL))
		return RC_FAIL;
	request_redirect(r, "/locations/changes/%s", c->number);
	return RC_OK;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct place *p = thing;
	struct location_change c;
	enum rc rc = read(r, f, p, &c);

	if (!rc)
		rc = location_change_ask(r, &c);
	if (rc == RC_CONFLICT)
		return leave(r, &c, "warn", "location-change.waits");
	return rc ? rc : leave(r, &c, "ok", "location-change.asked");
}

static enum rc
ask(struct request *r, struct place *p)
{
	const struct edit e = {
		.form = begin(r, p), .thing = p, .draw = draw, .apply = apply};

	return edit_run(r, &e);
}

enum rc
location_ask_new(struct request *r)
{
	struct place p = {.kind = "location"};

	return ask(r, &p);
}

enum rc
location_change_form(struct request *r)
{
	struct place p;
	enum rc rc = place_get(r, r->args[0], &p);

	if (!rc && (!p.active || strcmp(p.kind, "location") != 0))
		rc = RC_NOTFOUND;
	return rc ? rc : ask(r, &p);
}
