#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vips/vips.h>

#include "domain/photo_program.h"

/*
 * Makes of a picture that somebody sent one that can be shown: a program of
 * its own, so that libvips swells no worker, and what a picture does to its
 * decoder is done to a process that has nothing: domain/photo_program.h.
 */

enum { QUALITY = 82, SMALL_QUALITY = 76 };

#define MEMORY ((rlim_t)768 << 20)

static void
limit(int what, rlim_t most)
{
	setrlimit(what, &(struct rlimit){most, most});
}

static bool
begins(const unsigned char *bytes, size_t len, size_t at, const char *text)
{
	size_t size = strlen(text);

	return len >= at + size && memcmp(bytes + at, text, size) == 0;
}

/* The four kinds that are read, by their first bytes. */
static bool
is_picture(const unsigned char *b, size_t len)
{
	static const char *const brands[] = {
		"heic", "heix", "hevc", "mif1", "msf1", "heim", "heis"};

	if (begins(b, len, 0, "\xff\xd8\xff") ||
		begins(b, len, 0, "\x89PNG\r\n\x1a\n") ||
		(begins(b, len, 0, "RIFF") && begins(b, len, 8, "WEBP")))
		return true;
	if (!begins(b, len, 4, "ftyp"))
		return false;
	for (size_t i = 0; i < sizeof(brands) / sizeof(*brands); i++)
		if (begins(b, len, 8, brands[i]))
			return true;
	return false;
}

static void
start_vips(const char *name)
{
	static const char *const loaders[] = {"VipsForeignLoadJpeg",
		"VipsForeignLoadPng", "VipsForeignLoadWebp",
		"VipsForeignLoadHeif"};

	setenv("VIPS_NOVECTOR", "1", 1);
	if (vips_init(name))
		exit(PHOTO_BROKEN);
	vips_concurrency_set(1);
	vips_cache_set_max(0);
	vips_operation_block_set("VipsForeignLoad", TRUE);
	for (size_t i = 0; i < sizeof(loaders) / sizeof(*loaders); i++)
		vips_operation_block_set(loaders[i], FALSE);
}

/* On white, where it lets something through; RC of vips. */
static int
flatten(VipsImage **image)
{
	VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
	VipsImage *flat = NULL;
	int failed = 0;

	if (vips_image_hasalpha(*image)) {
		failed = vips_flatten(*image, &flat, "background", white, NULL);
		if (!failed) {
			g_object_unref(*image);
			*image = flat;
		}
	}
	vips_area_unref(VIPS_AREA(white));
	return failed;
}

/* Its pixels alone, upright, in sRGB. */
static VipsImage *
shrink(void *bytes, size_t len)
{
	VipsImage *shrunk = NULL;
	VipsImage *whole;

	if (vips_thumbnail_buffer(bytes, len, &shrunk, PHOTO_SIZE, "height",
		    PHOTO_SIZE, "size", VIPS_SIZE_DOWN, "export_profile",
		    "srgb", "option_string", "[fail_on=truncated]", NULL) ||
		flatten(&shrunk))
		return NULL;
	whole = vips_image_copy_memory(shrunk);
	g_object_unref(shrunk);
	return whole;
}

static bool
save(VipsImage *image, int quality, void **bytes, size_t *len)
{
	return !vips_jpegsave_buffer(image, bytes, len, "Q", quality, "strip",
		TRUE, "optimize_coding", TRUE, NULL);
}

static bool
put(const void *bytes, size_t len)
{
	return fwrite(bytes, 1, len, stdout) == len;
}

static int
convert(void *bytes, size_t len)
{
	struct photo_head head = {0};
	VipsImage *in = vips_image_new_from_buffer(bytes, len, "", NULL);
	VipsImage *image, *small;
	void *whole, *thumbnail;
	size_t size, small_size;

	if (!in)
		return PHOTO_BROKEN;
	if ((int64_t)vips_image_get_width(in) * vips_image_get_height(in) >
		PHOTO_PIXELS_MOST)
		return PHOTO_LARGE;
	image = shrink(bytes, len);
	if (!image || !save(image, QUALITY, &whole, &size))
		return PHOTO_BROKEN;
	if (vips_thumbnail_image(image, &small, PHOTO_SMALL_SIZE, "height",
		    PHOTO_SMALL_SIZE, "size", VIPS_SIZE_DOWN, NULL) ||
		!save(small, SMALL_QUALITY, &thumbnail, &small_size))
		return PHOTO_BROKEN;
	head.width = (uint32_t)vips_image_get_width(image);
	head.height = (uint32_t)vips_image_get_height(image);
	head.size = (uint32_t)size;
	head.small_size = (uint32_t)small_size;
	return put(&head, sizeof(head)) && put(whole, size) &&
			       put(thumbnail, small_size) && !fflush(stdout)
		       ? PHOTO_DONE
		       : PHOTO_BROKEN;
}

int
main(int argc, char *argv[])
{
	struct stat file;
	size_t at, len;
	unsigned char *all;

	limit(RLIMIT_DATA, MEMORY);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, PHOTO_OUTPUT_MOST);
	if (argc != 4 || fstat(STDIN_FILENO, &file))
		return PHOTO_BROKEN;
	at = strtoul(argv[1], NULL, 10);
	len = strtoul(argv[2], NULL, 10);
	alarm((unsigned)strtoul(argv[3], NULL, 10));
	if (!len || at > (size_t)file.st_size ||
		len > (size_t)file.st_size - at)
		return PHOTO_BROKEN;
	all = mmap(NULL, at + len, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (all == MAP_FAILED)
		return PHOTO_BROKEN;
	if (!is_picture(all + at, len))
		return PHOTO_OTHER;
	start_vips(argv[0]);
	return convert(all + at, len);
}
