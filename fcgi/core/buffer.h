#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include <stddef.h>

#include "pool.h"

/*
 * Bytes that grow. The memory is the buffer's own, freed with the pool it
 * was made in, or by buffer_free() where the pool was NULL.
 * data is always followed by a NUL that len does not count.
 */
struct buffer {
	char *data;
	size_t len;
	size_t size;
};

/* pool NULL: the caller frees both the bytes and the struct. */
struct buffer *buffer_create(struct pool *);
void buffer_free(struct buffer *);
void buffer_clear(struct buffer *);

void buffer_add(struct buffer *, const void *, size_t len);
void buffer_puts(struct buffer *, const char *);
void buffer_putc(struct buffer *, char);
void buffer_printf(struct buffer *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
