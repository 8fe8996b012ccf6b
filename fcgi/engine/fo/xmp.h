#ifndef ENGINE_FO_XMP_H
#define ENGINE_FO_XMP_H

#include "fo.h"

/*
 * Private to finish.c: the metadata packet, which also claims PDF/UA-1 and
 * PDF/A-2a. created is 2026-11-22T03:10:00Z.
 */
void fo_xmp_write(
	const struct fo_info *, const char *created, struct buffer *out);

#endif
