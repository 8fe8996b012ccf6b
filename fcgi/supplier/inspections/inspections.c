#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/aid.h"
#include "../../domain/inspection.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "inspections.h"

static void
write_aid(struct xml *x, const struct inspection_aid *a)
{
	detail_open(x, "inspection-aid");
	detail_item(x, "number", "code", NULL, a->number);
	detail_item(x, "type", "text", NULL, a->name);
	detail_item(x, "serial", "text", NULL, a->serial);
	detail_item(x, "organisation", "text", NULL, a->organisation);
	detail_item(x, "location", "text", NULL, a->location);
	if (!a->location || strcmp(a->location, a->place) != 0)
		detail_item(x, "place", "text", NULL, a->place);
	detail_item(x, "status", "state", "aid.status", a->status);
	detail_item(x, "last", "date", NULL, a->last);
	detail_item(x, "result", "state", "inspection.result", a->last_result);
	detail_item(x, "due", "date", NULL, a->due);
	xml_close(x);
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct inspection_aid *a = thing;
	enum rc rc;

	page_begin(r, "inspection");
	page_intro(r, NULL, NULL, a->name);
	page_intro(r, "code", NULL, a->number);
	page_crumb(r, "inspections-due", "/supplier/inspections", NULL);
	page_crumb(r, NULL, NULL, a->number);
	xml_open(r->xml, "main");
	rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	write_aid(r->xml, a);
	xml_close(r->xml);
	return rc;
}

static struct form *
begin(struct request *r, const struct inspection_aid *a)
{
	struct form *f = form_begin(r, "inspection", r->path);
	char *today = pool_alloc(r->pool, DATE_SIZE);
	char *first = pool_alloc(r->pool, DATE_SIZE);
	char *next = pool_alloc(r->pool, DATE_SIZE);

	text_today(today);
	text_date_add(today, -INSPECTION_BACK_DAYS, first);
	form_cancel(f, "/supplier/inspections");
	form_bounds(f, "day", first, today);
	form_default(f, "day", today);
	if (a->months) {
		inspection_next(today, a->months, next);
		form_default(f, "next", next);
	}
	return f;
}

static struct inspection
read(const struct form *f, const struct inspection_aid *a)
{
	return (struct inspection){
		.aid_id = a->id,
		.result = inspection_result_parse(form_get(f, "result")),
		.day = form_get(f, "day"),
		.next = form_get(f, "next"),
		.inspector = form_get(f, "inspector"),
		.remark = form_get(f, "remark"),
		.cost_cents = form_get(f, "cost"),
	};
}

static enum rc
check(struct request *r, struct form *f, const struct inspection_aid *a,
	const struct inspection *i)
{
	char *today = pool_alloc(r->pool, DATE_SIZE);
	struct inspection_facts facts = {.today = today,
		.day = i->day,
		.last = a->last,
		.result = i->result,
		.next = i->next,
		.months = a->months,
		.remark = i->remark != NULL};
	struct inspection_fault fault;

	text_today(today);
	fault = inspection_refused(&facts);
	if (!fault.field)
		return RC_OK;
	form_fail(f, fault.field, fault.error, "date",
		!strcmp(fault.error, "before-last") ? a->last : i->day);
	return RC_INVALID;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct inspection_aid *a = thing;
	const struct inspection i = read(f, a);
	enum rc rc = check(r, f, a, &i);

	if (!rc)
		rc = aid_lock(r, &a->id, 1);
	if (!rc)
		rc = inspection_enter(r, NULL, &i);
	if (!rc)
		rc = session_notice(r, "ok", "inspection.entered",
			format_code(r->pool, a->number), NULL);
	if (!rc)
		request_redirect(r, "/supplier/inspections");
	return rc;
}

enum rc
inspection_page(struct request *r)
{
	struct inspection_aid a;
	struct edit e = {.thing = &a, .draw = draw, .apply = apply};
	enum rc rc = inspection_aid(r, r->args[0], &a);

	if (rc)
		return rc;
	e.form = begin(r, &a);
	e.version = a.version;
	return edit_run(r, &e);
}

enum rc
supplier_certificate(struct request *r)
{
	return inspection_certificate(r, r->args[0]);
}
