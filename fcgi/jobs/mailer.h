#ifndef JOBS_MAILER_H
#define JOBS_MAILER_H

#include "jobs.h"

/*
 * Sends the mail that is due and has waited longest, if there is one: at
 * least once, always under the same Message-ID. A failure is kept with the
 * row, and tried again after 30 s, 2 min, 10 min, 1 h, then each 4 h; after
 * 2 days it has failed. *tried: there was one to try. RC_FAIL: the database.
 */
enum rc mailer_send_one(
	struct db *, struct render *, const struct config *, bool *tried);

#endif
