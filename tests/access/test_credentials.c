/* Links in mails and new passwords (C3, I3; reliability 12, figure 14). */
#include <stdlib.h>
#include <string.h>

#include "access/credentials.h"
#include "access/link.h"
#include "access/lockout.h"
#include "access/login.h"
#include "access/session.h"
#include "fixture.h"

#define EMAIL "m@lindenhof.example"
#define NEW "fietsbel lamp kast"

static int64_t account, membership;

static void
make_account(void)
{
	account = add_account(EMAIL);
	membership = add_membership(account, "2");
	add_factor(account, "new");
}

/* The token of a link just made. */
static const char *
make_link(enum link_kind kind)
{
	const char *href, *token;

	browse();
	href = link_make(r, account, kind);
	assert_non_null(href);
	assert_int_equal(
		strncmp(href, config.origin, strlen(config.origin)), 0);
	token = strstr(href, "?token=");
	assert_non_null(token);
	return pool_strdup(pool, token + 7);
}

static enum rc
find(const char *token, enum link_kind kind)
{
	struct link link;
	enum rc rc;

	browse();
	rc = link_find(r, token, kind, &link);
	if (!rc) {
		assert_int_equal(link.account, account);
		assert_string_equal(link.email, EMAIL);
	}
	return rc;
}

static void
link_is_good_once(void **state)
{
	const char *token;

	(void)state;
	make_account();
	token = make_link(LINK_RESET);
	assert_int_equal(find(token, LINK_RESET), RC_OK);
	assert_int_equal(find(token, LINK_RESET), RC_OK);
	assert_int_equal(find(token, LINK_ACTIVATE), RC_NOTFOUND);
	assert_int_equal(link_use(r, token, LINK_ACTIVATE), RC_NOTFOUND);
	assert_int_equal(link_use(r, token, LINK_RESET), RC_OK);
	assert_int_equal(link_use(r, token, LINK_RESET), RC_NOTFOUND);
	assert_int_equal(find(token, LINK_RESET), RC_NOTFOUND);
}

static void
token_is_only_in_the_mail(void **state)
{
	const char *token;

	(void)state;
	make_account();
	token = make_link(LINK_RESET);
	assert_int_equal(count("SELECT COUNT(*) FROM account_link WHERE id = "
			       "UNHEX(SHA2('%s', 256))",
				 token),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM account_link WHERE id = "
			       "'%.32s'",
				 token),
		0);
}

static void
link_ends(void **state)
{
	const char *old, *token;

	(void)state;
	make_account();
	old = make_link(LINK_RESET);
	token = make_link(LINK_RESET);
	assert_int_equal(find(old, LINK_RESET), RC_NOTFOUND);
	assert_int_equal(find(token, LINK_RESET), RC_OK);
	run("UPDATE account SET state = 'deactivated' WHERE id = %d",
		(int)account);
	assert_int_equal(find(token, LINK_RESET), RC_NOTFOUND);
	run("UPDATE account SET state = 'active' WHERE id = %d", (int)account);
	run("UPDATE account_link SET expires_at = UTC_TIMESTAMP()");
	assert_int_equal(find(token, LINK_RESET), RC_NOTFOUND);
	assert_int_equal(link_use(r, token, LINK_RESET), RC_NOTFOUND);
	assert_int_equal(find(NULL, LINK_RESET), RC_NOTFOUND);
	assert_int_equal(find("", LINK_RESET), RC_NOTFOUND);
	assert_int_equal(find("' OR 1=1 --", LINK_RESET), RC_NOTFOUND);
}

static void
begin_session(void)
{
	browse();
	assert_int_equal(session_begin(r, account, membership, SESSION_COMPLETE,
				 NULL, NULL),
		RC_OK);
	browse();
	assert_non_null(r->who);
}

static bool
password_is(const char *password)
{
	struct login l;

	forget_cookie();
	browse();
	assert_int_equal(login_password(r, EMAIL, password, NULL, &l), RC_OK);
	return l.result == LOGIN_CODE;
}

/* I3: active at once, everywhere else logged out, a link of before dead. */
static void
own_new_password(void **state)
{
	const char *token, *cookie;

	(void)state;
	make_account();
	begin_session();
	forget_cookie();
	begin_session();
	token = make_link(LINK_RESET);
	run("UPDATE session SET created_at = created_at - INTERVAL 1 HOUR");
	run("UPDATE account SET password_set_at = UTC_TIMESTAMP() - "
	    "INTERVAL 1 DAY");
	browse();
	cookie = r->cookie;
	assert_int_equal(credentials_password(r, account, NEW), RC_OK);
	browse();
	assert_non_null(r->who);
	assert_true(r->who->complete);
	assert_string_not_equal(r->cookie, cookie);
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE "
			       "account_id = %d",
				 (int)account),
		1);
	assert_int_equal(find(token, LINK_RESET), RC_NOTFOUND);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE account_id = "
			       "%d AND action = 'change' AND "
			       "subject = 'password'",
				 (int)account),
		1);
	assert_true(password_is(NEW));
	assert_false(password_is(PASSWORD));
}

/* C3: by a link, with nobody signed in: no session is left. */
static void
reset_ends_every_session(void **state)
{
	(void)state;
	make_account();
	begin_session();
	forget_cookie();
	browse();
	assert_int_equal(credentials_password(r, account, NEW), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE "
			       "account_id = %d",
				 (int)account),
		0);
}

static void
guessing_the_current_one_counts(void **state)
{
	const char *until;
	int64_t seconds;
	bool right;

	(void)state;
	make_account();
	begin_session();
	assert_int_equal(
		credentials_check(r, PASSWORD, &right, &until, &seconds),
		RC_OK);
	assert_true(right);
	for (int i = 0; i < 100 && !until; i++) {
		assert_int_equal(
			credentials_check(r, "guess", &right, &until, &seconds),
			RC_OK);
		assert_false(right);
	}
	assert_non_null(until);
	assert_int_equal(
		credentials_check(r, PASSWORD, &right, &until, &seconds),
		RC_OK);
	assert_false(right);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(link_is_good_once),
		FIXTURE_TEST(token_is_only_in_the_mail),
		FIXTURE_TEST(link_ends),
		FIXTURE_TEST(own_new_password),
		FIXTURE_TEST(reset_ends_every_session),
		FIXTURE_TEST(guessing_the_current_one_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
