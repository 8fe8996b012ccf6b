#ifndef ENGINE_FO_IMAGE_H
#define ENGINE_FO_IMAGE_H

#include <cairo.h>
#include <libxml/tree.h>

#include "job.h"

/*
 * Pictures: SVG files of the brand directory (librsvg), kept for the
 * process; svg:svg in the document, paths only; JPEG in its address, which
 * goes into the PDF as it is.
 */
struct fo_image;
struct fo_images;

/* directory may be NULL: no files. */
struct fo_images *fo_images_create(struct pool *, const char *directory);

/*
 * src is url('name.svg'), a plain name: no path leads out of the directory;
 * or url('data:image/jpeg;base64,…'), RGB of at most 2048 x 2048.
 * NULL fails the job.
 */
const struct fo_image *fo_image_find(struct fo_job *, const char *src);

/* From an svg:svg element; NULL fails the job. */
const struct fo_image *fo_image_inline(struct fo_job *, const xmlNode *svg);

/* Its own size in points. */
void fo_image_size(const struct fo_image *, double *width, double *height);

/* more: what Cairo does not draw of it (svg.h). */
void fo_image_draw(const struct fo_image *, cairo_t *, double x, double y,
	double width, double height, struct buffer *more);

#endif
