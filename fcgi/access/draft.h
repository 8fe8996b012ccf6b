#ifndef ACCESS_DRAFT_H
#define ACCESS_DRAFT_H

#include "access.h"

/*
 * What was typed in a form whose session had ended, or that wants a fresh
 * code first: kept, sealed, for DRAFT_HOURS and its account alone, and there
 * again at the form's address with ?draft=CODE. Passwords and codes never.
 */
enum { DRAFT_HOURS = 12, DRAFT_MAX = 20 /* of an account */ };

/*
 * Keeps the POST for the account (0: nobody's), and gives the address of its
 * form, with the draft; without it where the body can't be kept. The address
 * is "/" where the form had none of its own.
 */
const char *draft_keep(struct request *, int64_t account);

/*
 * The account of the session that ended, whose cookie this request has; 0:
 * none. A new password since then ends that too.
 */
int64_t draft_account(struct request *);

/* The fields of the draft that a GET names, if it is one of r->who for this
 * path; else NULL. */
const struct params *draft_open(struct request *);

#endif
