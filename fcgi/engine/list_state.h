#ifndef ENGINE_LIST_STATE_H
#define ENGINE_LIST_STATE_H

#include "list_load.h"
#include "list_select.h"
#include "options.h"

/* What the address asks of a list: filters, sort, page. */

struct list_filter {
	const char *value; /* NULL: not active */
	size_t count;
	const struct option *options;
	bool found; /* all of them by a statement */
};

struct list_state {
	const struct list_def *def;
	struct request *request;
	const char *href;
	const struct db_arg *extra;
	struct list_filter filters[LIST_FILTERS_MAX];
	bool allowed[LIST_COLUMNS_MAX]; /* the account has the right */
	bool shown[LIST_COLUMNS_MAX];	/* and it is on this medium */
	const struct column_def *sort;
	bool descending;
	int size;
	int page;
	bool backwards;	      /* rows before the mark */
	const char *mark;     /* sort value of the row to go on from */
	const char *mark_tie; /* its tie-breaker; NULL: no mark */
	bool selects;	      /* on the screen, by who may do something */
	struct picks picks;   /* where rows can be ticked */
	bool only_picked;     /* these rows, whatever the filters say */
	bool ignored;	      /* something asked for was out of range */
	bool other_rows;      /* and so these are not the rows asked for */
};

/* Reads the request's query, loads the options. RC_OK or RC_FAIL. */
enum rc list_state_read(struct list_state *);

/* May the account do that with what is ticked? */
bool list_deed_allowed(const struct list_state *, const struct deed_def *);

/*
 * The query of an address with the state as it is, what is picked included,
 * less one filter (NULL: none), with another sort (NULL: the same). Begins with
 * "?", or is "".
 */
const char *list_state_query(
	const struct list_state *, const char *without, const char *sort);

/* Adds a part to an address made by list_state_query(). */
const char *list_state_with(const struct list_state *, const char *query,
	const char *name, const char *value);

/* "after" or "before" a row: its sort value (may be NULL) and tie, as one
 * word. */
const char *list_mark(struct pool *, const char *value, const char *tie);

#endif
