/* Phone numbers, addresses and postcodes as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rules/contact.h"

/* result NULL: refused. */
struct typed {
	const char *typed, *result;
};

static void
phones(void **state)
{
	static const struct typed cases[] = {
		{"0500001200", "0500001200"},
		{"050 000 12 00", "0500001200"},
		{"050\xc2\xa0"
		 "000\xc2\xa0"
		 "12\xc2\xa0"
		 "00",
			"0500001200"},
		{"050-0001200", "0500001200"},
		{"(050) 000.12.00", "0500001200"},
		{"+31500001200", "0500001200"},
		{"+31 (0)50 000 12 00", "0500001200"},
		{"0031500001200", "0500001200"},
		{"06 12 34 56 78", "0612345678"},
		{"+31612345678", "0612345678"},
		{"+4930123456", "+4930123456"},
		{"004930123456", "+4930123456"},
		{"", NULL},
		{"050000120", NULL},
		{"05000012000", NULL},
		{"5000012000", NULL},
		{"0000001200", NULL},
		{"050 000 12 0a", NULL},
		{"+31 50 000 12", NULL},
		{"+123", NULL},
		{"+1234567890123456", NULL},
		{"050+0001200", NULL},
		{"\xc2", NULL},
		{"00000000000000000000000000000000000000", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char result[CONTACT_PHONE_SIZE];
		bool good = contact_phone(cases[i].typed, result);

		assert_int_equal(good, cases[i].result != NULL);
		if (good)
			assert_string_equal(result, cases[i].result);
	}
}

static void
mobiles(void **state)
{
	(void)state;
	assert_true(contact_mobile("0612345678"));
	assert_false(contact_mobile("0500001200"));
	assert_false(contact_mobile("+4916012345678"));
}

static void
emails(void **state)
{
	static const struct {
		const char *typed;
		bool good;
	} cases[] = {
		{"rol2@lindenhof.example", true},
		{"a.b+c@d-e.example.nl", true},
		{"", false},
		{"rol2", false},
		{"@lindenhof.example", false},
		{"rol2@", false},
		{"rol2@lindenhof", false},
		{"rol2@@lindenhof.example", false},
		{"a b@lindenhof.example", false},
		{"a@linden hof.example", false},
		{"zo\xc3\xab@lindenhof.example", false},
		{"a@lindenhof.example\r\nBcc: b@c.example", false},
		{"<a@lindenhof.example>", false},
		{"a@.example", false},
		{"a@b..example", false},
		{"a,b@c.example", false},
	};
	char longest[300];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(contact_email(cases[i].typed), cases[i].good);
	memset(longest, 'a', sizeof(longest));
	memcpy(longest + 270, "@b.example", sizeof("@b.example"));
	assert_false(contact_email(longest));
}

static void
postcodes(void **state)
{
	static const struct typed cases[] = {
		{"9700 AA", "9700 AA"},
		{"9700aa", "9700 AA"},
		{"0700 AA", NULL},
		{"9700 SS", NULL},
		{"9700 SD", NULL},
		{"9700 SA", NULL},
		{"970 AA", NULL},
		{"9700 A", NULL},
		{"9700 AAA", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char result[8];
		bool good = contact_postcode(cases[i].typed, result);

		assert_int_equal(good, cases[i].result != NULL);
		if (good)
			assert_string_equal(result, cases[i].result);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phones),
		cmocka_unit_test(mobiles),
		cmocka_unit_test(emails),
		cmocka_unit_test(postcodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
