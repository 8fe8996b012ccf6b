#ifndef ENGINE_FO_TREE_H
#define ENGINE_FO_TREE_H

#include "property.h"

/*
 * The document as typed nodes, inheritance resolved, everything checked.
 * All of it is in the job's pool.
 */

/* A structure element around part of a paragraph: a link or a language. */
struct fo_mark {
	struct fo_mark *next;
	struct fo_mark *parent; /* NULL: the paragraph's own */
	enum fo_role role;
	const char *href; /* of a link */
	const char *alt;
	const char *lang; /* NULL: as the parent */
	struct tag *tag;  /* made when laid out */
};

enum fo_inline_kind {
	FO_TEXT,
	FO_IMAGE,
	FO_BOX_START, /* of an fo:inline with border, padding, background */
	FO_BOX_END,
	FO_NUMBER, /* fo:page-number */
	FO_LAST	   /* fo:page-number-citation-last */
};

struct fo_inline {
	struct fo_inline *next;
	enum fo_inline_kind kind;
	const struct fo_style *style;
	struct fo_mark *mark; /* NULL: the paragraph's own */
	const char *text;
	const struct fo_box *box;
	const struct fo_image *image;
	double width, height; /* of the image */
	const char *alt;      /* of the image; "": decoration */
};

enum fo_kind { FO_NODE_BLOCK, FO_NODE_TEXT, FO_NODE_TABLE, FO_NODE_LIST };

struct fo_node {
	struct fo_node *next;
	enum fo_kind kind;
	enum fo_role role;
	const struct fo_style *style;
	const struct fo_box *box; /* NULL: none */
	double before, after;	  /* space */
	double left, right;	  /* margin */
	bool keep_together, keep_next, keep_previous;
	bool break_before, break_after;
	struct fo_node *children;  /* of a block */
	struct fo_inline *inlines; /* of a text */
	struct fo_mark *marks;
	struct fo_table *table; /* of a table or list */
	const char *lang;	/* where it differs from around it */
};

/* Cells of a list item: the label and the body. */
struct fo_cell {
	struct fo_cell *next;
	enum fo_role role;
	int span;
	enum fo_place place;
	const struct fo_box *box;
	struct fo_node *content;
};

struct fo_row {
	struct fo_row *next;
	const struct fo_box *box;
	double height; /* at least */
	double before, after;
	bool keep_together, keep_next, keep_previous;
	struct fo_cell *cells;
};

struct fo_table {
	struct fo_length width;
	bool separate; /* borders stand inside the cells */
	int columns;
	struct fo_length *column;
	struct fo_row *header;
	struct fo_row *rows;
	bool ordered; /* list: labels are numbers */
	double distance, separation;
};

struct fo_static {
	struct fo_node *content; /* NULL: none */
	enum fo_place place;
};

struct fo_master {
	struct fo_master *next;
	const char *name;
	double width, height;
	double margin[4];     /* of the page */
	double body[4];	      /* of the region body, inside these */
	double before, after; /* extents */
	enum fo_place before_place, after_place;
};

struct fo_sequence {
	struct fo_sequence *next;
	const struct fo_master *master;
	const char *id;
	int first_page; /* 0: goes on */
	struct fo_node *flow;
	struct fo_node *header; /* region-before */
	struct fo_node *footer; /* region-after */
};

/* NULL where the job failed. */
struct fo_sequence *fo_tree_read(struct fo_job *, const xmlDoc *);

#endif
