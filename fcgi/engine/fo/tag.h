#ifndef ENGINE_FO_TAG_H
#define ENGINE_FO_TAG_H

#include "property.h"

/*
 * The structure tree of the PDF, beside the pages. An element enters the
 * tree when the first of it is painted, so that the order is that of
 * reading, and what was never painted isn't there. One element may have
 * content on several pages.
 */
enum tag_kid_kind { TAG_ELEMENT, TAG_CONTENT, TAG_LINK };

struct tag_kid {
	struct tag_kid *next;
	enum tag_kid_kind kind;
	struct tag *tag; /* of an element */
	int page;	 /* from 0 */
	int number;	 /* of the marked content, or of the link */
};

struct tag {
	struct tag *parent; /* NULL: the document */
	enum fo_role role;
	const char *alt;  /* of a figure */
	const char *lang; /* NULL: as the parent's */
	int span;	  /* columns of a cell */
	bool row_header;  /* TH: names a row, not a column */
	bool ordered;	  /* L: the labels count */
	bool attached;
	double box[4]; /* of a figure: left, top, right, bottom */
	struct tag_kid *kids;
	struct tag_kid **end;
};

/* An area of a page that can be clicked. */
struct link {
	struct link *next;
	int page;
	double x, y, width, height;
	const char *href;
	const char *alt;
	struct tag *tag;
};

struct tag *tag_create(struct pool *, struct tag *parent, enum fo_role);

/* Puts it, and all above it, into the tree, if it isn't there. */
void tag_attach(struct pool *, struct tag *);

/* Marked content of it; attaches it. */
void tag_content(struct pool *, struct tag *, int page, int number);

/* The link of that number, in the order of the list. */
void tag_link(struct pool *, struct tag *, int number);

#endif
