#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include "access.h"

/*
 * The life of a session. The cookie holds 32 random bytes in base64url, the
 * database their SHA-256. Before log-in the same cookie holds a value that
 * no session has: it carries the CSRF token. Each step gives a new one.
 */
enum session_step { SESSION_PASSWORD, SESSION_COMPLETE };

enum {
	SESSION_COOKIE_LENGTH = 43,
	SESSION_HALF_MINUTES = 10, /* from the password to the code */
	SESSION_CODES = 5,	   /* tries of a code */
	SESSION_NEXT_MAX = 500
};

/* Has it the form of our cookie's value? NULL has not. */
bool session_cookie_valid(const char *);

/* A new value, in r->cookie and as Set-Cookie. */
void session_cookie_give(struct request *);

/*
 * Ends the session that r has, begins one for the account and sets its
 * cookie; r->who is not changed. next_path: where to go after the code, or
 * NULL. RC_OK or RC_FAIL. Within a transaction.
 */
enum rc session_begin(struct request *, int64_t account, int64_t membership,
	enum session_step, const char *next_path);

/* After the right code: completes the half session of r->who under a new
 * cookie. RC_NOTFOUND where it ended meanwhile. */
enum rc session_complete(struct request *);

/*
 * Makes r->who the account in that membership as it is now, and binds the
 * scope of r->db: for work in the background. RC_NOTFOUND where it may not
 * log in any more.
 */
enum rc session_as(struct request *, int64_t account, int64_t membership);

/* session_notice() for every session of that account in that membership
 * which has none waiting. */
enum rc session_notice_to(struct request *, int64_t account, int64_t membership,
	const char *kind, const char *id, ...) __attribute__((sentinel));

/* A new cookie for the session of r->who, which begins anew. */
enum rc session_renew(struct request *);

/* Ends every session of the account but that of the request. */
enum rc session_end_others(struct request *, int64_t account);

/* Ends the session of r->who and takes the cookie away. */
enum rc session_end(struct request *);

#endif
