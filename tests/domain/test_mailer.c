/* Mail from the outbox to a server: once, again, and under one name. */
#include <string.h>

#include "domain/document.h"
#include "domain/notify.h"
#include "jobs/cleaner.h"
#include "jobs/mailer.h"
#include "jobs/outbox.h"
#include "sink.h"
#include "world.h"

static enum rc
queue(void *arg)
{
	struct mail mail = {.template = "request",
		.event = "accept",
		.told = "requester",
		.address = "zoe@lindenhof.example",
		.name = "Zoë de Boer",
		.lang = "nl",
		.organisation_id = lindenhof};

	return mail_queue(arg, &mail, NULL, NULL);
}

static void
queue_one(void)
{
	config.mail.url = pool_printf(pool, "smtp://127.0.0.1:%d", sink_port);
	assert_int_equal(db_transaction(db, queue, as(MARIJKE), NULL), RC_OK);
	db_reset(db);
}

/* Whether there was one to try. */
static bool
send_one(void)
{
	bool tried;

	assert_int_equal(mailer_send_one(db, render, &config, &tried), RC_OK);
	return tried;
}

static const char *
outbox(void)
{
	return value("SELECT CONCAT(state, ' ', attempts) FROM outbox");
}

static void
one_mail_is_sent_once(void **state)
{
	const char *mail, *id;
	int mails;

	(void)state;
	sink_start("smtp_sink");
	queue_one();
	assert_true(send_one());
	assert_string_equal(outbox(), "sent 1");
	assert_false(send_one());
	sink_stop();
	mail = sink_received(".eml", &mails);
	id = value("SELECT message_id FROM outbox");
	assert_int_equal(mails, 1);
	assert_non_null(
		strstr(mail, pool_printf(pool, "\nMessage-ID: %s\r\n", id)));
	assert_non_null(strstr(mail, "\nDelivered-To: zoe@lindenhof.example"));
	assert_non_null(
		strstr(mail, "\nTo: =?UTF-8?B?Wm/DqyBkZSBCb2Vy?= <zoe@"));
	assert_non_null(strstr(mail, "\nAuto-Submitted: auto-generated\r\n"));
	assert_non_null(strstr(mail, "\nContent-Language: nl\r\n"));
	assert_non_null(strstr(mail, "multipart/alternative"));
	assert_non_null(strstr(mail, "text/plain; charset=UTF-8"));
	assert_non_null(strstr(mail, "text/html; charset=UTF-8"));
	assert_null(strstr(mail, "application/pdf"));
}

/* The demo's server knows no TLS; that address counts as another machine. */
static void
no_plain_text_to_another_machine(void **state)
{
	int mails;

	(void)state;
	sink_start("smtp_sink");
	queue_one();
	config.mail.url = pool_printf(pool, "smtp://0.0.0.0:%d", sink_port);
	assert_true(send_one());
	sink_stop();
	assert_string_equal(outbox(), "queued 1");
	sink_received(".eml", &mails);
	assert_int_equal(mails, 0);
}

static enum rc
queue_document(void *arg)
{
	struct request *r = arg;
	struct mail mail = {.template = "request-copy",
		.address = "zoe@lindenhof.example",
		.lang = "nl"};
	struct service_request sr;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (!rc)
		rc = document_issue(r, &sr, "nl", &mail.document_id);
	return rc ? rc : mail_queue(r, &mail, NULL, NULL);
}

/* The document is drawn by the job, where nobody looked at it before. */
static void
a_document_goes_along(void **state)
{
	int64_t aid = add_aid(204817, duin, "in_use", false);
	const char *number = ask_repair(MARIJKE, aid, duin);
	struct request *r;
	const char *mail;
	int mails;

	(void)state;
	run("DELETE FROM outbox");
	sink_start("smtp_sink");
	queue_one();
	run("DELETE FROM outbox");
	r = as(MARIJKE);
	r->args[0] = number;
	assert_int_equal(db_transaction(db, queue_document, r, NULL), RC_OK);
	db_reset(db);
	assert_int_equal(count("SELECT COUNT(*) FROM document WHERE pdf IS "
			       "NULL"),
		1);
	assert_true(send_one());
	assert_string_equal(outbox(), "sent 1");
	sink_stop();
	mail = sink_received(".eml", &mails);
	assert_int_equal(mails, 1);
	assert_non_null(strstr(mail, "multipart/mixed"));
	assert_non_null(strstr(mail, "multipart/alternative"));
	assert_non_null(strstr(mail, "Content-Type: application/pdf"));
	assert_non_null(strstr(mail,
		pool_printf(pool, "filename=\"aanvraag-%s.pdf\"", number)));
	assert_non_null(strstr(mail, "\r\nJVBERi0")); /* %PDF- */
	assert_int_equal(count("SELECT COUNT(*) FROM document WHERE "
			       "sha256 = UNHEX(SHA2(pdf, 256))"),
		1);
}

static void
due_now(void)
{
	run("UPDATE outbox SET due_at = UTC_TIMESTAMP()");
}

/* Nobody answers: kept, and tried again ever later. */
static void
the_server_is_down(void **state)
{
	static const int pauses[] = {30, 120, 600, 3600, 14400, 14400};
	int mails;

	(void)state;
	queue_one();
	for (size_t i = 0; i < sizeof(pauses) / sizeof(pauses[0]); i++) {
		assert_true(send_one());
		assert_in_range(count("SELECT TIMESTAMPDIFF(SECOND, "
				      "UTC_TIMESTAMP(), due_at) FROM outbox"),
			pauses[i] - 5, pauses[i]);
		assert_false(send_one());
		due_now();
	}
	assert_string_equal(outbox(), "queued 6");
	assert_non_null(strstr(value("SELECT error FROM outbox"), "onnect"));
	sink_start("smtp_sink");
	assert_true(send_one());
	sink_stop();
	sink_received(".eml", &mails);
	assert_int_equal(mails, 1);
	assert_string_equal(outbox(), "sent 7");
}

static void
given_up_after_two_days(void **state)
{
	(void)state;
	queue_one();
	run("UPDATE outbox SET created_at = UTC_TIMESTAMP() - INTERVAL 49 "
	    "HOUR");
	assert_true(send_one());
	assert_string_equal(outbox(), "failed 1");
	due_now();
	assert_false(send_one());
}

/* 5xx to the recipient: it will never be taken. */
static void
refused_by_the_server(void **state)
{
	int mails;

	(void)state;
	sink_start("smtp_sink");
	queue_one();
	sink_fault("reject", true);
	assert_true(send_one());
	sink_fault("reject", false);
	assert_string_equal(outbox(), "failed 1");
	/* What the server says names people: only its number is kept. */
	assert_null(strstr(value("SELECT error FROM outbox"), "zoe"));
	assert_non_null(strstr(value("SELECT error FROM outbox"), "(550)"));
	due_now();
	assert_false(send_one());
	sink_received(".eml", &mails);
	assert_int_equal(mails, 0);
	sink_stop();
}

/* 5xx before that is about us, not about the mail: it waits. */
static void
we_are_refused_by_the_server(void **state)
{
	(void)state;
	sink_start("smtp_sink");
	queue_one();
	sink_fault("deny", true);
	assert_true(send_one());
	sink_fault("deny", false);
	assert_string_equal(outbox(), "queued 1");
	due_now();
	assert_true(send_one());
	assert_string_equal(outbox(), "sent 2");
	sink_received(".eml", &(int){0});
	sink_stop();
}

/* The sender ends each time, so nobody says what came of it. */
static void
a_mail_that_its_sender_does_not_survive(void **state)
{
	bool tried, claimed;
	struct db_row row;

	(void)state;
	sink_start("smtp_sink");
	queue_one();
	for (int i = 0; i < OUTBOX_CLAIMS; i++) {
		int64_t wait = (int64_t)OUTBOX_CLAIM_SECONDS << i;

		assert_int_equal(
			outbox_claim(db, pool, "mail", &row, &tried, &claimed),
			RC_OK);
		assert_true(claimed);
		assert_false(send_one());
		assert_in_range(count("SELECT TIMESTAMPDIFF(SECOND, "
				      "UTC_TIMESTAMP(), due_at) FROM outbox"),
			wait - 5, wait);
		due_now();
	}
	queue_one();
	assert_true(send_one());
	assert_true(send_one());
	assert_false(send_one());
	assert_string_equal(value("SELECT GROUP_CONCAT(state ORDER BY id) "
				  "FROM outbox"),
		"failed,sent");
	sink_received(".eml", &(int){0});
	sink_stop();
}

/* Those that failed in the ordinary way do not count for that. */
static void
an_answer_ends_the_count_of_claims(void **state)
{
	(void)state;
	queue_one();
	run("UPDATE outbox SET unanswered = %d", OUTBOX_CLAIMS - 1);
	assert_true(send_one());
	assert_string_equal(outbox(), "queued 1");
	assert_int_equal(count("SELECT unanswered FROM outbox"), 0);
}

static void
what_comes_too_late_is_not_sent(void **state)
{
	(void)state;
	queue_one();
	run("UPDATE outbox SET expires_at = UTC_TIMESTAMP() + INTERVAL 1 "
	    "MINUTE");
	assert_true(send_one());
	assert_string_equal(outbox(), "queued 1");
	run("UPDATE outbox SET expires_at = UTC_TIMESTAMP()");
	due_now();
	assert_true(send_one());
	assert_string_equal(outbox(), "failed 1");
}

/* The answer is lost: a second copy, under the same Message-ID. */
static void
twice_but_under_one_name(void **state)
{
	const char *id, *mail;
	int mails;

	(void)state;
	sink_start("smtp_sink");
	queue_one();
	id = pool_printf(
		pool, "Message-ID: %s", value("SELECT message_id FROM outbox"));
	sink_fault("drop", true);
	assert_true(send_one());
	sink_fault("drop", false);
	assert_string_equal(outbox(), "queued 1");
	mail = sink_received(".eml", &mails);
	assert_int_equal(mails, 1);
	assert_non_null(strstr(mail, id));
	due_now();
	assert_true(send_one());
	mail = sink_received(".eml", &mails);
	assert_int_equal(mails, 1);
	assert_non_null(strstr(mail, id));
	assert_string_equal(outbox(), "sent 2");
	sink_stop();
}

/* What another process has in hand is left alone until it must be dead. */
static void
claimed_by_another(void **state)
{
	(void)state;
	queue_one();
	run("UPDATE outbox SET attempts = 1, "
	    "due_at = UTC_TIMESTAMP() + INTERVAL %d SECOND",
		OUTBOX_CLAIM_SECONDS);
	assert_false(send_one());
	assert_true((int)OUTBOX_CLAIM_SECONDS > (int)MAILER_SEND_SECONDS);
}

static void
important_ones_first(void **state)
{
	int mails;

	(void)state;
	sink_start("smtp_sink");
	queue_one();
	queue_one();
	run("UPDATE outbox SET priority = 1 ORDER BY id DESC LIMIT 1");
	assert_true(send_one());
	assert_string_equal(value("SELECT GROUP_CONCAT(state ORDER BY id) "
				  "FROM outbox"),
		"queued,sent");
	sink_received(".eml", &mails);
	sink_stop();
}

static void
what_has_served_goes(void **state)
{
	int64_t who = account_of(MARIJKE);

	(void)state;
	run("INSERT INTO session (id, account_id, step, address, agent, "
	    "created_at, seen_at) VALUES "
	    "(REPEAT('a', 32), %d, 'complete', '', '', UTC_TIMESTAMP(), "
	    "UTC_TIMESTAMP()), "
	    "(REPEAT('b', 32), %d, 'complete', '', '', UTC_TIMESTAMP(), "
	    "UTC_TIMESTAMP() - INTERVAL 1471 MINUTE), "
	    "(REPEAT('c', 32), %d, 'complete', '', '', UTC_TIMESTAMP() - "
	    "INTERVAL 37 HOUR, UTC_TIMESTAMP())",
		(int)who, (int)who, (int)who);
	run("INSERT INTO form_key (account_id, form_key, content, at) VALUES "
	    "(%d, REPEAT('a', 16), REPEAT('a', 32), UTC_TIMESTAMP()), "
	    "(%d, REPEAT('b', 16), REPEAT('a', 32), UTC_TIMESTAMP() - "
	    "INTERVAL 49 HOUR)",
		(int)who, (int)who);
	run("INSERT INTO login_guard (id, level, at) VALUES "
	    "(REPEAT('a', 32), 9, UTC_TIMESTAMP() - INTERVAL 23 HOUR), "
	    "(REPEAT('b', 32), 9, UTC_TIMESTAMP() - INTERVAL 25 HOUR)");
	run("INSERT INTO known_device (id, account_id, seen_at) VALUES "
	    "(REPEAT('a', 32), %d, UTC_TIMESTAMP() - INTERVAL 89 DAY), "
	    "(REPEAT('b', 32), %d, UTC_TIMESTAMP() - INTERVAL 91 DAY)",
		(int)who, (int)who);
	assert_int_equal(cleaner_run(db, &config), RC_OK);
	assert_string_equal(
		value("SELECT GROUP_CONCAT(LEFT(id, 1)) FROM session"), "a");
	assert_int_equal(count("SELECT COUNT(*) FROM form_key"), 1);
	assert_string_equal(
		value("SELECT GROUP_CONCAT(LEFT(id, 1)) FROM login_guard"),
		"a");
	assert_string_equal(
		value("SELECT GROUP_CONCAT(LEFT(id, 1)) FROM known_device"),
		"a");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(one_mail_is_sent_once),
		WORLD_TEST(no_plain_text_to_another_machine),
		WORLD_TEST(a_document_goes_along),
		WORLD_TEST(the_server_is_down),
		WORLD_TEST(given_up_after_two_days),
		WORLD_TEST(refused_by_the_server),
		WORLD_TEST(we_are_refused_by_the_server),
		WORLD_TEST(a_mail_that_its_sender_does_not_survive),
		WORLD_TEST(an_answer_ends_the_count_of_claims),
		WORLD_TEST(what_comes_too_late_is_not_sent),
		WORLD_TEST(twice_but_under_one_name),
		WORLD_TEST(claimed_by_another),
		WORLD_TEST(important_ones_first),
		WORLD_TEST(what_has_served_goes),
	};

	return cmocka_run_group_tests(tests, sink_begin, sink_end);
}
