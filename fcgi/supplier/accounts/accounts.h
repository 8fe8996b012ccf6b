#ifndef SUPPLIER_ACCOUNTS_ACCOUNTS_H
#define SUPPLIER_ACCOUNTS_ACCOUNTS_H

#include "../../core/request.h"

/*
 * Accounts in the back office: those of customers at /supplier/accounts (S3),
 * for staff of the branch or of all, and the supplier's own at /supplier/staff
 * (S1), for the system administrator alone. {code} is that of the account.
 */

/* GET /supplier/accounts, /supplier/staff */
enum rc office_accounts_page(struct request *);
enum rc staff_page(struct request *);

/* GET /supplier/accounts/{code}, /supplier/staff/{code} */
enum rc office_account_page(struct request *);

/* GET and POST /supplier/accounts/new, /supplier/staff/new */
enum rc office_new(struct request *);
enum rc staff_new(struct request *);

/* GET and POST …/{code}/join: one more organisation (C8) */
enum rc office_join(struct request *);

/* GET and POST …/{code}/name */
enum rc office_name(struct request *);

/* GET and POST /supplier/staff/{code}/role */
enum rc staff_role(struct request *);

/*
 * GET and POST …/{code}/resend, reset-factor, address, link, deactivate,
 * reactivate, end: each on a page that says what it does.
 */
enum rc office_deed(struct request *);

/* GET and POST …/{code}/successor: for who has it as authoriser. */
enum rc office_successor(struct request *);

/* GET and POST /supplier/memberships/{id}, …/places, …/close, …/open */
enum rc membership_page(struct request *);
enum rc membership_places(struct request *);
enum rc membership_places_post(struct request *);
enum rc membership_closing(struct request *);
enum rc membership_opening(struct request *);

/* GET …/{code}/explain: 'Wat ziet dit account', and why */
enum rc office_explain(struct request *);

#endif
