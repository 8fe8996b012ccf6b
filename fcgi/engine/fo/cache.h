#ifndef ENGINE_FO_CACHE_H
#define ENGINE_FO_CACHE_H

#include <glib.h>

#include "text.h"

/* Private to cache.c and text.c. */

/* NULL: not there. */
const struct fo_text *fo_cache_find(
	struct fo_cache *, const void *key, size_t len);

/* Takes text, made with memory_alloc(), of that size; copies the key. */
void fo_cache_add(struct fo_cache *, const void *key, size_t len,
	struct fo_text *, size_t size);

#endif
