/* Documents on pages: breaks, keeps, tables over pages, spaces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "paper.h"

/* Lines of 12 pt that fit on a page of the tests. */
enum { LINES = 58 };

#define CELL(content) "<fo:table-cell>" content "</fo:table-cell>"
#define TABLE                                                                  \
	"<fo:table><fo:table-column column-width='40mm'/>"                     \
	"<fo:table-column column-width='proportional-column-width(1)'/>"

static const char *
lines(int count, const char *word)
{
	struct buffer *b = buffer_create(paper_pool);

	for (int i = 1; i <= count; i++)
		buffer_printf(b, "<fo:block>%s%d</fo:block>", word, i);
	return b->data;
}

static const char *
sentence(int words)
{
	struct buffer *b = buffer_create(paper_pool);

	for (int i = 1; i <= words; i++)
		buffer_printf(b, "woord%d ", i);
	return b->data;
}

/* The text of each page. */
static const char *
page_text(const struct buffer *pdf, int page)
{
	return paper_run(pdf,
		pool_printf(paper_pool, "pdftotext -f %d -l %d", page, page),
		"-");
}

static const char *
structure(const struct buffer *pdf)
{
	return paper_run(pdf, "pdfinfo -struct-text", "");
}

/* Distance of a word from the top of its page. */
static float
top_of(const struct buffer *pdf, const char *word)
{
	const char *boxes = paper_run(pdf, "pdftotext -bbox", "-");
	const char *end = strstr(boxes, pool_printf(paper_pool, ">%s<", word));

	if (!end) {
		fail_msg("no %s", word);
		return 0;
	}
	while (strncmp(end, "yMin=\"", 6) != 0)
		end--;
	return strtof(end + 6, NULL);
}

static void
test_flow(void **state)
{
	struct buffer *pdf = paper_draw(lines(130, "regel"));
	int pages = paper_pages(pdf);
	const char *text = paper_text(pdf);

	(void)state;
	assert_int_equal(pages, 3);
	assert_int_equal(paper_count(text, "regel"), 130);
	assert_non_null(strstr(page_text(pdf, 1), "blad 1 van 3"));
	assert_non_null(strstr(page_text(pdf, 3), "blad 3 van 3"));
	assert_non_null(strstr(page_text(pdf, 3), "regel130"));
	assert_int_equal(paper_pages(paper_draw("<fo:block>a</fo:block>"
						"<fo:block break-before='page'>"
						"b</fo:block>")),
		2);
}

static void
test_table(void **state)
{
	struct buffer *b = buffer_create(paper_pool);
	struct buffer *pdf;
	const char *tree;
	int pages;

	(void)state;
	buffer_puts(b,
		TABLE "<fo:table-header><fo:table-row>" CELL(
			"<fo:block>Kop</fo:block>")
			CELL("<fo:block>Tekst</fo:block>") "</fo:table-row>"
							   "</fo:table-header>"
							   "<fo:table-body>");
	for (int i = 1; i <= 200; i++)
		buffer_printf(b,
			"<fo:table-row "
			"keep-together.within-page='always'>" CELL(
				"<fo:block>nr%d</fo:block>")
				CELL("<fo:block>waarde</fo:block>") "</"
								    "fo:table-"
								    "row>",
			i);
	buffer_puts(b, "</fo:table-body></fo:table>");
	pdf = paper_draw(b->data);
	pages = paper_pages(pdf);
	assert_int_equal(pages, 4);
	for (int i = 1; i <= pages; i++)
		assert_memory_equal(page_text(pdf, i), "Kop\n", 4);

	/* One table, whose header is heard once. */
	tree = structure(pdf);
	assert_int_equal(paper_count(tree, "Table (block)"), 1);
	assert_int_equal(paper_count(tree, "\"Kop\""), 1);
	assert_int_equal(paper_count(tree, "/Scope /Column"), 2);
	assert_int_equal(paper_count(tree, " TR\n"), 201);
	assert_int_equal(paper_count(tree, " TD\n"), 400);
}

/* A row higher than the page goes on, as one row. */
static void
test_high_row(void **state)
{
	struct buffer *pdf = paper_draw(pool_printf(paper_pool,
		TABLE
		"<fo:table-body><fo:table-row "
		"keep-together.within-page='always'>" CELL(
			"<fo:block>links</fo:block>")
			CELL("%s") "</fo:table-row><fo:table-row>" CELL(
				"<fo:block>na</fo:block>")
				CELL("<fo:block/>") "</fo:table-row></"
						    "fo:table-body></fo:table>",
		lines(150, "regel")));
	const char *tree = structure(pdf);

	(void)state;
	assert_int_equal(paper_pages(pdf), 3);
	assert_int_equal(paper_count(paper_text(pdf), "regel"), 150);
	assert_int_equal(paper_count(tree, " TR\n"), 2);
	assert_int_equal(paper_count(tree, " TD\n"), 4);
	assert_non_null(strstr(page_text(pdf, 3), "regel150"));
	assert_non_null(strstr(page_text(pdf, 3), "na\n"));
	/* One cell with text alone, over two pages. */
	pdf = paper_draw(pool_printf(paper_pool,
		TABLE "<fo:table-body><fo:table-row>" CELL(
			"<fo:block>links</fo:block>")
			CELL("<fo:block>%s</fo:block>") "</fo:table-row>"
							"</fo:table-body>"
							"</fo:table>",
		sentence(900)));
	assert_true(paper_pages(pdf) > 1);
	assert_int_equal(paper_count(paper_text(pdf), "woord"), 900);
	assert_int_equal(paper_count(structure(pdf), " TD\n"), 2);
}

/* Words a1 … aN: each is on a page, and once. */
static void
assert_words(const struct buffer *pdf, const char *word, int count)
{
	const char *text = paper_text(pdf);

	for (int i = 1; i <= count; i++) {
		const char *one = pool_printf(paper_pool, "%s%d\n", word, i);

		if (paper_count(text, one) != 1)
			fail_msg("%s: %d times", one, paper_count(text, one));
	}
}

static const char *
table_under(const char *header, const char *rows)
{
	return pool_printf(paper_pool,
		TABLE "<fo:table-header><fo:table-row>" CELL("%s")
			CELL("<fo:block/>") "</fo:table-row></fo:table-header>"
					    "<fo:table-body>%s</fo:table-body>"
					    "</fo:table>",
		header, rows);
}

static const char *
row_of(const char *left, const char *right)
{
	return pool_printf(paper_pool,
		"<fo:table-row keep-together.within-page='always'>" CELL("%s")
			CELL("%s") "</fo:table-row>",
		left, right);
}

/* In one piece, up to the height of a page. */
static const char *
together(int count, const char *word)
{
	return pool_printf(paper_pool,
		"<fo:block keep-together='always'>%s</fo:block>",
		lines(count, word));
}

/*
 * A repeated header stays away where it leaves the next row no room: the row
 * would be drawn below the edge of the page.
 */
static void
test_high_header(void **state)
{
	const char *kop = lines(LINES / 2 - 2, "kop");
	struct buffer *pdf = paper_draw(table_under(kop,
		pool_printf(paper_pool, "%s%s",
			row_of(together(LINES - 4, "een"), "<fo:block/>"),
			row_of(together(LINES - 4, "twee"), "<fo:block/>"))));

	(void)state;
	assert_words(pdf, "een", LINES - 4);
	assert_words(pdf, "twee", LINES - 4);
	/* Nor do two of them, each of which would. */
	pdf = paper_draw(table_under(
		kop, row_of(table_under(lines(LINES / 2 - 2, "binnen"),
				    pool_printf(paper_pool, "%s%s",
					    row_of(together(20, "een"),
						    "<fo:block/>"),
					    row_of(together(20, "twee"),
						    "<fo:block/>"))),
			     "<fo:block/>")));
	assert_words(pdf, "een", 20);
	assert_words(pdf, "twee", 20);
	assert_true(paper_pages(pdf) <= 4);
	/* A row that goes on below its header keeps it. */
	pdf = paper_draw(table_under("<fo:block>Kop</fo:block>",
		row_of(lines(150, "regel"), "<fo:block/>")));
	assert_words(pdf, "regel", 150);
	assert_int_equal(paper_pages(pdf), 3);
	for (int i = 1; i <= 3; i++)
		assert_memory_equal(page_text(pdf, i), "Kop\n", 4);
}

static void
test_keeps(void **state)
{
	struct buffer *pdf = paper_draw(pool_printf(paper_pool,
		"%s<fo:block keep-together.within-page='always'>%s</fo:block>",
		lines(LINES - 5, "voor"), lines(10, "samen")));

	(void)state;
	assert_null(strstr(page_text(pdf, 1), "samen"));
	assert_non_null(strstr(page_text(pdf, 2), "samen10"));

	/* A group larger than a page is broken all the same. */
	pdf = paper_draw(pool_printf(paper_pool,
		"<fo:block>kop</fo:block><fo:block keep-together='always'>%s"
		"</fo:block>",
		lines(100, "samen")));
	assert_int_equal(paper_pages(pdf), 3);
	assert_int_equal(paper_count(paper_text(pdf), "samen"), 100);

	/* A heading goes with what it is above. */
	pdf = paper_draw(pool_printf(paper_pool,
		"%s<fo:block role='H2' keep-with-next.within-page='always'>Kop"
		"</fo:block>%s",
		lines(LINES - 2, "voor"), lines(3, "na")));
	assert_non_null(strstr(page_text(pdf, 1), "Kop"));
	pdf = paper_draw(pool_printf(paper_pool,
		"%s<fo:block role='H2' keep-with-next.within-page='always'>Kop"
		"</fo:block>%s",
		lines(LINES - 1, "voor"), lines(3, "na")));
	assert_null(strstr(page_text(pdf, 1), "Kop"));
	assert_memory_equal(page_text(pdf, 2), "Kop\nna1", 7);

	/* The same before a table: heading, header and first row. */
	pdf = paper_draw(pool_printf(paper_pool,
		"%s<fo:block keep-with-next='always'>Kop</fo:block>" TABLE
		"<fo:table-header><fo:table-row>" CELL("<fo:block>x</fo:block>")
			CELL("<fo:block>y</fo:block>") "</fo:table-row></"
						       "fo:table-header>"
						       "<fo:table-body><fo:"
						       "table-row>" CELL(
							       "<fo:block>een</"
							       "fo:block>")
							       CELL("<fo:block/"
								    ">") "</"
									 "fo:"
									 "table"
									 "-row>"
									 "</"
									 "fo:"
									 "table"
									 "-body"
									 "></"
									 "fo:"
									 "table"
									 ">",
		lines(LINES - 2, "voor")));
	assert_memory_equal(page_text(pdf, 2), "Kop\nx\n", 6);
}

/* Of four lines none stands alone, and the page is filled. */
static void
test_widows(void **state)
{
	static const struct {
		int room, lines;
	} cases[] = {{1, 0}, {2, 2}, {3, 2}, {4, 4}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buffer *pdf = paper_draw(pool_printf(paper_pool,
			"%s<fo:block linefeed-treatment='preserve'>regel\nregel"
			"\nregel\nregel</fo:block>",
			lines(LINES - cases[i].room, "voor")));

		assert_int_equal(paper_count(page_text(pdf, 1), "regel"),
			cases[i].lines);
	}
}

static void
test_spaces(void **state)
{
	struct buffer *pdf = paper_draw(
		"<fo:block space-before='30pt' "
		"space-after='20pt'>een</fo:block>"
		"<fo:block space-before='30pt'><fo:block space-before='10pt'>"
		"twee</fo:block></fo:block>"
		"<fo:block margin-top='4pt' padding-top='6pt'>"
		"<fo:block space-before='5pt'>drie</fo:block></fo:block>");

	(void)state;
	/* None at the top; the largest where they meet; a padding parts. */
	assert_true(top_of(pdf, "een") < 62);
	assert_float_equal(
		top_of(pdf, "twee") - top_of(pdf, "een"), 12 + 30, 0.1F);
	assert_float_equal(top_of(pdf, "drie") - top_of(pdf, "twee"),
		12 + 4 + 6 + 5, 0.1F);
}

static void
test_columns(void **state)
{
	struct buffer *pdf = paper_draw(
		"<fo:table width='100mm'><fo:table-column "
		"column-width='20mm'/>"
		"<fo:table-column "
		"column-width='25%'/><fo:table-column "
		"column-width='proportional-column-width(1)' "
		"number-columns-repeated='2'/"
		"><fo:table-body><fo:table-row "
		"height='50pt'>" CELL("<fo:block>a</fo:block>") CELL(
			"<fo:block>b</fo:block>") CELL("<fo:block>c</fo:block>")
			CELL("<fo:block "
			     "text-align='end'>d</"
			     "fo:block>") "</"
					  "fo:table-row><"
					  "fo:table-row>"
					  "<fo:table-"
					  "cell "
					  "number-"
					  "columns-"
					  "spanned='3'><"
					  "fo:block>"
					  "e</fo:block></"
					  "fo:table-"
					  "cell>" CELL("<fo:"
						       "block>"
						       "f</"
						       "fo:"
						       "block"
						       ">") "<"
							    "/"
							    "f"
							    "o"
							    ":"
							    "t"
							    "a"
							    "b"
							    "l"
							    "e"
							    "-"
							    "r"
							    "o"
							    "w"
							    ">"
							    "<"
							    "/"
							    "f"
							    "o"
							    ":"
							    "t"
							    "a"
							    "b"
							    "l"
							    "e"
							    "-"
							    "b"
							    "o"
							    "d"
							    "y"
							    ">"
							    "<"
							    "/"
							    "f"
							    "o"
							    ":"
							    "t"
							    "a"
							    "b"
							    "l"
							    "e"
							    ">");
	const char *boxes = paper_run(pdf, "pdftotext -bbox", "-");
	const float mm = 72 / 25.4F;
	static const struct {
		const char *word, *edge;
		float at;
	} edges[] = {{"a", "xMin", 20}, {"b", "xMin", 40}, {"c", "xMin", 65},
		{"d", "xMax", 120}, {"e", "xMin", 20}, {"f", "xMin", 92.5F}};

	(void)state;
	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++) {
		const char *at = strstr(
			boxes, pool_printf(paper_pool, ">%s<", edges[i].word));

		if (!at) {
			fail_msg("no %s in %s", edges[i].word, boxes);
			return;
		}
		while (strncmp(at, edges[i].edge, 4) != 0)
			at--;
		assert_float_equal(
			strtof(at + 6, NULL), edges[i].at * mm, 1.5F);
	}
	assert_float_equal(top_of(pdf, "f") - top_of(pdf, "a"), 50, 0.1F);
}

/* A box over pages has its top on the first and its bottom on the last. */
static void
test_broken_box(void **state)
{
	struct buffer *pdf = paper_draw(pool_printf(paper_pool,
		"<fo:block margin='0pt' padding='4pt' border='1pt solid "
		"#102030' background-color='#ffeedd'>%s</fo:block>",
		lines(150, "regel")));

	(void)state;
	assert_int_equal(paper_pages(pdf), 3);
	for (int i = 0; i < 3; i++) {
		const char *content = paper_content(pdf, i);

		assert_int_equal(
			paper_count(content, "1 0.933333 0.866667 rg"), 1);
		/* Two sides, and one more edge but in the middle. */
		assert_int_equal(paper_count(content, " S\n"), i == 1 ? 2 : 3);
	}
}

static void
test_inline_boxes(void **state)
{
	struct buffer *pdf = paper_draw(
		"<fo:block>Stand: <fo:inline padding='1pt 4pt' border='0.5pt "
		"solid #0b5563' background-color='#e6f1f2' "
		"fox:border-radius='2pt'>Getekend voor akkoord</fo:inline> en "
		"<fo:inline text-decoration='underline'>verder</fo:inline>"
		"</fo:block>");

	(void)state;
	assert_non_null(
		strstr(paper_text(pdf), "Stand: Getekend voor akkoord en"));
	/* Box, outline, rule. */
	assert_int_equal(paper_count(paper_content(pdf, 0), " S\n"), 1);
	assert_int_equal(paper_count(paper_content(pdf, 0), " f\n"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flow),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_high_row),
		cmocka_unit_test(test_high_header),
		cmocka_unit_test(test_keeps),
		cmocka_unit_test(test_widows),
		cmocka_unit_test(test_spaces),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_broken_box),
		cmocka_unit_test(test_inline_boxes),
	};

	return cmocka_run_group_tests(tests, paper_open, paper_close);
}
