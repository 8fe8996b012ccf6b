#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <librsvg/rsvg.h>

#include "image.h"
#include "load.h"
#include "svg.h"

enum { IMAGES_MAX = 32, BYTES_MAX = 512 * 1024 };

struct fo_image {
	struct fo_image *next;
	const char *name; /* of a file */
	RsvgHandle *file;
	struct svg *svg; /* in the document */
	double width, height;
};

struct fo_images {
	struct pool *pool;
	const char *directory;
	struct fo_image *first;
	int count;
};

static void
free_images(void *arg)
{
	struct fo_images *images = arg;

	for (struct fo_image *i = images->first; i; i = i->next)
		g_object_unref(i->file);
}

struct fo_images *
fo_images_create(struct pool *p, const char *directory)
{
	struct fo_images *images = pool_alloc(p, sizeof(*images));

	images->pool = p;
	images->directory = pool_strdup(p, directory);
	pool_cleanup(p, free_images, images);
	return images;
}

/* url('name.svg'): letters, digits, - and _, nothing that leads elsewhere. */
static char *
file_name(struct pool *p, const char *src)
{
	size_t len;
	char quote;

	if (strncmp(src, "url(", 4) != 0)
		return NULL;
	quote = src[4];
	if (quote != '\'' && quote != '"')
		return NULL;
	src += 5;
	len = strspn(src, "abcdefghijklmnopqrstuvwxyz"
			  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
	if (len == 0 || strncmp(src + len, ".svg", 4) != 0 ||
		src[len + 4] != quote || strcmp(src + len + 5, ")") != 0)
		return NULL;
	return pool_strndup(p, src, len + 4);
}

/* The file alone: no base address, so it can't name others. */
static RsvgHandle *
read_file(struct pool *p, const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	unsigned char *bytes;
	ssize_t len = 0;
	ssize_t got = 1;

	if (fd < 0)
		return NULL;
	bytes = pool_alloc(p, BYTES_MAX);
	while (got > 0 && len < BYTES_MAX) {
		got = read(fd, bytes + len, (size_t)(BYTES_MAX - len));
		if (got > 0)
			len += got;
	}
	close(fd);
	if (got < 0 || len == BYTES_MAX)
		return NULL;
	return rsvg_handle_new_from_data(bytes, (gsize)len, NULL);
}

static void
read_size(struct fo_image *image)
{
	RsvgRectangle view = {0};
	gboolean has_view;
	double w = 0;
	double h = 0;

	if (!rsvg_handle_get_intrinsic_size_in_pixels(image->file, &w, &h)) {
		rsvg_handle_get_intrinsic_dimensions(
			image->file, NULL, NULL, NULL, NULL, &has_view, &view);
		w = view.width;
		h = view.height;
	}
	image->width = w > 0 ? w * 0.75 : 75;
	image->height = h > 0 ? h * 0.75 : 75;
}

const struct fo_image *
fo_image_find(struct fo_job *job, const char *src)
{
	struct fo_images *images = job->fo->images;
	const char *name = file_name(job->pool, src);
	struct fo_image *image;
	RsvgHandle *file;

	if (!name || !images->directory) {
		fo_fail(job,
			"fo:external-graphic/@src: \"%.60s\" is no "
			"url('name.svg') in the brand's directory",
			src);
		return NULL;
	}
	for (image = images->first; image; image = image->next) {
		if (strcmp(image->name, name) == 0)
			return image;
	}
	file = read_file(job->pool,
		pool_printf(job->pool, "%s/%s", images->directory, name));
	if (!file || images->count == IMAGES_MAX) {
		fo_fail(job, "fo:external-graphic: %s can't be read", name);
		if (file)
			g_object_unref(file);
		return NULL;
	}
	image = pool_alloc(images->pool, sizeof(*image));
	image->name = pool_strdup(images->pool, name);
	image->file = file;
	image->next = images->first;
	images->first = image;
	images->count++;
	read_size(image);
	return image;
}

const struct fo_image *
fo_image_inline(struct fo_job *job, const xmlNode *xml)
{
	struct fo_image *image = pool_alloc(job->pool, sizeof(*image));

	image->svg = svg_read(job, xml);
	if (!image->svg)
		return NULL;
	svg_size(image->svg, &image->width, &image->height);
	return image;
}

void
fo_image_size(const struct fo_image *image, double *width, double *height)
{
	*width = image->width;
	*height = image->height;
}

void
fo_image_draw(const struct fo_image *image, cairo_t *cr, double x, double y,
	double width, double height)
{
	RsvgRectangle area = {x, y, width, height};

	if (image->svg) {
		svg_draw(image->svg, cr, x, y, width, height);
		return;
	}
	cairo_save(cr);
	rsvg_handle_render_document(image->file, cr, &area, NULL);
	cairo_restore(cr);
}
