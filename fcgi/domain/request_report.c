#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/buffer.h"
#include "../core/format.h"
#include "aid.h"
#include "inspection.h"
#include "request_report.h"

static bool
given(const char *text)
{
	return text && *text;
}

static const struct request_line *
line_of(const struct service_request *sr, int64_t id)
{
	for (size_t i = 0; i < sr->line_count; i++)
		if (sr->lines[i].id == id)
			return &sr->lines[i];
	return NULL;
}

static int64_t
line_of_aid(const struct service_request *sr, int64_t aid)
{
	for (size_t i = 0; i < sr->line_count; i++)
		if (sr->lines[i].aid_id == aid)
			return sr->lines[i].id;
	return 0;
}

static void
of_inspections(struct request *r, const struct service_request *sr,
	const struct request_change *c, struct reporting *p)
{
	struct request_report *list =
		pool_calloc(r->pool, c->inspection_count, sizeof(*list));

	for (size_t i = 0; i < c->inspection_count; i++) {
		const struct inspection *n = &c->inspections[i];

		list[i].line_id = line_of_aid(sr, n->aid_id);
		list[i].outcome = OUTCOME_DONE;
		list[i].text = n->remark;
		list[i].cost_cents = n->cost_cents;
	}
	p->at = list;
	p->count = c->inspection_count;
}

/* All that is open, in the same words; what it cost stands once. */
static void
of_all(struct request *r, const struct service_request *sr,
	const struct request_change *c, struct reporting *p)
{
	struct request_report *list =
		pool_calloc(r->pool, sr->line_count, sizeof(*list));

	for (size_t i = 0; i < sr->line_count; i++) {
		struct request_report *n = &list[p->count];

		if (sr->lines[i].state == STATE_DONE)
			continue;
		n->line_id = sr->lines[i].id;
		n->outcome = c->event == EVENT_NO_FAULT ? OUTCOME_NO_FAULT
							: OUTCOME_DONE;
		n->text = given(c->work_done) ? c->work_done : NULL;
		if (!p->count++)
			n->cost_cents =
				given(c->cost_cents) ? c->cost_cents : NULL;
	}
	p->at = list;
}

static const struct request_report *
report_of(const struct reporting *p, int64_t line)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->at[i].line_id == line)
			return &p->at[i];
	return NULL;
}

/* Was it set aside in this round, when it could not be done? */
static bool
is_aside(const struct service_request *sr, const struct request_line *line)
{
	return line->outcome == OUTCOME_COULD_NOT &&
	       line->state == STATE_ACCEPTED && sr->state != STATE_ACCEPTED;
}

static void
count_lines(const struct service_request *sr, struct reporting *p)
{
	struct request_lines counts = {0};

	for (size_t i = 0; i < sr->line_count; i++) {
		const struct request_line *line = &sr->lines[i];
		const struct request_report *n = report_of(p, line->id);

		if (n)
			counts.ended[n->outcome]++;
		else if (line->state == STATE_DONE)
			counts.ended[line->outcome == OUTCOME_NO_FAULT
					     ? OUTCOME_NO_FAULT
					     : OUTCOME_DONE]++;
		else if (is_aside(sr, line))
			counts.ended[OUTCOME_COULD_NOT]++;
		else
			counts.left++;
	}
	p->left = counts.left > 0;
	p->event = request_report_event(&counts);
}

static const char *
fault_of(const struct service_request *sr, const struct request_change *c,
	const struct reporting *p, size_t i)
{
	const struct request_report *n = &p->at[i];
	const struct request_line *line = line_of(sr, n->line_id);
	bool inspects = c->inspection_count > 0;

	if (!line || line->state == STATE_DONE)
		return inspects ? "work" : "state";
	for (size_t k = 0; k < i; k++)
		if (p->at[k].line_id == n->line_id)
			return inspects ? "work" : "state";
	if (inspects || given(n->text))
		return NULL;
	if (n->outcome == OUTCOME_COULD_NOT)
		return "reason";
	/* Of no fault there may be nothing to say; what an organisation does
	 * itself it need not explain. */
	return n->outcome == OUTCOME_DONE && !given(c->work_done) &&
			       !sr->own_performs
		       ? "work"
		       : NULL;
}

/* One and the same, or each with its aid; as many as an event holds. */
enum { REASONS_MOST = 1900 };

static const char *
reasons_of(struct request *r, const struct service_request *sr,
	const struct reporting *p)
{
	struct buffer *b = buffer_create(r->pool);
	const char *only = NULL;
	bool same = true;

	for (size_t i = 0; i < p->count; i++) {
		const struct request_report *n = &p->at[i];
		const struct request_line *line = line_of(sr, n->line_id);

		if (n->outcome != OUTCOME_COULD_NOT || !line)
			continue;
		same = same && (!only || !strcmp(only, n->text));
		only = n->text;
		if (b->len + strlen(n->text) < REASONS_MOST)
			buffer_printf(b, "%s%s: %s", b->len ? "\n" : "",
				line->number
					? format_code(r->pool, line->number)
					: line->type,
				n->text);
	}
	return same ? only : b->data;
}

static const char *
cost_of(struct request *r, const struct service_request *sr,
	const struct reporting *p)
{
	bool any = sr->cost_cents != NULL;
	int64_t cents = any ? strtoll(sr->cost_cents, NULL, 10) : 0;

	for (size_t i = 0; i < p->count; i++)
		if (given(p->at[i].cost_cents)) {
			any = true;
			cents += strtoll(p->at[i].cost_cents, NULL, 10);
		}
	return any ? pool_printf(r->pool, "%lld", (long long)cents) : NULL;
}

bool
request_reporting(struct request *r, const struct service_request *sr,
	const struct request_change *c, struct reporting *p,
	const char **refused)
{
	*p = (struct reporting){.event = c->event};
	*refused = NULL;
	if (c->event != EVENT_DONE && c->event != EVENT_NO_FAULT)
		return false;
	if (c->report_count) {
		p->at = c->reports;
		p->count = c->report_count;
	} else if (c->inspection_count) {
		of_inspections(r, sr, c, p);
	} else {
		of_all(r, sr, c, p);
	}
	for (size_t i = 0; !*refused && i < p->count; i++)
		*refused = fault_of(sr, c, p, i);
	if (*refused)
		return true;
	count_lines(sr, p);
	p->reasons = reasons_of(r, sr, p);
	p->cost_cents = cost_of(r, sr, p);
	return true;
}

static enum rc
write_parts(struct request *r, const struct service_request *sr,
	const struct request_report *n)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < n->part_count; i++)
		rc = db_exec(r->db, SQL_REQUEST_PART_INSERT,
			DB_ARGS(db_int("request", sr->id),
				db_int("line", n->line_id),
				db_int("organisation", sr->organisation_id),
				db_int("position", (int64_t)i + 1),
				db_text("name", n->parts[i].name),
				db_text("article", n->parts[i].article),
				db_int("quantity", n->parts[i].quantity)),
			NULL);
	return rc;
}

static enum rc
write_line(struct request *r, const struct service_request *sr,
	const struct request_report *n, const char *day)
{
	bool done = n->outcome != OUTCOME_COULD_NOT;
	uint64_t count;
	enum rc rc = db_exec(r->db, SQL_REQUEST_LINE_REPORT,
		DB_ARGS(db_int("request", sr->id), db_int("line", n->line_id),
			db_text("state",
				request_state_name(line_state(n->outcome))),
			db_text("outcome", line_outcome_name(n->outcome)),
			db_text("cause", n->cause),
			db_text("work_done", n->text),
			n->meter.unit ? db_int("meter", n->meter.reading)
				      : db_null("meter"),
			db_text("unit", n->meter.unit),
			db_text("next", n->next),
			db_text("cost", n->cost_cents),
			db_text("day", done ? day : NULL)),
		&count);

	if (!rc && !count)
		return RC_CONFLICT;
	return rc ? rc : write_parts(r, sr, n);
}

enum rc
request_report(struct request *r, const struct service_request *sr,
	const struct reporting *p, const char *day)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < p->count; i++) {
		const struct request_line *line = line_of(sr, p->at[i].line_id);

		rc = write_line(r, sr, &p->at[i], day);
		/* One that is inspected follows its result. */
		if (!rc && line->aid_id && sr->kind != KIND_INSPECTION)
			rc = aid_report(r, sr, line->aid_id, day, &p->at[i]);
	}
	return rc;
}
