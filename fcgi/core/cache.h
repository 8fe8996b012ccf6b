#ifndef CORE_CACHE_H
#define CORE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "pool.h"

/*
 * Values by a key of bytes, compared whole. Past a limit those go that were
 * not asked for longest. Memory of its own: it outlives requests.
 */
struct cache;

/* bytes: of keys and values together. Freed with the pool. */
struct cache *cache_create(
	struct pool *, size_t bytes, void (*free_value)(void *));

/* NULL: not there. The value may go at the next cache_add(). */
void *cache_find(struct cache *, const void *key, size_t len);

/*
 * Takes the value, which fills so many bytes; copies the key, which is not
 * there yet. A value larger than a quarter of all is not kept: false, and
 * it stays the caller's.
 */
bool cache_add(
	struct cache *, const void *key, size_t len, void *value, size_t size);

/* Forgets it, if it is there. */
void cache_drop(struct cache *, const void *key, size_t len);

#endif
