/* Passwords: the hash, and that an unknown account costs as much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "access/password.h"

static void
right_and_wrong(void **state)
{
	char hash[PASSWORD_HASH_SIZE], other[PASSWORD_HASH_SIZE];

	(void)state;
	assert_true(password_hash("hulpbalie-demo-2026", hash));
	assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_true(password_check(hash, "hulpbalie-demo-2026"));
	assert_false(password_check(hash, "hulpbalie-demo-2027"));
	assert_false(password_check(hash, "hulpbalie-demo-2026 "));
	assert_false(password_check(hash, ""));
	assert_true(password_hash("hulpbalie-demo-2026", other));
	assert_string_not_equal(hash, other);
}

static void
length(void **state)
{
	char longest[PASSWORD_MAX + 2], hash[PASSWORD_HASH_SIZE];

	(void)state;
	memset(longest, 'a', sizeof(longest));
	longest[PASSWORD_MAX + 1] = '\0';
	assert_false(password_hash(longest, hash));
	longest[PASSWORD_MAX] = '\0';
	assert_true(password_hash(longest, hash));
	assert_true(password_check(hash, longest));
	longest[PASSWORD_MAX] = 'a';
	assert_false(password_check(hash, longest));
}

static void
old_costs(void **state)
{
	char hash[PASSWORD_HASH_SIZE];

	(void)state;
	assert_true(password_hash("wachtwoord", hash));
	assert_false(password_is_old(hash));
	assert_true(password_is_old("$argon2id$v=19$m=4096,t=2,p=1$"
				    "KhFYI3yuTT9g+d2TJm/kZw$"
				    "agZrSJc9em6KF17YjEbA/z/vDoRiCa9BFv3kfHrDc"
				    "Nw"));
	assert_true(password_is_old("no hash at all"));
}

static double
seconds_of(const char *hash)
{
	clock_t start = clock();

	for (int i = 0; i < 3; i++)
		assert_false(password_check(hash, "not the password"));
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void
unknown_takes_as_long(void **state)
{
	char hash[PASSWORD_HASH_SIZE];
	double known, unknown;

	(void)state;
	assert_true(password_hash("the password", hash));
	known = seconds_of(hash);
	unknown = seconds_of(NULL);
	assert_true(unknown > known / 2 && unknown < known * 2);
}

/* I3, ASVS 6.2: by length and by what is guessed first, not by kinds of
 * characters. */
static void
what_may_be_chosen(void **state)
{
	static const char *const known[] = {"m.deboer@lindenhof.example",
		"Marijke", "Boer", "deboer", "lindenhof", NULL};
	static const struct {
		const char *password, *error;
	} cases[] = {
		{"", "password-short"},
		{"x7#kQp!9zLm", "password-short"},
		{"x7#kQp!9zLm2", NULL},
		{"fietsbel lamp kast", NULL},
		{"caf\xc3\xa9 \xc3\xa9\xc3\xa9n keer", NULL},
		{"password1234", "password-weak"},
		{"123456789012", "password-weak"},
		{"aaaaaaaaaaaa", "password-weak"},
		{"qwertyuiop12", "password-weak"},
		{"welkom123456", "password-weak"},
		{"Welkom01Welkom01", "password-weak"},
		{"zomer2026zomer", "password-weak"},
		{"januari2026!", "password-weak"},
		{"lindenhof2026", "password-weak"},
		{"marijkedeboer1", "password-weak"},
	};
	char longest[PASSWORD_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *error =
			password_refused(cases[i].password, 0, known);

		if (!error != !cases[i].error ||
			(error && strcmp(error, cases[i].error) != 0))
			fail_msg("%s: %s", cases[i].password,
				error ? error : "may be chosen");
	}
	for (size_t i = 0; i < sizeof(longest) - 1; i++)
		longest[i] = (char)('!' + i * i % 90);
	longest[PASSWORD_MAX + 1] = '\0';
	assert_string_equal(
		password_refused(longest, 0, known), "password-long");
	longest[PASSWORD_MAX] = '\0';
	assert_null(password_refused(longest, 0, known));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_and_wrong),
		cmocka_unit_test(length),
		cmocka_unit_test(old_costs),
		cmocka_unit_test(unknown_takes_as_long),
		cmocka_unit_test(what_may_be_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
