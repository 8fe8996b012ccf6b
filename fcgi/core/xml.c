#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "log.h"
#include "text.h"
#include "xml.h"

#include <libxml/dict.h>
#include <libxml/parserInternals.h>
#include <libxml/valid.h>

struct xml {
	struct pool *pool;
	xmlDoc *doc;
	xmlNode *open; /* NULL: the root is closed */
	int depth;
};

/* The names of all documents: each is held once in a process. */
static xmlDict *names;

void
xml_free(xmlDoc *doc)
{
	if (!doc)
		return;
	if (!arena_whole()) {
		xmlFreeDoc(doc);
		return;
	}
	/* The index of the ids holds on to the names too. */
	if (doc->ids)
		xmlFreeIDTable(doc->ids);
	xmlDictFree(doc->dict);
}

static void
free_doc(void *doc)
{
	xml_free(doc);
}

/* libxml2 without memory, or a name that is not ours: no page is right. */
static _Noreturn void
fail(const char *what, const char *name)
{
	log_event(LOG_ERROR, "xml", "what", what, "name", name, NULL);
	abort();
}

static const xmlChar *
name_of(const char *name)
{
	const xmlChar *result;

	if (!(*name >= 'a' && *name <= 'z'))
		fail("bad name", name);
	for (const char *s = name; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') ||
			    *s == '-' || *s == '_' || *s == '.'))
			fail("bad name", name);
	arena_pause();
	result = xmlDictLookup(names, (const xmlChar *)name, -1);
	arena_resume();
	if (!result)
		fail("memory", name);
	return result;
}

/* The text itself, or a copy with U+FFFD for what XML can't hold. */
const char *
xml_clean(struct xml *x, const char *text)
{
	size_t left = strlen(text);
	size_t good = text_valid_until(text, left);
	char *copy, *to;

	if (good == left)
		return text;
	copy = to = pool_alloc(x->pool, 3 * left + 1);
	while (left > 0) {
		memcpy(to, text, good);
		to += good;
		text += good;
		left -= good;
		if (left > 0) {
			memcpy(to, "\xef\xbf\xbd", 3);
			to += 3;
			text++;
			left--;
		}
		good = text_valid_until(text, left);
	}
	log_event(LOG_WARN, "xml-bad-text", "name",
		x->open ? (const char *)x->open->name : NULL, NULL);
	return copy;
}

struct xml *
xml_create(struct pool *p, const char *root)
{
	struct xml *x = pool_alloc(p, sizeof(*x));

	arena_pause();
	if (!names && !(names = xmlDictCreate()))
		fail("memory", root);
	arena_resume();
	x->pool = p;
	x->doc = xmlNewDoc(BAD_CAST "1.0");
	if (!x->doc)
		fail("memory", root);
	x->doc->dict = names;
	xmlDictReference(names);
	pool_cleanup(p, free_doc, x->doc);
	xml_open(x, root);
	return x;
}

xmlDoc *
xml_doc(struct xml *x)
{
	return x->doc;
}

/* As libxml2's own, without its checks: names and texts were checked here. */
static xmlNode *
make_node(struct xml *x, xmlElementType type, const xmlChar *name)
{
	xmlNode *node = xmlMalloc(sizeof(*node));

	if (!node)
		fail("memory", (const char *)name);
	memset(node, 0, sizeof(*node));
	node->type = type;
	node->name = name;
	node->doc = x->doc;
	return node;
}

static void
add_child(xmlNode *parent, xmlNode *node)
{
	node->parent = parent;
	node->prev = parent->last;
	if (parent->last)
		parent->last->next = node;
	else
		parent->children = node;
	parent->last = node;
}

/* A short one lies in the node itself, as with XML_PARSE_COMPACT. */
static xmlNode *
make_text(struct xml *x, const char *text)
{
	xmlNode *node = make_node(x, XML_TEXT_NODE, xmlStringText);
	size_t len = strlen(text);
	char *small = (char *)&node->properties;

	if (len < sizeof(node->properties) + sizeof(node->psvi))
		node->content = memcpy(small, text, len + 1);
	else
		node->content = xmlStrndup(BAD_CAST text, (int)len);
	if (!node->content)
		fail("memory", NULL);
	return node;
}

void
xml_open(struct xml *x, const char *name)
{
	xmlNode *node = make_node(x, XML_ELEMENT_NODE, name_of(name));

	if (x->open)
		add_child(x->open, node);
	else if (xmlDocGetRootElement(x->doc))
		fail("second root", name);
	else
		xmlDocSetRootElement(x->doc, node);
	x->open = node;
	x->depth++;
}

void
xml_close(struct xml *x)
{
	if (!x->open)
		fail("nothing open", NULL);
	x->open = --x->depth > 0 ? x->open->parent : NULL;
}

void
xml_attr(struct xml *x, const char *name, const char *value)
{
	const xmlChar *known = name_of(name);
	xmlAttr *last = x->open ? x->open->properties : NULL;
	xmlAttr *a;

	if (!x->open || x->open->children)
		fail("attribute after content", name);
	if (!value)
		return;
	for (a = last; a; last = a, a = a->next)
		if (a->name == known)
			fail("attribute twice", name);
	a = xmlMalloc(sizeof(*a));
	if (!a)
		fail("memory", name);
	memset(a, 0, sizeof(*a));
	a->type = XML_ATTRIBUTE_NODE;
	a->name = known;
	a->doc = x->doc;
	a->parent = x->open;
	a->prev = last;
	if (last)
		last->next = a;
	else
		x->open->properties = a;
	a->children = a->last = make_text(x, xml_clean(x, value));
	a->children->parent = (xmlNode *)a;
}

void
xml_attr_int(struct xml *x, const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, value);
	xml_attr(x, name, text);
}

void
xml_text(struct xml *x, const char *text)
{
	if (!x->open)
		fail("nothing open", NULL);
	if (!text || !*text)
		return;
	if (x->open->last && x->open->last->type == XML_TEXT_NODE) {
		xmlNodeAddContent(x->open->last, BAD_CAST xml_clean(x, text));
		return;
	}
	add_child(x->open, make_text(x, xml_clean(x, text)));
}

void
xml_elem(struct xml *x, const char *name, const char *text)
{
	xml_open(x, name);
	xml_text(x, text);
	xml_close(x);
}

void
xml_copy(struct xml *x, const xmlNode *from)
{
	xmlNode *node;

	if (!x->open)
		fail("nothing open", NULL);
	node = xmlDocCopyNode((xmlNode *)(uintptr_t)from, x->doc, 1);
	if (!node || !xmlAddChild(x->open, node))
		fail("memory", NULL);
}

xmlNode *
xml_current(struct xml *x)
{
	return x->open;
}

void
xml_resume(struct xml *x, xmlNode *element)
{
	if (x->open)
		fail("still open", (const char *)x->open->name);
	x->open = element;
	x->depth = 1;
}

void
xml_rest(struct xml *x)
{
	x->open = NULL;
	x->depth = 0;
}

int
xml_depth(const struct xml *x)
{
	return x->depth;
}

void
xml_close_to(struct xml *x, int depth)
{
	while (x->depth > depth)
		xml_close(x);
}
