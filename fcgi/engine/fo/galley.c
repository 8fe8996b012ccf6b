#include <math.h>

#include "galley.h"

/* Sums of heights may differ in the last digits. */
static const double slack = 0.01;

struct fo_galley *
fo_galley_create(struct fo_job *job, double page_height)
{
	struct fo_galley *g = pool_alloc(job->pool, sizeof(*g));

	g->end = &g->first;
	g->page_height = page_height;
	return g;
}

struct fo_item *
fo_galley_add(struct fo_job *job, struct fo_galley *g, enum fo_item_kind kind,
	double height)
{
	struct fo_item *item = pool_alloc(job->pool, sizeof(*item));

	item->kind = kind;
	item->height = height;
	if (kind <= FO_ITEM_STRUT) {
		item->keep = item->whole = g->keep_depth > 0;
		g->last_box = item;
	}
	*g->end = item;
	g->end = &item->next;
	return item;
}

/* Down the galley: what has been placed, and where it might be broken. */
struct fit {
	const struct fo_item *stop; /* not placed any more; NULL: all is */
	enum fo_split split;	    /* is part of stop placed? */
	bool placed;		    /* something is */
	bool forced;		    /* what does not fit, at the top */
	double height;
};

struct scan {
	double height; /* of boxes, with the spaces between them */
	double prefix; /* borders and paddings open above the next box */
	double space;
	bool placed;
	bool kept; /* the last box with the next */
	bool forced;
	const struct fo_item *after; /* the last box and what it closes */
	const struct fo_item *legal; /* the last place to break */
};

static double
repeated_height(const struct fo_galley *g)
{
	double height = 0;

	for (const struct fo_frame *f = g->open; f; f = f->inner) {
		if (f->header)
			height += fo_galley_height(f->header);
	}
	/* A header that leaves no room for the rows isn't repeated. */
	return height > g->page_height / 2 ? 0 : height;
}

static void
scan_box(struct scan *s, const struct fo_item *item)
{
	s->height += s->prefix + s->space + item->height;
	s->prefix = s->space = 0;
	s->placed = true;
	s->kept = item->keep;
	s->after = item->next;
}

/* Spaces, frames; true where the page must end. */
static bool
scan_other(struct scan *s, const struct fo_item *item)
{
	switch (item->kind) {
	case FO_ITEM_SPACE:
		if (s->placed || s->prefix > 0)
			s->space = fmax(s->space, item->height);
		break;
	case FO_ITEM_OPEN:
		if (item->height > 0) {
			s->prefix += s->space + item->height;
			s->space = 0;
		}
		break;
	case FO_ITEM_CLOSE:
		if (item->height > 0) {
			s->height += s->prefix + s->space + item->height;
			s->prefix = s->space = 0;
		}
		s->after = item->next;
		break;
	case FO_ITEM_BREAK:
		return s->placed;
	default:
		break;
	}
	return false;
}

static struct fit
stop_at(const struct scan *s, const struct fo_item *stop, enum fo_split split)
{
	return (struct fit){.stop = stop,
		.split = split,
		.placed = s->placed || split != FO_WHOLE,
		.forced = s->forced || split == FO_SPLIT_MUST,
		.height = s->height};
}

/* A keep gives way where the page could end nowhere else. */
static bool
may_split(const struct scan *s, const struct fo_item *item, bool must)
{
	if (item->kind != FO_ITEM_ROW)
		return false;
	return (!item->whole && !s->kept) || (must && !s->legal);
}

/*
 * header: the height of those repeated. must: at the top of a page, where
 * something has to be placed even if it doesn't fit or breaks a keep.
 */
static struct fit
fit(const struct fo_galley *g, double room, double header, bool must)
{
	struct scan s = {.height = header};

	for (const struct fo_item *item = g->first; item; item = item->next) {
		double left;

		if (item->kind > FO_ITEM_STRUT) {
			if (scan_other(&s, item))
				return stop_at(&s, item, FO_WHOLE);
			continue;
		}
		if (s.placed && !s.kept)
			s.legal = s.after;
		left = room - s.height - s.prefix - s.space;
		if (item->height <= left + slack) {
			scan_box(&s, item);
			continue;
		}
		if (may_split(&s, item, must) && fo_row_splits(item, left))
			return stop_at(&s, item, FO_SPLIT);
		if (s.legal)
			return stop_at(&s, s.legal, FO_WHOLE);
		if (s.placed && must)
			return stop_at(&s, s.after, FO_WHOLE);
		if (!must)
			return (struct fit){.stop = g->first};
		if (item->kind == FO_ITEM_ROW)
			return stop_at(&s, item, FO_SPLIT_MUST);
		s.forced = true;
		scan_box(&s, item);
	}
	return stop_at(&s, NULL, FO_WHOLE);
}

double
fo_galley_height(const struct fo_galley *g)
{
	return fit(g, INFINITY, repeated_height(g), false).height;
}

bool
fo_galley_fits(const struct fo_galley *g, double height, bool *complete)
{
	struct fit f = fit(g, height, repeated_height(g), false);

	*complete = !f.stop;
	return !f.stop || f.placed;
}

/* Drawing, in step with the above */

struct drawing {
	const struct fo_target *target;
	struct fo_galley *galley;
	struct fo_frame **inner; /* where the next frame opens */
	double y;
	double space;
	bool placed;
};

static void
start_frames(struct drawing *d)
{
	for (struct fo_frame *f = d->galley->open; f; f = f->inner) {
		if (!f->started)
			f->y = d->y;
		f->started = true;
	}
}

static void
reserve_box(struct drawing *d, struct fo_frame *f)
{
	struct fo_page *page = d->target->page;

	f->started = false;
	f->op = page->boxes.count;
	if (f->box)
		fo_op_add(d->target->job, &page->boxes, FO_OP_BOX);
}

/* The part of the frame's box that stands on this page. */
static void
finish_box(struct drawing *d, struct fo_frame *f, bool last)
{
	struct fo_op *op;

	if (!f->box)
		return;
	op = &d->target->page->boxes.list[f->op];
	op->what.box = f->box;
	op->sides = 1u << FO_LEFT | 1u << FO_RIGHT;
	if (!f->broken)
		op->sides |= 1u << FO_TOP;
	if (last)
		op->sides |= 1u << FO_BOTTOM;
	op->x = f->x;
	op->width = f->width;
	op->y = f->started ? f->y : d->y;
	op->height = d->y - op->y;
}

/* What was broken by the end of the page before goes on. */
static void
reopen(struct drawing *d, bool repeats)
{
	struct fo_target header = *d->target;

	header.artifact = true;
	d->inner = &d->galley->open;
	for (struct fo_frame *f = d->galley->open; f; f = f->inner) {
		reserve_box(d, f);
		d->inner = &f->inner;
	}
	for (struct fo_frame *f = d->galley->open; f && repeats; f = f->inner) {
		struct fo_galley copy;

		if (!f->header)
			continue;
		copy = *f->header;
		start_frames(d);
		d->y += fo_galley_take(&header, &copy, d->y, INFINITY, true);
	}
}

static void
draw_open(struct drawing *d, const struct fo_item *item)
{
	struct fo_frame *f = item->of.frame;

	f->inner = NULL;
	f->broken = false;
	reserve_box(d, f);
	*d->inner = f;
	d->inner = &f->inner;
	if (item->height > 0) {
		d->y += d->space;
		d->space = 0;
		start_frames(d);
		d->y += item->height;
		d->placed = true;
	}
}

static void
draw_close(struct drawing *d, const struct fo_item *item)
{
	struct fo_frame **outer = &d->galley->open;

	if (item->height > 0) {
		d->y += d->space + item->height;
		d->space = 0;
	}
	if (!*outer)
		return;
	while ((*outer)->inner)
		outer = &(*outer)->inner;
	finish_box(d, *outer, true);
	*outer = NULL;
	d->inner = outer;
}

static void
draw_box_item(struct drawing *d, struct fo_item *item)
{
	d->y += d->space;
	d->space = 0;
	d->placed = true;
	start_frames(d);
	if (item->kind == FO_ITEM_LINE)
		fo_line_draw(d->target, item, d->y);
	else if (item->kind == FO_ITEM_ROW)
		fo_row_draw(d->target, item, d->y, item->height, FO_WHOLE);
	d->y += item->height;
}

static void
draw_item(struct drawing *d, struct fo_item *item)
{
	switch (item->kind) {
	case FO_ITEM_OPEN:
		draw_open(d, item);
		break;
	case FO_ITEM_CLOSE:
		draw_close(d, item);
		break;
	case FO_ITEM_SPACE:
		if (d->placed)
			d->space = fmax(d->space, item->height);
		break;
	case FO_ITEM_BREAK:
		break;
	default:
		draw_box_item(d, item);
	}
}

double
fo_galley_take(const struct fo_target *target, struct fo_galley *g, double y,
	double height, bool must)
{
	double header = repeated_height(g);
	struct fit f = fit(g, height, header, must);
	struct drawing d = {.target = target, .galley = g, .y = y};
	struct fo_item *item;

	/* Without the header it may have room. */
	if (f.forced && header > 0) {
		header = 0;
		f = fit(g, height, header, must);
	}
	reopen(&d, header > 0);
	for (item = g->first; item != f.stop; item = item->next)
		draw_item(&d, item);
	if (f.split != FO_WHOLE) {
		d.y += d.space;
		start_frames(&d);
		d.y += fo_row_draw(
			target, item, d.y, y + height - d.y, f.split);
	}
	g->first = item;
	/* A break that ends the page is done with. */
	if (item && item->kind == FO_ITEM_BREAK)
		g->first = item->next;
	for (struct fo_frame *frame = g->open; frame; frame = frame->inner) {
		finish_box(&d, frame, false);
		frame->broken = true;
	}
	return d.y - y;
}
