/* The CSRF token: bound to the cookie, never twice the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/session.h"

static struct pool *pool;
static struct config config;
static struct request request;
static struct param field;

static int
setup(void **state)
{
	(void)state;
	pool = pool_create();
	memset(&config, 0, sizeof(config));
	config.key_count = 2;
	config.keys[0] = (struct config_key){"factor", "1", {9}};
	config.keys[1] = (struct config_key){"csrf", "1", {1, 2, 3}};
	memset(&request, 0, sizeof(request));
	request.pool = pool;
	request.config = &config;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

static bool
accepted(const char *token)
{
	field = (struct param){"csrf", token};
	request.post = (struct params){1, &field};
	return csrf_valid(&request);
}

static void
its_own_token(void **state)
{
	const char *one = csrf_token(&request);
	const char *two = csrf_token(&request);

	(void)state;
	assert_string_not_equal(one, two);
	assert_true(accepted(one));
	assert_true(accepted(two));
	assert_true(accepted(one));
}

static void
gives_a_cookie_once(void **state)
{
	const char *headers;

	(void)state;
	request.cookie = "too short";
	csrf_token(&request);
	csrf_token(&request);
	assert_true(session_cookie_valid(request.cookie));
	headers = request.response.headers->data;
	assert_memory_equal(headers, "Set-Cookie: __Host-hulpbalie=", 29);
	assert_memory_equal(headers + 29, request.cookie, 43);
	assert_string_equal(
		headers + 72, "; Path=/; Secure; HttpOnly; SameSite=Lax\r\n");
}

static void
keeps_the_cookie(void **state)
{
	const char *cookie = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

	(void)state;
	request.cookie = cookie;
	assert_true(accepted(csrf_token(&request)));
	assert_ptr_equal(request.cookie, cookie);
	assert_null(request.response.headers);
}

static void
another_cookie(void **state)
{
	const char *token = csrf_token(&request);

	(void)state;
	session_cookie_give(&request);
	assert_false(accepted(token));
	request.cookie = NULL;
	assert_false(accepted(token));
}

static void
tampered(void **state)
{
	char *token = pool_strdup(pool, csrf_token(&request));
	size_t len = strlen(token);

	(void)state;
	for (size_t i = 0; i < len - 1; i++) {
		char old = token[i];

		token[i] = old == 'A' ? 'B' : 'A';
		assert_false(accepted(token));
		token[i] = old;
	}
	assert_true(accepted(token));
	assert_false(accepted(""));
	assert_false(accepted("AAAA"));
	assert_false(accepted(pool_printf(pool, "%sAAAA", token)));
	assert_false(accepted("<script>"));
	request.post.count = 0;
	assert_false(csrf_valid(&request));
}

static void
key_changed(void **state)
{
	const char *token = csrf_token(&request);

	(void)state;
	config.keys[2] = config.keys[1];
	config.keys[1] = (struct config_key){"csrf", "2", {7}};
	config.key_count = 3;
	assert_true(accepted(token));
	assert_true(accepted(csrf_token(&request)));
	config.key_count = 2;
	assert_false(accepted(token));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(its_own_token, setup, teardown),
		cmocka_unit_test_setup_teardown(
			gives_a_cookie_once, setup, teardown),
		cmocka_unit_test_setup_teardown(
			keeps_the_cookie, setup, teardown),
		cmocka_unit_test_setup_teardown(
			another_cookie, setup, teardown),
		cmocka_unit_test_setup_teardown(tampered, setup, teardown),
		cmocka_unit_test_setup_teardown(key_changed, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
