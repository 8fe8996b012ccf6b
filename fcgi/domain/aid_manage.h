#ifndef DOMAIN_AID_MANAGE_H
#define DOMAIN_AID_MANAGE_H

#include "aid.h"

/*
 * What the branch does to an aid by hand (S7): in the caller's transaction,
 * within its scope, with a line in the aid's history that says why.
 * RC_CONFLICT: it was changed since that version.
 */
struct aid_draft {
	int64_t product_id;
	int64_t number; /* 0: the next */
	const char *serial;
	const char *condition; /* new, good, worn, poor */
	int64_t holder_id;     /* 0: nobody's yet, it is the supplier's stock */
	int64_t place_id;
	bool rented;	       /* the supplier's, in the holder's hands */
	const char *bought_on; /* or NULL, as those below */
	const char *price_cents;
	const char *rent_from;
	const char *day_cents;
	const char *inspected_on; /* approved by someone, before it came here */
	const char *inspection_due;
};

/*
 * Registers it, and the rental where it is one; *number: what it is known by.
 * RC_CONFLICT: that number is taken. RC_NOTFOUND: a holder or place out of
 * scope, or not of each other.
 */
enum rc aid_register(
	struct request *, const struct aid_draft *, int64_t *number);

/* What was typed wrong: serial, condition, bought_on, price_cents. */
enum rc aid_correct(struct request *, const struct aid *,
	const struct aid_draft *, int64_t version, const char *reason);

/* As things are now; *refused: aid_hand_refused() with what is under way. */
enum rc aid_judge(struct request *, const struct aid *, enum aid_deed,
	const char **refused);

/*
 * Stands elsewhere, without a request: in a place of its holder, or a depot
 * of the supplier's. *refused: aid_hand_refused().
 */
enum rc aid_relocate(struct request *, const struct aid *, int64_t place,
	int64_t version, const char *reason, const char **refused);

/* For good. *refused: aid_hand_refused(). */
enum rc aid_scrap(struct request *, const struct aid *, int64_t version,
	const char *reason, const char **refused);

#endif
