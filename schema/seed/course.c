#include <string.h>

#include "course.h"

struct walk {
	const struct world *w;
	const struct job *job;
	struct course *course;
	struct rng r;
	enum request_state state;
	int64_t at;
	int planner; /* account */
};

/* What comes with a step besides its moment. */
struct with {
	int actor;
	unsigned actors; /* enum request_actor */
	int day;
	const char *part, *reason;
};

static void
take(struct walk *k, enum request_event event, const struct with *with)
{
	const struct job *j = k->job;
	struct request_facts facts = {
		.needs_approval = j->approver != 0,
		.wlz = j->wlz,
		.own_performs = j->own,
		.wished_day = with->day == k->course->wished,
		.has_reason = with->reason != NULL,
		.has_day = with->day != 0,
		.has_work_done = true,
	};
	struct request_verdict v =
		request_rule(k->state, event, with->actors, &facts);

	if (v.refused || k->course->count == COURSE_STEPS)
		seed_fail("%s in state %s for a %s: %s",
			request_event_name(event), request_state_name(k->state),
			request_kind_name((enum request_kind)j->kind),
			v.refused ? v.refused : "too many steps");
	k->course->steps[k->course->count++] =
		(struct step){event, k->state, v.next, k->at, with->actor,
			with->day, with->part, with->reason};
	k->state = v.next;
}

static bool
ends(const struct walk *k)
{
	return k->state == k->job->state;
}

static bool
must_end(const struct walk *k, enum request_state state)
{
	return k->job->state == state;
}

static void
later(struct walk *k, int least, int most)
{
	k->at = moment_office(k->at, rng_between(&k->r, least, most));
}

/* By the branch. */
static void
branch(struct walk *k, enum request_event event, int day, const char *reason)
{
	take(k, event,
		&(struct with){.actor = k->planner,
			.actors = ACTOR_BRANCH | ACTOR_PLANNER,
			.day = day,
			.reason = reason});
}

static void
submit(struct walk *k)
{
	const struct job *j = k->job;

	take(k, EVENT_SUBMIT,
		&(struct with){.actor = j->requester,
			.actors = ACTOR_REQUESTER |
				  (j->portal == IN_SUPPLIER ? ACTOR_BRANCH : 0),
			.day = j->wished});
}

static void
approval(struct walk *k)
{
	struct with with = {
		.actor = k->job->approver, .actors = ACTOR_AUTHORISER};

	later(k, 30, 700);
	if (must_end(k, STATE_WITHDRAWN)) {
		with.actor = k->job->requester;
		with.actors = ACTOR_REQUESTER;
		with.reason = phrase(k->w, PHRASE_WITHDRAWN, &k->r);
		take(k, EVENT_WITHDRAW, &with);
	} else if (must_end(k, STATE_REJECTED)) {
		with.reason = phrase(k->w, PHRASE_REJECT, &k->r);
		take(k, EVENT_REJECT, &with);
	} else {
		take(k, EVENT_APPROVE, &with);
	}
}

static void
signature(struct walk *k)
{
	struct with with = {
		.actor = k->job->signer, .actors = ACTOR_PROFESSIONAL};

	later(k, 60, 2600);
	if (!must_end(k, STATE_SIGNATURE_REFUSED) &&
		!must_end(k, STATE_CANCELLED)) {
		take(k, EVENT_SIGN, &with);
		return;
	}
	with.reason = phrase(k->w, PHRASE_REFUSE, &k->r);
	take(k, EVENT_REFUSE, &with);
	if (ends(k))
		return;
	later(k, 200, 1500);
	branch(k, EVENT_TAKE_OFF, 0, NULL);
}

static void
own_work(struct walk *k)
{
	struct with with = {
		.actor = k->job->requester, .actors = ACTOR_ORGANISATION};
	int64_t day = moment(day_workday(k->job->wished), 9, 0);

	k->at = k->at > day ? k->at : day;
	later(k, 5, 420);
	if (must_end(k, STATE_CANCELLED)) {
		take(k, EVENT_CANCEL, &with);
		return;
	}
	with.day = k->course->done = moment_day(k->at);
	take(k, EVENT_DONE, &with);
}

/* Called back or put off, where the job must end so in this state. */
static bool
interrupted(struct walk *k)
{
	int day;

	if (!request_may(k->state, EVENT_CANCEL, ACTOR_BRANCH))
		return false;
	if (must_end(k, STATE_CANCELLED) &&
		(k->state != STATE_SUBMITTED || rng_chance(&k->r, 400))) {
		later(k, 60, 900);
		branch(k, EVENT_CANCEL, 0, phrase(k->w, PHRASE_CANCEL, &k->r));
		return true;
	}
	if (!must_end(k, STATE_ON_HOLD) || k->state != k->job->held)
		return false;
	later(k, 60, 600);
	day = moment_day(k->at) > k->w->last ? moment_day(k->at) : k->w->last;
	day = day_add_workdays(day, rng_between(&k->r, 3, 20));
	branch(k, EVENT_HOLD, day, phrase(k->w, PHRASE_HOLD, &k->r));
	k->course->held_until = day;
	return true;
}

static const char *
part_of_day(struct walk *k)
{
	static const char *const parts[] = {
		"morning", "morning", "afternoon", "day"};

	return parts[rng_below(&k->r, 4)];
}

static void
set_plan(struct walk *k, enum request_event event, int day)
{
	int first = day_add_workdays(moment_day(k->at), 1);

	if (day < first)
		day = first;
	/* What was not wished leaves a day to answer. */
	if (event == EVENT_PROPOSE && day == first && day != k->course->wished)
		day = day_add_workdays(day, 1);
	k->course->planned = day;
	k->course->part = part_of_day(k);
	k->course->mechanic = true;
	take(k, event,
		&(struct with){.actor = k->planner,
			.actors = ACTOR_PLANNER | ACTOR_BRANCH,
			.day = k->course->planned,
			.part = k->course->part});
}

/* The day they agree on; an answer to a proposal comes from the requester. */
static void
agree(struct walk *k)
{
	struct with with = {
		.actor = k->job->requester, .actors = ACTOR_REQUESTER};

	later(k, 40, 900);
	if (k->job->exact || !rng_chance(&k->r, 120)) {
		take(k, EVENT_AGREE, &with);
		return;
	}
	with.day =
		day_add_workdays(k->course->planned, rng_between(&k->r, 1, 4));
	with.reason = phrase(k->w, PHRASE_OTHER_DATE, &k->r);
	take(k, EVENT_OTHER_DATE, &with);
	k->course->wished = with.day;
	k->course->planned = 0;
	later(k, 40, 300);
	set_plan(k, EVENT_PLAN, with.day);
}

static void
planning(struct walk *k)
{
	int day = day_workday(k->job->wished);
	bool put_off = must_end(k, STATE_PROPOSED) ||
		       (!k->job->exact && rng_chance(&k->r, 350));

	later(k, 30, 400);
	if (put_off)
		day = day_add_workdays(day, rng_between(&k->r, 1, 4));
	if (k->job->portal == IN_SUPPLIER && !must_end(k, STATE_PROPOSED)) {
		set_plan(k, EVENT_PLAN, day);
		return;
	}
	set_plan(k, EVENT_PROPOSE, day);
	if (k->state == STATE_PROPOSED && !ends(k) && !interrupted(k))
		agree(k);
}

/* Nobody there, a part missing: planned again. */
static void
failed_visit(struct walk *k)
{
	k->at = moment(k->course->planned, rng_between(&k->r, 9, 15), 10);
	branch(k, EVENT_COULD_NOT, 0, phrase(k->w, PHRASE_COULD_NOT, &k->r));
	later(k, 60, 500);
	set_plan(k, EVENT_PLAN,
		day_add_workdays(k->course->planned, rng_between(&k->r, 2, 6)));
}

static void
work(struct walk *k)
{
	bool afternoon = strcmp(k->course->part, "afternoon") == 0;

	k->at = moment(k->course->planned, afternoon ? 13 : 8,
		rng_between(&k->r, 5, 170));
	k->course->workshop = k->job->workshop;
	branch(k, EVENT_START, 0, NULL);
	if (ends(k) || interrupted(k))
		return;
	if (k->job->workshop)
		k->at = moment(day_add_workdays(moment_day(k->at),
				       rng_between(&k->r, 1, 5)),
			9, rng_below(&k->r, 400));
	else
		k->at += rng_between(&k->r, 10, 75);
	k->course->done = moment_day(k->at);
	k->course->no_fault = k->job->kind == KIND_REPAIR &&
			      !k->job->workshop && rng_chance(&k->r, 70);
	branch(k, k->course->no_fault ? EVENT_NO_FAULT : EVENT_DONE,
		k->course->done, NULL);
}

/* One step or a few from the state where it is. */
static void
go_on(struct walk *k)
{
	switch (k->state) {
	case STATE_AWAITING_APPROVAL:
		approval(k);
		break;
	case STATE_AWAITING_SIGNATURE:
		signature(k);
		break;
	case STATE_OWN_PLANNED:
		own_work(k);
		break;
	case STATE_SUBMITTED:
		later(k, 15, 500);
		branch(k, EVENT_ACCEPT, 0, NULL);
		break;
	case STATE_ACCEPTED:
		planning(k);
		break;
	case STATE_PLANNED:
		if (!k->job->exact && rng_chance(&k->r, 40))
			failed_visit(k);
		work(k);
		break;
	default:
		seed_fail("a %s can't go on from %s to %s",
			request_kind_name((enum request_kind)k->job->kind),
			request_state_name(k->state),
			request_state_name((enum request_state)k->job->state));
	}
}

struct course
course_of(const struct world *w, const struct job *j)
{
	struct course c = {.wished = j->wished, .part = "day"};
	struct walk k = {.w = w,
		.job = j,
		.course = &c,
		.r = rng_for(SALT_STEPS, j->seed),
		.state = STATE_DRAFT,
		.at = j->created};

	k.planner = GET(w->branches, GET(w->orgs, j->org)->branch)->planner;
	submit(&k);
	while (!ends(&k) && !interrupted(&k))
		go_on(&k);
	return c;
}

int64_t
course_end(const struct course *c)
{
	return c->steps[c->count - 1].at;
}
