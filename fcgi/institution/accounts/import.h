#ifndef INSTITUTION_ACCOUNTS_IMPORT_H
#define INSTITUTION_ACCOUNTS_IMPORT_H

#include "../../core/csv.h"
#include "../../domain/account.h"

/*
 * Accounts from a table: a row of headings, in Dutch or English, in any
 * order, then one account a row. All of it is good, or nothing is made.
 */
enum {
	IMPORT_ROWS_MAX = 1000,
	IMPORT_ERRORS_MAX = 200,
	IMPORT_PLACES_MAX = 50
};

enum import_column {
	IMPORT_NAME,
	IMPORT_EMAIL,
	IMPORT_ROLE,
	IMPORT_ORDERS,
	IMPORT_REPAIR, /* and the other services, as account_services[] */
	IMPORT_PLACES = IMPORT_REPAIR + ACCOUNT_SERVICES,
	IMPORT_COLUMNS
};

/* Its name; its headings are the texts account.import.column.NAME. */
extern const char *const import_columns[IMPORT_COLUMNS];

struct import_row {
	int line;
	struct account_draft draft;
	const char *authorisers[ACCOUNT_SERVICES]; /* addresses; NULL: self */
	struct account_place places[IMPORT_PLACES_MAX];
	size_t place_count;
	const char *place_names; /* as typed */
};

struct import_error {
	int line;
	int column;	   /* enum import_column, or -1: of the whole line */
	const char *what;  /* text account.import.error.WHAT */
	const char *value; /* {1} of it */
};

struct import {
	size_t count;
	struct import_row *rows;
	size_t error_count; /* up to IMPORT_ERRORS_MAX are kept */
	struct import_error errors[IMPORT_ERRORS_MAX];
};

/* Reads and checks all of it for the organisation of r->who: every error at
 * once. RC_OK, also with errors, or RC_FAIL. */
enum rc import_read(struct request *, const char *text, struct import *);

/* Makes the accounts of an import without errors, in the caller's
 * transaction. RC_CONFLICT: meanwhile one of the addresses is taken. */
enum rc import_carry_out(struct request *, const struct import *);

#endif
