#ifndef ENGINE_FO_LOAD_H
#define ENGINE_FO_LOAD_H

#include "fo.h"

/* What fo_load() holds for the process. */
struct fo {
	struct fo_fonts *fonts;
	struct fo_hyphens *hyphens;
	struct fo_cache *cache;
	struct fo_images *images;
	const unsigned char *icc;
	size_t icc_len;
};

/*
 * A whole file, at most max bytes, into the pool; NULL with a line in
 * errors.
 */
unsigned char *fo_file(struct pool *, const char *path, size_t max, size_t *len,
	struct buffer *errors);

#endif
