#ifndef ENGINE_FO_TEXT_H
#define ENGINE_FO_TEXT_H

#include <cairo.h>

#include "tree.h"

/*
 * A paragraph laid out: lines of runs, ready to draw. Distances are in
 * points from the left edge and the top.
 */
enum fo_run_kind { FO_RUN_TEXT, FO_RUN_IMAGE, FO_RUN_START, FO_RUN_END };

struct fo_glyph {
	unsigned index;
	float x, y; /* from the run's start, and its baseline */
};

struct fo_run {
	enum fo_run_kind kind; /* START, END: of an inline's box */
	int index;	       /* of the fo_inline in its paragraph */
	double x;
	double width;
	double height;		   /* of an image */
	double ascent, descent;	   /* of a box's font */
	cairo_scaled_font_t *font; /* NULL: nothing to draw */
	unsigned color;
	bool underline;
	bool backward; /* from right to left */
	int glyph_count, cluster_count, byte_count;
	const struct fo_glyph *glyphs;
	const cairo_text_cluster_t *clusters;
	const char *bytes;
};

struct fo_line {
	double height;
	double baseline;
	int run_count;
	const struct fo_run *runs;
};

struct fo_text {
	int line_count;
	const struct fo_line *lines;
};

/* Texts laid out, by style, width and words, kept between documents. */
struct fo_cache;

struct fo_cache *fo_cache_create(struct pool *);

/* Between documents: down to a few megabytes, the newest stay. */
void fo_cache_trim(struct fo_cache *);

size_t fo_cache_bytes(const struct fo_cache *);

/*
 * Lays a paragraph out at that width. The result lives until the job is
 * done. Characters that no font has become U+FFFD; a word longer than the
 * line is broken anywhere.
 */
const struct fo_text *fo_text_layout(
	struct fo_job *, const struct fo_node *paragraph, double width);

#endif
