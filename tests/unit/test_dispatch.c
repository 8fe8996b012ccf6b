/* The way of a request to its answer, as far as it needs no database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "core/log.h"
#include "core/render.h"
#include "dispatch.h"
#include "load.h"

#define COOKIE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define FORM "application/x-www-form-urlencoded"

static struct pool *always, *pool;
static struct config config;
static struct render *render;
static struct db *db;
static struct request r;

static int
begin(void **state)
{
	(void)state;
	pool = pool_create();
	db = load_db(&config, 1);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	db_destroy(db);
	pool_destroy(pool);
	return 0;
}

static int
read_body(void *arg, char *bytes, int size)
{
	const char **rest = arg;
	int n = (int)strlen(*rest);

	n = n < size ? n : size;
	memcpy(bytes, *rest, (size_t)n);
	*rest += n;
	return n;
}

/* Answers the status. */
static int
ask(const char *method, const char *uri, const char *cookie, const char *body)
{
	const char *rest = body;
	char *params[] = {pool_printf(pool, "REQUEST_METHOD=%s", method),
		pool_printf(pool, "REQUEST_URI=%s", uri),
		pool_printf(pool, "CONTENT_TYPE=%s", FORM),
		pool_printf(pool, "CONTENT_LENGTH=%zu", strlen(body)),
		pool_printf(pool, "HTTP_COOKIE=__Host-hulpbalie=%s", cookie),
		NULL};
	struct http_input in = {params, read_body, &rest, NULL};

	r = (struct request){
		.pool = pool, .config = &config, .db = db, .render = render};
	dispatch(&r, &in);
	log_request(NULL);
	return r.response.status;
}

static bool
says(const char *words)
{
	return r.response.body && strstr(r.response.body->data, words);
}

static bool
has_header(const char *line)
{
	return r.response.headers && strstr(r.response.headers->data, line);
}

static void
test_health(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/health", COOKIE, ""), 200);
	assert_true(says("ok\n"));
	assert_int_equal(ask("GET", "/ready", "", ""), 503);
}

static void
test_page(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/login", "", ""), 200);
	assert_string_equal(r.response.type, "text/html; charset=utf-8");
	assert_true(says("<!DOCTYPE html>"));
	assert_true(says("name=\"csrf\" value=\""));
	assert_true(has_header("Set-Cookie: __Host-hulpbalie="));
	assert_int_equal(ask("GET", "/login.xml", "", ""), 200);
	assert_string_equal(r.response.type, "application/xml; charset=utf-8");
	assert_true(says("<page id=\"login\" portal=\"public\""));
	assert_int_equal(ask("HEAD", "/login", "", ""), 200);
}

static void
test_errors(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/nowhere", "", ""), 404);
	assert_true(says("<html"));
	assert_int_equal(ask("GET", "/nowhere.xml", "", ""), 404);
	assert_true(says("<error status=\"404\" request=\""));
	assert_true(says(r.id));
	assert_int_equal(ask("GET", "/login.pdf", "", ""), 404);
	assert_int_equal(ask("GET", "/login?a=%", "", ""), 400);
	assert_int_equal(ask("PUT", "/login", "", ""), 405);
	assert_true(has_header("Allow: GET, HEAD, POST"));
	assert_int_equal(ask("POST", "/roles", "", ""), 405);
	assert_true(has_header("Allow: GET, HEAD\r\n"));
	assert_int_equal(ask("GET", "/logout", "", ""), 405);
	assert_true(has_header("Allow: POST\r\n"));
	assert_false(has_header("Set-Cookie"));
}

static void
test_not_signed_in(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/aids?location=1&x=%20", "", ""), 303);
	assert_string_equal(r.response.location,
		"/login?next=%2Faids%3Flocation%3D1%26x%3D%2520");
	assert_int_equal(ask("GET", "/aids.pdf", "", ""), 303);
	assert_string_equal(r.response.location, "/login?next=%2Faids.pdf");
	assert_int_equal(ask("POST", "/aids/1/repair", "", "a=b"), 303);
	assert_string_equal(r.response.location,
		"/login?next=%2Faids%2F1%2Frepair&after=ended");
	assert_int_equal(ask("POST", "/logout", "", "a=b"), 303);
	assert_string_equal(r.response.location, "/login?next=%2F&after=ended");
	assert_null(r.response.body);
}

static void
test_csrf(void **state)
{
	const char *token;

	(void)state;
	assert_int_equal(ask("POST", "/login", "", "email=a"), 403);
	assert_true(says("/login"));
	assert_int_equal(ask("POST", "/login", "", "csrf=AAAA"), 403);
	assert_int_equal(ask("GET", "/login.xml", "", ""), 200);
	token = csrf_token(&r);
	assert_int_equal(
		ask("POST", "/login", "", pool_printf(pool, "csrf=%s", token)),
		403);
}

/* A cookie that may be a session, and no database to ask. */
static void
test_no_database(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/aids", COOKIE, ""), 503);
	assert_true(has_header("Retry-After: "));
	assert_true(says("<html"));
	assert_int_equal(ask("GET", "/aids.xml", COOKIE, ""), 503);
	assert_true(says("status=\"503\""));
	assert_int_equal(ask("GET", "/nowhere", COOKIE, ""), 404);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_health),
		TEST(test_page),
		TEST(test_errors),
		TEST(test_not_signed_in),
		TEST(test_csrf),
		TEST(test_no_database),
	};
	struct buffer *errors;
	int failed;

	always = pool_create();
	errors = buffer_create(always);
	config = (struct config){.root = ".",
		.key_count = 1,
		.keys[0] = {.name = "csrf", .id = "1"}};
	config.session.idle_minutes = 30;
	config.session.hours = 12;
	config.database.socket = "/nowhere/mysqld.sock";
	config.database.name = config.database.user = "none";
	config.brand.name = config.brand.phone = config.brand.email = "x";
	config.brand.theme = "zorgmiddelen-noord";
	if (load_all(always, &config, &render, errors)) {
		print_error("%s", errors->data);
		return 1;
	}
	log_open("/dev/null");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	pool_destroy(always);
	return failed;
}
