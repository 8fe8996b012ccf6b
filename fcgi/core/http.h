#ifndef CORE_HTTP_H
#define CORE_HTTP_H

#include "buffer.h"
#include "request.h"

/* What the web server sent: its parameters, and the body to be read. */
struct http_input {
	char *const *params; /* "NAME=value", NULL at the end */
	/* Reads up to size bytes; 0 at the end, -1 where it broke off. */
	int (*read)(void *arg, char *bytes, int size);
	void *arg;
	/* What a form with files may hold at this address, in bytes; NULL:
	 * REQUEST_UPLOAD_MAX everywhere. More than that is kept in a file. */
	int64_t (*most)(const struct request *);
};

/*
 * Fills the request: id, method, format, path, query and form, address,
 * cookies. Always reads the body to its end; what is too long is drained.
 * Answers 0, or the status that refuses it: 400, 405, 413, 415.
 */
int http_parse(struct request *, const struct http_input *);

/*
 * Writes the head of the answer: status, security headers, what the
 * response says of itself, its length, and the empty line. Where the
 * response has a location the body is left out.
 */
void http_head(const struct request *, struct buffer *out);

/* ".xml" and so on, "" for HTML. */
const char *http_suffix(enum format);

#endif
