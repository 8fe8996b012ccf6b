#include <math.h>
#include <string.h>

#include <hb.h>
#include <pango/pangocairo.h>

#include "cache.h"
#include "font.h"
#include "load.h"
#include "text.h"
#include "words.h"

/* What a paragraph becomes while Pango's lines are read. */
struct reading {
	struct fo_job *job;
	const struct fo_words *words;
	const struct fo_style *strut;
	GArray *lines;	  /* struct fo_line: run_count is right */
	GArray *runs;	  /* struct fo_run: the counts are right */
	GArray *glyphs;	  /* struct fo_glyph */
	GArray *clusters; /* cairo_text_cluster_t */
	GByteArray *bytes;
	struct fo_run run; /* being read */
	bool run_open;
	unsigned space; /* the glyph, of the font read last */
};

/*
 * Ligatures and contextual forms would show other characters than the text
 * has (Inter draws 10x20 with a multiplication sign, and -> as an arrow).
 * Figures are tabular: numbers and dates stand below each other.
 */
static const char features[] = "liga=0, clig=0, calt=0, tnum=1";

static void
add_attr(PangoAttrList *list, PangoAttribute *attr, const struct fo_part *part)
{
	attr->start_index = part->start;
	attr->end_index = part->end;
	pango_attr_list_insert(list, attr);
}

/* Pango's own hyphens: not where a word breaks for want of room. */
static void
add_hyphen_attrs(PangoAttrList *list, const struct fo_words *w,
	const struct fo_part *part)
{
	struct fo_part word = *part;

	for (unsigned at = part->start; at < part->end; at = word.end + 1) {
		const char *start = w->text->data + at;
		size_t len = strcspn(start, " \n");

		word.start = at;
		word.end = at + (unsigned)len;
		if (word.end > part->end)
			word.end = part->end;
		if (!memmem(start, word.end - at, "\u00AD", 2))
			add_attr(list, pango_attr_insert_hyphens_new(FALSE),
				&word);
	}
}

static void
add_attrs(struct fo_job *job, PangoAttrList *list, const struct fo_words *w,
	const struct fo_part *part)
{
	const struct fo_style *s = part->in->style;
	PangoFontDescription *d = fo_font_description(job->fo->fonts, s);

	add_attr(list, pango_attr_font_desc_new(d), part);
	add_attr(list,
		pango_attr_language_new(pango_language_from_string(s->lang)),
		part);
	add_attr(list, pango_attr_font_features_new(features), part);
	if (s->hyphenate)
		add_hyphen_attrs(list, w, part);
	else
		add_attr(list, pango_attr_insert_hyphens_new(FALSE), part);
	if (part->in->kind == FO_IMAGE || part->in->kind == FO_BOX_START ||
		part->in->kind == FO_BOX_END) {
		PangoRectangle r = {0};

		r.width = pango_units_from_double(fo_words_width(part->in));
		add_attr(list, pango_attr_shape_new(&r, &r), part);
	}
	pango_font_description_free(d);
}

static PangoAttrList *
attrs_of(struct fo_job *job, const struct fo_words *w)
{
	PangoAttrList *list = pango_attr_list_new();

	for (int i = 0; i < w->count; i++)
		add_attrs(job, list, w, &w->parts[i]);
	return list;
}

static PangoLayout *
make_layout(struct fo_job *job, const struct fo_node *paragraph,
	const struct fo_words *w, double width)
{
	static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT,
		PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT, PANGO_ALIGN_LEFT};
	PangoLayout *layout =
		pango_layout_new(fo_fonts_context(job->fo->fonts));
	PangoAttrList *list = attrs_of(job, w);

	pango_layout_set_text(layout, w->text->data, (int)w->text->len);
	pango_layout_set_attributes(layout, list);
	pango_layout_set_width(layout, pango_units_from_double(width));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_alignment(layout, aligns[paragraph->style->align]);
	pango_layout_set_justify(
		layout, paragraph->style->align == FO_ALIGN_JUSTIFY);
	pango_attr_list_unref(list);
	return layout;
}

static const struct fo_part *
part_at(const struct fo_words *w, int offset)
{
	int i = 0;

	while (i + 1 < w->count && (int)w->parts[i].end <= offset)
		i++;
	return &w->parts[i];
}

static void
close_run(struct reading *r, double width)
{
	if (r->run_open) {
		r->run.width = width;
		g_array_append_val(r->runs, r->run);
	}
	r->run_open = false;
}

static void
open_run(struct reading *r, const struct fo_part *part, PangoFont *font,
	double x)
{
	static const struct fo_run none;
	const struct fo_style *s = part->in->style;

	r->run = none;
	r->run.index = part->index;
	r->run.x = x;
	r->run.color = s->color;
	r->run.underline = s->underline;
	r->run.font = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
	r->run_open = true;
	fo_font_metrics(r->job->fo->fonts, s, &r->run.ascent, &r->run.descent);
}

static void
add_glyph(struct reading *r, unsigned index, double x, double y)
{
	struct fo_glyph g = {index, (float)(x - r->run.x), (float)y};

	g_array_append_val(r->glyphs, g);
	r->run.glyph_count++;
}

static void
add_cluster(struct reading *r, const char *text, int bytes, int glyphs)
{
	cairo_text_cluster_t c = {bytes, glyphs};

	g_array_append_val(r->clusters, c);
	g_byte_array_append(r->bytes, (const guint8 *)text, (guint)bytes);
	r->run.cluster_count++;
	r->run.byte_count += bytes;
}

static unsigned
glyph_of(PangoFont *font, gunichar c)
{
	hb_codepoint_t glyph = 0;

	hb_font_get_nominal_glyph(pango_font_get_hb_font(font), c, &glyph);
	return glyph;
}

/*
 * The glyphs of one cluster, from left to right, and its text. Pango leaves
 * out the space at the end of a line, but a reader of the text needs it
 * between the words; the hyphen it adds becomes a soft one.
 */
static double
add_glyphs(struct reading *r, const PangoGlyphItem *item,
	const PangoGlyphItemIter *c, double x)
{
	PangoFont *font = item->item->analysis.font;
	const char *text = c->text + c->start_index;
	int bytes = c->end_index - c->start_index;
	int from = c->start_glyph;
	int to = c->end_glyph;
	int drawn = 0;
	bool hyphen = false;

	if (from > to) {
		from = c->end_glyph + 1;
		to = c->start_glyph + 1;
	}
	for (int i = from; i < to; i++) {
		const PangoGlyphInfo *g = &item->glyphs->glyphs[i];
		PangoGlyph index = g->glyph;

		if (index & PANGO_GLYPH_UNKNOWN_FLAG)
			index = glyph_of(font, '?');
		if (index != PANGO_GLYPH_EMPTY) {
			hyphen = drawn > 0 && i == to - 1 &&
				 (index == glyph_of(font, 0x2010) ||
					 index == glyph_of(font, '-'));
			add_glyph(r, index,
				x + pango_units_to_double(g->geometry.x_offset),
				pango_units_to_double(g->geometry.y_offset));
			drawn++;
		}
		x += pango_units_to_double(g->geometry.width);
	}
	if (drawn == 0 && bytes == 1 && *text == ' ') {
		add_glyph(r, r->space, x, 0);
		drawn = 1;
	}
	if (drawn == 0)
		return x;
	if (bytes == 2 && memcmp(text, "\u00A0", 2) == 0) {
		/* One space is as good as another once lines are made. */
		text = " ";
		bytes = 1;
	}
	add_cluster(r, text, bytes, drawn - hyphen);
	if (hyphen)
		add_cluster(r, "\u00AD", 2, 1);
	return x;
}

/* From right to left: clusters in the order of the text, glyphs as seen. */
static double
read_backward(struct reading *r, PangoGlyphItem *item, double x)
{
	PangoGlyphItemIter c;
	int runs_glyphs;
	gboolean more;

	r->run.backward = true;
	for (int i = 0; i < item->glyphs->num_glyphs; i++) {
		const PangoGlyphInfo *g = &item->glyphs->glyphs[i];

		if (g->glyph != PANGO_GLYPH_EMPTY)
			add_glyph(r, g->glyph & ~PANGO_GLYPH_UNKNOWN_FLAG,
				x + pango_units_to_double(g->geometry.x_offset),
				pango_units_to_double(g->geometry.y_offset));
		x += pango_units_to_double(g->geometry.width);
	}
	more = pango_glyph_item_iter_init_start(&c, item, r->words->text->data);
	for (; more; more = pango_glyph_item_iter_next_cluster(&c)) {
		runs_glyphs = 0;
		for (int i = c.start_glyph; i > c.end_glyph; i--)
			runs_glyphs += item->glyphs->glyphs[i].glyph !=
				       PANGO_GLYPH_EMPTY;
		if (runs_glyphs > 0)
			add_cluster(r, c.text + c.start_index,
				c.end_index - c.start_index, runs_glyphs);
	}
	return x;
}

static double
read_forward(struct reading *r, PangoGlyphItem *item, double x)
{
	PangoFont *font = item->item->analysis.font;
	PangoGlyphItemIter c;
	gboolean more = pango_glyph_item_iter_init_start(
		&c, item, r->words->text->data);

	for (; more; more = pango_glyph_item_iter_next_cluster(&c)) {
		const struct fo_part *part = part_at(r->words, c.start_index);

		if (part->index != r->run.index) {
			close_run(r, x - r->run.x);
			open_run(r, part, font, x);
		}
		x = add_glyphs(r, item, &c, x);
	}
	return x;
}

/* An image, or the start or end of a box. */
static void
add_object(struct reading *r, const struct fo_part *part, double x)
{
	static const enum fo_run_kind kinds[] = {
		[FO_IMAGE] = FO_RUN_IMAGE,
		[FO_BOX_START] = FO_RUN_START,
		[FO_BOX_END] = FO_RUN_END,
	};
	struct fo_run run = {.kind = kinds[part->in->kind]};

	run.index = part->index;
	run.x = x;
	run.width = fo_words_width(part->in);
	run.height = part->in->height;
	fo_font_metrics(
		r->job->fo->fonts, part->in->style, &run.ascent, &run.descent);
	g_array_append_val(r->runs, run);
}

static double
read_item(struct reading *r, PangoGlyphItem *item, double x)
{
	const struct fo_part *part = part_at(r->words, item->item->offset);

	if (part->in->kind != FO_TEXT && part->in->kind != FO_NUMBER &&
		part->in->kind != FO_LAST) {
		add_object(r, part, x);
		return x + fo_words_width(part->in);
	}
	open_run(r, part, item->item->analysis.font, x);
	r->space = glyph_of(item->item->analysis.font, ' ');
	if (item->item->analysis.level % 2)
		x = read_backward(r, item, x);
	else
		x = read_forward(r, item, x);
	close_run(r, x - r->run.x);
	return x;
}

/* Makes the line high enough for a style: its pitch, around its font. */
static void
fit_style(struct reading *r, const struct fo_style *s, double *above,
	double *below)
{
	double ascent;
	double descent;
	double lead;

	fo_font_metrics(r->job->fo->fonts, s, &ascent, &descent);
	lead = (fo_style_pitch(s) - ascent - descent) / 2;
	*above = fmax(*above, ascent + lead);
	*below = fmax(*below, descent + lead);
}

static void
add_line(struct reading *r, unsigned first_run)
{
	struct fo_line line = {0};
	double above = -1000;
	double below = -1000;
	bool text = first_run == r->runs->len;

	for (unsigned i = first_run; i < r->runs->len; i++) {
		const struct fo_run *run =
			&g_array_index(r->runs, struct fo_run, i);
		const struct fo_part *part = r->words->parts;

		while (part->index != run->index)
			part++;
		if (run->kind == FO_RUN_IMAGE) {
			above = fmax(above, run->height);
			below = fmax(below, 0);
			continue;
		}
		fit_style(r, part->in->style, &above, &below);
		text = true;
	}
	if (text)
		fit_style(r, r->strut, &above, &below);
	line.height = above + below;
	line.baseline = above;
	line.run_count = (int)(r->runs->len - first_run);
	g_array_append_val(r->lines, line);
}

/* Where the text has a line feed, a reader of it needs a space. */
static void
end_with_space(struct reading *r, PangoLayoutLine *line, unsigned first_run)
{
	const struct buffer *text = r->words->text;
	struct fo_run *last;
	struct fo_run saved = r->run;

	if (r->runs->len == first_run ||
		text->data[line->start_index + line->length] != '\n')
		return;
	last = &g_array_index(r->runs, struct fo_run, r->runs->len - 1);
	if (last->kind != FO_RUN_TEXT || last->backward || !line->runs)
		return;
	r->run = *last;
	add_glyph(r, r->space, last->x + last->width, 0);
	add_cluster(r, " ", 1, 1);
	*last = r->run;
	r->run = saved;
}

static void
read_lines(struct reading *r, PangoLayout *layout)
{
	PangoLayoutIter *it = pango_layout_get_iter(layout);

	do {
		PangoLayoutLine *line = pango_layout_iter_get_line_readonly(it);
		unsigned first_run = r->runs->len;
		PangoRectangle rect;
		double x;

		pango_layout_iter_get_line_extents(it, NULL, &rect);
		x = pango_units_to_double(rect.x);
		for (GSList *i = line->runs; i; i = i->next)
			x = read_item(r, i->data, x);
		end_with_space(r, line, first_run);
		add_line(r, first_run);
	} while (pango_layout_iter_next_line(it));
	pango_layout_iter_free(it);
}

/* The bytes of an array go to *at in the block, which moves on. */
static void *
put(char *block, size_t *at, const void *data, size_t len)
{
	char *to = block + *at;

	if (len)
		memcpy(to, data, len);
	*at += (len + 15) & ~(size_t)15;
	return to;
}

/* All of it in one piece of memory, the pointers set. */
static struct fo_text *
pack(struct reading *r, size_t *size)
{
	struct fo_text text = {.line_count = (int)r->lines->len};
	size_t at = 0;
	char *block;
	struct fo_text *result;
	struct fo_line *lines;
	struct fo_run *runs;
	const struct fo_glyph *glyphs;
	const cairo_text_cluster_t *clusters;
	const char *bytes;

	*size = sizeof(text) + r->lines->len * sizeof(*lines) +
		r->runs->len * sizeof(*runs) +
		r->glyphs->len * sizeof(*glyphs) +
		r->clusters->len * sizeof(*clusters) + r->bytes->len +
		(size_t)6 * 16;
	block = memory_alloc(*size);
	result = put(block, &at, &text, sizeof(text));
	lines = put(block, &at, r->lines->data, r->lines->len * sizeof(*lines));
	runs = put(block, &at, r->runs->data, r->runs->len * sizeof(*runs));
	glyphs = put(
		block, &at, r->glyphs->data, r->glyphs->len * sizeof(*glyphs));
	clusters = put(block, &at, r->clusters->data,
		r->clusters->len * sizeof(*clusters));
	bytes = put(block, &at, r->bytes->data, r->bytes->len);
	result->lines = lines;
	for (int l = 0; l < text.line_count; l++) {
		lines[l].runs = runs;
		for (int i = 0; i < lines[l].run_count; i++, runs++) {
			runs->glyphs = glyphs;
			runs->clusters = clusters;
			runs->bytes = bytes;
			glyphs += runs->glyph_count;
			clusters += runs->cluster_count;
			bytes += runs->byte_count;
			if (runs->font)
				cairo_scaled_font_reference(runs->font);
		}
	}
	return result;
}

static struct fo_text *
lay_out(struct fo_job *job, const struct fo_node *paragraph, double width,
	size_t *size)
{
	struct fo_words words;
	struct reading r = {job, &words, paragraph->style,
		g_array_new(FALSE, FALSE, sizeof(struct fo_line)),
		g_array_new(FALSE, FALSE, sizeof(struct fo_run)),
		g_array_new(FALSE, FALSE, sizeof(struct fo_glyph)),
		g_array_new(FALSE, FALSE, sizeof(cairo_text_cluster_t)),
		g_byte_array_new(), {0}, false, 0};
	struct fo_text *text;

	fo_words_read(job, paragraph, &words);
	if (words.text->len > 0) {
		PangoLayout *layout =
			make_layout(job, paragraph, &words, width);

		read_lines(&r, layout);
		g_object_unref(layout);
	}
	text = pack(&r, size);
	g_array_free(r.lines, TRUE);
	g_array_free(r.runs, TRUE);
	g_array_free(r.glyphs, TRUE);
	g_array_free(r.clusters, TRUE);
	g_byte_array_free(r.bytes, TRUE);
	return text;
}

const struct fo_text *
fo_text_layout(
	struct fo_job *job, const struct fo_node *paragraph, double width)
{
	struct buffer *key = job->key;
	const struct fo_text *found;
	struct fo_text *text;
	size_t size;

	buffer_clear(key);
	fo_words_key(job, paragraph, width, key);
	found = fo_cache_find(job->fo->cache, key->data, key->len);
	if (found)
		return found;
	text = lay_out(job, paragraph, width, &size);
	fo_cache_add(job->fo->cache, key->data, key->len, text, size);
	return text;
}
