/* Lines of a calendar: what they hold, and where they are folded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/ical.h"

static void
texts_are_escaped(void **state)
{
	static const struct {
		const char *text, *line;
	} rows[] = {
		{"Tillift", "SUMMARY:Tillift\r\n"},
		{"a,b;c\\d", "SUMMARY:a\\,b\\;c\\\\d\r\n"},
		{"een\ntwee", "SUMMARY:een\\ntwee\r\n"},
		{"a\rb\tc\x01"
		 "d\x7f",
			"SUMMARY:abcd\r\n"},
		{"", "SUMMARY:\r\n"},
		{"END:VEVENT\r\nBEGIN:VALARM",
			"SUMMARY:END:VEVENT\\nBEGIN:VALARM\r\n"},
		{"caf\xc3\xa9 \xe2\x82\xac",
			"SUMMARY:caf\xc3\xa9 \xe2\x82\xac\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer *b = buffer_create(NULL);

		ical_text(b, "SUMMARY", rows[i].text);
		assert_string_equal(b->data, rows[i].line);
		buffer_free(b);
	}
}

/* Whatever is at the fold: no line is too long, no character is cut. */
static void
lines_are_folded(void **state)
{
	static const char *const units[] = {
		"x", ",", "\n", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x9b\x8f"};

	(void)state;
	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++)
		for (size_t before = 60; before < 80; before++) {
			struct buffer *text = buffer_create(NULL);
			struct buffer *b = buffer_create(NULL);
			struct buffer *whole = buffer_create(NULL);

			for (size_t i = 0; i < before; i++)
				buffer_putc(text, 'a');
			for (size_t i = 0; i < 60; i++)
				buffer_puts(text, units[u]);
			ical_text(b, "SUMMARY", text->data);
			for (const char *s = b->data; *s;) {
				size_t len = (size_t)(strstr(s, "\r\n") - s);

				assert_in_range(len, 1, 75);
				assert_int_not_equal(
					(unsigned char)s[*s == ' '] & 0xc0,
					0x80);
				assert_true(s == b->data || !s[len + 2] ||
					    *s == ' ');
				buffer_add(whole, s + (*s == ' '),
					len - (*s == ' '));
				s += len + 2;
			}
			assert_int_equal(whole->len,
				8 + before +
					60 * (strlen(units[u]) +
						     (*units[u] == ',' ||
							     *units[u] ==
								     '\n')));
			buffer_free(whole);
			buffer_free(b);
			buffer_free(text);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(lines_are_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
