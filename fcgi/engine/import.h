#ifndef ENGINE_IMPORT_H
#define ENGINE_IMPORT_H

#include "../core/csv.h"
#include "../core/request.h"

/*
 * Things from a table (core/csv.h): a row of headings, in Dutch or English,
 * in any order, then one thing a row. What was sent is read and checked
 * first, and the page tells every error by line and column, or what would
 * happen; the same text is then sent again to be carried out. All of it is
 * good, or nothing is done.
 */
enum {
	IMPORT_ERRORS_MAX = 200, /* are kept */
	IMPORT_COLUMNS_MAX = 24,
	IMPORT_SHOWN_MAX = 200 /* rows of a dry run */
};

/* Headings: the texts WORDS.column.ID, or the id itself. What may stand in
 * it: WORDS.about.ABOUT. */
struct import_column {
	const char *id;
	const char *about; /* NULL: as the id */
	bool required;
};

struct import;

/* Page and upload form have the id ID, the form that confirms ID-all. */
struct import_kind {
	const char *id;
	const char *words;
	const char *path; /* /template behind it: the headings as a file */
	const char *parent, *parent_href; /* the crumb before it */
	size_t rows_most;
	size_t column_count;
	const struct import_column *columns;

	/* Checks the rows, csv.rows[1] and on: import_fail() for what is not
	 * right. The headings are. */
	enum rc (*check)(struct import *);
	/* The dry run: a message, and import_list_open() with its rows. */
	void (*write)(const struct import *);
	/* All of it, in the transaction, and redirects. RC_INVALID after
	 * import_fail(): meanwhile something is not right any more. */
	enum rc (*carry_out)(struct import *);
};

struct import_error {
	int line;
	int column;	   /* or -1: of the whole line */
	const char *what;  /* text WORDS.error.WHAT, or import.error.WHAT */
	const char *value; /* {1} of it */
};

struct import {
	struct request *request;
	const struct import_kind *kind;
	void *thing;  /* the kind's own */
	bool nothing; /* it is good, and there is nothing to do */
	struct csv csv;
	int at[IMPORT_COLUMNS_MAX]; /* which cell; -1: there is none */
	size_t error_count;
	struct import_error errors[IMPORT_ERRORS_MAX];
};

/* GET of the path, and of the path with /template. */
enum rc import_page(struct request *, const struct import_kind *);
enum rc import_template(struct request *, const struct import_kind *);

/* POST: file, checked only; or csv, carried out. */
enum rc import_post(struct request *, const struct import_kind *);

/* What stands in that column; "" where there is nothing. */
const char *import_cell(
	const struct import *, const struct csv_row *, int column);

/* column -1: the whole line. value may be NULL. */
void import_fail(struct import *, int line, int column, const char *what,
	const char *value);

/* Is it the word of that id, in Dutch or in English? The same file serves
 * both. */
bool import_is_word(const struct import *, const char *id, const char *text);

/*
 * <list id> of a dry run, with its columns; then a row of cells for each, as
 * many as are shown; then import_list_close().
 */
struct import_cell_column {
	const char *id, *type, *set, *card, *under; /* the last three or NULL */
};
void import_list_open(const struct import *, const char *id,
	const struct import_cell_column *, size_t count, size_t total);
void import_list_row(const struct import *, int line, size_t columns,
	const char *const cells[]);
void import_list_close(const struct import *);

#endif
