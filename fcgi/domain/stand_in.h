#ifndef DOMAIN_STAND_IN_H
#define DOMAIN_STAND_IN_H

#include "../core/request.h"
#include "../db/db.h"

/*
 * Who answers for an authoriser who is away (X6). From its first day to its
 * last what is to be authorised in the organisation goes to the stand-in: what
 * is asked then, and what waits already; what was not answered at the end goes
 * back. Nobody answers what he asked himself.
 */
struct stand_in {
	int64_t account; /* of the stand-in */
	const char *name;
	const char *from_on, *until_on; /* YYYY-MM-DD, both included */
};

/* That of r->who, also one to come. RC_NOTFOUND: none. */
enum rc stand_in_get(struct request *, struct stand_in *);

/*
 * Sets that of r->who, in place of an earlier one, and tells the stand-in.
 * RC_DENIED: the account may not authorise here. In a transaction.
 */
enum rc stand_in_set(struct request *, const struct stand_in *);

/* Ends it: what waits comes back. RC_NOTFOUND. In a transaction. */
enum rc stand_in_end(struct request *);

/* Who answers today what that account (*approver) was to authorise:
 * *approver is the stand-in then, and *on_behalf the account; else 0. */
enum rc stand_in_of(struct request *, int64_t organisation, int64_t requester,
	int64_t *approver, int64_t *on_behalf);

/*
 * Each day, by the jobs: those that begin and end; who is to be reminded of
 * what waits (approval.remind_days), and whose administrators are told
 * (approval.escalate_days). Run again it does nothing more. RC_OK or RC_FAIL.
 */
enum rc stand_in_day(struct request *);

#endif
