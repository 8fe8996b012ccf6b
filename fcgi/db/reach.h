#ifndef DB_REACH_H
#define DB_REACH_H

#include "../core/buffer.h"
#include "db.h"

/* What the lists of the scope that is bound hold: the places ticked for a
 * membership, or the organisations that a professional works for. */
struct reach {
	struct reached *at;
	size_t count;
	bool known; /* they were read */
};

/* Takes over what :scope_places or :scope_organisations answered. */
void reach_keep(struct reach *, const struct db_rows *);
void reach_forget(struct reach *);

/* Room for them in a statement, 4, 16, 64 …: each size is prepared anew. */
size_t reach_room(const struct reach *);

/* The value of scope_places_3 and its like (scope.h); 0 where there is room
 * left. False: the name is none of these. */
bool reach_arg(const struct reach *, const char *name, struct db_arg *);

/* Appends what tells them from others. */
void reach_key(const struct reach *, struct buffer *);

#endif
