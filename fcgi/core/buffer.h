#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "pool.h"

/*
 * Bytes that grow. The memory goes with the pool it was made in, or by
 * buffer_free() where the pool was NULL.
 * data is always followed by a NUL that len does not count.
 */
struct buffer {
	char *data;
	size_t len;
	size_t size;
	struct pool *pool;
	bool grown; /* out of the pool, into memory of its own */
};

/* pool NULL: the caller frees both the bytes and the struct. */
struct buffer *buffer_create(struct pool *);
void buffer_free(struct buffer *);
void buffer_clear(struct buffer *);

/* Room for so many bytes more, and the NUL. */
void buffer_reserve(struct buffer *, size_t more);

static inline void
buffer_add(struct buffer *b, const void *bytes, size_t len)
{
	if (b->size - b->len <= len)
		buffer_reserve(b, len);
	if (len)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buffer_puts(struct buffer *, const char *);
void buffer_putc(struct buffer *, char);
void buffer_printf(struct buffer *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
