/* Inspections of aids: asked for together, done one by one, certified (X3). */
#include <string.h>

#include "core/text.h"
#include "domain/inspection.h"
#include "rules/date.h"
#include "world.h"

static char today[DATE_SIZE], next_year[DATE_SIZE];

static const char *
ask(enum person p, const int64_t *aids, size_t n)
{
	const struct request_draft draft = {.kind = KIND_INSPECTION,
		.aid_ids = aids,
		.aid_count = n,
		.place_id = havenzicht,
		.contact_name = "Team Duin",
		.contact_phone = "0501234567",
		.contact_email = "duin@lindenhof.example",
		.wished_on = "2027-01-12"};
	enum rc rc = submit(p, &draft);

	return rc ? NULL : submitted;
}

static void
bring(const char *number)
{
	const struct request_change steps[] = {{.event = EVENT_ACCEPT},
		{.event = EVENT_PROPOSE, .day = "2027-01-12"},
		{.event = EVENT_START}};

	text_today(today);
	inspection_next(today, 12, next_year);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		assert_int_equal(move(ROB, number, steps[i]), RC_OK);
}

static struct inspection
ends(int64_t aid, enum inspection_result result, const char *remark)
{
	return (struct inspection){.aid_id = aid,
		.result = result,
		.day = today,
		.next = next_year,
		.inspector = "Monteur 3",
		.remark = remark};
}

static enum rc
done(const char *number, const struct inspection *list, size_t n)
{
	return move(ROB, number,
		(struct request_change){.event = EVENT_DONE,
			.day = today,
			.inspections = list,
			.inspection_count = n});
}

static const char *
aid_is(int64_t aid)
{
	return value("SELECT CONCAT_WS(' ', status, "
		     "IFNULL(inspection_result, '-'), "
		     "IFNULL(inspected_on = '%s', '-'), "
		     "IFNULL(inspection_due = '%s', '-')) FROM aid "
		     "WHERE id = %d",
		today, next_year, (int)aid);
}

static const char *
lines(void)
{
	return value("SELECT GROUP_CONCAT(state ORDER BY position) "
		     "FROM request_line");
}

static void
a_request_is_done_aid_by_aid(void **state)
{
	const int64_t aids[] = {add_aid(1, duin, "in_use", false),
		add_aid(2, duin, "in_use", true),
		add_aid(3, havenzicht, "in_depot", false)};
	const char *n = ask(MARIJKE, aids, 3);
	struct inspection list[2];

	(void)state;
	assert_non_null(n);
	bring(n);
	assert_string_equal(aid_is(aids[0]), "in_use - - -");
	list[0] = ends(aids[0], INSPECTION_APPROVED, NULL);
	list[1] = ends(aids[2], INSPECTION_REJECTED, "Scheur in het frame.");
	assert_int_equal(done(n, list, 2), RC_OK);
	assert_int_equal(read_as(ROB, n).state, STATE_IN_PROGRESS);
	assert_string_equal(lines(), "done,in_progress,done");
	assert_string_equal(aid_is(aids[0]), "in_use approved 1 1");
	assert_string_equal(aid_is(aids[2]), "out_of_service rejected 1 -");
	assert_int_equal(count("SELECT COUNT(*) FROM outbox "
			       "WHERE kind = 'request.done'"),
		0);
	/* What could not be done goes back; what is done stays so. */
	assert_int_equal(
		move(ROB, n,
			(struct request_change){.event = EVENT_COULD_NOT,
				.reason = "Afdeling gesloten."}),
		RC_OK);
	assert_string_equal(lines(), "done,accepted,done");
	assert_int_equal(move(ROB, n,
				 (struct request_change){.event = EVENT_PLAN,
					 .day = "2027-01-13"}),
		RC_OK);
	assert_int_equal(
		move(ROB, n, (struct request_change){.event = EVENT_START}),
		RC_OK);
	list[0] = ends(aids[1], INSPECTION_REMARKS, "Wielen lopen zwaar.");
	assert_int_equal(done(n, list, 1), RC_OK);
	assert_int_equal(read_as(ROB, n).state, STATE_DONE);
	assert_string_equal(lines(), "done,done,done");
	assert_string_equal(aid_is(aids[1]), "in_use remarks 1 1");
	assert_int_equal(count("SELECT COUNT(*) FROM inspection i "
			       "JOIN aid_event e ON e.id = i.aid_event_id "
			       "WHERE e.done_on = i.inspected_on "
			       "AND e.kind = 'inspection' "
			       "AND i.request_id = e.request_id"),
		3);
	assert_int_equal(count("SELECT COUNT(*) FROM outbox "
			       "WHERE kind = 'request.done'"),
		1);
	assert_int_equal(
		count("SELECT COUNT(DISTINCT number) FROM inspection"), 3);
}

static void
nothing_is_asked_for_twice(void **state)
{
	const int64_t aids[] = {add_aid(1, duin, "in_use", false),
		add_aid(2, duin, "in_use", false)};
	const int64_t gone = add_aid(3, duin, "out_of_service", false);
	struct inspection i;
	const char *n;

	(void)state;
	n = ask(MARIJKE, aids, 1);
	assert_non_null(n);
	assert_null(ask(MARIJKE, aids, 2));
	assert_string_equal(refused, "inspecting");
	assert_null(ask(MARIJKE, &gone, 1));
	assert_string_equal(refused, "out_of_service");
	assert_non_null(ask(MARIJKE, &aids[1], 1));
	/* Once it is done it may be asked for again. */
	bring(n);
	i = ends(aids[0], INSPECTION_APPROVED, NULL);
	assert_int_equal(done(n, &i, 1), RC_OK);
	assert_non_null(ask(MARIJKE, aids, 1));
}

static void
what_is_no_result_is_refused(void **state)
{
	const int64_t aids[] = {add_aid(1, duin, "in_use", false),
		add_aid(2, duin, "in_use", false)};
	const int64_t other = add_aid(3, duin, "in_use", false);
	const char *n = ask(MARIJKE, aids, 2);
	struct inspection list[2];

	(void)state;
	bring(n);
	/* None, no fault, one of no line, one twice. */
	assert_int_equal(done(n, NULL, 0), RC_INVALID);
	assert_int_equal(
		move(ROB, n, (struct request_change){.event = EVENT_NO_FAULT}),
		RC_INVALID);
	list[0] = ends(other, INSPECTION_APPROVED, NULL);
	assert_int_equal(done(n, list, 1), RC_INVALID);
	list[0] = list[1] = ends(aids[0], INSPECTION_APPROVED, NULL);
	assert_int_equal(done(n, list, 2), RC_INVALID);
	assert_int_equal(done(n, list, 1), RC_OK);
	assert_int_equal(done(n, list, 1), RC_INVALID);
	assert_int_equal(count("SELECT COUNT(*) FROM inspection"), 1);
	/* Another branch does not even see it; who asked has no hand in it. */
	list[0] = ends(aids[1], INSPECTION_APPROVED, NULL);
	assert_int_equal(move(MARIJKE, n,
				 (struct request_change){.event = EVENT_DONE,
					 .inspections = list,
					 .inspection_count = 1}),
		RC_INVALID);
	assert_string_equal(refused, "actor");
	/* Of a repair there is none. */
	n = ask_repair(MARIJKE, other, duin);
	bring(n);
	list[0] = ends(other, INSPECTION_APPROVED, NULL);
	assert_int_equal(done(n, list, 1), RC_INVALID);
}

static enum rc
enter(enum person p, struct inspection i)
{
	struct request *r = as(p);

	run("COMMIT");
	return inspection_enter(r, NULL, &i);
}

static void
the_planner_enters_one(void **state)
{
	int64_t aid = add_aid(1, duin, "in_use", false);
	int64_t lost = add_aid(2, duin, "out_of_service", false);
	int64_t scrapped = add_aid(3, duin, "scrapped", false);

	(void)state;
	text_today(today);
	inspection_next(today, 12, next_year);
	assert_int_equal(enter(WIETSE, ends(aid, INSPECTION_APPROVED, NULL)),
		RC_NOTFOUND);
	assert_int_equal(
		enter(ROB, ends(aid, INSPECTION_REJECTED, "Stuk.")), RC_OK);
	assert_string_equal(aid_is(aid), "out_of_service rejected 1 -");
	/* Put right and approved: back in use. One that is lost stays so. */
	assert_int_equal(
		enter(ROB, ends(aid, INSPECTION_APPROVED, NULL)), RC_OK);
	assert_string_equal(aid_is(aid), "in_use approved 1 1");
	assert_int_equal(
		enter(ROB, ends(lost, INSPECTION_APPROVED, NULL)), RC_OK);
	assert_string_equal(aid_is(lost), "out_of_service approved 1 1");
	assert_int_equal(enter(ROB, ends(scrapped, INSPECTION_APPROVED, NULL)),
		RC_NOTFOUND);
	assert_int_equal(count("SELECT COUNT(*) FROM aid_event WHERE kind = "
			       "'inspection' AND organisation_id = %d AND "
			       "request_id IS NULL AND done_on = '%s'",
				 (int)lindenhof, today),
		3);
}

static struct request *r;

static enum rc
certificate(enum person p, const char *number)
{
	r = as(p);
	r->format = FORMAT_PDF;
	return inspection_certificate(r, number);
}

static void
certificates_are_seen_as_the_history(void **state)
{
	int64_t aid = add_aid(1, duin, "in_use", true);
	const char *number;

	(void)state;
	text_today(today);
	inspection_next(today, 12, next_year);
	assert_int_equal(
		enter(ROB, ends(aid, INSPECTION_APPROVED, NULL)), RC_OK);
	run("COMMIT");
	number = value("SELECT number FROM inspection");
	assert_int_equal(certificate(TINEKE, number), RC_NOTFOUND);
	assert_int_equal(certificate(WIETSE, number), RC_NOTFOUND);
	assert_int_equal(certificate(MARIJKE, "K2020-000001"), RC_NOTFOUND);
	assert_int_equal(certificate(MARIJKE, number), RC_OK);
	assert_memory_equal(r->response.body->data, "%PDF-", 5);
	assert_non_null(strstr(r->response.filename, number));
	/* The next who rents it has nothing of it. */
	run("UPDATE aid SET holder_id = %d, location_id = %d, "
	    "home_place_id = %d, place_id = %d WHERE id = %d",
		(int)terpen, (int)terphoeve, (int)terphoeve, (int)terphoeve,
		(int)aid);
	assert_int_equal(certificate(TINEKE, number), RC_NOTFOUND);
}

static void
a_certificate_stays_as_it_was(void **state)
{
	int64_t aid = add_aid(1, duin, "in_use", false);
	const char *number, *first;
	size_t len;

	(void)state;
	text_today(today);
	inspection_next(today, 12, next_year);
	assert_int_equal(
		enter(ROB, ends(aid, INSPECTION_APPROVED, NULL)), RC_OK);
	run("COMMIT");
	number = value("SELECT number FROM inspection");
	assert_int_equal(certificate(ROB, number), RC_OK);
	len = r->response.body->len;
	first = r->response.body->data;
	run("UPDATE place SET name = 'Iets anders' WHERE id = %d", (int)duin);
	{
		char *kept = test_malloc(len);

		memcpy(kept, first, len);
		assert_int_equal(certificate(ROB, number), RC_OK);
		assert_int_equal(r->response.body->len, len);
		assert_memory_equal(r->response.body->data, kept, len);
		test_free(kept);
	}
	assert_int_equal(count("SELECT COUNT(*) FROM document WHERE "
			       "subject_kind = 'certificate' AND "
			       "sha256 = UNHEX(SHA2(pdf, 256))"),
		1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(a_request_is_done_aid_by_aid),
		WORLD_TEST(nothing_is_asked_for_twice),
		WORLD_TEST(what_is_no_result_is_refused),
		WORLD_TEST(the_planner_enters_one),
		WORLD_TEST(certificates_are_seen_as_the_history),
		WORLD_TEST(a_certificate_stays_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
