/*
 * Statements and transactions against a real MariaDB (design 5, rules 6 to
 * 8 of the data). TEST_DB_SOCKET and TEST_DB_NAME name an empty database of
 * the test's own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <mysql.h>

#include "core/buffer.h"
#include "core/log.h"
#include "db/db.h"

static struct pool *pool;
static struct db *db;
static MYSQL *other; /* a second connection, to disturb the first */

static void
other_query(const char *format, ...)
{
	char sql[500];
	va_list args;

	va_start(args, format);
	vsnprintf(sql, sizeof(sql), format, args);
	va_end(args);
	if (mysql_query(other, sql))
		fail_msg("%s: %s", sql, mysql_error(other));
}

static int
setup(void **state)
{
	struct db_config c = {.socket = getenv("TEST_DB_SOCKET"),
		.name = getenv("TEST_DB_NAME"),
		.user = "root"};

	(void)state;
	log_open("/dev/null");
	if (!c.socket || !c.name) {
		fprintf(stderr,
			"TEST_DB_SOCKET and TEST_DB_NAME are not set\n");
		return -1;
	}
	other = mysql_init(NULL);
	if (!mysql_real_connect(
		    other, NULL, c.user, NULL, c.name, 0, c.socket, 0))
		return -1;
	other_query("CREATE OR REPLACE TABLE test_db (id INT PRIMARY KEY, "
		    "text VARCHAR(2000), day DATE, at DATETIME)");
	pool = pool_create();
	db = db_create(&c);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	other_query("DROP TABLE test_db");
	mysql_close(other);
	db_destroy(db);
	pool_destroy(pool);
	return 0;
}

static struct db_rows
select_rows(const char *sql, const struct db_arg *args)
{
	struct db_rows rows;

	assert_int_equal(db_select_text(db, pool, sql, args, &rows), RC_OK);
	return rows;
}

static enum rc
run(const char *sql, const struct db_arg *args)
{
	struct db_rows rows;

	return db_select_text(db, pool, sql, args, &rows);
}

static int64_t
count(void)
{
	struct db_rows rows =
		select_rows("SELECT COUNT(*) AS n FROM test_db", DB_NO_ARGS);

	return db_num(db_row(&rows, 0), "n");
}

static void
test_values_come_back_as_they_went(void **state)
{
	char *text = pool_alloc(pool, 1001);
	struct db_rows rows;
	struct db_row row;

	(void)state;
	memset(text, 'x', 1000);
	assert_int_equal(
		run("INSERT INTO test_db VALUES (:id, :text, :day, "
		    ":at), (2, NULL, NULL, NULL)",
			DB_ARGS(db_int("id", -7), db_text("text", text),
				db_text("day", "2026-11-22"),
				db_text("at", "2026-11-22 03:10:00"))),
		RC_OK);
	rows = select_rows("SELECT * FROM test_db ORDER BY id", DB_NO_ARGS);
	assert_int_equal(rows.count, 2);
	row = db_row(&rows, 0);
	assert_int_equal(db_num(row, "id"), -7);
	assert_string_equal(db_str(row, "text"), text);
	assert_string_equal(db_str(row, "day"), "2026-11-22");
	assert_string_equal(db_str(row, "at"), "2026-11-22 03:10:00");
	row = db_row(&rows, 1);
	assert_true(db_is_null(row, "text"));
	assert_string_equal(db_str0(row, "text"), "");
	assert_int_equal(db_num(row, "day"), 0);
}

static enum rc
add_row(void *arg, struct db_row row)
{
	struct buffer *b = arg;

	buffer_printf(b, "%s=%zu;", db_str(row, "id"),
		db_is_null(row, "text") ? 0 : strlen(db_str(row, "text")));
	return b->len > 400 ? RC_INVALID : RC_OK;
}

static void
test_a_stream_gives_every_row_once(void **state)
{
	struct buffer *b = buffer_create(pool);

	(void)state;
	other_query("INSERT INTO test_db SELECT seq, REPEAT('y', seq * 100), "
		    "NULL, NULL FROM seq_1_to_10");
	assert_int_equal(
		db_stream_text(db, "SELECT id, text FROM test_db ORDER BY id",
			DB_NO_ARGS, add_row, b),
		RC_OK);
	assert_string_equal(b->data, "1=100;2=200;3=300;4=400;5=500;6=600;"
				     "7=700;8=800;9=900;10=1000;");
	assert_int_equal(count(), 10);
}

static enum rc
stop_at_once(void *arg, struct db_row row)
{
	(void)arg;
	(void)row;
	return RC_INVALID;
}

static void
test_a_stream_can_be_ended(void **state)
{
	(void)state;
	other_query("INSERT INTO test_db (id) SELECT seq FROM seq_1_to_1000");
	assert_int_equal(db_stream_text(db, "SELECT id FROM test_db",
				 DB_NO_ARGS, stop_at_once, NULL),
		RC_INVALID);
	assert_int_equal(count(), 1000);
}

/* What a transaction of a test does. */
struct plan {
	int tries;
	int kill_in_try; /* the connection dies in this try */
	int deadlock_in_try;
	enum rc answer;
};

static enum rc
insert_by_plan(void *arg)
{
	struct plan *p = arg;

	p->tries++;
	if (run("INSERT INTO test_db (id) VALUES (:id)",
		    DB_ARGS(db_int("id", 1))))
		return RC_FAIL;
	if (p->tries == p->kill_in_try) {
		struct db_rows rows =
			select_rows("SELECT CONNECTION_ID() AS id", DB_NO_ARGS);

		other_query("KILL %s", db_str(db_row(&rows, 0), "id"));
	}
	if (p->tries == p->deadlock_in_try &&
		run("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213",
			DB_NO_ARGS))
		return RC_FAIL;
	if (run("INSERT INTO test_db (id) VALUES (:id)",
		    DB_ARGS(db_int("id", 2))))
		return RC_FAIL;
	return p->answer;
}

static void
test_commit_and_rollback_follow_the_answer(void **state)
{
	static const struct {
		enum rc rc;
		int rows;
	} answers[] = {{RC_INVALID, 0}, {RC_DENIED, 0}, {RC_NOTFOUND, 0},
		{RC_CONFLICT, 0}, {RC_FAIL, 0}, {RC_REFUSED, 2}};

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct plan p = {.answer = answers[i].rc};

		assert_int_equal(db_transaction(db, insert_by_plan, &p, NULL),
			answers[i].rc);
		assert_int_equal(p.tries, 1);
		assert_int_equal(count(), answers[i].rows);
	}
}

static void
test_a_lost_connection_runs_the_whole_again(void **state)
{
	struct plan p = {.kill_in_try = 1};

	(void)state;
	assert_int_equal(db_transaction(db, insert_by_plan, &p, NULL), RC_OK);
	assert_int_equal(p.tries, 2);
	assert_int_equal(count(), 2);
}

static void
test_a_deadlock_runs_the_whole_again(void **state)
{
	struct plan p = {.deadlock_in_try = 2};
	struct plan q = {.deadlock_in_try = 1};

	(void)state;
	assert_int_equal(db_transaction(db, insert_by_plan, &q, NULL), RC_OK);
	assert_int_equal(q.tries, 2);
	other_query("DELETE FROM test_db");
	assert_int_equal(db_transaction(db, insert_by_plan, &p, NULL), RC_OK);
	assert_int_equal(p.tries, 1);
}

static void
test_a_duplicate_is_no_reason_to_try_again(void **state)
{
	struct plan p = {0};

	(void)state;
	other_query("INSERT INTO test_db (id) VALUES (2)");
	assert_int_equal(db_transaction(db, insert_by_plan, &p, NULL), RC_FAIL);
	assert_int_equal(p.tries, 1);
	assert_true(db_duplicate(db));
	assert_false(db_down(db));
	assert_int_equal(count(), 1);
}

static void
test_an_error_says_nothing_of_the_data(void **state)
{
	const struct db_arg *args =
		DB_ARGS(db_int("id", 1), db_text("text", "Bakker"));

	(void)state;
	assert_int_equal(
		run("INSERT INTO test_db (id, day) VALUES (:id, :text)", args),
		RC_FAIL);
	assert_non_null(strstr(db_error(db), "Incorrect date value"));
	assert_null(strstr(db_error(db), "Bakker"));
	other_query("ALTER TABLE test_db ADD UNIQUE (text(20))");
	other_query("INSERT INTO test_db (id, text) VALUES (2, 'Bakker')");
	assert_int_equal(
		run("INSERT INTO test_db (id, text) VALUES (:id, :text)", args),
		RC_FAIL);
	assert_true(db_duplicate(db));
	assert_null(strstr(db_error(db), "Bakker"));
}

static void
test_a_caller_cannot_choose_whose_data(void **state)
{
	struct db_rows rows;

	(void)state;
	db_set_scope(db, &(struct db_scope){.portal = DB_INSTITUTION,
				 .account = 3,
				 .organisation = 4});
	rows = select_rows("SELECT :scope_account AS account, "
			   ":scope_organisation AS organisation, :id AS id",
		DB_ARGS(db_int("scope_account", 7),
			db_int("scope_organisation", 8), db_int("id", 9)));
	assert_int_equal(db_num(db_row(&rows, 0), "account"), 3);
	assert_int_equal(db_num(db_row(&rows, 0), "organisation"), 4);
	assert_int_equal(db_num(db_row(&rows, 0), "id"), 9);
}

static void
test_reading_survives_a_lost_connection(void **state)
{
	struct db_rows rows =
		select_rows("SELECT CONNECTION_ID() AS id", DB_NO_ARGS);

	(void)state;
	other_query("KILL %s", db_str(db_row(&rows, 0), "id"));
	assert_int_equal(count(), 0);
}

static void
test_a_dead_database_is_down_not_wrong(void **state)
{
	struct db_config c = {.socket = "/nonexistent/socket", .user = "root"};
	struct db *none = db_create(&c);
	struct db_rows rows;

	(void)state;
	assert_int_equal(
		db_select_text(none, pool, "SELECT 1", DB_NO_ARGS, &rows),
		RC_FAIL);
	assert_true(db_down(none));
	db_destroy(none);
}

static enum rc verdict;

static enum rc
judge(struct db *d)
{
	struct db_rows rows;

	assert_int_equal(
		db_select_text(d, pool, "SELECT 1", DB_NO_ARGS, &rows), RC_OK);
	return verdict;
}

/* Each new connection is judged before anything else gets through. */
static void
test_a_database_that_may_not_be_used(void **state)
{
	struct db_config c = {.socket = getenv("TEST_DB_SOCKET"),
		.name = getenv("TEST_DB_NAME"),
		.accept = judge};
	struct db *d = db_create(&c);
	struct db_rows rows;

	(void)state;
	verdict = RC_DENIED;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			db_select_text(d, pool, "SELECT 2", DB_NO_ARGS, &rows),
			RC_FAIL);
		assert_true(db_refused(d));
		assert_true(db_down(d));
		assert_int_equal(db_ping(d), RC_FAIL);
		db_reset(d);
		assert_false(db_refused(d));
	}
	verdict = RC_FAIL;
	assert_int_equal(db_ping(d), RC_FAIL);
	assert_false(db_refused(d));
	verdict = RC_OK;
	assert_int_equal(db_select_text(d, pool, "SELECT CONNECTION_ID() AS id",
				 DB_NO_ARGS, &rows),
		RC_OK);
	verdict = RC_DENIED;
	assert_int_equal(db_ping(d), RC_OK);
	other_query("KILL %s", db_str(db_row(&rows, 0), "id"));
	assert_int_equal(db_select_text(d, pool, "SELECT 2", DB_NO_ARGS, &rows),
		RC_FAIL);
	assert_true(db_refused(d));
	db_destroy(d);
}

static void
test_more_texts_than_are_kept(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		struct db_rows rows = select_rows(
			pool_printf(pool, "SELECT %d AS n", i % 150),
			DB_NO_ARGS);

		assert_int_equal(db_num(db_row(&rows, 0), "n"), i % 150);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_values_come_back_as_they_went),
		TEST(test_a_stream_gives_every_row_once),
		TEST(test_a_stream_can_be_ended),
		TEST(test_commit_and_rollback_follow_the_answer),
		TEST(test_a_lost_connection_runs_the_whole_again),
		TEST(test_a_deadlock_runs_the_whole_again),
		TEST(test_a_duplicate_is_no_reason_to_try_again),
		TEST(test_an_error_says_nothing_of_the_data),
		TEST(test_a_caller_cannot_choose_whose_data),
		TEST(test_reading_survives_a_lost_connection),
		TEST(test_a_dead_database_is_down_not_wrong),
		TEST(test_a_database_that_may_not_be_used),
		TEST(test_more_texts_than_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
