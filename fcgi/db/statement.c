#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errmsg.h>

#include "statement.h"

enum { STREAM_CELL = 512, FETCH_CELL = 512 };

struct statement {
	MYSQL_STMT *stmt;
	size_t arg_count;
	char **arg_names;
	MYSQL_BIND *binds;
	struct db_arg *args; /* what binds point into */
	size_t column_count;
	char **column_names;
	bool *is_date;
};

static enum rc
failed(MYSQL_STMT *s, char *message, size_t size, unsigned *code)
{
	*code = mysql_stmt_errno(s) ? mysql_stmt_errno(s) : CR_UNKNOWN_ERROR;
	snprintf(message, size, "%s", mysql_stmt_error(s));
	return RC_FAIL;
}

static char *
copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(memory_alloc(n), s, n);
}

static void
keep_columns(struct statement *st)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(st->stmt);

	if (!meta && mysql_stmt_field_count(st->stmt))
		memory_out();
	if (!meta)
		return;
	st->column_count = mysql_num_fields(meta);
	st->column_names =
		memory_alloc(st->column_count * sizeof(*st->column_names));
	st->is_date = memory_alloc(st->column_count * sizeof(*st->is_date));
	for (size_t i = 0; i < st->column_count; i++) {
		const MYSQL_FIELD *f =
			mysql_fetch_field_direct(meta, (unsigned)i);

		st->column_names[i] = copy(f->name);
		st->is_date[i] = f->type == MYSQL_TYPE_DATE;
	}
	mysql_free_result(meta);
}

struct statement *
statement_prepare(MYSQL *connection, const char *sql, size_t count,
	const char *const *names, char *message, size_t size, unsigned *code)
{
	MYSQL_STMT *s = mysql_stmt_init(connection);
	struct statement *st;

	if (!s)
		memory_out();
	if (mysql_stmt_prepare(s, sql, strlen(sql))) {
		failed(s, message, size, code);
		mysql_stmt_close(s);
		return NULL;
	}
	st = memory_alloc(sizeof(*st));
	st->stmt = s;
	st->arg_count = count;
	st->arg_names = memory_alloc(count * sizeof(*st->arg_names));
	st->binds = memory_alloc(count * sizeof(*st->binds));
	st->args = memory_alloc(count * sizeof(*st->args));
	for (size_t i = 0; i < count; i++)
		st->arg_names[i] = copy(names[i]);
	keep_columns(st);
	return st;
}

void
statement_close(struct statement *st)
{
	if (!st)
		return;
	mysql_stmt_close(st->stmt);
	for (size_t i = 0; i < st->arg_count; i++)
		free(st->arg_names[i]);
	for (size_t i = 0; i < st->column_count; i++)
		free(st->column_names[i]);
	free(st->arg_names);
	free(st->column_names);
	free(st->is_date);
	free(st->binds);
	free(st->args);
	free(st);
}

size_t
statement_args(const struct statement *st)
{
	return st->arg_count;
}

const char *
statement_arg(const struct statement *st, size_t index)
{
	return st->arg_names[index];
}

void
statement_bind(struct statement *st, size_t index, struct db_arg arg)
{
	MYSQL_BIND *b = &st->binds[index];
	struct db_arg *a = &st->args[index];

	*a = arg;
	memset(b, 0, sizeof(*b));
	switch (arg.type) {
	case DB_INT:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &a->number;
		break;
	case DB_TEXT:
	case DB_BYTES:
		b->buffer_type = arg.type == DB_TEXT ? MYSQL_TYPE_STRING
						     : MYSQL_TYPE_BLOB;
		b->buffer = (void *)(uintptr_t)a->bytes;
		b->buffer_length = a->len;
		break;
	case DB_END:
	case DB_NULL:
		b->buffer_type = MYSQL_TYPE_NULL;
		break;
	}
}

enum rc
statement_execute(
	struct statement *st, char *message, size_t size, unsigned *code)
{
	if (st->arg_count && mysql_stmt_bind_param(st->stmt, st->binds))
		return failed(st->stmt, message, size, code);
	if (mysql_stmt_execute(st->stmt))
		return failed(st->stmt, message, size, code);
	return RC_OK;
}

/* Where the cells of a row land before they are copied. */
struct cells {
	MYSQL_BIND *binds;
	unsigned long *lengths;
	my_bool *nulls;
};

static void
cells_bind(struct cells *c, size_t i, char *buffer, size_t size)
{
	c->binds[i] = (MYSQL_BIND){
		.buffer_type = MYSQL_TYPE_STRING,
		.buffer = buffer,
		.buffer_length = size,
		.length = &c->lengths[i],
		.is_null = &c->nulls[i],
	};
}

static struct cells
cells_create(struct pool *p, size_t columns)
{
	return (struct cells){
		pool_calloc(p, columns, sizeof(MYSQL_BIND)),
		pool_calloc(p, columns, sizeof(unsigned long)),
		pool_calloc(p, columns, sizeof(my_bool)),
	};
}

/* The rows outlive the statement where a lost connection closes it. */
static const char *const *
names_copy(const struct statement *st, struct pool *p)
{
	const char **names = pool_calloc(p, st->column_count, sizeof(*names));

	for (size_t i = 0; i < st->column_count; i++)
		names[i] = pool_strdup(p, st->column_names[i]);
	return names;
}

/* One that was too long for its buffer; NULL: it could not be had. */
static char *
long_cell(struct statement *st, struct pool *p, const struct cells *c, size_t i)
{
	size_t room = c->lengths[i] + 1;
	MYSQL_BIND b = c->binds[i];

	b.buffer = pool_alloc(p, room);
	b.buffer_length = room;
	return mysql_stmt_fetch_column(st->stmt, &b, (unsigned)i, 0) ? NULL
								     : b.buffer;
}

/* A cell that was too long for its buffer is fetched again. */
static enum rc
fetch_long(struct statement *st, struct pool *p, struct cells *c, size_t i)
{
	char *cell = long_cell(st, p, c, i);

	if (!cell)
		return RC_FAIL;
	c->binds[i].buffer = cell;
	return RC_OK;
}

/* As the library prints it, in a tenth of the time. */
static const char *
date_text(struct pool *p, const MYSQL_TIME *t)
{
	char *text = pool_strndup(p, "0000-00-00", 10);
	unsigned year = t->year, month = t->month, day = t->day;

	for (int i = 3; i >= 0; i--, year /= 10)
		text[i] = (char)('0' + year % 10);
	text[5] = (char)('0' + month / 10 % 10);
	text[6] = (char)('0' + month % 10);
	text[8] = (char)('0' + day / 10 % 10);
	text[9] = (char)('0' + day % 10);
	return text;
}

static void
bind_cells(const struct statement *st, struct pool *p, struct cells *c)
{
	for (size_t i = 0; i < st->column_count; i++) {
		cells_bind(c, i, pool_alloc(p, FETCH_CELL), FETCH_CELL);
		if (st->is_date[i])
			c->binds[i].buffer_type = MYSQL_TYPE_DATE;
	}
	mysql_stmt_bind_result(st->stmt, c->binds);
}

static enum rc
fetch_row(struct statement *st, struct pool *p, struct cells *c,
	struct db_value *values)
{
	for (size_t i = 0; i < st->column_count; i++) {
		struct db_value *v = &values[i];

		if (c->nulls[i])
			continue;
		if (st->is_date[i]) {
			v->text = date_text(p, c->binds[i].buffer);
			v->len = 10;
			continue;
		}
		v->len = c->lengths[i];
		if (v->len <= FETCH_CELL) {
			v->text = pool_strndup(p, c->binds[i].buffer, v->len);
			continue;
		}
		v->text = long_cell(st, p, c, i);
		if (!v->text)
			return RC_FAIL;
	}
	return RC_OK;
}

enum rc
statement_fetch_all(struct statement *st, struct pool *p, struct db_rows *rows,
	char *message, size_t size, unsigned *code)
{
	size_t columns = st->column_count;
	struct cells c = cells_create(p, columns);
	struct db_value *values;
	size_t row = 0;

	*rows = (struct db_rows){0, columns, names_copy(st, p), NULL};
	if (mysql_stmt_store_result(st->stmt))
		return failed(st->stmt, message, size, code);
	bind_cells(st, p, &c);
	rows->count = mysql_stmt_num_rows(st->stmt);
	values = pool_calloc(p, rows->count * columns, sizeof(*values));
	for (; row < rows->count; row++) {
		int got = mysql_stmt_fetch(st->stmt);

		if ((got && got != MYSQL_DATA_TRUNCATED) ||
			fetch_row(st, p, &c, &values[row * columns]))
			break;
	}
	rows->values = values;
	mysql_stmt_free_result(st->stmt);
	if (row == rows->count)
		return RC_OK;
	return failed(st->stmt, message, size, code);
}

enum rc
statement_stream(struct statement *st, enum rc (*fn)(void *, struct db_row),
	void *arg, char *message, size_t size, unsigned *code)
{
	struct pool *p = pool_create();
	struct pool *row_pool = pool_create();
	size_t columns = st->column_count;
	struct cells c = cells_create(p, columns);
	struct db_value *values = pool_calloc(p, columns, sizeof(*values));
	struct db_rows rows = {
		1, columns, (const char *const *)st->column_names, values};
	char **buffers = pool_calloc(p, columns, sizeof(*buffers));
	enum rc rc = RC_OK;
	int got = 0;

	*code = 0;
	for (size_t i = 0; i < columns; i++)
		buffers[i] = pool_alloc(p, STREAM_CELL);
	for (;;) {
		for (size_t i = 0; i < columns; i++)
			cells_bind(&c, i, buffers[i], STREAM_CELL - 1);
		got = mysql_stmt_bind_result(st->stmt, c.binds)
			      ? 1
			      : mysql_stmt_fetch(st->stmt);
		if (got && got != MYSQL_DATA_TRUNCATED)
			break;
		for (size_t i = 0; i < columns && !rc; i++) {
			if (!c.nulls[i] && c.lengths[i] >= STREAM_CELL)
				rc = fetch_long(st, row_pool, &c, i);
			values[i].len = c.nulls[i] ? 0 : c.lengths[i];
			values[i].text = c.nulls[i] ? NULL : c.binds[i].buffer;
			if (!c.nulls[i] && c.lengths[i] < STREAM_CELL)
				buffers[i][c.lengths[i]] = '\0';
		}
		if (!rc)
			rc = fn(arg, db_row(&rows, 0));
		if (rc)
			break;
		pool_reset(row_pool);
	}
	if (got && got != MYSQL_NO_DATA && got != MYSQL_DATA_TRUNCATED)
		rc = failed(st->stmt, message, size, code);
	mysql_stmt_free_result(st->stmt);
	pool_destroy(row_pool);
	pool_destroy(p);
	return rc;
}

int64_t
statement_insert_id(const struct statement *st)
{
	return (int64_t)mysql_stmt_insert_id(st->stmt);
}

uint64_t
statement_changed(const struct statement *st)
{
	return mysql_stmt_affected_rows(st->stmt);
}
