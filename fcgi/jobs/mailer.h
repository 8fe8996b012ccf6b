#ifndef JOBS_MAILER_H
#define JOBS_MAILER_H

#include "../core/config.h"
#include "../core/render.h"
#include "../db/db.h"

/*
 * Sends the mail that is due and comes first, if there is one (outbox.h).
 * A server that refuses the recipient or the content for good (5xx) is not
 * asked again. *tried: there was one. RC_FAIL: the database.
 * curl_global_init() was called.
 */
enum { MAILER_SEND_SECONDS = 60 };

enum rc mailer_send_one(
	struct db *, struct render *, const struct config *, bool *tried);

#endif
