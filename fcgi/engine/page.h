#ifndef ENGINE_PAGE_H
#define ENGINE_PAGE_H

#include "../core/rc.h"
#include "../core/request.h"

/*
 * The page around what a handler writes. A handler calls page_begin(), adds
 * to the open <body>, and answers RC_OK (or RC_INVALID with a form that shows
 * its errors); the dispatcher then calls page_end().
 *
 * The functions between may be called any time before the handler returns.
 * Texts are copied; NULL leaves an attribute or a text out.
 */

/*
 * Opens <page id="…"> and <body>, in r->xml. Called again, it forgets what
 * was written and starts over.
 */
void page_begin(struct request *, const char *id);

/* The title where it is data; else the text page.ID.title. */
void page_title(struct request *, const char *title);

/* One argument more of the text page.ID.title, or of page.ID.intro; type
 * and set as in <arg type="…" set="…">, type NULL: text. */
void page_title_arg(
	struct request *, const char *type, const char *set, const char *value);
void page_intro(
	struct request *, const char *type, const char *set, const char *value);

/* The badge beside the title: text SET.STATE. */
void page_badge(struct request *, const char *set, const char *state);

/*
 * One crumb more, from the outermost inwards: id for the text crumb.ID, or
 * text where it is data. The last one has no href.
 */
void page_crumb(
	struct request *, const char *id, const char *href, const char *text);

/*
 * A message above this page: kind ok, info, warn or bad; text message.ID
 * with the arguments up to NULL. For the page after a redirect there is
 * session_notice().
 */
void page_message(struct request *, const char *kind, const char *id, ...)
	__attribute__((sentinel));

/* Another search box in the header than the portal's: a GET form. */
void page_search(struct request *, const char *href, const char *name);

/* A new form key, 32 hexadecimal digits; each form has its own. */
const char *page_form_key(struct request *);

/*
 * Closes <body> and adds the attributes of the page, title, brand, user,
 * menu, messages and the rest in the order of schema/rng/page.rng.
 */
void page_end(struct request *);

/* <brand>, for other documents than pages: its hours in their language. */
void page_brand(
	struct xml *, struct pool *, const struct config *, const char *lang);

/* Forgets the page and the answer, but not the headers. */
void page_reset(struct request *);

/*
 * The whole page that tells of an error, in place of what was written; but
 * messages stay.
 */
void page_error(struct request *, int status);

#endif
