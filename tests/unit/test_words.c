/* Texts: loading, arguments, both languages, none in a stylesheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <glob.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "core/log.h"
#include "core/words.h"

static struct words *
load(struct pool *p, struct buffer *errors, const char *nl, const char *en)
{
	char dir[] = "/tmp/wordsXXXXXX";
	const char *names[] = {"nl.xml", "en.more.xml"};
	const char *texts[] = {nl, en};
	struct words *w;

	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < 2; i++) {
		FILE *f = fopen(pool_printf(p, "%s/%s", dir, names[i]), "w");

		assert_non_null(f);
		fputs(texts[i], f);
		fclose(f);
	}
	w = words_load(p, dir, errors);
	for (int i = 0; i < 2; i++)
		unlink(pool_printf(p, "%s/%s", dir, names[i]));
	assert_int_equal(rmdir(dir), 0);
	return w;
}

static void
test_text(void **state)
{
	const char *args[] = {"een", "twee"};
	const struct words_name names[] = {{"brand", "Noord"}, {NULL, NULL}};
	struct pool *p = pool_create();
	struct buffer *errors = buffer_create(p);
	struct words *w = load(p, errors,
		"<texts><text id='a'>\n  Van {1}\n\ttot {2}{3} </text>"
		"<text id='b'>{brand} {link} {1}</text></texts>",
		"<texts><text id='a'>{2} before {1}</text></texts>");

	(void)state;
	assert_int_equal(errors->len, 0);
	assert_string_equal(
		words_text(w, p, LANG_NL, "a", 2, args), "Van een tot twee");
	assert_string_equal(
		words_text(w, p, LANG_EN, "a", 2, args), "twee before een");
	assert_string_equal(
		words_text(w, p, LANG_NL, "a", 0, NULL), "Van  tot ");
	assert_string_equal(words_named(w, p, LANG_NL, "b", 2, args, names),
		"Noord {link} een");
	assert_int_equal(words_missing(w), 0);
	assert_null(words_find(w, LANG_EN, "b"));
	assert_string_equal(words_text(w, p, LANG_EN, "b", 0, NULL), "[[b]]");
	assert_int_equal(words_missing(w), 1);
	words_compare(w, errors);
	assert_string_equal(errors->data, "en lacks text b\n");
	pool_destroy(p);
}

static void
test_errors(void **state)
{
	struct pool *p = pool_create();
	struct buffer *errors = buffer_create(p);

	(void)state;
	load(p, errors,
		"<texts>\n<text id='a'>A</text>\n<text id='a'>B</text>\n"
		"<text>C</text>\n<text id='d'>D<b/></text></texts>",
		"<texts>\n<text id='a'>A</texts>");
	assert_non_null(
		strstr(errors->data, "nl.xml:3: text a stands there twice\n"));
	assert_non_null(strstr(errors->data, "nl.xml:4: "));
	assert_non_null(strstr(errors->data, "nl.xml:5: "));
	assert_non_null(strstr(errors->data, "en.more.xml:2: "));
	pool_destroy(p);
}

static void
test_same_ids(void **state)
{
	struct pool *p = pool_create();
	struct buffer *errors = buffer_create(p);
	struct words *w = words_load(p, "xslt/text", errors);

	(void)state;
	words_compare(w, errors);
	if (errors->len)
		fail_msg("%s", errors->data);
	pool_destroy(p);
}

/*
 * Text with a letter in it is a word, but where it is a name: in xsl:text,
 * in a variable, a parameter or an attribute.
 */
static void
check_stylesheet(const char *file)
{
	xmlDoc *doc = xmlReadFile(file, NULL, XML_PARSE_NONET);
	xmlXPathContext *ctxt = xmlXPathNewContext(doc);
	xmlXPathObject *found;

	xmlXPathRegisterNs(ctxt, BAD_CAST "x",
		BAD_CAST "http://www.w3.org/1999/XSL/Transform");
	found = xmlXPathEval(BAD_CAST
		"//text()[translate(., 'abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') != .]"
		"[not(parent::x:text or ancestor::x:variable or "
		"ancestor::x:with-param or ancestor::x:param or "
		"ancestor::x:attribute)]",
		ctxt);
	if (!xmlXPathNodeSetIsEmpty(found->nodesetval))
		fail_msg("%s:%ld: \"%s\" belongs in xslt/text", file,
			xmlGetLineNo(found->nodesetval->nodeTab[0]->parent),
			(char *)found->nodesetval->nodeTab[0]->content);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(ctxt);
	xmlFreeDoc(doc);
}

static void
test_no_words_in_stylesheets(void **state)
{
	glob_t files;

	(void)state;
	glob("xslt/*.xsl", 0, NULL, &files);
	glob("xslt/*/*.xsl", GLOB_APPEND, NULL, &files);
	glob("xslt/*/*/*.xsl", GLOB_APPEND, NULL, &files);
	assert_true(files.gl_pathc > 20);
	for (size_t i = 0; i < files.gl_pathc; i++)
		check_stylesheet(files.gl_pathv[i]);
	globfree(&files);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_same_ids),
		cmocka_unit_test(test_no_words_in_stylesheets),
	};

	log_open("/dev/null");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
