/* What is picked in a list (X2): keys in the address, each once, at most so
 * many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "engine/list_select.h"

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

static struct picks
read(const char *query)
{
	struct request r = {.pool = pool};
	struct picks picks;

	assert_int_equal(
		params_parse(pool, query, strlen(query), &r.get), RC_OK);
	picks_read(&r, &picks);
	return picks;
}

static const char *
again(const char *query)
{
	struct picks picks = read(query);

	return picks_text(pool, &picks);
}

static void
test_keys(void **state)
{
	(void)state;
	assert_string_equal(again(""), "");
	assert_string_equal(again("pick=204817"), "204817");
	assert_string_equal(again("pick=2.1&status=in_use&pick=3"), "2.1.3");
	assert_string_equal(again("pick=2026-000123.2026-000124"),
		"2026-000123.2026-000124");
	assert_string_equal(again("pick=1.2.1&pick=2"), "1.2");
	assert_string_equal(again("pick=.1..2.&pick="), "1.2");
	assert_string_equal(again("picks=1&Pick=2"), "");
}

static void
test_no_keys(void **state)
{
	static const char *const bad[] = {"pick=%22", "pick=1%202", "pick=1,2",
		"pick=a%27b", "pick=%C3%A9", "pick=1%2F2", "pick=%3Cb%3E",
		"pick=123456789012345678901"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_string_equal(again(bad[i]), "");
	assert_string_equal(again("pick=1.%22.2"), "1.2");
	assert_string_equal(
		again("pick=12345678901234567890"), "12345678901234567890");
}

static void
test_most(void **state)
{
	struct buffer *b = buffer_create(pool);
	struct picks picks;

	(void)state;
	for (int i = 0; i < PICKS_MAX; i++)
		buffer_printf(b, "%s%d", i ? "." : "pick=", 1000 + i);
	picks = read(b->data);
	assert_int_equal(picks.count, PICKS_MAX);
	assert_false(picks.more);
	assert_true(picks_add(pool, &picks, "1000"));
	assert_false(picks.more);
	assert_false(picks_add(pool, &picks, "x"));
	assert_true(picks.more);
	buffer_puts(b, ".1");
	picks = read(b->data);
	assert_int_equal(picks.count, PICKS_MAX);
	assert_true(picks.more);
	assert_true(picks_have(&picks, "1499"));
	assert_false(picks_have(&picks, "1"));
}

static void
test_json(void **state)
{
	struct picks picks = read("pick=204817.a-1");

	(void)state;
	assert_string_equal(picks_json(pool, &picks), "[\"204817\",\"a-1\"]");
	picks = read("");
	assert_string_equal(picks_json(pool, &picks), "[]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_keys, begin, end),
		cmocka_unit_test_setup_teardown(test_no_keys, begin, end),
		cmocka_unit_test_setup_teardown(test_most, begin, end),
		cmocka_unit_test_setup_teardown(test_json, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
