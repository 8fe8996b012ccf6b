#ifndef ENGINE_FO_TREE_READ_H
#define ENGINE_FO_TREE_READ_H

#include "tree.h"

/* Private to tree*.c: what an element inherits besides its attributes. */
struct around {
	const struct fo_style *style;
	const char *lang;     /* of the structure element around it */
	const char *sequence; /* id of the page sequence */
	bool is_static;	      /* header or footer: an artifact */
	int depth;
};

/*
 * The next element child from node on, NULL at the end. Text between is an
 * error: parent is what the message names.
 */
const xmlNode *fo_tree_element(
	struct fo_job *, const xmlNode *node, enum fo_element parent);

/* Says that child can't stand in parent. */
void fo_tree_misplaced(
	struct fo_job *, const xmlNode *child, enum fo_element parent);

/* As fo_props_read(), and around becomes what the children inherit. */
void fo_tree_props(struct fo_job *, const xmlNode *, enum fo_element,
	struct around *, struct fo_props *);

/* The box, or NULL where the element has none. */
const struct fo_box *fo_tree_box(struct fo_job *, const struct fo_props *);

/* Node with the properties that blocks, tables and lists share. */
struct fo_node *fo_tree_node(struct fo_job *, enum fo_kind,
	const struct around *, const struct fo_props *);

/* Block-level children; parent is what messages name. */
struct fo_node *fo_tree_blocks(struct fo_job *, const xmlNode *,
	enum fo_element parent, struct around);

struct fo_node *fo_tree_table(struct fo_job *, const xmlNode *, struct around);
struct fo_node *fo_tree_list(struct fo_job *, const xmlNode *, struct around);

/* Adds what an inline element holds to a paragraph. */
void fo_tree_inline(struct fo_job *, const xmlNode *, struct around,
	struct fo_node *paragraph);

#endif
