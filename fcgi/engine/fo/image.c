#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "image.h"
#include "load.h"
#include "logo.h"
#include "svg.h"

enum { IMAGES_MAX = 32, BYTES_MAX = 512 * 1024, PHOTO_MAX = 2048 };

static const char photo_begin[] = "url('data:image/jpeg;base64,";

struct fo_image {
	struct fo_image *next;
	const char *name; /* of a file */
	struct logo *logo;
	struct svg *svg; /* in the document */
	cairo_surface_t *photo;
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
		logo_free(i->logo);
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
static struct logo *
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
	return logo_read(bytes, (size_t)len);
}

static void
read_size(struct fo_image *image)
{
	double w, h;

	logo_size(image->logo, &w, &h);
	image->width = w > 0 ? w * 0.75 : 75;
	image->height = h > 0 ? h * 0.75 : 75;
}

/*
 * Width and height of a JPEG with three colours of eight bits: what stands in
 * its frame header.
 */
static bool
read_frame(const unsigned char *b, size_t len, int *width, int *height)
{
	size_t at = 2;

	if (len < 4 || b[0] != 0xff || b[1] != 0xd8)
		return false;
	while (at + 10 <= len && b[at] == 0xff) {
		unsigned kind = b[at + 1];

		if (kind >= 0xc0 && kind <= 0xc2) {
			*height = b[at + 5] << 8 | b[at + 6];
			*width = b[at + 7] << 8 | b[at + 8];
			return b[at + 4] == 8 && b[at + 9] == 3 && *width &&
			       *height && *width <= PHOTO_MAX &&
			       *height <= PHOTO_MAX;
		}
		at += 2 + (size_t)(b[at + 2] << 8 | b[at + 3]);
	}
	return false;
}

static void
free_surface(void *surface)
{
	cairo_surface_destroy(surface);
}

/* The PDF takes the JPEG as it is: the surface only says how large it is. */
static bool
set_photo(struct fo_job *job, struct fo_image *image,
	const unsigned char *bytes, size_t len)
{
	int width, height;

	if (!read_frame(bytes, len, &width, &height))
		return false;
	image->photo =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	pool_cleanup(job->pool, free_surface, image->photo);
	image->width = width * 0.75;
	image->height = height * 0.75;
	return cairo_surface_set_mime_data(image->photo, CAIRO_MIME_TYPE_JPEG,
		       bytes, len, NULL, NULL) == CAIRO_STATUS_SUCCESS;
}

/* url('data:image/jpeg;base64,…') */
static const struct fo_image *
read_photo(struct fo_job *job, const char *src)
{
	struct fo_image *image = pool_alloc(job->pool, sizeof(*image));
	const char *text = src + sizeof(photo_begin) - 1;
	size_t size = strlen(text);
	unsigned char *bytes = pool_alloc(job->pool, size + 1);
	size_t len = 0;
	const char *end = text;

	if (!sodium_base642bin(bytes, size, text, size, NULL, &len, &end,
		    sodium_base64_VARIANT_ORIGINAL) &&
		strcmp(end, "')") == 0 && set_photo(job, image, bytes, len))
		return image;
	fo_fail(job, "fo:external-graphic: the photo can't be read");
	return NULL;
}

const struct fo_image *
fo_image_find(struct fo_job *job, const char *src)
{
	struct fo_images *images = job->fo->images;
	const char *name = file_name(job->pool, src);
	struct fo_image *image;
	struct logo *logo;

	if (strncmp(src, photo_begin, sizeof(photo_begin) - 1) == 0)
		return read_photo(job, src);
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
	logo = read_file(job->pool,
		pool_printf(job->pool, "%s/%s", images->directory, name));
	if (!logo || images->count == IMAGES_MAX) {
		fo_fail(job, "fo:external-graphic: %s can't be read", name);
		logo_free(logo);
		return NULL;
	}
	image = pool_alloc(images->pool, sizeof(*image));
	image->name = pool_strdup(images->pool, name);
	image->logo = logo;
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
	double width, double height, struct buffer *more)
{
	if (image->svg) {
		svg_draw(image->svg, cr, x, y, width, height, more);
		return;
	}
	cairo_save(cr);
	if (image->photo) {
		cairo_translate(cr, x, y);
		cairo_scale(cr, width / image->width * 0.75,
			height / image->height * 0.75);
		cairo_set_source_surface(cr, image->photo, 0, 0);
		/* PDF/A has no smoothing. */
		cairo_pattern_set_filter(
			cairo_get_source(cr), CAIRO_FILTER_FAST);
		cairo_paint(cr);
		cairo_restore(cr);
		return;
	}
	logo_draw(image->logo, cr, x, y, width, height);
	cairo_restore(cr);
}
