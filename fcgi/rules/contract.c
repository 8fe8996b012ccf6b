#include <stdbool.h>
#include <string.h>

#include "contract.h"

/* Does it end before that day? */
static bool
ends_before(const struct contract_span *s, const char *day)
{
	return s->until && strcmp(s->until, day) < 0;
}

const char *
contract_refused(const struct contract_span *s,
	const struct contract_span *others, size_t count)
{
	if (ends_before(s, s->from))
		return "until";
	for (size_t i = 0; i < count; i++)
		if (!ends_before(s, others[i].from) &&
			!ends_before(&others[i], s->from))
			return "overlap";
	return NULL;
}
