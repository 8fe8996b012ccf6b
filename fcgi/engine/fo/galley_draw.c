#include <math.h>

#include "galley.h"

/* Lines */

static struct tag *
mark_tag(struct pool *pool, struct fo_mark *m, struct tag *paragraph)
{
	if (!m)
		return paragraph;
	if (!m->tag) {
		m->tag = tag_create(
			pool, mark_tag(pool, m->parent, paragraph), m->role);
		m->tag->lang = m->lang;
	}
	return m->tag;
}

static const struct fo_mark *
link_of(const struct fo_inline *in)
{
	const struct fo_mark *m = in->mark;

	while (m && m->role != FO_ROLE_LINK)
		m = m->parent;
	return m;
}

struct line {
	const struct fo_target *target;
	struct fo_paragraph *paragraph;
	double x, top, baseline, height;
	const struct fo_mark *link; /* that the run before was in */
	struct link *area;
	double box_x; /* where an inline's box begins */
};

/* One area on each line for each link. */
static void
add_link(struct line *l, const struct fo_run *run, const struct fo_mark *link)
{
	struct link *area = l->area;
	double x = l->x + run->x;

	if (!link || l->target->artifact || !link->tag) {
		l->link = NULL;
		return;
	}
	if (link != l->link) {
		area = pool_alloc(l->target->job->pool, sizeof(*area));
		area->page = l->target->page->index;
		area->x = x;
		area->y = l->top;
		area->height = l->height;
		area->href = link->href;
		area->alt = link->alt;
		area->tag = link->tag;
		*l->target->job->links_end = area;
		l->target->job->links_end = &area->next;
		l->area = area;
	}
	area->width = x + run->width - area->x;
	l->link = link;
}

static void
draw_underline(struct line *l, const struct fo_run *run)
{
	struct fo_job *job = l->target->job;
	struct fo_box *rule = pool_alloc(job->pool, sizeof(*rule));
	double size = run->ascent + run->descent;
	struct fo_op *op = fo_op_add(job, &l->target->page->boxes, FO_OP_BOX);

	rule->filled = true;
	rule->fill = run->color;
	op->what.box = rule;
	op->x = l->x + run->x;
	op->y = l->baseline + size * 0.1;
	op->width = run->width;
	op->height = size * 0.05;
}

static void
draw_text(struct line *l, const struct fo_run *run, struct tag *tag)
{
	struct fo_op *op = fo_op_add(l->target->job, l->target->ops, FO_OP_RUN);

	op->what.run = run;
	op->x = l->x + run->x;
	op->y = l->baseline;
	op->tag = tag;
	if (run->underline)
		draw_underline(l, run);
}

static void
draw_image(struct line *l, const struct fo_run *run, const struct fo_inline *in,
	struct tag *tag)
{
	struct fo_job *job = l->target->job;
	struct fo_op *op = fo_op_add(job, l->target->ops, FO_OP_IMAGE);

	op->what.image = in->image;
	op->x = l->x + run->x;
	op->y = l->baseline - run->height;
	op->width = run->width;
	op->height = run->height;
	if (!tag || !*in->alt)
		return;
	op->tag = tag_create(job->pool, tag, FO_ROLE_FIGURE);
	op->tag->alt = in->alt;
	op->tag->box[FO_LEFT] = op->x;
	op->tag->box[FO_TOP] = op->y;
	op->tag->box[FO_RIGHT] = op->x + op->width;
	op->tag->box[FO_BOTTOM] = op->y + op->height;
}

/* The part of an inline's box that is on this line. */
static void
draw_inline_box(struct line *l, const struct fo_run *run,
	const struct fo_box *box, double end, bool first, bool last)
{
	struct fo_op *op =
		fo_op_add(l->target->job, &l->target->page->boxes, FO_OP_BOX);
	double above =
		run->ascent + box->padding[FO_TOP] + box->edge[FO_TOP].width;

	op->what.box = box;
	op->sides = 1u << FO_TOP | 1u << FO_BOTTOM;
	if (first)
		op->sides |= 1u << FO_LEFT;
	if (last)
		op->sides |= 1u << FO_RIGHT;
	op->x = l->box_x;
	op->width = end - l->box_x;
	op->y = l->baseline - above;
	op->height = above + run->descent + box->padding[FO_BOTTOM] +
		     box->edge[FO_BOTTOM].width;
}

static void
draw_boxes(struct line *l, const struct fo_line *line)
{
	struct fo_paragraph *p = l->paragraph;
	bool first = false;
	double x = l->x;

	l->box_x = line->run_count ? l->x + line->runs->x : l->x;
	for (int i = 0; i < line->run_count; i++) {
		const struct fo_run *run = &line->runs[i];
		const struct fo_box *box = p->inlines[run->index]->box;

		x = l->x + run->x + run->width;
		if (run->kind == FO_RUN_START) {
			p->open = box;
			l->box_x = l->x + run->x;
			first = true;
		} else if (run->kind == FO_RUN_END) {
			draw_inline_box(l, run, box, x, first, true);
			p->open = NULL;
			first = false;
		}
	}
	if (p->open && line->run_count)
		draw_inline_box(l, &line->runs[line->run_count - 1], p->open, x,
			first, false);
}

void
fo_line_draw(const struct fo_target *t, const struct fo_item *item, double y)
{
	struct fo_paragraph *p = item->of.paragraph;
	const struct fo_line *line = &p->text->lines[item->line];
	struct line l = {.target = t,
		.paragraph = p,
		.x = p->x,
		.top = y,
		.baseline = y + line->baseline,
		.height = line->height};

	draw_boxes(&l, line);
	for (int i = 0; i < line->run_count; i++) {
		const struct fo_run *run = &line->runs[i];
		const struct fo_inline *in = p->inlines[run->index];
		struct tag *tag = NULL;

		if (p->tag && !t->artifact)
			tag = mark_tag(t->job->pool, in->mark, p->tag);
		if (run->kind == FO_RUN_TEXT)
			draw_text(&l, run, tag);
		else if (run->kind == FO_RUN_IMAGE)
			draw_image(&l, run, in, tag);
		add_link(&l, run, link_of(in));
	}
}

/* Rows */

double
fo_row_height(const struct fo_row_box *r)
{
	double height = r->broken ? 0 : r->row->height;

	for (int i = 0; i < r->count; i++) {
		const struct fo_slot *s = &r->slots[i];

		height = fmax(height,
			s->top + s->bottom + fo_galley_height(s->galley));
	}
	return height;
}

bool
fo_row_splits(const struct fo_item *item, double height)
{
	const struct fo_row_box *r = item->of.row;
	bool all = true;

	if (r->row->height > 0 && !r->broken)
		return false;
	for (int i = 0; i < r->count; i++) {
		const struct fo_slot *s = &r->slots[i];
		bool complete;

		if (!fo_galley_fits(
			    s->galley, height - s->top - s->bottom, &complete))
			return false;
		all = all && complete;
	}
	return !all;
}

/* Where borders collapse they lie on the line between two cells. */
static void
place_box(struct fo_op *op, const struct fo_box *box, double x, double y,
	double width, double height, bool separate)
{
	const struct fo_edge *e = box->edge;

	op->what.box = box;
	op->x = x;
	op->y = y;
	op->width = width;
	op->height = height;
	if (separate)
		return;
	op->x -= e[FO_LEFT].width / 2;
	op->y -= e[FO_TOP].width / 2;
	op->width += (e[FO_LEFT].width + e[FO_RIGHT].width) / 2;
	op->height += (e[FO_TOP].width + e[FO_BOTTOM].width) / 2;
}

static double
draw_cell(const struct fo_target *t, const struct fo_slot *s, double y,
	double height, enum fo_split split)
{
	static const double shares[] = {0, 0.5, 1};
	double room = height - s->top - s->bottom;
	struct fo_galley copy = *s->galley;
	struct fo_galley *g = split == FO_WHOLE ? &copy : s->galley;

	if (s->tag && !t->artifact)
		fo_op_add(t->job, t->ops, FO_OP_ATTACH)->tag = s->tag;
	if (split != FO_WHOLE)
		return s->top + s->bottom +
		       fo_galley_take(
			       t, g, y + s->top, room, split == FO_SPLIT_MUST);
	y += s->top + shares[s->cell->place] * (room - fo_galley_height(g));
	fo_galley_take(t, g, y, INFINITY, true);
	return height;
}

double
fo_row_draw(const struct fo_target *t, struct fo_item *item, double y,
	double height, enum fo_split split)
{
	struct fo_row_box *r = item->of.row;
	struct fo_ops *boxes = &t->page->boxes;
	size_t op = boxes->count;
	unsigned sides = 15;
	double used = 0;

	/* Below what the cells hold, so first in the list. */
	if (r->row->box)
		fo_op_add(t->job, boxes, FO_OP_BOX);
	for (int i = 0; i < r->count; i++) {
		if (r->slots[i].cell->box)
			fo_op_add(t->job, boxes, FO_OP_BOX);
	}
	for (int i = 0; i < r->count; i++)
		used = fmax(used, draw_cell(t, &r->slots[i], y, height, split));
	if (r->broken)
		sides &= ~(1u << FO_TOP);
	if (split != FO_WHOLE) {
		r->broken = true;
		item->height = fo_row_height(r);
		sides &= ~(1u << FO_BOTTOM);
	}
	if (r->row->box) {
		boxes->list[op].sides = sides;
		place_box(&boxes->list[op++], r->row->box, r->x, y, r->width,
			used, r->separate);
	}
	for (int i = 0; i < r->count; i++) {
		const struct fo_slot *s = &r->slots[i];

		if (!s->cell->box)
			continue;
		boxes->list[op].sides = sides;
		place_box(&boxes->list[op++], s->cell->box, s->x, y, s->width,
			used, r->separate);
	}
	return used;
}
