#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "../core/request.h"

/*
 * The pages of one's own account, the same in the three portals. Handlers
 * for the route table.
 */

/*
 * GET /login: e-mail and password. next: the path to go on to; after: why
 * one is here (logout, ended, verify, codes). Who is signed in goes to "/".
 * POST /login: email, password, next.
 */
enum rc login_page(struct request *);
enum rc login_post(struct request *);

/* GET and POST /login/verify: code. Without half a session: to /login. */
enum rc verify_page(struct request *);
enum rc verify_post(struct request *);

/* POST /logout */
enum rc logout_post(struct request *);

/* GET /account: 'Mijn account', with the places assigned. */
enum rc account_page(struct request *);

/* GET /roles: 'Overzicht rollen en rechten' of the portal one is in. */
enum rc roles_page(struct request *);

#endif
