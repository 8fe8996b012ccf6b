#ifndef ENGINE_OPTIONS_H
#define ENGINE_OPTIONS_H

#include <time.h>

#include "../access/access.h"

/*
 * What a filter can be set to: the rows of a statement (columns value and
 * label, :parent, :lang), kept by each worker.
 *
 * A change of rights, of the places ticked or of a place is seen at once:
 * these are part of what is kept by. What else the statement reads, products
 * say, may be as old as [lists] options_seconds. In the portals where the
 * scope looks up more than it binds (db_scope_key) nothing is kept but what
 * is everybody's.
 */
struct option {
	const char *value; /* never empty */
	const char *label; /* NULL: text SET.VALUE */
};

struct options {
	size_t count;
	const struct option *at; /* by label */
	/* The cache's own */
	size_t holders;
	time_t read_at;
	size_t size;
};

/* Room for them in this process; before any is asked for. */
void options_create(struct pool *);

/*
 * Theirs until the request ends. fresh: kept for a second at most. RC_OK or
 * RC_FAIL.
 */
enum rc options_get(struct request *, enum sql, int64_t parent, bool fresh,
	const struct options **);

#endif
