/* Text in documents: the words stay what they were, and fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/fo/hyphen.h"
#include "paper.h"

#define SOFT "\u00AD"

/*
 * The words as they were typed: lines joined, hyphens of ours gone. Readers
 * of PDF don't tell a space that doesn't break from another.
 */
static const char *
joined(const char *text)
{
	struct buffer *out = buffer_create(paper_pool);

	for (const char *s = text; *s && *s != '\f'; s++) {
		if (strncmp(s, SOFT "\n", 3) == 0)
			s += 2;
		else if (*s == '\n' || *s == ' ') {
			if (out->len && out->data[out->len - 1] != ' ')
				buffer_putc(out, ' ');
		} else
			buffer_putc(out, *s);
	}
	return out->data;
}

static void
test_words(void **state)
{
	static const char *const texts[] = {
		"Cliënt, geïnteresseerd; ĳs Ĳ Übergröße façade Łódź ñ œuvre",
		"€ 1.577,23 −€ 12,50 46 × 44 cm, 6 km/u, 21 °C, ½",
		"10x20 -&gt; fi ffi fl (AB) 12:30 “aanhaling” ‘x’ – — … •",
		"Ελληνικά Кириллица ✓ ☑",
		("a.b@c-d.example "
		 "https://portaal.example/q/k7Qm2xPz?a=1&amp;b=2"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *block = pool_printf(
			paper_pool, "<fo:block>%s</fo:block>", texts[i]);
		xmlDoc *doc = paper_flow(block);
		xmlChar *words = xmlNodeGetContent(xmlDocGetRootElement(doc));
		const char *text = joined(paper_text(paper_draw_doc(doc)));

		/* The footer's words come first in the one, last in the other.
		 */
		const char *own = strstr((char *)words, "van ") + 4;

		if (strncmp(text, own, strlen(own)) != 0)
			fail_msg("%s became %s", own, text);
		xmlFree(words);
	}
}

static const char *
hyphenated(const char *text)
{
	static struct fo_hyphens *h;
	struct buffer *out = buffer_create(paper_pool);
	struct buffer *errors = buffer_create(paper_pool);

	if (!h)
		h = fo_hyphens_load(
			paper_pool, "/usr/share/hyphen/hyph_nl_NL.dic", errors);
	assert_non_null(h);
	fo_hyphens_add(h, text, strlen(text), out);
	return out->data;
}

static void
test_hyphens(void **state)
{
	(void)state;
	assert_string_equal(hyphenated("revalidatiecentrum"),
		"re" SOFT "va" SOFT "li" SOFT "da" SOFT "tie" SOFT "cen" SOFT
		"trum");
	assert_string_equal(hyphenated("Geïnteresseerde,"),
		"Ge" SOFT "ïn" SOFT "te" SOFT "res" SOFT "seer" SOFT "de,");
	assert_string_equal(
		hyphenated("(cliënt) één bed"), "(cli" SOFT "ënt) één bed");
	assert_string_equal(hyphenated("r.bakker@lindenhof.example A12345678"),
		"r.bakker@lindenhof.example A12345678");
	assert_string_equal(hyphenated("Кириллица"), "Кириллица");
	assert_string_equal(hyphenated("af" SOFT "breekbaarheid"),
		"af" SOFT "breekbaarheid");
	assert_string_equal(hyphenated(""), "");
	assert_string_equal(hyphenated("een  twee\ndrie"), "een  twee\ndrie");
}

static void
test_broken_words(void **state)
{
	static const char words[] =
		"Cliëntondersteuningsmedewerkers verantwoordelijkheidsgevoel "
		"geïnteresseerde revalidatiecentrummedewerkster";
	const char *block = pool_printf(paper_pool,
		"<fo:block margin-right='140mm' margin-left='0pt' "
		"hyphenate='true' xml:lang='nl'>%s</fo:block>",
		words);
	const char *text = paper_text(paper_draw(block));

	(void)state;
	assert_true(paper_count(text, SOFT "\n") >= 3);
	assert_memory_equal(joined(text), words, strlen(words));
	block = pool_printf(paper_pool,
		"<fo:block margin-right='140mm' margin-left='0pt' "
		"hyphenate='true' xml:lang='en'>%s</fo:block>",
		words);
	assert_int_equal(paper_count(paper_text(paper_draw(block)), SOFT), 0);
}

/* Every word within the page's margins, 56.7 pt. */
static void
assert_inside(const struct buffer *pdf)
{
	const char *boxes = paper_run(pdf, "pdftotext -bbox", "-");
	int words = 0;

	for (const char *s = boxes; (s = strstr(s, "<word ")); s++, words++) {
		double left = strtod(strstr(s, "xMin=\"") + 6, NULL);
		double right = strtod(strstr(s, "xMax=\"") + 6, NULL);
		double bottom = strtod(strstr(s, "yMax=\"") + 6, NULL);

		if (left < 56.6 || right > 595.28 - 56.6 || bottom > 842 - 56)
			fail_msg("outside: %.90s", s);
	}
	assert_true(words > 0);
}

static void
test_long_words(void **state)
{
	char word[201];
	const char *text;
	struct buffer *pdf;

	(void)state;
	memset(word, 'W', 200);
	word[200] = '\0';
	pdf = paper_draw(pool_printf(
		paper_pool, "<fo:block>begin %s eind</fo:block>", word));
	assert_inside(pdf);
	text = paper_text(pdf);
	assert_int_equal(paper_count(text, "W"), 200);
	pdf = paper_draw(pool_printf(paper_pool,
		"<fo:block wrap-option='no-wrap'>%s</fo:block>", word));
	assert_inside(pdf);
	assert_int_equal(paper_count(paper_text(pdf), "W"), 200);
	pdf = paper_draw(pool_printf(paper_pool,
		"<fo:table><fo:table-column column-width='20mm'/>"
		"<fo:table-column column-width='20mm'/><fo:table-body>"
		"<fo:table-row><fo:table-cell><fo:block hyphenate='true'>%s"
		"</fo:block></fo:table-cell><fo:table-cell><fo:block>x"
		"</fo:block></fo:table-cell></fo:table-row></fo:table-body>"
		"</fo:table>",
		word));
	assert_inside(pdf);
	assert_int_equal(paper_count(paper_text(pdf), "W"), 200);
}

/* What must stay whole goes to the next line. */
static void
test_no_wrap(void **state)
{
	const char *text = paper_text(paper_draw(
		"<fo:block margin-left='0pt' margin-right='130mm'>Gepland op "
		"<fo:inline wrap-option='no-wrap'>22 november 2026</fo:inline> "
		"voor €\u00A01.577,23 en "
		"<fo:inline wrap-option='no-wrap'>0 50 00 01 20 0</fo:inline>"
		"</fo:block>"));

	(void)state;
	assert_non_null(strstr(text, "22 november 2026"));
	assert_non_null(strstr(text, "€ 1.577,23"));
	assert_non_null(strstr(text, "0 50 00 01 20 0"));
}

/* No font has them: a sign in their place, and the rest is drawn. */
static void
test_missing_glyphs(void **state)
{
	struct buffer *pdf = paper_draw(
		"<fo:block>漢字 a\xF0\x9F\x99\x82z \u2028b\uFEFFc\uFE0F "
		"\uFFFC\uE000 \u200Bd \u0600 e\u0301 شكرا</fo:block>");
	const char *text = paper_text(pdf);

	(void)state;
	assert_non_null(strstr(text, "\uFFFD\uFFFD a\uFFFDz bc"));
	assert_non_null(strstr(text, "شكرا"));
	assert_null(strstr(paper_run(pdf, "pdffonts", ""), " no "));
	/* Of a TrueType font PDF/UA wants to know which glyph is which. */
	assert_non_null(
		memmem(pdf->data, pdf->len, "/CIDToGIDMap /Identity", 22));
}

static void
test_line_feeds(void **state)
{
	const char *text = paper_text(paper_draw(
		"<fo:block linefeed-treatment='preserve'>  een  twee \n drie\n"
		"\nvier \n</fo:block><fo:block>vijf\n   zes</fo:block>"));
	const char *read = paper_run(
		paper_draw("<fo:block linefeed-treatment='preserve'>een\ntwee"
			   "</fo:block>"),
		"pdfinfo -struct-text", "");

	(void)state;
	assert_memory_equal(text, "een twee\ndrie\n", 14);
	assert_non_null(strstr(text, "vier\nvijf zes\n"));
	/* A screen reader hears two words. */
	assert_non_null(strstr(read, "\"een twee\""));
}

static void
test_empty(void **state)
{
	(void)state;
	assert_int_equal(paper_pages(paper_draw("<fo:block/>")), 1);
	assert_int_equal(paper_pages(paper_draw("")), 1);
	paper_draw("<fo:block>   </fo:block><fo:block linefeed-treatment="
		   "'preserve'>\n\n</fo:block><fo:block><fo:inline/></fo:block>"
		   "<fo:block><fo:inline background-color='#eee'/></fo:block>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_hyphens),
		cmocka_unit_test(test_broken_words),
		cmocka_unit_test(test_long_words),
		cmocka_unit_test(test_no_wrap),
		cmocka_unit_test(test_missing_glyphs),
		cmocka_unit_test(test_line_feeds),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, paper_open, paper_close);
}
