/* Accounts that nobody uses, night after night (C9). */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/idle.h"
#include "rules/calendar.h"
#include "world.h"

/* 2026-03-02, about four in the morning. */
static time_t
night_of(const char *day)
{
	return (time_t)calendar_days_of(day) * 86400 + 3 * 3600;
}

static void
night(const char *day)
{
	struct request *r = as(MARIJKE);

	r->who = NULL;
	assert_int_equal(idle_run(r, night_of(day)), RC_OK);
}

/* Everybody logged in that day; in an account of its own nobody does. */
static void
log_in(const char *day)
{
	run("UPDATE account SET created_at = '2020-01-01', active_since = "
	    "NULL, "
	    "last_login_at = '%s 12:00:00', lang = 'nl'",
		day);
}

static void
only(enum person who, const char *day)
{
	run("UPDATE account SET last_login_at = '2036-01-01'");
	run("UPDATE account SET created_at = '2020-01-01', active_since = "
	    "NULL, "
	    "last_login_at = '%s 12:00:00' WHERE id = %d",
		day, (int)account_of(who));
}

static int64_t
mails(const char *event)
{
	return count(
		"SELECT COUNT(*) FROM outbox WHERE kind = 'account.%s'", event);
}

static const char *
state_of(enum person who)
{
	return value("SELECT state FROM account WHERE id = %d",
		(int)account_of(who));
}

static void
a_life(void **state)
{
	(void)state;
	only(MARIJKE, "2026-01-15");
	night("2026-06-14");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 0);
	night("2026-06-15");
	night("2026-06-15");
	assert_int_equal(mails("idle-soon"), 1);
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE body_text "
			       "LIKE '%%woensdag 15 juli 2026%%' AND body_text "
			       "LIKE '%%/login%%'"),
		1);
	night("2026-06-23");
	assert_int_equal(mails("idle-soon"), 1);
	night("2026-06-24");
	night("2026-06-24");
	assert_int_equal(mails("idle-soon"), 2);
	night("2026-07-14");
	assert_string_equal(state_of(MARIJKE), "active");
	night("2026-07-15");
	night("2026-07-15");
	assert_string_equal(state_of(MARIJKE), "deactivated");
	assert_int_equal(mails("idle"), 1);
	night("2027-12-14");
	assert_int_equal(mails("expire-soon"), 0);
	night("2027-12-15");
	night("2027-12-15");
	assert_int_equal(mails("expire-soon"), 1);
	night("2028-01-14");
	assert_string_equal(state_of(MARIJKE), "deactivated");
	night("2028-01-15");
	night("2028-01-15");
	assert_string_equal(state_of(MARIJKE), "ended");
	assert_int_equal(mails("expired"), 1);
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 5);
}

/* What is personal goes, what was done stays under the key. */
static void
stripped(void **state)
{
	int64_t id = account_of(MARIJKE);

	(void)state;
	ask_repair(MARIJKE, add_aid(204817, duin, "in_use", false), duin);
	run("INSERT INTO audit (request_id, actor_id, subject, action, "
	    "access_right, outcome, address) VALUES ('r', %d, 'x', 'view', '', "
	    "'ok', '')",
		(int)id);
	only(MARIJKE, "2020-01-15");
	run("UPDATE account SET state = 'deactivated', "
	    "end_warned_at = '2026-01-01' WHERE id = %d",
		(int)id);
	night("2026-06-01");
	assert_string_equal(state_of(MARIJKE), "ended");
	assert_int_equal(
		count("SELECT COUNT(*) FROM account WHERE id = %d AND email IS "
		      "NULL AND phone IS NULL AND password_hash IS NULL AND "
		      "name NOT LIKE '%%Marijke%%'",
			(int)id),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM membership WHERE "
			       "account_id = %d AND active",
				 (int)id),
		0);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE actor_id = %d "
			       "AND subject = 'x'",
				 (int)id),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE account_id = "
			       "%d AND action = 'delete' AND outcome = 'ok'",
				 (int)id),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE subject LIKE "
			       "'%%marijke%%'"),
		0);
	assert_int_equal(count("SELECT COUNT(*) FROM request WHERE "
			       "requester_id = %d",
				 (int)id),
		1);
}

/* A log-in, or the advisor who reactivates, begins anew. */
static void
used_again(void **state)
{
	(void)state;
	only(MARIJKE, "2026-01-15");
	night("2026-06-15");
	night("2026-06-24");
	only(MARIJKE, "2026-07-01");
	night("2026-07-15");
	night("2026-11-30");
	assert_string_equal(state_of(MARIJKE), "active");
	assert_int_equal(mails("idle-soon"), 2);
	night("2026-12-01");
	assert_int_equal(mails("idle-soon"), 3);
	night("2026-12-11");
	night("2027-01-01");
	assert_string_equal(state_of(MARIJKE), "deactivated");
	run("UPDATE account SET state = 'active', active_since = "
	    "'2027-02-01 10:00:00' WHERE id = %d",
		(int)account_of(MARIJKE));
	night("2027-02-02");
	night("2027-06-30");
	assert_string_equal(state_of(MARIJKE), "active");
	assert_int_equal(mails("idle-soon"), 4);
	night("2027-07-01");
	assert_int_equal(mails("idle-soon"), 5);
	night("2027-07-11");
	assert_int_equal(mails("idle-soon"), 6);
}

/* It did not run for a year: first warned, deactivated three weeks later. */
static void
off_for_long(void **state)
{
	(void)state;
	only(MARIJKE, "2026-01-15");
	night("2027-01-15");
	night("2027-02-04");
	assert_string_equal(state_of(MARIJKE), "active");
	assert_int_equal(mails("idle-soon"), 1);
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE body_text "
			       "LIKE '%%vrijdag 5 februari 2027%%'"),
		1);
	night("2027-02-05");
	assert_string_equal(state_of(MARIJKE), "deactivated");
	night("2029-02-05");
	assert_string_equal(state_of(MARIJKE), "deactivated");
	night("2029-02-26");
	assert_string_equal(state_of(MARIJKE), "ended");
}

static void
never_activated(void **state)
{
	int64_t id;

	(void)state;
	run("UPDATE account SET last_login_at = '2036-01-01'");
	id = run("INSERT INTO account (email, name, state, created_at) VALUES "
		 "('nieuw@lindenhof.example', 'N. Ieuw', 'invited', "
		 "'2026-01-08 10:00:00')");
	run("INSERT INTO account_link (id, account_id, kind, expires_at) "
	    "VALUES (REPEAT('x', 32), %d, 'activate', '2026-01-15 10:00:00')",
		(int)id);
	night("2026-06-23");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 0);
	night("2026-06-24");
	assert_int_equal(mails("invited-soon"), 1);
	night("2026-07-14");
	assert_int_equal(mails("not-activated"), 0);
	night("2026-07-15");
	assert_int_equal(mails("not-activated"), 1);
	assert_string_equal(
		value("SELECT state FROM account WHERE id = %d", (int)id),
		"ended");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 2);
}

/* Never without a word to who looks after the organisation. */
static void
last_administrator(void **state)
{
	int64_t second;

	(void)state;
	run("UPDATE organisation SET advisor_id = %d WHERE id = %d",
		(int)account_of(SAMIRA), (int)lindenhof);
	run("UPDATE membership SET role = 'admin' WHERE account_id = %d",
		(int)account_of(MARIJKE));
	run("UPDATE membership SET role = 'admin' WHERE account_id = %d",
		(int)account_of(TINEKE));
	only(MARIJKE, "2026-01-15");
	run("UPDATE account SET last_login_at = '2026-01-15 12:00:00', "
	    "created_at = '2020-01-01' WHERE id = %d",
		(int)account_of(TINEKE));
	second = run("INSERT INTO account (email, name, state, last_login_at) "
		     "VALUES ('tweede@lindenhof.example', 'T. Weede', "
		     "'active', '2036-01-01')");
	run("INSERT INTO membership (account_id, portal, organisation_id, "
	    "role) VALUES (%d, 'institution', %d, 'admin')",
		(int)second, (int)terpen);
	night("2026-06-15");
	assert_int_equal(mails("keeper-idle"), 0);
	night("2026-06-24");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind = "
			       "'account.keeper-idle' AND recipient = "
			       "'samira@zmn.example' AND subject LIKE "
			       "'%%lindenhof%%' AND body_text LIKE "
			       "'%%/supplier/organisations/lindenhof%%'"),
		1);
	assert_int_equal(mails("keeper-idle"), 1);
	run("UPDATE account SET state = 'deactivated' WHERE id = %d",
		(int)account_of(SAMIRA));
	night("2026-07-15");
	assert_string_equal(state_of(MARIJKE), "deactivated");
	assert_string_equal(state_of(TINEKE), "deactivated");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind = "
			       "'account.keeper-gone' AND recipient = "
			       "'noorderhaven@zmn.example'"),
		1);
	assert_int_equal(mails("keeper-gone"), 1);
}

/* Each gets what is due once, wherever it was killed. */
static void
killed(void **state)
{
	enum { MANY = 400 };
	int64_t done;
	int rounds = 0;

	(void)state;
	log_in("2026-01-15");
	run("INSERT INTO account (email, name, state, last_login_at, "
	    "created_at) SELECT CONCAT('p', seq, '@lindenhof.example'), 'P', "
	    "'active', '2026-01-15', '2020-01-01' FROM seq_1_to_%d",
		MANY);
	do {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0) {
			world_again();
			night("2026-06-15");
			_exit(0);
		}
		done = mails("idle-soon");
		while (mails("idle-soon") < done + MANY / 4 &&
			waitpid(child, NULL, WNOHANG) == 0)
			usleep(1000);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		rounds++;
	} while (mails("idle-soon") < MANY + PEOPLE);
	night("2026-06-15");
	assert_true(rounds > 2);
	assert_int_equal(mails("idle-soon"), MANY + PEOPLE);
	assert_int_equal(count("SELECT COUNT(DISTINCT recipient) FROM outbox"),
		MANY + PEOPLE);
}

/* One that can't be done holds up nobody. */
static void
one_fails(void **state)
{
	(void)state;
	log_in("2026-01-15");
	run("CREATE TRIGGER fails BEFORE INSERT ON outbox FOR EACH ROW "
	    "IF NEW.recipient LIKE 'fatima%%' THEN SIGNAL SQLSTATE '45000' "
	    "SET MESSAGE_TEXT = 'no'; END IF");
	night("2026-06-15");
	assert_int_equal(mails("idle-soon"), PEOPLE - 1);
	run("DROP TRIGGER fails");
	night("2026-06-15");
	assert_int_equal(mails("idle-soon"), PEOPLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(a_life),
		WORLD_TEST(stripped),
		WORLD_TEST(used_again),
		WORLD_TEST(off_for_long),
		WORLD_TEST(never_activated),
		WORLD_TEST(last_administrator),
		WORLD_TEST(killed),
		WORLD_TEST(one_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
