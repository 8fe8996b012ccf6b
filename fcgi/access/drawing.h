#ifndef ACCESS_DRAWING_H
#define ACCESS_DRAWING_H

#include "../core/request.h"

/*
 * Documents are drawn one after the other, so that one account's must not
 * stand in everybody's way: it may take document_seconds of [limits] of a
 * minute, and where it took more it waits for a minute at most. Half of that
 * is charged when a document is begun, so that those at the same time, and
 * those whose worker dies, count too.
 */
enum { DRAWING_WAIT_SECONDS = 60 };

/* RC_OK, RC_REFUSED: not now, or RC_FAIL. r->who draws. */
enum rc drawing_begin(struct request *);

/* It is done, and took so long. */
enum rc drawing_end(struct request *, int64_t milliseconds);

#endif
