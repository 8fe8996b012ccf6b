#ifndef CORE_RENDER_H
#define CORE_RENDER_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "buffer.h"
#include "pool.h"
#include "rc.h"
#include "words.h"

/*
 * XML to HTML, XSL-FO and mail by XSLT. All that can be drawn is compiled
 * at start; a transform reads no file, reaches no network and writes
 * nothing, and is limited in depth and in operations.
 *
 * Stylesheets may call these functions, namespace urn:hulpbalie, in the
 * language of the root element's lang attribute (format.h says how the
 * values look):
 *   t:text(id, argument…)   the words; an argument that is a set of
 *                           elements counts as one argument for each,
 *                           formatted by its type (and set) attribute;
 *                           {brand} {phone} {email} {hours} are filled in
 *                           from the brand element
 *   t:raw(id, argument…)    as t:text, but leaves {phone} {email} {link}
 *                           for the template "words", which makes links
 *   t:has(id)               is there such a text?
 *   t:value(type, value, set)  formatted; type state: the text set.value
 *   t:date t:date-long t:datetime t:time t:money t:amount t:number t:code
 *   t:phone t:tel t:mailto  one value
 *   t:static(path)          /static/ address with its hash in the name
 *   t:unknown(name)         names an element nobody draws, and counts it
 * and these elements:
 *   <t:fragment with="…" passes="…">
 *                           what it holds is drawn once, and kept for all
 *                           where it is the same: it may look at its node
 *                           and what is below, at the nodes of with
 *                           and below, and at nothing else of the page. The
 *                           attributes of passes are drawn as they are; only
 *                           whether one is empty may be asked. of="…" in
 *                           place of with: it looks at these nodes and what
 *                           is below, and not at its own; "/.." is none
 *   <t:rows select="…" columns="…" with="…">
 *                           draws what it holds for each row (schema/rng/
 *                           list.rng): it may look at the row, at the
 *                           columns (not their sort and href) and at with.
 *                           Values are drawn as they are or by t:value and
 *                           its like; only whether one is empty may be asked,
 *                           and of a state and a link what it is. Without
 *                           columns a row has a text that is drawn so. Its
 *                           attributes href, key and value pass too, others
 *                           may be asked for what they are. Rows need not
 *                           stand in the tree (lazy.h)
 */
struct render;

/*
 * Shortcuts to the same bytes; each may be left out. Without any, pages are
 * drawn by libxslt and written by libxml2 alone.
 */
struct render_options {
	bool serializer; /* html.h */
	bool fragments;	 /* t:fragment keeps what it drew */
	bool rows;	 /* t:rows draws by programs (program.h) */
};

/*
 * Loads from root: xslt/page.xsl, xslt/mail/mail.xsl, xslt/print/NAME.fo.xsl,
 * the texts in xslt/text/ and the list of static files
 * build/static/manifest. Every problem becomes a line "file:line: what" in
 * errors. NULL where there was one. What it holds lives as long as the pool.
 */
struct render *render_load(
	struct pool *, const char *root, struct buffer *errors);

/* All are on until this says otherwise. */
void render_set(struct render *, const struct render_options *);

/*
 * Frees the stylesheets of documents, where none is drawn: render_fo() then
 * finds none. They are what was loaded last, so that a process that begins by
 * this gives their memory back.
 */
void render_drop_prints(struct render *);

/* The words, for Excel and others that don't draw. */
struct words *render_words(const struct render *);

/* "css/portal.css": "/static/css/portal.0a1b2c3d.css"; NULL if unknown. */
const char *render_static(const struct render *, const char *path);

/*
 * Draws <page> as HTML into out (appended; nothing where it fails).
 * RC_OK, or RC_FAIL where the transform failed: the log says why.
 */
enum rc render_html(
	struct render *, struct pool *, xmlDoc *page, struct buffer *out);

/*
 * Runs xslt/print/SHEET.fo.xsl. *fo is freed with the pool.
 * RC_NOTFOUND where there is no such stylesheet.
 */
enum rc render_fo(struct render *, struct pool *, const char *sheet, xmlDoc *in,
	xmlDoc **fo);

struct mail_parts {
	const char *subject; /* one line */
	const char *text;    /* lines end with \n, at most 76 characters */
	const char *html;    /* a whole document */
};

/*
 * Draws <mail> (schema/rng/mail.rng). The parts are in the pool. RC_FAIL where
 * no stylesheet knows its id, or the transform failed: the log says why.
 */
enum rc render_mail(
	struct render *, struct pool *, xmlDoc *mail, struct mail_parts *parts);

/* How the parts of pages were made since the start. */
struct render_counts {
	size_t fragments_kept, fragments_drawn;
	size_t rows_run, rows_drawn; /* by a program; by the template */
};

struct render_counts render_counts(const struct render *);

/*
 * Mistakes in what was drawn since the start: unknown text ids, unknown
 * elements, unknown static files. Tests want 0.
 */
size_t render_faults(const struct render *);

#endif
