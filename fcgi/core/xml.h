#ifndef CORE_XML_H
#define CORE_XML_H

#include <stdint.h>

#include <libxml/tree.h>

#include "pool.h"

/*
 * The one writer of XML. It builds a tree for the stylesheet; it escapes by
 * nature, and refuses text that XML can't hold: a control byte or bad UTF-8
 * becomes U+FFFD (input is checked long before; this is the last net).
 * A name is a literal of ours: a wrong one ends the process.
 */
struct xml;

/*
 * As xmlFreeDoc(), for a document of this request: where all its memory goes
 * with the arena (arena.h), only the names are let go. NULL is none.
 */
void xml_free(xmlDoc *);

/* The document is freed with the pool. */
struct xml *xml_create(struct pool *, const char *root);
xmlDoc *xml_doc(struct xml *);

void xml_open(struct xml *, const char *name);
void xml_close(struct xml *);

/* On the element that is open and has no children yet; NULL: left out. */
void xml_attr(struct xml *, const char *name, const char *value);
void xml_attr_int(struct xml *, const char *name, int64_t value);

/* NULL writes nothing. */
void xml_text(struct xml *, const char *);

/* <name>text</name>; NULL text gives an empty element. */
void xml_elem(struct xml *, const char *name, const char *text);

/* Copies elements read from elsewhere (a document kept) below the open one. */
void xml_copy(struct xml *, const xmlNode *);

/* The element that is open. */
xmlNode *xml_current(struct xml *);

/* The text as the tree would hold it. */
const char *xml_clean(struct xml *, const char *text);

/* Goes on below an element of a document whose root is closed; xml_rest()
 * closes it again. */
void xml_resume(struct xml *, xmlNode *element);
void xml_rest(struct xml *);

/* How deep; close back to a depth after an early return. */
int xml_depth(const struct xml *);
void xml_close_to(struct xml *, int depth);

#endif
