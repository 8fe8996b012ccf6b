/* The meter of an aid: it never runs back, but may be replaced (S5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/inspection.h"
#include "rules/meter.h"

static void
a_meter_never_runs_back(void **state)
{
	const struct meter none = {NULL, 0}, last = {"hours", 1234};
	const struct {
		struct meter now;
		const char *refused;
	} readings[] = {
		{{"hours", 1234}, NULL},
		{{"hours", 1235}, NULL},
		{{"hours", 1233}, "lower"},
		{{"km", 5000}, "other-unit"},
		{{"hours", METER_MOST}, NULL},
		{{"hours", METER_MOST + 1}, "too-much"},
		{{"hours", -1}, "number"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
		const char *refused =
			meter_refused(&last, &readings[i].now, false);

		if (readings[i].refused)
			assert_string_equal(refused, readings[i].refused);
		else
			assert_null(refused);
		if (readings[i].now.reading >= 0 &&
			readings[i].now.reading <= METER_MOST) {
			assert_null(
				meter_refused(&last, &readings[i].now, true));
			assert_null(
				meter_refused(&none, &readings[i].now, false));
		}
	}
}

static void
a_meter_is_never_below_nothing(void **state)
{
	const struct meter none = {NULL, 0}, now = {"km", -1};

	(void)state;
	assert_string_equal(meter_refused(&none, &now, false), "number");
	assert_string_equal(meter_refused(&none, &now, true), "number");
}

static void
a_next_inspection_lies_ahead(void **state)
{
	(void)state;
	assert_null(inspection_next_refused("2026-11-23", "2026-11-22"));
	assert_null(inspection_next_refused("2031-11-22", "2026-11-22"));
	assert_string_equal(inspection_next_refused("2026-11-22", "2026-11-22"),
		"date-min");
	assert_string_equal(inspection_next_refused("2031-11-23", "2026-11-22"),
		"date-max");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_meter_never_runs_back),
		cmocka_unit_test(a_meter_is_never_below_nothing),
		cmocka_unit_test(a_next_inspection_lies_ahead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
