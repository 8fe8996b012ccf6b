#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"

/* What most values fit in. */
enum { SMALL = 112, LARGE = 1024 };

static void
free_bytes(void *arg)
{
	struct buffer *b = arg;

	free(b->data);
	b->data = NULL;
}

/* From the pool's memory into some of its own. */
static void
leave_pool(struct buffer *b, size_t size)
{
	char *small = b->data;

	b->data = memory_take(size);
	memcpy(b->data, small, b->len + 1);
	pool_cleanup(b->pool, free_bytes, b);
	b->grown = true;
}

void
buffer_reserve(struct buffer *b, size_t more)
{
	size_t need = b->len + more + 1;
	size_t size = b->size < LARGE ? LARGE : b->size;

	if (need <= b->size)
		return;
	while (size < need)
		size *= 2;
	if (b->pool && !b->grown)
		leave_pool(b, size);
	else
		b->data = memory_grow(b->data, size);
	b->size = size;
}

struct buffer *
buffer_create(struct pool *p)
{
	struct buffer *b = p ? pool_alloc(p, sizeof(*b) + SMALL)
			     : memory_alloc(sizeof(*b));

	b->pool = p;
	if (p) {
		b->data = (char *)(b + 1);
		b->size = SMALL;
	} else {
		buffer_reserve(b, 0);
		b->data[0] = '\0';
	}
	return b;
}

void
buffer_free(struct buffer *b)
{
	if (!b)
		return;
	free(b->data);
	free(b);
}

void
buffer_clear(struct buffer *b)
{
	b->len = 0;
	b->data[0] = '\0';
}

void
buffer_puts(struct buffer *b, const char *s)
{
	buffer_add(b, s, strlen(s));
}

void
buffer_putc(struct buffer *b, char c)
{
	buffer_add(b, &c, 1);
}

void
buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	int len;

	/* Into what is left: as a rule it fits. */
	va_start(args, format);
	len = vsnprintf(b->data + b->len, b->size - b->len, format, args);
	va_end(args);
	if (len > 0 && (size_t)len >= b->size - b->len) {
		buffer_reserve(b, (size_t)len);
		va_start(args, format);
		vsnprintf(b->data + b->len, (size_t)len + 1, format, args);
		va_end(args);
	}
	b->len += len > 0 ? (size_t)len : 0;
}
