#ifndef ACCESS_ADMINISTRATOR_H
#define ACCESS_ADMINISTRATOR_H

#include "../core/config.h"
#include "../db/db.h"

/*
 * `hulpbalie administrator EMAIL NAME`: the account of a system administrator
 * of the supplier, made from the machine, so that there is somebody who can
 * let the others in. It may log in at once, with the password given and an
 * authenticator app.
 *
 * The password is asked for twice on a terminal, unseen; else it is the first
 * line of standard input. At least ADMINISTRATOR_PASSWORD_MIN characters. The
 * app's key is printed on standard output, this once. Written to the log of
 * accounts (audit).
 *
 * RC_INVALID: told on standard error what is wrong with what was given;
 * RC_CONFLICT: there is an account of that address; RC_FAIL.
 */
enum { ADMINISTRATOR_PASSWORD_MIN = 12 };

enum rc administrator_make(const struct config *, struct db *,
	const char *email, const char *name);

#endif
