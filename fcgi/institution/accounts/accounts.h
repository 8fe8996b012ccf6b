#ifndef INSTITUTION_ACCOUNTS_ACCOUNTS_H
#define INSTITUTION_ACCOUNTS_ACCOUNTS_H

#include "../../core/request.h"

/*
 * 'Accountbeheer' (I4-I6): the accounts of one's organisation. Handlers for
 * the route table, for who has the right account.manage. {id} is the code of
 * an account with a membership of the organisation; another one, or one that
 * ended, is RC_NOTFOUND.
 */

/* GET /accounts: the list. */
enum rc accounts_page(struct request *);

/*
 * GET and POST /accounts/new, /accounts/{id}: name, email (of a new one),
 * role, orders, an authoriser per service, limited, from-N and authoriser-N;
 * successor where a right goes that others lean on. version: as it was read.
 */
enum rc account_new_page(struct request *);
enum rc account_new_post(struct request *);
enum rc account_edit_page(struct request *);
enum rc account_edit_post(struct request *);

/* GET and POST /accounts/{id}/places: whole, place: ids, any number. */
enum rc account_places_page(struct request *);
enum rc account_places_post(struct request *);

/*
 * GET and POST /accounts/{id}/deactivate, /reactivate, /resend, /successor:
 * the page that asks, and what it does. successor: who takes over, where
 * others have the account as authoriser.
 */
enum rc account_action_page(struct request *);
enum rc account_action_post(struct request *);

/*
 * GET and POST /accounts/import: file, a table of accounts. It answers what is
 * wrong by line and column, or what would be made; sent again as csv, that is
 * made, all of it. GET /accounts/import/template: its headings.
 */
enum rc account_import_page(struct request *);
enum rc account_import_post(struct request *);
enum rc account_import_template(struct request *);

#endif
