#ifndef JOBS_MAIL_HEADER_H
#define JOBS_MAIL_HEADER_H

#include <time.h>

#include "../core/pool.h"

/*
 * Values of mail headers (RFC 5322), in ASCII: what isn't becomes
 * encoded words (RFC 2047), folded one a line; a control character becomes
 * a space, so that no value ends its header.
 */

/* Free text, as of a subject. */
char *mail_header_text(struct pool *, const char *text);

/* "Name" <address>; the address alone where there is no name. */
char *mail_header_address(struct pool *, const char *name, const char *address);

/* Sun, 22 Nov 2026 03:10:00 +0000 */
char *mail_header_date(struct pool *, time_t);

#endif
