#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "batch.h"
#include "calendar.h"
#include "core/pool.h"
#include "keys.h"

enum { COMMIT_ROWS = 500000, TELL_SECONDS = 5 };

struct batch {
	MYSQL *db;
	const char *table;
	size_t columns;
	char *head;
	char *sql; /* head, then rows */
	size_t len, room;
	size_t rows;
};

static long sent, since_commit;
static size_t statement_bytes = 512 * 1024;
static struct keys *keys; /* NULL: where they belong */

struct value
v_number(int64_t n)
{
	return (struct value){V_NUMBER, n, NULL, 0};
}

struct value
v_id(int64_t n)
{
	return (struct value){n ? V_NUMBER : V_NULL, n, NULL, 0};
}

struct value
v_text(const char *text)
{
	return (struct value){
		text ? V_TEXT : V_NULL, 0, text, text ? strlen(text) : 0};
}

struct value
v_bytes(const void *bytes, size_t len)
{
	return (struct value){V_BYTES, 0, bytes, len};
}

struct value
v_day(int day)
{
	return (struct value){day ? V_DAY : V_NULL, day, NULL, 0};
}

struct value
v_moment(int64_t m)
{
	return (struct value){m ? V_MOMENT : V_NULL, m, NULL, 0};
}

static void
run(MYSQL *db, const char *table, const char *sql, size_t len)
{
	if (mysql_real_query(db, sql, len) == 0)
		return;
	fprintf(stderr, "seed: %s: %s\n", table, mysql_error(db));
	exit(1);
}

void
batch_run(MYSQL *db, const char *sql)
{
	run(db, sql, sql, strlen(sql));
}

long
batch_rows(void)
{
	return sent;
}

/* Where it is, now and then: only who waits sees it. */
static void
tell(const char *table)
{
	static struct timespec last;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!last.tv_sec)
		last = now;
	if (now.tv_sec - last.tv_sec < TELL_SECONDS)
		return;
	last = now;
	printf("seed: %ld rows, now %s\n", sent, table);
	fflush(stdout);
}

static void
tell_keys(const char *table)
{
	printf("seed: indexes of %s\n", table);
	fflush(stdout);
}

void
batch_begin(MYSQL *db, bool large)
{
	tell("");
	MYSQL_RES *result;
	MYSQL_ROW row;

	batch_run(db, "SET foreign_key_checks = 0, unique_checks = 0, "
		      "time_zone = '+00:00', sql_mode = 'TRADITIONAL'");
	batch_run(db, "SELECT @@max_allowed_packet");
	result = mysql_store_result(db);
	row = result ? mysql_fetch_row(result) : NULL;
	if (row && row[0])
		statement_bytes = (size_t)strtoull(row[0], NULL, 10) / 4 * 3;
	mysql_free_result(result);
	if (large)
		keys = keys_drop(db);
	batch_run(db, "START TRANSACTION");
}

/* The plans of the first queries must not come from empty tables. */
static void
analyze(MYSQL *db)
{
	MYSQL_RES *tables = mysql_list_tables(db, NULL);
	MYSQL_ROW row;
	char sql[200];

	while (tables && (row = mysql_fetch_row(tables))) {
		snprintf(sql, sizeof(sql), "ANALYZE TABLE `%s`", row[0]);
		batch_run(db, sql);
		mysql_free_result(mysql_store_result(db));
	}
	mysql_free_result(tables);
}

void
batch_end(MYSQL *db)
{
	batch_run(db, "COMMIT");
	if (keys)
		keys_restore(keys, db, tell_keys);
	analyze(db);
}

struct batch *
batch_open(MYSQL *db, const char *table, const char *columns)
{
	struct batch *b = memory_alloc(sizeof(*b));
	size_t size = strlen(table) + strlen(columns) + 40;

	memset(b, 0, sizeof(*b));
	b->db = db;
	b->table = table;
	b->columns = 1;
	for (const char *c = columns; *c; c++)
		b->columns += *c == ',';
	b->head = memory_alloc(size);
	snprintf(b->head, size, "INSERT INTO %s (%s) VALUES ", table, columns);
	return b;
}

static void
flush(struct batch *b)
{
	if (b->rows == 0)
		return;
	run(b->db, b->table, b->sql, b->len);
	sent += (long)b->rows;
	since_commit += (long)b->rows;
	b->rows = 0;
	b->len = 0;
	tell(b->table);
	if (since_commit < COMMIT_ROWS)
		return;
	batch_run(b->db, "COMMIT");
	batch_run(b->db, "START TRANSACTION");
	since_commit = 0;
}

static void
append(struct batch *b, const char *text, size_t len)
{
	if (b->len + len > b->room) {
		b->room = b->len + len + statement_bytes;
		b->sql = memory_grow(b->sql, b->room);
	}
	memcpy(b->sql + b->len, text, len);
	b->len += len;
}

/* Between quotes; the connection speaks utf8mb4 with backslashes. */
static void
append_text(struct batch *b, const char *text, size_t len)
{
	append(b, "'", 1);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\'' || text[i] == '\\')
			append(b, "\\", 1);
		append(b, text + i, 1);
	}
	append(b, "'", 1);
}

static void
append_bytes(struct batch *b, const char *bytes, size_t len)
{
	char hex[3];

	append(b, "x'", 2);
	for (size_t i = 0; i < len; i++) {
		snprintf(hex, sizeof(hex), "%02x", (unsigned char)bytes[i]);
		append(b, hex, 2);
	}
	append(b, "'", 1);
}

static void
append_value(struct batch *b, const struct value *v)
{
	char text[32];

	switch (v->type) {
	case V_NULL:
		append(b, "NULL", 4);
		return;
	case V_TEXT:
		append_text(b, v->text, v->len);
		return;
	case V_BYTES:
		append_bytes(b, v->text, v->len);
		return;
	case V_NUMBER:
		append(b, text,
			(size_t)snprintf(
				text, sizeof(text), "%" PRId64, v->number));
		return;
	case V_DAY:
		day_text((int)v->number, text);
		break;
	case V_MOMENT:
		moment_text(v->number, text);
		break;
	}
	append_text(b, text, strlen(text));
}

void
batch_row(struct batch *b, const struct value *values, size_t count)
{
	if (count != b->columns) {
		fprintf(stderr, "seed: %s: %zu values for %zu columns\n",
			b->table, count, b->columns);
		exit(1);
	}
	if (b->rows == 0)
		append(b, b->head, strlen(b->head));
	append(b, b->rows ? ",(" : "(", b->rows ? 2 : 1);
	for (size_t i = 0; i < count; i++) {
		if (i)
			append(b, ",", 1);
		append_value(b, &values[i]);
	}
	append(b, ")", 1);
	b->rows++;
	if (b->len >= statement_bytes)
		flush(b);
}

void
batch_close(struct batch *b)
{
	flush(b);
	free(b->head);
	free(b->sql);
	free(b);
}
