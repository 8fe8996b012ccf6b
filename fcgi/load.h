#ifndef LOAD_H
#define LOAD_H

#include "core/config.h"
#include "core/render.h"
#include "db/db.h"

/*
 * All that is declared, compiled before the first request: statements and
 * their scopes, lists, forms, stylesheets, texts. Once in a process; lives
 * as long as the pool. Problems, one a line as file:line: what, into errors.
 */
enum rc load_all(struct pool *, const struct config *, struct render **,
	struct buffer *errors);

/*
 * The database as the portal's user; an answer may take so many seconds.
 * Where demo is no, it refuses one that holds demo accounts, at each
 * connection: the database may be down at the start, or become another one.
 */
struct db *load_db(const struct config *, unsigned seconds);

/* The same as the user of the migrations, for fcgi/upkeep. */
struct db *load_upkeep_db(const struct config *);

/*
 * load_all(), then what documents want of the machine, and what only the
 * database knows: does every statement prepare, does every list run, and may
 * this database be used? As load_all().
 */
enum rc load_check(struct pool *, const struct config *, struct buffer *errors);

#endif
