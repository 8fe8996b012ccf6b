/* Headers of mail: plain, encoded, and nothing that ends them early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "jobs/mail_header.h"

static struct pool *pool;

static int
setup(void **state)
{
	(void)state;
	pool = pool_create();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

static void
text_plain_and_encoded(void **state)
{
	static const struct {
		const char *text, *header;
	} cases[] = {
		{"", ""},
		{"Aanvraag 2026-000123", "Aanvraag 2026-000123"},
		{"Caf\xc3\xa9", "=?UTF-8?B?Q2Fmw6k=?="},
		{"a =?b", "=?UTF-8?B?YSA9P2I=?="},
		{"x\r\nBcc: y", "x  Bcc: y"},
		{"x\x7f\ty", "x  y"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
			mail_header_text(pool, cases[i].text), cases[i].header);
}

/* No line over 76 characters, no character cut in two. */
static void
long_text_is_folded(void **state)
{
	char text[601];
	const char *line;

	(void)state;
	for (size_t i = 0; i < 300; i++)
		memcpy(text + 2 * i, "\xc3\xa9", 2);
	text[600] = '\0';
	line = mail_header_text(pool, text);
	while (line) {
		const char *end = strstr(line, "\r\n ");
		size_t len = end ? (size_t)(end - line) : strlen(line);

		assert_in_range(len, 1, 76);
		/* 12 for the frame, 60 for 22 characters of two bytes. */
		assert_true(len <= 12 + 60);
		line = end ? end + 3 : NULL;
	}
}

static void
addresses(void **state)
{
	static const struct {
		const char *name, *header;
	} cases[] = {
		{NULL, "<a@b.example>"},
		{"", "<a@b.example>"},
		{"Jan Hoekstra", "\"Jan Hoekstra\" <a@b.example>"},
		{"El \"A\" \\", "\"El \\\"A\\\" \\\\\" <a@b.example>"},
		{"Zo\xc3\xab", "=?UTF-8?B?Wm/Dqw==?= <a@b.example>"},
		{"x\r\nTo: y", "\"x  To: y\" <a@b.example>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
			mail_header_address(pool, cases[i].name, "a@b.example"),
			cases[i].header);
}

static void
dates(void **state)
{
	(void)state;
	assert_string_equal(
		mail_header_date(pool, 0), "Thu, 1 Jan 1970 00:00:00 +0000");
	assert_string_equal(mail_header_date(pool, 1795317000),
		"Sun, 22 Nov 2026 03:10:00 +0000");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_plain_and_encoded),
		cmocka_unit_test(long_text_is_folded),
		cmocka_unit_test(addresses),
		cmocka_unit_test(dates),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
