#include <string.h>

#include "tree_read.h"

enum { COLUMNS_MAX = 64 };

static void
read_column(struct fo_job *job, const xmlNode *xml, struct around around,
	struct fo_table *t)
{
	struct fo_props p;

	fo_tree_props(job, xml, FO_TABLE_COLUMN, &around, &p);
	if (fo_tree_element(job, xml->children, FO_TABLE_COLUMN))
		fo_fail(job, "fo:table-column: must be empty");
	if (p.column.unit == FO_NONE)
		fo_fail(job, "fo:table-column: needs column-width");
	if (t->columns + p.repeated > COLUMNS_MAX)
		fo_fail(job, "fo:table: more than %d columns", COLUMNS_MAX);
	while (!job->failed && p.repeated-- > 0)
		t->column[t->columns++] = p.column;
}

static struct fo_cell *
read_cell(struct fo_job *job, const xmlNode *xml, enum fo_element e,
	struct around around, enum fo_role role)
{
	struct fo_cell *cell = pool_alloc(job->pool, sizeof(*cell));
	struct fo_props p;

	fo_tree_props(job, xml, e, &around, &p);
	cell->role = p.role == FO_ROLE_NONE ? role : p.role;
	cell->span = p.span;
	cell->place = p.place;
	cell->box = fo_tree_box(job, &p);
	cell->content = fo_tree_blocks(job, xml, e, around);
	return cell;
}

static struct fo_row *
read_row(struct fo_job *job, const xmlNode *xml, struct around around,
	const struct fo_table *t, enum fo_role role)
{
	struct fo_row *row = pool_alloc(job->pool, sizeof(*row));
	struct fo_cell **end = &row->cells;
	const enum fo_element e = FO_TABLE_ROW;
	const xmlNode *k;
	struct fo_props p;
	int columns = 0;

	fo_tree_props(job, xml, e, &around, &p);
	row->box = fo_tree_box(job, &p);
	row->height = p.height.value;
	row->keep_together = p.keep_together;
	row->keep_next = p.keep_next;
	row->keep_previous = p.keep_previous;
	if (t->separate && (p.box.edge[FO_TOP].width > 0 ||
				   p.box.edge[FO_BOTTOM].width > 0))
		fo_fail(job, "fo:table-row: no border where "
			     "border-collapse is separate");
	for (k = fo_tree_element(job, xml->children, e); k && !job->failed;
		k = fo_tree_element(job, k->next, e)) {
		if (fo_element_find(k) != FO_TABLE_CELL) {
			fo_tree_misplaced(job, k, e);
			break;
		}
		*end = read_cell(job, k, FO_TABLE_CELL, around, role);
		columns += (*end)->span;
		end = &(*end)->next;
	}
	if (columns != t->columns)
		fo_fail(job, "fo:table-row: %d columns of %d", columns,
			t->columns);
	return row;
}

/* A header or a body; adds to the list and gives its end. */
static struct fo_row **
read_rows(struct fo_job *job, const xmlNode *xml, enum fo_element e,
	struct around around, const struct fo_table *t, struct fo_row **end)
{
	const enum fo_role role =
		e == FO_TABLE_HEADER ? FO_ROLE_TH : FO_ROLE_TD;
	const xmlNode *k;
	struct fo_props p;

	fo_tree_props(job, xml, e, &around, &p);
	for (k = fo_tree_element(job, xml->children, e); k && !job->failed;
		k = fo_tree_element(job, k->next, e)) {
		if (fo_element_find(k) != FO_TABLE_ROW) {
			fo_tree_misplaced(job, k, e);
			break;
		}
		*end = read_row(job, k, around, t, role);
		end = &(*end)->next;
	}
	return end;
}

static void
read_parts(struct fo_job *job, const xmlNode *xml, const struct around *around,
	struct fo_table *t)
{
	struct fo_row **header = &t->header;
	struct fo_row **rows = &t->rows;
	const xmlNode *k;

	for (k = fo_tree_element(job, xml->children, FO_TABLE);
		k && !job->failed;
		k = fo_tree_element(job, k->next, FO_TABLE)) {
		enum fo_element e = fo_element_find(k);

		if (e == FO_TABLE_COLUMN && !t->header && !t->rows)
			read_column(job, k, *around, t);
		else if (e == FO_TABLE_HEADER && !t->header && !t->rows)
			header = read_rows(job, k, e, *around, t, header);
		else if (e == FO_TABLE_BODY)
			rows = read_rows(job, k, e, *around, t, rows);
		else
			fo_tree_misplaced(job, k, FO_TABLE);
	}
}

struct fo_node *
fo_tree_table(struct fo_job *job, const xmlNode *xml, struct around around)
{
	struct fo_table *t = pool_alloc(job->pool, sizeof(*t));
	struct fo_node *node;
	struct fo_props p;

	fo_tree_props(job, xml, FO_TABLE, &around, &p);
	node = fo_tree_node(job, FO_NODE_TABLE, &around, &p);
	node->table = t;
	t->width = p.width;
	t->separate = p.separate;
	t->column = pool_calloc(job->pool, COLUMNS_MAX, sizeof(*t->column));
	if (node->role == FO_ROLE_NONE) {
		node->role = FO_ROLE_TABLE;
		if (strcmp(around.style->lang, around.lang) != 0)
			node->lang = around.lang = around.style->lang;
	}
	if (!job->failed)
		read_parts(job, xml, &around, t);
	if (!t->rows)
		fo_fail(job, "fo:table: no rows");
	return node;
}

static bool
starts_with_digit(const struct fo_cell *label)
{
	const struct fo_node *node = label->content;
	const struct fo_inline *i = NULL;

	while (node && node->kind == FO_NODE_BLOCK)
		node = node->children;
	if (node && node->kind == FO_NODE_TEXT)
		i = node->inlines;
	return i && i->text && strchr("0123456789", *i->text) && *i->text;
}

static struct fo_row *
read_item(struct fo_job *job, const xmlNode *xml, struct around around)
{
	static const enum fo_element parts[] = {FO_LIST_LABEL, FO_LIST_BODY};
	static const enum fo_role roles[] = {FO_ROLE_LBL, FO_ROLE_LBODY};
	struct fo_row *row = pool_alloc(job->pool, sizeof(*row));
	struct fo_cell **end = &row->cells;
	const xmlNode *k = xml->children;
	struct fo_props p;

	fo_tree_props(job, xml, FO_LIST_ITEM, &around, &p);
	row->before = p.before;
	row->after = p.after;
	row->keep_together = p.keep_together;
	row->keep_next = p.keep_next;
	row->keep_previous = p.keep_previous;
	for (int i = 0; i < 2; i++) {
		k = fo_tree_element(job, k, FO_LIST_ITEM);
		if (!k || fo_element_find(k) != parts[i]) {
			fo_fail(job, "fo:list-item: needs %s",
				fo_element_name(parts[i]));
			return row;
		}
		*end = read_cell(job, k, parts[i], around, roles[i]);
		end = &(*end)->next;
		k = k->next;
	}
	k = fo_tree_element(job, k, FO_LIST_ITEM);
	if (k)
		fo_tree_misplaced(job, k, FO_LIST_ITEM);
	return row;
}

struct fo_node *
fo_tree_list(struct fo_job *job, const xmlNode *xml, struct around around)
{
	struct fo_table *t = pool_alloc(job->pool, sizeof(*t));
	struct fo_row **end = &t->rows;
	struct fo_node *node;
	struct fo_props p;
	const xmlNode *k;

	fo_tree_props(job, xml, FO_LIST_BLOCK, &around, &p);
	node = fo_tree_node(job, FO_NODE_LIST, &around, &p);
	node->role = FO_ROLE_L;
	node->table = t;
	if (strcmp(around.style->lang, around.lang) != 0)
		node->lang = around.lang = around.style->lang;
	t->distance = p.distance > 0 ? p.distance : 24;
	t->separation = p.separation > 0 ? p.separation : 6;
	for (k = fo_tree_element(job, xml->children, FO_LIST_BLOCK);
		k && !job->failed;
		k = fo_tree_element(job, k->next, FO_LIST_BLOCK)) {
		if (fo_element_find(k) != FO_LIST_ITEM) {
			fo_tree_misplaced(job, k, FO_LIST_BLOCK);
			break;
		}
		*end = read_item(job, k, around);
		end = &(*end)->next;
	}
	if (!t->rows)
		fo_fail(job, "fo:list-block: no items");
	else if (t->rows->cells)
		t->ordered = starts_with_digit(t->rows->cells);
	return node;
}
