#ifndef CORE_MULTIPART_H
#define CORE_MULTIPART_H

#include "request.h"

/*
 * Forms with files (RFC 7578). http_parse() keeps such a body as it came, in
 * r->upload; a route that takes files (ROUTE_UPLOAD) has it parsed.
 */

/* The boundary of a Content-Type, in the pool; NULL: it is none of these. */
const char *multipart_boundary(struct pool *, const char *type);

/*
 * Fills r->post and r->files. RC_OK, or RC_INVALID: no such body, too many
 * parts, or a field that no form would send (text_clean()).
 */
enum rc multipart_parse(struct request *);

#endif
