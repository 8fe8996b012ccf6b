/* Sealed secrets open for their owner under their key, and else never. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/seal.h"

static const struct config_key key = {"factor", "1", {1, 2, 3}};
static const struct config_key next_key = {"factor", "2", {1, 2, 4}};
static const char text[] = "JBSWY3DPEHPK3PXP";
enum { LEN = sizeof(text) - 1, SEALED = LEN + SEAL_EXTRA };

static void
opens_again(void **state)
{
	unsigned char sealed[SEALED], again[SEALED], plain[LEN];

	(void)state;
	assert_true(seal(&key, 17, text, LEN, sealed));
	assert_true(seal_open(&key, 17, sealed, SEALED, plain));
	assert_memory_equal(plain, text, LEN);
	assert_true(seal(&key, 17, text, LEN, again));
	assert_memory_not_equal(sealed, again, SEALED);
	assert_memory_not_equal(sealed + SEAL_NONCE, text, LEN);
}

static void
another_owner_or_key(void **state)
{
	unsigned char sealed[SEALED], plain[LEN];
	static const unsigned char nothing[LEN];

	(void)state;
	assert_true(seal(&key, 17, text, LEN, sealed));
	assert_false(seal_open(&key, 18, sealed, SEALED, plain));
	assert_memory_equal(plain, nothing, LEN);
	assert_false(seal_open(&key, 17 + (1LL << 40), sealed, SEALED, plain));
	assert_false(seal_open(&next_key, 17, sealed, SEALED, plain));
}

static void
every_byte_counts(void **state)
{
	unsigned char sealed[SEALED], plain[LEN];

	(void)state;
	assert_true(seal(&key, 17, text, LEN, sealed));
	for (size_t i = 0; i < SEALED; i++) {
		sealed[i] ^= 1;
		assert_false(seal_open(&key, 17, sealed, SEALED, plain));
		sealed[i] ^= 1;
	}
	for (size_t len = 0; len < SEALED; len++)
		assert_false(seal_open(&key, 17, sealed, len, plain));
	assert_true(seal_open(&key, 17, sealed, SEALED, plain));
}

static void
nothing_to_seal(void **state)
{
	unsigned char sealed[SEAL_EXTRA], plain[1];

	(void)state;
	assert_true(seal(&key, 17, "", 0, sealed));
	assert_true(seal_open(&key, 17, sealed, SEAL_EXTRA, plain));
	sealed[SEAL_EXTRA - 1] ^= 1;
	assert_false(seal_open(&key, 17, sealed, SEAL_EXTRA, plain));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_again),
		cmocka_unit_test(another_owner_or_key),
		cmocka_unit_test(every_byte_counts),
		cmocka_unit_test(nothing_to_seal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
