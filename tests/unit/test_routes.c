/* The table of routes, and how an address finds its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menu.h"
#include "routes.h"

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

static struct request
request_of(enum method method, const char *path)
{
	return (struct request){
		.pool = pool, .method = method, .path = path, .query = ""};
}

static bool
finds(enum method method, const char *path, const char *pattern)
{
	struct request r = request_of(method, path);
	bool known;
	const struct route *t = route_find(&r, &known);

	return t && t == r.route && strcmp(t->path, pattern) == 0;
}

static void
test_find(void **state)
{
	struct request r = request_of(METHOD_GET, "/aids/204817-A/history");
	bool known;

	(void)state;
	assert_true(finds(METHOD_GET, "/", "/"));
	assert_true(finds(METHOD_GET, "/aids", "/aids"));
	assert_true(finds(METHOD_HEAD, "/aids/204817", "/aids/{id}"));
	assert_non_null(route_find(&r, &known));
	assert_string_equal(r.args[0], "204817-A");
	assert_null(r.args[1]);
}

static void
test_not_found(void **state)
{
	static const char *const none[] = {"", "aids", "/aids/", "//aids",
		"/aids/1/2/3", "/aids/a.b", "/aids/a%20b", "/aids/..",
		"/aids/204817/history/", "/AIDS", "/nowhere", "/aids/{id}"};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		struct request r = request_of(METHOD_GET, none[i]);
		bool known = true;

		if (route_find(&r, &known))
			fail_msg("%s was found", none[i]);
		assert_false(known);
		assert_null(r.route);
	}
}

static void
test_other_method(void **state)
{
	struct request r = request_of(METHOD_POST, "/account");
	bool known = false;

	(void)state;
	assert_null(route_find(&r, &known));
	assert_true(known);
}

/* Literal, or {word} as a whole segment, at the end with a suffix. */
static bool
is_pattern(const char *path)
{
	int args = 0;

	if (path[0] != '/')
		return false;
	for (const char *s = path + 1; *s; s++) {
		if (*s == '{') {
			size_t len =
				strspn(s + 1, "abcdefghijklmnopqrstuvwxyz");

			if (s[-1] != '/' || len == 0 || s[len + 1] != '}' ||
				(s[len + 2] && s[len + 2] != '/' &&
					strcmp(s + len + 2, ".ics") != 0) ||
				++args > REQUEST_PATH_ARGS)
				return false;
			s += len + 1;
			if (s[1] == '.')
				return true;
		} else if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-/",
				   *s)) {
			return false;
		}
	}
	return true;
}

/* The address of a pattern, with x for what is not fixed. */
static const char *
example(const char *pattern)
{
	char *path = pool_strdup(pool, pattern);
	char *to = path;

	for (const char *s = pattern; *s; s++) {
		*to++ = *s == '{' ? 'x' : *s;
		if (*s == '{')
			s = strchr(s, '}');
	}
	*to = '\0';
	return path;
}

static void
test_table(void **state)
{
	(void)state;
	for (const struct route *t = routes; t->path; t++) {
		if (!is_pattern(t->path))
			fail_msg("%s is no pattern", t->path);
		assert_non_null(t->handler);
		assert_true(t->right < RIGHT_COUNT);
		assert_true(t->method != METHOD_HEAD);
		if (t->method == METHOD_POST)
			assert_int_equal(t->formats & ~(unsigned)(ROUTE_UPLOAD |
								  ROUTE_PHOTOS |
								  ROUTE_TABLE |
								  ROUTE_FRESH),
				0);
		if (t->formats & ROUTE_BARE)
			assert_int_equal(t->right, RIGHT_PUBLIC);
	}
}

/* No line stands behind one that takes all its requests. */
static void
test_each_is_reached(void **state)
{
	(void)state;
	for (const struct route *t = routes; t->path; t++) {
		struct identity who = {.portal = t->portal};
		struct request r = request_of(t->method, example(t->path));
		bool known;

		r.who = t->portal == DB_NOBODY ? NULL : &who;
		if (route_find(&r, &known) != t)
			fail_msg("%s is hidden by %s", t->path,
				r.route ? r.route->path : "nothing");
	}
}

/* Who may see an item of the menu may open its page. */
static void
test_menu(void **state)
{
	static const char *const portals[] = {[DB_INSTITUTION] = "institution",
		[DB_PROFESSIONAL] = "professional",
		[DB_SUPPLIER] = "supplier"};

	(void)state;
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		enum db_portal portal = DB_INSTITUTION;
		struct identity who = {.complete = true,
			.role = role_texts[role].id,
			.portal_name = portal_ids[role_texts[role].portal]};
		struct request r = request_of(METHOD_GET, "/");
		const struct route *t;
		bool known;

		while (portal < DB_SUPPLIER &&
			strcmp(portals[portal], who.portal_name) != 0)
			portal++;
		who.portal = portal;
		r.who = &who;
		r.path = menu_home(&r);
		t = route_find(&r, &known);
		assert_non_null(t);
		assert_true(t->portal == DB_NOBODY || t->portal == portal);
		assert_true(access_may(&r, t->right));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_find),
		TEST(test_not_found),
		TEST(test_other_method),
		TEST(test_table),
		TEST(test_each_is_reached),
		TEST(test_menu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
