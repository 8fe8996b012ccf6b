#ifndef ENGINE_LIST_QUERY_H
#define ENGINE_LIST_QUERY_H

#include "list_state.h"

/* The SQL that answers what is asked of a list. */
enum { LIST_ARGS_MAX = 90, LIST_COUNT_MAX = 1000 };

/* Is less than the whole list asked for? */
bool list_is_filtered(const struct list_state *);
/* Is what it is sorted by the same in all rows, by a filter? */
bool list_is_fixed(const struct list_state *);
/* Does a filter ask for one value of that expression, or for some? */
bool list_is_filtered_by(const struct list_state *, const char *sql);

/* The statement and its arguments (those of the caller included). */
struct list_sql {
	struct buffer *text;
	struct db_arg args[LIST_ARGS_MAX];
	size_t count;
};

/*
 * How the database finds the rows of a page. In the order of the sort's
 * index: fast where many rows are asked for, as good as endless where the few
 * that are lie at its end. Or all that are asked for, then sorted.
 */
enum list_way {
	LIST_ANY,  /* as the database thinks best */
	LIST_WALK, /* along the index of the sort */
	LIST_TRY,  /* so, but not far: fewer rows than wanted may be all */
	LIST_SORT  /* by what is asked for, then sorted */
};

/* Rows of this page; limit 0: all of them (exports). Columns: row_key,
 * row_tie, row_sort, c0 …, and k0 … the clients' ids. */
void list_sql_rows(
	const struct list_state *, struct list_sql *, int limit, enum list_way);
/* A list by days: rows of list_days(). */
void list_sql_days(const struct list_state *, struct list_sql *,
	const char *first, const char *last, int most);
/* One row, column "total", at most most; 0: all of them. */
void list_sql_count(const struct list_state *, struct list_sql *, int most);

#endif
