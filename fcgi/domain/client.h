#ifndef DOMAIN_CLIENT_H
#define DOMAIN_CLIENT_H

#include <stdint.h>

#include "../core/request.h"

/*
 * The client record of an organisation (C27) for a name as typed: the one
 * of that name at the location, else one of that name without a location,
 * else a new one. location_id 0: not known. In the caller's transaction.
 */
enum rc client_for_name(struct request *, int64_t organisation_id,
	int64_t location_id, const char *name, int64_t *id);

/* RC_OK: a record of that organisation in scope; RC_NOTFOUND; RC_FAIL. */
enum rc client_known(struct request *, int64_t organisation_id, int64_t id);

#endif
