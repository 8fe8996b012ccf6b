#ifndef SEED_COURSE_H
#define SEED_COURSE_H

#include "seed.h"

/*
 * The steps of a job up to the state where it must end, by the rules of
 * rules/request_state.h: a step that they refuse ends the program.
 */
enum { COURSE_STEPS = 24 };

struct step {
	enum request_event event;
	enum request_state from, to;
	int64_t at;
	int actor; /* account */
	int day;
	const char *part, *reason;
};

struct course {
	int count;
	struct step steps[COURSE_STEPS];
	int wished, planned, done, held_until; /* days */
	const char *part;
	bool mechanic; /* one was named */
	bool workshop; /* it went there */
	bool no_fault;
};

/* The same job gives the same course. */
struct course course_of(const struct world *, const struct job *);

/* The moment of the last step. */
int64_t course_end(const struct course *);

#endif
