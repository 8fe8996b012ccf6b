#ifndef JOBS_CLEANER_H
#define JOBS_CLEANER_H

#include "../core/config.h"
#include "../db/db.h"

/*
 * Deletes what has served: sessions that ended, form keys, attempts to log
 * in, mail sent long ago, exports. RC_FAIL: the database.
 */
enum rc cleaner_run(struct db *, const struct config *);

#endif
