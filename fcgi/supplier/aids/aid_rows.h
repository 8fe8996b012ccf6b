#ifndef SUPPLIER_AIDS_AID_ROWS_H
#define SUPPLIER_AIDS_AID_ROWS_H

#include "../../domain/aid_manage.h"
#include "../../engine/import.h"

/*
 * Aids as rows of a table. An aid is known by its object number, else by
 * product and serial number; one that is not known yet is new. An empty cell
 * of a known one stays as it is.
 */

/* Of the kind's columns, in their order. */
enum aid_column {
	COLUMN_NUMBER,
	COLUMN_SERIAL,
	COLUMN_ARTICLE,
	COLUMN_OWNER,
	COLUMN_HOLDER,
	COLUMN_LOCATION,
	COLUMN_DEPARTMENT,
	COLUMN_CONDITION,
	COLUMN_BOUGHT,
	COLUMN_PRICE,
	COLUMN_RENT_FROM,
	COLUMN_DAY_PRICE,
	COLUMN_INSPECTED,
	AID_COLUMNS
};

enum aid_row_deed { AID_ROW_SAME, AID_ROW_NEW, AID_ROW_CHANGED };

struct aid_row {
	int line;
	enum aid_row_deed deed;
	struct aid_draft draft; /* as it will be; 0, NULL: as it is */
	const char *number;	/* NULL: one is given */
	const char *product;	/* make and type */
	const char *place;	/* as typed */
	struct aid aid;		/* a known one */
	bool corrects, moves;
};

struct aid_rows {
	size_t count;
	struct aid_row *rows;
	size_t counts[AID_ROW_CHANGED + 1]; /* by deed */
};

/* Checks them in the scope of who sends them; thing: aid_rows. */
enum rc aid_rows_check(struct import *);

#endif
