#include <ctype.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "descriptor.h"

enum { FILES_MAX = 400, OPEN_MAX_DIRS = 20 };

/* nftw() has no argument of the caller's. */
static struct {
	const char *ending;
	char *paths[FILES_MAX];
	size_t count;
} found;

static int
visit(const char *path, const struct stat *st, int type, struct FTW *at)
{
	size_t len = strlen(path);
	size_t end = strlen(found.ending);

	(void)st;
	(void)at;
	if (type == FTW_F && len > end && found.count < FILES_MAX &&
		!strcmp(path + len - end, found.ending)) {
		found.paths[found.count] = memory_alloc(len + 1);
		memcpy(found.paths[found.count++], path, len + 1);
	}
	return 0;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

enum rc
descriptor_each(const char *root, const char *ending,
	void (*load)(void *, const char *, xmlNode *), void *arg,
	struct buffer *errors)
{
	struct pool *p = pool_create();
	const char *dir = pool_printf(p, "%s/fcgi", root);
	enum rc rc = RC_OK;

	found.ending = ending;
	found.count = 0;
	if (nftw(dir, visit, OPEN_MAX_DIRS, FTW_PHYS) || !found.count) {
		buffer_printf(errors, "%s:0: no %s file found\n", dir, ending);
		rc = RC_FAIL;
	}
	qsort(found.paths, found.count, sizeof(found.paths[0]), compare);
	for (size_t i = 0; i < found.count; i++) {
		char *file = found.paths[i];
		xmlDoc *doc = xmlReadFile(file, NULL,
			XML_PARSE_NONET | XML_PARSE_NOERROR |
				XML_PARSE_NOWARNING);

		if (doc) {
			load(arg, file, xmlDocGetRootElement(doc));
			xmlFreeDoc(doc);
		} else {
			const xmlError *e = xmlGetLastError();

			buffer_printf(errors, "%s:%d: not XML: %s", file,
				e ? e->line : 0, e ? e->message : "\n");
			rc = RC_FAIL;
		}
		free(file);
	}
	pool_destroy(p);
	return rc;
}

void
descriptor_error(struct buffer *errors, const char *file, const xmlNode *node,
	const char *what, const char *name)
{
	buffer_printf(errors, "%s:%ld: %s '%s'\n", file, xmlGetLineNo(node),
		what, name ? name : "");
}

const char *
descriptor_attr(struct pool *p, const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
	char *copy = pool_strdup(p, (const char *)value);

	xmlFree(value);
	return copy;
}

bool
descriptor_yes(const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
	bool yes = value && xmlStrEqual(value, (const xmlChar *)"yes");

	xmlFree(value);
	return yes;
}

bool
descriptor_is(const xmlNode *node, const char *element)
{
	return node->type == XML_ELEMENT_NODE &&
	       xmlStrEqual(node->name, (const xmlChar *)element);
}

size_t
descriptor_count(const xmlNode *node, const char *element)
{
	size_t count = 0;

	for (const xmlNode *n = node->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			count += (size_t)descriptor_is(n, element) +
				 descriptor_count(n, element);
	return count;
}

void
descriptor_known(const char *file, const xmlNode *node,
	const char *const *names, struct buffer *errors)
{
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		const char *const *n = names;

		while (*n && strcmp(*n, (const char *)a->name) != 0)
			n++;
		if (!*n)
			descriptor_error(errors, file, node,
				"unknown attribute", (const char *)a->name);
	}
}

const char *
descriptor_text(struct pool *p, const xmlNode *node)
{
	struct buffer *content = buffer_create(p);
	char *text, *to;

	for (const xmlNode *n = node->children; n; n = n->next)
		if (n->type == XML_TEXT_NODE)
			buffer_puts(content, (const char *)n->content);
	text = to = content->data;
	for (const char *s = text; *s; s++) {
		if (!isspace((unsigned char)*s))
			*to++ = *s;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
	return text;
}

int
descriptor_statement(const char *name)
{
	for (int i = 0; i < (int)SQL_COUNT; i++)
		if (!strcmp(sql_texts[i].name, name))
			return i;
	return -1;
}
