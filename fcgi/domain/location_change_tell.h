#ifndef DOMAIN_LOCATION_CHANGE_TELL_H
#define DOMAIN_LOCATION_CHANGE_TELL_H

#include "location_change.h"

/*
 * Mails what happened to it to those of enum location_told, once to each
 * address: texts mail.location-change.EVENT.TOLD.subject and .text, {1} the
 * number, {2} the location, {3} the organisation. In the caller's transaction.
 */
enum rc location_change_tell(struct request *, const struct location_change *,
	enum location_event, unsigned told);

#endif
