/* Dates as days, days of the week, and the clock of the Netherlands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/calendar.h"

/* Three centuries, day by day. */
static void
days(void **state)
{
	int first = calendar_days_of("1899-12-31");
	char before[DATE_SIZE] = "1899-12-31", date[DATE_SIZE];

	(void)state;
	for (int day = first + 1; day < first + 110000; day++) {
		calendar_date(day, date);
		assert_true(strcmp(before, date) < 0);
		assert_int_equal(calendar_days_of(date), day);
		assert_int_equal(calendar_weekday(day),
			(calendar_weekday(day - 1) + 1) % 7);
		memcpy(before, date, sizeof(date));
	}
	assert_string_equal(date, "2201-03-02");
}

static void
week(void **state)
{
	(void)state;
	assert_int_equal(calendar_weekday(calendar_days(2026, 11, 22)), 6);
	assert_int_equal(calendar_weekday(calendar_days(2026, 11, 23)), 0);
	assert_int_equal(calendar_weekday(calendar_days(1969, 12, 31)), 2);
}

/* As ISO 8601 numbers them; day by day, each Monday begins the next. */
static void
week_numbers(void **state)
{
	static const struct {
		const char *day;
		int year, week;
	} table[] = {{"2026-11-22", 2026, 47}, {"2026-11-23", 2026, 48},
		{"2026-01-01", 2026, 1}, {"2025-12-29", 2026, 1},
		{"2025-12-28", 2025, 52}, {"2027-01-01", 2026, 53},
		{"2027-01-03", 2026, 53}, {"2027-01-04", 2027, 1},
		{"2024-12-30", 2025, 1}, {"2021-01-03", 2020, 53}};
	int year, week, first = calendar_days(1999, 1, 4);

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		calendar_week(calendar_days_of(table[i].day), &year, &week);
		assert_int_equal(year, table[i].year);
		assert_int_equal(week, table[i].week);
	}
	assert_int_equal(calendar_weeks(2026), 53);
	assert_int_equal(calendar_weeks(2027), 52);
	for (int day = first; day < first + 40000; day++) {
		calendar_week(day, &year, &week);
		assert_true(week >= 1 && week <= calendar_weeks(year));
		assert_int_equal(calendar_week_begin(year, week),
			day - calendar_weekday(day));
	}
}

static void
months(void **state)
{
	(void)state;
	assert_int_equal(calendar_month_length(2026, 2), 28);
	assert_int_equal(calendar_month_length(2028, 2), 29);
	assert_int_equal(calendar_month_length(2100, 2), 28);
	assert_int_equal(calendar_month_length(2000, 2), 29);
	assert_int_equal(calendar_month_length(2026, 11), 30);
	assert_int_equal(calendar_month_length(2026, 12), 31);
}

/* 2026: summer time from 29 March 1:00 UTC to 25 October 1:00 UTC. */
static void
local(void **state)
{
	static const time_t begin = 1774746000, end = 1792890000;

	(void)state;
	assert_int_equal(calendar_local(begin - 1) - (begin - 1), 3600);
	assert_int_equal(calendar_local(begin) - begin, 7200);
	assert_int_equal(calendar_local(end - 1) - (end - 1), 7200);
	assert_int_equal(calendar_local(end) - end, 3600);
}

/* The clock changes hours after midnight. */
static void
day_begin(void **state)
{
	static const struct {
		const char *day;
		int64_t begin;
	} table[] = {{"2026-01-01", 1767222000}, {"2026-03-29", 1774738800},
		{"2026-03-30", 1774821600}, {"2026-10-25", 1792879200},
		{"2026-10-26", 1792969200}};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(
			calendar_day_begin(calendar_days_of(table[i].day)),
			table[i].begin);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days),
		cmocka_unit_test(week),
		cmocka_unit_test(week_numbers),
		cmocka_unit_test(months),
		cmocka_unit_test(local),
		cmocka_unit_test(day_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
