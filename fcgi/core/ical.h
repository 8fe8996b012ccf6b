#ifndef CORE_ICAL_H
#define CORE_ICAL_H

#include "buffer.h"

/*
 * Lines of an iCalendar object (RFC 5545): folded at 75 octets, never within
 * a character, each ended by CR LF.
 */

/* name: with its parameters. The value stands as it is: a date, an address. */
void ical_line(struct buffer *, const char *name, const char *value);

/* The same of a text: backslash, semicolon, comma and line feed are escaped,
 * other control characters left out. */
void ical_text(struct buffer *, const char *name, const char *value);

#endif
