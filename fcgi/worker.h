#ifndef WORKER_H
#define WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/config.h"
#include "core/render.h"

/*
 * A process that answers requests, one at a time, or does the jobs or
 * draws the exports. Begun by
 * fork in the supervisor, with every signal blocked.
 */
enum worker_kind {
	WORKER_PAGES,
	WORKER_DOCUMENTS,
	WORKER_JOBS,
	WORKER_EXPORTS,
	WORKER_KINDS
};

extern const char *const worker_names[WORKER_KINDS];

struct worker {
	enum worker_kind kind;
	const struct config *config;
	struct render *render;
	int socket; /* listening, non-blocking; -1 for jobs and exports */
	volatile bool *served; /* set before it answers its first request */
	pid_t parent;	       /* it ends when this one is gone */
};

/*
 * Works until SIGTERM, and then ends the request it has first. SIGHUP and
 * SIGINT are the supervisor's business. A request that takes longer than
 * request_seconds ends the process; one that left it bigger than half of
 * memory_mb too, after the answer. Status 0 at a stop asked for.
 */
_Noreturn void worker_run(const struct worker *);

#endif
