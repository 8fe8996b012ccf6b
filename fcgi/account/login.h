#ifndef ACCOUNT_LOGIN_H
#define ACCOUNT_LOGIN_H

#include "../access/login.h"
#include "../engine/form.h"

/* What the pages of logging in share. */

/* To what comes after LOGIN_DONE, LOGIN_ENROL or LOGIN_CODE; sends the code
 * where it goes by SMS. */
enum rc login_go_on(struct request *, const struct login *);

/* LOGIN_LOCKED: 429, and at the form when to try again. */
void login_locked(struct request *, struct form *, const struct login *);

#endif
