/* The QR code as a path: the same modules, and small. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <qrencode.h>

#include "engine/qr.h"

static void
test_path(void **state)
{
	static const char text[] = "https://portaal.example/q/k7Qm2xPz é";
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct pool *p = pool_create();
	int size = 0;
	const char *path = qr_path(p, text, &size);
	unsigned char *drawn;
	int used;

	(void)state;
	assert_non_null(path);
	assert_int_equal(size, code->width);
	drawn = pool_calloc(p, (size_t)size, (size_t)size);
	while (*path) {
		int x, y, w, back;

		assert_int_equal(sscanf(path, "M%d %dh%dv1h-%dz%n", &x, &y, &w,
					 &back, &used),
			4);
		assert_int_equal(w, back);
		assert_true(x >= 0 && y >= 0 && x + w <= size && y < size);
		memset(drawn + y * size + x, 1, (size_t)w);
		path += used;
	}
	for (int i = 0; i < size * size; i++)
		assert_int_equal(drawn[i], code->data[i] & 1);
	QRcode_free(code);
	pool_destroy(p);
}

static void
test_too_long(void **state)
{
	struct pool *p = pool_create();
	char *text = pool_alloc(p, 4000);
	int size;

	(void)state;
	memset(text, 'x', 3999);
	assert_null(qr_path(p, text, &size));
	pool_destroy(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
