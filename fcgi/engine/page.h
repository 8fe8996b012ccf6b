#ifndef ENGINE_PAGE_H
#define ENGINE_PAGE_H

#include "../core/rc.h"
#include "../core/request.h"

/*
 * The page around what a handler writes. A handler calls page_begin(), adds
 * to the open <body>, and answers RC_OK (or RC_INVALID with a form that shows
 * its errors); the dispatcher then calls page_end().
 *
 * The functions below may be called before or after page_begin(), any time
 * before the handler returns. Texts are copied; NULL arguments of XML
 * attributes leave the attribute out.
 */

/*
 * Opens <page id="…"> and <body>, in r->xml. Called again, it forgets what
 * was written and starts over.
 */
void page_begin(struct request *, const char *id);

/* The title where it is data, and the badge beside it (texts SET.STATE). */
void page_title(struct request *, const char *title);
void page_badge(struct request *, const char *set, const char *state);

/* One argument more of the text page.ID.intro; type as in <arg type="…">,
 * NULL: text. set: of a state. */
void page_intro(struct request *, const char *type, const char *set,
	const char *value);

/*
 * One crumb more, from the outermost inwards: id for the text crumb.ID, or
 * text where it is data. The last one has no href.
 */
void page_crumb(struct request *, const char *id, const char *href,
	const char *text);

/*
 * A message above this page: kind ok, info, warn or bad; text message.ID
 * with the arguments up to NULL. For the page after a redirect there is
 * session_notice().
 */
void page_message(struct request *, const char *kind, const char *id, ...)
	__attribute__((sentinel));

/* The search box in the header: a GET form. */
void page_search(struct request *, const char *href, const char *name);

/* A new form key, 32 hexadecimal digits; each form has its own. */
const char *page_form_key(struct request *);

/*
 * Closes <body> and adds the attributes of the page, title, brand, user,
 * menu, messages and the rest in the order of schema/rng/page.rng.
 */
void page_end(struct request *);

/*
 * The page that tells of an error, complete: forgets what was written
 * before. Draws no menu where nobody is signed in.
 */
void page_error(struct request *, int status);

#endif
