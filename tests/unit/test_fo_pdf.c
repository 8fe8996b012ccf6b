/* The PDF itself: structure, links, metadata, the same bytes, no growth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libxml/parser.h>
#include <qpdf/qpdf-c.h>

#include "core/render.h"
#include "paper.h"

/* Of the sanitizer that tests run under. */
size_t __sanitizer_get_current_allocated_bytes(void);

static const char all[] =
	"<fo:block role='H1'>Titel</fo:block>"
	"<fo:block>Zie <fo:basic-link external-destination="
	"\"url('https://x.example/?a=1&amp;b=2')\" fox:alt-text='De "
	"voorwaarden'>hier</fo:basic-link> of <fo:inline xml:lang='en'>over "
	"there</fo:inline>.</fo:block>"
	"<fo:block><fo:external-graphic src=\"url('logo.svg')\" "
	"content-height='9mm' fox:alt-text='Logo van Noord'/>"
	"<fo:external-graphic src=\"url('logo.svg')\" content-height='9mm' "
	"fox:alt-text=''/></fo:block>"
	"<fo:block><fo:instream-foreign-object content-width='20mm' "
	"fox:alt-text='Code'><svg:svg viewBox='0 0 9 9'><svg:path "
	"d='M0 0h7v1h-7zM1 3l2-1 1 2zM5 5a2 2 0 0 1 2 2q1 1-1 1c0-1-1-1-1 0'/>"
	"</svg:svg></fo:instream-foreign-object></fo:block>"
	"<fo:list-block><fo:list-item><fo:list-item-label><fo:block>•"
	"</fo:block></fo:list-item-label><fo:list-item-body><fo:block>punt"
	"</fo:block></fo:list-item-body></fo:list-item></fo:list-block>"
	"<fo:table role='NonStruct'><fo:table-column column-width='40mm'/>"
	"<fo:table-body><fo:table-row><fo:table-cell><fo:block>plaats"
	"</fo:block></fo:table-cell></fo:table-row></fo:table-body></fo:table>"
	"<fo:table><fo:table-column column-width='40mm' "
	"number-columns-repeated='2'/><fo:table-body><fo:table-row>"
	"<fo:table-cell role='TH'><fo:block>Naam</fo:block></fo:table-cell>"
	"<fo:table-cell><fo:block>een</fo:block><fo:block role='H2'>twee"
	"</fo:block></fo:table-cell></fo:table-row><fo:table-row>"
	"<fo:table-cell number-columns-spanned='2'><fo:block>samen</fo:block>"
	"</fo:table-cell></fo:table-row><fo:table-row><fo:table-cell>"
	"<fo:block/></fo:table-cell><fo:table-cell><fo:block/>"
	"</fo:table-cell></fo:table-row></fo:table-body></fo:table>";

static void
assert_has(const struct buffer *pdf, const char *what)
{
	if (!memmem(pdf->data, pdf->len, what, strlen(what)))
		fail_msg("no %s", what);
}

static int
count_in(const struct buffer *pdf, const char *what)
{
	const char *at = pdf->data;
	int count = 0;

	while ((at = memmem(at, (size_t)(pdf->data + pdf->len - at), what,
			strlen(what)))) {
		at++;
		count++;
	}
	return count;
}

static void
test_structure(void **state)
{
	static const char expected[] = "Document\n"
				       "  H1 (block)\n"
				       "    \"Titel\"\n"
				       "  P (block)\n"
				       "    \"Zie \"\n"
				       "    Link (inline)\n"
				       "      \"hier\"\n"
				       "      Object N 0\n"
				       "    \" of \"\n"
				       "    Span (inline)\n"
				       "      \"over there\"\n"
				       "    \".\"\n"
				       "  Figure\n    \"\"\n"
				       "  Figure\n    \"\"\n"
				       "  L (block)\n"
				       "    LI (block)\n"
				       "      Lbl (block)\n"
				       "        \"•\"\n"
				       "      LBody (block)\n"
				       "        \"punt\"\n"
				       "  P (block)\n"
				       "    \"plaats\"\n"
				       "  Table (block)\n"
				       "    TR\n"
				       "      TH\n"
				       "        \"Naam\"\n"
				       "      TD\n"
				       "        P (block)\n"
				       "          \"een\"\n"
				       "        H2 (block)\n"
				       "          \"twee\"\n"
				       "    TR\n"
				       "      TD\n"
				       "        \"samen\"\n"
				       "    TR\n"
				       "      TD\n"
				       "      TD\n";
	struct buffer *pdf = paper_draw(all);
	const char *tree = paper_run(pdf, "pdfinfo -struct-text", "");
	struct buffer *out = buffer_create(paper_pool);

	(void)state;
	/* Without attributes and the number of the link's object. */
	for (const char *line = tree; *line;) {
		size_t len = strcspn(line, "\n");
		const char *object = strstr(line, "Object ");

		if (object && object < line + len)
			buffer_puts(out, "      Object N 0\n");
		else if (!memmem(line, len, " /", 2)) {
			if (line[len - 1] == ':')
				buffer_add(out, line, len - 1);
			else
				buffer_add(out, line, len);
			buffer_putc(out, '\n');
		}
		line += len + (line[len] == '\n');
	}
	assert_string_equal(out->data, expected);
	assert_non_null(strstr(tree, "/Scope /Row"));
	assert_non_null(strstr(tree, "/ColSpan 2"));
	assert_non_null(strstr(tree, "/ListNumbering /Disc"));
	assert_non_null(strstr(tree, "/BBox ["));
	assert_has(pdf, "/Alt (Logo van Noord)");
	assert_has(pdf, "/Alt (Code)");
	assert_has(pdf, "/Lang (en)");
}

static void
test_link(void **state)
{
	struct buffer *pdf = paper_draw(all);

	(void)state;
	assert_has(pdf, "/URI (https://x.example/?a=1&b=2)");
	assert_has(pdf, "/Contents (De voorwaarden)");
	assert_has(pdf, "/Subtype /Link");
	/* On two lines: two areas, one link. */
	pdf = paper_draw("<fo:block margin-left='0pt' margin-right='150mm'>"
			 "<fo:basic-link external-destination='tel:+3150'>bel "
			 "de vestiging in Noorderhaven</fo:basic-link>"
			 "</fo:block>");
	assert_has(pdf, "/Contents (bel de vestiging in Noorderhaven)");
	assert_int_equal(paper_count(paper_run(pdf, "pdfinfo -struct-text", ""),
				 "Link (inline)"),
		1);
	assert_true(count_in(pdf, "/Subtype /Link") > 1);
}

/*
 * All that is painted is in the structure tree or an artifact, and every
 * number of marked content has its owner.
 */
static void
check_marks(qpdf_data q, int page, const char *content)
{
	qpdf_oh object = qpdf_get_page_n(q, (size_t)page);
	qpdf_oh root = qpdf_oh_get_key(q, qpdf_get_root(q), "/StructTreeRoot");
	qpdf_oh numbers = qpdf_oh_get_key(
		q, qpdf_oh_get_key(q, root, "/ParentTree"), "/Nums");
	qpdf_oh owners = qpdf_oh_get_array_item(q, numbers, page * 2 + 1);
	int depth = 0;

	assert_int_equal(qpdf_oh_get_int_value_as_int(q,
				 qpdf_oh_get_key(q, object, "/StructParents")),
		page);
	assert_int_equal(qpdf_oh_get_array_n_items(q, owners),
		paper_count(content, "/MCID "));
	for (const char *line = content; *line; line = strchr(line, '\n') + 1) {
		size_t len = strcspn(line, "\n");
		const char *word = line + len;

		while (word > line && word[-1] != ' ')
			word--;
		if (!strncmp(word, "BDC", 3))
			depth++;
		else if (!strncmp(word, "EMC", 3))
			depth--;
		else if (!strncmp(word, "TJ", 2) || !strncmp(word, "Tj", 2) ||
			 !strncmp(word, "f\n", 2) || !strncmp(word, "S\n", 2) ||
			 !strncmp(word, "Do", 2))
			assert_true(depth > 0);
		if (!line[len])
			break;
	}
	assert_int_equal(depth, 0);
}

static void
test_marks(void **state)
{
	struct buffer *many = buffer_create(paper_pool);
	struct buffer *pdf;
	qpdf_data q = qpdf_init();

	(void)state;
	for (int i = 0; i < 8; i++)
		buffer_puts(many, all);
	pdf = paper_draw(many->data);
	assert_true(paper_pages(pdf) > 1);
	qpdf_read_memory(q, "pdf", pdf->data, pdf->len, NULL);
	for (int i = 0; i < paper_pages(pdf); i++)
		check_marks(q, i, paper_content(pdf, i));
	qpdf_cleanup(&q);
	/* Text can't pass for a mark. */
	pdf = paper_draw("<fo:block>(x) /P &lt;&lt; /MCID 0 >> BDC EMC \\) Tj"
			 "</fo:block>");
	assert_non_null(strstr(paper_text(pdf), "/P << /MCID 0 >> BDC EMC"));
}

#define DRAWING(attributes, paths)                                             \
	"<fo:block><fo:external-graphic src=\"url('logo.svg')\" "              \
	"content-height='9mm' fox:alt-text='Logo'/>"                           \
	"<fo:instream-foreign-object content-width='40pt' fox:alt-text='Code'" \
	"><svg:svg viewBox='-1 -1 8 8' " attributes ">" paths                  \
	"</svg:svg></fo:instream-foreign-object></fo:block>"
#define SQUARES "M0 0h2v1h-2zM3 0h1v1h-1zM0 2h4v2h-4z"

/*
 * The rectangles of a QR code stand in the content as they are, within the
 * mark of the figure, behind the first one, which Cairo draws.
 */
static void
test_rectangles(void **state)
{
	static const char *const others[] = {
		DRAWING("fill-rule='evenodd'", "<svg:path d='" SQUARES "'/>"),
		DRAWING("stroke='#000000'", "<svg:path d='" SQUARES "'/>"),
		DRAWING("",
			"<svg:path d='" SQUARES "'/><svg:path d='M0 0h1'/>"),
		DRAWING("", "<svg:path d='" SQUARES "M5 5h-1v1h1z'/>"),
		DRAWING("", "<svg:path d='" SQUARES "M5 5h1v.5h-1z'/>"),
		DRAWING("", "<svg:path d='M0 0h2v1h-2z'/>"),
	};
	struct buffer *pdf = paper_draw(
		DRAWING("fill='#0000ff'", "<svg:path d='" SQUARES "'/>"));
	const char *content = paper_content(pdf, 0);
	const char *figure = strstr(content, "/Figure <</MCID 1>> BDC");
	const char *more =
		strstr(content, "cm\n3 0 1 1 re\n0 2 4 2 re\nf Q\nEMC");

	(void)state;
	assert_non_null(figure);
	assert_non_null(more);
	assert_true(figure < more);
	assert_non_null(strstr(figure, "0 0 1 rg"));
	assert_true(strstr(figure, "0 0 1 rg") < more);
	assert_true(strstr(figure, "EMC") > more);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_null(strstr(
			paper_content(paper_draw(others[i]), 0), "0 2 4 2 re"));
}

static void
test_metadata(void **state)
{
	struct buffer *pdf = paper_draw(all);

	(void)state;
	assert_has(pdf, "%PDF-1.7");
	assert_has(pdf, "/Lang (nl)");
	assert_has(pdf, "/DisplayDocTitle true");
	assert_has(pdf, "/Marked true");
	assert_has(pdf, "/S /GTS_PDFA1");
	assert_has(pdf, "/DestOutputProfile ");
	assert_has(pdf, "/ID [<");
	assert_has(pdf, "/CreationDate (D:20261122030000Z)");
	assert_has(pdf, "/Tabs /S");
	assert_has(pdf, "<pdfaid:part>2</pdfaid:part>");
	assert_has(pdf, "<pdfaid:conformance>A</pdfaid:conformance>");
	assert_has(pdf, "<pdfuaid:part>1</pdfuaid:part>");
	assert_has(pdf, "Proef &amp; &lt;co&gt;</rdf:li>");
	assert_has(pdf, "<xmp:CreateDate>2026-11-22T03:00:00Z<");
	assert_null(memmem(pdf->data, pdf->len, "cairo", 5));
	assert_non_null(
		strstr(paper_run(pdf, "pdfinfo", ""), "Tagged:          yes"));
	assert_non_null(
		strstr(paper_run(pdf, "qpdf --check", ""), "No syntax"));
	/* Every font embedded, as a subset, with its characters. */
	assert_null(strstr(paper_run(pdf, "pdffonts", ""), " no "));
}

static void
test_same_bytes(void **state)
{
	static const struct fo_config config = {
		.brand = "conf/brand/zorgmiddelen-noord"};
	struct buffer *one = paper_draw(all);
	struct buffer *other;
	struct fo *own = paper_fo;

	(void)state;
	paper_draw("<fo:block font-size='30pt' font-weight='700'>Iets heel "
		   "anders</fo:block>");
	other = paper_draw(all);
	assert_int_equal(one->len, other->len);
	assert_memory_equal(one->data, other->data, one->len);
	paper_fo = fo_load(paper_pool, &config, buffer_create(paper_pool));
	assert_non_null(paper_fo);
	other = paper_draw(all);
	assert_int_equal(one->len, other->len);
	assert_memory_equal(one->data, other->data, one->len);
	paper_fo = own;
}

static void
test_object_streams(void **state)
{
	struct fo_info info = {.title = "x",
		.lang = "nl",
		.created = 1795316400,
		.object_streams = true};
	struct buffer *pdf = buffer_create(paper_pool);
	char error[200];

	(void)state;
	assert_int_equal(fo_render(paper_fo, paper_pool, paper_flow(all), &info,
				 pdf, error, sizeof(error)),
		RC_OK);
	assert_non_null(
		strstr(paper_run(pdf, "qpdf --check", ""), "No syntax"));
	assert_true(pdf->len < paper_draw(all)->len);
}

static void
draw_once(const xmlDoc *doc)
{
	const struct fo_info info = {
		.title = "x", .lang = "nl", .created = 1795316400};
	struct pool *pool = pool_create();
	char error[200];

	assert_int_equal(fo_render(paper_fo, pool, doc, &info,
				 buffer_create(pool), error, sizeof(error)),
		RC_OK);
	pool_destroy(pool);
}

/* A worker draws for days: what it keeps after a document is bounded. */
static void
test_no_growth(void **state)
{
	xmlDoc *doc = paper_flow(all);
	xmlDoc *wrong = paper_flow("<fo:block>x</fo:block><fo:block x='1'/>");
	const struct fo_info info = {.title = "x", .lang = "nl"};
	char error[200];
	size_t before;

	(void)state;
	for (int i = 0; i < 3; i++)
		draw_once(doc);
	before = __sanitizer_get_current_allocated_bytes();
	for (int i = 0; i < 20; i++) {
		struct pool *pool = pool_create();

		draw_once(doc);
		assert_int_equal(
			fo_render(paper_fo, pool, wrong, &info,
				buffer_create(pool), error, sizeof(error)),
			RC_FAIL);
		pool_destroy(pool);
	}
	assert_true(__sanitizer_get_current_allocated_bytes() <= before + 4096);
}

static void
test_cache_bound(void **state)
{
	size_t most = 0;

	(void)state;
	for (int n = 0; n < 8; n++) {
		struct buffer *b = buffer_create(paper_pool);

		for (int i = 0; i < 4000; i++)
			buffer_printf(
				b, "<fo:block>tekst %d %d</fo:block>", n, i);
		draw_once(paper_flow(b->data));
		if (fo_cached(paper_fo) > most)
			most = fo_cached(paper_fo);
	}
	assert_in_range(most, 1024 * 1024, 8 * 1024 * 1024);
}

/* The stylesheets and the formatter belong together. */
static void
test_request(void **state)
{
	struct pool *p = pool_create();
	struct buffer *errors = buffer_create(p);
	struct render *r = render_load(p, ".", errors);
	xmlDoc *doc = xmlReadFile(
		"tests/fixtures/print/request.xml", NULL, XML_PARSE_NONET);
	xmlDoc *list = xmlReadFile(
		"tests/fixtures/page/aids.xml", NULL, XML_PARSE_NONET);
	const char *text;
	xmlDoc *fo;

	(void)state;
	if (!r)
		fail_msg("%s", errors->data);
	assert_int_equal(render_fo(r, p, "request", doc, &fo), RC_OK);
	text = paper_text(paper_draw_doc(fo));
	assert_non_null(strstr(text, "Aanvraag reparatie"));
	assert_non_null(strstr(text, "2026-000 123"));
	assert_non_null(strstr(text, "Mw. T. Bakker-Wiersma"));
	assert_non_null(strstr(text, "Pagina 1 van 2"));
	assert_int_equal(render_fo(r, p, "list", list, &fo), RC_OK);
	text = paper_text(paper_draw_doc(fo));
	assert_non_null(strstr(text, "Mijn hulpmiddelen"));
	assert_non_null(strstr(text, "310 227"));
	assert_int_equal(render_faults(r), 0);
	xmlFreeDoc(doc);
	xmlFreeDoc(list);
	pool_destroy(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_link),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_rectangles),
		cmocka_unit_test(test_metadata),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_object_streams),
		cmocka_unit_test(test_no_growth),
		cmocka_unit_test(test_cache_bound),
		cmocka_unit_test(test_request),
	};

	return cmocka_run_group_tests(tests, paper_open, paper_close);
}
