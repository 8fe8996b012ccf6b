#ifndef RULES_METER_H
#define RULES_METER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What the meter of an aid says: hours or km, the texts meter.UNIT. It never
 * runs back, but it can be replaced by a new one.
 */
struct meter {
	const char *unit; /* NULL: never read */
	int64_t reading;
};

enum { METER_MOST = 9999999 };

/*
 * NULL: good; number (below 0), lower (than the last reading), other-unit,
 * too-much. replaced: it is a new meter.
 */
const char *meter_refused(
	const struct meter *last, const struct meter *now, bool replaced);

#endif
