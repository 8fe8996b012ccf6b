#ifndef INSTITUTION_REQUESTS_SEND_H
#define INSTITUTION_REQUESTS_SEND_H

#include "../../domain/request.h"

/* Crumbs of a page of this request; last: the page's own, or NULL. */
void requests_crumbs(
	struct request *, const struct service_request *, const char *last);

#endif
