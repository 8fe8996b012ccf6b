#ifndef DB_SQL_H
#define DB_SQL_H

#include <stddef.h>

#include "gen/sql.h"

/*
 * The named statements of all fcgi .sql files but access/scope.sql, as
 * tools/sql.awk found them. `-- :aid_get one` in a file gives SQL_AID_GET,
 * the index of its text here.
 */
enum sql_kind {
	SQL_ONE,  /* answers one row or none */
	SQL_MANY, /* answers rows */
	SQL_EXEC  /* changes rows, answers none */
};

struct sql_text {
	const char *name;
	enum sql_kind kind;
	const char *file; /* path from the root, and the line of its name */
	int line;
	const char *text;	/* scope tokens not yet expanded; no `;` */
	const char *scope_note; /* what `-- scope:` said, or NULL */
};

/* In the order of the enum; one more, all NULL, ends it. */
extern const struct sql_text sql_texts[SQL_COUNT + 1];

#endif
