/* Forms with files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/multipart.h"

static struct pool *pool;
static struct request r;

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

static enum rc
parse(const char *body)
{
	memset(&r, 0, sizeof(r));
	r.pool = pool;
	r.boundary = "x";
	r.upload = body;
	r.upload_len = strlen(body);
	return multipart_parse(&r);
}

#define PART(head, text)                                                       \
	"Content-Disposition: form-data; " head "\r\n\r\n" text "\r\n--x"

static void
fields_and_files(void **state)
{
	(void)state;
	assert_int_equal(
		parse("--x\r\n" PART("name=\"a\"", "1\r\n2") "\r\n" PART(
			"name=\"f\"; filename=\"t.csv\""
			"\r\nContent-Type: text/csv",
			"\x01\xff--x\r\n") "--"),
		RC_OK);
	assert_int_equal(r.post.count, 1);
	assert_string_equal(params_get(&r.post, "a"), "1\r\n2");
	assert_int_equal(r.files.count, 1);
	assert_string_equal(r.files.items[0].name, "f");
	assert_string_equal(r.files.items[0].filename, "t.csv");
	assert_int_equal(r.files.items[0].len, 7);
	assert_memory_equal(r.files.items[0].bytes, "\x01\xff--x\r\n", 7);
	assert_int_equal(
		parse("--x\r\nContent-Type: a/b\r\ncontent-disposition: "
		      "form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--x--"),
		RC_OK);
	assert_string_equal(r.files.items[0].filename, "");
	assert_int_equal(r.files.items[0].len, 0);
}

static void
what_is_none(void **state)
{
	static const char *const wrong[] = {
		"",
		"x",
		"--x",
		"--x\r\n",
		"--y\r\n" PART("name=\"a\"", "1") "--",
		"--x\r\n" PART("name=\"a\"", "1"),
		"--x\r\n" PART("name=\"\"", "1") "--",
		"--x\r\n" PART("filename=\"a\"", "1") "--",
		"--x\r\n" PART("name=\"a", "1") "--",
		"--x\r\n" PART("name=\"a\"", "\x01") "--",
		"--x\r\n" PART("name=\"a\"", "\xff") "--",
		"--x\r\n" PART("name=\"a\xff\"", "1") "--",
		"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n--x--",
	};

	struct buffer *many = buffer_create(pool);

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(parse(wrong[i]), RC_INVALID);
	/* One file more than there may be. */
	for (int i = 0; i <= REQUEST_FILES_MAX; i++)
		buffer_puts(many, "--x\r\n" PART("name=\"a\"; filename=\"1\"",
					  "") "\r\n");
	buffer_puts(many, "--x--");
	assert_int_equal(parse(many->data), RC_INVALID);
}

static void
boundaries(void **state)
{
	static const char *const cases[][2] = {
		{"multipart/form-data; boundary=abc", "abc"},
		{"Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", "a b"},
		{"multipart/form-data; boundary=abc; x=y", "abc"},
		{"multipart/form-data", NULL},
		{"multipart/form-data; boundary=", NULL},
		{"multipart/mixed; boundary=abc", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *found = multipart_boundary(pool, cases[i][0]);

		if (cases[i][1])
			assert_string_equal(found, cases[i][1]);
		else
			assert_null(found);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fields_and_files, begin, end),
		cmocka_unit_test_setup_teardown(what_is_none, begin, end),
		cmocka_unit_test_setup_teardown(boundaries, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
