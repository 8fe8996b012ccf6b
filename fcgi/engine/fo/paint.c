#include <math.h>
#include <string.h>

#include <cairo-pdf.h>

#include "image.h"
#include "paint.h"

/* A mark of Cairo's: its own tree of them is replaced when finishing. */
static const char mark[] = "P";

struct painter {
	struct fo_job *job;
	cairo_t *cr;
	struct fo_page *page;
	struct tag *tag; /* of the piece that is open */
	bool open;
	enum fo_piece piece;
	int numbers;
	cairo_glyph_t *glyphs;
	int glyphs_size;
};

struct fo_op *
fo_op_add(struct fo_job *job, struct fo_ops *ops, enum fo_op_kind kind)
{
	struct fo_op *op;

	if (ops->count == ops->size) {
		size_t size = ops->size ? ops->size * 2 : 64;
		struct fo_op *list = pool_calloc(job->pool, size, sizeof(*op));

		if (ops->count)
			memcpy(list, ops->list, ops->count * sizeof(*op));
		ops->list = list;
		ops->size = size;
	}
	op = &ops->list[ops->count++];
	op->kind = kind;
	return op;
}

static void
end_piece(struct painter *p)
{
	if (p->open)
		cairo_tag_end(p->cr, mark);
	p->open = false;
}

/* What follows belongs to tag, or is an artifact of that kind. */
static void
begin_piece(struct painter *p, struct tag *tag, enum fo_piece piece)
{
	struct fo_piece_log *log = p->page->log;
	struct fo_painted *painted;

	if (tag)
		piece = FO_PIECE_CONTENT;
	if (p->open && p->tag == tag && p->piece == piece)
		return;
	end_piece(p);
	if (log->count == log->size) {
		int size = log->size ? log->size * 2 : 64;
		struct fo_painted *list =
			pool_calloc(p->job->pool, (size_t)size, sizeof(*list));

		if (log->count)
			memcpy(list, log->list,
				(size_t)log->count * sizeof(*list));
		log->list = list;
		log->size = size;
	}
	painted = &log->list[log->count++];
	painted->piece = piece;
	if (tag) {
		painted->number = p->numbers++;
		painted->role = tag->role;
		tag_content(p->job->pool, tag, p->page->index, painted->number);
	}
	cairo_tag_begin(p->cr, mark, NULL);
	p->open = true;
	p->tag = tag;
	p->piece = piece;
}

static void
set_color(cairo_t *cr, unsigned c)
{
	cairo_set_source_rgb(cr, (c >> 16 & 255) / 255.0,
		(c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

static void
draw_run(struct painter *p, const struct fo_op *op)
{
	const struct fo_run *run = op->what.run;

	if (run->glyph_count > p->glyphs_size) {
		p->glyphs_size = run->glyph_count * 2;
		p->glyphs = pool_calloc(p->job->pool, (size_t)p->glyphs_size,
			sizeof(*p->glyphs));
	}
	for (int i = 0; i < run->glyph_count; i++) {
		p->glyphs[i].index = run->glyphs[i].index;
		p->glyphs[i].x = op->x + (double)run->glyphs[i].x;
		p->glyphs[i].y = op->y + (double)run->glyphs[i].y;
	}
	set_color(p->cr, run->color);
	cairo_set_scaled_font(p->cr, run->font);
	cairo_show_text_glyphs(p->cr, run->bytes, run->byte_count, p->glyphs,
		run->glyph_count, run->clusters, run->cluster_count,
		run->backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

static void
rounded_path(cairo_t *cr, double x, double y, double w, double h, double r)
{
	const double quarter = acos(-1) / 2;

	if (r <= 0) {
		cairo_rectangle(cr, x, y, w, h);
		return;
	}
	cairo_new_sub_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -quarter, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, quarter);
	cairo_arc(cr, x + r, y + h - r, r, quarter, 2 * quarter);
	cairo_arc(cr, x + r, y + r, r, 2 * quarter, 3 * quarter);
	cairo_close_path(cr);
}

static void
set_pen(cairo_t *cr, const struct fo_edge *e)
{
	const double dash = e->width * 3;

	set_color(cr, e->color);
	cairo_set_line_width(cr, e->width);
	cairo_set_dash(cr, &dash, e->dashed, 0);
}

/* One edge, within the box. */
static void
draw_edge(cairo_t *cr, const struct fo_op *op, enum fo_side side)
{
	const struct fo_edge *e = &op->what.box->edge[side];
	double x1 = op->x;
	double y1 = op->y;
	double x2 = op->x + op->width;
	double y2 = op->y + op->height;

	if (side == FO_TOP || side == FO_BOTTOM)
		y1 = y2 =
			side == FO_TOP ? y1 + e->width / 2 : y2 - e->width / 2;
	else
		x1 = x2 =
			side == FO_LEFT ? x1 + e->width / 2 : x2 - e->width / 2;
	set_pen(cr, e);
	cairo_move_to(cr, x1, y1);
	cairo_line_to(cr, x2, y2);
	cairo_stroke(cr);
}

static bool
same_edges(const struct fo_op *op)
{
	const struct fo_edge *e = op->what.box->edge;

	for (int side = 1; side < 4; side++) {
		if (e[side].width != e[0].width ||
			e[side].color != e[0].color ||
			e[side].dashed != e[0].dashed)
			return false;
	}
	return op->sides == 15;
}

static void
draw_box(cairo_t *cr, const struct fo_op *op)
{
	const struct fo_box *b = op->what.box;
	double radius = fmin(b->radius, fmin(op->width, op->height) / 2);
	double half = b->edge[0].width / 2;

	if (op->sides != 15)
		radius = 0;
	if (b->filled) {
		set_color(cr, b->fill);
		rounded_path(cr, op->x, op->y, op->width, op->height, radius);
		cairo_fill(cr);
	}
	if (same_edges(op)) {
		if (half <= 0)
			return;
		set_pen(cr, &b->edge[0]);
		rounded_path(cr, op->x + half, op->y + half,
			op->width - 2 * half, op->height - 2 * half,
			fmax(0, radius - half));
		cairo_stroke(cr);
		return;
	}
	for (int side = 0; side < 4; side++) {
		if (op->sides & 1u << side && b->edge[side].width > 0)
			draw_edge(cr, op, (enum fo_side)side);
	}
}

static bool
is_empty(const struct fo_op *op)
{
	if (op->kind == FO_OP_RUN)
		return op->what.run->glyph_count == 0;
	return op->width <= 0 || op->height <= 0;
}

/* A piece of its own: what follows Cairo's part of it stands at its end. */
static void
draw_image(struct painter *p, const struct fo_op *op, enum fo_piece piece)
{
	struct buffer *more = buffer_create(p->job->pool);

	end_piece(p);
	begin_piece(p, op->tag, piece);
	fo_image_draw(op->what.image, p->cr, op->x, op->y, op->width,
		op->height, more);
	if (more->len)
		p->page->log->list[p->page->log->count - 1].more = more->data;
	end_piece(p);
}

static void
draw_ops(struct painter *p, const struct fo_ops *ops, enum fo_piece piece)
{
	for (size_t i = 0; i < ops->count; i++) {
		const struct fo_op *op = &ops->list[i];

		if (op->kind == FO_OP_ATTACH)
			tag_attach(p->job->pool, op->tag);
		if (op->kind == FO_OP_ATTACH || is_empty(op))
			continue;
		if (op->kind == FO_OP_IMAGE) {
			draw_image(p, op, piece);
			continue;
		}
		begin_piece(p, op->tag, piece);
		if (op->kind == FO_OP_RUN)
			draw_run(p, op);
		else
			draw_box(p->cr, op);
	}
	end_piece(p);
}

static cairo_status_t
write_pdf(void *arg, const unsigned char *data, unsigned len)
{
	buffer_add(arg, data, len);
	return CAIRO_STATUS_SUCCESS;
}

void
fo_paint(struct fo_job *job, struct fo_page *pages, struct buffer *pdf)
{
	struct painter p = {.job = job};
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(write_pdf, pdf, 595, 842);

	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	p.cr = cairo_create(surface);
	for (struct fo_page *page = pages; page; page = page->next) {
		const struct fo_master *m = page->sequence->master;

		p.page = page;
		p.numbers = 0;
		page->log = pool_alloc(job->pool, sizeof(*page->log));
		cairo_pdf_surface_set_size(surface, m->width, m->height);
		draw_ops(&p, &page->boxes, FO_PIECE_LAYOUT);
		draw_ops(&p, &page->content, FO_PIECE_LAYOUT);
		draw_ops(&p, &page->fixed, FO_PIECE_PAGINATION);
		cairo_show_page(p.cr);
	}
	cairo_destroy(p.cr);
	cairo_surface_finish(surface);
	if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
		fo_fail(job, "drawing: %s",
			cairo_status_to_string(cairo_surface_status(surface)));
	cairo_surface_destroy(surface);
}
