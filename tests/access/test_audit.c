/* The log of who saw which client (X9): one row for each, or none at all. */
#include <string.h>

#include "access/session.h"
#include "fixture.h"
#include "routes.h"

static const struct route route = {
	.path = "/requests/{number}", .right = RIGHT_REQUEST_VIEW};
static int64_t account, membership;

static int64_t
add_client(const char *name)
{
	return run("INSERT INTO client (organisation_id, name) VALUES "
		   "(%d, '%s')",
		(int)organisation, name);
}

static void
sign_in(void)
{
	account = add_account("m@lindenhof.example");
	membership = add_membership(account, "2");
	assert_int_equal(session_begin(r, account, membership, SESSION_COMPLETE,
				 NULL, NULL),
		RC_OK);
	browse();
	r->route = &route;
}

static void
one_row_each(void **state)
{
	int64_t a = add_client("A"), b = add_client("B");
	int64_t ids[] = {b, 0, a, b, 0, a};

	(void)state;
	sign_in();
	assert_int_equal(
		audit_clients(r, "view", "request 2026-000123", ids, 6), RC_OK);
	assert_int_equal(
		count("SELECT COUNT(*) FROM audit WHERE client_id IN (%d, %d) "
		      "AND request_id = '0123456789abcdef' AND actor_id = %d "
		      "AND membership_id = %d AND organisation_id = %d AND "
		      "subject = 'request 2026-000123' AND action = 'view' "
		      "AND access_right = 'request.view' AND outcome = 'ok' "
		      "AND address = '192.0.2.1' AND at > UTC_TIMESTAMP() - "
		      "INTERVAL 5 SECOND",
			(int)a, (int)b, (int)account, (int)membership,
			(int)organisation),
		2);
	assert_int_equal(count("SELECT COUNT(*) FROM audit"), 2);
}

static void
the_client_s_organisation(void **state)
{
	int64_t a = add_client("A");

	(void)state;
	sign_in();
	r->who->organisation = 0;
	assert_int_equal(audit_clients(r, "view", "x", &a, 1), RC_OK);
	assert_int_equal(
		count("SELECT organisation_id FROM audit"), organisation);
}

static void
many_at_once(void **state)
{
	enum { MANY = 5000 };
	int64_t *ids = pool_calloc(pool, MANY, sizeof(*ids));

	(void)state;
	sign_in();
	for (int i = 0; i < MANY; i++)
		ids[i] = 1 + (i * 7919LL) % MANY;
	assert_int_equal(audit_clients(r, "export", "aids", ids, MANY), RC_OK);
	assert_int_equal(
		count("SELECT COUNT(DISTINCT client_id) FROM audit"), MANY);
	assert_int_equal(count("SELECT COUNT(*) FROM audit"), MANY);
}

static void
no_client_no_row(void **state)
{
	int64_t zeros[] = {0, 0};

	(void)state;
	sign_in();
	assert_int_equal(audit_clients(r, "view", "x", zeros, 2), RC_OK);
	assert_int_equal(audit_clients(r, "view", "x", NULL, 0), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM audit"), 0);
}

static void
no_row_no_answer(void **state)
{
	int64_t a = 1;

	(void)state;
	sign_in();
	assert_int_equal(audit_clients(r, "peek", "x", &a, 1), RC_FAIL);
	r->who = NULL;
	assert_int_equal(audit_clients(r, "view", "x", &a, 1), RC_FAIL);
}

static void
long_subject(void **state)
{
	char subject[400] = "\xc3\xa9";
	int64_t a = 1;

	(void)state;
	memset(subject + 2, 'x', sizeof(subject) - 3);
	sign_in();
	assert_int_equal(audit_clients(r, "view", subject, &a, 1), RC_OK);
	assert_int_equal(count("SELECT CHAR_LENGTH(subject) FROM audit"), 320);
}

static void
refusal(void **state)
{
	(void)state;
	sign_in();
	r->path = "/supplier/requests";
	assert_int_equal(audit_refused(r), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE actor_id = "
			       "%d AND account_id = %d AND action = 'refuse' "
			       "AND outcome = 'refused' AND subject = "
			       "'/supplier/requests' AND access_right = "
			       "'request.view'",
				 (int)account, (int)account),
		1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(one_row_each),
		FIXTURE_TEST(the_client_s_organisation),
		FIXTURE_TEST(many_at_once),
		FIXTURE_TEST(no_client_no_row),
		FIXTURE_TEST(no_row_no_answer),
		FIXTURE_TEST(long_subject),
		FIXTURE_TEST(refusal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
