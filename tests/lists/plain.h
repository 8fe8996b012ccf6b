#ifndef TESTS_LISTS_PLAIN_H
#define TESTS_LISTS_PLAIN_H

#include "db/db.h"

/*
 * What a list means, in the plainest SQL: every name joined, every place
 * looked up row by row. :account, :membership, :organisation, :branch (0:
 * every one), :all and :lang are the viewer's.
 */
struct plain_sort {
	const char *id;
	const char *sql;
};

struct plain_filter {
	const char *id;
	const char *sql;    /* ? is the value */
	int on;		    /* index of the filter it depends on; -1: none */
	const char *values; /* expression of one there is, or: */
	const char *const *choices; /* up to a NULL */
};

struct plain {
	const char *id;
	enum db_portal portal;
	const char *size; /* of a page */
	const char *key, *tie;
	const char *from, *where;
	const char
		*unset; /* holds while no filter of a state or a code is set */
	struct plain_sort sorts[16];
	struct plain_filter filters[12];
};

enum { PLAIN_COUNT = 5 };

extern const struct plain plains[PLAIN_COUNT];

#endif
