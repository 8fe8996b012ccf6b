#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cache.h"

enum { BUCKETS = 1024 };

struct entry {
	struct entry *next; /* in the bucket */
	struct entry *newer, *older;
	void *value;
	uint64_t hash;
	size_t size; /* all told */
	size_t key_len;
	char key[];
};

struct cache {
	size_t limit;
	size_t bytes;
	void (*free_value)(void *);
	struct entry *newest, *oldest;
	struct entry *buckets[BUCKETS];
};

/* FNV-1a, eight bytes at a time. */
static uint64_t
hash_of(const void *key, size_t len)
{
	const char *s = key;
	uint64_t hash = 14695981039346656037U ^ len;

	while (len > 0) {
		size_t n = len < 8 ? len : 8;
		uint64_t word = 0;

		memcpy(&word, s, n);
		hash = (hash ^ word) * 1099511628211U;
		hash ^= hash >> 32;
		s += n;
		len -= n;
	}
	return hash;
}

static void
unlink_age(struct cache *c, struct entry *e)
{
	if (e->newer)
		e->newer->older = e->older;
	else
		c->newest = e->older;
	if (e->older)
		e->older->newer = e->newer;
	else
		c->oldest = e->newer;
}

static void
link_newest(struct cache *c, struct entry *e)
{
	e->newer = NULL;
	e->older = c->newest;
	if (c->newest)
		c->newest->newer = e;
	else
		c->oldest = e;
	c->newest = e;
}

static void
drop_oldest(struct cache *c)
{
	struct entry *e = c->oldest;
	struct entry **link = &c->buckets[e->hash % BUCKETS];

	while (*link != e)
		link = &(*link)->next;
	*link = e->next;
	c->oldest = e->newer;
	if (c->oldest)
		c->oldest->older = NULL;
	else
		c->newest = NULL;
	c->bytes -= e->size;
	c->free_value(e->value);
	free(e);
}

static void
destroy(void *arg)
{
	struct cache *c = arg;

	while (c->oldest)
		drop_oldest(c);
	free(c);
}

struct cache *
cache_create(struct pool *p, size_t bytes, void (*free_value)(void *))
{
	struct cache *c = memory_alloc(sizeof(*c));

	c->limit = bytes;
	c->free_value = free_value;
	pool_cleanup(p, destroy, c);
	return c;
}

void *
cache_find(struct cache *c, const void *key, size_t len)
{
	uint64_t hash = hash_of(key, len);

	for (struct entry *e = c->buckets[hash % BUCKETS]; e; e = e->next) {
		if (e->hash != hash || e->key_len != len ||
			memcmp(e->key, key, len) != 0)
			continue;
		unlink_age(c, e);
		link_newest(c, e);
		return e->value;
	}
	return NULL;
}

bool
cache_add(
	struct cache *c, const void *key, size_t len, void *value, size_t size)
{
	size_t all = sizeof(struct entry) + len + size;
	struct entry *e;

	if (all > c->limit / 4)
		return false;
	while (c->bytes + all > c->limit)
		drop_oldest(c);
	e = memory_alloc(sizeof(*e) + len);
	memcpy(e->key, key, len);
	e->key_len = len;
	e->hash = hash_of(key, len);
	e->value = value;
	e->size = all;
	e->next = c->buckets[e->hash % BUCKETS];
	c->buckets[e->hash % BUCKETS] = e;
	c->bytes += all;
	link_newest(c, e);
	return true;
}
