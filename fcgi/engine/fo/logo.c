#include <dlfcn.h>
#include <stdlib.h>

#include <librsvg/rsvg.h>

#include "logo.h"

#define LIBRARY "librsvg-2.so.2"

struct logo {
	RsvgHandle *file;
};

static struct {
	__typeof__(rsvg_handle_new_from_data) *read;
	__typeof__(rsvg_handle_get_intrinsic_size_in_pixels) *size;
	__typeof__(rsvg_handle_get_intrinsic_dimensions) *dimensions;
	__typeof__(rsvg_handle_render_document) *draw;
} rsvg;

/* POSIX has it so, ISO C has no way from an object to a function. */
static bool
find(void *library, const char *name, void *function)
{
	*(void **)function = dlsym(library, name);
	return *(void **)function != NULL;
}

bool
logo_library(struct buffer *errors)
{
	void *library = rsvg.draw ? NULL : dlopen(LIBRARY, RTLD_NOW);

	if (rsvg.draw ||
		(library &&
			find(library, "rsvg_handle_new_from_data",
				&rsvg.read) &&
			find(library,
				"rsvg_handle_get_intrinsic_size_in_pixels",
				&rsvg.size) &&
			find(library, "rsvg_handle_get_intrinsic_dimensions",
				&rsvg.dimensions) &&
			find(library, "rsvg_handle_render_document",
				&rsvg.draw)))
		return true;
	buffer_printf(errors, "%s\n", dlerror());
	return false;
}

struct logo *
logo_read(const unsigned char *bytes, size_t len)
{
	RsvgHandle *file = rsvg.read(bytes, len, NULL);
	struct logo *logo;

	if (!file)
		return NULL;
	logo = memory_alloc(sizeof(*logo));
	logo->file = file;
	return logo;
}

void
logo_free(struct logo *logo)
{
	if (logo)
		g_object_unref(logo->file);
	free(logo);
}

void
logo_size(const struct logo *logo, double *width, double *height)
{
	RsvgRectangle view = {0};
	gboolean has_view;

	*width = *height = 0;
	if (rsvg.size(logo->file, width, height))
		return;
	rsvg.dimensions(logo->file, NULL, NULL, NULL, NULL, &has_view, &view);
	*width = view.width;
	*height = view.height;
}

void
logo_draw(const struct logo *logo, cairo_t *cr, double x, double y,
	double width, double height)
{
	RsvgRectangle area = {x, y, width, height};

	rsvg.draw(logo->file, cr, &area, NULL);
}
