#ifndef DB_SCOPE_H
#define DB_SCOPE_H

#include <stddef.h>

#include "../core/pool.h"
#include "../core/rc.h"
#include "db.h"

/*
 * Turns a statement as written (named arguments, scope tokens) into one
 * that the database prepares (question marks).
 */
struct scope_statement {
	const char *sql;
	size_t count;		  /* of question marks */
	const char *const *names; /* of the argument behind each */
};

/*
 * Reads the predicates: blocks that begin with "-- :entity portal", in
 * which {a} stands for the alias; "-- tables: aid request" names the
 * tenants' tables. Problems, one a line, into errors.
 */
enum rc scope_read(struct pool *, const char *file, char *errors, size_t size);

/*
 * Expands {scope:entity alias} for the portal; an entity without a
 * predicate for it is FALSE. RC_FAIL: an unknown entity or a token that
 * does not end.
 */
enum rc scope_expand(struct pool *, const char *text, enum db_portal,
	struct scope_statement *, char *error, size_t size);

/* The tenant's table that the text reads or changes, or NULL. */
const char *scope_tenant_table(struct pool *, const char *text);

#endif
