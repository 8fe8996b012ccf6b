/* Who answers for an authoriser who is away; reminders; escalation (X6). */
#include <string.h>

#include "core/text.h"
#include "domain/stand_in.h"
#include "world.h"

static int64_t aids;

/* Fatima's repair, that Pieter is to authorise. */
static const char *
asked(void)
{
	return ask_repair(
		FATIMA, add_aid(300000 + ++aids, duin, "in_use", false), duin);
}

static int64_t
approver_of(const char *number)
{
	int64_t id = count(
		"SELECT approver_id FROM request WHERE number = '%s'", number);

	assert_int_equal(count("SELECT v.approver_id FROM approval v JOIN "
			       "request r ON r.id = v.subject_id WHERE "
			       "r.number = '%s'",
				 number),
		id);
	assert_int_equal(count("SELECT n.approver_id FROM request_line n JOIN "
			       "request r ON r.id = n.request_id WHERE "
			       "r.number = '%s'",
				 number),
		id);
	return id;
}

struct setting {
	struct request *request;
	struct stand_in stand_in;
	enum rc rc;
};

static enum rc
set_body(void *arg)
{
	struct setting *s = arg;

	s->rc = stand_in_set(s->request, &s->stand_in);
	return s->rc;
}

/* Pieter is away from so many days on, for a week. */
static enum rc
away(enum person stand_in, int from)
{
	struct setting s = {.request = as(PIETER)};
	char today[11], first[11], last[11];

	text_today(today);
	text_date_add(today, from, first);
	text_date_add(first, 7, last);
	s.stand_in = (struct stand_in){account_of(stand_in), NULL, first, last};
	db_transaction(db, set_body, &s, NULL);
	return s.rc;
}

/* May the person, in that role, answer it now? */
static bool
authorises(enum person who, const char *role, const char *number)
{
	struct request *r = as(who);
	struct service_request sr;

	r->who->role = role;
	assert_int_equal(request_get(r, number, &sr), RC_OK);
	return request_actors(r, &sr) & ACTOR_AUTHORISER;
}

static void
night(void)
{
	struct request *r = as(MARIJKE);

	r->who = NULL;
	assert_int_equal(stand_in_day(r), RC_OK);
}

static void
make_authoriser(enum person who, const char *role)
{
	run("UPDATE membership SET role = '%s', all_places = TRUE WHERE "
	    "account_id = %d",
		role, (int)account_of(who));
}

static void
what_waits_and_what_comes(void **state)
{
	const char *before, *meanwhile;

	(void)state;
	make_authoriser(MARIJKE, "3");
	before = asked();
	assert_int_equal(approver_of(before), account_of(PIETER));
	assert_int_equal(away(MARIJKE, 0), RC_OK);
	assert_int_equal(approver_of(before), account_of(MARIJKE));
	meanwhile = asked();
	assert_int_equal(approver_of(meanwhile), account_of(MARIJKE));
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind = "
			       "'account.stand-in' AND recipient = "
			       "'marijke@lindenhof.example'"),
		1);
	assert_true(authorises(MARIJKE, "3", before));
	assert_false(authorises(PIETER, "3", before));
	run("UPDATE approval v JOIN request r ON r.id = v.subject_id SET "
	    "v.verdict = 'approved', r.state = 'submitted' WHERE r.number = "
	    "'%s'",
		before);
	/* It ends: what was not answered comes back, what was does not. */
	run("UPDATE stand_in SET from_on = from_on - INTERVAL 9 DAY, "
	    "until_on = until_on - INTERVAL 9 DAY");
	night();
	assert_int_equal(approver_of(meanwhile), account_of(PIETER));
	assert_int_equal(approver_of(before), account_of(MARIJKE));
	assert_int_equal(count("SELECT COUNT(*) FROM stand_in"), 0);
	night();
	assert_int_equal(approver_of(asked()), account_of(PIETER));
}

static void
not_before_its_day(void **state)
{
	const char *number;

	(void)state;
	make_authoriser(MARIJKE, "3");
	assert_int_equal(away(MARIJKE, 2), RC_OK);
	number = asked();
	night();
	assert_int_equal(approver_of(number), account_of(PIETER));
	run("UPDATE stand_in SET from_on = from_on - INTERVAL 2 DAY");
	night();
	assert_int_equal(approver_of(number), account_of(MARIJKE));
}

static void
nobody_answers_his_own(void **state)
{
	const char *number;

	(void)state;
	make_authoriser(FATIMA, "3");
	number = asked();
	assert_int_equal(away(FATIMA, 0), RC_OK);
	assert_int_equal(approver_of(number), account_of(PIETER));
	assert_int_equal(approver_of(asked()), account_of(PIETER));
}

static void
only_who_may_authorise(void **state)
{
	(void)state;
	assert_int_equal(away(MARIJKE, 0), RC_DENIED);
	assert_int_equal(away(TINEKE, 0), RC_DENIED);
	assert_int_equal(away(PIETER, 0), RC_DENIED);
	assert_int_equal(count("SELECT COUNT(*) FROM stand_in"), 0);
}

static void
reminded_then_escalated(void **state)
{
	const char *number = asked();

	(void)state;
	config.approval.remind_days = 2;
	config.approval.escalate_days = 5;
	make_authoriser(MARIJKE, "admin");
	night();
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind LIKE "
			       "'account.approvals%%'"),
		0);
	run("UPDATE approval SET asked_at = asked_at - INTERVAL 49 HOUR");
	night();
	night();
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind = "
			       "'account.approvals-wait' AND recipient = "
			       "'pieter@lindenhof.example'"),
		1);
	assert_false(authorises(MARIJKE, "admin", number));
	run("UPDATE approval SET asked_at = asked_at - INTERVAL 72 HOUR");
	night();
	night();
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind = "
			       "'account.approvals-late' AND recipient = "
			       "'marijke@lindenhof.example'"),
		1);
	assert_true(authorises(MARIJKE, "admin", number));
	assert_false(authorises(MARIJKE, "1", number));
	run("UPDATE request SET requester_id = %d", (int)account_of(MARIJKE));
	assert_false(authorises(MARIJKE, "admin", number));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		WORLD_TEST(what_waits_and_what_comes),
		WORLD_TEST(not_before_its_day),
		WORLD_TEST(nobody_answers_his_own),
		WORLD_TEST(only_who_may_authorise),
		WORLD_TEST(reminded_then_escalated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
