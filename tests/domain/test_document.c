/* A request's document: one per version and language, and the same bytes. */
#include <string.h>

#include "domain/document.h"
#include "world.h"

static int64_t
issue(enum person who, const char *number, const char *lang)
{
	struct request *r = as(who);
	struct service_request sr;
	int64_t id = 0;

	assert_int_equal(request_get(r, number, &sr), RC_OK);
	assert_int_equal(document_issue(r, &sr, lang, &id), RC_OK);
	assert_true(id > 0);
	return id;
}

static struct document
draw(int64_t id)
{
	struct document d = {0};

	assert_int_equal(
		document_pdf(pool, db, render, &config, id, &d), RC_OK);
	assert_true(d.len > 5 && !memcmp(d.pdf, "%PDF-", 5));
	return d;
}

static void
one_per_version_and_language(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	int64_t first = issue(MARIJKE, n, "nl");

	(void)state;
	assert_int_equal(issue(MARIJKE, n, "nl"), first);
	assert_int_equal(issue(ROB, n, "nl"), first);
	assert_int_not_equal(issue(MARIJKE, n, "en"), first);
	assert_int_equal(
		move(ROB, n, (struct request_change){.event = EVENT_ACCEPT}),
		RC_OK);
	assert_int_not_equal(issue(MARIJKE, n, "nl"), first);
	assert_string_equal(
		value("SELECT name FROM document WHERE id = %d", (int)first),
		pool_printf(pool, "aanvraag-%s.pdf", n));
}

/* It names the client: who may see none gets no document. */
static void
not_for_who_sees_no_clients(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	struct service_request sr;
	struct request *r;
	int64_t id;

	(void)state;
	run("INSERT INTO client (organisation_id, name) VALUES (%d, 'Mw. B.')",
		(int)lindenhof);
	run("UPDATE request SET client_id = (SELECT MAX(id) FROM client)");
	r = as(ROB);
	assert_int_equal(request_get(r, n, &sr), RC_OK);
	assert_true(document_may(r, &sr));
	r->who->role = "catalogue";
	assert_false(document_may(r, &sr));
	assert_int_equal(document_issue(r, &sr, "nl", &id), RC_DENIED);
	assert_int_equal(document_answer(r, &sr), RC_DENIED);
	assert_int_equal(count("SELECT COUNT(*) FROM document"), 0);
	sr.client_id = 0;
	assert_int_equal(document_issue(r, &sr, "nl", &id), RC_OK);
}

/* Reads, then somebody else issues it, then it does too. */
static enum rc
issue_second(void *arg)
{
	struct request *r = arg;
	struct service_request sr;
	int64_t id = 0;

	assert_int_equal(request_get(r, r->args[0], &sr), RC_OK);
	run("INSERT INTO document (organisation_id, subject_kind, subject_id, "
	    "version, lang, xml) VALUES (%d, 'request', %d, 1, 'nl', '<x/>')",
		(int)lindenhof, (int)sr.id);
	assert_int_equal(document_issue(r, &sr, "nl", &id), RC_OK);
	assert_int_equal(id, count("SELECT id FROM document"));
	return RC_OK;
}

static void
issued_by_two_at_once(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *number = ask_repair(MARIJKE, aid, duin);
	struct request *r = as(MARIJKE);

	(void)state;
	r->args[0] = number;
	assert_int_equal(db_transaction(db, issue_second, r, NULL), RC_OK);
	assert_string_equal(
		value("SELECT GROUP_CONCAT(xml) FROM document"), "<x/>");
}

static void
the_same_bytes(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	int64_t id = issue(MARIJKE, n, "nl");
	struct document one = draw(id), kept = draw(id), again;

	(void)state;
	assert_int_equal(one.len, kept.len);
	assert_memory_equal(one.pdf, kept.pdf, one.len);
	/* What was kept can be drawn anew from its XML. */
	run("UPDATE document SET pdf = NULL");
	again = draw(id);
	assert_int_equal(again.len, one.len);
	assert_memory_equal(again.pdf, one.pdf, one.len);
	assert_int_equal(count("SELECT COUNT(*) FROM document WHERE "
			       "sha256 = UNHEX(SHA2(pdf, 256))"),
		1);
}

/* An old version is not touched by what comes after. */
static void
what_was_issued_stays(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *n = ask_repair(MARIJKE, aid, duin);
	int64_t id = issue(MARIJKE, n, "nl");
	const char *before = value(
		"SELECT SHA2(xml, 256) FROM document WHERE id = %d", (int)id);

	(void)state;
	move(ROB, n, (struct request_change){.event = EVENT_ACCEPT});
	issue(MARIJKE, n, "nl");
	assert_string_equal(before,
		value("SELECT SHA2(xml, 256) FROM document WHERE id = %d",
			(int)id));
	assert_int_equal(count("SELECT xml LIKE '%%state=\"submitted\"%%' "
			       "FROM document WHERE id = %d",
				 (int)id),
		1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(one_per_version_and_language),
		WORLD_TEST(not_for_who_sees_no_clients),
		WORLD_TEST(issued_by_two_at_once),
		WORLD_TEST(the_same_bytes),
		WORLD_TEST(what_was_issued_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
