#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/inspection.h"
#include "../../domain/request_view.h"
#include "../../engine/edit.h"
#include "lines.h"
#include "requests.h"

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct service_request *sr = thing;
	enum rc rc = request_audit(r, sr, "view");

	return rc ? rc : lines_write(r, f, sr, "inspect");
}

static void
fill_rows(struct request *r, struct form *f, const struct service_request *sr,
	const char *today)
{
	lines_fill(r, f, sr);
	for (int row = 1; row <= form_rows(f); row++) {
		const struct request_line *line = lines_at(r, f, sr, row);
		char *next = pool_alloc(r->pool, DATE_SIZE);

		if (!line->months)
			continue;
		inspection_next(today, line->months, next);
		form_default(f, lines_field(r, "next", row), next);
	}
}

static struct form *
begin(struct request *r, const struct service_request *sr)
{
	struct form *f = form_begin(r, "inspect", r->path);
	char *today = pool_alloc(r->pool, DATE_SIZE);
	char *first = pool_alloc(r->pool, DATE_SIZE);

	text_today(today);
	text_date_add(today, -INSPECTION_BACK_DAYS, first);
	form_cancel(
		f, pool_printf(r->pool, "/supplier/requests/%s", sr->number));
	form_bounds(f, "day", first, today);
	form_default(f, "day", today);
	form_default(f, "inspector", sr->mechanic);
	fill_rows(r, f, sr, today);
	return f;
}

/* One row of the form; *entered says that it has a result. */
static void
read_row(struct request *r, struct form *f, const struct service_request *sr,
	int row, struct inspection *i, bool *entered)
{
	const char *result = form_get(f, lines_field(r, "result", row));
	const struct request_line *line = lines_at(r, f, sr, row);
	struct inspection_facts facts;
	struct inspection_fault fault;
	char *today = pool_alloc(r->pool, DATE_SIZE);

	*entered = false;
	i->remark = form_get(f, lines_field(r, "remark", row));
	if (!result && i->remark)
		form_fail(f, lines_field(r, "result", row), "missing", NULL,
			NULL);
	if (!result)
		return;
	if (!line || line->state == STATE_DONE) {
		form_fail(f, lines_field(r, "result", row), "inspected", NULL,
			NULL);
		return;
	}
	text_today(today);
	i->aid_id = line->aid_id;
	i->result = inspection_result_parse(result);
	i->day = form_get(f, "day");
	i->next = form_get(f, lines_field(r, "next", row));
	i->inspector = form_get(f, "inspector");
	i->cost_cents = form_get(f, "cost");
	facts = (struct inspection_facts){.today = today,
		.day = i->day,
		.last = line->inspected_on,
		.result = i->result,
		.next = i->next,
		.months = line->months,
		.remark = i->remark != NULL};
	fault = inspection_refused(&facts);
	*entered = !fault.field;
	if (fault.field)
		form_fail(f,
			!strcmp(fault.field, "day")
				? "day"
				: lines_field(r, fault.field, row),
			fault.error, "date",
			!strcmp(fault.error, "before-last") ? facts.last
							    : i->day);
}

static enum rc
leave(struct request *r, const struct service_request *sr, size_t count)
{
	const char *message =
		sr->state == STATE_DONE ? "request.done" : "request.inspected";

	if (session_notice(r, "ok", message, format_code(r->pool, sr->number),
		    pool_printf(r->pool, "%zu", count), NULL))
		return RC_FAIL;
	request_redirect(r, "/supplier/requests/%s", sr->number);
	return RC_OK;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	struct service_request *sr = thing;
	struct inspection *list =
		pool_calloc(r->pool, LINES_MOST + 1, sizeof(*list));
	struct request_change c = {.event = EVENT_DONE,
		.version = sr->version,
		.day = form_get(f, "day"),
		.inspections = list};
	const char *refused;
	enum rc rc;

	for (int row = 1; row <= form_rows(f); row++) {
		bool entered;

		read_row(r, f, sr, row, &list[c.inspection_count], &entered);
		c.inspection_count += entered;
	}
	if (!c.inspection_count && !form_failed(f))
		form_fail(f, NULL, "inspect-none", NULL, NULL);
	if (form_failed(f))
		return RC_INVALID;
	rc = request_move(r, sr, &c, &refused);
	if (rc == RC_INVALID)
		form_fail(f, NULL, "inspect-none", NULL, NULL);
	return rc ? rc : leave(r, sr, c.inspection_count);
}

enum rc
inspect_page(struct request *r)
{
	struct service_request sr;
	struct edit e = {.thing = &sr, .draw = draw, .apply = apply};
	enum rc rc = request_get(r, r->args[0], &sr);

	if (rc)
		return rc;
	if (sr.kind != KIND_INSPECTION ||
		!request_may(sr.state, EVENT_DONE, request_actors(r, &sr))) {
		rc = session_notice(r, "warn", "request.refused.state", NULL);
		request_redirect(r, "/supplier/requests/%s", sr.number);
		return rc ? rc : RC_REFUSED;
	}
	e.version = sr.version;
	e.form = begin(r, &sr);
	return edit_run(r, &e);
}
