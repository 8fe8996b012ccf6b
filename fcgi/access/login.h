#ifndef ACCESS_LOGIN_H
#define ACCESS_LOGIN_H

#include "factor.h"
#include "session.h"

/*
 * Logging in, without the pages (fcgi/account). Every function runs in the
 * transaction of a POST, whose outcome must be kept also where the log-in
 * was refused: the pages answer RC_REFUSED, or redirect.
 */
enum login_result {
	LOGIN_WRONG,	 /* password or code; unknown account, not active */
	LOGIN_LOCKED,	 /* too many failures: until says when to try again */
	LOGIN_NO_ACCESS, /* the account belongs to no organisation now */
	LOGIN_ENDED,	 /* half session: gone, or too many wrong codes */
	LOGIN_CODE,	 /* the password was right: ask for the code */
	LOGIN_ENROL, /* right, and nothing gives codes from now on: enrol.h */
	LOGIN_DONE   /* signed in: go to next */
};

struct login {
	enum login_result result;
	const char *next;  /* LOGIN_DONE: a local path */
	const char *until; /* LOGIN_LOCKED: 2026-11-22T03:10:00Z */
	int64_t seconds;   /* … and how far that is off */

	/* LOGIN_CODE: what may be asked for, of which session. */
	int64_t account;
	const char *lang;
	struct factors factors;
	unsigned char session[SESSION_ID_BYTES];
};

/*
 * The first step. A wrong password, an unknown address and an account that
 * is not active give the same answer in the same time. next: where the user
 * wanted to go, or NULL; what is not a local path of ours becomes "/".
 */
enum rc login_password(struct request *, const char *email,
	const char *password, const char *next, struct login *);

/* The second step, of the half session that r->who is. */
enum rc login_code(
	struct request *, enum factor_method, const char *code, struct login *);

/*
 * A fresh second step of who is signed in (step_up.h); with neither app nor
 * SMS the password does (method FACTOR_METHODS). LOGIN_DONE, LOGIN_WRONG or
 * LOGIN_LOCKED.
 */
enum rc login_again(
	struct request *, enum factor_method, const char *code, struct login *);

/* The log-in of an account that has just proven itself by a link or by what
 * it enrolled. login_as() begins it: LOGIN_CODE, LOGIN_ENROL, LOGIN_DONE or
 * LOGIN_NO_ACCESS. login_enrolled() ends a log-in in step SESSION_ENROL. */
enum rc login_as(
	struct request *, int64_t account, const char *next, struct login *);
enum rc login_enrolled(struct request *, struct login *);

/* Ends the session of r->who; nothing where there is none. */
enum rc login_out(struct request *);

/* May an account have this e-mail address? What the column holds. */
bool login_is_address(const char *email);

/* Where to go after the log-in: the path, or "/". */
const char *login_next(const char *path);

#endif
