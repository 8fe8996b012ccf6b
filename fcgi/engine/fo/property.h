#ifndef ENGINE_FO_PROPERTY_H
#define ENGINE_FO_PROPERTY_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "job.h"

/*
 * The attributes of one formatting object as computed values. Lengths are
 * in points.
 */
enum fo_element {
	FO_ROOT,
	FO_MASTER_SET,
	FO_PAGE_MASTER,
	FO_REGION_BODY,
	FO_REGION_BEFORE,
	FO_REGION_AFTER,
	FO_PAGE_SEQUENCE,
	FO_STATIC_CONTENT,
	FO_FLOW,
	FO_BLOCK,
	FO_INLINE,
	FO_BASIC_LINK,
	FO_GRAPHIC,
	FO_FOREIGN_OBJECT,
	FO_PAGE_NUMBER,
	FO_PAGE_LAST,
	FO_TABLE,
	FO_TABLE_COLUMN,
	FO_TABLE_HEADER,
	FO_TABLE_BODY,
	FO_TABLE_ROW,
	FO_TABLE_CELL,
	FO_LIST_BLOCK,
	FO_LIST_ITEM,
	FO_LIST_LABEL,
	FO_LIST_BODY,
	FO_ELEMENTS
};

enum fo_side { FO_TOP, FO_RIGHT, FO_BOTTOM, FO_LEFT };

enum fo_align {
	FO_ALIGN_START,
	FO_ALIGN_CENTER,
	FO_ALIGN_END,
	FO_ALIGN_JUSTIFY
};

/* display-align */
enum fo_place { FO_PLACE_BEFORE, FO_PLACE_CENTER, FO_PLACE_AFTER };

/*
 * What is inherited. It holds plain values only, zeroed between them, so
 * that two styles are the same if their bytes are.
 */
struct fo_style {
	double size;
	double line;	/* line-height: a factor of size, */
	double pitch;	/* or, where this is not 0, points */
	int family;	/* fo_font_family() */
	int weight;	/* 400, 500 ... */
	unsigned color; /* 0xrrggbb */
	enum fo_align align;
	int widows;
	int orphans;
	bool italic;
	bool underline;
	bool hyphenate;
	bool no_wrap;
	bool line_feeds; /* linefeed-treatment="preserve" */
	char lang[12];
};

struct fo_edge {
	double width; /* 0: none */
	unsigned color;
	bool dashed;
};

struct fo_box {
	struct fo_edge edge[4];
	double padding[4];
	double radius;
	bool filled;
	unsigned fill;
};

enum fo_unit { FO_NONE, FO_POINTS, FO_PERCENT, FO_PROPORTION };

struct fo_length {
	double value;
	enum fo_unit unit;
};

/* The structure types of PDF 1.7 that a document may name or gets. */
enum fo_role {
	FO_ROLE_NONE,
	FO_ROLE_DOCUMENT,
	FO_ROLE_SECT,
	FO_ROLE_DIV,
	FO_ROLE_BLOCKQUOTE,
	FO_ROLE_NOTE,
	FO_ROLE_P,
	FO_ROLE_H1,
	FO_ROLE_H2,
	FO_ROLE_H3,
	FO_ROLE_H4,
	FO_ROLE_CAPTION,
	FO_ROLE_TABLE,
	FO_ROLE_TR,
	FO_ROLE_TH,
	FO_ROLE_TD,
	FO_ROLE_L,
	FO_ROLE_LI,
	FO_ROLE_LBL,
	FO_ROLE_LBODY,
	FO_ROLE_SPAN,
	FO_ROLE_LINK,
	FO_ROLE_FIGURE,
	FO_ROLE_NONSTRUCT, /* a table that only places */
	FO_ROLES
};

struct fo_props {
	struct fo_style style;
	bool restyled; /* differs from the parent's */
	struct fo_box box;
	bool boxed;
	double margin[4];
	unsigned margins;     /* bit of each side that was given */
	double before, after; /* space-before, space-after */
	bool keep_together, keep_next, keep_previous;
	bool break_before, break_after;
	enum fo_role role;
	enum fo_place place;
	bool separate;		     /* border-collapse */
	int span;		     /* number-columns-spanned */
	int repeated;		     /* number-columns-repeated */
	int first_page;		     /* initial-page-number; 0: goes on */
	double distance, separation; /* of list labels */
	double extent;
	struct fo_length width, height, column;
	struct fo_length content_width, content_height;
	double page_width, page_height;
	const char *master; /* master-name and master-reference */
	const char *id;	    /* id and ref-id */
	const char *flow;
	const char *src;
	const char *href;
	const char *alt; /* NULL: not given */
};

/* "fo:block", as messages name it. */
const char *fo_element_name(enum fo_element);

/* "H1", as PDF names it. */
const char *fo_role_name(enum fo_role);

/*
 * The element of that name in the namespace of XSL-FO, or FO_ELEMENTS. The
 * caller says that it is unknown.
 */
enum fo_element fo_element_find(const xmlNode *);

/*
 * Reads the attributes; parent is the style inherited. Every attribute that
 * the element doesn't take, and every value that can't be read, fails the
 * job by name. Strings point into the document.
 */
void fo_props_read(struct fo_job *, const xmlNode *, enum fo_element,
	const struct fo_style *parent, struct fo_props *);

/*
 * The same style once, so that all who share it share the pointer. It lives
 * in the job's pool.
 */
const struct fo_style *fo_style_keep(struct fo_job *, const struct fo_style *);

/* The distance between baselines. */
double fo_style_pitch(const struct fo_style *);

#endif
