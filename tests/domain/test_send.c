/* 'Verstuur aanvraag': to whom it went, and no more than so many. */
#include "core/buffer.h"
#include "engine/form.h"
#include "institution/requests/requests.h"
#include "world.h"

static const char *number;

static enum rc
do_send(void *arg)
{
	return send_post(arg);
}

/* Answers the request; the transaction is over. */
static struct request *
send(enum person who, const char *other, enum rc *rc)
{
	struct request *r = as(who);
	struct param *fields = pool_calloc(pool, 2, sizeof(*fields));

	fields[0] = (struct param){"self", "yes"};
	fields[1] = (struct param){"other", other};
	r->post = (struct params){other ? 2 : 1, fields};
	r->path = pool_printf(pool, "/requests/%s/send", number);
	r->args[0] = number;
	*rc = db_transaction(db, do_send, r, NULL);
	return r;
}

static int64_t
sent(void)
{
	return count("SELECT COUNT(*) FROM outbox WHERE kind = 'request-copy'");
}

static void
the_log_tells_to_whom(void **state)
{
	struct request *r;
	enum rc rc;

	(void)state;
	number = ask_repair(
		MARIJKE, add_aid(204817, duin, "in_use", false), duin);
	r = send(MARIJKE, "huisarts@praktijk.example", &rc);
	assert_int_equal(rc, RC_OK);
	assert_string_equal(r->response.location,
		pool_printf(pool, "/requests/%s", number));
	assert_int_equal(sent(), 2);
	assert_string_equal(value("SELECT GROUP_CONCAT(subject ORDER BY seq) "
				  "FROM audit WHERE action = 'send' AND "
				  "actor_id = %d",
				    (int)account_of(MARIJKE)),
		"marijke@lindenhof.example,huisarts@praktijk.example");
	/* Nobody is told that they send themselves something. */
	assert_string_equal(
		value("SELECT GROUP_CONCAT(body_text LIKE '%%Marijke "
		      "de Boer stuurt u%%' ORDER BY id) FROM outbox "
		      "WHERE kind = 'request-copy'"),
		"0,1");
}

static void
no_more_than_so_many_an_hour(void **state)
{
	struct request *r;
	enum rc rc;

	(void)state;
	number = ask_repair(
		MARIJKE, add_aid(204817, duin, "in_use", false), duin);
	for (int i = 0; i < 30; i++) {
		send(MARIJKE, NULL, &rc);
		assert_int_equal(rc, RC_OK);
	}
	r = send(MARIJKE, "huisarts@praktijk.example", &rc);
	assert_int_equal(rc, RC_INVALID);
	assert_int_equal(r->response.status, 429);
	assert_int_equal(sent(), 30);
	send(PIETER, NULL, &rc);
	assert_int_equal(rc, RC_OK);
	run("UPDATE audit SET at = at - INTERVAL 61 MINUTE");
	send(MARIJKE, NULL, &rc);
	assert_int_equal(rc, RC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(the_log_tells_to_whom),
		WORLD_TEST(no_more_than_so_many_an_hour),
	};
	struct pool *p = pool_create();
	int failed;

	if (forms_load(p, ".", buffer_create(p)))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	pool_destroy(p);
	return failed;
}
