/* The log of who saw what, sealed in batches: what was changed is named (X9).
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/audit_chain.h"
#include "jobs/sealer.h"
#include "upkeep/expire.h"
#include "world.h"

static void
set_keys(unsigned char first)
{
	config.audit.years = 5;
	config.audit.settle_seconds = 60;
	config.key_count = 1;
	config.keys[0] = (struct config_key){"audit", "1", {first}};
}

/* Rows so many seconds old. */
static void
add_rows(int rows, int seconds)
{
	run("INSERT INTO audit (at, request_id, client_id, subject, action, "
	    "access_right, outcome, address) SELECT UTC_TIMESTAMP(3) - "
	    "INTERVAL %d SECOND, 'r', seq, 'list', 'view', 'aid.view', 'ok', "
	    "'::1' FROM seq_1_to_%d",
		seconds, rows);
}

static void
begin(void)
{
	set_keys(7);
	run("DELETE FROM audit");
	run("DELETE FROM audit_seal");
}

static int64_t
batches(void)
{
	return count("SELECT COUNT(*) FROM audit_seal");
}

static void
seal_now(void)
{
	bool more;

	do
		assert_int_equal(sealer_run(db, &config, &more), RC_OK);
	while (more);
}

/* What audit-verify says, without the end of its line. */
static const char *
verify_since(const char *since, enum rc want)
{
	char *text = NULL, *kept;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	enum rc rc = audit_verify(&config, db, since, out);

	fclose(out);
	kept = pool_strdup(pool, text);
	free(text);
	kept[strcspn(kept, "\n")] = '\0';
	if (rc != want)
		fail_msg("%d, want %d: %s", rc, want, kept);
	return kept;
}

static void
says(const char *what)
{
	const char *said = verify_since(NULL, RC_CONFLICT);

	if (!strstr(said, what))
		fail_msg("'%s', want '%s'", said, what);
}

static void
good(const char *what)
{
	const char *said = verify_since(NULL, RC_OK);

	if (strncmp(said, what, strlen(what)) != 0)
		fail_msg("'%s', want '%s'", said, what);
}

static void
all_that_settled(void **state)
{
	(void)state;
	begin();
	good("0 batches, 0 records as sealed, 0 not yet sealed; -");
	add_rows(3, 100);
	add_rows(2, 0);
	seal_now();
	good("1 batches, 3 records as sealed, 2 not yet sealed; ");
	seal_now();
	assert_int_equal(batches(), 1);
	run("UPDATE audit SET at = at - INTERVAL 100 SECOND WHERE seq > "
	    "(SELECT MAX(to_seq) FROM audit_seal)");
	seal_now();
	good("2 batches, 5 records as sealed, 0 not yet sealed; ");
}

static void
in_batches(void **state)
{
	(void)state;
	begin();
	add_rows(2 * AUDIT_BATCH_MAX + 1, 100);
	seal_now();
	good("3 batches, 2001 records as sealed");
}

/* After jobs that were off for long: a share at a time. */
static void
many(void **state)
{
	bool more;

	(void)state;
	begin();
	add_rows(1, 100);
	run("START TRANSACTION");
	add_rows(2 * SEALER_ROWS, 100);
	run("ROLLBACK");
	add_rows(2 * SEALER_ROWS + 5, 100);
	assert_int_equal(sealer_run(db, &config, &more), RC_OK);
	assert_true(more);
	assert_int_equal(
		count("SELECT SUM(row_count) FROM audit_seal"), SEALER_ROWS);
	assert_int_equal(sealer_run(db, &config, &more), RC_OK);
	assert_true(more);
	assert_int_equal(sealer_run(db, &config, &more), RC_OK);
	assert_false(more);
	good("21 batches, 20006 records as sealed");
}

/* A clock that went wrong, or who wants no more seals. */
static void
from_the_future(void **state)
{
	(void)state;
	begin();
	add_rows(1, -100000);
	add_rows(1, 100);
	seal_now();
	good("1 batches, 2 records as sealed, 0 not yet sealed; ");
}

/* Numbers that a rolled-back transaction took are nobody's. */
static void
gaps(void **state)
{
	(void)state;
	begin();
	add_rows(1, 100);
	run("START TRANSACTION");
	add_rows(5, 100);
	run("ROLLBACK");
	add_rows(1, 100);
	seal_now();
	run("START TRANSACTION");
	add_rows(5, 100);
	run("ROLLBACK");
	add_rows(1, 100);
	seal_now();
	good("2 batches, 3 records as sealed");
}

/* The lower number is written after the higher one: sealed with it. */
static void
late(void **state)
{
	MYSQL *other = mysql_init(NULL);

	(void)state;
	begin();
	assert_non_null(mysql_real_connect(other, NULL, NULL, NULL,
		value("SELECT DATABASE()"), 0, getenv("TEST_DB_SOCKET"), 0));
	assert_int_equal(mysql_query(other, "START TRANSACTION"), 0);
	assert_int_equal(
		mysql_query(other,
			"INSERT INTO audit (at, request_id, subject, action, "
			"access_right, outcome, address) VALUES "
			"(UTC_TIMESTAMP(3) - INTERVAL 100 SECOND, 'late', '', "
			"'view', '', 'ok', '')"),
		0);
	add_rows(1, 100);
	seal_now();
	assert_int_equal(batches(), 0);
	assert_int_equal(mysql_query(other, "COMMIT"), 0);
	mysql_close(other);
	seal_now();
	good("1 batches, 2 records as sealed");
}

static void
what_was_changed(void **state)
{
	static const char *const wrong[][2] = {
		{"UPDATE audit SET subject = 'other' WHERE seq = %d",
			"batch 2 (records"},
		{"UPDATE audit SET client_id = NULL WHERE seq = %d",
			"a record was changed"},
		{"UPDATE audit SET at = at - INTERVAL 1 DAY WHERE seq = %d",
			"a record was changed"},
		{"UPDATE audit SET actor_id = 1 WHERE seq = %d",
			"a record was changed"},
		{"UPDATE audit SET outcome = 'refused' WHERE seq = %d",
			"a record was changed"},
		{"UPDATE audit SET address = '' WHERE seq = %d",
			"a record was changed"},
		{"DELETE FROM audit WHERE seq = %d", "fewer records"},
		{"UPDATE audit SET seq = seq + 1000000 WHERE seq = %d",
			"fewer records"},
		{"INSERT INTO audit (seq, request_id, subject, action, "
		 "access_right, outcome, address) VALUES (%d + 3, '', '', "
		 "'view', '', 'ok', '')",
			"more records"},
		{"DELETE FROM audit_seal WHERE %d AND id = 2",
			"the batch before it is missing"},
		{"DELETE FROM audit_seal WHERE %d AND id = 1",
			"the batch before it is missing"},
		{"UPDATE audit_seal SET row_count = 9 WHERE %d AND id = 2",
			"it or one before it was changed"},
		{"UPDATE audit_seal SET sealed_at = '2020-01-01' WHERE %d AND "
		 "id = 2",
			"it or one before it was changed"},
		{"UPDATE audit_seal SET mac = hash WHERE %d AND id = 2",
			"the signature is not ours"},
		{"UPDATE audit_seal SET key_id = 'x' WHERE %d AND id = 2",
			"the key of its signature is missing"},
		{"UPDATE audit_seal SET expired_at = '2020-01-01' WHERE %d AND "
		 "id = 2",
			"before their time"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		begin();
		add_rows(2, 300);
		seal_now();
		add_rows(3, 200);
		run("START TRANSACTION");
		add_rows(5, 200);
		run("ROLLBACK");
		add_rows(1, 200);
		seal_now();
		add_rows(2, 100);
		seal_now();
		good("3 batches, 8 records as sealed");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		run(wrong[i][0],
			(int)count("SELECT from_seq + 1 FROM audit_seal WHERE "
				   "id = 2"));
#pragma GCC diagnostic pop
		says(wrong[i][1]);
	}
}

/* Sealed anew by who has the tables, but not the key. */
static void
another_key(void **state)
{
	(void)state;
	begin();
	add_rows(2, 100);
	set_keys(8);
	seal_now();
	set_keys(7);
	says("batch 1 (records");
}

/* The end is gone, records and batches: only who kept a hash can tell. */
static void
cut_off(void **state)
{
	const char *hash, *said;

	(void)state;
	begin();
	add_rows(2, 200);
	seal_now();
	add_rows(2, 100);
	seal_now();
	said = verify_since(NULL, RC_OK);
	hash = strchr(said, ';') + 2;
	assert_int_equal(strlen(hash), 2 * AUDIT_HASH);
	verify_since(hash, RC_OK);
	add_rows(1, 100);
	seal_now();
	verify_since(hash, RC_OK);
	run("DELETE FROM audit WHERE seq >= (SELECT from_seq FROM audit_seal "
	    "WHERE id = 2)");
	run("DELETE FROM audit_seal WHERE id >= 2");
	good("1 batches");
	assert_non_null(strstr(verify_since(hash, RC_CONFLICT), "cut off"));
}

static void
nothing_sealed_any_more(void **state)
{
	(void)state;
	begin();
	add_rows(2, 2 * 3600);
	says("2 records wait too long for their seal");
}

static void
kept_long_enough(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	begin();
	add_rows(3, 6 * 366 * 86400);
	seal_now();
	add_rows(2, 4 * 365 * 86400);
	seal_now();
	assert_int_equal(audit_expire(&config, db, out), RC_OK);
	assert_int_equal(audit_expire(&config, db, out), RC_OK);
	fclose(out);
	assert_string_equal(text,
		"3 records of 1 batches were kept long enough, and are gone\n"
		"0 records of 0 batches were kept long enough, and are gone\n");
	free(text);
	assert_int_equal(count("SELECT COUNT(*) FROM audit WHERE action = "
			       "'delete' AND subject LIKE 'audit %% - %%'"),
		1);
	good("2 batches, 2 records as sealed, 1 not yet sealed; ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(all_that_settled),
		WORLD_TEST(in_batches),
		WORLD_TEST(many),
		WORLD_TEST(from_the_future),
		WORLD_TEST(gaps),
		WORLD_TEST(late),
		WORLD_TEST(what_was_changed),
		WORLD_TEST(another_key),
		WORLD_TEST(cut_off),
		WORLD_TEST(nothing_sealed_any_more),
		WORLD_TEST(kept_long_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
