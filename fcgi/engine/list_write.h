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
