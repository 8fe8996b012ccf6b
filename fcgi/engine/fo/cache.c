#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cache.h"

enum { BUCKETS = 8192, KEEP_BYTES = 6 * 1024 * 1024 };

struct entry {
	struct entry *next;
	struct fo_text *text;
	uint64_t hash;
	size_t size;   /* all told */
	unsigned used; /* in which document last */
	size_t key_len;
	char key[];
};

struct fo_cache {
	size_t bytes;
	unsigned document;
	struct entry *buckets[BUCKETS];
};

static void
free_entry(struct fo_cache *c, struct entry *e)
{
	for (int l = 0; l < e->text->line_count; l++) {
		const struct fo_line *line = &e->text->lines[l];

		for (int r = 0; r < line->run_count; r++) {
			if (line->runs[r].font)
				cairo_scaled_font_destroy(line->runs[r].font);
		}
	}
	c->bytes -= e->size;
	free(e->text);
	free(e);
}

/* Entries last used before that document. */
static void
drop(struct fo_cache *c, unsigned before)
{
	for (size_t i = 0; i < BUCKETS; i++) {
		struct entry **link = &c->buckets[i];

		while (*link) {
			struct entry *e = *link;

			if (e->used < before) {
				*link = e->next;
				free_entry(c, e);
			} else {
				link = &e->next;
			}
		}
	}
}

static void
free_cache(void *arg)
{
	struct fo_cache *c = arg;

	drop(c, UINT32_MAX);
}

struct fo_cache *
fo_cache_create(struct pool *p)
{
	struct fo_cache *c = pool_alloc(p, sizeof(*c));

	pool_cleanup(p, free_cache, c);
	return c;
}

void
fo_cache_trim(struct fo_cache *c)
{
	if (c->bytes > KEEP_BYTES)
		drop(c, c->document);
	if (c->bytes > KEEP_BYTES)
		drop(c, c->document + 1);
	c->document++;
}

size_t
fo_cache_bytes(const struct fo_cache *c)
{
	return c->bytes;
}

/* FNV-1a over words, then over what is left. */
static uint64_t
hash_of(const void *key, size_t len)
{
	const unsigned char *p = key;
	uint64_t hash = 14695981039346656037u;

	for (; len >= sizeof(uint64_t);
		p += sizeof(uint64_t), len -= sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, p, sizeof(word));
		hash = (hash ^ word) * 1099511628211u;
		hash ^= hash >> 32;
	}
	while (len-- > 0)
		hash = (hash ^ *p++) * 1099511628211u;
	return hash ^ hash >> 29;
}

const struct fo_text *
fo_cache_find(struct fo_cache *c, const void *key, size_t len)
{
	uint64_t hash = hash_of(key, len);
	struct entry *e = c->buckets[hash % BUCKETS];

	for (; e; e = e->next) {
		if (e->hash == hash && e->key_len == len &&
			memcmp(e->key, key, len) == 0) {
			e->used = c->document;
			return e->text;
		}
	}
	return NULL;
}

void
fo_cache_add(struct fo_cache *c, const void *key, size_t len,
	struct fo_text *text, size_t size)
{
	struct entry *e = memory_alloc(sizeof(*e) + len);
	struct entry **bucket;

	e->hash = hash_of(key, len);
	e->text = text;
	e->size = sizeof(*e) + len + size;
	e->used = c->document;
	e->key_len = len;
	memcpy(e->key, key, len);
	bucket = &c->buckets[e->hash % BUCKETS];
	e->next = *bucket;
	*bucket = e;
	c->bytes += e->size;
}
