/* What keeps an organisation from ending, its code, and contracts (S2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/contract.h"
#include "rules/organisation.h"

static void
same(const char *found, const char *wanted)
{
	if (wanted)
		assert_string_equal(found ? found : "(NULL)", wanted);
	else
		assert_null(found);
}

static void
ends_when_empty(void **state)
{
	static const struct {
		struct in_use use;
		const char *refused;
	} cases[] = {
		{{0, 0, 0}, NULL},
		{{1, 0, 0}, "aids"},
		{{0, 1, 0}, "requests"},
		{{0, 0, 1}, "children"},
		{{5, 7, 0}, "aids"},
		{{5, 7, 2}, "children"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		same(organisation_end_refused(&cases[i].use), cases[i].refused);
}

static void
codes(void **state)
{
	static const struct {
		const char *code, *refused;
	} cases[] = {
		{"lindenhof", NULL},
		{"de-9-linden", NULL},
		{"ab", NULL},
		{"abcdefghijklmnopqrst", NULL},
		{"abcdefghijklmnopqrstu", "code"},
		{"a", "code"},
		{"", "code"},
		{"9a", "code"},
		{"-a", "code"},
		{"Ab", "code"},
		{"a b", "code"},
		{"a/b", "code"},
		{"a.b", "code"},
		{"h\xc3\xa9", "code"},
		{"new", "taken"},
		{"newer", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		same(organisation_code_refused(cases[i].code),
			cases[i].refused);
}

/* Beside one from February to April, and one from July on. */
static void
contracts(void **state)
{
	static const struct contract_span others[] = {
		{"2026-02-01", "2026-04-30"}, {"2026-07-01", NULL}};
	static const struct {
		struct contract_span span;
		const char *refused;
	} cases[] = {
		{{"2026-01-01", "2026-01-31"}, NULL},
		{{"2026-01-01", "2026-02-01"}, "overlap"},
		{{"2026-01-01", NULL}, "overlap"},
		{{"2026-04-30", "2026-05-31"}, "overlap"},
		{{"2026-05-01", "2026-06-30"}, NULL},
		{{"2026-05-01", "2026-07-01"}, "overlap"},
		{{"2026-05-01", NULL}, "overlap"},
		{{"2026-03-01", "2026-03-01"}, "overlap"},
		{{"2030-01-01", "2030-01-02"}, "overlap"},
		{{"2026-06-02", "2026-06-01"}, "until"},
		{{"2026-06-01", "2026-06-01"}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		same(contract_refused(&cases[i].span, others, 2),
			cases[i].refused);
	same(contract_refused(&others[1], NULL, 0), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_when_empty),
		cmocka_unit_test(codes),
		cmocka_unit_test(contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
