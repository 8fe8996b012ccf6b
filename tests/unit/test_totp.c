/* Codes: the vectors of RFC 6238 (their last six digits), and the window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/totp.h"

static const unsigned char secret[] = "12345678901234567890";
enum { SECRET = sizeof(secret) - 1 };

static const struct {
	time_t at;
	const char *code;
} vectors[] = {
	{59, "287082"},
	{1111111109, "081804"},
	{1111111111, "050471"},
	{1234567890, "005924"},
	{2000000000, "279037"},
	{20000000000, "353130"},
};

static void
rfc_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		char code[TOTP_DIGITS + 1];
		uint64_t counter = 0;

		assert_true(totp_code(secret, SECRET, vectors[i].at, code));
		assert_string_equal(code, vectors[i].code);
		assert_true(totp_check(secret, SECRET, vectors[i].code,
			vectors[i].at, &counter));
		assert_int_equal(counter, vectors[i].at / TOTP_STEP_SECONDS);
	}
}

static void
one_step_either_way(void **state)
{
	const time_t now = 1234567890;
	uint64_t counter = 0;

	(void)state;
	for (int off = -3; off <= 3; off++) {
		char code[TOTP_DIGITS + 1];
		time_t at = now + off * TOTP_STEP_SECONDS;
		bool near = off >= -1 && off <= 1;

		assert_true(totp_code(secret, SECRET, at, code));
		assert_int_equal(
			totp_check(secret, SECRET, code, now, &counter), near);
		if (near)
			assert_int_equal(counter, at / TOTP_STEP_SECONDS);
	}
}

static void
not_a_code(void **state)
{
	uint64_t counter = 0;

	(void)state;
	assert_false(totp_check(secret, SECRET, "", 59, &counter));
	assert_false(totp_check(secret, SECRET, "28708", 59, &counter));
	assert_false(totp_check(secret, SECRET, "2870820", 59, &counter));
	assert_false(totp_check(secret, SECRET, "94287082", 59, &counter));
	assert_false(totp_check(secret, SECRET, "28708a", 59, &counter));
	assert_false(totp_check(secret, SECRET, "287082", -1, &counter));
	assert_true(totp_check(secret, SECRET, "287082", 10, &counter));
}

static void
secret_as_shown(void **state)
{
	unsigned char bytes[TOTP_SECRET_MAX];
	size_t len = 0;

	(void)state;
	assert_true(
		totp_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", bytes, &len));
	assert_int_equal(len, SECRET);
	assert_memory_equal(bytes, secret, SECRET);
	assert_true(totp_secret(
		"gezd gnbv gy3t qojq gezd gnbv gy3t qojq", bytes, &len));
	assert_memory_equal(bytes, secret, SECRET);
	assert_false(totp_secret("not base32!", bytes, &len));
	assert_false(totp_secret("", bytes, &len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc_vectors),
		cmocka_unit_test(one_step_either_way),
		cmocka_unit_test(not_a_code),
		cmocka_unit_test(secret_as_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
