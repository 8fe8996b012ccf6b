/* Help with logging in: who gets which mail (C3). */
#include <string.h>

#include "jobs/login_help.h"
#include "world.h"

/* As the page keeps it; then as the job answers it. */
static bool
help(const char *email)
{
	struct request *r = as(MARIJKE);
	bool busy = false;

	db_exec(db, SQL_HELP_ASK,
		DB_ARGS(db_text("email", email), db_text("address", "")), NULL);
	r->who = NULL;
	assert_int_equal(login_help_answer_one(r, &busy), RC_OK);
	return busy;
}

static int64_t
mails(const char *kind, const char *email)
{
	return count("SELECT COUNT(*) FROM outbox WHERE kind = '%s' AND "
		     "recipient = '%s' AND body_text LIKE '%%/%%'",
		kind, email);
}

static void
who_gets_what(void **state)
{
	const char *email = value("SELECT email FROM account WHERE id = %d",
		(int)account_of(MARIJKE));
	bool busy = false;

	(void)state;
	assert_true(help(email));
	assert_int_equal(mails("account.reset", email), 1);
	assert_int_equal(
		count("SELECT COUNT(*) FROM account_link l JOIN "
		      "outbox o ON o.body_text LIKE '%%/reset?token=%%' "
		      "WHERE l.account_id = %d AND l.kind = 'reset' "
		      "AND l.used_at IS NULL",
			(int)account_of(MARIJKE)),
		1);
	assert_true(help("nobody@lindenhof.example"));
	assert_int_equal(mails("account.reset", "nobody@lindenhof.example"), 0);
	run("UPDATE account SET state = 'deactivated' WHERE id = %d",
		(int)account_of(MARIJKE));
	assert_true(help(email));
	assert_int_equal(mails("account.reset", email), 1);
	assert_int_equal(mails("account.deactivated", email), 1);
	assert_int_equal(login_help_answer_one(as(MARIJKE), &busy), RC_OK);
	assert_false(busy);
}

static void
not_for_ever(void **state)
{
	const char *email = value("SELECT email FROM account WHERE id = %d",
		(int)account_of(MARIJKE));

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_true(help(email));
	assert_int_equal(mails("account.reset", email), 3);
	run("UPDATE login_help SET done_at = done_at - INTERVAL 1 HOUR");
	assert_true(help(email));
	assert_int_equal(mails("account.reset", email), 4);
}

/* Of an account that was locked its holder hears, once a day. */
static void
locked(void **state)
{
	const char *nobody = "nobody@lindenhof.example";
	const char *email = value("SELECT email FROM account WHERE id = %d",
		(int)account_of(MARIJKE));
	bool busy = false;

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct request *r = as(MARIJKE);

		r->who = NULL;
		db_exec(db, SQL_LOGIN_LOCKED,
			DB_ARGS(db_text("email", i % 2 ? nobody : email),
				db_text("address", "")),
			NULL);
		assert_int_equal(login_help_answer_one(r, &busy), RC_OK);
	}
	assert_int_equal(mails("account.locked", email), 1);
	assert_int_equal(mails("account.locked", nobody), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM login_help WHERE kind = "
			       "'locked'"),
		2);
	assert_true(help(email));
	assert_int_equal(mails("account.reset", email), 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		WORLD_TEST(who_gets_what),
		WORLD_TEST(not_for_ever),
		WORLD_TEST(locked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
