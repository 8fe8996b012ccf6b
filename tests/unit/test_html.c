/*
 * The serialiser against libxml2's, byte for byte: trees of every shape that
 * a stylesheet could make, with the values that are awkward.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>

#include "core/html.h"

enum { TREES = 4000, DEPTH = 5, WIDTH = 4, PIECES = 5, TEXT = 128 };

static uint32_t seed;

static uint32_t
below(uint32_t limit)
{
	seed = seed * 1664525U + 1013904223U;
	return (seed >> 8) % limit;
}

#define PICK(list) list[below(sizeof(list) / sizeof((list)[0]))]

static const char *
name_of_element(void)
{
	static const char *const names[] = {"div", "p", "a", "A", "li", "ul",
		"br", "BR", "img", "input", "wbr", "script", "style",
		"textarea", "title", "option", "svg", "use", "time", "form",
		"meta", "link", "body", "html", "embed", "unheard-of"};

	return PICK(names);
}

static const char *
name_of_attribute(void)
{
	static const char *const names[] = {"href", "HREF", "src", "action",
		"name", "class", "value", "checked", "selected", "disabled",
		"readonly", "defer", "datetime", "aria-label", "id", "onclick"};

	return PICK(names);
}

/* Pieces that one escaper or another treats in a way of its own. */
static const char *
awkward(char *into)
{
	static const char *const pieces[] = {"", "a", " ", "<", ">", "&", "\"",
		"'", "<!--", "-->", "&{", "}", "{", "%", "%41", "&amp;", "\t",
		"\n", "\r", "\xc3\xab", "\xe2\x82\xac", "\xee\x80\x80",
		"\xf0\x9f\x9b\x8f", "\xc2\xa0", "[x]", "^`|\\",
		"javascript:", "/aids?a=1&b=2", "</script>", "]]>", "$",
		"~*!()", "\x7f", "\x01", "\x1f", "\x0b"};

	size_t len = 0;

	into[0] = '\0';
	for (uint32_t i = below(PIECES); i > 0; i--)
		len += (size_t)snprintf(
			into + len, TEXT - len, "%s", PICK(pieces));
	return into;
}

static xmlNode *
make_text(xmlDoc *doc)
{
	char text[TEXT];
	xmlNode *node = xmlNewDocText(doc, BAD_CAST awkward(text));

	if (below(20) == 0)
		node->name = xmlStringTextNoenc;
	return node;
}

static void
make_attributes(xmlNode *node)
{
	char text[TEXT];

	for (uint32_t i = below(4); i > 0; i--) {
		const char *name = name_of_attribute();
		bool empty = below(10) == 0;

		if (!xmlHasProp(node, BAD_CAST name))
			xmlNewProp(node, BAD_CAST name,
				empty ? NULL : BAD_CAST awkward(text));
	}
}

static xmlNode *
make_tree(xmlDoc *doc, int depth)
{
	xmlNode *node =
		xmlNewDocNode(doc, NULL, BAD_CAST name_of_element(), NULL);

	make_attributes(node);
	if (below(40) == 0)
		xmlSetNs(node, xmlNewNs(node, BAD_CAST "urn:x", BAD_CAST "x"));
	for (uint32_t i = below(WIDTH); i > 0; i--) {
		if (below(25) == 0)
			xmlAddChild(node, xmlNewDocComment(doc, BAD_CAST "c"));
		else if (depth < DEPTH && below(3))
			xmlAddChild(node, make_tree(doc, depth + 1));
		else
			xmlAddChild(node, make_text(doc));
	}
	return node;
}

static int
write_bytes(void *out, const char *bytes, int len)
{
	buffer_add(out, bytes, (size_t)len);
	return len;
}

static void
compare(xmlDoc *doc, xmlNode *root)
{
	struct buffer *want = buffer_create(NULL);
	struct buffer *got = buffer_create(NULL);
	xmlOutputBuffer *o =
		xmlOutputBufferCreateIO(write_bytes, NULL, want, NULL);

	htmlNodeDumpFormatOutput(o, doc, root, "UTF-8", 0);
	xmlOutputBufferClose(o);
	html_write(got, root, NULL);
	assert_string_equal(got->data, want->data);
	buffer_free(want);
	buffer_free(got);
}

static void
test_as_libxml2(void **state)
{
	(void)state;
	for (seed = 1; seed <= TREES; seed++) {
		uint32_t kept = seed;
		xmlDoc *doc = htmlNewDocNoDtD(NULL, NULL);
		xmlNode *root = make_tree(doc, 0);

		xmlDocSetRootElement(doc, root);
		compare(doc, root);
		xmlFreeDoc(doc);
		seed = kept;
	}
}

/* Two children in one attribute: no stylesheet makes them, libxml2 may. */
static void
test_attribute_in_parts(void **state)
{
	xmlDoc *doc = htmlNewDocNoDtD(NULL, NULL);
	xmlNode *root = xmlNewDocNode(doc, NULL, BAD_CAST "a", NULL);
	xmlAttr *a = xmlNewProp(root, BAD_CAST "href", BAD_CAST " /x &");
	xmlNode *more = xmlNewDocText(doc, BAD_CAST "{y}\"");

	(void)state;
	a->children->next = more;
	more->prev = a->children;
	more->parent = (xmlNode *)a;
	a->last = more;
	xmlDocSetRootElement(doc, root);
	compare(doc, root);
	xmlFreeDoc(doc);
}

static bool
see_text(void *arg, const char *text)
{
	buffer_printf(arg, "(%s)", text);
	return strcmp(text, "seen") == 0;
}

static bool
see_attribute(void *arg, const char *value, bool address)
{
	buffer_printf(arg, address ? "[%s]" : "{%s}", value);
	return true;
}

/* The eye sees each value, where it stands, and writes in our place. */
static void
test_eye(void **state)
{
	struct buffer *out = buffer_create(NULL);
	const struct html_eye eye = {see_text, see_attribute, out};
	xmlDoc *doc = htmlNewDocNoDtD(NULL, NULL);
	xmlNode *root = xmlNewDocNode(doc, NULL, BAD_CAST "a", NULL);

	(void)state;
	xmlDocSetRootElement(doc, root);
	xmlNewProp(root, BAD_CAST "href", BAD_CAST "/x");
	xmlNewProp(root, BAD_CAST "class", BAD_CAST "y");
	xmlNewTextChild(root, NULL, BAD_CAST "b", BAD_CAST "seen");
	xmlNewTextChild(root, NULL, BAD_CAST "i", BAD_CAST "<");
	xmlNewTextChild(root, NULL, BAD_CAST "script", BAD_CAST "<");
	html_write(out, root, &eye);
	assert_string_equal(out->data,
		"<a href=[/x] class={y}><b>(seen)</b><i>(<)&lt;</i>"
		"<script><</script></a>");
	xmlFreeDoc(doc);
	buffer_free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_libxml2),
		cmocka_unit_test(test_attribute_in_parts),
		cmocka_unit_test(test_eye),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
