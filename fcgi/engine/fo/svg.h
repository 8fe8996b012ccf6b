#ifndef ENGINE_FO_SVG_H
#define ENGINE_FO_SVG_H

#include <cairo.h>
#include <libxml/tree.h>

#include "job.h"

/*
 * An svg:svg of paths (M L H V C Q A Z, both cases): enough for a QR code
 * and line icons.
 */
struct svg;

/* NULL fails the job, which names the element or attribute it minds. */
struct svg *svg_read(struct fo_job *, const xmlNode *);

/* Its own size in points. */
void svg_size(const struct svg *, double *width, double *height);

/*
 * What Cairo does not draw of it goes into more, as operators that follow what
 * Cairo wrote in the content of the page. The hundreds of rectangles of a QR
 * code are a fifth so long and take a tenth of the time.
 */
void svg_draw(const struct svg *, cairo_t *, double x, double y, double width,
	double height, struct buffer *more);

#endif
