/* The life of a session (reliability 10). */
#include <string.h>

#include "access/session.h"
#include "fixture.h"

static int64_t account, membership;

static void
begin(const char *role, enum session_step step)
{
	account = add_account("m@lindenhof.example");
	membership = add_membership(account, role);
	assert_int_equal(
		session_begin(r, account, membership, step, "/aids", NULL),
		RC_OK);
	assert_null(r->who);
	browse();
}

static void
knows_who_is_there(void **state)
{
	const struct db_scope *scope;

	(void)state;
	begin("2", SESSION_COMPLETE);
	assert_non_null(r->who);
	assert_int_equal(r->who->account, account);
	assert_int_equal(r->who->membership, membership);
	assert_int_equal(r->who->organisation, organisation);
	assert_string_equal(r->who->organisation_name, "Woonzorg Lindenhof");
	assert_string_equal(r->who->portal_name, "institution");
	assert_string_equal(r->who->role, "2");
	assert_string_equal(r->who->email, "m@lindenhof.example");
	assert_true(r->who->complete);
	assert_false(r->who->all_places);
	scope = db_get_scope(db);
	assert_int_equal(scope->portal, DB_INSTITUTION);
	assert_int_equal(scope->account, account);
	assert_int_equal(scope->membership, membership);
	assert_int_equal(scope->organisation, organisation);
	assert_int_equal(scope->branch, 0);
}

static void
keeps_no_cookie(void **state)
{
	(void)state;
	begin("2", SESSION_COMPLETE);
	assert_int_equal(strlen(r->cookie), SESSION_COOKIE_LENGTH);
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE id = "
			       "UNHEX(SHA2('%s', 256)) AND account_id = %d",
				 r->cookie, (int)account),
		1);
}

static void
who_sees_all(void **state)
{
	static const char *const roles[] = {"admin", "1", "2", "7"};

	(void)state;
	begin("admin", SESSION_COMPLETE);
	for (int i = 0; i < 4; i++) {
		run("UPDATE membership SET role = '%s' WHERE id = %d", roles[i],
			(int)membership);
		browse();
		assert_string_equal(r->who->role, roles[i]);
		assert_int_equal(r->who->all_places, i < 2);
		assert_int_equal(db_get_scope(db)->all_places, i < 2);
	}
	run("UPDATE membership SET all_places = TRUE WHERE id = %d",
		(int)membership);
	browse();
	assert_true(r->who->all_places);
}

static void
staff_has_a_branch(void **state)
{
	(void)state;
	begin("2", SESSION_COMPLETE);
	run("UPDATE membership SET portal = 'supplier', role = 'planner', "
	    "organisation_id = NULL WHERE id = %d",
		(int)membership);
	browse();
	assert_int_equal(r->who->portal, DB_SUPPLIER);
	assert_int_equal(r->who->organisation, 0);
	assert_int_equal(db_get_scope(db)->branch, 0);
	run("UPDATE membership SET branch_id = %d WHERE id = %d", (int)branch,
		(int)membership);
	browse();
	assert_int_equal(db_get_scope(db)->branch, branch);
}

static void
half_a_session_sees_nothing(void **state)
{
	(void)state;
	begin("admin", SESSION_PASSWORD);
	assert_non_null(r->who);
	assert_false(r->who->complete);
	assert_int_equal(db_get_scope(db)->portal, DB_NOBODY);
	run("UPDATE session SET created_at = created_at - INTERVAL 11 MINUTE");
	browse();
	assert_null(r->who);
}

static void
strange_cookies(void **state)
{
	static const char *const cookies[] = {"", "a",
		"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
		"abcdefghijklmnopqrstuvwxyz0123456789ABCDEF'",
		"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"};

	(void)state;
	begin("2", SESSION_COMPLETE);
	for (int i = 0; i < 5; i++) {
		r->cookie = cookies[i];
		assert_int_equal(session_load(r), RC_OK);
		assert_null(r->who);
	}
}

/* Each of these ends a session that was good. */
static void
ends_with(const char *sql)
{
	browse();
	assert_non_null(r->who);
	run("SAVEPOINT spot");
	run("%s", sql);
	browse();
	assert_null(r->who);
	assert_int_equal(db_get_scope(db)->portal, DB_NOBODY);
	run("ROLLBACK TO SAVEPOINT spot");
}

static void
what_ends_it(void **state)
{
	(void)state;
	add_account("other@lindenhof.example");
	begin("2", SESSION_COMPLETE);
	ends_with("UPDATE session SET seen_at = UTC_TIMESTAMP() - "
		  "INTERVAL 31 MINUTE");
	ends_with("UPDATE session SET created_at = UTC_TIMESTAMP() - "
		  "INTERVAL 721 MINUTE");
	ends_with("UPDATE account SET state = 'deactivated'");
	ends_with("UPDATE account SET state = 'ended', email = NULL");
	ends_with("UPDATE account SET password_set_at = UTC_TIMESTAMP() + "
		  "INTERVAL 1 SECOND");
	ends_with("UPDATE account SET password_set_at = NULL");
	ends_with("UPDATE membership SET active = FALSE");
	ends_with("UPDATE organisation SET active = FALSE");
	ends_with("DELETE FROM session");
	ends_with("UPDATE membership SET account_id = (SELECT MIN(id) FROM "
		  "account WHERE email = 'other@lindenhof.example')");
	config.session.idle_minutes = 1;
	ends_with("UPDATE session SET seen_at = UTC_TIMESTAMP() - "
		  "INTERVAL 61 SECOND");
}

static void
being_there_keeps_it(void **state)
{
	(void)state;
	begin("2", SESSION_COMPLETE);
	run("UPDATE session SET seen_at = seen_at - INTERVAL 29 MINUTE");
	browse();
	assert_non_null(r->who);
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE seen_at > "
			       "UTC_TIMESTAMP() - INTERVAL 5 SECOND AND "
			       "account_id = %d",
				 (int)account),
		1);
	run("UPDATE session SET seen_at = seen_at - INTERVAL 50 SECOND");
	browse();
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE seen_at > "
			       "UTC_TIMESTAMP() - INTERVAL 40 SECOND AND "
			       "account_id = %d",
				 (int)account),
		0);
}

static void
a_new_one_at_each_step(void **state)
{
	const char *half, *full, *next;

	(void)state;
	begin("2", SESSION_PASSWORD);
	half = r->cookie;
	assert_int_equal(session_complete(r, &next), RC_OK);
	browse();
	full = r->cookie;
	assert_string_not_equal(half, full);
	assert_true(r->who->complete);
	r->cookie = half;
	assert_int_equal(session_load(r), RC_OK);
	assert_null(r->who);

	r->cookie = full;
	assert_int_equal(session_load(r), RC_OK);
	assert_int_equal(session_complete(r, &next), RC_NOTFOUND);
	assert_int_equal(session_begin(r, account, membership, SESSION_COMPLETE,
				 NULL, NULL),
		RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE "
			       "account_id = %d",
				 (int)account),
		1);
}

static void
old_ones_go(void **state)
{
	(void)state;
	begin("2", SESSION_COMPLETE);
	run("UPDATE session SET seen_at = seen_at - INTERVAL 31 MINUTE");
	forget_cookie();
	browse();
	assert_int_equal(session_begin(r, account, membership, SESSION_COMPLETE,
				 NULL, NULL),
		RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE "
			       "account_id = %d",
				 (int)account),
		1);
}

static void
ends_by_hand(void **state)
{
	const char *cookie;

	(void)state;
	begin("2", SESSION_COMPLETE);
	cookie = r->cookie;
	assert_int_equal(session_end(r), RC_OK);
	assert_non_null(strstr(r->response.headers->data,
		"__Host-hulpbalie=; Max-Age=0; Path=/; Secure; HttpOnly"));
	browse();
	assert_null(r->who);
	r->cookie = cookie;
	assert_int_equal(session_load(r), RC_OK);
	assert_null(r->who);
}

static void
leaves_a_message(void **state)
{
	xmlNode *message;

	(void)state;
	begin("2", SESSION_COMPLETE);
	assert_int_equal(session_notice(r, "ok", "request.sent", "2026-000123",
				 "", "<Duin>", NULL),
		RC_OK);
	browse();
	r->xml = xml_create(pool, "messages");
	assert_int_equal(session_notice_write(r), RC_OK);
	message = xmlDocGetRootElement(xml_doc(r->xml))->children;
	assert_string_equal((const char *)message->name, "message");
	assert_string_equal(
		(const char *)message->properties->children->content, "ok");
	assert_string_equal(
		(const char *)message->properties->next->children->content,
		"request.sent");
	assert_int_equal(xmlChildElementCount(message), 3);
	assert_string_equal(
		(const char *)message->last->children->content, "<Duin>");
	assert_int_equal(session_notice_write(r), RC_OK);
	assert_null(message->next);
	browse();
	assert_null(r->who->notice);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(knows_who_is_there),
		FIXTURE_TEST(keeps_no_cookie),
		FIXTURE_TEST(who_sees_all),
		FIXTURE_TEST(staff_has_a_branch),
		FIXTURE_TEST(half_a_session_sees_nothing),
		FIXTURE_TEST(strange_cookies),
		FIXTURE_TEST(what_ends_it),
		FIXTURE_TEST(being_there_keeps_it),
		FIXTURE_TEST(a_new_one_at_each_step),
		FIXTURE_TEST(old_ones_go),
		FIXTURE_TEST(ends_by_hand),
		FIXTURE_TEST(leaves_a_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
