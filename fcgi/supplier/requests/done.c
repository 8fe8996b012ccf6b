#include <stdlib.h>
#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/attachment.h"
#include "../../domain/request_tell.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "../../rules/inspection.h"
#include "lines.h"
#include "requests.h"

enum {
	PARTS_MOST = 20, /* of done.form.xml */
	QUANTITY_MOST = 999
};

/* The line that is reported, and what is read of it. */
struct done {
	struct service_request sr;
	const struct request_line *line;
	struct attachments photos;
	struct request_report report;
};

/* What was known of the aid, beside the form. */
static void
write_aid(struct request *r, const struct request_line *line)
{
	struct xml *x = r->xml;

	detail_open(x, "done-aid");
	detail_item(x, "aid", "code", NULL, line->number);
	detail_item(x, "type", "text", NULL,
		pool_printf(r->pool, "%s %s", line->make, line->type));
	detail_item(x, "place", "text", NULL, line->place);
	if (line->last.unit)
		detail_item(x,
			pool_printf(r->pool, "meter_%s", line->last.unit),
			"number", NULL,
			pool_printf(r->pool, "%lld",
				(long long)line->last.reading));
	detail_item(x, "inspected", "date", NULL, line->inspected_on);
	detail_item(x, "due", "date", NULL, line->inspection_due);
	xml_close(x);
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct done *d = thing;
	enum rc rc = request_audit(r, &d->sr, "view");

	if (rc)
		return rc;
	page_begin(r, "done");
	page_intro(r, "code", NULL, d->sr.number);
	page_intro(r, NULL, NULL, line_title(r, d->line));
	work_crumbs(r, d->sr.number, "done");
	/* What was left empty is there again. */
	if (!form_rows(f))
		form_set_rows(f, 1);
	xml_open(r->xml, "main");
	rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	write_aid(r, d->line);
	request_write_brief(r->xml, r->pool, &d->sr);
	xml_close(r->xml);
	return rc;
}

static struct form *
begin(struct request *r, const struct done *d)
{
	struct form *f = form_begin(r, "done", r->path);

	form_cancel(
		f, pool_printf(r->pool, "/supplier/requests/%s", d->sr.number));
	form_default(f, "finding", "done");
	form_set_rows(f, 1);
	form_default(f, "unit", d->line->last.unit);
	if (!d->line->last.unit)
		form_remove(f, "replaced");
	attachments_begin(f);
	return f;
}

static void
read_meter(struct request *r, struct form *f, const struct request_line *line,
	struct request_report *n)
{
	const char *refused;

	if (!form_get(f, "meter"))
		return;
	n->meter = (struct meter){form_get(f, "unit"), form_int(f, "meter")};
	if (!n->meter.unit) {
		form_fail(f, "unit", "missing", NULL, NULL);
		return;
	}
	refused = meter_refused(
		&line->last, &n->meter, form_get(f, "replaced") != NULL);
	if (refused)
		form_fail(f, "meter", refused, "number",
			pool_printf(r->pool, "%lld",
				(long long)line->last.reading));
}

static void
read_next(struct request *r, struct form *f, struct request_report *n)
{
	char *today = pool_alloc(r->pool, DATE_SIZE);
	char day[DATE_SIZE];
	const char *refused;

	text_today(today);
	n->next = form_get(f, "next");
	/* What is no date is told already. */
	refused = n->next && text_date(n->next, day)
			  ? inspection_next_refused(n->next, today)
			  : NULL;
	if (refused)
		form_fail(f, "next", refused, "date", today);
}

static void
read_parts(struct request *r, struct form *f, struct request_report *n)
{
	struct request_part *parts =
		pool_calloc(r->pool, PARTS_MOST + 1, sizeof(*parts));

	for (int row = 1; row <= form_rows(f); row++) {
		const char *count = lines_field(r, "quantity", row);
		struct request_part *part = &parts[n->part_count++];

		part->name = form_get(f, lines_field(r, "part", row));
		part->article = form_get(f, lines_field(r, "article", row));
		part->quantity = form_get(f, count) ? form_int(f, count) : 1;
		if (part->quantity < 1 || part->quantity > QUANTITY_MOST)
			form_fail(f, count, "quantity", NULL, NULL);
	}
	n->parts = parts;
}

/* Of what could not be done there is nothing else to report. */
static struct request_report
read_report(struct request *r, struct form *f, const struct done *d)
{
	struct request_report n = {.line_id = d->line->id,
		.outcome = line_outcome_parse(form_get(f, "finding")),
		.text = form_get(f, "work_done"),
		.cost_cents = form_get(f, "cost")};

	if (n.outcome == OUTCOME_COULD_NOT) {
		if (form_rows(f))
			form_fail(f, NULL, "done-parts", NULL, NULL);
		return n;
	}
	n.cause = form_get(f, "cause");
	read_parts(r, f, &n);
	read_meter(r, f, d->line, &n);
	read_next(r, f, &n);
	return n;
}

static enum rc
leave(struct request *r, const struct service_request *sr,
	const struct request_report *n)
{
	const char *id = "request.partly";

	if (sr->state == STATE_DONE)
		id = n->outcome == OUTCOME_NO_FAULT ? "request.no_fault"
						    : "request.done";
	else if (sr->line_count == 1)
		id = "request.could_not";
	if (session_notice(r, "ok", id, format_code(r->pool, sr->number), NULL))
		return RC_FAIL;
	request_redirect(r, "/supplier/requests/%s", sr->number);
	return RC_OK;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	struct done *d = thing;
	struct request_change c = {.event = EVENT_DONE,
		.version = d->sr.version,
		.reports = &d->report,
		.report_count = 1};
	const struct attachment_place at = {.number = d->sr.number,
		.kind = "work",
		.line_id = d->report.line_id};
	const char *refused;
	enum rc rc;

	rc = request_move(r, &d->sr, &c, &refused);
	if (rc == RC_INVALID)
		form_fail(f, NULL, "done-refused", NULL, NULL);
	if (!rc)
		rc = attachments_attach(r, &d->photos, &at);
	return rc ? rc : leave(r, &d->sr, &d->report);
}

/* Its state does not allow it any more: the request's page says so. */
static enum rc
turn_away(struct request *r, const struct service_request *sr)
{
	if (session_notice(r, "warn", "request.refused.state", NULL))
		return RC_FAIL;
	request_redirect(r, "/supplier/requests/%s", sr->number);
	return RC_REFUSED;
}

/* The only line of a request, or the one that the address names. */
static enum rc
find(struct request *r, struct done *d)
{
	const struct service_request *sr = &d->sr;
	enum rc rc = request_get(r, r->args[0], &d->sr);

	if (rc)
		return rc;
	d->line = request_line_at(sr, r->args[1] ? r->args[1] : "1");
	if (!d->line)
		return RC_NOTFOUND;
	if (sr->kind == KIND_INSPECTION || d->line->state == STATE_DONE ||
		(!r->args[1] && sr->line_count > 1) ||
		!request_may(sr->state, EVENT_DONE, request_actors(r, sr)))
		return turn_away(r, sr);
	return RC_OK;
}

/* Photos and what is reported, so that all errors are told at once. */
static enum rc
take(struct request *r, struct form *f, void *thing)
{
	struct done *d = thing;
	enum rc rc = attachments_read(
		r, f, "photos", false, d->sr.organisation_id, &d->photos);

	if (!rc && form_get(f, "finding") && !form_refreshed(f))
		d->report = read_report(r, f, d);
	return rc;
}

enum rc
done_page(struct request *r)
{
	struct done d = {0};
	struct edit e = {
		.thing = &d, .draw = draw, .take = take, .apply = apply};
	enum rc rc = find(r, &d);

	if (rc)
		return rc;
	e.version = d.sr.version;
	e.form = begin(r, &d);
	rc = edit_run(r, &e);
	/* Photos that a form with errors keeps are kept. */
	return rc == RC_INVALID && d.photos.count ? RC_REFUSED : rc;
}
