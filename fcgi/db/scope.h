#ifndef DB_SCOPE_H
#define DB_SCOPE_H

#include <stdbool.h>
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
 * which {a} stands for the alias. "-- tables: aid request" names tenants'
 * tables, whose rows the entities from there to the next such line choose;
 * "-- shared: product" those that are everybody's. Problems, one a line,
 * into errors.
 */
enum rc scope_read(struct pool *, const char *file, char *errors, size_t size);

enum scope_kind { SCOPE_UNKNOWN, SCOPE_TENANT, SCOPE_SHARED };

enum scope_kind scope_kind(const char *table, size_t len);
/* Does the entity choose rows of the table? */
bool scope_is_of(const char *entity, size_t entity_len, const char *table,
	size_t table_len);

/* Whose eyes: the portal, and for how much there is room in its lists; 0: it
 * has none, every place is seen. */
struct scope_view {
	enum db_portal portal;
	size_t room;
};

/*
 * Expands {scope:entity alias} for the view; an entity without a predicate
 * for its portal is FALSE. In a predicate what stands between {ticked} and
 * {/ticked} is for who does not see every place; {places}, {whole_places},
 * {locations}, {organisations} and {whole_organisations} are as many arguments
 * as there is room for, :scope_places_0 and so on: the places ticked, those
 * ticked with all that lies in them, the locations they lie in; a
 * professional's organisations, those that may be seen whole. RC_FAIL: an
 * unknown entity or a token that does not end.
 */
enum rc scope_expand(struct pool *, const char *text, struct scope_view,
	struct scope_statement *, char *error, size_t size);

/*
 * Has every tenant's table in the text, wherever it stands, a token of its
 * own that leaves out the rows of others? A note excuses aliases, or all
 * (none), and says why: "p l, because the aid names them", a line for each
 * reason. A table in no list is refused, and so is what can't be read.
 * note: may be NULL. RC_OK, or RC_FAIL with what is wrong.
 */
enum rc scope_check(
	const char *text, const char *note, char *error, size_t size);

/* Behind the quoted string or name that begins at s. */
const char *scope_quoted_end(const char *s);

#endif
