/* Logging in: two steps, guessing, replay (reliability 11, 12; figure 14). */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/lockout.h"
#include "access/login.h"
#include "access/session.h"
#include "fixture.h"

#define EMAIL "m@lindenhof.example"

static int64_t account;

/* An account with a membership and a factor. */
static void
make_account(void)
{
	account = add_account(EMAIL);
	add_membership(account, "2");
	add_factor(account, "new");
}

static struct login
password(const char *email, const char *text)
{
	struct login l;

	browse();
	assert_int_equal(
		login_password(r, email, text, "/aids?status=in_use", &l),
		RC_OK);
	return l;
}

static struct login
code(const char *digits)
{
	struct login l;

	browse();
	assert_non_null(r->who);
	assert_false(r->who->complete);
	assert_int_equal(login_code(r, FACTOR_APP, digits, &l), RC_OK);
	return l;
}

/* Six digits that are not the code of now, nor of a step beside it. */
static const char *
wrong_code(void)
{
	static const char *const codes[] = {
		"000000", "111111", "222222", "333333"};
	int i = 0;

	while (!strcmp(codes[i], code_at(-1)) ||
		!strcmp(codes[i], code_at(0)) || !strcmp(codes[i], code_at(1)))
		i++;
	return codes[i];
}

/* As if so much time had passed for what was tried. */
static void
let_pass(int minutes)
{
	run("UPDATE login_guard SET at = at - INTERVAL %d MINUTE", minutes);
}

static int64_t
logged(const char *subject, const char *outcome)
{
	return count("SELECT COUNT(*) FROM audit WHERE action = 'login' AND "
		     "account_id = %d AND subject = '%s' AND outcome = '%s' "
		     "AND address = '192.0.2.1'",
		(int)account, subject, outcome);
}

static void
two_steps(void **state)
{
	const char *before, *half;
	struct login l;

	(void)state;
	make_account();
	session_cookie_give(r);
	before = r->cookie;
	l = password(EMAIL, PASSWORD);
	assert_int_equal(l.result, LOGIN_CODE);
	assert_int_equal(logged("code", "ok"), 0);
	browse();
	half = r->cookie;
	assert_string_not_equal(half, before);
	l = code(code_at(0));
	assert_int_equal(l.result, LOGIN_DONE);
	assert_string_equal(l.next, "/aids?status=in_use");
	browse();
	assert_string_not_equal(r->cookie, half);
	assert_true(r->who->complete);
	assert_int_equal(r->who->account, account);
	assert_int_equal(logged("code", "ok"), 1);
	assert_int_equal(count("SELECT last_login_at >= UTC_TIMESTAMP() - "
			       "INTERVAL 5 SECOND FROM account WHERE id = %d",
				 (int)account),
		1);
}

static void
what_is_refused_alike(void **state)
{
	static const char *const emails[] = {EMAIL, "nobody@lindenhof.example",
		"", "m@lindenhof.example'--", "m\xc3\xa9@lindenhof.example"};

	(void)state;
	make_account();
	for (int i = 0; i < 5; i++) {
		struct login l = password(
			emails[i], i ? PASSWORD : "hulpbalie-demo-2027");

		assert_int_equal(l.result, LOGIN_WRONG);
		assert_null(r->response.headers);
	}
	/* Of the account, of it from here, and all from here. */
	assert_int_equal(count("SELECT COUNT(*) FROM login_guard WHERE level "
			       "BETWEEN 0.9 AND 1"),
		10);
	assert_int_equal(count("SELECT COUNT(*) FROM login_guard WHERE level "
			       "BETWEEN 4.9 AND 5"),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE action = "
			       "'login' AND outcome = 'refused'"),
		5);
	assert_int_equal(logged("password", "refused"), 1);
	run("UPDATE account SET state = 'deactivated'");
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_WRONG);
	run("UPDATE account SET state = 'invited'");
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_WRONG);
	run("UPDATE account SET state = 'active', password_hash = NULL");
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_WRONG);
}

static void
address_in_capitals(void **state)
{
	(void)state;
	make_account();
	assert_int_equal(
		password("M@Lindenhof.EXAMPLE", PASSWORD).result, LOGIN_CODE);
}

static void
log_in_with(const char *digits, enum login_result result)
{
	forget_cookie();
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_CODE);
	assert_int_equal(code(digits).result, result);
}

static void
a_code_works_once(void **state)
{
	const char *first = code_at(0), *next = code_at(1);

	(void)state;
	make_account();
	log_in_with(first, LOGIN_DONE);
	log_in_with(first, LOGIN_WRONG);
	log_in_with(next, LOGIN_DONE);
	log_in_with(next, LOGIN_WRONG);
	log_in_with(first, LOGIN_WRONG);
}

static void
codes_of_other_times(void **state)
{
	(void)state;
	make_account();
	log_in_with(code_at(-3), LOGIN_WRONG);
	log_in_with(code_at(3), LOGIN_WRONG);
	log_in_with(code_at(1), LOGIN_DONE);
}

static void
five_wrong_codes(void **state)
{
	const char *wrong = wrong_code();

	(void)state;
	make_account();
	password(EMAIL, PASSWORD);
	for (int i = 0; i < SESSION_CODES - 1; i++)
		assert_int_equal(code(wrong).result, LOGIN_WRONG);
	assert_int_equal(code(wrong).result, LOGIN_ENDED);
	assert_int_equal(logged("code", "refused"), SESSION_CODES);
	browse();
	assert_null(r->who);
	assert_int_equal(count("SELECT COUNT(*) FROM session"), 0);
}

static void
fifth_code_may_be_right(void **state)
{
	const char *wrong = wrong_code();

	(void)state;
	make_account();
	password(EMAIL, PASSWORD);
	for (int i = 0; i < SESSION_CODES - 1; i++)
		assert_int_equal(code(wrong).result, LOGIN_WRONG);
	assert_int_equal(code(code_at(0)).result, LOGIN_DONE);
}

/* As two requests at once leave it: the fifth try is being decided. */
static void
no_try_left(void **state)
{
	(void)state;
	make_account();
	password(EMAIL, PASSWORD);
	run("UPDATE session SET attempts = %d", SESSION_CODES);
	assert_int_equal(code(code_at(0)).result, LOGIN_ENDED);
	browse();
	assert_null(r->who);
}

/* The second answer must not take away the cookie of the first. */
static void
a_code_sent_twice(void **state)
{
	struct request *first, *second;
	const char *cookie;
	struct login l;

	(void)state;
	make_account();
	password(EMAIL, PASSWORD);
	browse();
	first = r;
	browse();
	second = r;
	assert_int_equal(login_code(first, FACTOR_APP, code_at(0), &l), RC_OK);
	assert_int_equal(l.result, LOGIN_DONE);
	assert_int_equal(login_code(second, FACTOR_APP, code_at(0), &l), RC_OK);
	assert_int_equal(l.result, LOGIN_ENDED);
	assert_null(second->response.headers);
	r = first;
	browse();
	cookie = r->cookie;
	r = second;
	browse();
	assert_string_equal(r->cookie, cookie);
	assert_true(r->who && r->who->complete);
}

static void
guess(const char *email, int times)
{
	for (int i = 0; i < times; i++)
		assert_int_equal(password(email, "wrong").result, LOGIN_WRONG);
}

/* Tries and then a wait, for one more; whether it exists or not. */
static void
account_is_locked(void **state)
{
	static const char *const emails[] = {EMAIL, "nobody@lindenhof.example"};
	const int wait = 60 * config.login.minutes / config.login.tries;

	(void)state;
	make_account();
	for (int i = 0; i < 2; i++) {
		struct login l;

		guess(emails[i], config.login.tries);
		for (int j = 0; j < 3; j++) {
			l = password(emails[i], PASSWORD);
			assert_int_equal(l.result, LOGIN_LOCKED);
			assert_int_equal(strlen(l.until), 20);
			assert_int_equal(count("SELECT TIMESTAMPDIFF(SECOND, "
					       "UTC_TIMESTAMP(), '%.19s') "
					       ">= %d",
						 l.until, (int)l.seconds - 1),
				1);
			assert_in_range(l.seconds, wait - 10, wait);
		}
	}
	let_pass(2);
	guess(EMAIL, 1);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
	let_pass(2);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_CODE);
}

static void
what_was_failed_is_forgotten_with_time(void **state)
{
	(void)state;
	make_account();
	guess(EMAIL, config.login.tries);
	let_pass(config.login.minutes);
	guess(EMAIL, config.login.tries);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
}

static void
success_begins_anew(void **state)
{
	(void)state;
	make_account();
	guess(EMAIL, config.login.tries - 1);
	log_in_with(code_at(0), LOGIN_DONE);
	forget_device();
	guess(EMAIL, config.login.tries);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
}

static void
password_alone_is_no_success(void **state)
{
	const char *wrong = wrong_code();

	(void)state;
	make_account();
	for (int i = 0; i < config.login.tries; i++)
		log_in_with(wrong, LOGIN_WRONG);
	forget_cookie();
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
}

/* A stranger's try, from that address. */
static void
from(const char *address, const char *email, enum login_result result)
{
	struct login l;

	browse();
	r->address = address;
	r->cookie = NULL;
	r->cookies = "";
	r->who = NULL;
	assert_int_equal(login_password(r, email, "wrong", NULL, &l), RC_OK);
	assert_int_equal(l.result, result);
}

static void
locked_in_the_second_step(void **state)
{
	struct login l;

	(void)state;
	make_account();
	password(EMAIL, PASSWORD);
	run("UPDATE login_guard SET level = %d", config.login.tries);
	l = code(code_at(0));
	assert_int_equal(l.result, LOGIN_LOCKED);
	assert_non_null(l.until);
	browse();
	assert_false(r->who->complete);
}

static void
address_is_locked(void **state)
{
	(void)state;
	make_account();
	for (int i = 0; i < config.login.address_tries; i++)
		guess(pool_printf(pool, "a%d@lindenhof.example", i), 1);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
	from("192.0.2.2", EMAIL, LOGIN_WRONG);
}

/* Rule 12: whoever knows an e-mail address can't keep its owner out. */
static void
strangers_do_not_lock_out_a_known_device(void **state)
{
	(void)state;
	make_account();
	log_in_with(code_at(0), LOGIN_DONE);
	for (int i = 0; i < config.login.account_tries; i++)
		from(pool_printf(pool, "198.51.100.%d", i), EMAIL, LOGIN_WRONG);
	/* All of them together have had their day's tries. */
	from("203.0.113.1", EMAIL, LOGIN_LOCKED);
	let_pass(config.login.minutes);
	from("203.0.113.1", EMAIL, LOGIN_LOCKED);
	log_in_with(code_at(1), LOGIN_DONE);
	from("203.0.113.1", EMAIL, LOGIN_LOCKED);
}

static void
a_known_device_has_tries_of_its_own(void **state)
{
	(void)state;
	make_account();
	log_in_with(code_at(0), LOGIN_DONE);
	browse();
	run("UPDATE login_guard SET level = 1000");
	run("INSERT INTO login_guard VALUES (UNHEX(SHA2('" EMAIL "', 256)), "
	    "1000, UTC_TIMESTAMP(6))");
	log_in_with(code_at(1), LOGIN_DONE);
	browse();
	guess(EMAIL, config.login.tries);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
	let_pass(config.login.minutes);
	/* Known for this account only, and not for ever. */
	assert_int_equal(
		password("other@lindenhof.example", "x").result, LOGIN_LOCKED);
	run("UPDATE known_device SET seen_at = seen_at - INTERVAL %d DAY",
		config.login.device_days);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_LOCKED);
}

/*
 * Tries at the same time: each was let in before any other was counted. As
 * many are answered as there are tries, the right one no later.
 */
static void
tries_at_once_are_counted(void **state)
{
	enum { TOGETHER = 15 };
	struct lockout each[TOGETHER];
	const char *until;
	int64_t seconds;
	int answered = 0;

	(void)state;
	make_account();
	browse();
	for (int i = 0; i < TOGETHER; i++) {
		assert_int_equal(lockout_begin(r, EMAIL, &each[i]), RC_OK);
		assert_int_equal(
			lockout_until(r, &each[i], &until, &seconds), RC_OK);
		assert_null(until);
	}
	for (int i = 0; i < TOGETHER - 1; i++) {
		assert_int_equal(
			lockout_decide(r, &each[i], true, &until, &seconds),
			RC_OK);
		answered += !until;
	}
	assert_int_equal(answered, config.login.tries);
	assert_int_equal(
		lockout_decide(r, &each[TOGETHER - 1], false, &until, &seconds),
		RC_OK);
	assert_non_null(until);
}

static void
address_of_a_network(void **state)
{
	char a[LOCKOUT_ADDRESS_SIZE], b[LOCKOUT_ADDRESS_SIZE];

	(void)state;
	lockout_address("2001:db8:1:2:3:4:5:6", a);
	assert_string_equal(a, "2001:db8:1:2::");
	lockout_address("2001:db8:1:2:ffff::1", b);
	assert_string_equal(a, b);
	lockout_address("2001:db8:1:3::1", b);
	assert_string_not_equal(a, b);
	lockout_address("192.0.2.1", a);
	assert_string_equal(a, "192.0.2.1");
	lockout_address("::ffff:192.0.2.1", a);
	assert_string_equal(a, "192.0.2.1");
}

static void
without_a_second_step(void **state)
{
	struct login l;

	(void)state;
	account = add_account(EMAIL);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_NO_ACCESS);
	add_membership(account, "2");
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_ENROL);
	browse();
	assert_false(r->who->complete);
	assert_int_equal(logged("password", "ok"), 0);
	forget_cookie();
	run("UPDATE organisation SET second_factor = 'optional' WHERE id = %d",
		(int)organisation);
	l = password(EMAIL, PASSWORD);
	assert_int_equal(l.result, LOGIN_DONE);
	assert_string_equal(l.next, "/aids?status=in_use");
	browse();
	assert_true(r->who->complete);
	assert_int_equal(logged("password", "ok"), 1);

	add_factor(account, "new");
	forget_cookie();
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_CODE);
	run("DELETE FROM factor");
	run("INSERT INTO membership (account_id, portal, role) VALUES "
	    "(%d, 'supplier', 'planner')",
		(int)account);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_ENROL);
	run("UPDATE membership SET active = FALSE");
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_NO_ACCESS);
}

static void
factor_under_an_older_key(void **state)
{
	struct login l;

	(void)state;
	account = add_account(EMAIL);
	add_membership(account, "2");
	add_factor(account, "old");
	log_in_with(code_at(0), LOGIN_DONE);
	config.key_count = 2;
	forget_cookie();
	password(EMAIL, PASSWORD);
	browse();
	assert_int_equal(login_code(r, FACTOR_APP, code_at(1), &l), RC_FAIL);
}

static void
factor_of_another_account(void **state)
{
	struct login l;

	(void)state;
	make_account();
	run("UPDATE factor SET account_id = %d", (int)add_account("x@y.z"));
	run("UPDATE account SET email = 'old@y.z' WHERE id = %d", (int)account);
	account = strtoll(value("SELECT account_id FROM factor"), NULL, 10);
	add_membership(account, "2");
	password("x@y.z", PASSWORD);
	browse();
	assert_int_equal(login_code(r, FACTOR_APP, code_at(0), &l), RC_FAIL);
}

static void
costs_that_changed(void **state)
{
	char hash[crypto_pwhash_argon2id_STRBYTES];

	(void)state;
	make_account();
	assert_int_equal(crypto_pwhash_argon2id_str(hash, PASSWORD,
				 strlen(PASSWORD), 1, 8 * 1024 * 1024),
		0);
	run("UPDATE account SET password_hash = '%s' WHERE id = %d", hash,
		(int)account);
	password(EMAIL, "wrong");
	assert_string_equal(value("SELECT password_hash FROM account WHERE "
				  "id = %d",
				    (int)account),
		hash);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_CODE);
	assert_memory_equal(value("SELECT password_hash FROM account WHERE "
				  "id = %d",
				    (int)account),
		"$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_int_equal(password(EMAIL, PASSWORD).result, LOGIN_CODE);
}

static void
where_to_go(void **state)
{
	char *longest = pool_alloc(pool, SESSION_NEXT_MAX + 2);

	(void)state;
	assert_string_equal(login_next("/aids/204817"), "/aids/204817");
	assert_string_equal(login_next("/aids?a=%2F"), "/aids?a=%2F");
	assert_string_equal(login_next(NULL), "/");
	assert_string_equal(login_next(""), "/");
	assert_string_equal(login_next("//evil.example"), "/");
	assert_string_equal(login_next("/\\evil.example"), "/");
	assert_string_equal(login_next("https://evil.example/"), "/");
	assert_string_equal(login_next("javascript:alert(1)"), "/");
	assert_string_equal(login_next("/a\r\nSet-Cookie: x=y"), "/");
	assert_string_equal(login_next("/login/verify"), "/");
	assert_string_equal(login_next("/logout"), "/");
	memset(longest, '/', 1);
	memset(longest + 1, 'a', SESSION_NEXT_MAX);
	assert_string_equal(login_next(longest), "/");
}

static void
logging_out(void **state)
{
	const char *cookie;

	(void)state;
	make_account();
	log_in_with(code_at(0), LOGIN_DONE);
	browse();
	cookie = r->cookie;
	assert_int_equal(login_out(r), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE action = "
			       "'logout' AND actor_id = %d",
				 (int)account),
		1);
	browse();
	r->cookie = cookie;
	assert_int_equal(session_load(r), RC_OK);
	assert_null(r->who);
	assert_int_equal(login_out(r), RC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(two_steps),
		FIXTURE_TEST(what_is_refused_alike),
		FIXTURE_TEST(address_in_capitals),
		FIXTURE_TEST(a_code_works_once),
		FIXTURE_TEST(codes_of_other_times),
		FIXTURE_TEST(five_wrong_codes),
		FIXTURE_TEST(fifth_code_may_be_right),
		FIXTURE_TEST(no_try_left),
		FIXTURE_TEST(a_code_sent_twice),
		FIXTURE_TEST(account_is_locked),
		FIXTURE_TEST(what_was_failed_is_forgotten_with_time),
		FIXTURE_TEST(success_begins_anew),
		FIXTURE_TEST(password_alone_is_no_success),
		FIXTURE_TEST(locked_in_the_second_step),
		FIXTURE_TEST(address_is_locked),
		FIXTURE_TEST(strangers_do_not_lock_out_a_known_device),
		FIXTURE_TEST(a_known_device_has_tries_of_its_own),
		FIXTURE_TEST(tries_at_once_are_counted),
		FIXTURE_TEST(address_of_a_network),
		FIXTURE_TEST(without_a_second_step),
		FIXTURE_TEST(factor_under_an_older_key),
		FIXTURE_TEST(factor_of_another_account),
		FIXTURE_TEST(costs_that_changed),
		FIXTURE_TEST(where_to_go),
		FIXTURE_TEST(logging_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
