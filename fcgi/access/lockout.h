#ifndef ACCESS_LOCKOUT_H
#define ACCESS_LOCKOUT_H

#include <stdbool.h>

#include "../core/request.h"

/*
 * How often one may guess: so many failures of an account and of an address
 * within the last minutes; the log-in of an unknown e-mail address counts
 * like any other. An IPv6 address counts by its network (/64).
 */
enum {
	LOCKOUT_MINUTES = 15,
	LOCKOUT_ACCOUNT = 10,
	LOCKOUT_ADDRESS = 30,
	LOCKOUT_ADDRESS_SIZE = 46
};

/* *until: NULL, or the time (2026-11-22T03:10:00Z) to try again, *seconds
 * from now. RC_OK or RC_FAIL. */
enum rc lockout_until(struct request *, const char *email, const char **until,
	int64_t *seconds);

/*
 * Counts an attempt; step is "password" or "code". A success (the whole
 * log-in, never the password alone) ends the account's count, not the
 * address's.
 */
enum rc lockout_count(
	struct request *, const char *email, const char *step, bool failed);

/* The address, or its /64 network; ::ffff:192.0.2.1 is 192.0.2.1. */
void lockout_address(const char *address, char result[LOCKOUT_ADDRESS_SIZE]);

#endif
