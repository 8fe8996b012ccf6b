#ifndef ENGINE_LIST_WRITE_H
#define ENGINE_LIST_WRITE_H

#include "list_query.h"

/* What a run of a list found. */
struct list_result {
	struct db_rows rows;
	size_t count;  /* rows to show; rows may hold one more */
	int64_t total; /* at most LIST_COUNT_MAX */
	bool capped;   /* there are more than that */
	bool reversed; /* rows came in the opposite order */
	bool previous;
	bool next;
};

/*
 * A list by its id and the request's query: filters, sort, page, as far as
 * they are in range. RC_OK or RC_FAIL.
 */
enum rc list_begin(struct list_state *, struct request *, const char *id,
	const char *href, const struct db_arg *args);

/*
 * Of a list by days (list.h) what lies on each from first to last: at most
 * so many rows a day, and with each, as found, how many there are. Columns by
 * their ids. RC_OK or RC_FAIL.
 */
enum rc list_days(struct list_state *, const char *first, const char *last,
	int most, struct db_rows *);

/* <filters>, with one more hidden field, and <chips>. */
void list_filters_write(
	const struct list_state *, const char *hidden, const char *value);

/* Writes <list>, its tabs on the screen alone: RC_OK or RC_FAIL. */
enum rc list_write(const struct list_state *, const struct list_result *);

/* <select>, of a list whose rows can be ticked. */
void list_select_write(const struct list_state *, const struct list_result *);

/* <hidden name value>; an empty value writes nothing. */
void list_hidden_write(struct xml *, const char *name, const char *value);

/* What is filtered on: "Locatie: Parkzicht · Status: In gebruik", or "". */
const char *list_about(const struct list_state *);

/* {column} and {key} in a column's href, filled from the row. */
const char *list_href(struct pool *, const struct list_def *,
	const char *pattern, struct db_row);

/* The cell of a column: its value, raw. */
const char *list_cell(const struct list_def *, size_t column, struct db_row);

/* Logs that the clients in these rows were shown (action view or export). */
enum rc list_audit(const struct list_state *, const char *action,
	const struct db_rows *, size_t count);

/* The answer of the whole list as an Excel workbook. */
enum rc list_excel(const struct list_state *);

#endif
