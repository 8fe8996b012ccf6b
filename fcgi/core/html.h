#ifndef CORE_HTML_H
#define CORE_HTML_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "buffer.h"

/*
 * HTML of a result tree, byte for byte as libxml2 writes it for
 * xsl:output method="html" encoding="UTF-8" indent="no", in a tenth of the
 * time: void elements and <li/> without an end tag, boolean attributes
 * without a value, script and style as they are, addresses (href, src,
 * action, the name of <a>) with %XX, quotes around a value that depend on the
 * quotes in it. What our pages don't have, a namespace say, goes through
 * libxml2.
 */

/*
 * Whoever wants to see the values before they are written (row.h): each is
 * given to text or to attribute, NULL-less, and written here where that
 * answers false.
 */
struct html_eye {
	bool (*text)(void *arg, const char *text);
	/* address: the value is written with %XX */
	bool (*attribute)(void *arg, const char *value, bool address);
	/* script or style: its text is never seen as a value */
	void *arg;
};

/* Appends the node and what is below it. eye: NULL, or called by values. */
void html_write(struct buffer *, const xmlNode *, const struct html_eye *);

/* Appends text between tags. */
void html_text(struct buffer *, const char *text);

/* Appends the value of an attribute with its quotes. */
void html_attribute(struct buffer *, const char *value, bool address);

#endif
