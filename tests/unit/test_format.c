/* How values look: dates, times, money, numbers, phones, in two languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/format.h"

#define S "\xc2\xa0" /* no-break space */
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

struct sample {
	const char *in, *nl, *en;
};

static void
check(char *(*format)(struct pool *, enum lang, const char *),
	const struct sample *samples, size_t count)
{
	struct pool *p = pool_create();

	for (size_t i = 0; i < count; i++) {
		const struct sample *s = &samples[i];

		assert_string_equal(format(p, LANG_NL, s->in), s->nl);
		assert_string_equal(format(p, LANG_EN, s->in), s->en);
	}
	pool_destroy(p);
}

static void
test_lang(void **state)
{
	(void)state;
	assert_int_equal(lang_parse("en"), LANG_EN);
	assert_int_equal(lang_parse("nl"), LANG_NL);
	assert_int_equal(lang_parse("de"), LANG_NL);
	assert_int_equal(lang_parse(NULL), LANG_NL);
	assert_string_equal(lang_code(LANG_EN), "en");
}

static void
test_date(void **state)
{
	static const struct sample samples[] = {
		{"2026-11-22", "22-11-2026", "22" S "Nov" S "2026"},
		{"2024-02-29", "29-02-2024", "29" S "Feb" S "2024"},
		{"2025-12-31T23:30:00Z", "01-01-2026", "1" S "Jan" S "2026"},
		{"2026-02-30", "2026-02-30", "2026-02-30"},
		{"22-11-2026", "22-11-2026", "22-11-2026"},
		{"2026-11-22x", "2026-11-22x", "2026-11-22x"},
		{"", "", ""},
		{NULL, "", ""},
	};

	(void)state;
	check(format_date, samples, COUNT(samples));
}

static void
test_date_short(void **state)
{
	static const struct sample samples[] = {
		{"2026-11-22", "22-11", "22" S "Nov"},
		{"2028-02-09", "09-02", "9" S "Feb"},
		{"2026-02-30", "2026-02-30", "2026-02-30"},
		{"2025-12-31T23:30:00Z", "2025-12-31T23:30:00Z",
			"2025-12-31T23:30:00Z"},
		{NULL, "", ""},
	};

	(void)state;
	check(format_date_short, samples, COUNT(samples));
}

static void
test_date_long(void **state)
{
	static const struct sample samples[] = {
		{"2026-11-22", "zondag 22" S "november" S "2026",
			"Sunday 22" S "November" S "2026"},
		{"2024-02-29", "donderdag 29" S "februari" S "2024",
			"Thursday 29" S "February" S "2024"},
		{"soon", "soon", "soon"},
	};

	(void)state;
	check(format_date_long, samples, COUNT(samples));
}

/* Summer time begins and ends at 01:00 UTC. */
static void
test_datetime(void **state)
{
	static const struct sample samples[] = {
		{"2026-11-21T09:42:00Z", "21-11-2026, 10.42" S "uur",
			"21" S "Nov" S "2026, 10:42"},
		{"2026-07-01T22:15:00Z", "02-07-2026, 0.15" S "uur",
			"2" S "Jul" S "2026, 00:15"},
		{"2026-03-29T00:59:00Z", "29-03-2026, 1.59" S "uur",
			"29" S "Mar" S "2026, 01:59"},
		{"2026-03-29T01:00:00Z", "29-03-2026, 3.00" S "uur",
			"29" S "Mar" S "2026, 03:00"},
		{"2026-10-25T00:59:00Z", "25-10-2026, 2.59" S "uur",
			"25" S "Oct" S "2026, 02:59"},
		{"2026-10-25T01:00:00Z", "25-10-2026, 2.00" S "uur",
			"25" S "Oct" S "2026, 02:00"},
		{"2026-12-31 23:00:00", "01-01-2027, 0.00" S "uur",
			"1" S "Jan" S "2027, 00:00"},
		{"2026-11-21", "2026-11-21", "2026-11-21"},
		{"2026-11-21T24:00:00Z", "2026-11-21T24:00:00Z",
			"2026-11-21T24:00:00Z"},
	};
	static const struct sample times[] = {
		{"2026-11-21T09:42:00Z", "10.42" S "uur", "10:42"},
		{"08:05:00", "8.05" S "uur", "08:05"},
		{"later", "later", "later"},
	};

	(void)state;
	check(format_datetime, samples, COUNT(samples));
	check(format_time, times, COUNT(times));
}

static void
test_money(void **state)
{
	static const struct sample samples[] = {
		{"157723", "\xe2\x82\xac" S "1.577,23",
			"\xe2\x82\xac"
			"1,577.23"},
		{"-1250", "\xe2\x88\x92\xe2\x82\xac" S "12,50",
			"\xe2\x88\x92\xe2\x82\xac"
			"12.50"},
		{"5", "\xe2\x82\xac" S "0,05",
			"\xe2\x82\xac"
			"0.05"},
		{"0", "\xe2\x82\xac" S "0,00",
			"\xe2\x82\xac"
			"0.00"},
		{"123456789012", "\xe2\x82\xac" S "1.234.567.890,12",
			"\xe2\x82\xac"
			"1,234,567,890.12"},
		{"12,50", "12,50", "12,50"},
		{"", "", ""},
	};
	static const struct sample amounts[] = {
		{"157723", "1577,23", "1577.23"},
		{"-5", "-0,05", "-0.05"},
		{"abc", "abc", "abc"},
	};

	(void)state;
	check(format_money, samples, COUNT(samples));
	check(format_amount, amounts, COUNT(amounts));
}

static void
test_number(void **state)
{
	static const struct sample samples[] = {
		{"1284", "1.284", "1,284"},
		{"999", "999", "999"},
		{"-1000000",
			"\xe2\x88\x92"
			"1.000.000",
			"\xe2\x88\x92"
			"1,000,000"},
		{"12.5", "12,5", "12.5"},
		{"1.", "1.", "1."},
		{".5", ".5", ".5"},
		{"1e3", "1e3", "1e3"},
	};

	(void)state;
	check(format_number, samples, COUNT(samples));
}

static void
test_code(void **state)
{
	static const struct {
		const char *in, *out;
	} samples[] = {
		{"204817", "204" S "817"},
		{"20417", "20" S "417"},
		{"2026-118342", "2026-118" S "342"},
		{"A-77310", "A-77" S "310"},
		{"1234567", "1" S "234" S "567"},
		{"TL2-0094-7731", "TL2-0094-7731"},
		{"", ""},
		{NULL, ""},
	};
	struct pool *p = pool_create();

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		assert_string_equal(
			format_code(p, samples[i].in), samples[i].out);
	pool_destroy(p);
}

static void
test_phone(void **state)
{
	static const struct {
		const char *in, *out, *tel;
	} samples[] = {
		{"0500001200", "050" S "000" S "12" S "00", "tel:+31500001200"},
		{"+31500001200", "050" S "000" S "12" S "00",
			"tel:+31500001200"},
		{"0031 6 1234 5678", "06" S "12" S "34" S "56" S "78",
			"tel:+31612345678"},
		{"(0512) 12-34-56", "0512" S "12" S "34" S "56",
			"tel:+31512123456"},
		{"0900 1234", "0900 1234", "tel:09001234"},
		{"050 12 34", "050 12 34", "tel:0501234"},
		{"+49 30 123456", "+49 30 123456", "tel:+4930123456"},
		{"", "", "tel:"},
		{NULL, "", "tel:"},
	};
	struct pool *p = pool_create();

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		assert_string_equal(
			format_phone(p, samples[i].in), samples[i].out);
		assert_string_equal(
			format_tel(p, samples[i].in), samples[i].tel);
	}
	pool_destroy(p);
}

static void
test_mailto(void **state)
{
	struct pool *p = pool_create();

	(void)state;
	assert_string_equal(format_mailto(p, "a.b-c_d@x-y.example"),
		"mailto:a.b-c_d@x-y.example");
	assert_string_equal(format_mailto(p, "a?bcc=b&c%d#e/'@x.example"),
		"mailto:a%3Fbcc%3Db%26c%25d%23e%2F%27@x.example");
	assert_string_equal(format_mailto(p, "a@b?cc=c@x.example"),
		"mailto:a%40b%3Fcc%3Dc@x.example");
	assert_string_equal(format_mailto(p, "nobody"), "mailto:");
	assert_string_equal(format_mailto(p, NULL), "mailto:");
	pool_destroy(p);
}

static void
test_value(void **state)
{
	struct pool *p = pool_create();

	(void)state;
	assert_string_equal(
		format_value(p, LANG_NL, "date", "2026-11-22"), "22-11-2026");
	assert_string_equal(
		format_value(p, LANG_NL, "code", "204817"), "204" S "817");
	assert_string_equal(
		format_value(p, LANG_NL, "text", "204817"), "204817");
	assert_string_equal(format_value(p, LANG_NL, NULL, "a"), "a");
	assert_string_equal(format_value(p, LANG_NL, "date", NULL), "");
	pool_destroy(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lang),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_date_short),
		cmocka_unit_test(test_date_long),
		cmocka_unit_test(test_datetime),
		cmocka_unit_test(test_money),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_phone),
		cmocka_unit_test(test_mailto),
		cmocka_unit_test(test_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
