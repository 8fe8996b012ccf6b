#include <math.h>

#include "layout.h"

/* What a cell's border and padding take; half, where borders collapse. */
static double
inset(const struct fo_slot *slot, enum fo_side side, bool separate)
{
	const struct fo_box *box = slot->cell->box;

	if (!box)
		return 0;
	return box->padding[side] +
	       box->edge[side].width * (separate ? 1 : 0.5);
}

static void
lay_cell(const struct fo_column *c, struct fo_slot *slot, bool separate)
{
	struct fo_column inner = *c;
	double left = inset(slot, FO_LEFT, separate);
	double right = inset(slot, FO_RIGHT, separate);

	slot->top = inset(slot, FO_TOP, separate);
	slot->bottom = inset(slot, FO_BOTTOM, separate);
	slot->galley = fo_galley_create(c->job, c->galley->page_height);
	inner.galley = slot->galley;
	inner.tag = slot->tag;
	inner.flow = false;
	inner.x = slot->x + left;
	inner.width = fmax(1, slot->width - left - right);
	fo_layout_nodes(&inner, slot->cell->content);
}

static void
fill_row(const struct fo_column *c, struct fo_galley *galley,
	struct fo_row_box *r)
{
	const struct fo_row *row = r->row;
	const struct fo_item *before = galley->last_box;
	struct fo_item *item;

	if (row->before > 0)
		fo_galley_add(c->job, galley, FO_ITEM_SPACE, row->before);
	if (row->keep_previous && before)
		galley->last_box->keep = true;
	item = fo_galley_add(c->job, galley, FO_ITEM_ROW, fo_row_height(r));
	item->of.row = r;
	item->whole |= row->keep_together;
	item->keep |= row->keep_next;
	if (row->after > 0)
		fo_galley_add(c->job, galley, FO_ITEM_SPACE, row->after);
}

struct grid {
	const struct fo_node *node;
	double x, width;
	double columns[64];
	struct tag *tag; /* NULL: none of its own */
	bool layout;	 /* only places: cells are no elements */
};

static void
add_row(const struct fo_column *c, struct fo_galley *galley,
	const struct grid *grid, const struct fo_row *row)
{
	struct fo_row_box *r = pool_alloc(c->job->pool, sizeof(*r));
	struct tag *tag = NULL;
	double x = grid->x;
	int column = 0;
	int i = 0;

	r->row = row;
	r->x = grid->x;
	r->width = grid->width;
	r->separate = grid->node->table->separate;
	for (const struct fo_cell *cell = row->cells; cell; cell = cell->next)
		r->count++;
	r->slots =
		pool_calloc(c->job->pool, (size_t)r->count, sizeof(*r->slots));
	if (c->tag && !grid->layout)
		tag = tag_create(c->job->pool, grid->tag, FO_ROLE_TR);
	for (const struct fo_cell *cell = row->cells; cell;
		cell = cell->next, i++) {
		struct fo_slot *slot = &r->slots[i];

		slot->cell = cell;
		slot->x = x;
		for (int n = 0; n < cell->span; n++)
			slot->width += grid->columns[column++];
		x += slot->width;
		slot->tag = grid->layout ? c->tag : NULL;
		if (tag) {
			slot->tag = tag_create(c->job->pool, tag, cell->role);
			slot->tag->span = cell->span;
			slot->tag->row_header =
				cell->role == FO_ROLE_TH && galley == c->galley;
		}
		lay_cell(c, slot, r->separate);
		if (grid->layout)
			slot->tag = NULL; /* nothing to attach */
	}
	fill_row(c, galley, r);
}

/* What is left after fixed widths and percentages is shared. */
static void
share_columns(const struct fo_column *c, struct grid *grid)
{
	const struct fo_table *t = grid->node->table;
	double shares = 0;
	double rest = grid->width;

	for (int i = 0; i < t->columns; i++) {
		const struct fo_length *l = &t->column[i];

		if (l->unit == FO_PROPORTION) {
			shares += l->value;
			continue;
		}
		grid->columns[i] = l->value;
		if (l->unit == FO_PERCENT)
			grid->columns[i] *= grid->width / 100;
		rest -= grid->columns[i];
	}
	for (int i = 0; i < t->columns; i++) {
		if (t->column[i].unit == FO_PROPORTION)
			grid->columns[i] =
				fmax(0, rest) * t->column[i].value / shares;
	}
	if (rest < -1)
		fo_fail(c->job, "fo:table: columns of %.1f pt in %.1f pt",
			grid->width - rest, grid->width);
	if (shares <= 0)
		grid->width -= rest;
}

/*
 * The header stands in the galley once, kept with the first row, and again
 * wherever a page breaks the frame.
 */
static struct fo_frame *
add_header(const struct fo_column *c, const struct grid *grid)
{
	struct fo_job *job = c->job;
	struct fo_frame *frame = pool_alloc(job->pool, sizeof(*frame));
	struct fo_galley *g = fo_galley_create(job, c->galley->page_height);

	for (const struct fo_row *row = grid->node->table->header; row;
		row = row->next)
		add_row(c, g, grid, row);
	for (struct fo_item *item = g->first; item; item = item->next) {
		struct fo_item *copy =
			fo_galley_add(job, c->galley, item->kind, item->height);

		copy->of = item->of;
		copy->keep = copy->whole = true;
	}
	frame->header = g;
	fo_galley_add(job, c->galley, FO_ITEM_OPEN, 0)->of.frame = frame;
	return frame;
}

void
fo_layout_table(const struct fo_column *c, const struct fo_node *node)
{
	const struct fo_table *t = node->table;
	struct grid grid = {.node = node, .x = c->x, .width = c->width};
	struct fo_frame *frame = NULL;

	grid.layout = node->role == FO_ROLE_NONSTRUCT;
	if (t->width.unit == FO_POINTS)
		grid.width = t->width.value;
	else if (t->width.unit == FO_PERCENT)
		grid.width *= t->width.value / 100;
	share_columns(c, &grid);
	if (c->tag && !grid.layout) {
		grid.tag = tag_create(c->job->pool, c->tag, FO_ROLE_TABLE);
		grid.tag->lang = node->lang;
	}
	if (t->header)
		frame = add_header(c, &grid);
	for (const struct fo_row *row = t->rows; row; row = row->next)
		add_row(c, c->galley, &grid, row);
	if (frame)
		fo_galley_add(c->job, c->galley, FO_ITEM_CLOSE, 0)->of.frame =
			frame;
}

void
fo_layout_list(const struct fo_column *c, const struct fo_node *node)
{
	const struct fo_table *t = node->table;
	struct tag *list = NULL;

	if (c->tag) {
		list = tag_create(c->job->pool, c->tag, FO_ROLE_L);
		list->ordered = t->ordered;
		list->lang = node->lang;
	}
	for (const struct fo_row *row = t->rows; row; row = row->next) {
		struct fo_row_box *r = pool_alloc(c->job->pool, sizeof(*r));
		struct tag *item = NULL;

		r->row = row;
		r->x = c->x;
		r->width = c->width;
		r->count = 2;
		r->slots = pool_calloc(c->job->pool, 2, sizeof(*r->slots));
		r->slots[0].cell = row->cells;
		r->slots[0].x = c->x;
		r->slots[0].width = fmax(1, t->distance - t->separation);
		r->slots[1].cell = row->cells->next;
		r->slots[1].x = c->x + t->distance;
		r->slots[1].width = fmax(1, c->width - t->distance);
		if (list)
			item = tag_create(c->job->pool, list, FO_ROLE_LI);
		for (int i = 0; i < 2; i++) {
			if (item)
				r->slots[i].tag = tag_create(c->job->pool, item,
					r->slots[i].cell->role);
			lay_cell(c, &r->slots[i], true);
		}
		fill_row(c, c->galley, r);
	}
}
