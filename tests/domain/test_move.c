/* A request on its way: the work, the aid, who is told, who was first. */
#include <string.h>

#include "core/text.h"
#include "rules/date.h"
#include "world.h"

static struct request_change
event(enum request_event e)
{
	return (struct request_change){.event = e};
}

static struct request_change
event_on(enum request_event e, const char *day)
{
	return (struct request_change){
		.event = e, .day = day, .part = "morning"};
}

static struct request_change
event_because(enum request_event e, const char *reason)
{
	return (struct request_change){
		.event = e, .reason = reason, .day = "2027-02-01"};
}

static const char *
aid_is(int64_t aid)
{
	return value("SELECT CONCAT(status, ' ', place_id = %d, "
		     "place_id = %d, place_id = %d) FROM aid WHERE id = %d",
		(int)duin, (int)wierde, (int)our_depot, (int)aid);
}

/* Mails since the last question, as event.told pairs in order. */
static const char *
mails(void)
{
	static int64_t seen;
	int64_t last = count("SELECT IFNULL(MAX(id), 0) FROM outbox");
	const char *found = value("SELECT IFNULL(GROUP_CONCAT(CONCAT(kind, "
				  "' ', SUBSTRING_INDEX(recipient, '@', 1)) "
				  "ORDER BY id), '') FROM outbox WHERE id > %d",
		(int)(seen > last ? 0 : seen));

	seen = last;
	return found;
}

static void
a_repair_from_accept_to_done(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	struct request_change done = event(EVENT_DONE);
	struct request_change start = event(EVENT_START);
	struct service_request sr;

	(void)state;
	mails();
	assert_int_equal(move(ROB, n, event(EVENT_ACCEPT)), RC_OK);
	assert_string_equal(mails(), "request.accept marijke");
	/* The wished date is agreed at once. */
	assert_int_equal(
		move(ROB, n, event_on(EVENT_PROPOSE, "2027-01-12")), RC_OK);
	assert_int_equal(read_as(ROB, n).state, STATE_PLANNED);
	assert_string_equal(mails(), "request.plan marijke");
	start.workshop = true;
	assert_int_equal(move(ROB, n, start), RC_OK);
	assert_string_equal(mails(), "");
	assert_string_equal(aid_is(aid), "in_repair 100");
	assert_int_equal(move(ROB, n, done), RC_INVALID);
	assert_string_equal(refused, "work");
	done.work_done = "Accu vervangen.";
	done.cost_cents = "8450";
	assert_int_equal(move(ROB, n, done), RC_OK);
	assert_string_equal(mails(), "request.done marijke");
	assert_string_equal(aid_is(aid), "in_use 100");
	sr = read_as(MARIJKE, n);
	assert_int_equal(sr.state, STATE_DONE);
	assert_string_equal(sr.finding, "done");
	assert_string_equal(sr.work_done, "Accu vervangen.");
	assert_int_equal(count("SELECT COUNT(*) FROM aid_event WHERE "
			       "aid_id = %d AND done_on IS NOT NULL AND "
			       "summary = 'Accu vervangen.' AND "
			       "cost_cents = 8450",
				 (int)aid),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM request_line WHERE "
			       "state = 'done' AND done_on IS NOT NULL"),
		1);
	assert_string_equal(value("SELECT GROUP_CONCAT(name ORDER BY id) FROM "
				  "event"),
		"submit,accept,propose,start,done");
}

static void
another_date_is_talked_over(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);

	(void)state;
	move(ROB, n, event(EVENT_ACCEPT));
	mails();
	assert_int_equal(
		move(ROB, n, event_on(EVENT_PROPOSE, "2027-01-14")), RC_OK);
	assert_int_equal(read_as(ROB, n).state, STATE_PROPOSED);
	assert_string_equal(mails(), "request.propose marijke");
	assert_int_equal(
		move(MARIJKE, n, event_on(EVENT_OTHER_DATE, "2027-01-20")),
		RC_OK);
	assert_string_equal(mails(), "request.other_date noorderhaven");
	assert_string_equal(read_as(ROB, n).wished_on, "2027-01-20");
	assert_null(read_as(ROB, n).planned_on);
	assert_int_equal(
		move(ROB, n, event_on(EVENT_PROPOSE, "2027-01-21")), RC_OK);
	assert_int_equal(move(MARIJKE, n, event(EVENT_AGREE)), RC_OK);
	assert_int_equal(read_as(ROB, n).state, STATE_PLANNED);
	/* Planned anew by phone: requester and contact hear of it. */
	mails();
	assert_int_equal(
		move(ROB, n, event_on(EVENT_PLAN, "2027-01-25")), RC_OK);
	assert_string_equal(
		mails(), "request.replan marijke,request.replan jan");
}

static void
approved_and_rejected(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(FATIMA, aid, duin);
	const char *no = ask_repair(FATIMA, aid, duin);
	const char *back = ask_repair(FATIMA, aid, duin);

	(void)state;
	mails();
	assert_int_equal(move(FATIMA, n, event(EVENT_APPROVE)), RC_INVALID);
	assert_string_equal(refused, "actor");
	assert_int_equal(move(PIETER, n, event(EVENT_APPROVE)), RC_OK);
	assert_string_equal(
		mails(), "request.approve fatima,request.approve noorderhaven");
	assert_int_equal(read_as(ROB, n).state, STATE_SUBMITTED);
	assert_int_equal(move(PIETER, no, event(EVENT_REJECT)), RC_INVALID);
	assert_string_equal(refused, "reason");
	assert_int_equal(
		move(PIETER, no, event_because(EVENT_REJECT, "Vervangen")),
		RC_OK);
	assert_string_equal(mails(), "request.reject fatima");
	assert_int_equal(move(FATIMA, back, event(EVENT_WITHDRAW)), RC_OK);
	assert_string_equal(mails(), "request.withdraw pieter");
	assert_string_equal(value("SELECT GROUP_CONCAT(verdict ORDER BY id) "
				  "FROM approval"),
		"approved,rejected,withdrawn");
}

static void
held_and_cancelled(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	struct request_change start = event(EVENT_START);

	(void)state;
	start.workshop = true;
	move(ROB, n, event(EVENT_ACCEPT));
	move(ROB, n, event_on(EVENT_PLAN, "2027-01-12"));
	move(ROB, n, start);
	mails();
	assert_int_equal(
		move(SAMIRA, n, event_because(EVENT_HOLD, "Onderdeel besteld")),
		RC_OK);
	assert_string_equal(mails(), "request.hold marijke");
	assert_string_equal(read_as(ROB, n).held_until, "2027-02-01");
	assert_string_equal(aid_is(aid), "in_repair 100");
	assert_int_equal(move(SAMIRA, n, event(EVENT_RESUME)), RC_OK);
	assert_int_equal(read_as(ROB, n).state, STATE_IN_PROGRESS);
	move(SAMIRA, n, event_because(EVENT_HOLD, "Onderdeel besteld"));
	assert_int_equal(
		move(SAMIRA, n, event_because(EVENT_CANCEL, "Niet leverbaar")),
		RC_OK);
	/* The work stopped: the aid is back where it was. */
	assert_string_equal(aid_is(aid), "in_use 100");
	assert_int_equal(count("SELECT COUNT(*) FROM event WHERE "
			       "name = 'cancel' AND reason = 'Niet leverbaar'"),
		1);
	/* Customer service does not plan, and an end is an end. */
	n = ask_repair(MARIJKE, aid, duin);
	assert_int_equal(move(SAMIRA, n, event(EVENT_ACCEPT)), RC_INVALID);
	assert_string_equal(refused, "actor");
	assert_int_equal(
		move(MARIJKE, n, event_because(EVENT_CANCEL, "Toch niet")),
		RC_INVALID);
}

static const char *
ask_to(enum request_kind kind, int64_t aid, int64_t to)
{
	struct request_draft d = {
		.kind = kind,
		.aid_ids = &aid,
		.aid_count = 1,
		.place_id = duin,
		.to_place_id = to,
		.contact_name = "Jan",
		.contact_phone = "0612345678",
		.contact_email = "jan@lindenhof.example",
		.wished_on = "2027-01-12",
	};

	assert_int_equal(submit(MARIJKE, &d), RC_OK);
	return submitted;
}

/* From submitted to in progress. */
static void
begin_work(const char *n)
{
	assert_int_equal(move(ROB, n, event(EVENT_ACCEPT)), RC_OK);
	assert_int_equal(
		move(ROB, n, event_on(EVENT_PLAN, "2027-01-12")), RC_OK);
	assert_int_equal(move(ROB, n, event(EVENT_START)), RC_OK);
}

static void
an_aid_moves_house(void **state)
{
	struct request_change done = {
		.event = EVENT_DONE, .work_done = "Verplaatst."};
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_to(KIND_MOVE, aid, wierde);

	(void)state;
	begin_work(n);
	assert_string_equal(aid_is(aid), "in_transport 100");
	assert_int_equal(
		move(ROB, n, event_because(EVENT_COULD_NOT, "Lift stuk")),
		RC_OK);
	assert_string_equal(aid_is(aid), "in_use 100");
	assert_int_equal(read_as(ROB, n).state, STATE_ACCEPTED);
	move(ROB, n, event_on(EVENT_PLAN, "2027-01-13"));
	move(ROB, n, event(EVENT_START));
	assert_int_equal(move(ROB, n, done), RC_OK);
	assert_string_equal(aid_is(aid), "in_use 010");
	assert_int_equal(
		count("SELECT location_id FROM aid WHERE id = %d", (int)aid),
		wierde);
	/* And to the depot. */
	run("UPDATE aid SET place_id = %d, location_id = %d WHERE id = %d",
		(int)duin, (int)havenzicht, (int)aid);
	n = ask_to(KIND_TO_DEPOT, aid, depot);
	begin_work(n);
	assert_int_equal(move(ROB, n, done), RC_OK);
	assert_string_equal(
		value("SELECT status FROM aid WHERE id = %d", (int)aid),
		"in_depot");
}

/* It stays at home where it was, and is fetched from there. */
static void
stored_with_the_supplier(void **state)
{
	struct request_change done = {
		.event = EVENT_DONE, .work_done = "Gebracht."};
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_to(KIND_TO_DEPOT, aid, our_depot);
	struct request_draft back = {.kind = KIND_FROM_DEPOT,
		.aid_ids = &aid,
		.aid_count = 1,
		.place_id = our_depot,
		.to_place_id = wierde,
		.contact_name = "",
		.contact_phone = "",
		.contact_email = "",
		.wished_on = "2027-01-12"};

	(void)state;
	begin_work(n);
	assert_int_equal(move(ROB, n, done), RC_OK);
	assert_string_equal(aid_is(aid), "in_depot 001");
	assert_int_equal(count("SELECT home_place_id = %d AND location_id = %d "
			       "FROM aid",
				 (int)duin, (int)havenzicht),
		1);
	assert_int_equal(submit(MARIJKE, &back), RC_OK);
	begin_work(submitted);
	assert_int_equal(move(ROB, submitted, done), RC_OK);
	assert_string_equal(aid_is(aid), "in_use 010");
	assert_int_equal(count("SELECT home_place_id = %d AND location_id = %d "
			       "FROM aid",
				 (int)wierde, (int)wierde),
		1);
}

static void
a_rented_aid_is_collected(void **state)
{
	struct request_change done = {
		.event = EVENT_DONE, .work_done = "Opgehaald."};
	int64_t own = add_aid(204816, duin, "in_use", false);
	int64_t aid = add_aid(204817, duin, "in_use", true);
	struct request_draft d = {.kind = KIND_PICK_UP,
		.aid_ids = &own,
		.aid_count = 1,
		.place_id = duin,
		.contact_name = "",
		.contact_phone = "",
		.contact_email = "",
		.wished_on = "2027-01-12"};
	struct service_request sr;
	const char *n;

	(void)state;
	assert_int_equal(submit(MARIJKE, &d), RC_INVALID);
	assert_string_equal(refused, "owned");
	n = ask_to(KIND_PICK_UP, aid, 0);
	begin_work(n);
	assert_int_equal(move(ROB, n, done), RC_OK);
	assert_string_equal(aid_is(aid), "in_cleaning 001");
	assert_int_equal(count("SELECT holder_id IS NULL AND rent_from IS "
			       "NULL AND home_place_id IS NULL AND "
			       "location_id IS NULL FROM aid WHERE id = %d",
				 (int)aid),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM rental WHERE collected_on "
			       "= ended_on AND collected_on IS NOT NULL"),
		1);
	/* The request is still theirs to read, the aid is not. */
	sr = read_as(MARIJKE, n);
	assert_string_equal(sr.lines[0].number, "204817");
	assert_false(sr.lines[0].visible);
}

static void
who_was_first(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	struct service_request before = read_as(ROB, n);
	struct request_change c = event(EVENT_ACCEPT);
	int64_t rows;

	(void)state;
	assert_int_equal(move(ROB, n, c), RC_OK);
	rows = count("SELECT (SELECT COUNT(*) FROM event) + "
		     "(SELECT COUNT(*) FROM outbox)");
	/* From a form of before: seen by its version. */
	c.version = before.version;
	assert_int_equal(move(SAMIRA, n, c), RC_CONFLICT);
	/* Read before the other committed: seen by the row itself. */
	assert_int_equal(
		request_move(as(ROB), &before, &c, &refused), RC_CONFLICT);
	assert_int_equal(count("SELECT (SELECT COUNT(*) FROM event) + "
			       "(SELECT COUNT(*) FROM outbox)"),
		rows);
	assert_int_equal(read_as(ROB, n).version, 2);
}

static void
none_of_their_business(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	struct service_request sr;

	(void)state;
	assert_int_equal(request_get(as(TINEKE), n, &sr), RC_NOTFOUND);
	assert_int_equal(request_get(as(WIETSE), n, &sr), RC_NOTFOUND);
	assert_int_equal(move(WIETSE, n, event(EVENT_ACCEPT)), RC_NOTFOUND);
	assert_int_equal(request_get(as(SAMIRA), n, &sr), RC_OK);
	assert_int_equal(request_get(as(ROB), "2026-999999", &sr), RC_NOTFOUND);
	/* Read by one, moved by another: the row does not change. */
	sr = read_as(ROB, n);
	assert_int_equal(request_move(as(WIETSE), &sr,
				 &(struct request_change){
					 EVENT_ACCEPT, .version = sr.version},
				 &refused),
		RC_CONFLICT);
	assert_int_equal(read_as(ROB, n).state, STATE_SUBMITTED);
}

struct correction {
	struct request *request;
	const char *number, *field, *value;
};

static enum rc
do_correct(void *arg)
{
	struct correction *c = arg;
	struct service_request sr;
	enum rc rc = request_get(c->request, c->number, &sr);

	return rc ? rc
		  : request_correct(c->request, &sr, c->field, c->value,
			    sr.version, &refused);
}

static enum rc
correct(enum person who, const char *number, const char *field, const char *to)
{
	struct correction c = {as(who), number, field, to};

	return db_transaction(db, do_correct, &c, NULL);
}

static void
corrections_keep_both_values(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);

	(void)state;
	assert_int_equal(
		correct(SAMIRA, n, "contact_phone", "0687654321"), RC_OK);
	assert_string_equal(read_as(MARIJKE, n).contact_phone, "0687654321");
	assert_string_equal(value("SELECT CONCAT(field, ' ', old_value, ' ', "
				  "new_value, ' ', from_state, ' ', to_state) "
				  "FROM event WHERE name = 'correct'"),
		"contact_phone 0612345678 0687654321 submitted submitted");
	/* The same again is no correction. */
	assert_int_equal(
		correct(SAMIRA, n, "contact_phone", "0687654321"), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM event WHERE name = "
			       "'correct'"),
		1);
	assert_int_equal(correct(MARIJKE, n, "description", "x"), RC_INVALID);
	assert_int_equal(correct(SAMIRA, n, "state", "done"), RC_INVALID);
}

/* The same days as when it was asked: none that nobody works on. */
static void
a_correction_wishes_for_a_workday(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	char today[DATE_SIZE], day[DATE_SIZE], sunday[DATE_SIZE];

	(void)state;
	text_today(today);
	date_earliest(today, 3, day);
	text_date_add(today, 7, sunday);
	while (strcmp(value("SELECT DAYNAME('%s')", sunday), "Sunday") != 0)
		text_date_add(sunday, 1, sunday);
	assert_int_equal(correct(SAMIRA, n, "wished_on", sunday), RC_INVALID);
	assert_int_equal(
		correct(SAMIRA, n, "wished_on", "2001-01-02"), RC_INVALID);
	assert_int_equal(correct(SAMIRA, n, "wished_on", NULL), RC_INVALID);
	assert_int_equal(correct(SAMIRA, n, "wished_on", day), RC_OK);
	assert_string_equal(read_as(MARIJKE, n).wished_on, day);
	/* What was wished for stays possible, however long ago. */
	run("UPDATE request SET wished_on = '2001-01-02'");
	assert_int_equal(correct(SAMIRA, n, "wished_on", "2001-01-02"), RC_OK);
}

/* A fault in the middle of being done: the aid isn't either. */
static void
all_or_nothing(void **state)
{
	static const char *const faults[] = {"INSERT ON event",
		"UPDATE ON request_line", "UPDATE ON aid",
		"UPDATE ON aid_event", "INSERT ON outbox"};
	struct request_change done = {
		.event = EVENT_DONE, .work_done = "Verplaatst."};
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_to(KIND_MOVE, aid, wierde);

	(void)state;
	begin_work(n);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		run("CREATE TRIGGER fault BEFORE %s FOR EACH ROW "
		    "SIGNAL SQLSTATE '45000'",
			faults[i]);
		assert_int_equal(move(ROB, n, done), RC_FAIL);
		run("DROP TRIGGER fault");
		assert_int_equal(read_as(ROB, n).state, STATE_IN_PROGRESS);
		assert_string_equal(aid_is(aid), "in_transport 100");
	}
	assert_int_equal(move(ROB, n, done), RC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(a_repair_from_accept_to_done),
		WORLD_TEST(another_date_is_talked_over),
		WORLD_TEST(approved_and_rejected),
		WORLD_TEST(held_and_cancelled),
		WORLD_TEST(an_aid_moves_house),
		WORLD_TEST(stored_with_the_supplier),
		WORLD_TEST(a_rented_aid_is_collected),
		WORLD_TEST(who_was_first),
		WORLD_TEST(none_of_their_business),
		WORLD_TEST(corrections_keep_both_values),
		WORLD_TEST(a_correction_wishes_for_a_workday),
		WORLD_TEST(all_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
