/* When the supervisor holds back workers that end as soon as they start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "brake.h"

static void
workers_that_cannot_start(void **state)
{
	struct brake b = {0};
	const int64_t pauses[] = {
		50, 100, 200, 400, 800, 1600, 3200, 5000, 5000};

	(void)state;
	for (int i = 0; i < BRAKE_FREE; i++)
		assert_int_equal(brake_ended(&b, 1000, 1010, false), 0);
	assert_int_equal(b.not_before, 0);
	for (size_t i = 0; i < sizeof(pauses) / sizeof(pauses[0]); i++) {
		assert_int_equal(brake_ended(&b, 1000, 1010, false), pauses[i]);
		assert_int_equal(b.not_before, 1010 + pauses[i]);
	}
}

/* The memory cap, the watchdog, a fault: one request each. */
static void
workers_that_a_request_ended(void **state)
{
	struct brake b = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_int_equal(brake_ended(&b, 1000, 1010, true), 0);
	assert_int_equal(b.not_before, 0);
}

static void
one_that_served_shows_that_it_can(void **state)
{
	struct brake b = {0};

	(void)state;
	for (int i = 0; i < BRAKE_FREE; i++)
		brake_ended(&b, 1000, 1010, false);
	assert_int_equal(brake_ended(&b, 1000, 1010, true), 0);
	assert_int_equal(brake_ended(&b, 1000, 1010, false), 0);
	for (int i = 1; i < BRAKE_FREE; i++)
		brake_ended(&b, 1000, 1010, false);
	assert_int_equal(
		brake_ended(&b, 1000, 1000 + BRAKE_QUICK_MS, false), 0);
	assert_int_equal(brake_ended(&b, 1000, 1010, false), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers_that_cannot_start),
		cmocka_unit_test(workers_that_a_request_ended),
		cmocka_unit_test(one_that_served_shows_that_it_can),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
