#ifndef DOMAIN_DOCUMENT_REQUEST_H
#define DOMAIN_DOCUMENT_REQUEST_H

#include "request.h"

/*
 * The document of a request as it is now, in that language:
 * schema/rng/document.rng. issued: 2026-11-22T03:10:00Z. It shows what
 * everybody with the request may see: no prices. NULL: the database.
 */
xmlDoc *document_request(struct request *, const struct service_request *,
	const char *lang, const char *issued);

#endif
