#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"

enum { BLOCK_SIZE = 64 * 1024, ALIGN = alignof(max_align_t) };

struct block {
	struct block *next;
	size_t size;
	size_t used;
	alignas(max_align_t) char data[];
};

struct cleanup {
	struct cleanup *next;
	void (*fn)(void *);
	void *arg;
};

struct pool {
	struct block *blocks; /* the newest first; the last is kept */
	struct cleanup *cleanups;
	size_t used;
};

void
memory_out(void)
{
	static const char text[] =
		"{\"level\":\"error\",\"event\":\"memory\"}\n";

	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	_exit(71);
}

void *
memory_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		memory_out();
	return p;
}

void *
memory_grow(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		memory_out();
	return p;
}

void *
memory_take(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		memory_out();
	return p;
}

static struct block *
block_create(size_t size)
{
	struct block *b = memory_take(sizeof(*b) + size);

	b->next = NULL;
	b->size = size;
	b->used = 0;
	return b;
}

struct pool *
pool_create(void)
{
	struct pool *p = memory_alloc(sizeof(*p));

	p->blocks = block_create(BLOCK_SIZE);
	return p;
}

static void
run_cleanups(struct pool *p)
{
	while (p->cleanups) {
		struct cleanup *c = p->cleanups;

		p->cleanups = c->next;
		c->fn(c->arg);
	}
}

void
pool_reset(struct pool *p)
{
	struct block *b = p->blocks;

	run_cleanups(p);
	while (b->next) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
	b->used = 0;
	p->blocks = b;
	p->used = 0;
}

void
pool_destroy(struct pool *p)
{
	if (!p)
		return;
	pool_reset(p);
	free(p->blocks);
	free(p);
}

static size_t
round_up(size_t size)
{
	return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

/* The next bytes of a block, which has them. */
static void *
take(struct pool *p, struct block *b, size_t size)
{
	void *result = b->data + b->used;
	size_t need = round_up(size);

	b->used += need;
	p->used += need;
	return result;
}

void *
pool_alloc(struct pool *p, size_t size)
{
	struct block *b = p->blocks;
	size_t need = round_up(size);

	if (need < size)
		memory_out();
	if (b->size - b->used < need) {
		struct block *n =
			block_create(need > BLOCK_SIZE ? need : BLOCK_SIZE);

		n->next = b;
		p->blocks = b = n;
	}
	return memset(take(p, b, need), 0, need);
}

void *
pool_calloc(struct pool *p, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		memory_out();
	return pool_alloc(p, total);
}

char *
pool_strndup(struct pool *p, const char *s, size_t len)
{
	char *copy;

	if (!s)
		return NULL;
	copy = pool_alloc(p, len + 1);
	memcpy(copy, s, len);
	return copy;
}

char *
pool_strdup(struct pool *p, const char *s)
{
	return s ? pool_strndup(p, s, strlen(s)) : NULL;
}

char *
pool_vprintf(struct pool *p, const char *format, va_list args)
{
	struct block *b = p->blocks;
	size_t room = b->size - b->used;
	va_list again;
	char *text;
	int len;

	/* Into what is left of the block: as a rule it fits. */
	va_copy(again, args);
	len = vsnprintf(b->data + b->used, room, format, again);
	va_end(again);
	if (len < 0)
		memory_out();
	if ((size_t)len < room)
		return take(p, b, (size_t)len + 1);
	text = pool_alloc(p, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return text;
}

char *
pool_printf(struct pool *p, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = pool_vprintf(p, format, args);
	va_end(args);
	return text;
}

void
pool_cleanup(struct pool *p, void (*fn)(void *), void *arg)
{
	struct cleanup *c = pool_alloc(p, sizeof(*c));

	c->fn = fn;
	c->arg = arg;
	c->next = p->cleanups;
	p->cleanups = c;
}

size_t
pool_used(const struct pool *p)
{
	return p->used;
}
