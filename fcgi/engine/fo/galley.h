#ifndef ENGINE_FO_GALLEY_H
#define ENGINE_FO_GALLEY_H

#include "paint.h"

/*
 * Content laid out at its width and not yet on a page: a list of lines,
 * rows and spaces from top to bottom. A page takes from it what fits, and
 * the rest waits; the cell of a row holds one of its own.
 */
enum fo_item_kind {
	FO_ITEM_LINE,
	FO_ITEM_ROW,
	FO_ITEM_STRUT, /* of a box without content */
	FO_ITEM_SPACE, /* spaces that meet become the largest */
	FO_ITEM_OPEN,  /* height: border and padding at the top */
	FO_ITEM_CLOSE,
	FO_ITEM_BREAK
};

/* A paragraph that lines belong to. */
struct fo_paragraph {
	const struct fo_text *text;
	const struct fo_inline **inlines; /* by index */
	struct tag *tag;		  /* NULL in a header or footer */
	double x;
	const struct fo_box *open; /* box of an inline that goes on */
};

/* A block with a box, or a table with a header, that spans items. */
struct fo_frame {
	struct fo_frame *inner;	  /* while open */
	const struct fo_box *box; /* NULL: none to draw */
	double x, width;
	struct fo_galley *header; /* repeated where the frame is broken */
	bool started, broken;
	double y;
	size_t op;
};

/* A cell where it stands. */
struct fo_slot {
	const struct fo_cell *cell;
	struct fo_galley *galley;
	struct tag *tag;
	double x, width;
	double top, bottom; /* border and padding */
};

struct fo_row_box {
	const struct fo_row *row;
	double x, width;
	bool separate, broken;
	int count;
	struct fo_slot *slots;
};

struct fo_item {
	struct fo_item *next;
	enum fo_item_kind kind;
	bool keep;  /* with the next */
	bool whole; /* a row that may not be broken */
	int line;
	double height;
	union {
		struct fo_paragraph *paragraph;
		struct fo_frame *frame;
		struct fo_row_box *row;
	} of;
};

struct fo_galley {
	struct fo_item *first;
	struct fo_item **end;
	struct fo_item *last_box; /* line, row or strut */
	struct fo_frame *open;	  /* broken, the outermost first */
	int keep_depth;		  /* while it is filled */
	double page_height;	  /* no image is higher */
};

/* Where it is drawn. */
struct fo_target {
	struct fo_job *job;
	struct fo_page *page;
	struct fo_ops *ops;
	bool artifact; /* a repeated header, a footer */
};

struct fo_galley *fo_galley_create(struct fo_job *, double page_height);

struct fo_item *fo_galley_add(
	struct fo_job *, struct fo_galley *, enum fo_item_kind, double height);

/* The height of all that is left, unbroken. */
double fo_galley_height(const struct fo_galley *);

/*
 * Draws what fits in height from y on, and leaves the rest. must: at the
 * top of a page, where something is drawn even if it doesn't fit or breaks
 * a keep. Answers the height used.
 */
double fo_galley_take(const struct fo_target *, struct fo_galley *, double y,
	double height, bool must);

/* Could it draw some of it in that height, keeps and all? */
bool fo_galley_fits(const struct fo_galley *, double height, bool *complete);

/* Private to galley*.c: rows. */
enum fo_split { FO_WHOLE, FO_SPLIT, FO_SPLIT_MUST };
double fo_row_draw(const struct fo_target *, struct fo_item *, double y,
	double height, enum fo_split);
bool fo_row_splits(const struct fo_item *, double height);
double fo_row_height(const struct fo_row_box *);

/* Private to galley*.c: a line. */
void fo_line_draw(const struct fo_target *, const struct fo_item *, double y);

#endif
