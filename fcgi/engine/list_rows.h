#ifndef ENGINE_LIST_ROWS_H
#define ENGINE_LIST_ROWS_H

#include "list_write.h"

/*
 * The rows of <rows>, which is open. For the screen all but the first are left
 * out of the tree (core/lazy.h): a page is drawn from what the database said.
 */
void list_rows_write(const struct list_state *, const struct list_result *);

/* The options of <filter>, which is open. */
void list_options_write(const struct list_state *, const struct list_filter *);

#endif
