#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stdbool.h>

/*
 * The memory that libxml2 and libxslt take during a request: one region,
 * given back at once at its end. A third of a page's time went into malloc
 * and free.
 *
 * What must outlive the request is taken outside arena_begin() and
 * arena_end(), or between arena_pause() and arena_resume(). What was taken
 * before may be freed and may grow within. A request that wants more than
 * the region holds goes on with malloc(). Where that has nothing left the
 * process ends: the library would leave out what it has no memory for, and the
 * page would look whole.
 */

/* First of all that touches libxml2, in main(). */
void arena_setup(void);

void arena_begin(void);

/* All of it is gone: nobody may still hold a document of this request. */
void arena_end(void);

/* Nest. Without effect outside a request. */
void arena_pause(void);
void arena_resume(void);

/*
 * Does all that was taken since arena_begin() lie in the region? Then a
 * tree of this request need not be freed.
 */
bool arena_whole(void);

#endif
