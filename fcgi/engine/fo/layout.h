#ifndef ENGINE_FO_LAYOUT_H
#define ENGINE_FO_LAYOUT_H

#include "galley.h"

/* Where content is laid out. */
struct fo_column {
	struct fo_job *job;
	struct fo_galley *galley;
	struct tag *tag; /* NULL: an artifact */
	double x, width;
	bool flow; /* of the page: a break may stand here */
};

/* Adds nodes, one below the other, to the column's galley. */
void fo_layout_nodes(const struct fo_column *, const struct fo_node *);

/* Private to layout*.c */
void fo_layout_table(const struct fo_column *, const struct fo_node *);
void fo_layout_list(const struct fo_column *, const struct fo_node *);

#endif
