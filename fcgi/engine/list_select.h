#ifndef ENGINE_LIST_SELECT_H
#define ENGINE_LIST_SELECT_H

#include "../core/request.h"

/*
 * What is ticked in a list: keys of rows, as parameters "pick" of the
 * address. Each holds one key, or several with dots between.
 */
enum { PICKS_MAX = 500 }; /* what REQUEST_QUERY_MAX has room for */

struct picks {
	size_t count;
	const char **keys; /* each once, in the order of the address */
	bool more;	   /* than PICKS_MAX: those are left out */
};

/* Those of the request's address. What can be no key is passed over. */
void picks_read(const struct request *, struct picks *);

bool picks_have(const struct picks *, const char *key);

/* Adds one that it has not; false: there is no room for it. */
bool picks_add(struct pool *, struct picks *, const char *key);

/* As one parameter has them; "" for none. */
const char *picks_text(struct pool *, const struct picks *);

/* The same for the database: ["KEY", …]. */
const char *picks_json(struct pool *, const struct picks *);

#endif
