#ifndef ACCESS_STEP_UP_H
#define ACCESS_STEP_UP_H

#include "access.h"

/*
 * Pages that want to know anew who is there: signing, the log of who saw
 * whom, other factors. A code given within session.fresh_minutes counts
 * (OWASP ASVS 5.0, 7.5.3).
 *
 * A route says ROUTE_FRESH (routes.h), or its handler:
 *
 *   if (!step_up(r))
 *           return RC_OK;
 *
 * False: the answer leads to /login/again, and from there back to this page;
 * what was typed in a form is there again (draft.h).
 */
bool step_up(struct request *);

#endif
