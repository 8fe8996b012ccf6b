/* Checks on text from outside: UTF-8, numbers, dates, encodings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"

static void
test_valid(void **state)
{
	static const char *const good[] = {"", "bed", "\t\n\r", "e\xcc\x81",
		"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x9b\x8f", "\xed\x9f\xbf",
		"\xee\x80\x80", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbd"};
	static const char *const bad[] = {"\x01", "\x1f", "a\x0b", "\x80",
		"\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x80\x80",
		"\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xef\xbf\xbe",
		"\xef\xbf\xbf", "\xe2\x82", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
		"\xff", "\xf8\x88\x80\x80\x80"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(text_valid(good[i], strlen(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(text_valid(bad[i], strlen(bad[i])));
	assert_false(text_valid("a\0b", 3));
	assert_false(text_valid("\xe2\x82\xac", 2));
	assert_int_equal(text_valid_until("caf\xc3\xa9 \xff", 7), 6);
	assert_int_equal(text_length("caf\xc3\xa9 \xe2\x82\xac"), 6);
}

static void
test_trim(void **state)
{
	struct pool *p = pool_create();

	(void)state;
	assert_string_equal(text_trim(p, " \t bed \r\n"), "bed");
	assert_string_equal(text_trim(p, ""), "");
	assert_string_equal(text_trim(p, " \n "), "");
	assert_string_equal(text_trim(p, "a\r\nb\rc\n\nd"), "a\nb\nc\n\nd");
	pool_destroy(p);
}

static void
test_int(void **state)
{
	static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1.0",
		"0x1", "9223372036854775808", "-9223372036854775809", "--1"};
	int64_t n = 0;

	(void)state;
	assert_true(text_int("0", &n));
	assert_int_equal(n, 0);
	assert_true(text_int("-007", &n));
	assert_int_equal(n, -7);
	assert_true(text_int("9223372036854775807", &n));
	assert_true(n == INT64_MAX);
	assert_true(text_int("-9223372036854775808", &n));
	assert_true(n == INT64_MIN);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(text_int(bad[i], &n));
}

static void
test_date(void **state)
{
	static const char *const good[][2] = {{"2026-11-25", "2026-11-25"},
		{"2026-1-5", "2026-01-05"}, {"25-11-2026", "2026-11-25"},
		{"5/1/2026", "2026-01-05"}, {"05.01.2026", "2026-01-05"},
		{"29-02-2028", "2028-02-29"}, {"31-12-2199", "2199-12-31"},
		{"1-1-1900", "1900-01-01"}, {"29-2-2000", "2000-02-29"}};
	static const char *const bad[] = {"", "2026", "2026-11", "2026-11-31",
		"29-02-2026", "29-02-2100", "0-1-2026", "1-0-2026", "1-13-2026",
		"32-1-2026", "31-04-2026", "25-11-26", "25-11.2026",
		"2026/11/25", "25-11-2026 ", "-1-1-2026", "1-1-1899",
		"1-1-2200", "111-1-2026", "vandaag", "25-11-20261", "5--2026"};
	char result[11];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(text_date(good[i][0], result));
		assert_string_equal(result, good[i][1]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (text_date(bad[i], result))
			fail_msg("%s was taken as %s", bad[i], result);
}

static void
test_date_add(void **state)
{
	char day[11];

	(void)state;
	text_date_add("1899-12-31", 110000, day);
	assert_int_equal(text_date_between("1899-12-31", day), 110000);
	assert_int_equal(text_date_between("2026-03-01", "2026-02-27"), -2);
	text_date_add("2026-12-31", 1, day);
	assert_string_equal(day, "2027-01-01");
	text_date_add("2028-03-01", -1, day);
	assert_string_equal(day, "2028-02-29");
}

static void
test_now(void **state)
{
	char today[11], now[21], same[11];

	(void)state;
	text_today(today);
	assert_true(text_date(today, same));
	assert_string_equal(today, same);
	text_now(now);
	assert_int_equal(now[10], 'T');
	assert_int_equal(now[19], 'Z');
}

static void
test_encodings(void **state)
{
	static const unsigned char bytes[] = {0, 1, 0x7f, 0xfb, 0xff};
	static const char *const bad[] = {
		"AAF_-", "AAF/+/8", "AAF_-_8=", "A", "AB", "AA F_"};
	struct pool *p = pool_create();
	char hex[11];
	size_t len = 0;

	(void)state;
	text_hex(bytes, 5, hex);
	assert_string_equal(hex, "00017ffbff");
	assert_string_equal(text_base64url(p, bytes, 5), "AAF_-_8");
	assert_string_equal(text_base64url(p, bytes, 0), "");
	assert_memory_equal(
		text_base64url_decode(p, "AAF_-_8", &len), bytes, 5);
	assert_int_equal(len, 5);
	assert_non_null(text_base64url_decode(p, "", &len));
	assert_int_equal(len, 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_null(text_base64url_decode(p, bad[i], &len));
	assert_string_equal(text_urlencode(p, "a b&c=\xc3\xa9/-._~%"),
		"a%20b%26c%3D%C3%A9%2F-._~%25");
	pool_destroy(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_int),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_date_add),
		cmocka_unit_test(test_now),
		cmocka_unit_test(test_encodings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
