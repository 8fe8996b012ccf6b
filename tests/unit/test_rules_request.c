/*
 * The table of states.md, walked: every state x every event x every actor.
 * What is not listed here must be refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/request_state.h"

enum {
	R = ACTOR_REQUESTER,
	O = ACTOR_ORGANISATION,
	A = ACTOR_AUTHORISER,
	P = ACTOR_PROFESSIONAL,
	B = ACTOR_BRANCH,
	L = ACTOR_PLANNER,
	M = ACTOR_MECHANIC,
	LAST = M
};

enum {
	TR = TOLD_REQUESTER,
	TC = TOLD_CONTACT,
	TA = TOLD_AUTHORISER,
	TP = TOLD_PROFESSIONAL,
	TB = TOLD_BRANCH
};

/* What is given besides: by default a reason, a day and what was done. */
enum { NEEDS_APPROVAL = 1, WLZ = 2, OWN = 4, WISHED = 8, LEFT = 16 };

static const struct listed {
	const char *from;
	const char *event;
	unsigned by;
	unsigned given;
	const char *to;
	unsigned told;
} table[] = {
	{"draft", "submit", R, NEEDS_APPROVAL, "awaiting_approval", TA},
	{"draft", "submit", R | B, WLZ, "awaiting_signature", TP},
	{"draft", "submit", R, OWN, "own_planned", TC},
	{"draft", "submit", R, 0, "submitted", TB},
	{"awaiting_approval", "approve", A, 0, "submitted", TR | TB},
	{"awaiting_approval", "approve", A, WLZ, "awaiting_signature", TR | TP},
	{"awaiting_approval", "approve", A, OWN, "own_planned", TR | TC},
	{"awaiting_approval", "reject", A, 0, "rejected", TR},
	{"awaiting_approval", "withdraw", R, 0, "withdrawn", TA},
	{"awaiting_signature", "sign", P, 0, "submitted", TB},
	{"awaiting_signature", "refuse", P, 0, "signature_refused", TB},
	{"signature_refused", "offer", B, 0, "awaiting_signature", TP},
	{"signature_refused", "take_off", B, 0, "cancelled", TP},
	{"signature_refused", "correct", B, 0, "signature_refused", 0},
	{"submitted", "accept", L, 0, "accepted", TR},
	{"accepted", "propose", L, 0, "proposed", TR},
	{"accepted", "propose", L, WISHED, "planned", TR},
	{"proposed", "agree", R, 0, "planned", TB},
	{"proposed", "other_date", R, 0, "accepted", TB},
	{"accepted", "plan", L, 0, "planned", TR | TC},
	{"proposed", "plan", L, 0, "planned", TR | TC},
	{"planned", "plan", L, 0, "planned", TR | TC},
	{"planned", "start", M | L, 0, "in_progress", 0},
	{"in_progress", "done", M | L, 0, "done", TR},
	{"in_progress", "no_fault", M | L, 0, "done", TR},
	{"in_progress", "could_not", M | L, 0, "accepted", TR},
	{"planned", "could_not", M | L, 0, "accepted", TR},
	{"in_progress", "partly", M | L, LEFT, "in_progress", 0},
	{"in_progress", "partly", M | L, 0, "accepted", TR},
	{"submitted", "hold", B, 0, "on_hold", TR},
	{"accepted", "hold", B, 0, "on_hold", TR},
	{"proposed", "hold", B, 0, "on_hold", TR},
	{"planned", "hold", B, 0, "on_hold", TR},
	{"in_progress", "hold", B, 0, "on_hold", TR},
	{"on_hold", "resume", B, 0, "planned", TR},
	{"submitted", "cancel", B, 0, "cancelled", TR},
	{"accepted", "cancel", B, 0, "cancelled", TR},
	{"proposed", "cancel", B, 0, "cancelled", TR},
	{"planned", "cancel", B, 0, "cancelled", TR},
	{"in_progress", "cancel", B, 0, "cancelled", TR},
	{"on_hold", "cancel", B, 0, "cancelled", TR},
	{"submitted", "correct", B, 0, "submitted", 0},
	{"accepted", "correct", B, 0, "accepted", 0},
	{"proposed", "correct", B, 0, "proposed", 0},
	{"planned", "correct", B, 0, "planned", 0},
	{"in_progress", "correct", B, 0, "in_progress", 0},
	{"on_hold", "correct", B, 0, "on_hold", 0},
	{"own_planned", "done", O, 0, "done", TR},
	{"own_planned", "cancel", O, 0, "cancelled", TR},
};

enum { LISTED = sizeof(table) / sizeof(table[0]) };

static struct request_facts
facts(unsigned given)
{
	return (struct request_facts){
		.needs_approval = given & NEEDS_APPROVAL,
		.wlz = given & WLZ,
		.own_performs = given & OWN,
		.wished_day = given & WISHED,
		.lines_left = given & LEFT,
		.has_reason = true,
		.has_day = true,
		.has_work_done = true,
		.held = STATE_PLANNED,
	};
}

/* The line for this case; one without circumstances where none is exact. */
static const struct listed *
look_up(enum request_state from, enum request_event event, unsigned given)
{
	const struct listed *found = NULL;

	for (size_t i = 0; i < LISTED; i++) {
		const struct listed *l = &table[i];

		if (request_state_parse(l->from) != from ||
			request_event_parse(l->event) != event)
			continue;
		if (l->given == given)
			return l;
		if (!l->given)
			found = l;
	}
	return found;
}

static void
check(enum request_state from, enum request_event event, unsigned by,
	unsigned given)
{
	struct request_facts f = facts(given);
	struct request_verdict v = request_rule(from, event, by, &f);
	const struct listed *l = look_up(from, event, given);

	if (!l) {
		assert_string_equal(v.refused, "state");
		assert_int_equal(v.next, from);
		assert_int_equal(v.told, 0);
	} else if (!(l->by & by)) {
		assert_string_equal(v.refused, "actor");
		assert_int_equal(v.told, 0);
	} else {
		assert_null(v.refused);
		assert_string_equal(request_state_name(v.next), l->to);
		assert_int_equal(v.told, l->told);
	}
}

static void
every_state_event_and_actor(void **state)
{
	static const unsigned given[] = {
		0, NEEDS_APPROVAL, WLZ, OWN, WISHED, LEFT};

	(void)state;
	for (int from = 0; from < STATE_COUNT; from++)
		for (int event = 0; event < EVENT_COUNT; event++)
			for (unsigned by = 1; by <= LAST; by *= 2)
				for (size_t i = 0; i < 6; i++)
					check((enum request_state)from,
						(enum request_event)event, by,
						given[i]);
}

static void
approval_comes_before_all_else(void **state)
{
	struct request_facts f = facts(NEEDS_APPROVAL | WLZ | OWN);

	(void)state;
	assert_int_equal(request_rule(STATE_DRAFT, EVENT_SUBMIT, R, &f).next,
		STATE_AWAITING_APPROVAL);
	assert_int_equal(
		request_rule(STATE_AWAITING_APPROVAL, EVENT_APPROVE, A, &f)
			.next,
		STATE_AWAITING_SIGNATURE);
}

/* Which events want what: without it they are refused, with it not. */
static void
what_an_event_must_come_with(void **state)
{
	static const struct {
		enum request_state from;
		enum request_event event;
		unsigned by;
		const char *reason, *day, *work; /* refused without it */
	} wants[] = {
		{STATE_AWAITING_APPROVAL, EVENT_REJECT, A, "reason", NULL,
			NULL},
		{STATE_AWAITING_APPROVAL, EVENT_APPROVE, A, NULL, NULL, NULL},
		{STATE_AWAITING_SIGNATURE, EVENT_REFUSE, P, "reason", NULL,
			NULL},
		{STATE_ACCEPTED, EVENT_PROPOSE, L, NULL, "day", NULL},
		{STATE_ACCEPTED, EVENT_PLAN, L, NULL, "day", NULL},
		{STATE_PROPOSED, EVENT_OTHER_DATE, R, NULL, "day", NULL},
		{STATE_PROPOSED, EVENT_AGREE, R, NULL, NULL, NULL},
		{STATE_IN_PROGRESS, EVENT_DONE, L, NULL, NULL, "work"},
		{STATE_IN_PROGRESS, EVENT_NO_FAULT, L, NULL, NULL, NULL},
		{STATE_IN_PROGRESS, EVENT_COULD_NOT, L, "reason", NULL, NULL},
		{STATE_PLANNED, EVENT_HOLD, B, "reason", "day", NULL},
		{STATE_ON_HOLD, EVENT_RESUME, B, NULL, NULL, NULL},
		{STATE_ON_HOLD, EVENT_CANCEL, B, "reason", NULL, NULL},
		{STATE_OWN_PLANNED, EVENT_CANCEL, O, NULL, NULL, NULL},
		{STATE_OWN_PLANNED, EVENT_DONE, O, NULL, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
		for (int without = 0; without < 3; without++) {
			const char *expected = without == 0   ? wants[i].reason
					       : without == 1 ? wants[i].day
							      : wants[i].work;
			struct request_facts f = facts(0);
			struct request_verdict v;

			f.has_reason = without != 0;
			f.has_day = without != 1;
			f.has_work_done = without != 2;
			v = request_rule(
				wants[i].from, wants[i].event, wants[i].by, &f);
			if (expected)
				assert_string_equal(v.refused, expected);
			else
				assert_null(v.refused);
		}
}

static void
resume_goes_where_it_was(void **state)
{
	(void)state;
	for (int held = 0; held < STATE_COUNT; held++) {
		struct request_facts f = facts(0);

		f.held = (enum request_state)held;
		assert_int_equal(
			request_rule(STATE_ON_HOLD, EVENT_RESUME, B, &f).next,
			held);
	}
}

static void
resume_goes_nowhere_where_it_was_nowhere(void **state)
{
	struct request_facts f = facts(0);

	(void)state;
	f.held = STATE_COUNT;
	assert_string_equal(
		request_rule(STATE_ON_HOLD, EVENT_RESUME, B, &f).refused,
		"state");
}

/* Any numbers of lines in each way: what is left, or failed, decides. */
static void
a_report_is_what_its_lines_are(void **state)
{
	static const struct {
		struct request_lines lines;
		enum request_event event;
	} reports[] = {
		{{1, {0, 0, 0}}, EVENT_PARTLY},
		{{1, {2, 0, 0}}, EVENT_PARTLY},
		{{2, {0, 0, 3}}, EVENT_PARTLY},
		{{0, {1, 0, 0}}, EVENT_DONE},
		{{0, {4, 3, 0}}, EVENT_DONE},
		{{0, {0, 2, 0}}, EVENT_NO_FAULT},
		{{0, {0, 0, 1}}, EVENT_COULD_NOT},
		{{0, {1, 0, 1}}, EVENT_PARTLY},
		{{0, {0, 1, 1}}, EVENT_PARTLY},
		{{0, {1, 1, 1}}, EVENT_PARTLY},
		{{0, {0, 0, 0}}, EVENT_DONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++)
		assert_int_equal(request_report_event(&reports[i].lines),
			reports[i].event);
	assert_int_equal(line_state(OUTCOME_DONE), STATE_DONE);
	assert_int_equal(line_state(OUTCOME_NO_FAULT), STATE_DONE);
	assert_int_equal(line_state(OUTCOME_COULD_NOT), STATE_ACCEPTED);
	for (int i = 0; i < OUTCOME_COUNT; i++)
		assert_int_equal(line_outcome_parse(line_outcome_name(
					 (enum line_outcome)i)),
			i);
	assert_int_equal(line_outcome_parse(NULL), OUTCOME_COUNT);
}

static void
may_agrees_with_the_rule(void **state)
{
	(void)state;
	for (int from = 0; from < STATE_COUNT; from++)
		for (int event = 0; event < EVENT_COUNT; event++)
			for (unsigned by = 0; by <= LAST;
				by = by ? by * 2 : 1) {
				struct request_facts f = facts(0),
						     wlz = facts(WLZ);
				enum request_state s = (enum request_state)from;
				enum request_event e =
					(enum request_event)event;
				bool rule =
					!request_rule(s, e, by, &f).refused ||
					!request_rule(s, e, by, &wlz).refused;

				assert_int_equal(request_may(s, e, by), rule);
			}
}

static void
begins(void **state)
{
	(void)state;
	for (int s = 0; s < STATE_COUNT; s++)
		assert_int_equal(request_begins((enum request_state)s),
			s == STATE_AWAITING_APPROVAL ||
				s == STATE_AWAITING_SIGNATURE ||
				s == STATE_SUBMITTED || s == STATE_OWN_PLANNED);
}

static void
ends(void **state)
{
	(void)state;
	for (int s = 0; s < STATE_COUNT; s++)
		assert_int_equal(request_ended((enum request_state)s),
			s == STATE_DONE || s == STATE_REJECTED ||
				s == STATE_WITHDRAWN || s == STATE_CANCELLED);
}

static void
what_still_comes(void **state)
{
	(void)state;
	assert_true(request_is_before(STATE_SUBMITTED, STATE_ACCEPTED));
	assert_true(request_is_before(STATE_PLANNED, STATE_IN_PROGRESS));
	assert_false(request_is_before(STATE_PLANNED, STATE_ACCEPTED));
	assert_false(request_is_before(STATE_ON_HOLD, STATE_ACCEPTED));
	assert_false(request_is_before(STATE_OWN_PLANNED, STATE_IN_PROGRESS));
	for (int s = 0; s < STATE_COUNT; s++)
		assert_false(request_is_before(
			(enum request_state)s, (enum request_state)s));
}

static void
names_there_and_back(void **state)
{
	(void)state;
	for (int s = 0; s < STATE_COUNT; s++)
		assert_int_equal(request_state_parse(request_state_name(
					 (enum request_state)s)),
			s);
	for (int e = 0; e < EVENT_COUNT; e++)
		assert_int_equal(request_event_parse(request_event_name(
					 (enum request_event)e)),
			e);
	for (int k = 0; k < KIND_COUNT; k++)
		assert_int_equal(request_kind_parse(request_kind_name(
					 (enum request_kind)k)),
			k);
	assert_int_equal(request_state_parse("nonsense"), STATE_COUNT);
	assert_int_equal(request_event_parse(""), EVENT_COUNT);
	assert_int_equal(request_kind_parse(NULL), KIND_COUNT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_event_and_actor),
		cmocka_unit_test(approval_comes_before_all_else),
		cmocka_unit_test(what_an_event_must_come_with),
		cmocka_unit_test(resume_goes_where_it_was),
		cmocka_unit_test(resume_goes_nowhere_where_it_was_nowhere),
		cmocka_unit_test(a_report_is_what_its_lines_are),
		cmocka_unit_test(may_agrees_with_the_rule),
		cmocka_unit_test(begins),
		cmocka_unit_test(ends),
		cmocka_unit_test(what_still_comes),
		cmocka_unit_test(names_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
