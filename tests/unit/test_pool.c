/* Memory of a request: alignment, zeroes, clean-up order, buffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/pool.h"

static char order[8];

static void
note(void *name)
{
	strncat(order, name, 1);
}

static void
test_alloc(void **state)
{
	struct pool *p = pool_create();

	(void)state;
	for (size_t size = 1; size < 300000; size = size * 3 + 1) {
		char *block = pool_alloc(p, size);

		assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(block[i], 0);
		memset(block, 0xff, size);
	}
	assert_true(pool_used(p) > 300000);
	pool_reset(p);
	assert_int_equal(pool_used(p), 0);
	assert_int_equal(*(char *)pool_alloc(p, 1), 0);
	pool_destroy(p);
}

static void
test_copies(void **state)
{
	struct pool *p = pool_create();

	(void)state;
	assert_null(pool_strdup(p, NULL));
	assert_string_equal(pool_strdup(p, ""), "");
	assert_string_equal(pool_strndup(p, "wheelchair", 5), "wheel");
	assert_string_equal(pool_printf(p, "%s %d", "bed", 12), "bed 12");
	pool_destroy(p);
}

static void
test_cleanup(void **state)
{
	static char a[] = "a", b[] = "b", c[] = "c";
	struct pool *p = pool_create();

	(void)state;
	order[0] = '\0';
	pool_cleanup(p, note, a);
	pool_cleanup(p, note, b);
	pool_reset(p);
	assert_string_equal(order, "ba");
	pool_cleanup(p, note, c);
	pool_destroy(p);
	assert_string_equal(order, "bac");
	pool_destroy(NULL);
}

static void
test_buffer(void **state)
{
	struct pool *p = pool_create();
	struct buffer *b = buffer_create(p);
	struct buffer *own = buffer_create(NULL);

	(void)state;
	assert_string_equal(b->data, "");
	for (int i = 0; i < 1000; i++)
		buffer_printf(b, "%d,", i);
	assert_int_equal(b->len, 10 * 2 + 90 * 3 + 900 * 4);
	assert_int_equal(strlen(b->data), b->len);
	buffer_clear(b);
	buffer_add(b, "a\0b", 3);
	buffer_putc(b, 'c');
	assert_memory_equal(b->data, "a\0bc", 5);
	buffer_puts(own, "kept");
	pool_destroy(p);
	assert_string_equal(own->data, "kept");
	buffer_free(own);
	buffer_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alloc),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_cleanup),
		cmocka_unit_test(test_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
