/* What outlives a request and what does not: the arena, and the cache. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libxml/tree.h>

#include "core/arena.h"
#include "core/cache.h"

/* The same place is given out again, so nothing of it was kept. */
static void
test_arena_ends(void **state)
{
	void *first, *second;

	(void)state;
	arena_begin();
	first = xmlMalloc(1000);
	arena_end();
	arena_begin();
	second = xmlMalloc(1000);
	assert_true(arena_whole());
	arena_end();
	assert_ptr_equal(first, second);
}

/* What was there before may be freed and may grow within a request. */
static void
test_arena_outside(void **state)
{
	char *before = (char *)xmlStrdup(BAD_CAST "before");
	char *within, *kept;

	(void)state;
	arena_begin();
	within = (char *)xmlStrdup(BAD_CAST "within");
	arena_pause();
	kept = (char *)xmlStrdup(BAD_CAST "kept");
	arena_resume();
	before = xmlRealloc(before, 100000);
	assert_string_equal(before, "before");
	xmlFree(before);
	xmlFree(within);
	arena_end();
	assert_string_equal(kept, "kept");
	xmlFree(kept);
}

static void
test_arena_grows(void **state)
{
	char *text, *after;

	(void)state;
	arena_begin();
	text = (char *)xmlStrdup(BAD_CAST "grows");
	assert_ptr_equal(xmlRealloc(text, 500), text);
	after = (char *)xmlStrdup(BAD_CAST "after");
	text = xmlRealloc(text, 5000);
	assert_string_equal(text, "grows");
	assert_string_equal(after, "after");
	arena_end();
}

/* More than it holds: malloc() goes on, and says so. */
static void
test_arena_spills(void **state)
{
	enum { PIECE = 5 << 20, PIECES = 8 };
	char *pieces[PIECES];

	(void)state;
	arena_begin();
	for (int i = 0; i < PIECES; i++) {
		pieces[i] = xmlMalloc(PIECE);
		assert_non_null(pieces[i]);
		memset(pieces[i], i, PIECE);
	}
	assert_false(arena_whole());
	for (int i = 0; i < PIECES; i++) {
		assert_int_equal(pieces[i][PIECE - 1], i);
		xmlFree(pieces[i]);
	}
	arena_end();
}

static int freed;

static void
free_value(void *value)
{
	freed++;
	free(value);
}

static char *
copy_of(const char *s)
{
	char *copy = strdup(s);

	assert_non_null(copy);
	return copy;
}

/* Keys are compared whole; those not asked for longest go first. */
static void
test_cache(void **state)
{
	struct pool *p = pool_create();
	struct cache *c = cache_create(p, 8000, free_value);
	char *large = copy_of("large");

	(void)state;
	freed = 0;
	assert_true(cache_add(c, "a\0x", 3, copy_of("ax"), 1800));
	assert_true(cache_add(c, "a\0y", 3, copy_of("ay"), 1800));
	assert_true(cache_add(c, "a", 1, copy_of("a"), 1800));
	assert_string_equal(cache_find(c, "a\0x", 3), "ax");
	assert_null(cache_find(c, "a\0", 2));
	assert_true(cache_add(c, "b", 1, copy_of("b"), 1800));
	assert_int_equal(freed, 0);
	assert_true(cache_add(c, "c", 1, copy_of("c"), 1800));
	assert_int_equal(freed, 1);
	assert_null(cache_find(c, "a\0y", 3));
	assert_string_equal(cache_find(c, "a\0x", 3), "ax");
	assert_false(cache_add(c, "large", 5, large, 4000));
	free(large);
	pool_destroy(p);
	assert_int_equal(freed, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena_ends),
		cmocka_unit_test(test_arena_outside),
		cmocka_unit_test(test_arena_grows),
		cmocka_unit_test(test_arena_spills),
		cmocka_unit_test(test_cache),
	};

	arena_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
