/* What an inspection does to an aid, and what can't be entered, as tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/inspection.h"

/* Each result x status: after, and after one that was rejected before. */
static const struct {
	const char *result, *status, *after, *again;
} effects[] = {
	{"approved", "in_use", "in_use", "in_use"},
	{"approved", "in_depot", "in_depot", "in_depot"},
	{"approved", "in_transport", "in_transport", "in_transport"},
	{"approved", "in_cleaning", "in_cleaning", "in_cleaning"},
	{"approved", "in_repair", "in_repair", "in_repair"},
	{"approved", "out_of_service", "out_of_service", "in_use"},
	{"approved", "scrapped", "scrapped", "scrapped"},
	{"remarks", "in_use", "in_use", "in_use"},
	{"remarks", "in_depot", "in_depot", "in_depot"},
	{"remarks", "in_transport", "in_transport", "in_transport"},
	{"remarks", "in_cleaning", "in_cleaning", "in_cleaning"},
	{"remarks", "in_repair", "in_repair", "in_repair"},
	{"remarks", "out_of_service", "out_of_service", "in_use"},
	{"remarks", "scrapped", "scrapped", "scrapped"},
	{"rejected", "in_use", "out_of_service", "out_of_service"},
	{"rejected", "in_depot", "out_of_service", "out_of_service"},
	{"rejected", "in_transport", "out_of_service", "out_of_service"},
	{"rejected", "in_cleaning", "out_of_service", "out_of_service"},
	{"rejected", "in_repair", "out_of_service", "out_of_service"},
	{"rejected", "out_of_service", "out_of_service", "out_of_service"},
	{"rejected", "scrapped", "scrapped", "scrapped"},
};

static void
effects_by_the_table(void **state)
{
	enum { ROWS = sizeof(effects) / sizeof(effects[0]) };

	(void)state;
	assert_int_equal(ROWS, INSPECTION_RESULT_COUNT * AID_STATUS_COUNT);
	for (size_t i = 0; i < ROWS; i++) {
		enum inspection_result result =
			inspection_result_parse(effects[i].result);
		enum aid_status status = aid_status_parse(effects[i].status);

		assert_string_equal(aid_status_name(inspection_status(
					    result, status, false, false)),
			effects[i].after);
		assert_string_equal(aid_status_name(inspection_status(
					    result, status, true, false)),
			effects[i].again);
	}
	assert_int_equal(inspection_status(INSPECTION_APPROVED,
				 AID_OUT_OF_SERVICE, true, true),
		AID_IN_DEPOT);
}

static void
the_next_is_months_later(void **state)
{
	static const struct {
		const char *day;
		int months;
		const char *next;
	} rows[] = {
		{"2026-11-22", 12, "2027-11-22"},
		{"2026-11-22", 24, "2028-11-22"},
		{"2026-12-01", 1, "2027-01-01"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2027-08-31", 6, "2028-02-29"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2026-10-31", 2, "2026-12-31"},
	};
	char next[DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		inspection_next(rows[i].day, rows[i].months, next);
		assert_string_equal(next, rows[i].next);
	}
}

static void
what_can_be_entered(void **state)
{
	static const struct {
		const char *day, *last, *result, *next;
		int months;
		bool remark;
		const char *field, *error;
	} rows[] = {
		{"2026-11-22", "2025-11-20", "approved", "2027-11-22", 12,
			false, NULL, NULL},
		{"2026-11-22", NULL, "approved", NULL, 0, false, NULL, NULL},
		{"2026-11-23", NULL, "approved", "2027-11-22", 12, false, "day",
			"date-max"},
		{"2026-10-22", NULL, "approved", "2027-10-22", 12, false, NULL,
			NULL},
		{"2026-10-21", NULL, "approved", "2027-10-21", 12, false, "day",
			"date-min"},
		{"2026-11-19", "2026-11-20", "approved", "2027-11-22", 12,
			false, "day", "before-last"},
		{"2026-11-20", "2026-11-20", "approved", "2027-11-20", 12,
			false, NULL, NULL},
		{"2026-11-22", NULL, "approved", NULL, 12, false, "next",
			"missing"},
		{"2026-11-22", NULL, "approved", "2026-11-22", 12, false,
			"next", "date-min"},
		{"2026-11-22", NULL, "approved", "2031-11-22", 12, false, NULL,
			NULL},
		{"2026-11-22", NULL, "approved", "2031-11-23", 12, false,
			"next", "date-max"},
		{"2026-11-22", NULL, "remarks", "2027-11-22", 12, false,
			"remark", "missing"},
		{"2026-11-22", NULL, "remarks", "2027-11-22", 12, true, NULL,
			NULL},
		{"2026-11-22", NULL, "rejected", NULL, 12, false, "remark",
			"missing"},
		{"2026-11-22", NULL, "rejected", NULL, 12, true, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct inspection_facts f = {.today = "2026-11-22",
			.day = rows[i].day,
			.last = rows[i].last,
			.result = inspection_result_parse(rows[i].result),
			.next = rows[i].next,
			.months = rows[i].months,
			.remark = rows[i].remark};
		struct inspection_fault fault = inspection_refused(&f);

		if (!rows[i].field) {
			assert_null(fault.field);
			continue;
		}
		assert_non_null(fault.field);
		assert_string_equal(fault.field, rows[i].field);
		assert_string_equal(fault.error, rows[i].error);
	}
}

static void
how_soon_it_is_due(void **state)
{
	(void)state;
	assert_null(inspection_due_state(NULL, "2026-11-22"));
	assert_string_equal(
		inspection_due_state("2026-11-21", "2026-11-22"), "overdue");
	assert_string_equal(
		inspection_due_state("2026-11-22", "2026-11-22"), "soon");
	assert_string_equal(
		inspection_due_state("2026-12-22", "2026-11-22"), "soon");
	assert_string_equal(
		inspection_due_state("2026-12-23", "2026-11-22"), "later");
}

static void
names_there_and_back(void **state)
{
	(void)state;
	for (int i = 0; i < INSPECTION_RESULT_COUNT; i++)
		assert_int_equal(inspection_result_parse(inspection_result_name(
					 (enum inspection_result)i)),
			i);
	assert_int_equal(
		inspection_result_parse("good"), INSPECTION_RESULT_COUNT);
	assert_int_equal(
		inspection_result_parse(NULL), INSPECTION_RESULT_COUNT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(effects_by_the_table),
		cmocka_unit_test(the_next_is_months_later),
		cmocka_unit_test(what_can_be_entered),
		cmocka_unit_test(how_soon_it_is_due),
		cmocka_unit_test(names_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
