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
calendar_of(bool holidays, const char *const closed[][2], size_t count)
{
	struct date_calendar c = {.holidays = holidays};

	for (size_t i = 0; i < count; i++)
		assert_true(date_close(&c, closed[i][0], closed[i][1]));
	date_set_calendar(&c);
}

/* Which day off it is: the message says so. */
static void
names(void **state)
{
	static const char *const days[][2] = {
		{"2026-11-21", "date-saturday"},
		{"2026-11-22", "date-sunday"},
		{"2026-01-01", "date-new-year"},
		{"2026-04-06", "date-easter-monday"},
		{"2026-04-27", "date-kings-day"},
		{"2025-04-26", "date-kings-day"}, /* a Saturday too */
		{"2025-05-05", "date-liberation-day"},
		{"2026-05-14", "date-ascension-day"},
		{"2026-05-25", "date-whit-monday"},
		{"2026-12-25", "date-christmas-day"},
		{"2026-12-26", "date-boxing-day"},
		{"2026-12-24", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		const char *off = date_off(days[i][0]);

		assert_int_equal(!off, !days[i][1]);
		if (off && days[i][1])
			assert_string_equal(off, days[i][1]);
	}
}

static void
same(const char *is, const char *want)
{
	assert_int_equal(!is, !want);
	if (is && want)
		assert_string_equal(is, want);
}

static void
closed_days(void **state)
{
	static const char *const closed[][2] = {
		{"2026-12-24", "2026-12-24"}, {"2026-12-28", "2027-01-01"}};
	static const struct {
		const char *day, *refused, *off;
	} cases[] = {
		{"2026-12-23", NULL, NULL},
		{"2026-12-24", "date-closed", "date-closed"},
		{"2026-12-25", "date-christmas-day", NULL},
		{"2026-12-27", "date-sunday", NULL},
		{"2026-12-28", "date-closed", "date-closed"},
		{"2027-01-01", "date-closed", "date-closed"},
		{"2027-01-02", "date-saturday", NULL},
		{"2027-01-04", NULL, NULL},
	};
	char result[DATE_SIZE];

	(void)state;
	calendar_of(true, closed, 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		same(date_wish_refused(cases[i].day, "2026-12-22", 1),
			cases[i].refused);
		same(date_plan_refused(cases[i].day, "2026-12-22", false),
			cases[i].refused);
		same(date_plan_refused(cases[i].day, "2026-12-22", true),
			cases[i].off);
	}
	date_earliest("2026-12-23", 1, result);
	assert_string_equal(result, "2027-01-04");
	date_plan_earliest("2026-12-28", result);
	assert_string_equal(result, "2027-01-02");
	date_plan_earliest("2026-12-23", result);
	assert_string_equal(result, "2026-12-23");
	calendar_of(false, NULL, 0);
	same(date_off("2026-12-25"), NULL);
	same(date_off("2026-12-26"), "date-saturday");
	calendar_of(true, NULL, 0);
}

/* Nobody ever works: an end is found all the same. */
static void
always_closed(void **state)
{
	static const char *const closed[][2] = {
		{"2026-01-01", "2026-12-31"}, {"2027-01-01", "2027-12-31"}};
	struct date_calendar c = {.holidays = true};
	char result[DATE_SIZE];

	(void)state;
	assert_false(date_close(&c, "2026-01-02", "2026-01-01"));
	assert_false(date_close(&c, "2026-01-01", "2027-12-31"));
	for (int i = 0; i < DATE_CLOSED_MAX; i++)
		assert_true(date_close(&c, "2026-01-01", "2026-01-01"));
	assert_false(date_close(&c, "2026-01-01", "2026-01-01"));
	calendar_of(true, closed, 2);
	date_earliest("2026-06-01", 1, result);
	assert_string_equal(result, "2027-06-02");
	date_plan_earliest("2026-06-01", result);
	assert_string_equal(result, "2027-06-02");
	calendar_of(true, NULL, 0);
}

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
		const char *day, *wish, *plan, *off;
	} cases[] = {
		{"2026-11-20", "date-min", "date-min", "date-min"},
		{"2026-11-22", "date-min", "date-sunday", NULL},
		{"2026-11-23", NULL, NULL, NULL},
		{"2026-11-28", "date-saturday", "date-saturday", NULL},
		{"2026-12-25", "date-christmas-day", "date-christmas-day",
			NULL},
		{"2027-11-23", NULL, NULL, NULL},
		{"2027-11-24", "date-max", "date-max", "date-max"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *day = cases[i].day;

		same(date_wish_refused(day, "2026-11-22", DATE_LEAD_DAYS),
			cases[i].wish);
		same(date_plan_refused(day, "2026-11-22", false),
			cases[i].plan);
		same(date_plan_refused(day, "2026-11-22", true), cases[i].off);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_off),
		cmocka_unit_test(names),
		cmocka_unit_test(closed_days),
		cmocka_unit_test(always_closed),
		cmocka_unit_test(earliest),
		cmocka_unit_test(latest),
		cmocka_unit_test(wishes_and_plans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
