#ifndef JOBS_IDLE_H
#define JOBS_IDLE_H

#include <time.h>

#include "../core/request.h"

/*
 * The accounts that nobody uses (C9): warns, deactivates and ends them by
 * rules/idle.h, at most one step each. Each account is a transaction of its
 * own, that also keeps that it was warned: run again, or after it was killed
 * half-way, it does what was not done. The advisor of an organisation (or the
 * branch, where it has none; for the supplier's own staff the address of the
 * brand) is told before its last administrator goes, and when that happened.
 *
 * r: a request of the jobs' own, with nobody signed in. now: the clock it goes
 * by. RC_FAIL: the database; one account that fails by itself is logged, and
 * the others go on.
 */
enum rc idle_run(struct request *r, time_t now);

#endif
