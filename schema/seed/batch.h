#ifndef SEED_BATCH_H
#define SEED_BATCH_H

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Rows on their way into the database, many in one INSERT. A failure is
 * told on standard error and ends the program: what was not committed is
 * not there then.
 */
struct batch;

enum value_type { V_NULL, V_NUMBER, V_TEXT, V_BYTES, V_DAY, V_MOMENT };

struct value {
	enum value_type type;
	int64_t number;
	const char *text;
	size_t len;
};

struct value v_number(int64_t);
struct value v_id(int64_t);	   /* 0 is NULL */
struct value v_text(const char *); /* NULL is NULL */
struct value v_bytes(const void *, size_t len);
struct value v_day(int);	/* calendar.h; 0 is NULL */
struct value v_moment(int64_t); /* calendar.h; 0 is NULL */

/*
 * Statements as long as the server takes, without checks that the data does
 * not need: the first one into an empty table then builds its indexes at
 * once, which is twice as fast. large: the indexes are built at the end, and
 * every few seconds a line on standard output says how far it is.
 */
void batch_begin(MYSQL *, bool large);
void batch_end(MYSQL *);

/* columns: names and commas, as in INSERT. Never NULL. */
struct batch *batch_open(MYSQL *, const char *table, const char *columns);

#define BATCH_ROW(batch, ...)                                                  \
	batch_row(batch, (const struct value[]){__VA_ARGS__},                  \
		sizeof((const struct value[]){__VA_ARGS__}) /                  \
			sizeof(struct value))
void batch_row(struct batch *, const struct value *, size_t count);

/* Sends what is left. */
void batch_close(struct batch *);

/* One statement, at once. */
void batch_run(MYSQL *, const char *sql);

/* Rows sent since the start; commits when a great many were. */
long batch_rows(void);

#endif
