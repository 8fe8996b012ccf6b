#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include <signal.h>

#include "../core/config.h"
#include "../core/render.h"

/*
 * What happens without anybody asking: mail and SMS from the outbox, and the
 * nightly work. Runs in a process of its own until *stop is set by SIGTERM,
 * which waits for a mail under way; load_all() was called before.
 * Several may run at once. Answers the exit status, 0 after a stop.
 */
int jobs_run(
	const struct config *, struct render *, volatile sig_atomic_t *stop);

/*
 * `hulpbalie night`: the nightly work at once: what has served is deleted,
 * accounts that nobody uses go on (jobs/idle.h). Loads what it needs itself.
 * Twice is as good as once.
 * Answers the exit status.
 */
int jobs_night(const struct config *);

#endif
