/* Drawing: the sample pages and mails, what is refused, what is loud. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <ftw.h>
#include <glob.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "core/log.h"
#include "core/render.h"

enum { PARSE = XML_PARSE_NONET | XML_PARSE_NOBLANKS };

static struct pool *pool;
static struct render *render;

static int
load(void **state)
{
	struct buffer *errors;

	(void)state;
	log_open("/dev/null");
	pool = pool_create();
	errors = buffer_create(pool);
	render = render_load(pool, ".", errors);
	if (!render)
		print_error("%s", errors->data);
	return render ? 0 : -1;
}

static int
unload(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

static xmlDoc *
parse(const char *text)
{
	xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), "t", NULL, PARSE);

	assert_non_null(doc);
	return doc;
}

/* <page> around a body; the answer is in the pool. */
static const char *
draw(struct pool *p, const char *body)
{
	struct buffer *out = buffer_create(p);
	xmlDoc *doc = parse(pool_printf(p,
		"<page id='aids' portal='institution' lang='nl'>"
		"<brand name='Noord &amp; Zuid' theme='zorgmiddelen-noord'"
		" phone='0500001200' hours='' email='a@b.example'/>"
		"<user name='x' organisation='' email=''/>"
		"<body>%s</body></page>",
		body));

	assert_int_equal(render_html(render, p, doc, out), RC_OK);
	xmlFreeDoc(doc);
	return out->data;
}

static void
check_against(const char *schema, xmlDoc *doc, const char *file)
{
	xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(schema);
	xmlRelaxNG *rng = xmlRelaxNGParse(parser);
	xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt(rng);

	assert_non_null(rng);
	if (xmlRelaxNGValidateDoc(valid, doc))
		fail_msg("%s is not valid", file);
	xmlRelaxNGFreeValidCtxt(valid);
	xmlRelaxNGFree(rng);
	xmlRelaxNGFreeParserCtxt(parser);
}

static void
draw_page(const char *file)
{
	struct pool *p = pool_create();
	struct buffer *out = buffer_create(p);
	xmlDoc *doc = xmlReadFile(file, NULL, PARSE);

	check_against("schema/rng/page.rng", doc, file);
	assert_int_equal(render_html(render, p, doc, out), RC_OK);
	assert_memory_equal(
		out->data, "<!DOCTYPE html>\n<html lang=\"nl\">", 32);
	assert_null(strstr(out->data, "class=\"unknown\""));
	assert_null(strstr(out->data, " style="));
	if (strstr(out->data, "[["))
		fail_msg("%s: %.60s", file, strstr(out->data, "[["));
	if (render_faults(render))
		fail_msg("%s draws something unknown", file);
	xmlFreeDoc(doc);
	pool_destroy(p);
}

static void
test_pages(void **state)
{
	glob_t files;

	(void)state;
	assert_int_equal(glob("tests/fixtures/page/*.xml", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		draw_page(files.gl_pathv[i]);
	globfree(&files);
}

/* Work under way asks for itself again, without a script by the head. */
static void
test_progress(void **state)
{
	struct pool *p = pool_create();
	struct buffer *out = buffer_create(p);
	xmlDoc *doc =
		xmlReadFile("tests/fixtures/page/export.xml", NULL, PARSE);

	(void)state;
	assert_int_equal(render_html(render, p, doc, out), RC_OK);
	assert_non_null(strstr(out->data,
		"<noscript><meta http-equiv=\"refresh\" content=\"5\">"));
	assert_non_null(strstr(out->data, "data-poll=\"2\""));
	assert_non_null(strstr(out->data, "value=\"900\" max=\"2362\""));
	xmlFreeDoc(doc);
	pool_destroy(p);
}

static void
test_mail(void **state)
{
	struct pool *p = pool_create();
	xmlDoc *doc =
		xmlReadFile("tests/fixtures/mail/request.xml", NULL, PARSE);
	struct mail_parts parts;
	size_t width = 0;

	(void)state;
	check_against("schema/rng/mail.rng", doc, "mail");
	assert_int_equal(render_mail(render, p, doc, &parts), RC_OK);
	assert_non_null(strstr(parts.subject, "2026-000\xc2\xa0"
					      "123"));
	assert_null(strchr(parts.subject, '\n'));
	assert_non_null(strstr(parts.html, "<table"));
	assert_null(strchr(parts.text, '<'));
	assert_non_null(strstr(parts.text, "\nhttps://localhost:8443/requests/"
					   "2026-000123\n"));
	assert_non_null(strstr(parts.text, "\nhttps://localhost:8443/login\n"));
	for (const char *s = parts.text; *s; s++) {
		width = *s == '\n'
				? 0
				: width + (((unsigned char)*s & 0xc0) != 0x80);
		assert_in_range(width, 0, 76);
	}
	xmlSetProp(xmlDocGetRootElement(doc), BAD_CAST "id", BAD_CAST "other");
	assert_int_equal(render_mail(render, p, doc, &parts), RC_FAIL);
	xmlFreeDoc(doc);
	pool_destroy(p);
}

static void
test_fo_unknown(void **state)
{
	struct pool *p = pool_create();
	xmlDoc *doc = parse("<document lang='nl'/>");
	xmlDoc *fo;

	(void)state;
	assert_int_equal(
		render_fo(render, p, "no-such", doc, &fo), RC_NOTFOUND);
	xmlFreeDoc(doc);
	pool_destroy(p);
}

/* What a user typed stays text, wherever it lands. */
static void
test_escape(void **state)
{
	struct pool *p = pool_create();
	const char *html = draw(p,
		"<form id='repair' action='/x' key='k'>"
		"<field name='defect' type='textarea' required='yes'><value>"
		"&lt;/textarea&gt;&lt;script&gt;</value></field>"
		"<field name='client' type='text'><value>\"&gt;&lt;b&gt;'"
		"</value></field></form>");

	(void)state;
	assert_null(strstr(html, "<script>"));
	assert_null(strstr(html, "<b>"));
	assert_non_null(strstr(html, "&lt;/textarea&gt;&lt;script&gt;"));
	assert_non_null(strstr(html, "value=\"&quot;&gt;&lt;b&gt;'\""));
	assert_non_null(strstr(html, "Noord &amp; Zuid"));
	pool_destroy(p);
}

/* A form posts its token and its key, whoever forgets about them. */
static void
test_tokens(void **state)
{
	struct pool *p = pool_create();
	const char *html = draw(p, "<form id='send' action='/s' key='abc'/>");

	(void)state;
	assert_non_null(strstr(html, "name=\"csrf\""));
	assert_non_null(strstr(html, "name=\"form_key\" value=\"abc\""));
	assert_non_null(strstr(html, "method=\"post\" action=\"/logout\""));
	pool_destroy(p);
}

static void
test_loud(void **state)
{
	struct pool *p = pool_create();
	size_t before = render_faults(render);
	const char *html = draw(p, "<carousel/><notes><note id='no.such'"
				   " kind='info'/></notes>");

	(void)state;
	assert_non_null(strstr(html, "<div class=\"unknown\">carousel</div>"));
	assert_non_null(strstr(html, "[[note.no.such.text]]"));
	assert_true(render_faults(render) >= before + 2);
	pool_destroy(p);
}

/* A root of our own with this one stylesheet. */
struct trial {
	struct pool *pool;
	char root[32];
	struct buffer *errors;
	struct render *render;
};

static void
put(const struct trial *t, const char *name, const char *text)
{
	const char *path = pool_printf(t->pool, "%s/%s", t->root, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
put_sheet(const struct trial *t, const char *path, const char *templates)
{
	put(t, path,
		pool_printf(t->pool,
			"<xsl:stylesheet version='1.0' xmlns:xsl="
			"'http://www.w3.org/1999/XSL/Transform'"
			" xmlns:t='urn:hulpbalie'"
			" xmlns:x='http://exslt.org/common'"
			" extension-element-prefixes='x'>\n%s"
			"</xsl:stylesheet>",
			templates));
}

/* As the stylesheets of pages, of mails and of the document "letter". */
static void
try_sheets(
	struct trial *t, const char *page, const char *mail, const char *letter)
{
	static const char *const dirs[] = {"xslt", "xslt/text", "xslt/mail",
		"xslt/print", "build", "build/static"};

	t->pool = pool_create();
	t->errors = buffer_create(t->pool);
	strcpy(t->root, "/tmp/renderXXXXXX");
	assert_non_null(mkdtemp(t->root));
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
		mkdir(pool_printf(t->pool, "%s/%s", t->root, dirs[i]), 0700);
	put(t, "xslt/text/nl.xml", "<texts><text id='a'>A {1}</text></texts>");
	put(t, "xslt/text/en.xml", "<texts><text id='a'>A</text></texts>");
	put(t, "build/static/manifest", "css/a.css\tcss/a.1.css\n");
	put(t, "secret.xml", "<secret>geheim</secret>");
	put_sheet(t, "xslt/page.xsl", page);
	put_sheet(t, "xslt/mail/mail.xsl", mail);
	put_sheet(t, "xslt/print/letter.fo.xsl", letter);
	t->render = render_load(t->pool, t->root, t->errors);
}

static void
try_sheet(struct trial *t, const char *templates)
{
	try_sheets(t, templates, "", "");
}

static enum rc
draw_trial(struct trial *t, struct buffer *out)
{
	xmlDoc *doc = parse("<page lang='nl'/>");
	enum rc rc = render_html(t->render, t->pool, doc, out);

	xmlFreeDoc(doc);
	return rc;
}

static int
remove_entry(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	(void)st;
	(void)flag;
	(void)at;
	return remove(path);
}

static void
end_trial(struct trial *t)
{
	assert_int_equal(
		nftw(t->root, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
	pool_destroy(t->pool);
}

static void
assert_error(const struct trial *t, const char *line)
{
	if (!strstr(t->errors->data, line))
		fail_msg("no \"%s\" in:\n%s", line, t->errors->data);
}

static void
test_all_errors(void **state)
{
	struct trial t;

	(void)state;
	try_sheet(&t, "<xsl:template match='/'>\n"
		      "<a><xsl:call-template name='gone'/></a>\n"
		      "<xsl:value-of select=\"t:text('b')\"/>\n"
		      "<xsl:value-of select=\"t:static('js/b.js')\"/>\n"
		      "<xsl:value-of select=\"t:nothing(1)\"/>\n"
		      "<xsl:value-of select='1 +'/>\n"
		      "<t:row/>\n"
		      "<t:fragment/>\n"
		      "</xsl:template>\n");
	assert_null(t.render);
	assert_error(&t, "page.xsl:3: no template gone\n");
	assert_error(&t, "page.xsl:4: no text b in nl\n");
	assert_error(&t, "page.xsl:4: no text b in en\n");
	assert_error(&t, "page.xsl:5: no static file js/b.js\n");
	assert_error(&t, "page.xsl:6: no function t:nothing\n");
	assert_error(&t, "page.xsl:7: ");
	assert_error(&t, "page.xsl:8: no element t:row\n");
	assert_error(&t, "page.xsl:9: t:fragment wants extension-");
	end_trial(&t);

	try_sheet(&t, "<xsl:template>");
	assert_null(t.render);
	assert_error(&t, "page.xsl:2: ");
	end_trial(&t);

	try_sheets(&t, "", "<xsl:value-of select='1'/>",
		"\n<xsl:template match='/'><xsl:if test='1 +'/>"
		"</xsl:template>");
	assert_null(t.render);
	assert_error(&t, "mail/mail.xsl:2: ");
	assert_error(&t, "print/letter.fo.xsl:3: ");
	end_trial(&t);
}

/* A process that draws none does not hold their stylesheets. */
static void
test_prints_dropped(void **state)
{
	xmlDoc *doc = parse("<document lang='nl'/>");
	struct buffer *out;
	struct trial t;
	xmlDoc *fo;

	(void)state;
	try_sheets(&t, "<xsl:template match='/'><html/></xsl:template>", "",
		"<xsl:template match='/'><root/></xsl:template>");
	assert_non_null(t.render);
	assert_int_equal(
		render_fo(t.render, t.pool, "letter", doc, &fo), RC_OK);
	assert_int_equal(
		render_fo(t.render, t.pool, "other", doc, &fo), RC_NOTFOUND);
	render_drop_prints(t.render);
	assert_int_equal(
		render_fo(t.render, t.pool, "letter", doc, &fo), RC_NOTFOUND);
	out = buffer_create(t.pool);
	assert_int_equal(draw_trial(&t, out), RC_OK);
	xmlFreeDoc(doc);
	end_trial(&t);
}

/* Not the network, not a file, not even one of ours. */
static void
test_no_files(void **state)
{
	struct buffer *out;
	struct trial t;

	(void)state;
	try_sheet(&t, "<xsl:template match='/'><html><p><xsl:value-of "
		      "select=\"t:text('a', 'x')\"/></p><xsl:copy-of "
		      "select=\"document('../secret.xml')\"/>"
		      "<x:document href='stolen.xml'><a/></x:document>"
		      "</html></xsl:template>");
	assert_non_null(t.render);
	out = buffer_create(t.pool);
	draw_trial(&t, out);
	assert_null(strstr(out->data, "geheim"));
	assert_int_not_equal(access("stolen.xml", F_OK), 0);
	end_trial(&t);

	try_sheet(&t, "<xsl:include href='/etc/passwd'/>");
	assert_null(t.render);
	end_trial(&t);
}

static void
test_limits(void **state)
{
	struct buffer *out;
	struct trial t;

	(void)state;
	try_sheet(&t, "<xsl:template match='/' name='again'><html>"
		      "<xsl:call-template name='again'/></html>"
		      "</xsl:template>");
	assert_non_null(t.render);
	out = buffer_create(t.pool);
	assert_int_equal(draw_trial(&t, out), RC_FAIL);
	assert_int_equal(out->len, 0);
	end_trial(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_progress),
		cmocka_unit_test(test_mail),
		cmocka_unit_test(test_fo_unknown),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_loud),
		cmocka_unit_test(test_all_errors),
		cmocka_unit_test(test_prints_dropped),
		cmocka_unit_test(test_no_files),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
