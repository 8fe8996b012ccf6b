#ifndef SUPPLIER_REQUESTS_LINES_H
#define SUPPLIER_REQUESTS_LINES_H

#include "../../domain/request.h"
#include "../../engine/form.h"

/*
 * Forms with a row for each line of a request that is not done: the fixed rows
 * of their descriptors, with a hidden field line, at most LINES_MOST at once.
 */
enum { LINES_MOST = 25 };

/* The field of that name in a row, from 1. */
const char *lines_field(struct request *, const char *field, int row);

/* The rows, before anything was sent. */
void lines_fill(
	struct request *, struct form *, const struct service_request *);

/* Make, type, number and place of one. */
const char *line_title(struct request *, const struct request_line *);

/* The line of a row; NULL where there is none of the request. */
const struct request_line *lines_at(struct request *, const struct form *,
	const struct service_request *, int row);

/*
 * The page of that id with the form: a title over each row, a note where there
 * are more lines than rows, the request beside it.
 */
enum rc lines_write(struct request *, struct form *,
	const struct service_request *, const char *id);

#endif
