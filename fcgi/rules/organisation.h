#ifndef RULES_ORGANISATION_H
#define RULES_ORGANISATION_H

#include <stdint.h>

/*
 * What keeps an organisation or a place of it from being ended: numbers of
 * what is still there.
 */
struct in_use {
	int64_t aids;	  /* not scrapped */
	int64_t requests; /* open */
	int64_t children; /* institutions of an umbrella that are active */
};

/* NULL, or the first of "children", "aids", "requests" that there are. */
const char *organisation_end_refused(const struct in_use *);

/*
 * A code for an address: 2 to 20 of a-z, 0-9 and -, a letter first. NULL, or
 * the reason: "code" (other characters or length), "taken" (a word that
 * addresses use themselves).
 */
const char *organisation_code_refused(const char *);

#endif
