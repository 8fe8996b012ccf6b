#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include <signal.h>
#include <stdbool.h>

#include "../core/config.h"
#include "../core/render.h"

struct db;

/*
 * The work behind the pages: sends what is in the outbox, and cleans up
 * what has served. Runs until *stop is set, which is looked at between two
 * pieces of work and at least each second. db: connected as the jobs' user;
 * several processes may run at once. Answers the exit status.
 */
int jobs_run(struct db *, struct render *, const struct config *,
	const volatile sig_atomic_t *stop);

#endif
