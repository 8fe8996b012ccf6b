#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "../core/request.h"

/*
 * The pages of one's own account, the same in the three portals. Handlers
 * for the route table.
 */

/*
 * GET /login: e-mail and password. next: the path to go on to; after: why
 * one is here (logout, ended, verify, codes, reset). Who is signed in goes to
 * "/". POST /login: email, password, next.
 */
enum rc login_page(struct request *);
enum rc login_post(struct request *);

/* GET and POST /login/verify: code. Without half a session: to /login. */
enum rc verify_page(struct request *);
enum rc verify_post(struct request *);

/* POST /logout */
enum rc logout_post(struct request *);

/*
 * GET and POST /login/help: email; the answer is the same for an address
 * that nobody has. GET /login/help/sent.
 */
enum rc login_help_page(struct request *);
enum rc login_help_post(struct request *);
enum rc login_help_sent_page(struct request *);

/* GET and POST /reset: token, password, again: of a link in a mail (C3). */
enum rc reset_page(struct request *);
enum rc reset_post(struct request *);

/* GET and POST /account/password: current, password, again (I3). */
enum rc password_page(struct request *);
enum rc password_post(struct request *);

/* GET /account: 'Mijn account', with the places assigned. */
enum rc account_page(struct request *);

/*
 * Exports drawn in the background (engine/export.h): GET /exports/CODE
 * follows one; as .pdf or .xlsx it is the file, once it is there. POST
 * /exports/CODE/delete, also of one that is being drawn.
 */
enum rc export_page(struct request *);
enum rc export_delete_post(struct request *);

/* GET /roles: 'Overzicht rollen en rechten' of the portal one is in. */
enum rc roles_page(struct request *);

#endif
