#ifndef CORE_AGENT_H
#define CORE_AGENT_H

#include "pool.h"

/*
 * A browser as people call it, from its User-Agent: "Firefox, Windows". Only
 * for the eye: what it says of itself proves nothing. "" where it says
 * nothing that is known.
 */
const char *agent_name(struct pool *, const char *agent);

#endif
