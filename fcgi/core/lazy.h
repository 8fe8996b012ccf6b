#ifndef CORE_LAZY_H
#define CORE_LAZY_H

#include <stddef.h>

#include <libxml/tree.h>

/*
 * Children of an element that are not in the tree: many of the same kind,
 * whose values t:rows (render.h) draws without them. Who asks the tree
 * otherwise fills it first.
 */
enum lazy_kind {
	LAZY_ATTRIBUTE, /* of the child, or of the cell that was begun last */
	LAZY_CELL,	/* begins one; the value is its text */
	LAZY_TEXT	/* of the child itself */
};

struct lazy_value {
	enum lazy_kind kind;
	const char *name;  /* of an attribute; a literal */
	const char *value; /* as clean as in the tree (xml.h); NULL: no text */
};

enum { LAZY_VALUES_MAX = 100 };

struct lazy_row {
	size_t count;
	struct lazy_value values[LAZY_VALUES_MAX];
};

struct lazy {
	size_t count;
	void *arg;
	/* The values of one, in the order that they have in the tree:
	 * attributes of the child, then its cells, a cell's attributes behind
	 * it. */
	void (*read)(void *arg, size_t index, struct lazy_row *);
	/* The same, as the last child of the element. */
	void (*write)(void *arg, size_t index);
};

/* It lives as long as the document. */
void lazy_set(xmlNode *element, struct lazy *);
/* NULL: all children are there. */
struct lazy *lazy_of(const xmlNode *element);

/* All of the element and below it into the tree. */
void lazy_fill(xmlNode *element);

/* One more; it never overruns. */
void lazy_add(
	struct lazy_row *, enum lazy_kind, const char *name, const char *value);

#endif
