#ifndef ENGINE_FO_FO_H
#define ENGINE_FO_FO_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include <libxml/tree.h>

#include "core/buffer.h"
#include "core/pool.h"
#include "core/rc.h"

/*
 * XSL-FO to PDF. The subset of XSL-FO 1.1 stands in xslt/print/README.md;
 * an element, attribute or value outside it is an error, never a guess.
 * The PDF is tagged after PDF/UA-1 and PDF/A-2a, its fonts are embedded, and
 * the same document and fo_info give the same bytes.
 */
struct fo;

enum { FO_PAGES_MAX = 1000, FO_DEPTH_MAX = 60 };

struct fo_config {
	/*
	 * Font files, up to a NULL. The first names the family that covers
	 * for those the stylesheet asks for; the glyphs a family lacks come
	 * from the others. NULL: Inter, then DejaVu Sans.
	 */
	const char *const *fonts;
	const char
		*hyphenation; /* libhyphen's Dutch patterns; NULL: Debian's */
	const char *icc;      /* sRGB profile; NULL: Debian's */
	const char *brand;    /* directory of external-graphic; may be NULL */
};

struct fo_info {
	const char *title;   /* required: shown instead of the file's name */
	const char *lang;    /* required: "nl" */
	const char *subject; /* may be NULL */
	time_t created;
	bool object_streams; /* for exports: half the size, PDF 1.5 readers */
};

/*
 * Loads once in each process that draws, after the fork (Pango has threads
 * of its own). It lives as long as the pool. NULL where a file is missing
 * or wrong: errors gets a line for each.
 */
struct fo *fo_load(
	struct pool *, const struct fo_config *, struct buffer *errors);

/*
 * Draws the document and appends the PDF to pdf. What it needs meanwhile is
 * in the pool. RC_FAIL leaves pdf as it was, and error says what is wrong:
 * "fo:block/@colour: unknown attribute".
 */
enum rc fo_render(struct fo *, struct pool *, const xmlDoc *,
	const struct fo_info *, struct buffer *pdf, char *error, size_t size);

/* Bytes of laid-out text kept for the next document; bounded. */
size_t fo_cached(const struct fo *);

#endif
