#include <string.h>

#include "request_state.h"

/* Sets of states. */
#define S(state) (1U << STATE_##state)
#define BEFORE_WORK (S(SUBMITTED) | S(ACCEPTED) | S(PROPOSED) | S(PLANNED))
#define UNDER_WAY (BEFORE_WORK | S(IN_PROGRESS))

/* What a rule depends on, and what the event must come with. */
enum {
	IF_APPROVAL = 1,
	IF_WLZ = 2,
	IF_OWN = 4,
	IF_WISHED = 8,
	WANTS_REASON = 16,
	WANTS_DAY = 32,
	WANTS_WORK = 64,
	IF_LEFT = 128
};

enum { TO_SAME = STATE_COUNT, TO_HELD };

#define REQUESTER ACTOR_REQUESTER
#define ORGANISATION ACTOR_ORGANISATION
#define AUTHORISER ACTOR_AUTHORISER
#define PROFESSIONAL ACTOR_PROFESSIONAL
#define BRANCH ACTOR_BRANCH
#define PLANNER ACTOR_PLANNER
#define WORKER (ACTOR_MECHANIC | ACTOR_PLANNER)

/* Of the rules for a state and event, the first whose conditions hold. */
static const struct rule {
	enum request_event event;
	unsigned from;
	unsigned actors;
	unsigned flags;
	int to;
	unsigned told;
} rules[] = {
	{EVENT_SUBMIT, S(DRAFT), REQUESTER, IF_APPROVAL,
		STATE_AWAITING_APPROVAL, TOLD_AUTHORISER},
	{EVENT_SUBMIT, S(DRAFT), REQUESTER | BRANCH, IF_WLZ,
		STATE_AWAITING_SIGNATURE, TOLD_PROFESSIONAL},
	{EVENT_SUBMIT, S(DRAFT), REQUESTER, IF_OWN, STATE_OWN_PLANNED,
		TOLD_CONTACT},
	{EVENT_SUBMIT, S(DRAFT), REQUESTER, 0, STATE_SUBMITTED, TOLD_BRANCH},

	{EVENT_APPROVE, S(AWAITING_APPROVAL), AUTHORISER, IF_WLZ,
		STATE_AWAITING_SIGNATURE, TOLD_REQUESTER | TOLD_PROFESSIONAL},
	{EVENT_APPROVE, S(AWAITING_APPROVAL), AUTHORISER, IF_OWN,
		STATE_OWN_PLANNED, TOLD_REQUESTER | TOLD_CONTACT},
	{EVENT_APPROVE, S(AWAITING_APPROVAL), AUTHORISER, 0, STATE_SUBMITTED,
		TOLD_REQUESTER | TOLD_BRANCH},
	{EVENT_REJECT, S(AWAITING_APPROVAL), AUTHORISER, WANTS_REASON,
		STATE_REJECTED, TOLD_REQUESTER},
	{EVENT_WITHDRAW, S(AWAITING_APPROVAL), REQUESTER, 0, STATE_WITHDRAWN,
		TOLD_AUTHORISER},

	{EVENT_SIGN, S(AWAITING_SIGNATURE), PROFESSIONAL, 0, STATE_SUBMITTED,
		TOLD_BRANCH},
	{EVENT_REFUSE, S(AWAITING_SIGNATURE), PROFESSIONAL, WANTS_REASON,
		STATE_SIGNATURE_REFUSED, TOLD_BRANCH},
	{EVENT_OFFER, S(SIGNATURE_REFUSED), BRANCH, 0, STATE_AWAITING_SIGNATURE,
		TOLD_PROFESSIONAL},
	{EVENT_TAKE_OFF, S(SIGNATURE_REFUSED), BRANCH, 0, STATE_CANCELLED,
		TOLD_PROFESSIONAL},

	{EVENT_ACCEPT, S(SUBMITTED), PLANNER, 0, STATE_ACCEPTED,
		TOLD_REQUESTER},
	{EVENT_PROPOSE, S(ACCEPTED), PLANNER, WANTS_DAY | IF_WISHED,
		STATE_PLANNED, TOLD_REQUESTER},
	{EVENT_PROPOSE, S(ACCEPTED), PLANNER, WANTS_DAY, STATE_PROPOSED,
		TOLD_REQUESTER},
	{EVENT_AGREE, S(PROPOSED), REQUESTER, 0, STATE_PLANNED, TOLD_BRANCH},
	{EVENT_OTHER_DATE, S(PROPOSED), REQUESTER, WANTS_DAY, STATE_ACCEPTED,
		TOLD_BRANCH},
	{EVENT_PLAN, S(ACCEPTED) | S(PROPOSED) | S(PLANNED), PLANNER, WANTS_DAY,
		STATE_PLANNED, TOLD_REQUESTER | TOLD_CONTACT},

	{EVENT_START, S(PLANNED), WORKER, 0, STATE_IN_PROGRESS, 0},
	{EVENT_DONE, S(IN_PROGRESS), WORKER, WANTS_WORK, STATE_DONE,
		TOLD_REQUESTER},
	{EVENT_NO_FAULT, S(IN_PROGRESS), WORKER, 0, STATE_DONE, TOLD_REQUESTER},
	{EVENT_COULD_NOT, S(IN_PROGRESS) | S(PLANNED), WORKER, WANTS_REASON,
		STATE_ACCEPTED, TOLD_REQUESTER},
	{EVENT_PARTLY, S(IN_PROGRESS), WORKER, IF_LEFT, STATE_IN_PROGRESS, 0},
	{EVENT_PARTLY, S(IN_PROGRESS), WORKER, 0, STATE_ACCEPTED,
		TOLD_REQUESTER},

	{EVENT_HOLD, UNDER_WAY, BRANCH, WANTS_REASON | WANTS_DAY, STATE_ON_HOLD,
		TOLD_REQUESTER},
	{EVENT_RESUME, S(ON_HOLD), BRANCH, 0, TO_HELD, TOLD_REQUESTER},
	{EVENT_CANCEL, UNDER_WAY | S(ON_HOLD), BRANCH, WANTS_REASON,
		STATE_CANCELLED, TOLD_REQUESTER},
	{EVENT_CORRECT, UNDER_WAY | S(ON_HOLD) | S(SIGNATURE_REFUSED), BRANCH,
		0, TO_SAME, 0},

	{EVENT_DONE, S(OWN_PLANNED), ORGANISATION, 0, STATE_DONE,
		TOLD_REQUESTER},
	{EVENT_CANCEL, S(OWN_PLANNED), ORGANISATION, 0, STATE_CANCELLED,
		TOLD_REQUESTER},
};

enum { RULES = sizeof(rules) / sizeof(rules[0]) };

static bool
applies(const struct rule *r, const struct request_facts *f)
{
	return (!(r->flags & IF_APPROVAL) || f->needs_approval) &&
	       (!(r->flags & IF_WLZ) || f->wlz) &&
	       (!(r->flags & IF_OWN) || f->own_performs) &&
	       (!(r->flags & IF_WISHED) || f->wished_day) &&
	       (!(r->flags & IF_LEFT) || f->lines_left) &&
	       (r->to != TO_HELD || f->held < STATE_COUNT);
}

static const char *
missing(const struct rule *r, const struct request_facts *f)
{
	if ((r->flags & WANTS_REASON) && !f->has_reason)
		return "reason";
	if ((r->flags & WANTS_DAY) && !f->has_day)
		return "day";
	if ((r->flags & WANTS_WORK) && !f->has_work_done)
		return "work";
	return NULL;
}

static enum request_state
target(const struct rule *r, enum request_state state,
	const struct request_facts *f)
{
	if (r->to == TO_SAME)
		return state;
	return r->to == TO_HELD ? f->held : (enum request_state)r->to;
}

struct request_verdict
request_rule(enum request_state state, enum request_event event,
	unsigned actors, const struct request_facts *facts)
{
	struct request_verdict v = {"state", state, 0};

	for (size_t i = 0; i < RULES; i++) {
		const struct rule *r = &rules[i];

		if (r->event != event || !(r->from & (1U << state)) ||
			!applies(r, facts))
			continue;
		v.refused = r->actors & actors ? missing(r, facts) : "actor";
		if (!v.refused) {
			v.next = target(r, state, facts);
			v.told = r->told;
		}
		return v;
	}
	return v;
}

bool
request_may(enum request_state state, enum request_event event, unsigned actors)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].event == event &&
			(rules[i].from & (1U << state)) &&
			(rules[i].actors & actors))
			return true;
	return false;
}

/* Of what the lines may be, all that a row names; the first that fits. */
enum { HAS_LEFT = 1, HAS_DONE = 2, HAS_NO_FAULT = 4, HAS_COULD_NOT = 8 };

static const struct {
	unsigned has;
	enum request_event event;
} reports[] = {
	{HAS_LEFT, EVENT_PARTLY},
	{HAS_COULD_NOT | HAS_DONE, EVENT_PARTLY},
	{HAS_COULD_NOT | HAS_NO_FAULT, EVENT_PARTLY},
	{HAS_COULD_NOT, EVENT_COULD_NOT},
	{HAS_DONE, EVENT_DONE},
	{HAS_NO_FAULT, EVENT_NO_FAULT},
	{0, EVENT_DONE},
};

enum request_event
request_report_event(const struct request_lines *l)
{
	unsigned has = (l->left ? HAS_LEFT : 0U) |
		       (l->ended[OUTCOME_DONE] ? HAS_DONE : 0U) |
		       (l->ended[OUTCOME_NO_FAULT] ? HAS_NO_FAULT : 0U) |
		       (l->ended[OUTCOME_COULD_NOT] ? HAS_COULD_NOT : 0U);
	size_t i = 0;

	while ((reports[i].has & has) != reports[i].has)
		i++;
	return reports[i].event;
}

enum request_state
line_state(enum line_outcome outcome)
{
	return outcome == OUTCOME_COULD_NOT ? STATE_ACCEPTED : STATE_DONE;
}

bool
request_begins(enum request_state state)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].event == EVENT_SUBMIT && rules[i].to == (int)state)
			return true;
	return false;
}

bool
request_ended(enum request_state state)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].from & (1U << state))
			return false;
	return true;
}

/* Steps on the way; what waits, is held or ended stands beside it. */
static int
way(enum request_state state)
{
	static const enum request_state steps[] = {STATE_AWAITING_APPROVAL,
		STATE_AWAITING_SIGNATURE, STATE_SIGNATURE_REFUSED,
		STATE_SUBMITTED, STATE_ACCEPTED, STATE_PROPOSED, STATE_PLANNED,
		STATE_IN_PROGRESS, STATE_DONE};

	for (int i = 0; i < (int)(sizeof(steps) / sizeof(steps[0])); i++)
		if (steps[i] == state)
			return i;
	return -1;
}

bool
request_is_before(enum request_state state, enum request_state later)
{
	return way(state) >= 0 && way(state) < way(later);
}

static const char *const states[STATE_COUNT] = {"draft", "awaiting_approval",
	"awaiting_signature", "signature_refused", "submitted", "accepted",
	"proposed", "planned", "in_progress", "done", "on_hold", "own_planned",
	"rejected", "withdrawn", "cancelled"};

static const char *const events[EVENT_COUNT] = {"submit", "approve", "reject",
	"withdraw", "sign", "refuse", "offer", "take_off", "accept", "propose",
	"agree", "other_date", "plan", "start", "done", "no_fault", "could_not",
	"partly", "hold", "resume", "cancel", "correct"};

static const char *const outcomes[OUTCOME_COUNT] = {
	"done", "no_fault", "could_not"};

static const char *const kinds[KIND_COUNT] = {"repair", "move", "from_depot",
	"to_depot", "pick_up", "adaptation", "rental", "delivery", "inspection",
	"cleaning"};

static size_t
find(const char *name, const char *const names[], size_t count)
{
	size_t i = 0;

	while (i < count && (!name || strcmp(names[i], name) != 0))
		i++;
	return i;
}

const char *
request_state_name(enum request_state state)
{
	return states[state];
}

const char *
request_event_name(enum request_event event)
{
	return events[event];
}

const char *
line_outcome_name(enum line_outcome outcome)
{
	return outcomes[outcome];
}

const char *
request_kind_name(enum request_kind kind)
{
	return kinds[kind];
}

enum request_state
request_state_parse(const char *name)
{
	return (enum request_state)find(name, states, STATE_COUNT);
}

enum request_event
request_event_parse(const char *name)
{
	return (enum request_event)find(name, events, EVENT_COUNT);
}

enum line_outcome
line_outcome_parse(const char *name)
{
	return (enum line_outcome)find(name, outcomes, OUTCOME_COUNT);
}

enum request_kind
request_kind_parse(const char *name)
{
	return (enum request_kind)find(name, kinds, KIND_COUNT);
}
