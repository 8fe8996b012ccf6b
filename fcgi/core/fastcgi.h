#ifndef CORE_FASTCGI_H
#define CORE_FASTCGI_H

#include <fcgiapp.h>
#include <stdbool.h>

#include "buffer.h"

/*
 * One request of the web server on one connection. The library reads it;
 * the answer is written here, all of it in one call.
 *
 * FCGX_InitRequest() must have been given socket -1: connections are
 * accepted here, so that every read and write on them has a time limit.
 */

/*
 * Takes a connection from the non-blocking socket and reads the parameters.
 * seconds: the limit of each read and write. False where there was none, or
 * where it broke off.
 */
bool fastcgi_accept(FCGX_Request *, int socket, int seconds);

/* Reads of the body: for struct http_input, arg is the FCGX_Request. */
int fastcgi_read(void *arg, char *bytes, int size);

/* Writes head and body (NULL: none). False: the other side has gone. */
bool fastcgi_answer(
	FCGX_Request *, const struct buffer *head, const struct buffer *body);

/* Closes the connection. */
void fastcgi_end(FCGX_Request *);

#endif
