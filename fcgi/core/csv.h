#ifndef CORE_CSV_H
#define CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "pool.h"
#include "rc.h"

/*
 * Tables as spreadsheets save them (RFC 4180): UTF-8 or Windows-1252, apart
 * by semicolons, commas or tabs, whichever the first line has most of.
 */
struct csv_row {
	int line; /* where it begins, from 1 */
	size_t count;
	const char **cells; /* trimmed */
};

struct csv {
	size_t count;
	struct csv_row *rows; /* those that are not empty */
};

/*
 * As UTF-8, in the pool, without a byte order mark; NULL: it is no text (a
 * spreadsheet's own file, UTF-16), or holds what no form would send.
 */
const char *csv_decode(struct pool *, const char *bytes, size_t len);

/*
 * RC_INVALID: at *line a quote that is never closed, or text behind one; or
 * more than most rows (*line is that row's).
 */
enum rc csv_parse(
	struct pool *, const char *text, size_t most, struct csv *, int *line);

#endif
