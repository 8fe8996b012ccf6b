#ifndef INSTITUTION_ACCOUNTS_ACCOUNT_ROWS_H
#define INSTITUTION_ACCOUNTS_ACCOUNT_ROWS_H

#include "../../domain/account.h"
#include "../../engine/import.h"

/* Accounts as rows of a table. */
enum { ROW_PLACES_MAX = 50 };

/* Of the kind's columns, in their order. */
enum account_column {
	COLUMN_NAME,
	COLUMN_EMAIL,
	COLUMN_ROLE,
	COLUMN_ORDERS,
	COLUMN_REPAIR, /* and the other services, as account_services[] */
	COLUMN_PLACES = COLUMN_REPAIR + ACCOUNT_SERVICES,
	ACCOUNT_COLUMNS
};

struct account_row {
	int line;
	struct account_draft draft;
	const char *authorisers[ACCOUNT_SERVICES]; /* addresses; NULL: self */
	struct account_place places[ROW_PLACES_MAX];
	size_t place_count;
	const char *place_names; /* as typed */
};

struct account_rows {
	size_t count;
	struct account_row *rows;
};

/* Checks them for the organisation of who sends them; thing: account_rows. */
enum rc account_rows_check(struct import *);

/* Makes the accounts, in the caller's transaction. RC_CONFLICT: meanwhile one
 * of the addresses is taken. */
enum rc account_rows_make(struct request *, const struct account_rows *);

#endif
