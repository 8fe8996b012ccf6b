/* Tables as spreadsheets save them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/csv.h"

static struct pool *pool;
static struct csv csv;
static int line;

static int
begin(void **state)
{
	(void)state;
	pool = pool_create();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

/* All cells as "line:a|b/line:c|d". */
static const char *
read(const char *text)
{
	const char *all = "";

	if (csv_parse(pool, text, 10, &csv, &line))
		return pool_printf(pool, "wrong at %d", line);
	for (size_t i = 0; i < csv.count; i++) {
		all = pool_printf(
			pool, "%s%s%d:", all, i ? "/" : "", csv.rows[i].line);
		for (size_t k = 0; k < csv.rows[i].count; k++)
			all = pool_printf(pool, "%s%s%s", all, k ? "|" : "",
				csv.rows[i].cells[k]);
	}
	return all;
}

static void
cells(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"a;b", "1:a|b"},
		{"a;b\r\nc;d\r\n", "1:a|b/2:c|d"},
		{"a,b\n\n ; \n,c", "1:a|b/3:;/4:|c"},
		{"a\tb,c\td", "1:a|b,c|d"},
		{"a;b,c", "1:a|b,c"},
		{"\"a;b\";c", "1:a;b|c"},
		{"\"a \"\"b\"\"\" ;c", "1:a \"b\"|c"},
		{"\"a\nb\";c\nd;e", "1:a\nb|c/3:d|e"},
		{" a ;b;", "1:a|b|"},
		{"a\"b;c", "1:a\"b|c"},
		{"x;\"a", "wrong at 1"},
		{"x;y\n\"a\"b;c", "wrong at 2"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n\n", "1:1/2:2/3:3/4:4/5:5/"
						      "6:6/7:7/8:8/9:9/"
						      "10:10"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11", "wrong at 11"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(read(cases[i][0]), cases[i][1]);
}

static const char *
decode(const char *bytes)
{
	return csv_decode(pool, bytes, strlen(bytes));
}

static void
encodings(void **state)
{
	(void)state;
	assert_string_equal(decode("Zo\xc3\xab"), "Zo\xc3\xab");
	assert_string_equal(decode("\xef\xbb\xbfZo\xc3\xab"), "Zo\xc3\xab");
	assert_string_equal(decode("Zo\xeb"), "Zo\xc3\xab");
	assert_string_equal(decode("\x80 \x92"), "\xe2\x82\xac \xe2\x80\x99");
	assert_string_equal(decode(""), "");
	assert_null(decode("\x81"));
	assert_null(decode("a\x01"));
	assert_null(decode("a\x7f"));
	assert_null(csv_decode(pool, "a\0b", 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cells, begin, end),
		cmocka_unit_test_setup_teardown(encodings, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
