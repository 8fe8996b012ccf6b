#ifndef CORE_RENDER_RUN_H
#define CORE_RENDER_RUN_H

#include <stdbool.h>

#include <libxml/hash.h>
#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>

#include "cache.h"
#include "program.h"
#include "render.h"

#define FUNCTIONS_NAMESPACE BAD_CAST "urn:hulpbalie"

/*
 * What render*.c and plain_text.c share; nobody else needs it.
 */
struct render {
	struct pool *pool;
	const char *root;
	struct words *words;
	xmlHashTable *statics;
	xsltStylesheet *page, *mail;
	xmlHashTable *prints; /* by NAME; NULL: dropped */
	xsltSecurityPrefs *security;
	struct render_options options;
	struct cache *programs; /* of struct program */
	struct render_counts counts;
	size_t faults;
};

/* The first so many names of a run are left to t:raw's caller. */
enum { NAMES_LINKED = 2 };

/* One transform: _private of its context. */
struct render_run {
	struct render *render;
	struct pool *pool;
	enum lang lang;
	bool screen;			/* a page, not mail or a document */
	struct marks *marks;		/* NULL: values are what they are */
	const struct words_name *names; /* phone, email, hours, brand */
};

/* The functions t:… of render.h, for all transforms of the process. */
void functions_register(void);

/* The elements t:fragment and t:rows. */
void parts_register(void);
bool parts_have(const char *name);
void parts_create(struct render *);

/* Is there a function of that name? */
int functions_has(const char *name, size_t len);

/*
 * Compiles the stylesheet and what it includes (only files below the
 * directory of the stylesheets), and holds it against what XSLT itself
 * finds out too late: templates called by name, functions t:…, texts and
 * static files that are named literally. NULL where there was an error.
 */
xsltStylesheet *sheet_compile(
	struct render *, const char *file, struct buffer *errors);

/* HTML of a mail as plain text, lines of at most 76 characters. */
char *plain_text(struct pool *, const xmlNode *body);

#endif
