#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include <mysql.h>

#include "db.h"

/*
 * One prepared statement on one connection: the Connector/C behind db.c.
 * Functions that fail answer RC_FAIL (or NULL) and fill message and code.
 */
struct statement;

struct statement *statement_prepare(MYSQL *, const char *sql, size_t count,
	const char *const *names, char *message, size_t size, unsigned *code);
void statement_close(struct statement *); /* NULL is fine */

size_t statement_args(const struct statement *);
const char *statement_arg(const struct statement *, size_t index);
void statement_bind(struct statement *, size_t index, struct db_arg);

enum rc statement_execute(
	struct statement *, char *message, size_t size, unsigned *code);
enum rc statement_fetch_all(struct statement *, struct pool *, struct db_rows *,
	char *message, size_t size, unsigned *code);
/* *code is 0 where fn ended it. */
enum rc statement_stream(struct statement *,
	enum rc (*fn)(void *, struct db_row), void *arg, char *message,
	size_t size, unsigned *code);

int64_t statement_insert_id(const struct statement *);
uint64_t statement_changed(const struct statement *);

#endif
