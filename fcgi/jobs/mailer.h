#ifndef JOBS_MAILER_H
#define JOBS_MAILER_H

#include "../core/config.h"
#include "../core/render.h"
#include "../db/db.h"

/*
 * Sends the mail that is due and comes first, if there is one: at least
 * once, always under the same Message-ID. It is claimed before and marked
 * as sent after the server's 250; where the process dies between, it is due
 * again after MAILER_CLAIM_SECONDS. A failure is kept with the row and
 * tried again after 30 s, 2 min, 10 min, 1 h, then every 4 h; after 2 days
 * it has failed. *tried: there was one. RC_FAIL: the database.
 * curl_global_init() was called.
 */
enum { MAILER_CLAIM_SECONDS = 120, MAILER_SEND_SECONDS = 60 };

enum rc mailer_send_one(
	struct db *, struct render *, const struct config *, bool *tried);

#endif
