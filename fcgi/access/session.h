#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include "access.h"

/*
 * The life of a session. The cookie holds 32 random bytes in base64url, the
 * database their SHA-256. Before log-in the same cookie holds a value that
 * no session has: it carries the CSRF token. Each step gives a new one.
 */

enum {
	SESSION_ID_BYTES = 32,
	SESSION_COOKIE_LENGTH = 43,
	SESSION_KEPT_MAX = 400,
	SESSION_HALF_MINUTES = 10,  /* from the password to the code */
	SESSION_ENROL_MINUTES = 30, /* … to a first code of a new app */
	SESSION_CODES = 5,	    /* tries of a code */
	SESSION_NEXT_MAX = 4000
};

/* Has it the form of our cookie's value? NULL has not. */
bool session_cookie_valid(const char *);

/* The id in the database of the session with this cookie. */
void session_id(const char *cookie, unsigned char id[SESSION_ID_BYTES]);

/* A new value, in r->cookie and as Set-Cookie. */
void session_cookie_give(struct request *);

/*
 * Ends the session that r has, begins one for the account and sets its
 * cookie; r->who is not changed. next_path: where to go after the code, or
 * NULL. id (or NULL) receives that of the session, SESSION_ID_BYTES. RC_OK or
 * RC_FAIL. Within a transaction.
 */
enum rc session_begin(struct request *, int64_t account, int64_t membership,
	enum session_step, const char *next_path, unsigned char *id);

/* After the right code: completes the half session of r->who under a new
 * cookie; *next: where it was to go. RC_NOTFOUND where it ended meanwhile. */
enum rc session_complete(struct request *, const char **next);

/* The same, to step SESSION_ENROL: where it was to go is kept. */
enum rc session_to_enrol(struct request *);

/* A code was given just now, in the session of r->who. */
enum rc session_verified(struct request *);

/*
 * What the session keeps until the next step, sealed, in place of what it
 * kept: kind app (the secret of a new app), sms (a number not proven yet),
 * recovery (codes not seen yet). At most SESSION_KEPT_MAX bytes.
 */
enum rc session_keep(
	struct request *, const char *kind, const void *, size_t len);

/* It, with a NUL behind; RC_NOTFOUND: nothing of that kind. */
enum rc session_kept(struct request *, const char *kind, const unsigned char **,
	size_t *len);

enum rc session_kept_forget(struct request *);

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

/*
 * The session of r->who goes on in another membership of its account, under
 * a new cookie: forms that are open elsewhere were another organisation's.
 * RC_NOTFOUND: it has none such that is active. r->who stays until the next
 * request.
 */
enum rc session_switch(struct request *, int64_t membership);

/* Ends every session of the account but that of the request. */
enum rc session_end_others(struct request *, int64_t account);

/* Ends the session of r->who and takes the cookie away. */
enum rc session_end(struct request *);

#endif
