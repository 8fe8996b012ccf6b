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
drop(struct cache *c, struct entry *e)
{
	struct entry **link = &c->buckets[e->hash % BUCKETS];

	while (*link != e)
		link = &(*link)->next;
	*link = e->next;
	unlink_age(c, e);
	c->bytes -= e->size;
	c->free_value(e->value);
	free(e);
}

/* Until no more than so many bytes are left. */
static void
drop_oldest(struct cache *c, size_t bytes)
{
	struct entry *next;

	for (struct entry *e = c->oldest; e && c->bytes > bytes; e = next) {
		next = e->newer;
		drop(c, e);
	}
}

static void
destroy(void *arg)
{
	struct cache *c = arg;

	drop_oldest(c, 0);
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

static struct entry *
find(const struct cache *c, const void *key, size_t len)
{
	uint64_t hash = hash_of(key, len);
	struct entry *e = c->buckets[hash % BUCKETS];

	while (e && (e->hash != hash || e->key_len != len ||
			    memcmp(e->key, key, len) != 0))
		e = e->next;
	return e;
}

void *
cache_find(struct cache *c, const void *key, size_t len)
{
	struct entry *e = find(c, key, len);

	if (!e)
		return NULL;
	if (e != c->newest) {
		unlink_age(c, e);
		link_newest(c, e);
	}
	return e->value;
}

void
cache_drop(struct cache *c, const void *key, size_t len)
{
	struct entry *e = find(c, key, len);

	if (e)
		drop(c, e);
}

bool
cache_add(
	struct cache *c, const void *key, size_t len, void *value, size_t size)
{
	size_t all = sizeof(struct entry) + len + size;
	struct entry *e;

	if (all > c->limit / 4)
		return false;
	drop_oldest(c, c->limit - all);
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
