#ifndef DOMAIN_AID_LIFE_H
#define DOMAIN_AID_LIFE_H

#include "aid.h"

/*
 * 'De hele levensloop' of an aid as PDF (I12, S7): what it is, where it is
 * and whose; its rentals, its inspections, all that happened to it and, with
 * the right, what that cost. Each row by its own scope: an institution has
 * those of its own organisation, the supplier all.
 *
 * Answers the file, or where it is long the page that offers to make it. href:
 * of the aid's page.
 */
enum rc aid_life_pdf(struct request *, const struct aid *, const char *href);

/* What it cost so far, within scope: work_cents and rent_cents. */
enum rc aid_cost(struct request *, int64_t aid, struct db_row *cost);

#endif
