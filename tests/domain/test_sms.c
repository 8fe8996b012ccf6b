/* SMS from the outbox to a gateway: escaped for it, once, again, given up. */
#include <string.h>

#include "jobs/outbox.h"
#include "jobs/sms.h"
#include "sink.h"
#include "world.h"

#define JSON "{\"to\":\"{to}\",\"text\":\"{text}\",\"id\":\"{id}\"}"

static void
queue(const char *body)
{
	config.sms.url =
		pool_printf(pool, "http://127.0.0.1:%d/messages", sink_port);
	config.sms.method = "POST";
	config.sms.header = NULL;
	config.sms.body = body;
	run("INSERT INTO outbox (message_id, kind, channel, recipient, lang, "
	    "subject, body_text) VALUES ('<1.a@b>', 'code', 'sms', "
	    "'06 12345678', 'nl', '', "
	    "'Uw code is \"12 & 34\" {to}\\nà \\\\')");
}

static bool
send_one(void)
{
	bool tried;

	assert_int_equal(sms_send_one(db, &config, &tried), RC_OK);
	return tried;
}

static const char *
outbox(void)
{
	return value("SELECT CONCAT_WS(' ', state, attempts, error) "
		     "FROM outbox");
}

/* What the gateway was sent; "" where nothing came. */
static const char *
came(void)
{
	int messages;
	const char *text = sink_received(".txt", &messages);

	assert_true(messages <= 1);
	return text;
}

static void
as_json(void **state)
{
	(void)state;
	sink_start("sms_stub");
	queue(JSON);
	assert_true(send_one());
	assert_false(send_one());
	sink_stop();
	assert_string_equal(outbox(), "sent 1");
	assert_string_equal(came(),
		"{\"to\":\"+31612345678\",\"text\":\"Uw code is \\\"12 & 34\\\""
		" {to}\\u000aà \\\\\",\"id\":\"<1.a@b>\"}");
}

static void
as_a_form(void **state)
{
	(void)state;
	sink_start("sms_stub");
	queue("to={to}&text={text}");
	assert_true(send_one());
	sink_stop();
	assert_string_equal(came(), "to=%2B31612345678&text=Uw%20code%20is%20"
				    "%2212%20%26%2034%22%20%7Bto%7D%0A%C3%A0"
				    "%20%5C");
}

static void
in_url_and_header(void **state)
{
	(void)state;
	assert_string_equal(
		sms_fill(pool, "X-Id: {id} {to}", NULL, NULL, "<1@b>", NULL),
		"X-Id: <1@b> {to}");
	assert_string_equal(
		sms_fill(pool, "{to}{x}{text", "1", "2", "3", sms_json),
		"1{x}{text");
}

static void
the_gateway_fails(void **state)
{
	static const char *const faults[] = {"fail", "drop"};

	(void)state;
	sink_start("sms_stub");
	queue(JSON);
	for (int i = 0; i < 2; i++) {
		sink_fault(faults[i], true);
		assert_true(send_one());
		assert_false(send_one());
		sink_fault(faults[i], false);
		assert_int_equal(count("SELECT state = 'queued' AND attempts = "
				       "%d FROM outbox",
					 i + 1),
			1);
		run("UPDATE outbox SET due_at = UTC_TIMESTAMP()");
	}
	/* The one that was lost on the way back, and the one that counts. */
	assert_non_null(strstr(came(), "<1.a@b>"));
	assert_true(send_one());
	assert_non_null(strstr(came(), "<1.a@b>"));
	assert_string_equal(outbox(), "sent 3");
	sink_stop();
}

static void
the_gateway_does_not_want_it(void **state)
{
	(void)state;
	sink_start("sms_stub");
	queue(JSON);
	sink_fault("reject", true);
	assert_true(send_one());
	sink_fault("reject", false);
	assert_string_equal(outbox(), "failed 1 the gateway answered 400");
	assert_false(send_one());
	assert_string_equal(came(), "");
	sink_stop();
}

static void
no_plain_text_to_another_machine(void **state)
{
	(void)state;
	sink_start("sms_stub");
	queue(JSON);
	config.sms.url =
		pool_printf(pool, "http://0.0.0.0:%d/messages", sink_port);
	assert_true(send_one());
	sink_stop();
	assert_string_equal(came(), "");
	assert_int_equal(count("SELECT attempts FROM outbox WHERE "
			       "state = 'queued'"),
		1);
}

static void
no_gateway(void **state)
{
	(void)state;
	queue(JSON);
	config.sms.url = NULL;
	assert_true(send_one());
	assert_string_equal(
		outbox(), "failed 1 no gateway in the configuration");
}

static void
one_that_its_sender_does_not_survive(void **state)
{
	(void)state;
	queue(JSON);
	run("UPDATE outbox SET unanswered = %d", OUTBOX_CLAIMS);
	assert_true(send_one());
	assert_string_equal(outbox(), "failed 0 its sender ended each time");
	assert_false(send_one());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(as_json),
		WORLD_TEST(as_a_form),
		WORLD_TEST(in_url_and_header),
		WORLD_TEST(the_gateway_fails),
		WORLD_TEST(the_gateway_does_not_want_it),
		WORLD_TEST(no_plain_text_to_another_machine),
		WORLD_TEST(no_gateway),
		WORLD_TEST(one_that_its_sender_does_not_survive),
	};

	return cmocka_run_group_tests(tests, sink_begin, sink_end);
}
