#ifndef RULES_MESSAGE_H
#define RULES_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What is said about a request: by either side for as long as it runs, and
 * MESSAGE_DAYS more, so that what was done can be asked about. Dates are
 * YYYY-MM-DD and exist.
 */
enum { MESSAGE_DAYS = 30 };

/* ended_on: NULL while the request runs. */
bool message_allowed(const char *ended_on, const char *today);

enum { FILE_NAME_MOST = 100 /* characters */ };

/*
 * A file's name as it is shown and given back: what stands behind the last
 * slash, without what no file system takes, at most FILE_NAME_MOST characters
 * and ending in .pdf. result has room for strlen(name) + 16 bytes.
 */
void message_file_name(const char *name, char *result);

/* Does it begin and end as a PDF does? */
bool message_is_pdf(const char *bytes, size_t len);

#endif
