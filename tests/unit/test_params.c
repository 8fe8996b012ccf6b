/* Query and form body: escapes, limits, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/request.h"

static struct pool *pool;

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
parse(const char *text, struct params *params)
{
	/* A copy without a NUL, so that the sanitizer sees reads beyond. */
	size_t len = strlen(text);
	char *copy = memory_alloc(len);
	enum rc rc;

	memcpy(copy, text, len);
	rc = params_parse(pool, copy, len, params);
	free(copy);
	return rc;
}

static void
test_good(void **state)
{
	struct params params;

	(void)state;
	assert_int_equal(parse("", &params), RC_OK);
	assert_int_equal(params.count, 0);
	assert_int_equal(
		parse("a=1&naam=J.+de+Vri%C3%ABs&&leeg=&los&a=2", &params),
		RC_OK);
	assert_int_equal(params.count, 5);
	assert_string_equal(params_get(&params, "a"), "1");
	assert_string_equal(params_get(&params, "naam"), "J. de Vri\xc3\xabs");
	assert_string_equal(params_get(&params, "leeg"), "");
	assert_string_equal(params_get(&params, "los"), "");
	assert_null(params_get(&params, "b"));
	assert_int_equal(parse("x=a=b%26c%3D%0D%0A%09", &params), RC_OK);
	assert_string_equal(params_get(&params, "x"), "a=b&c=\r\n\t");
	assert_int_equal(parse("x=%c2%a0%C2%A3", &params), RC_OK);
}

static void
test_refused(void **state)
{
	static const char *const bad[] = {"a=%", "a=%1", "a=%zz", "a=%4g",
		"%=1", "a=%00", "a=%01", "a=%1F", "a=%7F", "a=%C2%85", "a=%ff",
		"a=%C0%AF", "a=%ED%A0%80", "a=%E2%82", "a=\x01", "=1",
		"a=%EF%BF%BE", "b=1&a=%"};
	struct params params;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (parse(bad[i], &params) != RC_INVALID)
			fail_msg("%s was taken", bad[i]);
}

static void
test_count(void **state)
{
	char text[4 * REQUEST_PARAMS_MAX + 4] = "";
	struct params params;

	(void)state;
	for (size_t i = 0; i < REQUEST_PARAMS_MAX; i++)
		memcpy(text + 4 * i, "a=1&", 5);
	text[4 * REQUEST_PARAMS_MAX - 1] = '\0';
	assert_int_equal(parse(text, &params), RC_OK);
	assert_int_equal(params.count, REQUEST_PARAMS_MAX);
	memcpy(text + 4 * REQUEST_PARAMS_MAX - 1, "&a=", 4);
	assert_int_equal(parse(text, &params), RC_INVALID);
}

static void
test_local(void **state)
{
	(void)state;
	assert_true(request_local("/"));
	assert_true(request_local("/aids/204817?a=b%20c"));
	assert_false(request_local(NULL));
	assert_false(request_local(""));
	assert_false(request_local("aids"));
	assert_false(request_local("//evil.example"));
	assert_false(request_local("/\\evil.example"));
	assert_false(request_local("/a\r\nSet-Cookie: x"));
	assert_false(request_local("/a b"));
	assert_false(request_local("https://evil.example/"));
}

static void
test_cookies(void **state)
{
	struct request r = {.pool = pool,
		.cookies = "a=1;  __Host-x=abc; xx=2; leeg=; last=9"};

	(void)state;
	assert_string_equal(request_cookie(&r, "a"), "1");
	assert_string_equal(request_cookie(&r, "__Host-x"), "abc");
	assert_string_equal(request_cookie(&r, "leeg"), "");
	assert_string_equal(request_cookie(&r, "last"), "9");
	assert_null(request_cookie(&r, "x"));
	r.cookies = "";
	assert_null(request_cookie(&r, "a"));
}

static void
test_answer(void **state)
{
	struct request r = {.pool = pool, .path = "/x"};

	(void)state;
	request_redirect(&r, "/aids/%d", 204817);
	assert_string_equal(r.response.location, "/aids/204817");
	request_redirect(&r, "%s", "//evil.example");
	assert_string_equal(r.response.location, "/");
	request_header(&r, "X-A", "1\r\nX-Evil: 2");
	request_header(&r, "X-B", "3");
	assert_string_equal(r.response.headers->data, "X-A: 1\r\nX-B: 3\r\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_good),
		TEST(test_refused),
		TEST(test_count),
		TEST(test_local),
		TEST(test_cookies),
		TEST(test_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
