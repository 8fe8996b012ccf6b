#ifndef ENGINE_FO_LOGO_H
#define ENGINE_FO_LOGO_H

#include <stdbool.h>
#include <stddef.h>

#include <cairo.h>

#include "../../core/buffer.h"

/*
 * Drawings of a brand, by librsvg. The library is bound by the first
 * logo_library() of a process, and not at its start: what must be relocated
 * of it and of those that it needs is 0.8 MB in each process, and few draw.
 */
struct logo;

/* Is it there? If not: false, and a line in errors. Before all else. */
bool logo_library(struct buffer *errors);

/* NULL: no SVG. Takes a copy of the bytes. */
struct logo *logo_read(const unsigned char *bytes, size_t len);
void logo_free(struct logo *);

/* In CSS pixels. 0: it doesn't say. */
void logo_size(const struct logo *, double *width, double *height);

void logo_draw(const struct logo *, cairo_t *, double x, double y, double width,
	double height);

#endif
