#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finish.h"
#include "font.h"
#include "hyphen.h"
#include "image.h"
#include "layout.h"
#include "load.h"
#include "logo.h"

#define INTER "/usr/share/fonts/opentype/inter/Inter-"
#define DEJAVU "/usr/share/fonts/truetype/dejavu/DejaVuSans"

static const char *const default_fonts[] = {INTER "Regular.otf",
	INTER "Medium.otf", INTER "SemiBold.otf", INTER "Bold.otf",
	INTER "Italic.otf", INTER "MediumItalic.otf",
	INTER "SemiBoldItalic.otf", INTER "BoldItalic.otf", DEJAVU ".ttf",
	DEJAVU "-Bold.ttf", NULL};

enum { ICC_MAX = 64 * 1024 };

void
fo_fail(struct fo_job *job, const char *format, ...)
{
	va_list args;

	if (job->failed)
		return;
	job->failed = true;
	va_start(args, format);
	vsnprintf(job->error, job->error_size, format, args);
	va_end(args);
}

unsigned char *
fo_file(struct pool *p, const char *path, size_t max, size_t *len,
	struct buffer *errors)
{
	unsigned char *bytes = pool_alloc(p, max + 1);
	FILE *f = fopen(path, "rb");

	*len = f ? fread(bytes, 1, max + 1, f) : 0;
	if (f)
		fclose(f);
	if (*len == 0 || *len > max) {
		buffer_printf(errors, "%s: %s\n", path,
			*len ? "too large" : "can't be read");
		return NULL;
	}
	return bytes;
}

struct fo *
fo_load(struct pool *p, const struct fo_config *c, struct buffer *errors)
{
	struct fo *fo = pool_alloc(p, sizeof(*fo));
	const char *icc = c->icc ? c->icc : "/usr/share/color/icc/sRGB.icc";
	const char *hyphens = c->hyphenation
				      ? c->hyphenation
				      : "/usr/share/hyphen/hyph_nl_NL.dic";
	size_t before = errors->len;

	fo->fonts =
		fo_fonts_load(p, c->fonts ? c->fonts : default_fonts, errors);
	fo->hyphens = fo_hyphens_load(p, hyphens, errors);
	fo->icc = fo_file(p, icc, ICC_MAX, &fo->icc_len, errors);
	if (logo_library(errors))
		fo->images = fo_images_create(p, c->brand);
	fo->cache = fo_cache_create(p);
	return errors->len > before ? NULL : fo;
}

static struct fo_page *
add_page(struct fo_job *job, const struct fo_sequence *s, struct fo_page ***end)
{
	struct fo_page *page = pool_alloc(job->pool, sizeof(*page));

	page->sequence = s;
	page->index = job->pages++;
	if (job->pages > FO_PAGES_MAX)
		fo_fail(job, "more than %d pages", FO_PAGES_MAX);
	**end = page;
	*end = &page->next;
	return page;
}

/* The body of one page sequence, on as many pages as it takes. */
static void
fill_pages(struct fo_job *job, const struct fo_sequence *s,
	struct tag *document, struct fo_page ***end)
{
	const struct fo_master *m = s->master;
	double x = m->margin[FO_LEFT] + m->body[FO_LEFT];
	double y = m->margin[FO_TOP] + m->body[FO_TOP];
	double width = m->width - x - m->margin[FO_RIGHT] - m->body[FO_RIGHT];
	double height =
		m->height - y - m->margin[FO_BOTTOM] - m->body[FO_BOTTOM];
	struct fo_galley *g = fo_galley_create(job, height);
	struct fo_column column = {job, g, document, x, width, true};

	fo_layout_nodes(&column, s->flow);
	do {
		struct fo_page *page = add_page(job, s, end);
		struct fo_target target = {job, page, &page->content, false};

		if (!job->failed)
			fo_galley_take(&target, g, y, height, true);
	} while (g->first && !job->failed);
}

/* The header or footer of a page: laid out each time, for its number. */
static void
fill_region(struct fo_job *job, struct fo_page *page,
	const struct fo_node *content, bool footer)
{
	static const double shares[] = {0, 0.5, 1};
	const struct fo_master *m = page->sequence->master;
	double extent = footer ? m->after : m->before;
	double width = m->width - m->margin[FO_LEFT] - m->margin[FO_RIGHT];
	double y = footer ? m->height - m->margin[FO_BOTTOM] - extent
			  : m->margin[FO_TOP];
	struct fo_galley *g = fo_galley_create(job, m->height);
	struct fo_column column = {
		job, g, NULL, m->margin[FO_LEFT], width, false};
	struct fo_target target = {job, page, &page->fixed, true};
	double height;

	fo_layout_nodes(&column, content);
	height = fo_galley_height(g);
	y += shares[footer ? m->after_place : m->before_place] *
	     (extent - height);
	fo_galley_take(&target, g, y, m->height, true);
}

static void
number_pages(struct fo_job *job, struct fo_page *pages)
{
	int next = 1;

	for (struct fo_page *p = pages; p && !job->failed;) {
		const struct fo_sequence *s = p->sequence;
		struct fo_page *first = p;

		if (s->first_page > 0)
			next = s->first_page;
		for (; p && p->sequence == s; p = p->next)
			p->number = next++;
		job->pages = next - 1;
		for (p = first; p && p->sequence == s; p = p->next) {
			job->page = p->number;
			fill_region(job, p, s->header, false);
			fill_region(job, p, s->footer, true);
		}
	}
}

static void
draw(struct fo_job *job, const xmlDoc *doc, struct buffer *pdf)
{
	struct fo_sequence *sequences = fo_tree_read(job, doc);
	struct tag *document = tag_create(job->pool, NULL, FO_ROLE_DOCUMENT);
	struct fo_page *pages = NULL;
	struct fo_page **end = &pages;
	struct buffer *cairo;

	for (struct fo_sequence *s = sequences; s && !job->failed; s = s->next)
		fill_pages(job, s, document, &end);
	number_pages(job, pages);
	if (job->failed)
		return;
	cairo = buffer_create(job->pool);
	fo_paint(job, pages, cairo);
	if (!job->failed)
		fo_finish(job, pages, document, cairo, pdf);
}

enum rc
fo_render(struct fo *fo, struct pool *p, const xmlDoc *doc,
	const struct fo_info *info, struct buffer *pdf, char *error,
	size_t size)
{
	struct fo_job job = {.fo = fo,
		.pool = p,
		.info = info,
		.error = error,
		.error_size = size,
		.key = buffer_create(p)};
	size_t before = pdf->len;

	if (size)
		*error = '\0';
	job.links_end = &job.links;
	draw(&job, doc, pdf);
	fo_cache_trim(fo->cache);
	if (!job.failed)
		return RC_OK;
	pdf->len = before;
	return RC_FAIL;
}

size_t
fo_cached(const struct fo *fo)
{
	return fo_cache_bytes(fo->cache);
}
