#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"

static void
free_bytes(void *arg)
{
	struct buffer *b = arg;

	free(b->data);
	b->data = NULL;
}

void
buffer_reserve(struct buffer *b, size_t more)
{
	size_t need = b->len + more + 1;
	size_t size = b->size ? b->size : 256;

	if (need <= b->size)
		return;
	while (size < need)
		size *= 2;
	b->data = memory_grow(b->data, size);
	b->size = size;
}

struct buffer *
buffer_create(struct pool *p)
{
	struct buffer *b;

	if (p) {
		b = pool_alloc(p, sizeof(*b));
		pool_cleanup(p, free_bytes, b);
	} else {
		b = memory_alloc(sizeof(*b));
	}
	buffer_reserve(b, 0);
	b->data[0] = '\0';
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

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len <= 0)
		return;
	buffer_reserve(b, (size_t)len);
	va_start(args, format);
	vsnprintf(b->data + b->len, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
}
