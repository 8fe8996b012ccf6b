#ifndef ACCESS_LOCKOUT_H
#define ACCESS_LOCKOUT_H

#include <stdbool.h>

#include "../core/request.h"

/*
 * How often one may guess. A wrong log-in falls into buckets that empty
 * slowly; while one is full, no password is looked at. Sizes are those of
 * [login] in the configuration:
 *
 *   account and address   tries in minutes
 *   address               address_tries in minutes
 *   account               account_tries in a day
 *
 * A device in which the account logged in before has a bucket of its own for
 * it (tries in minutes) instead of all these: strangers, however many, don't
 * lock out who is known. An account need not exist for any of this. An IPv6
 * address counts by its network (/64).
 */
enum { LOCKOUT_BUCKETS = 3, LOCKOUT_ADDRESS_SIZE = 46 };

struct lockout {
	size_t count;
	bool account_full; /* known after until and decide */
	struct lockout_bucket {
		unsigned char id[32];
		int tries;
		int seconds;
		bool account; /* emptied when the account logs in */
	} buckets[LOCKOUT_BUCKETS];
};

/* The buckets of this browser and that account. RC_OK or RC_FAIL. */
enum rc lockout_begin(struct request *, const char *email, struct lockout *);

/* *until: NULL, or the minute (2026-11-22T03:10:00Z) to try again; the wait
 * itself is *seconds. RC_OK or RC_FAIL. */
enum rc lockout_until(struct request *, struct lockout *, const char **until,
	int64_t *seconds);

/*
 * Decides a try whose outcome is known, within a transaction, and counts it
 * where it failed. As lockout_until(): *until where others, at the same
 * time, took the last try; then the outcome, good or bad, must not show.
 */
enum rc lockout_decide(struct request *, struct lockout *, bool failed,
	const char **until, int64_t *seconds);

/*
 * The whole log-in is done, never the password alone: what the account
 * failed is forgotten, not what its address did, and the device is known
 * from now on.
 */
enum rc lockout_done(struct request *, const struct lockout *, int64_t account);

/*
 * Takes one from a bucket of another kind, which what names, where it fits:
 * so many in so many seconds. *until: NULL, or when it does.
 */
enum rc lockout_take(struct request *, const char *what, int tries, int seconds,
	const char **until);

/* The address, or its /64 network; ::ffff:192.0.2.1 is 192.0.2.1. */
void lockout_address(const char *address, char result[LOCKOUT_ADDRESS_SIZE]);

#endif
