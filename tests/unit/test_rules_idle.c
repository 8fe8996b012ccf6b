/* Accounts that nobody uses: what is due on which day (C9). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/calendar.h"
#include "rules/idle.h"

static const struct {
	enum account_state state;
	bool was_active, has_address;
	const char *since, *warned, *again, *end_warned, *today;
	enum idle_step want;
	const char *day; /* of what it warns of */
} table[] = {
	/* In use, and until the day before each step */
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "", "", "2026-01-15",
		IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "", "", "2026-06-14",
		IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "", "", "2026-06-15",
		IDLE_WARN, "2026-07-15"},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "2026-06-15", "", "", "2026-06-16",
		IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "2026-06-15", "", "", "2026-06-23",
		IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "2026-06-15", "", "", "2026-06-24",
		IDLE_WARN_AGAIN, "2026-07-15"},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "2026-06-15", "2026-06-24", "",
		"2026-07-14", IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "2026-06-15", "2026-06-24", "",
		"2026-07-15", IDLE_DEACTIVATE, ""},
	/* The last day of a shorter month, and of February */
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-31", "", "", "", "2026-06-29",
		IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-31", "", "", "", "2026-06-30",
		IDLE_WARN, "2026-07-31"},
	{ACCOUNT_ACTIVE, 1, 1, "2025-08-31", "2026-02-01", "2026-02-07", "",
		"2026-02-28", IDLE_DEACTIVATE, ""},
	/* It did not run for weeks: no end without three weeks' notice */
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "", "", "2026-07-01",
		IDLE_WARN_AGAIN, "2026-07-22"},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "", "", "2027-01-01",
		IDLE_WARN_AGAIN, "2027-01-22"},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "2026-06-15", "", "", "2027-01-01",
		IDLE_WARN_AGAIN, "2027-01-22"},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "2027-01-01", "", "2027-01-21",
		IDLE_NOTHING, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2026-01-15", "", "2027-01-01", "", "2027-01-22",
		IDLE_DEACTIVATE, ""},
	{ACCOUNT_ACTIVE, 1, 1, "2023-01-15", "", "2027-01-01", "2024-01-01",
		"2027-01-22", IDLE_DEACTIVATE, ""},
	/* Two years */
	{ACCOUNT_DEACTIVATED, 1, 1, "2024-03-10", "", "", "", "2026-02-09",
		IDLE_NOTHING, ""},
	{ACCOUNT_DEACTIVATED, 1, 1, "2024-03-10", "", "", "", "2026-02-10",
		IDLE_WARN_END, "2026-03-10"},
	{ACCOUNT_DEACTIVATED, 1, 1, "2024-03-10", "", "", "2026-02-10",
		"2026-03-09", IDLE_NOTHING, ""},
	{ACCOUNT_DEACTIVATED, 1, 1, "2024-03-10", "", "", "2026-02-10",
		"2026-03-10", IDLE_END, ""},
	{ACCOUNT_DEACTIVATED, 1, 1, "2024-02-29", "", "", "2026-01-29",
		"2026-02-28", IDLE_END, ""},
	{ACCOUNT_DEACTIVATED, 1, 1, "2020-03-10", "", "", "", "2026-03-10",
		IDLE_WARN_END, "2026-03-31"},
	{ACCOUNT_DEACTIVATED, 1, 1, "2020-03-10", "", "", "2026-03-10",
		"2026-03-30", IDLE_NOTHING, ""},
	{ACCOUNT_DEACTIVATED, 1, 1, "2020-03-10", "", "", "2026-03-10",
		"2026-03-31", IDLE_END, ""},
	/* Never activated */
	{ACCOUNT_INVITED, 0, 1, "2026-01-15", "", "", "", "2026-06-23",
		IDLE_NOTHING, ""},
	{ACCOUNT_INVITED, 0, 1, "2026-01-15", "", "", "", "2026-06-24",
		IDLE_WARN_END, "2026-07-15"},
	{ACCOUNT_INVITED, 0, 1, "2026-01-15", "", "", "2026-06-24",
		"2026-07-14", IDLE_NOTHING, ""},
	{ACCOUNT_INVITED, 0, 1, "2026-01-15", "", "", "2026-06-24",
		"2026-07-15", IDLE_END, ""},
	/* Invited anew, with another address: by the two years */
	{ACCOUNT_INVITED, 1, 1, "2026-01-15", "", "", "", "2027-12-14",
		IDLE_NOTHING, ""},
	{ACCOUNT_INVITED, 1, 1, "2026-01-15", "", "", "", "2027-12-15",
		IDLE_WARN_END, "2028-01-15"},
	/* Nobody to warn */
	{ACCOUNT_INVITED, 0, 0, "2026-01-15", "", "", "", "2026-07-14",
		IDLE_NOTHING, ""},
	{ACCOUNT_INVITED, 0, 0, "2026-01-15", "", "", "", "2026-07-15",
		IDLE_END, ""},
	{ACCOUNT_ENDED, 1, 0, "2020-01-15", "", "", "", "2026-07-15",
		IDLE_NOTHING, ""},
};

static int
days(const char *date)
{
	return *date ? calendar_days_of(date) : 0;
}

static void
each_day(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct idle_facts f = {.state = table[i].state,
			.was_active = table[i].was_active,
			.has_address = table[i].has_address,
			.since = days(table[i].since),
			.warned = days(table[i].warned),
			.warned_again = days(table[i].again),
			.end_warned = days(table[i].end_warned)};
		int day;
		enum idle_step got = idle_next(&f, days(table[i].today), &day);

		if (got != table[i].want)
			fail_msg("row %zu, %s: %d, want %d", i, table[i].today,
				got, table[i].want);
		if (*table[i].day)
			assert_int_equal(day, days(table[i].day));
	}
}

/* Whatever nights it missed: each step at least three weeks after its
 * warning, and all of them in the end. */
static void
missed_nights(void **state)
{
	(void)state;
	for (int every = 1; every < 400; every++) {
		struct idle_facts f = {ACCOUNT_ACTIVE, true, true,
			days("2026-01-15"), 0, 0, 0};
		int day, end = 0;

		for (int today = f.since; !end; today += every) {
			switch (idle_next(&f, today, &day)) {
			case IDLE_NOTHING:
				break;
			case IDLE_WARN:
				assert_int_equal(f.warned, 0);
				f.warned = today;
				break;
			case IDLE_WARN_AGAIN:
				assert_int_equal(f.warned_again, 0);
				f.warned_again = today;
				break;
			case IDLE_DEACTIVATE:
				assert_true(today >=
					    f.warned_again + IDLE_NOTICE_DAYS);
				assert_true(today >= days("2026-07-15"));
				f.state = ACCOUNT_DEACTIVATED;
				break;
			case IDLE_WARN_END:
				assert_int_equal(f.end_warned, 0);
				f.end_warned = today;
				break;
			case IDLE_END:
				assert_true(today >=
					    f.end_warned + IDLE_NOTICE_DAYS);
				assert_true(today >= days("2028-01-15"));
				end = today;
				break;
			}
			assert_true(today < days("2035-01-01"));
		}
		assert_int_equal(f.state, ACCOUNT_DEACTIVATED);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_day),
		cmocka_unit_test(missed_nights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
