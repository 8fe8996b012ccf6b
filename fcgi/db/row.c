#include <stdlib.h>
#include <string.h>

#include "../core/log.h"
#include "db.h"

struct db_arg
db_null(const char *name)
{
	return (struct db_arg){name, DB_NULL, 0, NULL, 0};
}

struct db_arg
db_int(const char *name, int64_t number)
{
	return (struct db_arg){name, DB_INT, number, NULL, 0};
}

struct db_arg
db_id(const char *name, int64_t id)
{
	return id ? db_int(name, id) : db_null(name);
}

struct db_arg
db_text(const char *name, const char *s)
{
	return s ? (struct db_arg){name, DB_TEXT, 0, s, strlen(s)}
		 : db_null(name);
}

struct db_arg
db_bytes(const char *name, const void *bytes, size_t len)
{
	return (struct db_arg){name, DB_BYTES, 0, bytes, len};
}

struct db_row
db_row(const struct db_rows *rows, size_t index)
{
	return (struct db_row){rows, index};
}

struct db_value
db_val(struct db_row row, const char *column)
{
	const struct db_rows *r = row.rows;

	for (size_t i = 0; i < r->columns; i++)
		if (!strcmp(r->names[i], column))
			return r->values[row.index * r->columns + i];
	log_event(LOG_ERROR, "column-missing", "column", column, NULL);
	abort();
}

const char *
db_str(struct db_row row, const char *column)
{
	return db_val(row, column).text;
}

const char *
db_str0(struct db_row row, const char *column)
{
	const char *s = db_val(row, column).text;

	return s ? s : "";
}

int64_t
db_num(struct db_row row, const char *column)
{
	const char *s = db_val(row, column).text;

	return s ? strtoll(s, NULL, 10) : 0;
}

bool
db_is_null(struct db_row row, const char *column)
{
	return !db_val(row, column).text;
}
