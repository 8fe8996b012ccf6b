#ifndef DOMAIN_LABEL_H
#define DOMAIN_LABEL_H

#include "../core/request.h"

/*
 * Labels for aids (X1): a QR code that opens the aid's page, its number, what
 * it is, and whom to phone. On sheets of A4 as they are sold, or on the roll
 * of a label printer, where each is a page of its own.
 */

/* Measures in tenths of a millimetre. */
struct label_sheet {
	const char *id; /* option of the field size: form.labels.size.ID */
	int page_width, page_height;
	int left, top;	   /* of the first label */
	int width, height; /* of a label */
	int gap;	   /* between two columns; rows have none */
	int columns, rows;
};

/* NULL: none of that id. */
const struct label_sheet *label_sheet_find(const char *id);

/* Labels on a sheet. */
int label_room(const struct label_sheet *);

/* Labels that one document may hold. */
enum { LABEL_MOST = 5000 };
int label_most(const struct label_sheet *);

struct label {
	const char *number;
	const char *code; /* of /q/{code} */
	const char *type; /* make and type */
};

/* The address that its code says; code: of /q/{code}. */
const char *label_href(const struct request *, const char *code);

/*
 * Answers the labels as PDF. first: place on the first sheet, from 1, left to
 * right and down; those before it are used already. At most label_most().
 */
enum rc label_answer(struct request *, const struct label_sheet *, int first,
	const struct label *, size_t count);

#endif
