#include <string.h>

#include <hb.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "font.h"
#include "load.h"

enum { FAMILIES_MAX = 16, METRICS_MAX = 64 };

struct metrics {
	int family;
	int weight;
	bool italic;
	double ascent, descent; /* at 1 point */
};

struct fo_fonts {
	FcConfig *config;
	PangoFontMap *map;
	PangoContext *context;
	FcCharSet *covered;
	const char *replacement;
	const char *families[FAMILIES_MAX];
	int family_count;
	struct metrics metrics[METRICS_MAX];
	int metrics_count;
};

static void
free_fonts(void *arg)
{
	struct fo_fonts *f = arg;

	if (f->context)
		g_object_unref(f->context);
	if (f->map)
		g_object_unref(f->map);
	if (f->covered)
		FcCharSetDestroy(f->covered);
	FcConfigDestroy(f->config);
}

static void
add_family(struct fo_fonts *f, struct pool *p, const char *name)
{
	for (int i = 0; i < f->family_count; i++) {
		if (strcmp(f->families[i], name) == 0)
			return;
	}
	if (f->family_count < FAMILIES_MAX)
		f->families[f->family_count++] = pool_strdup(p, name);
}

/* The families, and the characters that one of the fonts can draw. */
static void
read_fonts(struct fo_fonts *f, struct pool *p)
{
	const FcFontSet *set = FcConfigGetFonts(f->config, FcSetApplication);

	f->covered = FcCharSetCreate();
	for (int i = 0; set && i < set->nfont; i++) {
		FcChar8 *family;
		FcCharSet *chars;

		if (FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &family) ==
			FcResultMatch)
			add_family(f, p, (const char *)family);
		if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &chars) ==
			FcResultMatch)
			FcCharSetMerge(f->covered, chars, NULL);
	}
	f->replacement = FcCharSetHasChar(f->covered, 0xfffd) ? "\uFFFD" : "?";
}

/* Measures in points, unhinted: the page decides, not a screen. */
static void
make_context(struct fo_fonts *f)
{
	cairo_font_options_t *options = cairo_font_options_create();

	f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), f->config);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(f->map), 72);
	f->context = pango_font_map_create_context(f->map);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(f->context, options);
	pango_context_set_round_glyph_positions(f->context, FALSE);
	pango_context_set_language(
		f->context, pango_language_from_string("en"));
	cairo_font_options_destroy(options);
}

struct fo_fonts *
fo_fonts_load(struct pool *p, const char *const *files, struct buffer *errors)
{
	struct fo_fonts *f = pool_alloc(p, sizeof(*f));
	size_t before = errors->len;

	f->config = FcConfigCreate();
	pool_cleanup(p, free_fonts, f);
	for (int i = 0; files[i]; i++) {
		if (!FcConfigAppFontAddFile(
			    f->config, (const FcChar8 *)files[i]))
			buffer_printf(errors, "%s: no such font\n", files[i]);
	}
	if (errors->len > before)
		return NULL;
	read_fonts(f, p);
	if (f->family_count == 0) {
		buffer_puts(errors, "no fonts\n");
		return NULL;
	}
	make_context(f);
	return f;
}

PangoContext *
fo_fonts_context(const struct fo_fonts *f)
{
	return f->context;
}

bool
fo_fonts_cover(const struct fo_fonts *f, gunichar c)
{
	return FcCharSetHasChar(f->covered, c);
}

const char *
fo_fonts_replacement(const struct fo_fonts *f)
{
	return f->replacement;
}

static int
family_find(const struct fo_fonts *f, const char *name, size_t len)
{
	static const char *const generic[] = {
		"sans-serif", "serif", "monospace", NULL};

	for (int i = 0; i < f->family_count; i++) {
		if (strlen(f->families[i]) == len &&
			g_ascii_strncasecmp(f->families[i], name, len) == 0)
			return i;
	}
	for (int i = 0; generic[i]; i++) {
		if (strlen(generic[i]) == len &&
			strncmp(generic[i], name, len) == 0)
			return 0;
	}
	return -1;
}

int
fo_font_family(const struct fo *fo, const char *list)
{
	int family = -1;

	while (*list && family < 0) {
		size_t len;

		list += strspn(list, " ,'\"");
		len = strcspn(list, ",'\"");
		while (len > 0 && list[len - 1] == ' ')
			len--;
		family = family_find(fo->fonts, list, len);
		list += len + strspn(list + len, " '\"");
	}
	return family;
}

PangoFontDescription *
fo_font_description(const struct fo_fonts *f, const struct fo_style *s)
{
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family_static(d, f->families[s->family]);
	pango_font_description_set_weight(d, (PangoWeight)s->weight);
	pango_font_description_set_style(
		d, s->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	pango_font_description_set_absolute_size(d, s->size * PANGO_SCALE);
	return d;
}

static void
measure(const struct fo_fonts *f, const struct fo_style *s, struct metrics *m)
{
	struct fo_style large;
	PangoFontDescription *d;
	PangoFont *font;
	hb_font_extents_t extents = {0};
	hb_font_t *hb;
	int scale = 0;

	memcpy(&large, s, sizeof(large));
	large.size = 100;
	d = fo_font_description(f, &large);
	font = pango_font_map_load_font(f->map, f->context, d);
	hb = font ? pango_font_get_hb_font(font) : NULL;
	if (hb && hb_font_get_h_extents(hb, &extents))
		hb_font_get_scale(hb, NULL, &scale);
	m->family = s->family;
	m->weight = s->weight;
	m->italic = s->italic;
	m->ascent = scale ? (double)extents.ascender / scale : 0.95;
	m->descent = scale ? -(double)extents.descender / scale : 0.25;
	if (font)
		g_object_unref(font);
	pango_font_description_free(d);
}

void
fo_font_metrics(struct fo_fonts *f, const struct fo_style *s, double *ascent,
	double *descent)
{
	struct metrics *m = f->metrics;
	struct metrics *end = m + f->metrics_count;

	while (m < end && (m->family != s->family || m->weight != s->weight ||
				  m->italic != s->italic))
		m++;
	if (m == f->metrics + METRICS_MAX)
		m--; /* more faces than any house style has: reuse one */
	if (m == end || m->family != s->family || m->weight != s->weight ||
		m->italic != s->italic) {
		measure(f, s, m);
		if (m == end)
			f->metrics_count++;
	}
	*ascent = m->ascent * s->size;
	*descent = m->descent * s->size;
}
