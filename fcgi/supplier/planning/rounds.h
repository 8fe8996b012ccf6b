#ifndef SUPPLIER_PLANNING_ROUNDS_H
#define SUPPLIER_PLANNING_ROUNDS_H

#include "../../core/request.h"
#include "../../db/db.h"

/* What is to be done on a day, by who does it: day.c finds it. */
enum { ROUND_JOBS_MAX = 500 };

struct rounds {
	const char *date;
	/* What was asked for; NULL: all. */
	const char *mechanic, *branch, *kind;
	bool nobody;		  /* what no mechanic has */
	bool ignored;		  /* something was out of range */
	const char *name, *phone; /* of that one mechanic */
	bool clients;		  /* their names may be shown, and are logged */
	bool cut;		  /* there is more */
	struct db_rows jobs, aids;
};

/* What a page has and paper has not. */
struct rounds_page {
	const char *(*pdf)(struct request *, const struct rounds *,
		const char *format, const char *date, const char *mechanic);
	void (*action)(struct request *, struct db_row);
};

/*
 * A <round> for each mechanic, the last one nobody's; of one who is asked
 * for also where there is nothing to do. page NULL: for paper.
 */
void rounds_write(struct request *, struct xml *, const struct rounds *,
	const struct rounds_page *page);

/* What <rounds> says of itself, on the page and on paper. */
void rounds_attributes(struct xml *, const struct rounds *);

/* The answer as PDF: xslt/print/rounds.fo.xsl. */
enum rc rounds_print(struct request *, const struct rounds *);

#endif
