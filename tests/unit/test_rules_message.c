/* What may be said about a request, and what goes along (S9, C28). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/message.h"

static void
until_thirty_days_after_the_end(void **state)
{
	(void)state;
	assert_true(message_allowed(NULL, "2026-11-22"));
	assert_true(message_allowed("2026-11-22", "2026-11-22"));
	assert_true(message_allowed("2026-10-23", "2026-11-22"));
	assert_false(message_allowed("2026-10-22", "2026-11-22"));
	assert_true(message_allowed("2026-12-31", "2027-01-30"));
	assert_false(message_allowed("2026-12-31", "2027-01-31"));
}

static void
a_name_is_that_of_a_file(void **state)
{
	static const char *const names[][2] = {
		{"opdracht.pdf", "opdracht.pdf"},
		{"Opdracht.PDF", "Opdracht.pdf"},
		{"opdracht", "opdracht.pdf"},
		{"brief.docx", "brief.docx.pdf"},
		{"C:\\map\\brief.pdf", "brief.pdf"},
		{"../../etc/passwd", "passwd.pdf"},
		{"a/b\\c.pdf", "c.pdf"},
		{"a\\b/c.pdf", "c.pdf"},
		{".. .verborgen.pdf", "verborgen.pdf"},
		{"a\"b*c:d<e>f?g|h\ni.pdf", "a_b_c_d_e_f_g_h_i.pdf"},
		{"naam . .pdf", "naam.pdf"},
		{"één één.pdf", "één één.pdf"},
		{"", "document.pdf"},
		{".pdf", "document.pdf"},
		{"...", "document.pdf"},
		{"map/", "document.pdf"},
	};
	char result[600], name[400] = "";

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		message_file_name(names[i][0], result);
		assert_string_equal(result, names[i][1]);
	}
	for (size_t i = 0; i < 150; i++)
		memcpy(name + 2 * i, "é", 3);
	message_file_name(name, result);
	assert_int_equal(strlen(result), 2 * (FILE_NAME_MOST - 4) + 4);
}

static void
a_pdf_begins_and_ends(void **state)
{
	char large[5000];

	(void)state;
	assert_true(message_is_pdf("%PDF-1.7\n%%EOF", 14));
	assert_true(message_is_pdf("%PDF-2.0\n%%EOF\r\n\r\n", 18));
	assert_false(message_is_pdf("%PDF-1.7\n1 0 obj", 16));
	assert_false(message_is_pdf("<html>%PDF-1.7%%EOF", 19));
	assert_false(message_is_pdf("%PDF-", 5));
	assert_false(message_is_pdf("", 0));
	memset(large, ' ', sizeof(large));
	memcpy(large, "%PDF-1.4", 8);
	memcpy(large + 20, "%%EOF", 5);
	assert_false(message_is_pdf(large, sizeof(large)));
	memcpy(large + sizeof(large) - 100, "%%EOF", 5);
	assert_true(message_is_pdf(large, sizeof(large)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(until_thirty_days_after_the_end),
		cmocka_unit_test(a_name_is_that_of_a_file),
		cmocka_unit_test(a_pdf_begins_and_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
