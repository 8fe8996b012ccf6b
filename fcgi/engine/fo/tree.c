#include <string.h>

#include "image.h"
#include "tree_read.h"

const xmlNode *
fo_tree_element(struct fo_job *job, const xmlNode *node, enum fo_element parent)
{
	for (; node; node = node->next) {
		if (node->type == XML_ELEMENT_NODE)
			return node;
		if (node->type == XML_COMMENT_NODE ||
			node->type == XML_PI_NODE || xmlIsBlankNode(node))
			continue;
		fo_fail(job, "%s: text is not allowed here",
			fo_element_name(parent));
		return NULL;
	}
	return NULL;
}

void
fo_tree_misplaced(
	struct fo_job *job, const xmlNode *child, enum fo_element parent)
{
	enum fo_element e = fo_element_find(child);

	if (e == FO_ELEMENTS)
		fo_fail(job, "%s%s%s: unknown element",
			child->ns && child->ns->prefix
				? (const char *)child->ns->prefix
				: "",
			child->ns && child->ns->prefix ? ":" : "",
			(const char *)child->name);
	else
		fo_fail(job, "%s is not allowed in %s", fo_element_name(e),
			fo_element_name(parent));
}

void
fo_tree_props(struct fo_job *job, const xmlNode *xml, enum fo_element e,
	struct around *around, struct fo_props *p)
{
	fo_props_read(job, xml, e, around->style, p);
	if (p->restyled)
		around->style = fo_style_keep(job, &p->style);
	if (++around->depth > FO_DEPTH_MAX)
		fo_fail(job, "%s: nested more than %d deep", fo_element_name(e),
			FO_DEPTH_MAX);
}

const struct fo_box *
fo_tree_box(struct fo_job *job, const struct fo_props *p)
{
	struct fo_box *box;

	if (!p->boxed)
		return NULL;
	box = pool_alloc(job->pool, sizeof(*box));
	*box = p->box;
	return box;
}

struct fo_node *
fo_tree_node(struct fo_job *job, enum fo_kind kind, const struct around *around,
	const struct fo_props *p)
{
	struct fo_node *node = pool_alloc(job->pool, sizeof(*node));

	node->kind = kind;
	node->role = p->role;
	node->style = around->style;
	node->box = fo_tree_box(job, p);
	node->before = p->before;
	node->after = p->after;
	node->left = p->margin[FO_LEFT];
	node->right = p->margin[FO_RIGHT];
	node->keep_together = p->keep_together;
	node->keep_next = p->keep_next;
	node->keep_previous = p->keep_previous;
	node->break_before = p->break_before;
	node->break_after = p->break_after;
	return node;
}

/*
 * XSL lets a border or padding at the side of a block stand outside the
 * column unless a margin is given (4.4.1, 5.3.2). We would keep it inside,
 * others not: so it must be given.
 */
static void
check_margins(struct fo_job *job, const struct fo_props *p)
{
	const unsigned sides = 1u << FO_LEFT | 1u << FO_RIGHT;
	const struct fo_box *b = &p->box;

	if ((p->margins & sides) != sides &&
		b->padding[FO_LEFT] + b->padding[FO_RIGHT] +
				b->edge[FO_LEFT].width +
				b->edge[FO_RIGHT].width >
			0)
		fo_fail(job, "fo:block: border or padding at the sides needs "
			     "margin-left and margin-right");
}

/* Text and inline elements up to the next block make one paragraph. */
struct content {
	struct fo_node *first;
	struct fo_node **end;
	struct fo_node *paragraph; /* open, or NULL */
};

static struct fo_node *
paragraph_of(struct fo_job *job, struct content *c, const struct around *around)
{
	static const struct fo_props none;

	if (!c->paragraph) {
		c->paragraph = fo_tree_node(job, FO_NODE_TEXT, around, &none);
		if (strcmp(around->style->lang, around->lang) != 0)
			c->paragraph->lang = around->style->lang;
		*c->end = c->paragraph;
		c->end = &c->paragraph->next;
	}
	return c->paragraph;
}

static struct fo_node *read_block(
	struct fo_job *, const xmlNode *, struct around);

/* NULL where the element is no block-level one. */
static struct fo_node *
read_block_level(
	struct fo_job *job, const xmlNode *child, const struct around *around)
{
	switch ((int)fo_element_find(child)) {
	case FO_BLOCK:
		return read_block(job, child, *around);
	case FO_TABLE:
		return fo_tree_table(job, child, *around);
	case FO_LIST_BLOCK:
		return fo_tree_list(job, child, *around);
	}
	return NULL;
}

static void
read_content(struct fo_job *job, const xmlNode *xml,
	const struct around *around, struct content *c)
{
	struct around text = *around;

	text.lang = around->style->lang;
	for (const xmlNode *k = xml->children; k && !job->failed; k = k->next) {
		struct fo_node *node = NULL;

		if (k->type == XML_COMMENT_NODE || k->type == XML_PI_NODE ||
			(!c->paragraph && xmlIsBlankNode(k)))
			continue;
		if (k->type == XML_ELEMENT_NODE)
			node = read_block_level(job, k, around);
		if (node) {
			*c->end = node;
			c->end = &node->next;
			c->paragraph = NULL;
		} else {
			fo_tree_inline(
				job, k, text, paragraph_of(job, c, around));
		}
	}
}

/* The structure element of a block: its role, or P where it has text. */
static struct fo_node *
read_block(struct fo_job *job, const xmlNode *xml, struct around around)
{
	struct fo_props p;
	struct content c = {0};
	struct fo_node *node;
	struct around inner;

	fo_tree_props(job, xml, FO_BLOCK, &around, &p);
	check_margins(job, &p);
	node = fo_tree_node(job, FO_NODE_BLOCK, &around, &p);
	if (strcmp(around.style->lang, around.lang) != 0)
		node->lang = around.style->lang;
	inner = around;
	if (node->role != FO_ROLE_NONE)
		inner.lang = around.style->lang;
	c.end = &c.first;
	if (!job->failed)
		read_content(job, xml, &inner, &c);
	if (c.first && !c.first->next && c.first == c.paragraph &&
		(node->role == FO_ROLE_NONE || node->role >= FO_ROLE_P)) {
		node->kind = FO_NODE_TEXT;
		node->inlines = c.first->inlines;
		node->marks = c.first->marks;
		return node;
	}
	if (c.first && node->role >= FO_ROLE_P)
		fo_fail(job, "fo:block: role %s is for text, not for blocks",
			fo_role_name(node->role));
	node->children = c.first;
	return node;
}

struct fo_node *
fo_tree_blocks(struct fo_job *job, const xmlNode *xml, enum fo_element parent,
	struct around around)
{
	struct fo_node *first = NULL;
	struct fo_node **end = &first;
	const xmlNode *k = fo_tree_element(job, xml->children, parent);

	for (; k && !job->failed; k = fo_tree_element(job, k->next, parent)) {
		*end = read_block_level(job, k, &around);
		if (*end)
			end = &(*end)->next;
		else
			fo_tree_misplaced(job, k, parent);
	}
	return first;
}
