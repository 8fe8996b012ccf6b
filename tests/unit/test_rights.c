/* The table of requirement I8, and who has no right at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"

static const char *const roles[] = {"admin", "1", "2", "3", "4", "5", "6", "7"};

/* As the requirement prints it: one column for each of roles. */
static const struct {
	enum right right;
	const char *granted;
} table[] = {
	{RIGHT_SERVICE_REQUEST, "xxxxxxxx"},
	{RIGHT_REQUEST_VIEW, "xxxxxxxx"},
	{RIGHT_PLANNING_VIEW, "xxxxxxxx"},
	{RIGHT_SERVICE_AUTHORISE, "xx x  xx"},
	{RIGHT_SERVICE_ORDER_VIEW, "xxxxxxxx"},
	{RIGHT_ORDER_PLACE, "xxxx x x"},
	{RIGHT_QUOTE_REQUEST, "xxxx    "},
	{RIGHT_BUDGET_LIMIT, " xxx x x"},
	{RIGHT_ORDER_AUTHORISE, "xxxx x x"},
	{RIGHT_INVOICE_VIEW, "xx      "},
	{RIGHT_LOCATION_CHANGE, "xx      "},
	{RIGHT_ACCOUNT_MANAGE, "x       "},
};

static struct identity who;
static struct request request;

static bool
may(const char *portal, const char *role, enum right right)
{
	who = (struct identity){
		.complete = true, .portal_name = portal, .role = role};
	request.who = &who;
	return access_may(&request, right);
}

static void
as_required(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		for (size_t n = 0; n < 8; n++)
			assert_int_equal(
				may("institution", roles[n], table[i].right),
				table[i].granted[n] == 'x');
}

static void
everybody_and_nobody(void **state)
{
	(void)state;
	assert_true(may("institution", "4", RIGHT_PUBLIC));
	assert_true(may("institution", "4", RIGHT_SIGNED_IN));
	assert_false(may("institution", "admin", RIGHT_NONE));
	assert_false(may("supplier", "system", RIGHT_NONE));
	request.who = NULL;
	assert_false(access_may(&request, RIGHT_NONE));
	assert_true(access_may(&request, RIGHT_PUBLIC));
	for (enum right r = RIGHT_SIGNED_IN; r < RIGHT_COUNT; r++)
		assert_false(access_may(&request, r));
}

static void
half_a_session(void **state)
{
	(void)state;
	may("institution", "admin", RIGHT_PUBLIC);
	who.complete = false;
	assert_true(access_may(&request, RIGHT_PUBLIC));
	for (enum right r = RIGHT_SIGNED_IN; r < RIGHT_COUNT; r++)
		assert_false(access_may(&request, r));
}

static void
other_portals(void **state)
{
	(void)state;
	assert_true(may("supplier", "planner", RIGHT_WORK_PLAN));
	assert_false(may("supplier", "advisor", RIGHT_WORK_PLAN));
	assert_false(may("supplier", "1", RIGHT_REQUEST_VIEW));
	assert_false(may("institution", "planner", RIGHT_WORK_PLAN));
	assert_false(may("institution", "admin", RIGHT_WORK_VIEW));
	assert_false(may("supplier", "admin", RIGHT_STAFF_MANAGE));
	assert_true(may("professional", "professional", RIGHT_REQUEST_SIGN));
	assert_false(may("professional", "professional", RIGHT_AID_MANAGE));
	assert_true(may("supplier", "privacy", RIGHT_AUDIT_VIEW));
	assert_false(may("supplier", "system", RIGHT_AUDIT_VIEW));
}

static void
what_is_not_in_the_table(void **state)
{
	(void)state;
	assert_false(may("institution", "8", RIGHT_AID_VIEW));
	assert_false(may("institution", "", RIGHT_AID_VIEW));
	assert_false(may("", "admin", RIGHT_AID_VIEW));
	assert_false(may("institution", "admin", RIGHT_COUNT));
	assert_false(may("institution", "admin", (enum right)9999));
}

/* domain/account guards the last one of that one role. */
static void
one_role_keeps_the_accounts(void **state)
{
	int keepers = 0, staff = 0;

	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		const char *portal = portal_ids[role_texts[i].portal];

		if (!strcmp(portal, "institution"))
			keepers += access_role_may(
				portal, role_texts[i].id, RIGHT_ACCOUNT_MANAGE);
		staff += access_role_may(
			portal, role_texts[i].id, RIGHT_STAFF_MANAGE);
	}
	assert_int_equal(keepers, 1);
	assert_int_equal(staff, 1);
	assert_true(access_role("institution", "7"));
	assert_false(access_role("institution", "planner"));
	assert_false(access_role("", ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_required),
		cmocka_unit_test(everybody_and_nobody),
		cmocka_unit_test(half_a_session),
		cmocka_unit_test(other_portals),
		cmocka_unit_test(what_is_not_in_the_table),
		cmocka_unit_test(one_role_keeps_the_accounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
