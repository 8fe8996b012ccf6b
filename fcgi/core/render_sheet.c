#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxslt/documents.h>
#include <libxslt/imports.h>
#include <libxslt/xsltutils.h>

#include "render_run.h"

enum {
	PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT
};

/* The compilation that goes on: libxslt's callbacks carry no argument. */
static struct {
	struct render *render;
	struct buffer *errors;
	struct buffer *said;	 /* what libxslt printed, not yet a line */
	xmlHashTable *templates; /* names that exist */
	xmlHashTable *calls;	 /* name -> "file:line" of a call */
	struct pool *pool;
	size_t found;
} now;

static void report(const char *file, long line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void
report(const char *file, long line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buffer_printf(now.errors, "%s:%ld: %s\n", file, line,
		pool_vprintf(now.pool, format, args));
	va_end(args);
	now.found++;
}

/*
 * libxslt says "compilation error: file F line N element E" and then, on a
 * line of its own, what is wrong.
 */
static void
report_said(void)
{
	static const char head[] = "compilation error: file ";
	char *file = NULL;
	long number = 0;
	char *rest = NULL;

	for (char *line = strtok_r(now.said->data, "\n", &rest); line;
		line = strtok_r(NULL, "\n", &rest)) {
		char *at = strstr(line, " line ");

		if (strncmp(line, head, sizeof(head) - 1) == 0 && at) {
			*at = '\0';
			file = line + sizeof(head) - 1;
			number = strtol(at + 6, NULL, 10);
		} else {
			report(file ? file : "xslt", number, "%s", line);
		}
	}
	buffer_clear(now.said);
}

static void on_said(void *ctx, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void
on_said(void *ctx, const char *format, ...)
{
	va_list args;

	(void)ctx;
	va_start(args, format);
	buffer_puts(now.said, pool_vprintf(now.pool, format, args));
	va_end(args);
}

static void
on_xml_error(void *ctx, xmlError *e)
{
	(void)ctx;
	if (e->file && e->message)
		report(e->file, e->line, "%.*s", (int)strcspn(e->message, "\n"),
			e->message);
}

/* The text between quotes at s, which stands before a ) or a , */
static char *
literal(const char *s)
{
	char quote = *s;
	const char *end;

	if (quote != '\'' && quote != '"')
		return NULL;
	end = strchr(s + 1, quote);
	if (!end || !strchr("),", end[1 + strspn(end + 1, " ")]))
		return NULL;
	return pool_strndup(now.pool, s + 1, (size_t)(end - s - 1));
}

static void
check_text(const char *file, long line, const char *id)
{
	for (int i = 0; i < LANG_COUNT; i++)
		if (!words_find(now.render->words, (enum lang)i, id))
			report(file, line, "no text %s in %s", id,
				lang_code((enum lang)i));
}

/* Every t:name( in an expression, and its argument where it is literal. */
static void
check_functions(const char *file, long line, const char *expression)
{
	const char *s = expression;

	while ((s = strstr(s, "t:"))) {
		const char *name = s + 2;
		size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz-");
		const char *arg = name + len;
		char *value;

		s = arg;
		if (*arg != '(' || (name - expression > 2 &&
					   (isalnum((unsigned char)name[-3]) ||
						   name[-3] == '-')))
			continue;
		if (!functions_has(name, len)) {
			report(file, line, "no function t:%.*s", (int)len,
				name);
			continue;
		}
		value = literal(arg + 1 + strspn(arg + 1, " "));
		if (!value)
			continue;
		if (strncmp(name, "text", len) == 0 ||
			strncmp(name, "raw", len) == 0)
			check_text(file, line, value);
		else if (strncmp(name, "static", len) == 0 &&
			 !render_static(now.render, value))
			report(file, line, "no static file %s", value);
	}
}

/* An element of ours is known, and its prefix said to be no output. */
static void
check_part(const char *file, long line, const xmlNode *node)
{
	const char *name = (const char *)node->name;
	const char *prefix = (const char *)node->ns->prefix;
	xmlChar *said = xmlGetNoNsProp(xmlDocGetRootElement(node->doc),
		BAD_CAST "extension-element-prefixes");

	if (!parts_have(name))
		report(file, line, "no element t:%s", name);
	if (!said || !prefix || !strstr((char *)said, prefix))
		report(file, line, "t:%s wants extension-element-prefixes",
			name);
	xmlFree(said);
}

static void
check_element(const char *file, xmlNode *node)
{
	long line = xmlGetLineNo(node);
	bool xsl = node->ns && xmlStrEqual(node->ns->href, XSLT_NAMESPACE);
	xmlChar *name = xmlGetNoNsProp(node, BAD_CAST "name");

	for (xmlAttr *a = node->properties; a; a = a->next) {
		xmlChar *value = xmlNodeGetContent((xmlNode *)a);

		check_functions(file, line, (char *)value);
		xmlFree(value);
	}
	if (xsl && name && xmlStrEqual(node->name, BAD_CAST "template"))
		xmlHashUpdateEntry(now.templates, name, node, NULL);
	if (xsl && name && xmlStrEqual(node->name, BAD_CAST "call-template"))
		xmlHashAddEntry(now.calls, name,
			pool_printf(now.pool, "%s:%ld", file, line));
	if (node->ns && xmlStrEqual(node->ns->href, FUNCTIONS_NAMESPACE))
		check_part(file, line, node);
	xmlFree(name);
}

static void
check_document(const char *file, xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlNode *node = root;

	while (node) {
		if (node->type == XML_ELEMENT_NODE)
			check_element(file, node);
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		while (node != root && !node->next)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
}

static void
check_call(void *payload, void *data, const xmlChar *name)
{
	(void)data;
	if (xmlHashLookup(now.templates, name))
		return;
	buffer_printf(now.errors, "%s: no template %s\n", (char *)payload,
		(const char *)name);
	now.found++;
}

/*
 * Loads stylesheets while one is compiled, only from below the root, and
 * nothing at all during a transform (document() finds nothing).
 */
static xmlDoc *
load(const xmlChar *uri, xmlDict *dict, int options, void *ctx,
	xsltLoadType type)
{
	const char *file = (const char *)uri;
	size_t len;
	xmlParserCtxt *parser;
	xmlDoc *doc;

	(void)options;
	(void)ctx;
	if (type == XSLT_LOAD_DOCUMENT || !now.render)
		return NULL;
	len = strlen(now.render->root);
	if (strncmp(file, now.render->root, len) != 0 || strstr(file, "..")) {
		report(file, 0, "stylesheets stand below %s", now.render->root);
		return NULL;
	}
	parser = xmlNewParserCtxt();
	if (dict) {
		xmlDictFree(parser->dict);
		parser->dict = dict;
		xmlDictReference(dict);
	}
	doc = xmlCtxtReadFile(parser, file, NULL, PARSE_OPTIONS);
	xmlFreeParserCtxt(parser);
	if (doc)
		check_document(file, doc);
	return doc;
}

static xsltStylesheet *
compile(const char *file)
{
	xmlDoc *doc = load(BAD_CAST file, NULL, 0, NULL, XSLT_LOAD_START);
	xsltStylesheet *sheet;

	if (!doc)
		return NULL;
	sheet = xsltParseStylesheetDoc(doc);
	if (!sheet)
		xmlFreeDoc(doc);
	return sheet;
}

xsltStylesheet *
sheet_compile(struct render *r, const char *file, struct buffer *errors)
{
	xsltStylesheet *sheet;

	now.render = r;
	now.errors = errors;
	now.pool = pool_create();
	now.said = buffer_create(now.pool);
	now.templates = xmlHashCreate(64);
	now.calls = xmlHashCreate(64);
	now.found = 0;
	xsltSetLoaderFunc(load);
	xsltSetGenericErrorFunc(NULL, on_said);
	xmlSetStructuredErrorFunc(NULL, on_xml_error);

	sheet = compile(file);
	report_said();
	xmlHashScan(now.calls, check_call, NULL);
	if (!sheet && !now.found)
		report(file, 0, "can't be compiled");
	if (sheet && now.found) {
		xsltFreeStylesheet(sheet);
		sheet = NULL;
	}

	xmlSetStructuredErrorFunc(NULL, NULL);
	xmlHashFree(now.templates, NULL);
	xmlHashFree(now.calls, NULL);
	pool_destroy(now.pool);
	now.render = NULL;
	return sheet;
}
