#ifndef ENGINE_FO_FONT_H
#define ENGINE_FO_FONT_H

#include <glib.h>
#include <pango/pango.h>

#include "property.h"

/*
 * The fonts of a process, loaded from files alone: the machine's font
 * configuration changes nothing.
 */
struct fo_fonts;

/* fallback names the family that covers for those not loaded. */
struct fo_fonts *fo_fonts_load(
	struct pool *, const char *const *files, struct buffer *errors);

PangoContext *fo_fonts_context(const struct fo_fonts *);

/* Has one of the fonts a glyph for it? */
bool fo_fonts_cover(const struct fo_fonts *, gunichar);

/* What takes the place of a character without a glyph. */
const char *fo_fonts_replacement(const struct fo_fonts *);

/*
 * The first loaded family of a font-family list, where generic names mean
 * the first one loaded. -1 where none is.
 */
int fo_font_family(const struct fo *, const char *list);

/* To free with pango_font_description_free(). */
PangoFontDescription *fo_font_description(
	const struct fo_fonts *, const struct fo_style *);

/* Of the style's own font, above and below the baseline, in points. */
void fo_font_metrics(struct fo_fonts *, const struct fo_style *, double *ascent,
	double *descent);

#endif
