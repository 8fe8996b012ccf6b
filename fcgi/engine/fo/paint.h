#ifndef ENGINE_FO_PAINT_H
#define ENGINE_FO_PAINT_H

#include "tag.h"
#include "text.h"
#include "tree.h"

/*
 * Pages as lists of what to draw, and Cairo drawing them. Boxes and rules
 * lie below all text; they and the header and footer are artifacts.
 */
enum fo_op_kind { FO_OP_RUN, FO_OP_IMAGE, FO_OP_BOX, FO_OP_ATTACH };

struct fo_op {
	enum fo_op_kind kind;
	unsigned sides; /* of a box: a bit for each that has its edge */
	double x, y;	/* of a run: the baseline */
	double width, height;
	struct tag *tag; /* NULL: artifact */
	union {
		const struct fo_run *run;
		const struct fo_image *image;
		const struct fo_box *box;
	} what;
};

struct fo_ops {
	struct fo_op *list;
	size_t count, size;
};

/* A piece of the page's content, in the order of painting. */
enum fo_piece { FO_PIECE_CONTENT, FO_PIECE_LAYOUT, FO_PIECE_PAGINATION };

struct fo_page {
	struct fo_page *next;
	const struct fo_sequence *sequence;
	int index; /* in the document, from 0 */
	int number;
	struct fo_ops boxes, content, fixed; /* fixed: header and footer */
	struct fo_piece_log *log;
};

/* The pieces that were painted on a page. */
struct fo_piece_log {
	int count, size;
	struct fo_painted {
		enum fo_piece piece;
		int number; /* of marked content */
		enum fo_role role;
		const char *more; /* operators behind Cairo's; or NULL */
	} * list;
};

/* Adds one; the pointer holds until the next. */
struct fo_op *fo_op_add(struct fo_job *, struct fo_ops *, enum fo_op_kind);

/* Draws them all; pdf is Cairo's file, with the content of each page marked. */
void fo_paint(struct fo_job *, struct fo_page *pages, struct buffer *pdf);

#endif
