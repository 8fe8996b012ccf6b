/* The table of states.md for location changes, walked (I7, S4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/location_change.h"

enum { O = LOCATION_BY_ORGANISATION, S = LOCATION_BY_SUPPLIER };

static const struct listed {
	const char *from, *event;
	unsigned by;
	const char *to;
	unsigned told;
} table[] = {
	{"none", "ask", O, "asked", 7},
	{"asked", "carry-out", S, "done", 7},
	{"asked", "decline", S, "declined", 7},
	{"asked", "withdraw", O, "withdrawn", 6},
};

static const struct listed *
listed(enum location_state state, enum location_event event)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (!strcmp(table[i].from, location_state_name(state)) &&
			!strcmp(table[i].event, location_event_name(event)))
			return &table[i];
	return NULL;
}

static void
walk(enum location_state state, enum location_event event, unsigned actors)
{
	const struct listed *l = listed(state, event);
	struct location_verdict v = location_rule(state, event, actors, true);

	if (!l) {
		assert_string_equal(v.refused, "state");
	} else if (!(l->by & actors)) {
		assert_string_equal(v.refused, "actor");
	} else {
		assert_null(v.refused);
		assert_string_equal(location_state_name(v.next), l->to);
		assert_int_equal(v.told, l->told);
		return;
	}
	assert_int_equal(v.next, state);
	assert_int_equal(v.told, 0);
}

static void
every_state_and_event(void **arg)
{
	(void)arg;
	for (int s = 0; s < LOCATION_STATES; s++)
		for (int e = 0; e < LOCATION_EVENTS; e++)
			for (unsigned actors = 0; actors <= (O | S); actors++)
				walk((enum location_state)s,
					(enum location_event)e, actors);
}

static void
a_refusal_says_why(void **arg)
{
	struct location_verdict v =
		location_rule(LOCATION_ASKED, LOCATION_DECLINE, S, false);

	(void)arg;
	assert_string_equal(v.refused, "reason");
	v = location_rule(LOCATION_ASKED, LOCATION_CARRY_OUT, S, false);
	assert_null(v.refused);
}

static void
states_by_name(void **arg)
{
	(void)arg;
	for (int s = 0; s < LOCATION_STATES; s++)
		assert_int_equal(location_state_parse(location_state_name(
					 (enum location_state)s)),
			s);
	assert_int_equal(location_state_parse("open"), LOCATION_STATES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_and_event),
		cmocka_unit_test(a_refusal_says_why),
		cmocka_unit_test(states_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
