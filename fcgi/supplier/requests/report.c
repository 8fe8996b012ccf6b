#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../domain/request_view.h"
#include "../../engine/edit.h"
#include "lines.h"
#include "requests.h"

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct service_request *sr = thing;
	enum rc rc = request_audit(r, sr, "view");

	return rc ? rc : lines_write(r, f, sr, "report");
}

/* One row of the form; false where it has no result. */
static bool
read_row(struct request *r, struct form *f, const struct service_request *sr,
	int row, struct request_report *n)
{
	const char *result = lines_field(r, "result", row);
	const char *remark = lines_field(r, "remark", row);
	const char *outcome = form_get(f, result);
	const struct request_line *line = lines_at(r, f, sr, row);

	n->text = form_get(f, remark);
	if (!outcome)
		outcome = form_get(f, "all");
	if (!outcome) {
		if (n->text)
			form_fail(f, result, "missing", NULL, NULL);
		return false;
	}
	if (!line || line->state == STATE_DONE) {
		form_fail(f, result, "reported", NULL, NULL);
		return false;
	}
	n->line_id = line->id;
	n->outcome = line_outcome_parse(outcome);
	n->cost_cents = form_get(f, "cost");
	if (n->outcome == OUTCOME_COULD_NOT) {
		n->cost_cents = NULL;
		if (!n->text)
			form_fail(f, remark, "missing", NULL, NULL);
	} else if (n->outcome == OUTCOME_DONE && !n->text &&
		   !form_get(f, "work_done")) {
		form_fail(f, "work_done", "missing", NULL, NULL);
	}
	return true;
}

static enum rc
leave(struct request *r, const struct service_request *sr)
{
	const char *id =
		sr->state == STATE_DONE ? "request.done" : "request.partly";

	if (session_notice(r, "ok", id, format_code(r->pool, sr->number), NULL))
		return RC_FAIL;
	request_redirect(r, "/supplier/requests/%s", sr->number);
	return RC_OK;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	struct service_request *sr = thing;
	struct request_report *list =
		pool_calloc(r->pool, LINES_MOST + 1, sizeof(*list));
	struct request_change c = {.event = EVENT_DONE,
		.version = sr->version,
		.work_done = form_get(f, "work_done"),
		.reports = list};
	const char *refused;
	enum rc rc;

	for (int row = 1; row <= form_rows(f); row++)
		c.report_count +=
			read_row(r, f, sr, row, &list[c.report_count]);
	if (!c.report_count && !form_failed(f))
		form_fail(f, NULL, "inspect-none", NULL, NULL);
	if (form_failed(f))
		return RC_INVALID;
	rc = request_move(r, sr, &c, &refused);
	if (rc == RC_INVALID)
		form_fail(f, NULL, "done-refused", NULL, NULL);
	return rc ? rc : leave(r, sr);
}

enum rc
report_page(struct request *r)
{
	struct service_request sr;
	struct edit e = {.thing = &sr, .draw = draw, .apply = apply};
	enum rc rc = request_get(r, r->args[0], &sr);

	if (rc)
		return rc;
	if (sr.kind == KIND_INSPECTION || sr.line_count < 2 ||
		!request_may(sr.state, EVENT_DONE, request_actors(r, &sr))) {
		rc = session_notice(r, "warn", "request.refused.state", NULL);
		request_redirect(r, "/supplier/requests/%s", sr.number);
		return rc ? rc : RC_REFUSED;
	}
	e.version = sr.version;
	e.form = form_begin(r, "report", r->path);
	form_cancel(e.form,
		pool_printf(r->pool, "/supplier/requests/%s", sr.number));
	lines_fill(r, e.form, &sr);
	return edit_run(r, &e);
}
