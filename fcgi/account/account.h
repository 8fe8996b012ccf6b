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

/*
 * GET and POST /login/verify: code, method (app, sms or recovery; else the
 * best that the account has). POST /login/verify/sms: a code by SMS. Without
 * half a session: to /login.
 */
enum rc verify_page(struct request *);
enum rc verify_post(struct request *);
enum rc verify_sms_post(struct request *);

/* The same of who is signed in, for access/step_up.h: /login/again?next=PATH,
 * /login/again/sms. */
enum rc again_page(struct request *);
enum rc again_post(struct request *);
enum rc again_sms_post(struct request *);

/* GET and POST /activate: token, password, again, phone: of a link in a mail
 * (C1, I6). */
enum rc activate_page(struct request *);
enum rc activate_post(struct request *);

/*
 * What gives the codes of the second step (C2, C6), in a log-in that has
 * nothing yet or, with a fresh code, by who is signed in: GET /login/enrol
 * chooses; GET and POST /login/enrol/app: code; /login/enrol/sms: mobile;
 * /login/enrol/sms/code: code.
 */
enum rc enrol_page(struct request *);
enum rc enrol_app_page(struct request *);
enum rc enrol_app_post(struct request *);
enum rc enrol_sms_page(struct request *);
enum rc enrol_sms_post(struct request *);
enum rc enrol_sms_code_page(struct request *);
enum rc enrol_sms_code_post(struct request *);

/* GET /account/recovery: the codes that wait to be seen, else how many are
 * left; POST: new ones; POST /account/recovery/seen: next. */
enum rc recovery_page(struct request *);
enum rc recovery_post(struct request *);
enum rc recovery_seen_post(struct request *);

/* GET /login/guide: how to log in (C10). */
enum rc login_guide_page(struct request *);

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

/* GET /account: 'Mijn account' or 'Mijn profiel', with the places assigned,
 * the second step, whom to ask, and where one is logged in. */
enum rc account_page(struct request *);

/* GET and POST /account/profile: name, phone, lang, version; of an
 * institution's account lang and version alone. */
enum rc profile_page(struct request *);

/*
 * GET and POST /account/membership: membership, the one to go on with, of an
 * account that belongs to several organisations, or to more than one portal
 * (C8). A professional sees all of them at once, as one.
 * membership_several(): is there anything to choose?
 */
enum rc membership_several(struct request *, bool *several);
enum rc membership_choose(struct request *);
enum rc membership_choose_post(struct request *);

/* POST /account/sessions/end: everywhere else. */
enum rc sessions_end_post(struct request *);

/*
 * Exports drawn in the background (engine/export.h): POST /exports asks for
 * the file at the address in its parameter of, as /aids.pdf?status=in_use;
 * one that is not that long is only redirected to. GET /exports/CODE
 * follows one; as .pdf or .xlsx it is the file, once it is there. POST
 * /exports/CODE/delete, also of one that is being drawn.
 */
enum rc export_ask_post(struct request *);
enum rc export_page(struct request *);
enum rc export_delete_post(struct request *);

/*
 * GET /account/calendar: the address of one's calendar, shown once after it
 * was made; POST makes a new one in its place, POST /account/calendar/revoke
 * ends it. GET /calendar/{secret}.ics, by whoever has the address: the dates
 * agreed and the inspections due of what the account may see, as iCalendar
 * (RFC 5545), without clients; 404 for a wrong one, or where the account may
 * not log in any more.
 */
enum rc calendar_page(struct request *);
enum rc calendar_make_post(struct request *);
enum rc calendar_revoke_post(struct request *);
enum rc calendar_feed(struct request *);

/* GET /roles: 'Overzicht rollen en rechten' of the portal one is in; for the
 * supplier's staff of all three. */
enum rc roles_page(struct request *);

#endif
