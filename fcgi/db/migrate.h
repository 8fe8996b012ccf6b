#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "../core/config.h"

/*
 * `hulpbalie migrate`, as the migration user: runs the files of schema/sql,
 * NNN_name.sql, that did not run yet, in the order of their numbers.
 * Each migration is kept in the table migration with its SHA-256: one that
 * changed after it ran is refused before anything runs, and so is a number
 * that stands twice or was passed. MariaDB does not undo a change of the
 * schema: a file that fails halfway is named with its statement.
 *
 * Names each file that it runs on standard output, problems on standard
 * error. really false: only names those that would run. RC_OK or RC_FAIL.
 */
enum rc migrate(struct pool *, const struct config *, bool really);

#endif
