#ifndef JOBS_SEALER_H
#define JOBS_SEALER_H

#include <stdbool.h>

#include "../core/config.h"
#include "../db/db.h"

/*
 * Seals what was written to the log of who saw what and has settled: rows
 * config->audit.settle_seconds old, which those still under way with a lower
 * number precede (access/audit_chain.h). Nobody who reads or writes the log
 * waits for it. Several may run at once: one of them seals a batch. Each batch
 * is told in the portal's log, with its hash. *more: it did its share of what
 * there is, and is to be called again soon. RC_OK or RC_FAIL.
 */
enum { SEALER_ROWS = 10000 };

enum rc sealer_run(struct db *, const struct config *, bool *more);

#endif
