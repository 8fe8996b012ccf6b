#ifndef ACCESS_CREDENTIALS_H
#define ACCESS_CREDENTIALS_H

#include "access.h"

/* What an account proves itself with; changed in the caller's transaction. */

/*
 * A new password (checked by password_refused() before): every session of
 * the account ends but the one of the request, which gets a new cookie; links
 * to set a password end. Written to the log. RC_OK or RC_FAIL.
 */
enum rc credentials_password(
	struct request *, int64_t account, const char *password);

/* Is it the password of who is signed in? Counting is the caller's. */
enum rc credentials_right(struct request *, const char *password, bool *right);

/*
 * The same, counted. *until: NULL, or since there were
 * too many failures, when it may be tried again (*seconds from now).
 */
enum rc credentials_check(struct request *, const char *password, bool *right,
	const char **until, int64_t *seconds);

#endif
