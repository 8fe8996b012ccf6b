/*
 * Exports drawn in the background (I10, I17): asked for once, drawn as who
 * asked, kept, fetched by nobody else, and given up where they can't be
 * drawn.
 */
#include <signal.h>
#include <string.h>

#include <sodium.h>

#include "account/account.h"
#include "engine/export.h"
#include "engine/list.h"
#include "jobs/cleaner.h"
#include "jobs/exporter.h"
#include "world.h"

static struct exporter exporter;
static sigset_t before;

static int
open_exporter(void **state)
{
	struct buffer *errors;
	sigset_t term;

	world_open(state);
	errors = buffer_create(pool);
	if (lists_load(pool, ".", errors))
		fail_msg("%s", errors->data);
	config.key_count = 1;
	config.keys[0] = (struct config_key){"csrf", "1", "test"};
	config.exports.pdf_rows = config.exports.excel_rows = 2;
	exporter = (struct exporter){&config, render,
		db_create(
			&(struct db_config){.socket = getenv("TEST_DB_SOCKET"),
				.name = value("SELECT DATABASE()"),
				.user = "root"}),
		db};
	for (int i = 0; i < 3; i++)
		add_aid(204817 + i, i ? duin : wierde, "in_use", false);
	/* As in the process that draws. */
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &before);
	return 0;
}

static int
close_exporter(void **state)
{
	sigprocmask(SIG_SETMASK, &before, NULL);
	db_destroy(exporter.queue);
	return world_close(state);
}

#define EXPORT_TEST(f)                                                         \
	cmocka_unit_test_setup_teardown(f, open_exporter, close_exporter)

/* The list as that file, opened or asked for; the answer. */
static struct request *
ask_list(enum person who, const char *list, enum format format, bool asks)
{
	struct request *r = as(who);

	r->method = METHOD_GET;
	r->asks_export = asks;
	r->path = pool_printf(pool, "/%s", list);
	r->format = format;
	assert_int_equal(list_page_of(r, list, r->path, DB_NO_ARGS), RC_OK);
	return r;
}

/* The code of one that is in the background. */
static const char *
ask(enum person who)
{
	const char *at =
		ask_list(who, "aids", FORMAT_XLSX, true)->response.location;

	assert_non_null(at);
	assert_memory_equal(at, "/exports/", 9);
	return at + 9;
}

static bool
draw_next(void)
{
	bool tried;

	assert_int_equal(exporter_draw_one(&exporter, &tried), RC_OK);
	return tried;
}

static struct request *
fetch(enum person who, const char *code, enum format format, enum rc wanted)
{
	struct request *r = as(who);

	r->method = METHOD_GET;
	r->path = "/exports";
	r->args[0] = code;
	r->format = format;
	assert_int_equal(export_page(r), wanted);
	return r;
}

static void
assert_state(const char *code, const char *state)
{
	assert_string_equal(
		value("SELECT CONCAT_WS(' ', state, reason) FROM export "
		      "WHERE code = '%s'",
			code),
		state);
}

/* What is short comes at once; what is long is one export, asked twice. */
static void
test_asked_once(void **state)
{
	const char *code;
	struct request *r;

	(void)state;
	config.exports.excel_rows = 3;
	r = ask_list(MARIJKE, "aids", FORMAT_XLSX, false);
	assert_null(r->response.location);
	assert_memory_equal(r->response.body->data, "PK", 2);
	assert_null(
		ask_list(MARIJKE, "aids", FORMAT_XLSX, true)->response.body);
	assert_int_equal(count("SELECT COUNT(*) FROM export"), 0);
	config.exports.excel_rows = 2;
	/* To open the address begins nothing: a browser may do so by itself. */
	r = ask_list(MARIJKE, "aids", FORMAT_XLSX, false);
	assert_string_equal(r->page_id, "export-offer");
	assert_null(r->response.filename);
	assert_int_equal(count("SELECT COUNT(*) FROM export"), 0);
	code = ask(MARIJKE);
	assert_string_equal(ask(MARIJKE), code);
	assert_string_not_equal(ask(FATIMA), code);
	assert_int_equal(count("SELECT COUNT(*) FROM export"), 2);
	assert_int_equal(
		count("SELECT name LIKE 'hulpmiddelen-____-__-__.xlsx' AND "
		      "title = 'Mijn hulpmiddelen' FROM export "
		      "WHERE code = '%s'",
			code),
		1);
}

static void
test_drawn_and_fetched(void **state)
{
	const char *code = ask(MARIJKE);
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];
	struct request *r;

	(void)state;
	run("INSERT INTO session (id, account_id, membership_id, step, "
	    "address, agent) SELECT REPEAT('x', 32), account_id, id, "
	    "'complete', '::1', 'x' FROM membership WHERE account_id = %d",
		(int)account_of(MARIJKE));
	/* Not there yet: to the page that follows it. */
	r = fetch(MARIJKE, code, FORMAT_XLSX, RC_OK);
	assert_null(r->response.body);
	assert_non_null(strstr(r->response.location, code));
	assert_true(draw_next());
	assert_state(code, "ready");
	assert_false(draw_next());
	r = fetch(MARIJKE, code, FORMAT_XLSX, RC_OK);
	assert_memory_equal(r->response.body->data, "PK", 2);
	crypto_hash_sha256(hash, (unsigned char *)r->response.body->data,
		r->response.body->len);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	assert_string_equal(value("SELECT CONCAT(total, ' ', size, ' ', "
				  "LOWER(HEX(sha256))) FROM export"),
		pool_printf(pool, "3 %zu %s", r->response.body->len, hex));
	assert_int_equal(count("SELECT DATEDIFF(expires_at, ready_at) "
			       "FROM export"),
		7);
	/* Told on the next page, and no mail: it took no time. */
	assert_int_equal(count("SELECT COUNT(*) FROM session WHERE notice "
			       "LIKE 'ok%%export.ready%%Mijn hulpmiddelen'"),
		1);
	assert_int_equal(count("SELECT COUNT(*) FROM outbox"), 0);
	/* It was fetched: asked again, it is another one. */
	assert_string_not_equal(ask(MARIJKE), code);
}

static void
test_nobody_else(void **state)
{
	static const enum person others[] = {FATIMA, TINEKE, ROB};
	const char *code = ask(MARIJKE);

	(void)state;
	assert_true(draw_next());
	for (size_t i = 0; i < 3; i++) {
		fetch(others[i], code, FORMAT_XLSX, RC_NOTFOUND);
		fetch(others[i], code, FORMAT_HTML, RC_NOTFOUND);
	}
	assert_null(fetch(MARIJKE, code, FORMAT_PDF, RC_OK)->response.body);
	fetch(MARIJKE, "k7Qm2xPzV0aB3cD4eF5gHi", FORMAT_XLSX, RC_NOTFOUND);
	/* Nor the account itself, in another role of its. */
	run("UPDATE export SET membership_id = membership_id + 1");
	fetch(MARIJKE, code, FORMAT_XLSX, RC_NOTFOUND);
}

/* What it may see when it is drawn counts, not when it was asked for. */
static void
test_rights_at_drawing(void **state)
{
	const char *code = ask(MARIJKE);

	(void)state;
	run("DELETE FROM membership_place WHERE place_id = %d", (int)wierde);
	assert_true(draw_next());
	assert_int_equal(count("SELECT total FROM export"), 2);
	run("UPDATE export SET state = 'queued', due_at = UTC_TIMESTAMP()");
	run("UPDATE membership SET active = FALSE");
	assert_true(draw_next());
	assert_state(code, "failed rights");
	assert_false(draw_next());
}

static void
test_rights_at_download(void **state)
{
	const char *code = ask(MARIJKE);
	struct request *r;

	(void)state;
	assert_true(draw_next());
	run("DELETE FROM membership_place WHERE place_id = %d", (int)wierde);
	r = fetch(MARIJKE, code, FORMAT_XLSX, RC_OK);
	assert_null(r->response.body);
	assert_non_null(r->response.location);
	run("INSERT INTO membership_place SELECT id, %d, TRUE FROM membership "
	    "WHERE organisation_id = %d",
		(int)wierde, (int)lindenhof);
	r = fetch(MARIJKE, code, FORMAT_XLSX, RC_OK);
	assert_non_null(r->response.body);
	run("UPDATE membership SET role = '3'");
	r = fetch(MARIJKE, code, FORMAT_XLSX, RC_OK);
	assert_null(r->response.body);
}

/* Killed in the middle: drawn again. Three times: no more. */
static void
test_killed(void **state)
{
	const char *code = ask(MARIJKE);
	const char killed[] = "UPDATE export SET state = 'drawing', "
			      "drawing_account = account_id, attempts = %d, "
			      "due_at = UTC_TIMESTAMP() + INTERVAL %d SECOND";

	(void)state;
	run("INSERT INTO export_part SELECT id, 7, 'rest' FROM export");
	run(killed, 1, 60);
	assert_false(draw_next());
	run(killed, 2, -1);
	assert_true(draw_next());
	assert_state(code, "ready");
	assert_int_equal(
		count("SELECT SUM(LENGTH(bytes)) - MAX(size) FROM export_part "
		      "JOIN export ON export.id = export_id"),
		0);
	run(killed, 3, -1);
	assert_true(draw_next());
	assert_state(code, "failed error");
	assert_false(draw_next());
}

/* One that fails by itself: again after a while, three times at most. */
static void
test_poison(void **state)
{
	const char *code = ask(MARIJKE);

	(void)state;
	/* An expression that the database refuses at this row. */
	run("ALTER TABLE product DROP COLUMN make");
	for (int i = 1; i <= 3; i++) {
		assert_true(draw_next());
		assert_int_equal(count("SELECT attempts FROM export"), i);
		assert_false(draw_next());
		run("UPDATE export SET due_at = UTC_TIMESTAMP()");
	}
	assert_state(code, "failed error");
	assert_false(draw_next());
	/* Asked for again it is a new one. */
	run("ALTER TABLE product ADD make VARCHAR(60) NOT NULL DEFAULT 'x'");
	assert_string_not_equal(ask(MARIJKE), code);
}

static void
test_one_at_a_time(void **state)
{
	const char *other;

	(void)state;
	ask(MARIJKE);
	run("UPDATE export SET state = 'drawing', attempts = 1, "
	    "drawing_account = account_id, "
	    "due_at = UTC_TIMESTAMP() + INTERVAL 1 MINUTE");
	ask_list(MARIJKE, "aids", FORMAT_PDF, true);
	assert_false(draw_next());
	other = ask(FATIMA);
	assert_true(draw_next());
	assert_state(other, "ready");
	assert_false(draw_next());
}

/* Asked to stop, it gives back what it draws, as if never tried. */
static void
test_stopped(void **state)
{
	const char *code = ask(MARIJKE);
	sigset_t term;
	int number;

	(void)state;
	kill(getpid(), SIGTERM);
	assert_true(draw_next());
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigwait(&term, &number);
	assert_state(code, "queued");
	assert_int_equal(count("SELECT attempts FROM export"), 0);
	assert_true(draw_next());
	assert_state(code, "ready");
}

static void
test_pdf(void **state)
{
	struct request *r;

	(void)state;
	r = ask_list(MARIJKE, "aids", FORMAT_PDF, true);
	assert_true(draw_next());
	r = fetch(MARIJKE, r->response.location + 9, FORMAT_PDF, RC_OK);
	assert_memory_equal(r->response.body->data, "%PDF", 4);
}

/* Who sees which client is written down when it is drawn (X9). */
static void
test_audit(void **state)
{
	int client = (int)run("INSERT INTO client (organisation_id, name) "
			      "VALUES (%d, 'Mw. T. Bakker')",
		(int)lindenhof);

	(void)state;
	ask_repair(MARIJKE, count("SELECT MIN(id) FROM aid"), wierde);
	run("UPDATE request SET client_id = %d", client);
	config.exports.excel_rows = 0;
	assert_non_null(ask_list(MARIJKE, "actions", FORMAT_XLSX, true)
				->response.location);
	run("DELETE FROM audit");
	assert_true(draw_next());
	assert_int_equal(
		count("SELECT COUNT(*) FROM audit WHERE action = 'export' AND "
		      "client_id = %d AND actor_id = %d AND "
		      "access_right = 'request.view' AND subject = "
		      "'list actions' AND address = '127.0.0.1'",
			client, (int)account_of(MARIJKE)),
		1);
	fetch(MARIJKE, value("SELECT code FROM export"), FORMAT_XLSX, RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE subject LIKE "
			       "'export %%'"),
		1);
}

static void
test_mail(void **state)
{
	const char *code = ask(MARIJKE);

	(void)state;
	run("UPDATE export SET asked_at = UTC_TIMESTAMP() - INTERVAL 3 MINUTE");
	assert_true(draw_next());
	assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE kind = "
			       "'export' AND recipient = "
			       "'marijke@lindenhof.example' AND body_text LIKE "
			       "'%%https://localhost:8443/exports/%s%%'",
				 code),
		1);
}

static enum rc
do_delete(void *arg)
{
	return export_delete_post(arg);
}

static enum rc
delete_as(enum person who, const char *code)
{
	struct request *r = as(who);

	r->args[0] = code;
	return db_transaction(db, do_delete, r, NULL);
}

static void
test_deleted(void **state)
{
	const char *code = ask(MARIJKE);

	(void)state;
	assert_true(draw_next());
	assert_int_equal(delete_as(FATIMA, code), RC_NOTFOUND);
	assert_int_equal(delete_as(MARIJKE, code), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM export_part"), 0);
	fetch(MARIJKE, code, FORMAT_XLSX, RC_NOTFOUND);
}

static void
test_expired(void **state)
{
	const char *code = ask(MARIJKE);

	(void)state;
	assert_true(draw_next());
	run("UPDATE export SET expires_at = UTC_TIMESTAMP() - INTERVAL 1 "
	    "SECOND");
	fetch(MARIJKE, code, FORMAT_XLSX, RC_NOTFOUND);
	assert_int_equal(cleaner_run(exporter.queue, &config), RC_OK);
	assert_int_equal(count("SELECT COUNT(*) FROM export_part"), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM export"), 0);
}

static void
test_too_many(void **state)
{
	struct request *r = as(MARIJKE);

	(void)state;
	for (int i = 0; i <= EXPORT_WAITING_MAX; i++) {
		r = as(MARIJKE);
		r->method = METHOD_GET;
		r->asks_export = true;
		r->path = "/aids";
		r->query = pool_printf(pool, "x=%d", i);
		r->format = FORMAT_XLSX;
		list_page_of(r, "aids", "/aids", DB_NO_ARGS);
	}
	assert_string_equal(r->response.location, "/exports");
	assert_int_equal(
		count("SELECT COUNT(*) FROM export"), EXPORT_WAITING_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EXPORT_TEST(test_asked_once),
		EXPORT_TEST(test_drawn_and_fetched),
		EXPORT_TEST(test_nobody_else),
		EXPORT_TEST(test_rights_at_drawing),
		EXPORT_TEST(test_rights_at_download),
		EXPORT_TEST(test_killed),
		EXPORT_TEST(test_poison),
		EXPORT_TEST(test_one_at_a_time),
		EXPORT_TEST(test_stopped),
		EXPORT_TEST(test_pdf),
		EXPORT_TEST(test_audit),
		EXPORT_TEST(test_mail),
		EXPORT_TEST(test_deleted),
		EXPORT_TEST(test_expired),
		EXPORT_TEST(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
