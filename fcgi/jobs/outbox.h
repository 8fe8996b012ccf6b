#ifndef JOBS_OUTBOX_H
#define JOBS_OUTBOX_H

#include "../db/db.h"

/*
 * The queue behind mail and SMS. A message is claimed before it is sent and
 * marked after the other side took it: at least once, always under the same
 * message id. Where the process dies between, it is due again after
 * OUTBOX_CLAIM_SECONDS, twice as many each time; one that its sender did not
 * survive OUTBOX_CLAIMS times has failed: it is the message that does it.
 */
enum { OUTBOX_CLAIM_SECONDS = 120, OUTBOX_CLAIMS = 5 };

/* What came of it. */
enum outbox_result {
	OUTBOX_SENT,
	OUTBOX_LATER, /* again after 30 s, 2 min, 10 min, 1 h, every 4 h; for
		       * two days, or until it expires */
	OUTBOX_NEVER  /* it has failed */
};

/*
 * Claims the message of the channel (mail, sms) that is due and comes first.
 * *tried: there was one; *claimed: it is ours to send, as row says. One that
 * may not be sent any more fails here. RC_FAIL: the database.
 */
enum rc outbox_claim(struct db *, struct pool *, const char *channel,
	struct db_row *row, bool *tried, bool *claimed);

/*
 * Keeps and logs the result. error: what went wrong, in words of ours, never
 * those of the other side, which name people; NULL for OUTBOX_SENT.
 */
enum rc outbox_keep(struct db *, struct pool *, struct db_row,
	enum outbox_result, const char *error);

/* Does what goes to this URL stay on this machine? */
bool outbox_is_local(const char *url);

#endif
