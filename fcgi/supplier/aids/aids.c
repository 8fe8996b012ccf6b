#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/aid_life.h"
#include "../../domain/aid_manage.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "aids.h"

/* A deed: its address behind /supplier/aids/{id}/, its form and page. */
struct deed {
	const char *id, *form, *icon;
	enum aid_deed deed;
};

static const struct deed deeds[AID_DEEDS] = {
	{"correct", "aid-correct", "pen-line", AID_CORRECT},
	{"move", "aid-move", "truck", AID_RELOCATE},
	{"scrap", "aid-scrap", "archive", AID_SCRAP},
};

static const char *
href_of(struct request *r, const struct aid *a, const char *tail)
{
	return pool_printf(r->pool, "/supplier/aids/%s%s%s", a->number,
		*tail ? "/" : "", tail);
}

enum rc
managed_aids_page(struct request *r)
{
	enum rc rc;

	if (r->format != FORMAT_HTML && r->format != FORMAT_XML)
		return list_page_of(
			r, "managed-aids", "/supplier/aids", DB_NO_ARGS);
	page_begin(r, "managed-aids");
	if (access_may(r, RIGHT_AID_MANAGE)) {
		xml_open(r->xml, "actions");
		xml_attr(r->xml, "id", "managed-aids");
		xml_attr(r->xml, "place", "head");
		action_link(r->xml, "aid-import", "quiet", "upload",
			"/supplier/aids/import");
		action_link(r->xml, "aid-new", "main", "plus",
			"/supplier/aids/new");
		xml_close(r->xml);
	}
	rc = list_run(r, "managed-aids", "/supplier/aids", DB_NO_ARGS);
	return rc;
}

static void
write_detail(struct request *r, const struct aid *a)
{
	struct xml *x = r->xml;

	detail_open(x, "managed-aid");
	detail_item(x, "category", "text", NULL, a->category);
	detail_item(x, "subcategory", "text", NULL, a->subcategory);
	detail_item(x, "serial", "text", NULL, a->serial);
	detail_item(x, "article", "text", NULL, a->product_number);
	detail_item(x, "owner", "text", NULL,
		a->owner ? a->owner : r->config->brand.name);
	detail_item(x, "holder", "text", NULL, a->holder);
	detail_item(x, "location", "text", NULL, a->location);
	detail_item(x, "place", "text", NULL, a->place);
	detail_item(x, "condition", "state", "aid.condition", a->condition);
	detail_item(x, "bought_on", "date", NULL, a->bought_on);
	detail_item(x, "rent_from", "date", NULL, a->rent_from);
	if (access_may(r, RIGHT_COST_VIEW)) {
		detail_item(x, "price", "money", NULL, a->price_cents);
		detail_item(x, "day_price", "money", NULL, a->day_cents);
	}
	aid_write_meter(x, r->pool, a);
	detail_item(x, "inspected", "date", NULL, a->inspected_on);
	detail_item(x, "inspection_due", "date", NULL, a->inspection_due);
	xml_close(x);
}

static void
write_deeds(struct request *r, const struct aid *a)
{
	int depth = xml_depth(r->xml);

	if (!access_may(r, RIGHT_AID_MANAGE))
		return;
	for (int i = 0; i < AID_DEEDS; i++) {
		if (aid_hand_refused(
			    deeds[i].deed, a->status, a->moving, false))
			continue;
		if (xml_depth(r->xml) == depth) {
			xml_open(r->xml, "actions");
			xml_attr(r->xml, "id", "managed-aid");
		}
		action_link(r->xml, deeds[i].form, "quiet", deeds[i].icon,
			href_of(r, a, deeds[i].id));
	}
	xml_close_to(r->xml, depth);
}

static void
begin_page(struct request *r, const char *id, const struct aid *a,
	const char *last)
{
	page_begin(r, id);
	page_crumb(r, "managed-aids", "/supplier/aids", NULL);
	page_crumb(r, NULL, last ? href_of(r, a, "") : NULL, a->number);
	if (last)
		page_crumb(r, last, NULL, NULL);
}

enum rc
managed_aid_page(struct request *r)
{
	struct aid a;
	enum rc rc = aid_find(r, r->args[0], &a);

	if (rc)
		return rc;
	if (r->format == FORMAT_PDF)
		return aid_life_pdf(r, &a, href_of(r, &a, ""));
	begin_page(r, "managed-aid", &a, NULL);
	page_title(r, pool_printf(r->pool, "%s %s", a.make, a.type));
	page_intro(r, "code", NULL, a.number);
	page_badge(r, "aid.status", aid_status_name(a.status));
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "life");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "aid.life", "quiet", "download",
		pool_printf(r->pool, "%s.pdf", href_of(r, &a, "")));
	xml_close(r->xml);
	write_deeds(r, &a);
	write_detail(r, &a);
	return list_run(r, "aid-life", href_of(r, &a, ""),
		DB_ARGS(db_int("aid", a.id)));
}

static struct form *
begin_new(struct request *r)
{
	struct form *f = form_begin(r, "aid-new", "/supplier/aids/new");

	form_default(f, "condition", "new");
	form_default(f, "holder", "0");
	form_default(f, "ownership", "rented");
	form_bounds(f, "number", "1", NULL);
	form_cancel(f, "/supplier/aids");
	return f;
}

static enum rc
write_new(struct request *r, struct form *f)
{
	page_begin(r, "aid-new");
	page_crumb(r, "managed-aids", "/supplier/aids", NULL);
	page_crumb(r, "aid-new", NULL, NULL);
	return form_write(f);
}

enum rc
aid_new_page(struct request *r)
{
	return write_new(r, begin_new(r));
}

/* What belongs together: who rents pays by the day, from a day on. */
static void
check_new(struct form *f, const struct aid_draft *d)
{
	char today[11];

	text_today(today);
	if (d->bought_on && strcmp(d->bought_on, today) > 0)
		form_fail(f, "bought_on", "future", NULL, NULL);
	if (!d->holder_id && !d->rented)
		form_fail(f, "ownership", "holder", NULL, NULL);
	if (!d->holder_id || !d->rented)
		return;
	if (!d->rent_from)
		form_fail(f, "rent_from", "missing", NULL, NULL);
	if (!d->day_cents)
		form_fail(f, "day_price", "missing", NULL, NULL);
}

static struct aid_draft
read_new(const struct form *f)
{
	const char *ownership = form_get(f, "ownership");

	return (struct aid_draft){
		.product_id = form_int(f, "product"),
		.number = form_int(f, "number"),
		.serial = form_get(f, "serial"),
		.condition = form_get(f, "condition"),
		.holder_id = form_int(f, "holder"),
		.place_id = form_int(f, "place"),
		.rented = ownership && !strcmp(ownership, "rented"),
		.bought_on = form_get(f, "bought_on"),
		.price_cents = form_get(f, "price"),
		.rent_from = form_get(f, "rent_from"),
		.day_cents = form_get(f, "day_price"),
	};
}

/* Drawn again, with its errors or for another holder. */
static enum rc
again(struct request *r, struct form *f, enum rc drawn)
{
	if (form_refreshed(f))
		r->response.status = 200;
	return drawn ? RC_FAIL : RC_INVALID;
}

enum rc
aid_new_post(struct request *r)
{
	struct form *f = begin_new(r);
	struct aid_draft d;
	int64_t number = 0;
	enum rc rc = form_read(f);

	if (rc == RC_FAIL)
		return rc;
	d = read_new(f);
	if (!form_refreshed(f))
		check_new(f, &d);
	if (rc || form_failed(f))
		return again(r, f, write_new(r, f));
	rc = aid_register(r, &d, &number);
	if (rc == RC_CONFLICT || rc == RC_NOTFOUND) {
		form_fail(f, rc == RC_CONFLICT ? "number" : "place",
			rc == RC_CONFLICT ? "taken" : "choice", NULL, NULL);
		return again(r, f, write_new(r, f));
	}
	if (!rc)
		rc = session_notice(r, "ok", "aid.registered",
			format_code(r->pool, pool_printf(r->pool, "%lld",
						     (long long)number)),
			NULL);
	if (!rc)
		request_redirect(r, "/supplier/aids/%lld", (long long)number);
	return rc;
}

static const struct deed *
deed_of(const struct request *r)
{
	const char *id = strrchr(r->path, '/') + 1;
	int i = 0;

	while (i + 1 < AID_DEEDS && strcmp(deeds[i].id, id) != 0)
		i++;
	return &deeds[i];
}

/* One of them, to one aid. */
struct doing {
	const struct deed *deed;
	struct aid aid;
};

static struct form *
begin_deed(struct request *r, const struct doing *d)
{
	const struct aid *a = &d->aid;
	struct form *f = form_begin(r, d->deed->form, r->path);

	form_cancel(f, href_of(r, a, ""));
	if (d->deed->deed == AID_CORRECT) {
		form_default(f, "serial", a->serial);
		form_default(f, "condition", a->condition);
		form_default(f, "bought_on", a->bought_on);
		form_default(f, "price", a->price_cents);
	}
	if (d->deed->deed == AID_RELOCATE)
		form_default(f, "holder",
			pool_printf(r->pool, "%lld", (long long)a->holder_id));
	return f;
}

static enum rc
draw_deed(struct request *r, struct form *f, void *thing)
{
	const struct doing *d = thing;
	const struct aid *a = &d->aid;

	begin_page(r, d->deed->form, a, d->deed->form);
	page_intro(
		r, NULL, NULL, pool_printf(r->pool, "%s %s", a->make, a->type));
	page_intro(r, "code", NULL, a->number);
	return form_write(f);
}

/* The answer says why not. */
static enum rc
turn_away(struct request *r, const struct aid *a, const char *refused)
{
	enum rc rc = session_notice(r, "warn",
		pool_printf(r->pool, "aid.refused.%s", refused), NULL);

	if (rc)
		return rc;
	request_redirect(r, "%s", href_of(r, a, ""));
	return RC_REFUSED;
}

static enum rc
correct(struct request *r, const struct aid *a, const struct form *f)
{
	const struct aid_draft draft = {
		.serial = form_get(f, "serial"),
		.condition = form_get(f, "condition"),
		.bought_on = form_get(f, "bought_on"),
		.price_cents = form_get(f, "price"),
	};

	return aid_correct(r, a, &draft, a->version, form_get(f, "reason"));
}

static enum rc
move(struct request *r, const struct aid *a, struct form *f,
	const char **refused)
{
	int64_t place = form_int(f, "place");

	if (place == a->place_id) {
		form_fail(f, "place", "same-place", NULL, NULL);
		return RC_INVALID;
	}
	return aid_relocate(
		r, a, place, a->version, form_get(f, "reason"), refused);
}

static enum rc
apply_deed(struct request *r, struct form *f, void *thing)
{
	const struct doing *d = thing;
	const struct aid *a = &d->aid;
	const char *refused = NULL;
	enum rc rc;

	if (d->deed->deed == AID_RELOCATE)
		rc = move(r, a, f, &refused);
	else if (d->deed->deed == AID_SCRAP)
		rc = aid_scrap(
			r, a, a->version, form_get(f, "reason"), &refused);
	else
		rc = correct(r, a, f);
	if (refused)
		return turn_away(r, a, refused);
	if (!rc)
		rc = session_notice(r, "ok",
			pool_printf(r->pool, "%s.done", d->deed->form), NULL);
	if (!rc)
		request_redirect(r, "%s", href_of(r, a, ""));
	return rc;
}

enum rc
aid_deed(struct request *r)
{
	struct doing d = {.deed = deed_of(r)};
	struct edit e = {.thing = &d, .draw = draw_deed, .apply = apply_deed};
	const char *refused;
	enum rc rc = aid_find(r, r->args[0], &d.aid);

	if (!rc)
		rc = aid_judge(r, &d.aid, d.deed->deed, &refused);
	if (rc)
		return rc;
	if (refused)
		return turn_away(r, &d.aid, refused);
	e.form = begin_deed(r, &d);
	e.version = d.aid.version;
	return edit_run(r, &e);
}
