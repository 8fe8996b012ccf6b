#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../core/pool.h"
#include "../core/rc.h"
#include "sql.h"

/*
 * One connection to MariaDB, the named statements on it, and whose data
 * they may touch. Not for more than one thread.
 */
struct db;

struct db_config {
	const char *host; /* NULL: the socket */
	const char *socket;
	unsigned port;
	const char *ca; /* certificates to verify a host's with; then forced */
	const char *name;
	const char *user;
	const char *password;
	unsigned read_seconds; /* how long an answer may take; 0: 5 */
	/*
	 * Asked of each new connection before it serves anything else; NULL:
	 * every one is good. RC_DENIED: this database may not be used.
	 */
	enum rc (*accept)(struct db *);
};

/*
 * Never NULL; connects at the first use, and again whenever the connection
 * was lost outside a transaction.
 */
struct db *db_create(const struct db_config *);
void db_destroy(struct db *);

/*
 * Expands the scope tokens of every statement from scope.sql, and checks
 * that each tenant's table in them has a scope or a note. Called once in a
 * process, before db_create(). Problems are written, one a line, into
 * errors (size bytes). RC_OK or RC_FAIL.
 */
enum rc db_load(
	struct pool *, const char *scope_file, char *errors, size_t size);

/*
 * Prepares statements in every portal: proves them. jobs: those of
 * fcgi/jobs, which a database user of their own runs; else all others, but
 * those of fcgi/upkeep, which the user of the migrations runs. And every table
 * there is must stand in a list of scope.sql. As db_load().
 */
enum rc db_check(struct db *, bool jobs, char *errors, size_t size);

/*
 * Whose data: bound by db itself into the expanded scopes (:scope_...).
 * Copied. portal DB_NOBODY, the state after db_create() and db_reset(),
 * makes every scope false.
 */
enum db_portal { DB_NOBODY, DB_INSTITUTION, DB_PROFESSIONAL, DB_SUPPLIER };

struct db_scope {
	enum db_portal portal;
	int64_t account;
	int64_t membership;
	int64_t organisation; /* 0: none */
	int64_t branch;	      /* supplier; 0: every branch */
	bool all_places;
};

void db_set_scope(struct db *, const struct db_scope *);
const struct db_scope *db_get_scope(const struct db *);

/*
 * Who gets the same answer from a statement: *key (in the pool, len bytes) is
 * the same for them, as long as what the scope looks up does not change. NULL:
 * that can't be told, for the scope goes by more than is bound. RC_OK or
 * RC_FAIL.
 */
enum rc db_scope_key(
	struct db *, struct pool *, enum sql, const char **key, size_t *len);

/* Named arguments; every :name of the statement must be among them. */
enum db_type { DB_END, DB_NULL, DB_INT, DB_TEXT, DB_BYTES };

struct db_arg {
	const char *name;
	enum db_type type;
	int64_t number;
	const char *bytes;
	size_t len;
};

struct db_arg db_null(const char *name);
struct db_arg db_int(const char *name, int64_t);
struct db_arg db_id(const char *name, int64_t);	       /* 0 is NULL */
struct db_arg db_text(const char *name, const char *); /* NULL is NULL */
struct db_arg db_bytes(const char *name, const void *, size_t len);

#define DB_ARGS(...)                                                           \
	((struct db_arg[]){__VA_ARGS__, {NULL, DB_END, 0, NULL, 0}})
#define DB_NO_ARGS ((struct db_arg[]){{NULL, DB_END, 0, NULL, 0}})

/* Rows, whole, in the pool. Values are text as the database prints them. */
struct db_value {
	const char *text; /* NULL is NULL; else NUL-terminated */
	size_t len;
};

struct db_rows {
	size_t count;
	size_t columns;
	const char *const *names;
	const struct db_value *values; /* count x columns */
};

/* One row of them; column by name: an unknown name ends the process. */
struct db_row {
	const struct db_rows *rows;
	size_t index;
};

struct db_row db_row(const struct db_rows *, size_t index);
const char *db_str(struct db_row, const char *column);	/* may be NULL */
const char *db_str0(struct db_row, const char *column); /* NULL gives "" */
int64_t db_num(struct db_row, const char *column);	/* NULL gives 0 */
bool db_is_null(struct db_row, const char *column);
struct db_value db_val(struct db_row, const char *column);

/*
 * Runs a statement. RC_OK, or RC_FAIL with db_error() set; where the cause
 * was the connection or a lock, db_again() says that the whole transaction
 * may be tried again.
 */
enum rc db_select(struct db *, struct pool *, enum sql, const struct db_arg *,
	struct db_rows *);
/* As db_select(), exactly one row wanted: RC_NOTFOUND without one. */
enum rc db_one(struct db *, struct pool *, enum sql, const struct db_arg *,
	struct db_row *);
/* changed (may be NULL): rows found by the WHERE. */
enum rc db_exec(
	struct db *, enum sql, const struct db_arg *, uint64_t *changed);
int64_t db_insert_id(const struct db *);
/* Time spent in the database since the last db_reset(). */
int64_t db_microseconds(const struct db *);

/*
 * The same for a text that an engine put together from declared pieces;
 * scope tokens ({scope:aid a}) are expanded. Prepared once per text and
 * portal, the least recently used are dropped.
 */
enum rc db_select_text(struct db *, struct pool *, const char *sql,
	const struct db_arg *, struct db_rows *);

/* Prepares it in every portal, runs nothing: proves it. */
enum rc db_prove_text(struct db *, const char *sql);

/*
 * Runs it and gives each row to fn as it comes (nothing is kept): for long
 * exports. fn answers RC_OK to go on.
 */
enum rc db_stream_text(struct db *, const char *sql, const struct db_arg *,
	enum rc (*fn)(void *, struct db_row), void *arg);

/*
 * Runs fn in a transaction: again as a whole, up to 3 times with a pause,
 * after a deadlock, a lock's time-out or a lost connection before COMMIT.
 * again(arg, attempt) is called before each try (may be NULL). Commits
 * where fn answers RC_OK or RC_REFUSED, else rolls back. Answers what fn
 * did, or RC_FAIL. Not nested.
 */
enum rc db_transaction(struct db *, enum rc (*fn)(void *), void *arg,
	void (*again)(void *, int attempt));

/* Was it a duplicate of a unique key (1062)? */
bool db_duplicate(const struct db *);
bool db_again(const struct db *);
/* Is the database out of reach or refusing to serve? Then 503, not 500. */
bool db_down(const struct db *);
/* Is it down because db_config's accept denied it? */
bool db_refused(const struct db *);
const char *db_error(const struct db *);
/* Asks the server: can it answer now? */
enum rc db_ping(struct db *);

/* After a request: the scope is nobody's, an open transaction is undone. */
void db_reset(struct db *);

#endif
