#ifndef BRAKE_H
#define BRAKE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The brake on a pool whose workers end as soon as they start, so that a
 * portal which can't run doesn't take the machine. Milliseconds of a clock
 * that only goes on; all zero to begin with.
 */
enum {
	BRAKE_QUICK_MS = 200, /* a worker that lives shorter ended at once */
	BRAKE_FREE = 5,	      /* so many of them in a row without a pause */
	BRAKE_MS = 50,	      /* then this, doubled each time */
	BRAKE_MAX_MS = 5000
};

struct brake {
	int quick;	    /* ended at once, in a row */
	int64_t not_before; /* the next one starts */
};

/*
 * A worker that started then ended now. served: it had a request, so it was
 * that which ended it; the next one comes at once. Answers for how long the
 * pool is held back, 0: not at all.
 */
int64_t brake_ended(struct brake *, int64_t started, int64_t now, bool served);

/* Holds it back as long as it ever does. */
void brake_hold(struct brake *, int64_t now);

#endif
