#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "../rules/date.h"
#include "aid.h"
#include "inspection.h"
#include "request.h"
#include "request_report.h"
#include "request_tell.h"

static bool
given(const char *text)
{
	return text && *text;
}

/* p: what is reported; NULL: nothing. */
static struct request_verdict
judge(const struct request *r, const struct service_request *sr,
	const struct request_change *c, const struct reporting *p)
{
	struct request_facts facts = {
		.wlz = sr->law && !strcmp(sr->law, "wlz"),
		.own_performs = sr->own_performs,
		.wished_day = given(c->day) && !strcmp(c->day, sr->wished_on),
		.has_reason = given(c->reason) || (p && p->reasons),
		.has_day = given(c->day),
		.has_work_done = given(c->work_done) || (p && p->count),
		.lines_left = p && p->left,
		.held = sr->held,
	};

	return request_rule(sr->state, p ? p->event : c->event,
		request_actors(r, sr), &facts);
}

static void
plan(struct service_request *sr, const struct request_change *c)
{
	sr->planned_on = c->day;
	sr->planned_part = given(c->part) ? c->part : NULL;
	sr->mechanic = given(c->mechanic) ? c->mechanic : NULL;
	sr->mechanic_id = sr->mechanic ? c->mechanic_id : 0;
}

enum { WORK_MOST = 2000 };

/* Of a request of one line it is that line's; of more what is said of all. */
static const char *
work_of(const struct service_request *sr, const struct request_change *c,
	const struct reporting *p, struct pool *pool)
{
	const char *text = given(c->work_done) ? c->work_done : NULL;

	if (!text && sr->line_count == 1 && p->count && !c->inspection_count)
		text = p->at[0].text;
	if (!text || !sr->work_done || !strcmp(text, sr->work_done))
		return text ? text : sr->work_done;
	if (text_length(text) + text_length(sr->work_done) >= WORK_MOST)
		return text;
	return pool_printf(pool, "%s\n%s", sr->work_done, text);
}

static const char *
day_of(const struct request_change *c, struct pool *p)
{
	char *today = pool_alloc(p, DATE_SIZE);

	text_today(today);
	return given(c->day) ? c->day : today;
}

/* Those values of the request that a report changes. */
static void
finish(struct service_request *sr, const struct request_change *c,
	const struct reporting *p, struct pool *pool)
{
	sr->cost_cents = p->cost_cents;
	if (p->event != EVENT_COULD_NOT)
		sr->work_done = work_of(sr, c, p, pool);
	if (p->event == EVENT_DONE || p->event == EVENT_NO_FAULT) {
		sr->done_on = day_of(c, pool);
		sr->finding = p->event == EVENT_NO_FAULT ? "no_fault" : "done";
	} else if (!p->left) {
		sr->planned_on = sr->planned_part = NULL;
	}
}

/* What the event does to the request's own values. */
static void
apply(struct service_request *sr, const struct request_change *c)
{
	switch (c->event) {
	case EVENT_PROPOSE:
	case EVENT_PLAN:
		plan(sr, c);
		break;
	case EVENT_OTHER_DATE:
		sr->wished_on = c->day;
		sr->planned_on = sr->planned_part = NULL;
		break;
	case EVENT_COULD_NOT:
		sr->planned_on = sr->planned_part = NULL;
		break;
	case EVENT_START:
		sr->workshop = c->workshop;
		break;
	case EVENT_HOLD:
		sr->held = sr->state;
		sr->held_until = c->day;
		break;
	case EVENT_RESUME:
		sr->held = STATE_COUNT;
		sr->held_until = NULL;
		break;
	default:
		break;
	}
}

static enum rc
lock_aids(struct request *r, const struct service_request *sr)
{
	int64_t *ids = pool_calloc(r->pool, sr->line_count, sizeof(*ids));

	for (size_t i = 0; i < sr->line_count; i++)
		ids[i] = sr->lines[i].aid_id;
	return aid_lock(r, ids, sr->line_count);
}

/* RC_CONFLICT where the row isn't as it was read. */
static enum rc
update(struct request *r, const struct service_request *sr)
{
	uint64_t count;
	enum rc rc = lock_aids(r, sr);

	if (rc)
		return rc;
	rc = db_exec(r->db, SQL_REQUEST_UPDATE,
		DB_ARGS(db_int("id", sr->id), db_int("version", sr->version),
			db_text("state", request_state_name(sr->state)),
			db_text("held_state",
				sr->held == STATE_COUNT
					? NULL
					: request_state_name(sr->held)),
			db_text("held_until", sr->held_until),
			db_text("wished_on", sr->wished_on),
			db_text("planned_on", sr->planned_on),
			db_text("planned_part", sr->planned_part),
			db_text("mechanic", sr->mechanic),
			db_id("mechanic_id", sr->mechanic_id),
			db_int("workshop", sr->workshop),
			db_text("finding", sr->finding),
			db_text("work_done", sr->work_done),
			db_text("done_on", sr->done_on),
			db_text("cost_cents", sr->cost_cents),
			db_text("reference", sr->reference),
			db_text("contact_name", sr->contact_name),
			db_text("contact_phone", sr->contact_phone),
			db_text("contact_email", sr->contact_email),
			db_text("description", sr->description),
			db_text("message", sr->message)),
		&count);

	return !rc && !count ? RC_CONFLICT : rc;
}

/* event: on hold and going on what could not be done stays aside. */
static enum rc
update_lines(struct request *r, const struct service_request *sr,
	enum request_event event)
{
	return db_exec(r->db, SQL_REQUEST_LINES_UPDATE,
		DB_ARGS(db_int("request", sr->id),
			db_int("kept",
				event == EVENT_HOLD || event == EVENT_RESUME),
			db_text("state", request_state_name(sr->state)),
			db_text("wished_on", sr->wished_on),
			db_text("planned_on", sr->planned_on),
			db_text("done_on", sr->done_on)),
		NULL);
}

/* A row of the request's life, and what was corrected. */
struct step {
	enum request_event event;
	enum request_state from;
	const char *day, *part, *reason;
	const char *field, *old_value, *new_value;
};

static enum rc
add_event(struct request *r, const struct service_request *sr,
	const struct step *s)
{
	return db_exec(r->db, SQL_REQUEST_EVENT_INSERT,
		DB_ARGS(db_int("request", sr->id),
			db_int("organisation", sr->organisation_id),
			db_text("name", request_event_name(s->event)),
			db_text("from_state", request_state_name(s->from)),
			db_text("to_state", request_state_name(sr->state)),
			db_int("actor", r->who->account),
			db_text("day", s->day), db_text("part", s->part),
			db_text("reason", s->reason),
			db_text("field", s->field),
			db_text("old_value", s->old_value),
			db_text("new_value", s->new_value)),
		NULL);
}

static enum rc
answer_approval(struct request *r, const struct service_request *sr,
	const struct request_change *c)
{
	const char *verdict;

	if (c->event == EVENT_APPROVE)
		verdict = "approved";
	else if (c->event == EVENT_REJECT)
		verdict = "rejected";
	else if (c->event == EVENT_WITHDRAW)
		verdict = "withdrawn";
	else
		return RC_OK;
	return db_exec(r->db, SQL_REQUEST_APPROVAL_ANSWER,
		DB_ARGS(db_int("request", sr->id), db_text("verdict", verdict),
			db_text("reason", given(c->reason) ? c->reason : NULL)),
		NULL);
}

/* was: the state before; held: where it was when it was put on hold. */
static enum rc
move_aids(struct request *r, const struct service_request *sr,
	enum request_state was, enum request_state held)
{
	bool worked = was == STATE_IN_PROGRESS ||
		      (was == STATE_ON_HOLD && held == STATE_IN_PROGRESS);

	if (was == STATE_PLANNED && sr->state == STATE_IN_PROGRESS)
		return aid_follow(r, sr, AID_START);
	if (worked &&
		(sr->state == STATE_ACCEPTED || sr->state == STATE_CANCELLED))
		return aid_follow(r, sr, AID_STOPPED);
	return RC_OK;
}

/* What an inspection asks of its end; NULL: it may. */
static const char *
inspection_missing(
	const struct service_request *sr, const struct request_change *c)
{
	if (sr->kind != KIND_INSPECTION)
		return c->inspection_count ? "state" : NULL;
	if (c->event == EVENT_NO_FAULT)
		return "work";
	return c->event == EVENT_DONE && !c->inspection_count ? "work" : NULL;
}

static enum rc
enter_inspections(struct request *r, const struct service_request *sr,
	const struct request_change *c)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < c->inspection_count; i++)
		rc = inspection_enter(r, sr, &c->inspections[i]);
	/* An aid that is gone meanwhile: as if somebody was first. */
	return rc == RC_NOTFOUND ? RC_CONFLICT : rc;
}

/* What is reported of lines, and of how many. */
static enum rc
report(struct request *r, const struct service_request *sr,
	const struct request_change *c, const struct reporting *p,
	struct step *step)
{
	enum rc rc = request_report(r, sr, p, day_of(c, r->pool));

	if (!rc)
		rc = enter_inspections(r, sr, c);
	/* The others go where the request goes, but stay while some are left.
	 */
	if (!rc && !p->left)
		rc = update_lines(r, sr, p->event);
	step->event = p->event;
	step->reason = p->reasons;
	if (p->event == EVENT_PARTLY) {
		step->day = NULL;
		step->old_value = pool_printf(r->pool, "%zu", p->count);
		step->new_value = pool_printf(r->pool, "%zu", sr->line_count);
	}
	return rc;
}

/* The lines and aids of what is no report. */
static enum rc
follow(struct request *r, const struct service_request *sr,
	const struct request_change *c, enum request_state was,
	enum request_state held)
{
	enum rc rc = update_lines(r, sr, c->event);

	if (!rc)
		rc = answer_approval(r, sr, c);
	return rc ? rc : move_aids(r, sr, was, held);
}

/* The day that was agreed and is another from now on, or NULL. */
static const char *
day_moved(const struct service_request *sr, const struct request_change *c)
{
	if (sr->state != STATE_PLANNED || c->event != EVENT_PLAN ||
		!sr->planned_on || !strcmp(sr->planned_on, c->day))
		return NULL;
	return sr->planned_on;
}

/* The rows, the aids, then who is told; was first or RC_CONFLICT. */
static enum rc
carry_out(struct request *r, struct service_request *sr,
	const struct request_change *c, const struct request_verdict *v,
	const struct reporting *p)
{
	enum request_state was = sr->state, held = sr->held;
	const char *before = day_moved(sr, c);
	struct step step = {.event = c->event,
		.from = was,
		.day = c->day,
		.part = given(c->part) ? c->part : NULL,
		.reason = given(c->reason) ? c->reason : NULL};
	enum rc rc;

	if (p)
		finish(sr, c, p, r->pool);
	else
		apply(sr, c);
	sr->state = v->next;
	rc = update(r, sr);
	if (rc)
		return rc;
	sr->version++;
	rc = p ? report(r, sr, c, p, &step) : follow(r, sr, c, was, held);
	if (!rc)
		rc = add_event(r, sr, &step);
	if (!rc)
		rc = request_tell(r, sr, step.event, v->told, step.reason,
			step.day, before);
	return rc;
}

enum rc
request_move(struct request *r, struct service_request *sr,
	const struct request_change *c, const char **refused)
{
	struct request_verdict v;
	struct reporting p;
	const char *bad;
	bool reports;

	*refused = NULL;
	if (c->version != sr->version)
		return RC_CONFLICT;
	reports = request_reporting(r, sr, c, &p, &bad);
	v = judge(r, sr, c, reports ? &p : NULL);
	*refused = v.refused ? v.refused : bad;
	if (!*refused)
		*refused = inspection_missing(sr, c);
	if (*refused)
		return RC_INVALID;
	return carry_out(r, sr, c, &v, reports ? &p : NULL);
}

/* Where the value of a field that can be corrected stands. */
static const char **
field_of(struct service_request *sr, const char *name)
{
	const struct {
		const char *name;
		const char **value;
	} fields[] = {
		{"wished_on", &sr->wished_on},
		{"description", &sr->description},
		{"message", &sr->message},
		{"reference", &sr->reference},
		{"contact_name", &sr->contact_name},
		{"contact_phone", &sr->contact_phone},
		{"contact_email", &sr->contact_email},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!strcmp(fields[i].name, name))
			return fields[i].value;
	return NULL;
}

static const char *
wish_refused(const char *day)
{
	char today[DATE_SIZE];

	text_today(today);
	return given(day) ? date_wish_refused(day, today, 0) : "day";
}

enum rc
request_correct(struct request *r, struct service_request *sr,
	const char *field, const char *value, int64_t version,
	const char **refused)
{
	struct request_change c = {.event = EVENT_CORRECT};
	const char **where = field_of(sr, field);
	struct request_verdict v = judge(r, sr, &c, NULL);
	struct step step = {.event = EVENT_CORRECT,
		.from = sr->state,
		.field = field,
		.new_value = value};
	enum rc rc;

	*refused = where ? v.refused : "field";
	if (version != sr->version)
		return RC_CONFLICT;
	if (!value && !strcmp(field, "description"))
		value = "";
	step.old_value = where ? *where : NULL;
	if (!*refused && !strcmp(step.old_value ? step.old_value : "",
				 value ? value : ""))
		return RC_OK;
	if (!*refused && !strcmp(field, "wished_on"))
		*refused = wish_refused(value);
	if (*refused)
		return RC_INVALID;
	*where = value;
	rc = update(r, sr);
	if (!rc && where == &sr->wished_on)
		rc = db_exec(r->db, SQL_REQUEST_LINES_WISH,
			DB_ARGS(db_int("request", sr->id),
				db_text("wished_on", value)),
			NULL);
	if (rc)
		return rc;
	sr->version++;
	return add_event(r, sr, &step);
}
