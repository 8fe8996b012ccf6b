#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../core/buffer.h"
#include "../core/log.h"
#include "db.h"
#include "error.h"
#include "reach.h"
#include "scope.h"
#include "statement.h"

enum { TRIES = 3, CONNECT_SECONDS = 1, READ_SECONDS = 5, TEXTS_MAX = 128 };

/* A text, of an engine or with lists of its scope in it, prepared. */
struct prepared_text {
	char *text;
	struct scope_view view;
	struct statement *statement;
	unsigned long used;
};

struct db {
	struct db_config config;
	MYSQL *connection; /* NULL: not connected */
	struct db_scope scope;
	struct reach reach;
	struct statement *named[DB_SUPPLIER + 1][SQL_COUNT];
	struct prepared_text texts[TEXTS_MAX];
	unsigned long clock;
	bool in_transaction;
	bool refused;
	unsigned error;
	char message[300];
	int64_t insert_id;
	int64_t microseconds;
};

static struct scope_statement expanded[DB_SUPPLIER + 1][SQL_COUNT + 1];

static void
complain(char *errors, size_t size, const struct sql_text *t, const char *what)
{
	size_t used = strlen(errors);

	if (used < size)
		snprintf(errors + used, size - used, "%s:%d: %s: %s\n", t->file,
			t->line, t->name, what);
}

enum rc
db_load(struct pool *p, const char *scope_file, char *errors, size_t size)
{
	enum rc rc = scope_read(p, scope_file, errors, size);
	char error[200];

	for (size_t i = 0; i < SQL_COUNT; i++) {
		const struct sql_text *t = &sql_texts[i];

		if (scope_check(t->text, t->scope_note, error, sizeof(error))) {
			complain(errors, size, t, error);
			rc = RC_FAIL;
		}
		for (int portal = DB_NOBODY; portal <= DB_SUPPLIER; portal++) {
			/* Without a scope it is the same for all. */
			if (portal && !strstr(t->text, "{scope:")) {
				expanded[portal][i] = expanded[DB_NOBODY][i];
				continue;
			}
			if (scope_expand(p, t->text,
				    (struct scope_view){
					    (enum db_portal)portal, 0},
				    &expanded[portal][i], error,
				    sizeof(error))) {
				complain(errors, size, t, error);
				rc = RC_FAIL;
				break;
			}
		}
	}
	return rc;
}

struct db *
db_create(const struct db_config *config)
{
	struct db *db = memory_alloc(sizeof(*db));

	db->config = *config;
	return db;
}

static void
disconnect(struct db *db)
{
	for (int portal = 0; portal <= DB_SUPPLIER; portal++)
		for (size_t i = 0; i < SQL_COUNT; i++) {
			statement_close(db->named[portal][i]);
			db->named[portal][i] = NULL;
		}
	for (size_t i = 0; i < TEXTS_MAX; i++) {
		statement_close(db->texts[i].statement);
		free(db->texts[i].text);
		memset(&db->texts[i], 0, sizeof(db->texts[i]));
	}
	if (db->connection)
		mysql_close(db->connection);
	db->connection = NULL;
	db->in_transaction = false;
}

void
db_destroy(struct db *db)
{
	if (!db)
		return;
	disconnect(db);
	reach_forget(&db->reach);
	free(db);
}

static enum rc
fail(struct db *db, unsigned error, const char *message)
{
	db->error = error ? error : CR_UNKNOWN_ERROR;
	snprintf(db->message, sizeof(db->message), "%s", message);
	return RC_FAIL;
}

static bool
use_tls(struct db *db)
{
	my_bool yes = 1;

	return !mysql_optionsv(
		       db->connection, MYSQL_OPT_SSL_CA, db->config.ca) &&
	       !mysql_optionsv(db->connection, MYSQL_OPT_SSL_ENFORCE, &yes) &&
	       !mysql_optionsv(
		       db->connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
}

/* Is this a database that may be used? */
static enum rc
accept_it(struct db *db)
{
	enum rc (*accept)(struct db *) = db->config.accept;
	enum rc rc;

	if (!accept)
		return RC_OK;
	db->config.accept = NULL;
	rc = accept(db);
	db->config.accept = accept;
	db->refused = rc == RC_DENIED;
	if (!rc)
		return RC_OK;
	disconnect(db);
	if (db->refused)
		fail(db, ER_DBACCESS_DENIED_ERROR,
			"this database may not be used");
	return RC_FAIL;
}

/* A library that had no memory leaves half of what it did: no page is made
 * without what it would have answered. */
static void
check_memory(const struct db *db)
{
	if (db->error == CR_OUT_OF_MEMORY)
		memory_out();
}

static enum rc
connect_now(struct db *db)
{
	unsigned connect = CONNECT_SECONDS;
	unsigned seconds = db->config.read_seconds ? db->config.read_seconds
						   : READ_SECONDS;
	const struct db_config *c = &db->config;

	db->connection = mysql_init(NULL);
	if (!db->connection)
		memory_out();
	mysql_optionsv(db->connection, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_optionsv(db->connection, MYSQL_OPT_READ_TIMEOUT, &seconds);
	mysql_optionsv(db->connection, MYSQL_OPT_WRITE_TIMEOUT, &seconds);
	mysql_optionsv(db->connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* MariaDB 10.11.19 dies of a statement executed again whose EXISTS
	 * over a view holds another EXISTS, unless exists_to_in is off.
	 * A lock's time-out, 3 s, must come before that of reading: a
	 * connection given up leaves its transaction waiting. */
	mysql_optionsv(db->connection, MYSQL_INIT_COMMAND,
		"SET time_zone='+00:00', sql_mode='STRICT_ALL_TABLES,"
		"NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
		"NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout=3,"
		"optimizer_switch='exists_to_in=off'");
	if ((!c->host || use_tls(db)) &&
		mysql_real_connect(db->connection, c->host, c->user,
			c->password, c->name, c->port, c->socket,
			CLIENT_FOUND_ROWS))
		return accept_it(db);
	fail(db, mysql_errno(db->connection), mysql_error(db->connection));
	check_memory(db);
	disconnect(db);
	return RC_FAIL;
}

/* A failure of a statement: keeps it, drops a connection that is lost. */
static enum rc
statement_failed(struct db *db, const char *name)
{
	check_memory(db);
	if (error_quotes_data(db->error))
		db->message[strcspn(db->message, "'")] = '\0';
	log_event(LOG_WARN, "database", "statement", name, "error", db->message,
		NULL);
	if (error_is_lost(db->error)) {
		bool was = db->in_transaction;

		disconnect(db);
		db->in_transaction = was;
	}
	return RC_FAIL;
}

static enum rc
plain(struct db *db, const char *sql)
{
	if (!db->connection)
		return fail(db, CR_SERVER_GONE_ERROR, "not connected");
	if (!mysql_real_query(db->connection, sql, strlen(sql)))
		return RC_OK;
	fail(db, mysql_errno(db->connection), mysql_error(db->connection));
	return statement_failed(db, sql);
}

/* Are there lists in its predicates? */
static bool
has_lists(const struct db_scope *s)
{
	return s->portal == DB_PROFESSIONAL ||
	       (s->portal == DB_INSTITUTION && !s->all_places);
}

static struct scope_view
view_of(const struct db *db)
{
	struct scope_view view = {db->scope.portal, 0};

	if (has_lists(&db->scope))
		view.room = reach_room(&db->reach);
	return view;
}

/* Whose data it is: ours alone, a caller can't choose. */
static bool
scope_arg(const struct db *db, const char *name, struct db_arg *arg)
{
	const struct db_scope *s = &db->scope;

	if (strncmp(name, "scope_", 6) != 0)
		return false;
	if (!strcmp(name, "scope_account"))
		*arg = db_int(name, s->account);
	else if (!strcmp(name, "scope_membership"))
		*arg = db_int(name, s->membership);
	else if (!strcmp(name, "scope_organisation"))
		*arg = db_int(name, s->organisation);
	else if (!strcmp(name, "scope_branch"))
		*arg = db_id(name, s->branch);
	else if (!strcmp(name, "scope_all_places"))
		*arg = db_int(name, s->all_places);
	else
		return reach_arg(&db->reach, name, arg);
	return true;
}

/* The value of an argument that the statement names. */
static struct db_arg
find_arg(const struct db *db, const char *name, const struct db_arg *args,
	const char *statement)
{
	struct db_arg arg;

	if (scope_arg(db, name, &arg))
		return arg;
	for (; args->type != DB_END; args++)
		if (!strcmp(args->name, name))
			return *args;
	log_event(LOG_ERROR, "argument-missing", "statement", statement,
		"argument", name, NULL);
	abort();
}

static enum rc
prepare(struct db *db, const struct scope_statement *source,
	struct statement **result)
{
	*result = statement_prepare(db->connection, source->sql, source->count,
		source->names, db->message, sizeof(db->message), &db->error);
	return *result ? RC_OK : RC_FAIL;
}

static enum rc
text_statement(struct db *db, const char *text, struct statement **result)
{
	struct prepared_text *oldest = &db->texts[0];
	struct scope_view view = view_of(db);
	struct scope_statement source;
	struct pool *p;
	enum rc rc;

	for (size_t i = 0; i < TEXTS_MAX; i++) {
		struct prepared_text *t = &db->texts[i];

		if (t->text && t->view.portal == view.portal &&
			t->view.room == view.room && !strcmp(t->text, text)) {
			t->used = ++db->clock;
			*result = t->statement;
			return RC_OK;
		}
		if (t->used < oldest->used)
			oldest = t;
	}
	p = pool_create();
	rc = scope_expand(
		p, text, view, &source, db->message, sizeof(db->message));
	if (rc) {
		db->error = CR_UNKNOWN_ERROR;
	} else {
		statement_close(oldest->statement);
		free(oldest->text);
		memset(oldest, 0, sizeof(*oldest));
		rc = prepare(db, &source, &oldest->statement);
	}
	pool_destroy(p);
	if (rc)
		return rc;
	oldest->text = memory_alloc(strlen(text) + 1);
	memcpy(oldest->text, text, strlen(text) + 1);
	oldest->view = view;
	oldest->used = ++db->clock;
	*result = oldest->statement;
	return RC_OK;
}

static enum rc
named_statement(struct db *db, enum sql sql, struct statement **result)
{
	struct statement **slot = &db->named[db->scope.portal][sql];
	const char *text = sql_texts[sql].text;

	if (view_of(db).room && strstr(text, "{scope:"))
		return text_statement(db, text, result);
	if (!*slot && prepare(db, &expanded[db->scope.portal][sql], slot))
		return RC_FAIL;
	*result = *slot;
	return RC_OK;
}

/* Which statement to run: a named one, or a text. */
struct which {
	enum sql sql;
	const char *text; /* NULL: the named one */
};

static enum rc load_reach(struct db *);

/*
 * Connects where needed, prepares, binds and executes. Outside a
 * transaction a lost connection is tried once more.
 */
static enum rc
execute(struct db *db, struct which w, const struct db_arg *args,
	struct statement **result)
{
	const char *text = w.text ? w.text : sql_texts[w.sql].text;
	const char *name = w.text ? "list" : sql_texts[w.sql].name;

	if (strstr(text, "{scope:") && load_reach(db))
		return RC_FAIL;
	for (int attempt = 0;; attempt++) {
		struct statement *st = NULL;
		enum rc rc = RC_OK;

		if (!db->connection) {
			if (db->in_transaction)
				return fail(db, CR_SERVER_LOST,
					"lost in a transaction");
			rc = connect_now(db);
		}
		if (!rc)
			rc = w.text ? text_statement(db, w.text, &st)
				    : named_statement(db, w.sql, &st);
		if (!rc) {
			size_t n = statement_args(st);

			for (size_t i = 0; i < n; i++)
				statement_bind(st, i,
					find_arg(db, statement_arg(st, i), args,
						name));
			rc = statement_execute(st, db->message,
				sizeof(db->message), &db->error);
		}
		if (!rc) {
			*result = st;
			return RC_OK;
		}
		statement_failed(db, name);
		if (db->in_transaction || db->connection || attempt)
			return RC_FAIL;
	}
}

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum rc
select_rows(struct db *db, struct pool *p, struct which w,
	const struct db_arg *args, struct db_rows *rows)
{
	int64_t start = now_us();
	struct statement *st = NULL;
	enum rc rc = execute(db, w, args, &st);

	if (!rc && statement_fetch_all(st, p, rows, db->message,
			   sizeof(db->message), &db->error))
		rc = statement_failed(db, "fetch");
	db->microseconds += now_us() - start;
	return rc;
}

/* Once for a scope, when a statement first asks whose data. */
static enum rc
load_reach(struct db *db)
{
	bool places = db->scope.portal == DB_INSTITUTION;
	struct pool *p;
	struct db_rows rows;
	enum rc rc;

	if (!has_lists(&db->scope) || db->reach.known)
		return RC_OK;
	p = pool_create();
	rc = db_select(db, p,
		places ? SQL_SCOPE_PLACES : SQL_SCOPE_ORGANISATIONS, DB_NO_ARGS,
		&rows);
	if (!rc)
		reach_keep(&db->reach, &rows);
	pool_destroy(p);
	return rc;
}

enum rc
db_select(struct db *db, struct pool *p, enum sql sql,
	const struct db_arg *args, struct db_rows *rows)
{
	return select_rows(db, p, (struct which){sql, NULL}, args, rows);
}

enum rc
db_select_text(struct db *db, struct pool *p, const char *text,
	const struct db_arg *args, struct db_rows *rows)
{
	return select_rows(db, p, (struct which){0, text}, args, rows);
}

enum rc
db_one(struct db *db, struct pool *p, enum sql sql, const struct db_arg *args,
	struct db_row *row)
{
	struct db_rows *rows = pool_alloc(p, sizeof(*rows));
	enum rc rc = db_select(db, p, sql, args, rows);

	if (rc)
		return rc;
	if (!rows->count)
		return RC_NOTFOUND;
	*row = db_row(rows, 0);
	return RC_OK;
}

enum rc
db_exec(struct db *db, enum sql sql, const struct db_arg *args,
	uint64_t *changed)
{
	int64_t start = now_us();
	struct statement *st = NULL;
	enum rc rc = execute(db, (struct which){sql, NULL}, args, &st);

	if (!rc) {
		db->insert_id = statement_insert_id(st);
		if (changed)
			*changed = statement_changed(st);
	}
	db->microseconds += now_us() - start;
	return rc;
}

enum rc
db_stream_text(struct db *db, const char *text, const struct db_arg *args,
	enum rc (*fn)(void *, struct db_row), void *arg)
{
	struct statement *st = NULL;
	enum rc rc = execute(db, (struct which){0, text}, args, &st);

	if (rc)
		return rc;
	rc = statement_stream(
		st, fn, arg, db->message, sizeof(db->message), &db->error);
	if (rc == RC_FAIL && db->error)
		return statement_failed(db, "stream");
	return rc;
}

int64_t
db_insert_id(const struct db *db)
{
	return db->insert_id;
}

int64_t
db_microseconds(const struct db *db)
{
	return db->microseconds;
}

static void
pause_before(int attempt)
{
	struct timespec t = {0, 0};
	long ms = attempt * 20L + (long)(now_us() % 30);

	t.tv_nsec = ms * 1000000;
	nanosleep(&t, NULL);
}

/* What can't be undone must not become part of the next transaction. */
static void
rollback(struct db *db)
{
	if (db->connection && mysql_rollback(db->connection))
		disconnect(db);
	db->in_transaction = false;
}

/* One try. *again: the whole may be run once more. */
static enum rc
try_transaction(struct db *db, enum rc (*fn)(void *), void *arg, bool *again)
{
	enum rc rc;

	*again = false;
	db->error = 0;
	if (!db->connection && connect_now(db))
		return RC_FAIL;
	if (plain(db, "START TRANSACTION")) {
		*again = db_again(db);
		return RC_FAIL;
	}
	db->in_transaction = true;
	rc = fn(arg);
	if (rc == RC_OK || rc == RC_REFUSED) {
		if (!plain(db, "COMMIT")) {
			db->in_transaction = false;
			return rc;
		}
		/*
		 * Lost in COMMIT: it may have happened. The form key, written
		 * in the same transaction, tells the next try.
		 */
		rc = RC_FAIL;
	}
	*again = rc == RC_FAIL && db_again(db);
	rollback(db);
	return rc;
}

enum rc
db_transaction(struct db *db, enum rc (*fn)(void *), void *arg,
	void (*before)(void *, int attempt))
{
	enum rc rc = RC_FAIL;
	bool again = true;

	for (int attempt = 0; again && attempt < TRIES; attempt++) {
		if (attempt)
			pause_before(attempt);
		if (before)
			before(arg, attempt);
		rc = try_transaction(db, fn, arg, &again);
	}
	return rc;
}

bool
db_duplicate(const struct db *db)
{
	return db->error == ER_DUP_ENTRY;
}

bool
db_again(const struct db *db)
{
	return db->error == ER_LOCK_DEADLOCK ||
	       db->error == ER_LOCK_WAIT_TIMEOUT || error_is_lost(db->error);
}

bool
db_down(const struct db *db)
{
	return error_is_lost(db->error) || db->error == CR_UNKNOWN_HOST ||
	       db->error == ER_ACCESS_DENIED_ERROR || db_refused(db);
}

bool
db_refused(const struct db *db)
{
	return db->refused && db->error == ER_DBACCESS_DENIED_ERROR;
}

const char *
db_error(const struct db *db)
{
	return db->message;
}

enum rc
db_ping(struct db *db)
{
	if (!db->connection)
		return connect_now(db);
	return plain(db, "DO 1");
}

void
db_set_scope(struct db *db, const struct db_scope *scope)
{
	reach_forget(&db->reach);
	db->scope = *scope;
}

const struct db_scope *
db_get_scope(const struct db *db)
{
	return &db->scope;
}

/* Does the statement itself go by who asks? */
static bool
is_personal(const struct db *db, enum sql sql)
{
	const struct scope_statement *s = &expanded[db->scope.portal][sql];

	for (size_t i = 0; i < s->count; i++)
		if (!strcmp(s->names[i], "scope_account") ||
			!strcmp(s->names[i], "scope_membership"))
			return true;
	return !db->scope.all_places;
}

enum rc
db_scope_key(struct db *db, struct pool *p, enum sql sql, const char **key,
	size_t *len)
{
	const struct db_scope *s = &db->scope;
	struct buffer *b = buffer_create(p);

	*key = NULL;
	if (strstr(sql_texts[sql].text, "scope")) {
		bool personal = is_personal(db, sql);
		const int64_t who[] = {s->portal, s->organisation,
			s->all_places, personal ? s->account : 0,
			personal ? s->membership : 0};

		if (s->portal != DB_INSTITUTION)
			return RC_OK;
		if (load_reach(db))
			return RC_FAIL;
		buffer_add(b, who, sizeof(who));
		reach_key(&db->reach, b);
	}
	*key = b->data;
	*len = b->len;
	return RC_OK;
}

void
db_reset(struct db *db)
{
	if (db->in_transaction)
		rollback(db);
	memset(&db->scope, 0, sizeof(db->scope));
	reach_forget(&db->reach);
	db->error = 0;
	db->message[0] = '\0';
	db->microseconds = 0;
}

enum rc
db_prove_text(struct db *db, const char *text)
{
	struct db_scope scope = db->scope;
	enum rc rc = RC_OK;

	if (!db->connection && connect_now(db))
		return RC_FAIL;
	for (int portal = DB_NOBODY; portal <= DB_SUPPLIER; portal++)
		for (int all = 0; all <= 1 && !rc; all++) {
			struct statement *st;

			db->scope.portal = (enum db_portal)portal;
			db->scope.all_places = all;
			rc = text_statement(db, text, &st);
		}
	db->scope = scope;
	return rc;
}

static bool
is_proven(struct db *db, size_t sql)
{
	for (int portal = DB_NOBODY; portal <= DB_SUPPLIER; portal++) {
		struct statement *st;

		if (prepare(db, &expanded[portal][sql], &st))
			return false;
		statement_close(st);
	}
	return !strstr(sql_texts[sql].text, "{scope:") ||
	       !db_prove_text(db, sql_texts[sql].text);
}

/* A new table is a tenants' or shared: somebody must have said which. */
static enum rc
check_tables(struct db *db, char *errors, size_t size)
{
	MYSQL_RES *names = mysql_list_tables(db->connection, NULL);
	enum rc rc = names ? RC_OK : RC_FAIL;
	MYSQL_ROW row;

	while (names && (row = mysql_fetch_row(names))) {
		struct sql_text t = {
			.name = row[0], .file = "access/scope.sql"};

		if (scope_kind(row[0], strlen(row[0])) != SCOPE_UNKNOWN)
			continue;
		complain(errors, size, &t, "a table in none of the lists");
		rc = RC_FAIL;
	}
	mysql_free_result(names);
	return rc;
}

static bool
is_in(const struct sql_text *t, const char *folder)
{
	return !strncmp(t->file, folder, strlen(folder));
}

enum rc
db_check(struct db *db, bool jobs, char *errors, size_t size)
{
	enum rc rc;

	if (!db->connection && connect_now(db))
		return RC_FAIL;
	rc = check_tables(db, errors, size);
	for (size_t i = 0; i < SQL_COUNT; i++) {
		const struct sql_text *t = &sql_texts[i];

		if (is_in(t, "fcgi/upkeep/") ||
			jobs != is_in(t, "fcgi/jobs/") || is_proven(db, i))
			continue;
		complain(errors, size, t, db->message);
		rc = RC_FAIL;
	}
	return rc;
}
