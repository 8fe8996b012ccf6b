#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLtree.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include "html.h"
#include "lazy.h"
#include "log.h"
#include "render_run.h"
#include "xml.h"

enum {
	DEPTH_MAX = 400,	    /* templates in templates */
	VARIABLES_MAX = 4000,	    /* on the stack at once */
	OPERATIONS_MAX = 50000000L, /* a list of 5,000 rows takes 1 % of it */
	LINE_MAX_STATIC = 1024
};

static void
free_sheet(void *sheet, const xmlChar *name)
{
	(void)name;
	xsltFreeStylesheet(sheet);
}

static void
free_render(void *arg)
{
	struct render *r = arg;

	xmlHashFree(r->statics, NULL);
	xsltFreeStylesheet(r->page);
	xsltFreeStylesheet(r->mail);
	xmlHashFree(r->prints, free_sheet);
	xsltFreeSecurityPrefs(r->security);
}

static void
forbid_all(xsltSecurityPrefs *prefs)
{
	static const xsltSecurityOption options[] = {XSLT_SECPREF_READ_FILE,
		XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY,
		XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		xsltSetSecurityPrefs(prefs, options[i], xsltSecurityForbid);
}

/* Lines of build/static/manifest: path, tab, path with its hash. */
static void
load_statics(struct render *r, struct buffer *errors)
{
	const char *path =
		pool_printf(r->pool, "%s/build/static/manifest", r->root);
	char line[LINE_MAX_STATIC];
	int number = 0;
	FILE *f = fopen(path, "re");

	if (!f) {
		buffer_printf(errors, "%s:0: can't be read\n", path);
		return;
	}
	while (fgets(line, sizeof(line), f)) {
		char *tab = strchr(line, '\t');

		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!tab) {
			buffer_printf(errors, "%s:%d: no tab\n", path, number);
			continue;
		}
		*tab = '\0';
		xmlHashUpdateEntry(r->statics, BAD_CAST line,
			pool_printf(r->pool, "/static/%s", tab + 1), NULL);
	}
	fclose(f);
}

static void
load_print(struct render *r, const char *name, const char *file,
	struct buffer *errors)
{
	xsltStylesheet *sheet = sheet_compile(r, file, errors);

	if (sheet)
		xmlHashAddEntry(r->prints, BAD_CAST name, sheet);
}

/* All files of the directory that end so; there may be none. */
static void
load_prints(struct render *r, struct buffer *errors)
{
	static const char ending[] = ".fo.xsl";
	const char *path = pool_printf(r->pool, "%s/xslt/print", r->root);
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *file = entries[i]->d_name;
		size_t len = strlen(file), end = strlen(ending);

		if (len > end && strcmp(file + len - end, ending) == 0)
			load_print(r, pool_strndup(r->pool, file, len - end),
				pool_printf(r->pool, "%s/%s", path, file),
				errors);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static void on_error(void *ctx, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void
on_error(void *ctx, const char *format, ...)
{
	char text[512];
	va_list args;

	(void)ctx;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	text[strcspn(text, "\n")] = '\0';
	if (text[0])
		log_event(LOG_ERROR, "xslt", "message", text, NULL);
}

/* libxslt resolves what a stylesheet includes; the check wants one form. */
static const char *
absolute(struct pool *p, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = pool_strdup(p, real ? real : path);

	free(real);
	return copy;
}

struct render *
render_load(struct pool *p, const char *root, struct buffer *errors)
{
	struct render *r = pool_alloc(p, sizeof(*r));
	size_t before = errors->len;

	functions_register();
	parts_register();
	r->pool = p;
	r->root = absolute(p, root);
	r->options = (struct render_options){true, true, true};
	r->statics = xmlHashCreate(64);
	r->prints = xmlHashCreate(32);
	r->security = xsltNewSecurityPrefs();
	forbid_all(r->security);
	parts_create(r);
	pool_cleanup(p, free_render, r);
	r->words =
		words_load(p, pool_printf(p, "%s/xslt/text", r->root), errors);
	load_statics(r, errors);
	r->page = sheet_compile(
		r, pool_printf(p, "%s/xslt/page.xsl", r->root), errors);
	r->mail = sheet_compile(
		r, pool_printf(p, "%s/xslt/mail/mail.xsl", r->root), errors);
	load_prints(r, errors);
	xsltSetGenericErrorFunc(NULL, on_error);
	return errors->len == before ? r : NULL;
}

void
render_drop_prints(struct render *r)
{
	xmlHashFree(r->prints, free_sheet);
	r->prints = NULL;
}

void
render_set(struct render *r, const struct render_options *options)
{
	r->options = *options;
}

struct words *
render_words(const struct render *r)
{
	return r->words;
}

const char *
render_static(const struct render *r, const char *path)
{
	return xmlHashLookup(r->statics, BAD_CAST path);
}

struct render_counts
render_counts(const struct render *r)
{
	return r->counts;
}

size_t
render_faults(const struct render *r)
{
	return r->faults + words_missing(r->words);
}

static char *
attribute(struct pool *p, const xmlNode *node, const char *name)
{
	xmlChar *s = xmlGetNoNsProp(node, BAD_CAST name);
	char *copy = pool_strdup(p, (char *)s);

	xmlFree(s);
	return copy;
}

static const xmlNode *
child(const xmlNode *parent, const char *name)
{
	const xmlNode *n = parent ? parent->children : NULL;

	while (n && !xmlStrEqual(n->name, BAD_CAST name))
		n = n->next;
	return n;
}

static void
start_run(struct render_run *run, struct words_name names[5], struct render *r,
	struct pool *p, xmlDoc *in)
{
	const xmlNode *root = xmlDocGetRootElement(in);
	const xmlNode *brand = child(root, "brand");
	int n = 0;

	run->render = r;
	run->pool = p;
	run->lang = lang_parse(attribute(p, root, "lang"));
	run->marks = NULL;
	run->names = names;
	memset(names, 0, 5 * sizeof(names[0]));
	if (!brand)
		return;
	names[n++] = (struct words_name){
		"phone", format_phone(p, attribute(p, brand, "phone"))};
	names[n++] = (struct words_name){"email", attribute(p, brand, "email")};
	names[n++] = (struct words_name){"hours", attribute(p, brand, "hours")};
	names[n] = (struct words_name){"brand", attribute(p, brand, "name")};
}

/* The result is the caller's to free; NULL where it failed. */
static xmlDoc *
transform(struct render *r, struct pool *p, const char *name,
	xsltStylesheet *sheet, xmlDoc *in, bool screen)
{
	xsltTransformContext *ctxt = xsltNewTransformContext(sheet, in);
	struct words_name names[5];
	struct render_run run;
	xmlDoc *result;

	start_run(&run, names, r, p, in);
	run.screen = screen;
	ctxt->_private = &run;
	ctxt->maxTemplateDepth = DEPTH_MAX;
	ctxt->maxTemplateVars = VARIABLES_MAX;
	ctxt->opLimit = OPERATIONS_MAX;
	ctxt->xpathCtxt->opLimit = OPERATIONS_MAX;
	xsltSetCtxtSecurityPrefs(r->security, ctxt);
	xsltSetTransformErrorFunc(ctxt, NULL, on_error);
	result = xsltApplyStylesheetUser(sheet, in, NULL, NULL, NULL, ctxt);
	if (ctxt->state != XSLT_STATE_OK) {
		log_event(LOG_ERROR, "render-failed", "sheet", name, NULL);
		xml_free(result);
		result = NULL;
	}
	xsltFreeTransformContext(ctxt);
	return result;
}

static int
write_bytes(void *ctx, const char *bytes, int len)
{
	buffer_add(ctx, bytes, (size_t)len);
	return len;
}

static void
write_html(const struct render *r, struct buffer *out, xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlOutputBuffer *o;

	buffer_puts(out, "<!DOCTYPE html>\n");
	if (r->options.serializer) {
		html_write(out, root, NULL);
	} else {
		o = xmlOutputBufferCreateIO(write_bytes, NULL, out, NULL);
		htmlNodeDumpFormatOutput(o, doc, root, "UTF-8", 0);
		xmlOutputBufferClose(o);
	}
	buffer_putc(out, '\n');
}

enum rc
render_html(struct render *r, struct pool *p, xmlDoc *page, struct buffer *out)
{
	xmlDoc *html;
	xmlNode *root;

	if (!r->options.rows)
		lazy_fill(xmlDocGetRootElement(page));
	html = transform(r, p, "page", r->page, page, true);
	root = html ? xmlDocGetRootElement(html) : NULL;
	if (root)
		write_html(r, out, html);
	xml_free(html);
	return root ? RC_OK : RC_FAIL;
}

static void
free_doc(void *arg)
{
	xml_free(arg);
}

enum rc
render_fo(struct render *r, struct pool *p, const char *sheet, xmlDoc *in,
	xmlDoc **fo)
{
	xsltStylesheet *s = xmlHashLookup(r->prints, BAD_CAST sheet);

	if (!s)
		return RC_NOTFOUND;
	*fo = transform(r, p, sheet, s, in, false);
	if (!*fo)
		return RC_FAIL;
	pool_cleanup(p, free_doc, *fo);
	return RC_OK;
}

static char *
title_of(struct pool *p, const xmlNode *html)
{
	const xmlNode *title = child(child(html, "head"), "title");
	xmlChar *s = title ? xmlNodeGetContent(title) : NULL;
	char *copy = pool_strdup(p, s ? (char *)s : "");

	xmlFree(s);
	return copy;
}

enum rc
render_mail(struct render *r, struct pool *p, xmlDoc *mail,
	struct mail_parts *parts)
{
	xmlDoc *html = transform(r, p, "mail", r->mail, mail, false);
	struct buffer *out;
	const xmlNode *body;

	body = html ? child(xmlDocGetRootElement(html), "body") : NULL;
	if (!body) {
		xml_free(html);
		return RC_FAIL;
	}
	out = buffer_create(p);
	write_html(r, out, html);
	parts->subject = title_of(p, xmlDocGetRootElement(html));
	parts->html = out->data;
	parts->text = plain_text(p, body);
	xml_free(html);
	return RC_OK;
}
