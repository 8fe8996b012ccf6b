/* The states of an account, and who must be left (states.md, I4-I6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/account.h"

#define NO ACCOUNT_STATES

static void
every_state_and_event(void **state)
{
	/* invited, active, deactivated, ended */
	static const enum account_state next[ACCOUNT_EVENTS][ACCOUNT_STATES] = {
		[ACCOUNT_ACTIVATE] = {ACCOUNT_ACTIVE, NO, NO, NO},
		[ACCOUNT_RESEND] = {ACCOUNT_INVITED, NO, NO, NO},
		[ACCOUNT_CHANGE] = {ACCOUNT_INVITED, ACCOUNT_ACTIVE,
			ACCOUNT_DEACTIVATED, NO},
		[ACCOUNT_DEACTIVATE] = {ACCOUNT_DEACTIVATED,
			ACCOUNT_DEACTIVATED, NO, NO},
		[ACCOUNT_REACTIVATE] = {NO, NO, ACCOUNT_ACTIVE, NO},
		[ACCOUNT_READDRESS] = {ACCOUNT_INVITED, ACCOUNT_INVITED,
			ACCOUNT_INVITED, NO},
		[ACCOUNT_RESET_FACTOR] = {ACCOUNT_INVITED, ACCOUNT_ACTIVE,
			ACCOUNT_DEACTIVATED, NO},
		[ACCOUNT_END] = {ACCOUNT_ENDED, ACCOUNT_ENDED, ACCOUNT_ENDED,
			NO},
	};
	const struct account_facts facts = {.has_password = true};

	(void)state;
	for (int e = 0; e < ACCOUNT_EVENTS; e++)
		for (int s = 0; s < ACCOUNT_STATES; s++) {
			struct account_verdict v =
				account_rule((enum account_state)s,
					(enum account_event)e, &facts);

			if (next[e][s] == NO) {
				assert_string_equal(v.refused, "state");
				assert_int_equal(v.next, s);
			} else {
				assert_null(v.refused);
				assert_int_equal(v.next, next[e][s]);
			}
			assert_int_equal(account_may((enum account_state)s,
						 (enum account_event)e),
				next[e][s] != NO);
		}
}

static void
never_activated_is_invited_again(void **state)
{
	const struct account_facts facts = {.has_password = false};

	(void)state;
	assert_int_equal(
		account_rule(ACCOUNT_DEACTIVATED, ACCOUNT_REACTIVATE, &facts)
			.next,
		ACCOUNT_INVITED);
}

static const char *
refused(enum account_event event, struct account_facts facts)
{
	return account_rule(ACCOUNT_ACTIVE, event, &facts).refused;
}

static void
who_may_not(void **state)
{
	const struct account_facts own = {.own = true};
	const struct account_facts last = {.last_keeper = true};
	const struct account_facts leaned = {.depended_on = true};

	(void)state;
	for (int e = 0; e < ACCOUNT_EVENTS; e++) {
		bool goes = e == ACCOUNT_DEACTIVATE || e == ACCOUNT_END;
		struct account_facts job = {true, true, true, true, true};

		if (!account_may(ACCOUNT_ACTIVE, (enum account_event)e))
			continue;
		if (goes || e == ACCOUNT_READDRESS || e == ACCOUNT_RESET_FACTOR)
			assert_string_equal(
				refused((enum account_event)e, own), "own");
		else
			assert_null(refused((enum account_event)e, own));
		if (goes) {
			assert_string_equal(
				refused((enum account_event)e, last), "last");
			assert_string_equal(
				refused((enum account_event)e, leaned),
				"successor");
		} else {
			assert_null(refused((enum account_event)e, last));
			assert_null(refused((enum account_event)e, leaned));
		}
		assert_null(refused((enum account_event)e, job));
	}
}

static void
another_role(void **state)
{
	const struct account_role admin = {true, true, true, false};
	const struct account_role three = {false, true, true, true};
	const struct account_role four = {false, false, false, false};
	const struct account_role five = {false, false, true, true};
	const struct account_depends none = {false, false};
	const struct account_depends services = {true, false};
	const struct account_depends orders = {false, true};
	const struct account_facts other = {0};
	const struct account_facts own = {.own = true};
	const struct account_facts last = {.last_keeper = true};

	(void)state;
	assert_null(account_role_refused(&three, &four, false, &none, &other));
	assert_string_equal(
		account_role_refused(&four, &admin, false, &none, &own), "own");
	assert_string_equal(
		account_role_refused(&admin, &three, false, &none, &last),
		"last");
	assert_null(account_role_refused(&admin, &admin, false, &none, &last));
	assert_string_equal(
		account_role_refused(&three, &five, true, &services, &other),
		"successor");
	assert_null(account_role_refused(&three, &five, true, &orders, &other));
	assert_string_equal(
		account_role_refused(&three, &five, false, &orders, &other),
		"successor");
	assert_string_equal(
		account_role_refused(&three, &four, true, &orders, &other),
		"successor");
}

static void
steps(void **state)
{
	struct account_step some[ACCOUNT_STEPS_MAX + 1] = {
		{0, 7}, {50000, 8}, {250000, 7}};
	int at;

	(void)state;
	assert_null(account_steps_refused(some, 0, 9, &at));
	assert_null(account_steps_refused(some, 3, 9, &at));
	assert_string_equal(account_steps_refused(some, 3, 8, &at), "self");
	assert_int_equal(at, 1);
	some[2].from_cents = 0;
	assert_string_equal(account_steps_refused(some, 3, 9, &at), "twice");
	assert_int_equal(at, 2);
	some[0].from_cents = -1;
	assert_string_equal(account_steps_refused(some, 3, 9, &at), "negative");
	assert_int_equal(at, 0);
	assert_string_equal(
		account_steps_refused(some, ACCOUNT_STEPS_MAX + 1, 9, &at),
		"many");
}

static void
names(void **state)
{
	(void)state;
	for (int s = 0; s < ACCOUNT_STATES; s++)
		assert_int_equal(account_state_parse(account_state_name(
					 (enum account_state)s)),
			s);
	assert_int_equal(account_state_parse("other"), ACCOUNT_STATES);
	assert_int_equal(account_state_parse(NULL), ACCOUNT_STATES);
	assert_string_equal(account_event_name(ACCOUNT_END), "end");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_and_event),
		cmocka_unit_test(never_activated_is_invited_again),
		cmocka_unit_test(who_may_not),
		cmocka_unit_test(another_role),
		cmocka_unit_test(steps),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
