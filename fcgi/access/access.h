#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/request.h"
#include "../db/db.h"
#include "gen/rights.h"

/* How far a log-in is: before its code, before there is anything that gives
 * codes, done. */
enum session_step { SESSION_PASSWORD, SESSION_ENROL, SESSION_COMPLETE };

/*
 * Who is signed in, and what they may. Read anew from the database at each
 * request, so that a change is active at once in open sessions.
 */
struct identity {
	int64_t account;
	const char *name;
	const char *email;
	const char *phone; /* may be NULL */
	const char *lang;
	int64_t membership;
	enum db_portal portal;
	const char *portal_name; /* institution, professional, supplier */
	const char *role;	 /* admin, 1 … 7, planner, … */
	int64_t organisation;	 /* 0 for the supplier's staff */
	const char *organisation_name;
	int64_t branch; /* of the organisation or the staff; 0: every one */
	bool all_places;
	const char
		*places_mark; /* another when the organisation's places are */
	enum session_step step;
	bool fresh;    /* gave a code just now: step_up.h */
	bool complete; /* past the second factor; else r->db sees nothing yet,
			* and access_may() only grants what is public */
	const char *notice; /* left for this page: session_notice_write() */
	unsigned char session[32]; /* its id in the database */
};

/*
 * Reads the session of the cookie into r->who and binds the scope of r->db.
 * r->who stays NULL without a valid one. RC_OK or RC_FAIL.
 */
enum rc session_load(struct request *);

/* Has r->who (NULL: nobody) the right? */
bool access_may(const struct request *, enum right);

/* Is there that role in that portal? Has it the right? */
bool access_role(const char *portal, const char *role);
bool access_role_may(const char *portal, const char *role, enum right);

/* The masked CSRF token for this answer (a new mask at each call); sets the
 * pre-log-in cookie where there is none yet. */
const char *csrf_token(struct request *);
/* Does the field csrf of a POST match the cookie? */
bool csrf_valid(struct request *);

/* Leaves a message for the next page: kind ok, info, warn or bad, text id,
 * arguments up to NULL. */
enum rc session_notice(struct request *, const char *kind, const char *id, ...)
	__attribute__((sentinel));

/*
 * Writes the message that was left for this page, if any, as <message>
 * where r->xml is open, and forgets it.
 */
enum rc session_notice_write(struct request *);

/*
 * Writes who did what to which clients (NEN 7513). client_ids: n ids, zeros
 * are skipped; subject names the thing (request 2026-000123). Without its
 * record no answer: RC_FAIL must end the request.
 */
enum rc audit_clients(struct request *, const char *action, const char *subject,
	const int64_t *client_ids, size_t n);

/*
 * Writes the views of this request again, outside a transaction: a page may
 * be shown although the form's transaction, and their records with it, was
 * rolled back. RC_FAIL: then it may not.
 */
enum rc audit_again(struct request *);

/*
 * Writes what was done with an account (0: an unknown one): action login,
 * logout, view, create, change, delete, or send where subject is the address
 * that mail went to, or what it was about: the log outlives the address of an
 * account; good false: it was refused. subject: its first 320
 * characters.
 */
enum rc audit_account(struct request *, int64_t account, const char *action,
	const char *subject, bool good);

/* Writes that r->who was refused this address (RC_DENIED); called outside
 * the transaction that was rolled back. */
enum rc audit_refused(struct request *);

#endif
