/*
 * Each shortcut of drawing against libxslt and libxml2 alone, byte for byte:
 * the serialiser, the arena, fragments that are kept, rows by programs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <glob.h>
#include <libxml/parser.h>

#include "core/arena.h"
#include "core/log.h"
#include "core/render.h"

enum { PARSE = XML_PARSE_NONET | XML_PARSE_NOBLANKS };

static const struct render_options plain;
static const struct render_options all = {true, true, true};
static struct pool *pool;
static struct render *render;
static glob_t pages;

static int
load(void **state)
{
	struct buffer *errors;

	(void)state;
	arena_setup();
	log_open("/dev/null");
	pool = pool_create();
	errors = buffer_create(pool);
	render = render_load(pool, ".", errors);
	if (!render)
		print_error("%s", errors->data);
	if (!render || glob("tests/fixtures/page/*.xml", 0, NULL, &pages))
		return -1;
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	globfree(&pages);
	pool_destroy(pool);
	return 0;
}

static const char *
draw_with(struct pool *p, xmlDoc *doc, const struct render_options *options)
{
	struct buffer *out = buffer_create(p);

	render_set(render, options);
	assert_int_equal(render_html(render, p, doc, out), RC_OK);
	return out->data;
}

/* All shortcuts, in an arena as in a worker, against none. */
static void
compare(xmlDoc *doc)
{
	struct pool *p = pool_create();
	const char *want = draw_with(p, doc, &plain);
	const char *got;

	arena_begin();
	got = draw_with(p, doc, &all);
	arena_end();
	assert_string_equal(got, want);
	pool_destroy(p);
}

/* Whatever was drawn before, and each shortcut by itself. */
static void
test_each_page(void **state)
{
	static const struct render_options ways[] = {{true, true, true},
		{true, true, true}, {true, false, false}, {false, true, false},
		{false, false, true}};

	(void)state;
	for (size_t i = 0; i < pages.gl_pathc; i++) {
		struct pool *p = pool_create();
		xmlDoc *doc = xmlReadFile(pages.gl_pathv[i], NULL, PARSE);
		const char *want = draw_with(p, doc, &plain);

		for (size_t n = 0; n < sizeof(ways) / sizeof(ways[0]); n++)
			assert_string_equal(draw_with(p, doc, &ways[n]), want);
		compare(doc);
		xmlFreeDoc(doc);
		pool_destroy(p);
	}
}

/* In document order; NULL after the last. */
static xmlNode *
next_node(xmlNode *node)
{
	if (node->children)
		return node->children;
	while (node && !node->next)
		node = node->parent;
	return node && node->type == XML_ELEMENT_NODE ? node->next : NULL;
}

static bool
is_named(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       xmlStrEqual(node->name, BAD_CAST name);
}

/* Is it the cell of a state, which decides how the row looks? */
static bool
decides(const xmlNode *cell)
{
	const xmlNode *columns = cell->parent->parent->parent->children;
	const xmlNode *column;

	while (!is_named(columns, "columns"))
		columns = columns->next;
	column = columns->children;
	for (cell = cell->prev; cell; cell = cell->prev)
		column = column->next;
	return xmlStrEqual(
		xmlHasProp(column, BAD_CAST "type")->children->content,
		BAD_CAST "state");
}

/* A row with this in all that it holds. */
static void
fill_row(xmlNode *row, const char *value, bool states)
{
	for (xmlAttr *a = row->properties; a; a = a->next)
		xmlSetProp(row, a->name, BAD_CAST value);
	for (xmlNode *cell = row->children; cell; cell = cell->next) {
		if (states || !decides(cell)) {
			xmlNodeSetContent(cell, NULL);
			xmlNodeAddContent(cell, BAD_CAST value);
		}
		for (xmlAttr *a = cell->properties; a; a = a->next)
			xmlSetProp(cell, a->name, BAD_CAST value);
	}
}

/*
 * Texts that one place or another escapes, formats or tests; the private use
 * characters are what marks are made of, whole and in pieces.
 */
static const char *const awkward[] = {"<b>x</b>", "&amp;", "\"quoted\"", "it's",
	"it's \"both\"", "<!-- \" -->", "&{x}", "</td></tr>", " in front",
	"two  spaces ", "/aids/1?a=1&b=2", "//evil.example",
	"javascript:alert(1)", "tel:+31500001200", "2026-11-22", "22-11-2026",
	"2026-02-30", "2026-11-21T09:42:00Z", "123456", "-1250", "12.5", "x@y",
	"0500001200", "\xc3\xab\xe2\x82\xac\xf0\x9f\x9b\x8f", "%41", "{phone}",
	"{1}", "\xee\x80\x80", "\xef\x80\x80", "\xef\x80\x81",
	"\xef\x80\x80\xee\x80\x80\xef\x80\x81", "in_use", "0", "1", "a\nb"};

enum { AWKWARD = sizeof(awkward) / sizeof(awkward[0]) };

/* Another text in each row, from the first on. Gives how many rows. */
static size_t
fill_rows(xmlDoc *doc, size_t first, bool states)
{
	size_t count = 0;

	for (xmlNode *n = xmlDocGetRootElement(doc); n; n = next_node(n))
		if (is_named(n, "row") && is_named(n->parent, "rows"))
			fill_row(n, awkward[(first + count++) % AWKWARD],
				states);
	return count;
}

/*
 * Each text in each cell that passes. Of a shape the first row is drawn by
 * the template and the next by the program, whatever text it has.
 */
static void
test_awkward_rows(void **state)
{
	static const char *const files[] = {"aids", "actions", "work", "aid"};
	size_t before = render_counts(render).rows_run;
	size_t rows = 0;

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(files) / sizeof(files[0]); i++) {
		size_t step = 0;

		for (size_t n = 0; n < AWKWARD; n += step) {
			struct pool *p = pool_create();
			xmlDoc *doc = xmlReadFile(
				pool_printf(p, "tests/fixtures/page/%s.xml",
					files[i / 2]),
				NULL, PARSE);

			step = fill_rows(doc, n, i % 2);
			compare(doc);
			rows += step;
			xmlFreeDoc(doc);
			pool_destroy(p);
		}
	}
	/* Where the states are filled too, each row is a shape. */
	assert_true(render_counts(render).rows_run - before > rows / 3);
}

/* Rows of the demo's kind: all but the first of each shape by program. */
static void
test_programs_are_used(void **state)
{
	xmlDoc *doc = xmlReadFile("tests/fixtures/page/aids.xml", NULL, PARSE);
	struct render_counts before, after;

	(void)state;
	compare(doc);
	before = render_counts(render);
	compare(doc);
	after = render_counts(render);
	assert_int_equal(after.rows_drawn, before.rows_drawn);
	assert_int_equal(after.fragments_drawn, before.fragments_drawn);
	assert_true(after.rows_run > before.rows_run);
	assert_true(after.fragments_kept > before.fragments_kept);
	xmlFreeDoc(doc);
}

/* Draws the page with another value there, and puts the old one back. */
static void
change(xmlDoc *doc, xmlNode *text, const char *value)
{
	xmlChar *kept = xmlStrdup(text->content);

	xmlNodeSetContent(text, BAD_CAST value);
	compare(doc);
	xmlNodeSetContent(text, kept);
	xmlFree(kept);
}

/* All after the second of many rows or options. */
static void
shorten(xmlNode *list)
{
	xmlNode *node = list->children ? list->children->next : NULL;

	while (node && node->next) {
		xmlNode *gone = node->next;

		xmlUnlinkNode(gone);
		xmlFreeNode(gone);
	}
}

/*
 * Changes every value of a page, one at a time, and draws it with all that
 * is kept of the page before: what looks at more than its key shows.
 */
static void
change_each(const char *page)
{
	xmlDoc *doc = xmlReadFile(page, NULL, PARSE);
	size_t changed = 0;

	for (xmlNode *n = xmlDocGetRootElement(doc); n; n = next_node(n))
		if (is_named(n, "rows") || is_named(n, "filter"))
			shorten(n);
	compare(doc);
	for (xmlNode *n = xmlDocGetRootElement(doc); n; n = next_node(n)) {
		for (xmlAttr *a = n->properties;
			n->type == XML_ELEMENT_NODE && a; a = a->next) {
			bool lang = xmlStrEqual(a->name, BAD_CAST "lang");

			change(doc, a->children, lang ? "en" : "changed");
			changed++;
		}
		if (n->type == XML_TEXT_NODE) {
			change(doc, n, "changed");
			changed++;
		}
	}
	assert_true(changed > 150);
	xmlFreeDoc(doc);
}

static void
test_changes_are_seen(void **state)
{
	(void)state;
	change_each("tests/fixtures/page/aids.xml");
	change_each("tests/fixtures/page/aids-picked.xml");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_page),
		cmocka_unit_test(test_programs_are_used),
		cmocka_unit_test(test_awkward_rows),
		cmocka_unit_test(test_changes_are_seen),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
