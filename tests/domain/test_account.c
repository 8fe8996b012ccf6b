/* The life of an account: what is left of it, and who is told (C1-C9). */
#include <string.h>

#include "domain/account.h"
#include "world.h"

static const char *why;
static enum person doer;
static char address[100];

/* What is done, to that account, in a transaction of its own. */
struct deed {
	struct request *request;
	const char *code;
	enum rc (*fn)(struct request *, const struct account *,
		const struct account_member *);
};

static const char *
code_of(int64_t account)
{
	return value("SELECT code FROM account WHERE id = %d", (int)account);
}

static enum rc
run_deed(void *arg)
{
	struct deed *d = arg;
	const struct account_member *m;
	struct account a;
	size_t count;
	enum rc rc = account_lock(d->request, d->code, &a);

	why = NULL;
	if (!rc)
		rc = account_members(d->request, &a, &m, &count);
	return rc ? rc : d->fn(d->request, &a, m);
}

static enum rc
to(int64_t account, enum rc (*fn)(struct request *, const struct account *,
			    const struct account_member *))
{
	struct deed d = {as(doer), code_of(account), fn};

	d.request->route = NULL;
	return db_transaction(db, run_deed, &d, NULL);
}

static enum rc
deactivate(struct request *r, const struct account *a,
	const struct account_member *m)
{
	(void)m;
	return account_deactivate(r, a, "closed", &why);
}

static enum rc
reactivate(struct request *r, const struct account *a,
	const struct account_member *m)
{
	(void)m;
	return account_reactivate(r, a, &why);
}

static enum rc
end(struct request *r, const struct account *a, const struct account_member *m)
{
	(void)m;
	return account_end(r, a, "ended", &why);
}

static enum rc
readdress(struct request *r, const struct account *a,
	const struct account_member *m)
{
	(void)m;
	return account_readdress(r, a, address, &why);
}

static enum rc
reset_factor(struct request *r, const struct account *a,
	const struct account_member *m)
{
	(void)m;
	return account_reset_factor(r, a, &why);
}

static enum rc
close_member(struct request *r, const struct account *a,
	const struct account_member *m)
{
	return account_member_close(r, a, m, &why);
}

static enum rc
open_member(struct request *r, const struct account *a,
	const struct account_member *m)
{
	return account_member_open(r, a, m, &why);
}

static enum rc
rename_it(struct request *r, const struct account *a,
	const struct account_member *m)
{
	(void)m;
	return account_rename(r, a, "Iemand Anders", &why);
}

/* A customer's administrator, beside those of the world. */
static int64_t
add_member(const char *email, int64_t organisation, const char *role,
	const char *state)
{
	int64_t id = run("INSERT INTO account (email, name, phone, state, "
			 "password_set_at) VALUES ('%s', 'Proef', '0500003412',"
			 " '%s', UTC_TIMESTAMP())",
		email, state);

	run("INSERT INTO membership (account_id, portal, organisation_id, "
	    "role) VALUES (%d, 'institution', %d, '%s')",
		(int)id, (int)organisation, role);
	return id;
}

static int64_t
mails(const char *event, const char *email)
{
	return count("SELECT COUNT(*) FROM outbox WHERE "
		     "kind = 'account.%s' AND recipient = '%s'",
		event, email);
}

static const char *
state_of(int64_t account)
{
	return value("SELECT state FROM account WHERE id = %d", (int)account);
}

static int64_t
records(int64_t account, const char *subject)
{
	return count("SELECT COUNT(*) FROM audit WHERE account_id = %d AND "
		     "subject = '%s' AND outcome = 'ok'",
		(int)account, subject);
}

/* All that hangs on a person who logs in. */
static void
furnish(int64_t account)
{
	int id = (int)account;

	run("UPDATE account SET password_hash = 'x', last_login_at = "
	    "UTC_TIMESTAMP() WHERE id = %d",
		id);
	run("INSERT INTO factor (account_id, kind, key_id, secret, "
	    "confirmed_at) VALUES (%d, 'totp', 'k', 'x', UTC_TIMESTAMP())",
		id);
	run("INSERT INTO recovery_code (account_id, code_hash) VALUES "
	    "(%d, UNHEX(SHA2('x', 256)))",
		id);
	run("INSERT INTO known_device (id, account_id) VALUES "
	    "(UNHEX(SHA2('d%d', 256)), %d)",
		id, id);
	run("INSERT INTO session (id, account_id, step, address, agent) "
	    "VALUES (UNHEX(SHA2('s%d', 256)), %d, 'complete', '::1', '')",
		id, id);
	run("INSERT INTO account_link (id, account_id, kind, expires_at) "
	    "VALUES (UNHEX(SHA2('l%d', 256)), %d, 'reset', "
	    "UTC_TIMESTAMP() + INTERVAL 1 HOUR)",
		id, id);
}

static int64_t
has(const char *table, int64_t account)
{
	return count("SELECT COUNT(*) FROM %s WHERE account_id = %d", table,
		(int)account);
}

static void
deactivated_and_back(void **state)
{
	int64_t fatima = account_of(FATIMA);

	(void)state;
	doer = SAMIRA;
	furnish(fatima);
	assert_int_equal(to(fatima, deactivate), RC_OK);
	assert_string_equal(state_of(fatima), "deactivated");
	assert_int_equal(has("session", fatima), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM account_link WHERE "
			       "account_id = %d AND used_at IS NULL",
				 (int)fatima),
		0);
	assert_int_equal(has("factor", fatima), 1);
	assert_int_equal(mails("closed", "fatima@lindenhof.example"), 1);
	assert_int_equal(records(fatima, "deactivate"), 1);
	assert_int_equal(to(fatima, deactivate), RC_INVALID);
	assert_string_equal(why, "state");
	run("UPDATE account SET password_set_at = UTC_TIMESTAMP() "
	    "WHERE id = %d",
		(int)fatima);
	assert_int_equal(to(fatima, reactivate), RC_OK);
	assert_string_equal(state_of(fatima), "active");
	assert_string_not_equal(value("SELECT active_since FROM account "
				      "WHERE id = %d",
					(int)fatima),
		"");
	assert_int_equal(mails("reopened", "fatima@lindenhof.example"), 1);
}

static void
never_activated_gets_a_link(void **state)
{
	int64_t id = add_member(
		"n@lindenhof.example", lindenhof, "4", "deactivated");

	(void)state;
	doer = SAMIRA;
	run("UPDATE account SET password_set_at = NULL WHERE id = %d", (int)id);
	assert_int_equal(to(id, reactivate), RC_OK);
	assert_string_equal(state_of(id), "invited");
	assert_int_equal(mails("invited", "n@lindenhof.example"), 1);
}

static void
who_is_leaned_on_stays(void **state)
{
	(void)state;
	doer = SAMIRA;
	assert_int_equal(to(account_of(PIETER), deactivate), RC_INVALID);
	assert_string_equal(why, "successor");
	assert_int_equal(to(account_of(PIETER), end), RC_INVALID);
	assert_string_equal(why, "successor");
	assert_string_equal(state_of(account_of(PIETER)), "active");
}

static void
ended_is_stripped(void **state)
{
	int64_t fatima = account_of(FATIMA);
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *number = ask_repair(FATIMA, aid, duin);

	(void)state;
	doer = SAMIRA;
	furnish(fatima);
	assert_int_equal(to(fatima, end), RC_OK);
	assert_int_equal(mails("ended", "fatima@lindenhof.example"), 1);
	assert_string_equal(state_of(fatima), "ended");
	assert_string_equal(value("SELECT CONCAT_WS('|', name, "
				  "email IS NULL, phone IS NULL, "
				  "password_hash IS NULL) FROM account WHERE "
				  "id = %d",
				    (int)fatima),
		"Vervallen account|1|1|1");
	for (int i = 0; i < 5; i++) {
		static const char *const tables[] = {"session", "factor",
			"recovery_code", "known_device", "export"};

		assert_int_equal(has(tables[i], fatima), 0);
	}
	assert_int_equal(count("SELECT COUNT(*) FROM service_authoriser"), 0);
	assert_int_equal(
		count("SELECT COUNT(*) FROM membership WHERE account_id = %d "
		      "AND active",
			(int)fatima),
		0);
	/* What it did stays, under its key. */
	assert_int_equal(count("SELECT requester_id FROM request WHERE "
			       "number = '%s'",
				 number),
		fatima);
	assert_int_equal(records(fatima, "end"), 1);
	assert_int_equal(to(fatima, reactivate), RC_INVALID);
	/* The address is free: coming back means a new account. */
	add_member("fatima@lindenhof.example", lindenhof, "4", "active");
}

static void
another_address(void **state)
{
	int64_t fatima = account_of(FATIMA);

	(void)state;
	doer = SAMIRA;
	furnish(fatima);
	strcpy(address, "f.elamrani@lindenhof.example");
	assert_int_equal(to(fatima, readdress), RC_OK);
	assert_string_equal(value("SELECT CONCAT_WS('|', state, email, "
				  "password_hash IS NULL) FROM account WHERE "
				  "id = %d",
				    (int)fatima),
		"invited|f.elamrani@lindenhof.example|1");
	/* What hangs on the person stays; so does the second factor. */
	assert_int_equal(count("SELECT COUNT(*) FROM service_authoriser"), 1);
	assert_int_equal(has("factor", fatima), 1);
	assert_int_equal(has("session", fatima), 0);
	assert_int_equal(mails("readdressed", "fatima@lindenhof.example"), 1);
	assert_int_equal(mails("invited", address), 1);
	strcpy(address, "pieter@lindenhof.example");
	assert_int_equal(to(fatima, readdress), RC_CONFLICT);
	assert_string_equal(
		value("SELECT email FROM account WHERE id = %d", (int)fatima),
		"f.elamrani@lindenhof.example");
}

static void
factor_anew(void **state)
{
	int64_t fatima = account_of(FATIMA);

	(void)state;
	doer = SAMIRA;
	furnish(fatima);
	assert_int_equal(to(fatima, reset_factor), RC_OK);
	assert_int_equal(has("factor", fatima), 0);
	assert_int_equal(has("recovery_code", fatima), 0);
	assert_int_equal(has("session", fatima), 0);
	assert_string_equal(state_of(fatima), "active");
	assert_int_equal(mails("factor-reset", "fatima@lindenhof.example"), 1);
	assert_int_equal(records(fatima, "factor"), 1);
}

static void
nobody_does_it_to_oneself(void **state)
{
	static enum rc (*const deeds[])(struct request *,
		const struct account *, const struct account_member *) = {
		deactivate, end, readdress, reset_factor};

	(void)state;
	doer = SAMIRA;
	for (int i = 0; i < 4; i++) {
		assert_int_equal(to(account_of(SAMIRA), deeds[i]), RC_INVALID);
		assert_string_equal(why, "own");
	}
}

/* One who works for two: the one organisation's administrator closes that
 * one's access, and touches nothing that is the other's. */
static void
of_two_organisations(void **state)
{
	int64_t tineke = account_of(TINEKE);
	int64_t here = run("INSERT INTO membership (account_id, portal, "
			   "organisation_id, role) VALUES (%d, 'institution', "
			   "%d, '4')",
		(int)tineke, (int)lindenhof);

	(void)state;
	run("UPDATE membership SET role = 'admin' WHERE account_id = %d",
		(int)account_of(MARIJKE));
	doer = MARIJKE;
	assert_int_equal(to(tineke, rename_it), RC_INVALID);
	assert_string_equal(why, "elsewhere");
	assert_int_equal(to(tineke, close_member), RC_OK);
	assert_string_equal(state_of(tineke), "active");
	assert_int_equal(
		count("SELECT active FROM membership WHERE id = %d", (int)here),
		0);
	assert_int_equal(count("SELECT COUNT(*) FROM membership WHERE "
			       "account_id = %d AND active",
				 (int)tineke),
		1);
	assert_int_equal(mails("left", "tineke@terpen.example"), 1);
	assert_int_equal(to(tineke, open_member), RC_OK);
	assert_int_equal(mails("returned", "tineke@terpen.example"), 1);
	/* Closed by the supplier it is not the administrator's to open. */
	run("UPDATE account SET state = 'deactivated' WHERE id = %d",
		(int)tineke);
	assert_int_equal(to(tineke, open_member), RC_INVALID);
	assert_string_equal(why, "elsewhere");
	/* And an account that is another's alone is not there. */
	run("UPDATE membership SET organisation_id = %d, portal = "
	    "'professional' WHERE id = %d",
		(int)terpen, (int)here);
	assert_int_equal(to(tineke, close_member), RC_NOTFOUND);
}

static void
with_its_last_membership_it_goes(void **state)
{
	int64_t fatima = account_of(FATIMA);

	(void)state;
	doer = MARIJKE;
	assert_int_equal(to(fatima, close_member), RC_OK);
	assert_string_equal(state_of(fatima), "deactivated");
	assert_int_equal(mails("closed", "fatima@lindenhof.example"), 1);
	assert_int_equal(to(fatima, close_member), RC_INVALID);
	run("UPDATE account SET password_set_at = UTC_TIMESTAMP() "
	    "WHERE id = %d",
		(int)fatima);
	assert_int_equal(to(fatima, open_member), RC_OK);
	assert_string_equal(state_of(fatima), "active");
	assert_int_equal(
		count("SELECT COUNT(*) FROM membership WHERE account_id = %d "
		      "AND active",
			(int)fatima),
		1);
}

struct job {
	int64_t account;
	bool ends;
};

static enum rc
run_job(void *arg)
{
	struct job *j = arg;
	struct request *r = as(SAMIRA);
	struct account a;
	enum rc rc;

	r->who = NULL;
	db_set_scope(db, &(struct db_scope){.portal = DB_NOBODY});
	rc = account_of_job(r, j->account, &a);
	if (rc)
		return rc;
	return j->ends ? account_end(r, &a, "expired", &why)
		       : account_deactivate(r, &a, "idle", &why);
}

/* The life cycle asks nobody; whose authoriser goes hears of it. */
static void
by_the_job(void **state)
{
	struct job j = {account_of(PIETER), false};

	(void)state;
	run("UPDATE membership SET role = 'admin' WHERE account_id = %d",
		(int)account_of(MARIJKE));
	assert_int_equal(db_transaction(db, run_job, &j, NULL), RC_OK);
	assert_string_equal(state_of(j.account), "deactivated");
	assert_int_equal(mails("idle", "pieter@lindenhof.example"), 1);
	assert_int_equal(
		mails("no-authoriser", "marijke@lindenhof.example"), 1);
	j.ends = true;
	assert_int_equal(db_transaction(db, run_job, &j, NULL), RC_OK);
	assert_string_equal(state_of(j.account), "ended");
	assert_int_equal(mails("expired", "pieter@lindenhof.example"), 1);
	assert_int_equal(db_transaction(db, run_job, &j, NULL), RC_INVALID);
}

static enum rc
succeed(struct request *r, const struct account *a,
	const struct account_member *m)
{
	return account_succeed(r, a, m->organisation, account_of(MARIJKE));
}

/* What waits for a verdict goes along; what was answered does not. */
static void
a_successor_takes_over(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *number = ask_repair(FATIMA, aid, duin);

	(void)state;
	doer = SAMIRA;
	assert_int_equal(to(account_of(PIETER), succeed), RC_DENIED);
	run("UPDATE membership SET role = '7' WHERE account_id = %d",
		(int)account_of(MARIJKE));
	assert_int_equal(to(account_of(PIETER), succeed), RC_OK);
	assert_int_equal(count("SELECT authoriser_id FROM service_authoriser"),
		account_of(MARIJKE));
	assert_int_equal(count("SELECT q.approver_id FROM request q "
			       "JOIN request_line n ON n.request_id = q.id "
			       "AND n.approver_id = q.approver_id "
			       "WHERE q.number = '%s'",
				 number),
		account_of(MARIJKE));
	assert_int_equal(
		count("SELECT approver_id FROM approval"), account_of(MARIJKE));
	assert_int_equal(mails("successor", "marijke@lindenhof.example"), 1);
	assert_int_equal(to(account_of(PIETER), deactivate), RC_OK);
}

/* Nobody names it any more, but a request waits for its verdict. */
static void
what_waits_leans_on_it_too(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *number = ask_repair(FATIMA, aid, duin);

	(void)state;
	doer = SAMIRA;
	run("DELETE FROM service_authoriser");
	assert_int_equal(to(account_of(PIETER), deactivate), RC_INVALID);
	assert_string_equal(why, "successor");
	/* Who asked it is none to answer it. */
	run("UPDATE membership SET role = '7'");
	run("UPDATE request SET requester_id = %d", (int)account_of(MARIJKE));
	assert_int_equal(to(account_of(PIETER), succeed), RC_DENIED);
	run("UPDATE request SET requester_id = %d", (int)account_of(FATIMA));
	assert_int_equal(to(account_of(PIETER), succeed), RC_OK);
	assert_int_equal(count("SELECT q.approver_id FROM request q "
			       "JOIN request_line n ON n.request_id = q.id "
			       "AND n.approver_id = q.approver_id "
			       "WHERE q.number = '%s'",
				 number),
		account_of(MARIJKE));
	assert_int_equal(to(account_of(PIETER), deactivate), RC_OK);
}

struct inviting {
	struct account_draft draft;
	struct account made;
};

static enum rc
run_invite(void *arg)
{
	struct inviting *i = arg;
	struct request *r = as(doer);

	return account_invite(r, &i->draft, &i->made, &why);
}

static enum rc
link_it(struct request *r, const struct account *a,
	const struct account_member *m)
{
	(void)m;
	return account_link_waiting(r, a, "hired", &why);
}

/* C8: asked for by an organisation, linked by the supplier's staff. */
static void
linked_with_a_reason(void **state)
{
	struct inviting i = {.draft = {.email = "TINEKE@terpen.example",
				     .name = "T. Bos",
				     .portal = "institution",
				     .organisation = lindenhof,
				     .role = "6"}};
	int64_t tineke = account_of(TINEKE);
	int64_t waits;

	(void)state;
	run("UPDATE membership SET role = 'admin' WHERE account_id = %d",
		(int)account_of(MARIJKE));
	doer = MARIJKE;
	assert_int_equal(db_transaction(db, run_invite, &i, NULL), RC_DENIED);
	run("UPDATE membership SET role = '2' WHERE account_id = %d",
		(int)account_of(MARIJKE));
	doer = SAMIRA;
	assert_int_equal(db_transaction(db, run_invite, &i, NULL), RC_CONFLICT);
	assert_int_equal(i.made.id, tineke);
	waits = run("INSERT INTO account (wanted_email, name, state) VALUES "
		    "('tineke@terpen.example', 'T. Bos', 'invited')");
	run("INSERT INTO membership (account_id, portal, organisation_id, "
	    "role) VALUES (%d, 'institution', %d, '6')",
		(int)waits, (int)lindenhof);
	run("UPDATE service_authoriser SET authoriser_id = %d", (int)waits);
	assert_int_equal(to(waits, link_it), RC_OK);
	assert_string_equal(value("SELECT CONCAT_WS('|', role, reason, active)"
				  " FROM membership WHERE account_id = %d AND "
				  "organisation_id = %d",
				    (int)tineke, (int)lindenhof),
		"6|hired|1");
	assert_int_equal(
		count("SELECT authoriser_id FROM service_authoriser"), tineke);
	assert_string_equal(state_of(waits), "ended");
	assert_int_equal(mails("joined", "tineke@terpen.example"), 1);
	assert_int_equal(to(waits, link_it), RC_NOTFOUND);
}

static void
who_may_give_what(void **state)
{
	static const struct {
		enum person who;
		const char *role; /* theirs for this test; NULL: as it is */
		const char *portal, *given;
		bool may;
	} cases[] = {
		{MARIJKE, NULL, "institution", "4", false},
		{MARIJKE, "admin", "institution", "4", true},
		{MARIJKE, "admin", "institution", "admin", true},
		{MARIJKE, "admin", "institution", "8", false},
		{MARIJKE, "admin", "professional", "professional", false},
		{MARIJKE, "admin", "supplier", "system", false},
		{SAMIRA, NULL, "institution", "admin", true},
		{SAMIRA, NULL, "professional", "professional", true},
		{SAMIRA, NULL, "supplier", "planner", false},
		{SAMIRA, "system", "supplier", "planner", true},
		{SAMIRA, "system", "institution", "4", false},
		{ROB, NULL, "institution", "4", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request *r = as(cases[i].who);

		if (cases[i].role)
			r->who->role = cases[i].role;
		assert_int_equal(
			account_may_give(r, cases[i].portal, cases[i].given),
			cases[i].may);
	}
}

static void
activated_once(void **state)
{
	int64_t id =
		add_member("i@lindenhof.example", lindenhof, "4", "invited");
	struct request *r = as(SAMIRA);

	(void)state;
	r->who = NULL;
	assert_int_equal(account_activate(r, id, &why), RC_OK);
	assert_string_equal(state_of(id), "active");
	assert_int_equal(mails("activated", "i@lindenhof.example"), 1);
	assert_int_equal(account_activate(r, id, &why), RC_INVALID);
	assert_string_equal(why, "state");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		WORLD_TEST(deactivated_and_back),
		WORLD_TEST(never_activated_gets_a_link),
		WORLD_TEST(who_is_leaned_on_stays),
		WORLD_TEST(ended_is_stripped),
		WORLD_TEST(another_address),
		WORLD_TEST(factor_anew),
		WORLD_TEST(nobody_does_it_to_oneself),
		WORLD_TEST(of_two_organisations),
		WORLD_TEST(with_its_last_membership_it_goes),
		WORLD_TEST(by_the_job),
		WORLD_TEST(a_successor_takes_over),
		WORLD_TEST(what_waits_leans_on_it_too),
		WORLD_TEST(linked_with_a_reason),
		WORLD_TEST(who_may_give_what),
		WORLD_TEST(activated_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
