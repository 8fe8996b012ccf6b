#include <math.h>

#include "layout.h"

/* Text that is all a cell or a list body has is its own, without a P. */
static bool
takes_text(const struct tag *t)
{
	return t->role == FO_ROLE_TH || t->role == FO_ROLE_TD ||
	       t->role == FO_ROLE_LBL || t->role == FO_ROLE_LBODY;
}

static bool
has_text(const struct fo_node *node)
{
	for (const struct fo_inline *in = node->inlines; in; in = in->next) {
		if (in->kind != FO_IMAGE)
			return true;
	}
	return false;
}

/* The structure element for a block or a paragraph: NULL for an artifact. */
static struct tag *
tag_of(const struct fo_column *c, const struct fo_node *node, bool only)
{
	enum fo_role role = node->role;
	struct tag *t;

	if (!c->tag)
		return NULL;
	if (role == FO_ROLE_NONE && node->kind == FO_NODE_TEXT) {
		if (only && takes_text(c->tag)) {
			if (node->lang)
				c->tag->lang = node->lang;
			return c->tag;
		}
		if (has_text(node))
			role = FO_ROLE_P;
	}
	if (role == FO_ROLE_NONE)
		return c->tag;
	t = tag_create(c->job->pool, c->tag, role);
	t->lang = node->lang;
	return t;
}

/* An image wider than its column, or higher than a page, is made to fit. */
static void
fit_images(const struct fo_column *c, const struct fo_node *node)
{
	for (struct fo_inline *in = node->inlines; in; in = in->next) {
		double scale = 1;

		if (in->kind != FO_IMAGE)
			continue;
		scale = fmin(scale, c->width / in->width);
		scale = fmin(scale, c->galley->page_height * 0.9 / in->height);
		in->width *= scale;
		in->height *= scale;
	}
}

static void
add_lines(
	const struct fo_column *c, const struct fo_node *node, struct tag *tag)
{
	struct fo_job *job = c->job;
	struct fo_paragraph *p = pool_alloc(job->pool, sizeof(*p));
	const struct fo_style *s = node->style;
	size_t count = 0;
	int lines;

	fit_images(c, node);
	p->text = fo_text_layout(job, node, c->width);
	p->tag = tag;
	p->x = c->x;
	for (const struct fo_inline *in = node->inlines; in; in = in->next)
		count++;
	p->inlines = pool_calloc(job->pool, count, sizeof(*p->inlines));
	count = 0;
	for (const struct fo_inline *in = node->inlines; in; in = in->next)
		p->inlines[count++] = in;
	lines = p->text->line_count;
	for (int i = 0; i < lines; i++) {
		struct fo_item *item = fo_galley_add(
			job, c->galley, FO_ITEM_LINE, p->text->lines[i].height);

		item->of.paragraph = p;
		item->line = i;
		if (i + 1 < lines &&
			(i + 1 < s->orphans || lines - i - 1 < s->widows))
			item->keep = true;
	}
}

static double
edge(const struct fo_box *box, enum fo_side side)
{
	return box ? box->edge[side].width + box->padding[side] : 0;
}

static void
add_content(const struct fo_column *c, const struct fo_node *node, bool only)
{
	struct fo_galley *g = c->galley;
	const struct fo_item *before = g->last_box;
	const struct fo_box *box = node->box;
	struct fo_column inner = *c;
	struct fo_frame *frame = NULL;

	inner.x += node->left;
	inner.width = fmax(1, inner.width - node->left - node->right);
	inner.tag = tag_of(c, node, only && !box);
	inner.flow = c->flow && !box;
	if (box) {
		frame = pool_alloc(c->job->pool, sizeof(*frame));
		frame->box = box;
		frame->x = inner.x;
		frame->width = inner.width;
		inner.x += edge(box, FO_LEFT);
		inner.width = fmax(1,
			inner.width - edge(box, FO_LEFT) - edge(box, FO_RIGHT));
		fo_galley_add(c->job, g, FO_ITEM_OPEN, edge(box, FO_TOP))
			->of.frame = frame;
	}
	if (node->kind == FO_NODE_TEXT)
		add_lines(&inner, node, inner.tag);
	else
		fo_layout_nodes(&inner, node->children);
	if (!box)
		return;
	/* A rule: a block with a border and nothing else. */
	if (g->last_box == before)
		fo_galley_add(c->job, g, FO_ITEM_STRUT, 0);
	fo_galley_add(c->job, g, FO_ITEM_CLOSE, edge(box, FO_BOTTOM))
		->of.frame = frame;
}

static void
add_break(const struct fo_column *c, bool wanted)
{
	if (!wanted)
		return;
	if (!c->flow)
		fo_fail(c->job, "break-before, break-after: only in fo:flow, "
				"not in a table, list or block with a box");
	fo_galley_add(c->job, c->galley, FO_ITEM_BREAK, 0);
}

static void
add_space(const struct fo_column *c, double height)
{
	if (height > 0)
		fo_galley_add(c->job, c->galley, FO_ITEM_SPACE, height);
}

static void
add_node(const struct fo_column *c, const struct fo_node *node, bool only)
{
	struct fo_galley *g = c->galley;
	struct fo_item *before = g->last_box;

	add_break(c, node->break_before);
	add_space(c, node->before);
	if (node->keep_previous && before)
		before->keep = true;
	g->keep_depth += node->keep_together;
	if (node->kind == FO_NODE_TABLE)
		fo_layout_table(c, node);
	else if (node->kind == FO_NODE_LIST)
		fo_layout_list(c, node);
	else
		add_content(c, node, only);
	g->keep_depth -= node->keep_together;
	if (g->last_box != before) {
		if (node->keep_together && g->keep_depth == 0)
			g->last_box->keep = false;
		if (node->keep_next)
			g->last_box->keep = true;
	}
	add_space(c, node->after);
	add_break(c, node->break_after);
}

void
fo_layout_nodes(const struct fo_column *c, const struct fo_node *nodes)
{
	for (const struct fo_node *n = nodes; n && !c->job->failed; n = n->next)
		add_node(c, n, n == nodes && !n->next);
}
