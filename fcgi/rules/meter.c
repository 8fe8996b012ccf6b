#include <stddef.h>
#include <string.h>

#include "meter.h"

const char *
meter_refused(const struct meter *last, const struct meter *now, bool replaced)
{
	if (now->reading < 0)
		return "number";
	if (now->reading > METER_MOST)
		return "too-much";
	if (!last->unit || replaced)
		return NULL;
	if (strcmp(last->unit, now->unit) != 0)
		return "other-unit";
	return now->reading < last->reading ? "lower" : NULL;
}
