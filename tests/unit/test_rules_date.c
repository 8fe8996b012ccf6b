/* Working days, and which dates can be wished for and planned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/date.h"

static void
days_off(void **state)
{
	static const struct {
		const char *date;
		bool work;
	} days[] = {
		{"2026-11-20", true},  /* Friday */
		{"2026-11-21", false}, /* Saturday */
		{"2026-11-22", false}, /* Sunday */
		{"2026-11-23", true},
		{"2026-01-01", false},
		{"2026-04-03", true},  /* Good Friday: worked */
		{"2026-04-06", false}, /* Easter Monday */
		{"2026-04-27", false}, /* King's day */
		{"2025-04-26", false}, /* … the day before, a Saturday */
		{"2025-04-28", true},
		{"2026-05-14", false}, /* Ascension */
		{"2026-05-25", false}, /* Whit Monday */
		{"2026-05-05", true},
		{"2025-05-05", false}, /* a fifth year */
		{"2026-12-25", false},
		{"2027-12-24", true},
		{"2024-04-01", false}, /* Easter Monday of a leap year */
		{"2028-02-29", true},
		{"2038-04-26", false}, /* the latest Easter there is */
		{"1970-01-02", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		assert_int_equal(date_is_workday(days[i].date), days[i].work);
}

static void
earliest(void **state)
{
	static const struct {
		const char *today;
		int lead;
		const char *result;
	} cases[] = {
		{"2026-11-22", 1, "2026-11-23"}, /* Sunday: Monday */
		{"2026-11-20", 1, "2026-11-23"}, /* Friday: Monday */
		{"2026-11-23", 1, "2026-11-24"},
		{"2026-11-23", 0, "2026-11-23"},
		{"2026-11-22", 0, "2026-11-23"},
		{"2026-11-19", 3, "2026-11-24"},
		{"2026-12-24", 1, "2026-12-28"}, /* Christmas, a weekend */
		{"2026-12-31", 1, "2027-01-04"},
		{"2028-02-28", 1, "2028-02-29"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char result[DATE_SIZE];

		date_earliest(cases[i].today, cases[i].lead, result);
		assert_string_equal(result, cases[i].result);
	}
}

static void
latest(void **state)
{
	char result[DATE_SIZE];

	(void)state;
	date_latest("2026-11-22", result);
	assert_string_equal(result, "2027-11-23");
}

static void
wishes_and_plans(void **state)
{
	static const struct {
		const char *day, *wish, *plan;
	} cases[] = {
		{"2026-11-20", "date-min", "date-min"},
		{"2026-11-22", "date-min", NULL},
		{"2026-11-23", NULL, NULL},
		{"2026-11-28", "date-workday", NULL},
		{"2026-12-25", "date-workday", NULL},
		{"2027-11-23", NULL, NULL},
		{"2027-11-24", "date-max", "date-max"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *wish = date_wish_refused(
			cases[i].day, "2026-11-22", DATE_LEAD_DAYS);
		const char *plan =
			date_plan_refused(cases[i].day, "2026-11-22");

		assert_int_equal(!wish, !cases[i].wish);
		assert_int_equal(!plan, !cases[i].plan);
		if (wish)
			assert_string_equal(wish, cases[i].wish);
		if (plan)
			assert_string_equal(plan, cases[i].plan);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_off),
		cmocka_unit_test(earliest),
		cmocka_unit_test(latest),
		cmocka_unit_test(wishes_and_plans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
