#ifndef RULES_CONTRACT_H
#define RULES_CONTRACT_H

#include <stddef.h>

/*
 * Contracts of an organisation: AD, rent, price list, core assortment. Of one
 * kind there is at most one on a day. Dates are YYYY-MM-DD and exist in the
 * calendar; both ends belong to it; until NULL: until further notice.
 */
struct contract_span {
	const char *from;
	const char *until;
};

/*
 * NULL, or why it can't stand beside the others of its kind: "until" (it ends
 * before it begins), "overlap".
 */
const char *contract_refused(const struct contract_span *,
	const struct contract_span *others, size_t count);

#endif
