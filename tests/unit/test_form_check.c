/* What is typed into a field, and what it means (I14, C28). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/form_check.h"
#include "rules/contact.h"

struct sample {
	enum field_type type;
	const char *typed;
	const char *value; /* NULL: refused */
	const char *error;
};

static const struct sample samples[] = {
	{FIELD_DATE, "2026-11-25", "2026-11-25", NULL},
	{FIELD_DATE, "25-11-2026", "2026-11-25", NULL},
	{FIELD_DATE, "5/1/2027", "2027-01-05", NULL},
	{FIELD_DATE, "31-02-2026", NULL, "date"},
	{FIELD_DATE, "morgen", NULL, "date"},
	{FIELD_TEL, "050 000 12 00", "0500001200", NULL},
	{FIELD_TEL, "+31 (0)50-0001200", "0500001200", NULL},
	{FIELD_TEL, "0031500001200", "0500001200", NULL},
	{FIELD_TEL, "+49 30 123456", "+4930123456", NULL},
	{FIELD_TEL, "050 12 34", NULL, "tel"},
	{FIELD_TEL, "05000012000", NULL, "tel"},
	{FIELD_TEL, "0o50001200", NULL, "tel"},
	{FIELD_EMAIL, "a.b+c@z.example", "a.b+c@z.example", NULL},
	{FIELD_EMAIL, "a@b", NULL, "email"},
	{FIELD_EMAIL, "a@@b.example", NULL, "email"},
	{FIELD_EMAIL, "a b@c.example", NULL, "email"},
	{FIELD_EMAIL, ".a@c.example", NULL, "email"},
	{FIELD_EMAIL, "a@-c.example", NULL, "email"},
	{FIELD_EMAIL, "a@c.example.", NULL, "email"},
	{FIELD_EMAIL, "é@c.example", NULL, "email"},
	{FIELD_NUMBER, "204 817", "204817", NULL},
	{FIELD_NUMBER, "12a", NULL, "number"},
	{FIELD_NUMBER, "99999999999999999999", NULL, "number"},
	{FIELD_MONEY, "1.577,23", "157723", NULL},
	{FIELD_MONEY, "1577.23", "157723", NULL},
	{FIELD_MONEY, "€ 12", "1200", NULL},
	{FIELD_MONEY, "12,5", "1250", NULL},
	{FIELD_MONEY, "1.577", "157700", NULL},
	{FIELD_MONEY, "12,345", NULL, "money"},
	{FIELD_MONEY, "-3", NULL, "money"},
	{FIELD_MONEY, "1,2,3", NULL, "money"},
	{FIELD_CODE, "418 205", "418205", NULL},
	{FIELD_CODE, "<b>", NULL, "code"},
	{FIELD_TEXT, "Mw. T. Bakker", "Mw. T. Bakker", NULL},
	{FIELD_TEXT, "twee\nregels", NULL, "one-line"},
	{FIELD_TEXTAREA, "twee\nregels", "twee\nregels", NULL},
	{FIELD_CHECK, "on", "yes", NULL},
};

static void
test_each_type_takes_and_refuses(void **state)
{
	struct pool *p = pool_create();

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const struct sample *s = &samples[i];
		struct field_def d = {.type = s->type, .max = 20};
		const char *error;
		const char *value = form_check(p, &d, s->typed, &error);

		if (s->error) {
			assert_non_null(error);
			assert_string_equal(error, s->error);
			assert_string_equal(value, s->typed);
		} else {
			assert_null(error);
			assert_string_equal(value, s->value);
		}
	}
	pool_destroy(p);
}

static void
test_missing_and_too_long(void **state)
{
	struct pool *p = pool_create();
	struct field_def d = {.type = FIELD_TEXT, .max = 3, .required = true};
	const char *error;

	(void)state;
	form_check(p, &d, "", &error);
	assert_string_equal(error, "missing");
	form_check(p, &d, "ëëë", &error);
	assert_null(error);
	form_check(p, &d, "ëëëë", &error);
	assert_string_equal(error, "too-long");
	d.required = false;
	form_check(p, &d, "", &error);
	assert_null(error);
	pool_destroy(p);
}

static void
test_postcodes(void **state)
{
	char result[8];

	(void)state;
	assert_true(contact_postcode("9743an", result));
	assert_string_equal(result, "9743 AN");
	assert_false(contact_postcode("0743AN", result));
	assert_false(contact_postcode("9743SS", result));
	assert_false(contact_postcode("9743A", result));
	assert_false(contact_postcode("97433AN", result));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_type_takes_and_refuses),
		cmocka_unit_test(test_missing_and_too_long),
		cmocka_unit_test(test_postcodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
