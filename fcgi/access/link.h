#ifndef ACCESS_LINK_H
#define ACCESS_LINK_H

#include "access.h"

/*
 * Links in a mail that stand for an account for a while: to activate it, to
 * set a new password. 32 random bytes, of which the database has the
 * SHA-256; good once.
 */
enum link_kind { LINK_ACTIVATE, LINK_RESET };

enum { LINK_ACTIVATE_DAYS = 7, LINK_RESET_MINUTES = 60 };

/* Whose it is. */
struct link {
	int64_t account;
	const char *email;
	const char *name;
	const char *lang;
	const char *phone; /* for questions; may be NULL */
};

/*
 * The address for a mail, on the origin of the configuration. Earlier links
 * of the kind end. NULL: the database.
 */
const char *link_make(struct request *, int64_t account, enum link_kind);

/* RC_OK, RC_NOTFOUND (never there, used, expired, or the account is not
 * active or invited any more; token may be NULL), RC_FAIL. */
enum rc link_find(
	struct request *, const char *token, enum link_kind, struct link *);

/* Uses it up. RC_NOTFOUND: somebody was first. In the transaction of what
 * it is for. */
enum rc link_use(struct request *, const char *token, enum link_kind);

#endif
