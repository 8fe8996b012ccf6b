#ifndef ENGINE_FO_HYPHEN_H
#define ENGINE_FO_HYPHEN_H

#include "core/buffer.h"
#include "core/pool.h"

/* Dutch hyphenation by libhyphen's patterns. */
struct fo_hyphens;

/* NULL where the file can't be read, with a line in errors. */
struct fo_hyphens *fo_hyphens_load(
	struct pool *, const char *file, struct buffer *errors);

/*
 * Adds the text with U+00AD where a word may be broken. Addresses, codes and
 * what has a soft hyphen already are left alone.
 */
void fo_hyphens_add(const struct fo_hyphens *, const char *text, size_t len,
	struct buffer *out);

#endif
