/* What the branch reports of each line of a request (S5, X2). */
#include <string.h>

#include "core/text.h"
#include "jobs/cleaner.h"
#include "rules/date.h"
#include "world.h"

static char today[DATE_SIZE];
static int64_t aids[3];
static int64_t lines[3];

/* A request for three aids, on its way. */
static const char *
three(enum request_kind kind, int64_t to)
{
	const struct request_change steps[] = {{.event = EVENT_ACCEPT},
		{.event = EVENT_PROPOSE, .day = "2027-01-12"},
		{.event = EVENT_START, .workshop = true}};
	struct request_draft draft = {.kind = kind,
		.aid_ids = aids,
		.aid_count = 3,
		.place_id = duin,
		.to_place_id = to,
		.contact_name = "Team Duin",
		.contact_phone = "0501234567",
		.contact_email = "duin@lindenhof.example",
		.wished_on = "2027-01-12"};

	text_today(today);
	for (int i = 0; i < 3; i++)
		aids[i] = add_aid(i + 1, duin, "in_use", false);
	assert_int_equal(submit(MARIJKE, &draft), RC_OK);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		assert_int_equal(move(ROB, submitted, steps[i]), RC_OK);
	for (int i = 0; i < 3; i++)
		lines[i] = count("SELECT id FROM request_line WHERE aid_id = "
				 "%d",
			(int)aids[i]);
	return submitted;
}

static enum rc
report(const char *n, const struct request_report *list, size_t count)
{
	return move(ROB, n,
		(struct request_change){.event = EVENT_DONE,
			.reports = list,
			.report_count = count});
}

static struct request_report
of(int i, enum line_outcome outcome, const char *text)
{
	return (struct request_report){
		.line_id = lines[i], .outcome = outcome, .text = text};
}

static const char *
states(void)
{
	return value("SELECT CONCAT(MIN(q.state), ': ', GROUP_CONCAT(n.state "
		     "ORDER BY n.position)) FROM request q JOIN request_line n "
		     "ON n.request_id = q.id");
}

static const char *
statuses(void)
{
	return value("SELECT GROUP_CONCAT(status ORDER BY number) FROM aid");
}

static int64_t
mails(const char *kind)
{
	return count("SELECT COUNT(*) FROM outbox WHERE kind = '%s'", kind);
}

static void
one_by_one_it_is_done_with_the_last(void **state)
{
	const char *n = three(KIND_REPAIR, 0);
	struct request_report one = of(0, OUTCOME_DONE, "Accu vervangen.");

	(void)state;
	one.cost_cents = "8450";
	assert_string_equal(statuses(), "in_repair,in_repair,in_repair");
	assert_int_equal(report(n, &one, 1), RC_OK);
	assert_string_equal(
		states(), "in_progress: done,in_progress,in_progress");
	assert_string_equal(statuses(), "in_use,in_repair,in_repair");
	assert_int_equal(mails("request.partly"), 0);
	/* What is done can't be reported again. */
	assert_int_equal(report(n, &one, 1), RC_INVALID);
	one = of(1, OUTCOME_NO_FAULT, "Getest.");
	one.cost_cents = "1500";
	assert_int_equal(report(n, &one, 1), RC_OK);
	one = of(2, OUTCOME_DONE, "Kabel vervangen.");
	assert_int_equal(report(n, &one, 1), RC_OK);
	assert_string_equal(states(), "done: done,done,done");
	assert_string_equal(statuses(), "in_use,in_use,in_use");
	assert_string_equal(read_as(ROB, n).finding, "done");
	assert_string_equal(read_as(ROB, n).cost_cents, "9950");
	assert_string_equal(read_as(ROB, n).done_on, today);
	assert_int_equal(mails("request.done"), 1);
	/* Each aid has its own words and cost. */
	assert_string_equal(value("SELECT GROUP_CONCAT(CONCAT_WS(' ', summary, "
				  "cost_cents) ORDER BY aid_id SEPARATOR '|') "
				  "FROM aid_event WHERE done_on IS NOT NULL"),
		"Accu vervangen. 8450|Getest. 1500|Kabel vervangen.");
	assert_string_equal(value("SELECT GROUP_CONCAT(name ORDER BY id) "
				  "FROM event"),
		"submit,accept,propose,start,partly,partly,done");
}

static void
what_could_not_be_done_waits_for_a_new_date(void **state)
{
	const char *n = three(KIND_MOVE, wierde);
	struct request_report list[3];

	(void)state;
	assert_string_equal(
		statuses(), "in_transport,in_transport,in_transport");
	list[0] = of(1, OUTCOME_COULD_NOT, "In gebruik.");
	assert_int_equal(report(n, list, 1), RC_OK);
	assert_string_equal(
		states(), "in_progress: in_progress,accepted,in_progress");
	assert_string_equal(statuses(), "in_transport,in_use,in_transport");
	list[0] = of(0, OUTCOME_DONE, "Verplaatst.");
	list[1] = of(2, OUTCOME_DONE, "Verplaatst.");
	assert_int_equal(report(n, list, 2), RC_OK);
	/* None is left: the rest wants a new date, and the requester hears. */
	assert_string_equal(states(), "accepted: done,accepted,done");
	assert_string_equal(statuses(), "in_use,in_use,in_use");
	assert_null(read_as(ROB, n).planned_on);
	assert_int_equal(mails("request.partly"), 1);
	assert_int_equal(count("SELECT COUNT(*) FROM aid WHERE place_id = %d",
				 (int)wierde),
		2);
	/* Planned anew, done aids stay where they are. */
	assert_int_equal(move(ROB, n,
				 (struct request_change){.event = EVENT_PLAN,
					 .day = "2027-01-13"}),
		RC_OK);
	assert_int_equal(
		move(ROB, n, (struct request_change){.event = EVENT_START}),
		RC_OK);
	assert_string_equal(states(), "in_progress: done,in_progress,done");
	assert_string_equal(statuses(), "in_use,in_transport,in_use");
	list[0] = of(1, OUTCOME_DONE, "Verplaatst.");
	assert_int_equal(report(n, list, 1), RC_OK);
	assert_string_equal(states(), "done: done,done,done");
	assert_int_equal(count("SELECT COUNT(*) FROM aid WHERE place_id = %d",
				 (int)wierde),
		3);
}

static void
all_at_once(void **state)
{
	const char *n = three(KIND_REPAIR, 0);
	struct request_report list[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		list[i] = of(i, OUTCOME_COULD_NOT, "Afdeling gesloten.");
	assert_int_equal(report(n, list, 3), RC_OK);
	assert_string_equal(states(), "accepted: accepted,accepted,accepted");
	assert_string_equal(value("SELECT CONCAT(name, ' ', reason) FROM event "
				  "ORDER BY id DESC LIMIT 1"),
		"could_not Afdeling gesloten.");
	assert_int_equal(mails("request.could_not"), 1);
	move(ROB, n,
		(struct request_change){
			.event = EVENT_PLAN, .day = "2027-01-13"});
	move(ROB, n, (struct request_change){.event = EVENT_START});
	list[0] = of(0, OUTCOME_COULD_NOT, "In gebruik.");
	list[1] = of(1, OUTCOME_COULD_NOT, "Zoek.");
	list[2] = of(2, OUTCOME_NO_FAULT, NULL);
	assert_int_equal(report(n, list, 3), RC_OK);
	assert_string_equal(states(), "accepted: accepted,accepted,done");
	assert_string_equal(
		value("SELECT CONCAT_WS('|', name, reason, old_value, "
		      "new_value) FROM event ORDER BY id DESC LIMIT 1"),
		"partly|1: In gebruik.\n2: Zoek.|3|3");
}

static void
set_aside_it_stays_so_on_hold(void **state)
{
	const char *n = three(KIND_REPAIR, 0);
	struct request_report one = of(0, OUTCOME_COULD_NOT, "In gebruik.");

	(void)state;
	assert_int_equal(report(n, &one, 1), RC_OK);
	move(ROB, n,
		(struct request_change){.event = EVENT_HOLD,
			.reason = "Onderdeel besteld",
			.day = "2027-02-01"});
	assert_string_equal(states(), "on_hold: accepted,on_hold,on_hold");
	move(ROB, n, (struct request_change){.event = EVENT_RESUME});
	assert_string_equal(
		states(), "in_progress: accepted,in_progress,in_progress");
	/* It may be done after all. */
	one = of(0, OUTCOME_DONE, "Toch gelukt.");
	assert_int_equal(report(n, &one, 1), RC_OK);
	assert_string_equal(
		states(), "in_progress: done,in_progress,in_progress");
	assert_int_equal(move(ROB, n,
				 (struct request_change){.event = EVENT_CANCEL,
					 .reason = "Niet leverbaar"}),
		RC_OK);
	assert_string_equal(states(), "cancelled: done,cancelled,cancelled");
	assert_string_equal(statuses(), "in_use,in_use,in_use");
}

static void
parts_meter_and_next_inspection(void **state)
{
	static const struct request_part parts[] = {
		{"Hoofdkabel", "12-345", 2}, {"Accu 24 V", NULL, 1}};
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	struct request_report one = {.outcome = OUTCOME_DONE,
		.text = "Kabel en accu vervangen.",
		.cause = "Kabelbreuk",
		.meter = {"hours", 1234},
		.next = "2027-11-22",
		.parts = parts,
		.part_count = 2};
	struct service_request sr;

	(void)state;
	move(ROB, n, (struct request_change){.event = EVENT_ACCEPT});
	move(ROB, n,
		(struct request_change){
			.event = EVENT_PLAN, .day = "2027-01-12"});
	move(ROB, n, (struct request_change){.event = EVENT_START});
	text_today(today);
	one.line_id = count("SELECT id FROM request_line");
	assert_int_equal(report(n, &one, 1), RC_OK);
	sr = read_as(MARIJKE, n);
	assert_int_equal(sr.state, STATE_DONE);
	assert_string_equal(sr.work_done, "Kabel en accu vervangen.");
	assert_string_equal(sr.lines[0].cause, "Kabelbreuk");
	assert_int_equal(sr.lines[0].part_count, 2);
	assert_string_equal(sr.lines[0].parts[0].name, "Hoofdkabel");
	assert_string_equal(sr.lines[0].parts[0].article, "12-345");
	assert_int_equal(sr.lines[0].parts[0].quantity, 2);
	assert_null(sr.lines[0].parts[1].article);
	assert_int_equal(sr.lines[0].meter.reading, 1234);
	assert_string_equal(sr.lines[0].next_inspection, "2027-11-22");
	assert_string_equal(
		value("SELECT CONCAT_WS(' ', meter, meter_unit, meter_on = "
		      "'%s', inspection_due) FROM aid",
			today),
		"1234 hours 1 2027-11-22");
}

static void
what_is_no_report_is_refused(void **state)
{
	const char *n = three(KIND_REPAIR, 0);
	struct request_report list[2];
	int64_t other;

	(void)state;
	list[0] = of(0, OUTCOME_DONE, NULL);
	assert_int_equal(report(n, list, 1), RC_INVALID);
	assert_string_equal(refused, "work");
	list[0] = of(0, OUTCOME_COULD_NOT, NULL);
	assert_int_equal(report(n, list, 1), RC_INVALID);
	assert_string_equal(refused, "reason");
	list[0] = list[1] = of(0, OUTCOME_DONE, "Klaar.");
	assert_int_equal(report(n, list, 2), RC_INVALID);
	assert_string_equal(refused, "state");
	/* A line of another request, and who has no hand in it. */
	ask_repair(MARIJKE, add_aid(9, duin, "in_use", false), duin);
	other = count("SELECT MAX(id) FROM request_line");
	list[0].line_id = other;
	assert_int_equal(report(n, list, 1), RC_INVALID);
	list[0] = of(0, OUTCOME_DONE, "Klaar.");
	assert_int_equal(move(SAMIRA, n,
				 (struct request_change){.event = EVENT_DONE,
					 .reports = list,
					 .report_count = 1}),
		RC_INVALID);
	assert_string_equal(refused, "actor");
	assert_int_equal(count("SELECT COUNT(*) FROM request_line "
			       "WHERE outcome IS NOT NULL"),
		0);
}

/* One that came while the page was made is not on it. */
static void
what_was_not_shown_stays_unread(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	int64_t request, first, second;

	(void)state;
	ask_repair(MARIJKE, aid, duin);
	request = count("SELECT id FROM request");
	first = run("INSERT INTO request_message (request_id, organisation_id, "
		    "side, account_id, author, text) VALUES (%d, %d, "
		    "'supplier', %d, 'Rob', 'Een')",
		(int)request, (int)lindenhof, (int)account_of(ROB));
	second = run("INSERT INTO request_message (request_id, "
		     "organisation_id, side, account_id, author, text) VALUES "
		     "(%d, %d, 'supplier', %d, 'Rob', 'Twee')",
		(int)request, (int)lindenhof, (int)account_of(ROB));
	run("INSERT INTO message_unread (account_id, request_id, side) VALUES "
	    "(%d, %d, 'customer')",
		(int)account_of(MARIJKE), (int)request);
	as(MARIJKE);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			db_exec(db, SQL_MESSAGE_SEEN,
				DB_ARGS(db_int("account", account_of(MARIJKE)),
					db_int("request", request),
					db_text("side", "customer"),
					db_int("last", i ? second : first)),
				NULL),
			RC_OK);
		assert_int_equal(
			count("SELECT COUNT(*) FROM message_unread"), !i);
	}
}

/* Files of a form that was never sent, marks of long ago: as photos are. */
static void
what_waits_for_nobody_is_cleaned(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	int64_t request;

	(void)state;
	ask_repair(MARIJKE, aid, duin);
	request = count("SELECT id FROM request");
	for (int days = 1; days < 4; days += 2)
		run("INSERT INTO attachment (code, organisation_id, "
		    "account_id, added_at, name, size, bytes) VALUES ('%d', "
		    "%d, %d, UTC_TIMESTAMP() - INTERVAL %d DAY, 'x.pdf', 1, "
		    "'x')",
			days, (int)lindenhof, (int)account_of(MARIJKE), days);
	run("INSERT INTO attachment (code, organisation_id, account_id, "
	    "request_id, position, added_at, name, size, bytes) VALUES ('sent',"
	    " %d, %d, %d, 1, '2020-01-01', 'x.pdf', 1, 'x')",
		(int)lindenhof, (int)account_of(MARIJKE), (int)request);
	run("INSERT INTO message_unread VALUES (%d, %d, 'customer', "
	    "UTC_TIMESTAMP() - INTERVAL 91 DAY), (%d, %d, 'supplier', "
	    "UTC_TIMESTAMP() - INTERVAL 89 DAY)",
		(int)account_of(MARIJKE), (int)request, (int)account_of(ROB),
		(int)request);
	as(ROB);
	assert_int_equal(cleaner_run(db, &config), RC_OK);
	assert_string_equal(
		value("SELECT GROUP_CONCAT(code ORDER BY code) FROM "
		      "attachment"),
		"1,sent");
	assert_string_equal(
		value("SELECT side FROM message_unread"), "supplier");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(one_by_one_it_is_done_with_the_last),
		WORLD_TEST(what_could_not_be_done_waits_for_a_new_date),
		WORLD_TEST(all_at_once),
		WORLD_TEST(set_aside_it_stays_so_on_hold),
		WORLD_TEST(parts_meter_and_next_inspection),
		WORLD_TEST(what_is_no_report_is_refused),
		WORLD_TEST(what_was_not_shown_stays_unread),
		WORLD_TEST(what_waits_for_nobody_is_cleaned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
