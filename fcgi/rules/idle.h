#ifndef RULES_IDLE_H
#define RULES_IDLE_H

#include "account.h"

/*
 * What becomes of an account that nobody uses (C9), a step a day. Days are
 * those of calendar.h.
 *
 *   active       5 months without log-in: warned; warned again 3 weeks before
 *                it is deactivated, at 6 months
 *   deactivated  23 months without log-in: warned; ended at 24
 *   invited      never activated: warned 3 weeks before it is ended, 6 months
 *                after its last link ended; what was active once goes by the
 *                24 months
 *
 * No end without a warning IDLE_NOTICE_DAYS before it, however late that
 * came: where this did not run for a while all moves on by as much. Who can't
 * be warned, because there is no address, is not waited for.
 */
enum { IDLE_NOTICE_DAYS = 21 };

enum idle_step {
	IDLE_NOTHING,
	IDLE_WARN,	 /* the first time */
	IDLE_WARN_AGAIN, /* the last time before it is deactivated */
	IDLE_DEACTIVATE,
	IDLE_WARN_END,
	IDLE_END
};

struct idle_facts {
	enum account_state state;
	bool was_active; /* once */
	bool has_address;
	int since; /* last log-in, activation, reactivation, or link */
	/* When warned, since then; 0: not. */
	int warned, warned_again, end_warned;
};

/* *day: when what it warns of happens. */
enum idle_step idle_next(const struct idle_facts *, int today, int *day);

#endif
