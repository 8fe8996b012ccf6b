#ifndef DB_PLACES_H
#define DB_PLACES_H

#include "../core/buffer.h"
#include "db.h"

/* The places ticked for the membership whose scope is bound. */
struct places {
	struct place *at;
	size_t count;
	bool known; /* they were read */
};

/* Takes over what :scope_places answered. */
void places_keep(struct places *, const struct db_rows *);
void places_forget(struct places *);

/* Room for them in a statement, 4, 16, 64 …: each size is prepared anew. */
size_t places_room(const struct places *);

/* The value of scope_places_3 and its like (scope.h); no place where there
 * is room left. False: the name is none of these. */
bool places_arg(const struct places *, const char *name, struct db_arg *);

/* Appends what tells them from others. */
void places_key(const struct places *, struct buffer *);

#endif
