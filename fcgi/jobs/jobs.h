#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include <signal.h>

#include "../core/config.h"

/*
 * What happens without anybody asking: mail and SMS from the outbox, and the
 * nightly work. Runs in a process of its own until *stop is set by SIGTERM,
 * which waits for a mail under way; loads what it needs itself.
 * Several may run at once. Answers the exit status, 0 after a stop.
 */
int jobs_run(const struct config *, volatile sig_atomic_t *stop);

#endif
