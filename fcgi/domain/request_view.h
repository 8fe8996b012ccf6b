#ifndef DOMAIN_REQUEST_VIEW_H
#define DOMAIN_REQUEST_VIEW_H

#include "request.h"

/*
 * What the pages of all portals show of a request, written where the HTTP
 * request's XML is open. The caller has logged who sees the client.
 */

/* <detail id="request">, and one <detail id="request-aid"> for each line. */
void request_write_detail(struct request *, const struct service_request *);

/* <timeline id="request">: what happened, where it is, what comes next. */
enum rc request_write_timeline(
	struct request *, const struct service_request *);

/*
 * Whom to phone, since a request can't be cancelled here (C23, C24):
 * <notes> and <detail id="request-phone">.
 */
void request_write_phone(struct request *, const struct service_request *);

/* Logs that the account sees the client of it; to call before writing. */
enum rc request_audit(
	struct request *, const struct service_request *, const char *action);

#endif
