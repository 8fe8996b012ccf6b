/* Asking for a service: all of it is written, or nothing. */
#include <string.h>

#include "world.h"

/* Rows of what a submission writes, and the counter. */
static int64_t
written(void)
{
	return count("SELECT (SELECT COUNT(*) FROM request) "
		     "+ (SELECT COUNT(*) FROM request_line) "
		     "+ (SELECT COUNT(*) FROM event) "
		     "+ (SELECT COUNT(*) FROM aid_event) "
		     "+ (SELECT COUNT(*) FROM approval) "
		     "+ (SELECT COUNT(*) FROM client) "
		     "+ (SELECT COUNT(*) FROM outbox) "
		     "+ (SELECT COUNT(*) FROM audit) "
		     "+ (SELECT IFNULL(SUM(value), 0) FROM counter)");
}

static struct request_draft
draft(const int64_t *aid, int64_t place)
{
	return (struct request_draft){
		.kind = KIND_REPAIR,
		.aid_ids = aid,
		.aid_count = 1,
		.place_id = place,
		.client_name = "Mw. T. Bakker",
		.contact_name = "Jan Hoekstra",
		.contact_phone = "0612345678",
		.contact_email = "jan@lindenhof.example",
		.description = "De accu laadt niet op.",
		.message = "Graag eerst bellen.",
		.wished_on = "2027-01-12",
	};
}

static void
everything_is_written(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	struct request_draft d = draft(&aid, duin);
	struct service_request sr;

	(void)state;
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	assert_string_equal(
		submitted, value("SELECT CONCAT(YEAR(UTC_DATE()), '-000001')"));
	sr = read_as(MARIJKE, submitted);
	assert_int_equal(sr.state, STATE_SUBMITTED);
	assert_int_equal(sr.organisation_id, lindenhof);
	assert_string_equal(sr.branch, "noorderhaven");
	assert_string_equal(sr.location, "Havenzicht");
	assert_string_equal(sr.place, "Duin");
	assert_string_equal(sr.client, "Mw. T. Bakker");
	assert_string_equal(sr.requester, "Marijke de Boer");
	assert_int_equal(sr.line_count, 1);
	assert_string_equal(sr.lines[0].number, "204817");
	assert_true(sr.lines[0].visible);
	assert_int_equal(count("SELECT COUNT(*) FROM event WHERE name = "
			       "'submit' AND from_state = 'draft' AND "
			       "to_state = 'submitted' AND actor_id = %d",
				 (int)account_of(MARIJKE)),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM aid_event WHERE kind = "
			       "'repair' AND done_on IS NULL AND summary = "
			       "'De accu laadt niet op.'"),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE action = "
			       "'create' AND client_id = %d",
				 (int)sr.client_id),
		1);
	/* Who asked gets a confirmation, the branch is told. */
	assert_string_equal(value("SELECT GROUP_CONCAT(recipient ORDER BY id) "
				  "FROM outbox"),
		"marijke@lindenhof.example,noorderhaven@zmn.example");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE "
			       "message_id LIKE '<%%@zmn.example>' AND "
			       "subject <> '' AND body_text LIKE '%%204%%' "
			       "AND body_text NOT LIKE '%%Bakker%%'"),
		2);
}

/* Many aids (X2): a line each, and the history says where each was. */
static void
each_from_where_it_is(void **state)
{
	const int64_t aids[] = {add_aid(204817, duin, "in_use", false),
		add_aid(204818, wierde, "in_use", false),
		add_aid(204819, duin, "in_use", false)};
	struct request_draft d = draft(aids, havenzicht);
	struct service_request sr;

	(void)state;
	d.aid_count = 3;
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	sr = read_as(MARIJKE, submitted);
	assert_int_equal(sr.line_count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(sr.lines[i].aid_id, aids[i]);
		assert_int_equal(sr.lines[i].state, STATE_SUBMITTED);
	}
	assert_string_equal(sr.lines[0].place, "Duin");
	assert_string_not_equal(sr.lines[1].place, "Duin");
	assert_int_equal(request_locations(&sr), 2);
	assert_int_equal(count("SELECT COUNT(*) FROM aid_event e JOIN aid a "
			       "ON a.id = e.aid_id "
			       "WHERE e.from_place_id = a.place_id"),
		3);
	/* One mail to each who is told. */
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 2);
}

static void
numbers_follow_each_other(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *one = ask_repair(MARIJKE, aid, duin);
	const char *two = ask_repair(MARIJKE, aid, duin);

	(void)state;
	assert_string_equal(one + 4, "-000001");
	assert_string_equal(two + 4, "-000002");
}

static void
an_authoriser_comes_first(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *number = ask_repair(FATIMA, aid, duin);

	(void)state;
	assert_int_equal(
		read_as(FATIMA, number).state, STATE_AWAITING_APPROVAL);
	assert_string_equal(
		read_as(FATIMA, number).approver, "Pieter Zijlstra");
	assert_string_equal(value("SELECT GROUP_CONCAT(recipient ORDER BY id) "
				  "FROM outbox"),
		"fatima@lindenhof.example,pieter@lindenhof.example");
	assert_int_equal(count("SELECT COUNT(*) FROM approval WHERE "
			       "approver_id = %d AND verdict IS NULL",
				 (int)account_of(PIETER)),
		1);
}

static void
oneself_needs_no_authoriser(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);

	(void)state;
	run("UPDATE service_authoriser SET authoriser_id = %d",
		(int)account_of(FATIMA));
	assert_int_equal(read_as(FATIMA, ask_repair(FATIMA, aid, duin)).state,
		STATE_SUBMITTED);
	assert_int_equal(count("SELECT COUNT(*) FROM approval"), 0);
}

static void
a_client_is_found_again(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	struct request_draft d = draft(&aid, duin);
	int64_t first;

	(void)state;
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	first = read_as(MARIJKE, submitted).client_id;
	d.client_name = "mw. t. bakker"; /* as the database compares names */
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	assert_int_equal(read_as(MARIJKE, submitted).client_id, first);
	d.place_id =
		wierde; /* another person with that name, for all we know */
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	assert_int_not_equal(read_as(MARIJKE, submitted).client_id, first);
	assert_int_equal(count("SELECT COUNT(*) FROM client"), 2);
}

static void
a_client_of_ones_own(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	int64_t ours = run("INSERT INTO client (organisation_id, name) "
			   "VALUES (%d, 'Dhr. P. Dam')",
		(int)lindenhof);
	int64_t theirs = run("INSERT INTO client (organisation_id, name) "
			     "VALUES (%d, 'Dhr. P. Dam')",
		(int)terpen);
	struct request_draft d = draft(&aid, duin);
	int64_t before = written();

	(void)state;
	d.client_id = theirs;
	assert_int_equal(submit(MARIJKE, &d), RC_NOTFOUND);
	assert_int_equal(written(), before);
	d.client_id = ours;
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	assert_int_equal(read_as(MARIJKE, submitted).client_id, ours);
}

static void
refused_and_nothing_written(void **state)
{
	int64_t broken = add_aid(204817, duin, "in_repair", false);
	int64_t theirs = add_aid(204818, terphoeve, "in_use", false);
	int64_t good = add_aid(204819, duin, "in_use", false);
	struct request_draft d = draft(&broken, duin);
	int64_t before = written();

	(void)state;
	assert_int_equal(submit(MARIJKE, &d), RC_INVALID);
	assert_string_equal(refused, "in_repair");
	d.aid_ids = &theirs;
	assert_int_equal(submit(MARIJKE, &d), RC_NOTFOUND);
	d.aid_ids = &good;
	d.place_id = terphoeve;
	assert_int_equal(submit(MARIJKE, &d), RC_NOTFOUND);
	d.place_id = duin;
	d.to_place_id = terphoeve;
	assert_int_equal(submit(MARIJKE, &d), RC_NOTFOUND);
	assert_int_equal(written(), before);
}

struct attempt {
	struct request *request;
	const struct request_draft *draft;
};

static enum rc
submit_as_it_is(void *arg)
{
	struct attempt *a = arg;

	return request_submit(a->request, a->draft, &submitted, &refused);
}

/* Who works for two customers asks for one, and sees the other's places. */
static void
places_of_one_customer(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	struct request_draft d = draft(&aid, terphoeve);
	struct attempt a = {as(MARIJKE), &d};
	struct identity *who = a.request->who;

	(void)state;
	run("UPDATE membership SET portal = 'professional' WHERE id = %d",
		(int)who->membership);
	run("INSERT INTO membership (account_id, portal, organisation_id, "
	    "role) VALUES (%d, 'professional', %d, 'professional')",
		(int)who->account, (int)terpen);
	who->portal = DB_PROFESSIONAL;
	who->portal_name = who->role = "professional";
	db_set_scope(db, &(struct db_scope){DB_PROFESSIONAL, who->account,
				 who->membership, lindenhof, 0, false});
	assert_int_equal(
		db_transaction(db, submit_as_it_is, &a, NULL), RC_NOTFOUND);
	d.place_id = duin;
	d.to_place_id = terphoeve;
	assert_int_equal(
		db_transaction(db, submit_as_it_is, &a, NULL), RC_NOTFOUND);
	d.to_place_id = our_depot;
	assert_int_equal(db_transaction(db, submit_as_it_is, &a, NULL), RC_OK);
}

/* I13: what stands in a depot of the supplier's is of its home's location. */
static void
stored_with_the_supplier(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_depot", false);
	struct request_draft d = draft(&aid, our_depot);
	struct service_request sr;

	(void)state;
	run("UPDATE aid SET place_id = %d", (int)our_depot);
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	sr = read_as(MARIJKE, submitted);
	assert_string_equal(sr.location, "Havenzicht");
	assert_int_equal(sr.place_id, our_depot);
}

static void
one_move_at_a_time(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	struct request_draft d = draft(&aid, duin);

	(void)state;
	d.kind = KIND_MOVE;
	d.to_place_id = wierde;
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	assert_int_equal(submit(MARIJKE, &d), RC_INVALID);
	assert_string_equal(refused, "moving");
	d.kind = KIND_REPAIR;
	d.to_place_id = 0;
	assert_int_equal(submit(MARIJKE, &d), RC_OK);
}

/* A fault at every table that is written: nothing of it stays. */
static void
all_or_nothing(void **state)
{
	static const char *const tables[] = {"counter", "client", "request",
		"request_line", "event", "approval", "aid_event", "audit",
		"outbox"};
	int64_t aid = add_aid(204817, duin, "in_use", false);
	struct request_draft d = draft(&aid, duin);
	int64_t before = written();

	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		run("CREATE TRIGGER fault BEFORE INSERT ON %s FOR EACH ROW "
		    "SIGNAL SQLSTATE '45000'",
			tables[i]);
		assert_int_equal(submit(FATIMA, &d), RC_FAIL);
		run("DROP TRIGGER fault");
		assert_int_equal(written(), before);
	}
	assert_int_equal(submit(FATIMA, &d), RC_OK);
	assert_string_equal(submitted + 4, "-000001");
}

struct broken_once {
	struct request *request;
	const struct request_draft *draft;
	int tries;
};

static enum rc
submit_and_lose(void *arg)
{
	struct broken_once *b = arg;
	struct db_rows rows;
	enum rc rc = request_submit(b->request, b->draft, &submitted, &refused);

	if (rc || b->tries++)
		return rc;
	assert_int_equal(db_select_text(db, pool, "SELECT CONNECTION_ID() n",
				 DB_NO_ARGS, &rows),
		RC_OK);
	run("KILL %s", db_str(db_row(&rows, 0), "n"));
	return RC_OK;
}

/* The connection dies before COMMIT: the whole runs again, once. */
static void
one_effect_of_two_tries(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	struct request_draft d = draft(&aid, duin);
	struct broken_once b = {as(MARIJKE), &d, 0};

	(void)state;
	assert_int_equal(db_transaction(db, submit_and_lose, &b, NULL), RC_OK);
	assert_int_equal(b.tries, 2);
	assert_int_equal(count("SELECT COUNT(*) FROM request"), 1);
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 2);
	assert_string_equal(submitted + 4, "-000001");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(everything_is_written),
		WORLD_TEST(each_from_where_it_is),
		WORLD_TEST(numbers_follow_each_other),
		WORLD_TEST(an_authoriser_comes_first),
		WORLD_TEST(oneself_needs_no_authoriser),
		WORLD_TEST(a_client_is_found_again),
		WORLD_TEST(a_client_of_ones_own),
		WORLD_TEST(refused_and_nothing_written),
		WORLD_TEST(places_of_one_customer),
		WORLD_TEST(stored_with_the_supplier),
		WORLD_TEST(one_move_at_a_time),
		WORLD_TEST(all_or_nothing),
		WORLD_TEST(one_effect_of_two_tries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
