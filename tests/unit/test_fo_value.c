/* Attribute values of XSL-FO: what is read, and what is refused by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/fo/value.h"
#include "paper.h"

static void
test_numbers(void **state)
{
	static const char *const wrong[] = {"", "x", "1e3", "0x10", "inf",
		"1.2.3", "+-1", "1 ", " 1", ".", "-", "1,5",
		"12345678901234567890123456789012"};
	double n = 7;
	int i = 7;

	(void)state;
	assert_true(fo_value_number("-1.5", &n));
	assert_float_equal(n, -1.5, 0);
	assert_true(fo_value_number(".25", &n));
	assert_float_equal(n, 0.25, 0);
	for (size_t k = 0; k < sizeof(wrong) / sizeof(*wrong); k++)
		if (fo_value_number(wrong[k], &n))
			fail_msg("%s is a number", wrong[k]);
	assert_float_equal(n, 0.25, 0);
	assert_true(fo_value_int("3", 1, 5, &i));
	assert_int_equal(i, 3);
	assert_false(fo_value_int("6", 1, 5, &i));
	assert_false(fo_value_int("2.5", 1, 5, &i));
}

static void
test_lengths(void **state)
{
	static const struct {
		const char *text;
		double value;
		enum fo_unit unit;
	} right[] = {{"12pt", 12, FO_POINTS}, {"25.4mm", 72, FO_POINTS},
		{"2.54cm", 72, FO_POINTS}, {"-1in", -72, FO_POINTS},
		{"4px", 3, FO_POINTS}, {"1.5em", 15, FO_POINTS},
		{"0", 0, FO_POINTS}, {"40%", 40, FO_PERCENT},
		{"proportional-column-width(2.5)", 2.5, FO_PROPORTION}};
	static const char *const wrong[] = {"", "12", "12 pt", "12PT", "pt",
		"99999mm", "proportional-column-width()",
		"proportional-column-width(0)", "auto", "1mm 2mm"};
	struct fo_length length;

	(void)state;
	for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++) {
		assert_true(fo_value_length(right[i].text, 10, &length));
		assert_float_equal(length.value, right[i].value, 1e-9);
		assert_int_equal(length.unit, right[i].unit);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (fo_value_length(wrong[i], 10, &length))
			fail_msg("%s is a length", wrong[i]);
}

static void
test_colors_and_edges(void **state)
{
	struct fo_edge edge = {0};
	unsigned color = 0;

	(void)state;
	assert_true(fo_value_color("#0b5563", &color));
	assert_int_equal(color, 0x0b5563);
	assert_true(fo_value_color("#FA3", &color));
	assert_int_equal(color, 0xffaa33);
	assert_true(fo_value_color("white", &color));
	assert_int_equal(color, 0xffffff);
	assert_false(fo_value_color("#12", &color));
	assert_false(fo_value_color("#12345g", &color));
	assert_false(fo_value_color("teal", &color));

	assert_true(fo_value_edge("0.5pt solid #102030", 10, &edge));
	assert_float_equal(edge.width, 0.5, 0);
	assert_int_equal(edge.color, 0x102030);
	assert_true(fo_value_edge("#fff dashed 2pt", 10, &edge));
	assert_true(edge.dashed);
	assert_true(fo_value_edge("none", 10, &edge));
	assert_float_equal(edge.width, 0, 0);
	assert_false(fo_value_edge("1pt", 10, &edge));
	assert_false(fo_value_edge("1pt double", 10, &edge));
	assert_false(fo_value_edge("-1pt solid", 10, &edge));
	assert_false(fo_value_edge("", 10, &edge));
}

/* Every attribute: where it may stand, a value, one that is refused. */
static const struct {
	const char *before, *name, *right, *wrong, *after;
} attributes[] = {
#define ON_BLOCK(name, right, wrong)                                           \
	{                                                                      \
		"<fo:block margin-left='0pt' margin-right='0pt'", name, right, \
			wrong, ">x</fo:block>"                                 \
	}
	ON_BLOCK("background-color", "transparent", "teal"),
	ON_BLOCK("border", "1pt solid #000", "thick"),
	ON_BLOCK("border-top", "none", "1"),
	ON_BLOCK("border-after", "1pt solid", "solid 1"),
	ON_BLOCK("border-before", "1pt solid", "x"),
	ON_BLOCK("border-bottom", "1pt dashed", "x"),
	ON_BLOCK("border-end", "1pt solid", "x"),
	ON_BLOCK("border-left", "1pt solid", "x"),
	ON_BLOCK("border-right", "1pt solid", "x"),
	ON_BLOCK("border-start", "1pt solid", "x"),
	ON_BLOCK("break-after", "page", "column"),
	ON_BLOCK("break-before", "auto", "always"),
	ON_BLOCK("color", "#123456", "red"),
	ON_BLOCK("font-family", "Comic, 'Inter', sans-serif", "Comic"),
	ON_BLOCK("font-size", "80%", "large"),
	ON_BLOCK("font-style", "italic", "oblique"),
	ON_BLOCK("font-weight", "600", "650"),
	ON_BLOCK("hyphenate", "true", "yes"),
	ON_BLOCK("keep-together", "always", "1"),
	ON_BLOCK("keep-together.within-page", "always", "5"),
	ON_BLOCK("keep-with-next", "auto", "1"),
	ON_BLOCK("keep-with-next.within-page", "always", "yes"),
	ON_BLOCK("keep-with-previous", "always", "yes"),
	ON_BLOCK("keep-with-previous.within-page", "always", "yes"),
	ON_BLOCK("line-height", "normal", "-1"),
	ON_BLOCK("linefeed-treatment", "preserve", "ignore"),
	ON_BLOCK("margin-top", "2mm", "-2mm"),
	ON_BLOCK("margin-bottom", "2mm", "auto"),
	ON_BLOCK("orphans", "3", "0"),
	ON_BLOCK("padding", "1mm 2mm", "1mm 2mm 3mm 4mm 5mm"),
	ON_BLOCK("padding-after", "1mm", "1"),
	ON_BLOCK("padding-before", "1mm", "1"),
	ON_BLOCK("padding-bottom", "1mm", "-1mm"),
	ON_BLOCK("padding-end", "1mm", "1"),
	ON_BLOCK("padding-left", "1mm", "10%"),
	ON_BLOCK("padding-right", "1mm", "x"),
	ON_BLOCK("padding-start", "1mm", "x"),
	ON_BLOCK("padding-top", "1mm", "x"),
	ON_BLOCK("role", "H1", "TD"),
	ON_BLOCK("space-after", "4mm", "-4mm"),
	ON_BLOCK("space-before", "4mm", "x"),
	ON_BLOCK("text-align", "justify", "middle"),
	ON_BLOCK("text-decoration", "underline", "blink"),
	ON_BLOCK("widows", "2", "two"),
	ON_BLOCK("wrap-option", "no-wrap", "nowrap"),
	ON_BLOCK("fox:border-radius", "2mm", "50%"),
	ON_BLOCK("xml:lang", "en-GB", "e"),
	{"<fo:block", "margin", "1mm 2mm 3mm", "x", ">x</fo:block>"},
	{"<fo:block margin-right='0pt'", "margin-left", "1mm", "x",
		">x</fo:block>"},
	{"<fo:block margin-left='0pt'", "margin-right", "1mm", "x",
		">x</fo:block>"},
#define COLUMN "<fo:table-column column-width='20mm'/>"
#define ROW                                                                    \
	"<fo:table-row><fo:table-cell><fo:block>x</fo:block>"                  \
	"</fo:table-cell></fo:table-row>"
#define ON_TABLE(name, right, wrong)                                           \
	{                                                                      \
		"<fo:table", name, right, wrong,                               \
			">" COLUMN "<fo:table-body>" ROW                       \
			"</fo:table-body></fo:table>"                          \
	}
	ON_TABLE("border-collapse", "separate", "x"),
	ON_TABLE("table-layout", "fixed", "auto"),
	ON_TABLE("width", "100%", "proportional-column-width(1)"),
	ON_TABLE("role", "NonStruct", "P"),
	ON_TABLE("start-indent", "0pt", "3mm"),
	ON_TABLE("end-indent", "0", "3mm"),
	{"<fo:table><fo:table-column", "column-width", "20mm", "0mm",
		"/><fo:table-body>" ROW "</fo:table-body></fo:table>"},
	{"<fo:table><fo:table-column column-width='1in'",
		"number-columns-repeated", "1", "0",
		"/><fo:table-body>" ROW "</fo:table-body></fo:table>"},
	{"<fo:table>" COLUMN "<fo:table-body><fo:table-row", "height", "30mm",
		"10%",
		"><fo:table-cell><fo:block/></fo:table-cell></fo:table-row>"
		"</fo:table-body></fo:table>"},
#define ON_CELL(name, right, wrong)                                            \
	{                                                                      \
		"<fo:table>" COLUMN                                            \
		"<fo:table-body><fo:table-row><fo:table-cell",                 \
			name, right, wrong,                                    \
			"><fo:block/></fo:table-cell></fo:table-row>"          \
			"</fo:table-body></fo:table>"                          \
	}
	ON_CELL("display-align", "center", "middle"),
	ON_CELL("number-columns-spanned", "1", "x"),
	ON_CELL("role", "TH", "H1"),
#define ITEM(label, body)                                                      \
	"<fo:list-item><fo:list-item-label" label "><fo:block>1</fo:block>"    \
	"</fo:list-item-label><fo:list-item-body" body "><fo:block>x"          \
	"</fo:block></fo:list-item-body></fo:list-item>"
	{"<fo:list-block", "provisional-distance-between-starts", "8mm", "x",
		">" ITEM("", "") "</fo:list-block>"},
	{"<fo:list-block", "provisional-label-separation", "2mm", "x",
		">" ITEM("", "") "</fo:list-block>"},
	{"<fo:list-block><fo:list-item><fo:list-item-label", "end-indent",
		"label-end()", "0pt",
		"><fo:block>1</fo:block></fo:list-item-label>"
		"<fo:list-item-body><fo:block>x</fo:block>"
		"</fo:list-item-body></fo:list-item></fo:list-block>"},
	{"<fo:list-block><fo:list-item><fo:list-item-label><fo:block>1"
	 "</fo:block></fo:list-item-label><fo:list-item-body",
		"start-indent", "body-start()", "4mm",
		"><fo:block>x</fo:block></fo:list-item-body></fo:list-item>"
		"</fo:list-block>"},
	{"<fo:block><fo:external-graphic fox:alt-text=''", "src",
		"url('logo.svg')", "url('../logo.svg')", "/></fo:block>"},
	{"<fo:block><fo:external-graphic src=\"url('logo.svg')\"",
		"fox:alt-text", "Logo", NULL, "/></fo:block>"},
#define ON_IMAGE(name, right, wrong)                                           \
	{                                                                      \
		"<fo:block><fo:external-graphic fox:alt-text='' "              \
		"src=\"url('logo.svg')\"",                                     \
			name, right, wrong, "/></fo:block>"                    \
	}
	ON_IMAGE("content-height", "9mm", "auto"),
	ON_IMAGE("content-width", "9mm", "50%"),
	ON_IMAGE("scaling", "uniform", "non-uniform"),
	{"<fo:block><fo:basic-link", "external-destination",
		"url('https://x.example/')", "javascript:x",
		">x</fo:basic-link></fo:block>"},
};

static void
test_attributes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		const char *const format = "%s %s=\"%s\"%s";
		const char *name = attributes[i].name;
		const char *local =
			strchr(name, ':') ? strchr(name, ':') + 1 : name;
		const char *error;

		paper_draw(pool_printf(paper_pool, format, attributes[i].before,
			name, attributes[i].right, attributes[i].after));
		if (!attributes[i].wrong)
			continue;
		error = paper_error(pool_printf(paper_pool, format,
			attributes[i].before, name, attributes[i].wrong,
			attributes[i].after));
		if (!strstr(error, local))
			fail_msg("%s is not named in: %s", name, error);
	}
}

/* What is refused is named, and nothing is guessed. */
static void
test_errors(void **state)
{
	static const struct {
		const char *blocks, *error;
	} cases[] = {
		{"<fo:block colour='#000'>x</fo:block>",
			"fo:block/@colour: unknown attribute"},
		{"<fo:block width='3mm'>x</fo:block>",
			"fo:block/@width: unknown attribute"},
		{"<fo:block color='#00'>x</fo:block>",
			"fo:block/@color: can't be \"#00\""},
		{"<fo:float/>", "fo:float: unknown element"},
		{"<fo:block><fo:leader/></fo:block>",
			"fo:leader: unknown element"},
		{"<p>x</p>", "p: unknown element"},
		{"<fo:block><fo:table-row/></fo:block>",
			"fo:table-row is not allowed in fo:inline"},
		{"<fo:inline>x</fo:inline>",
			"fo:inline is not allowed in fo:flow"},
		{"woorden", "fo:flow: text is not allowed here"},
		{"<fo:block padding='1mm'>x</fo:block>",
			"fo:block: border or padding at the sides needs "
			"margin-left and margin-right"},
		{"<fo:block role='H1'>x<fo:block>y</fo:block></fo:block>",
			"fo:block: role H1 is for text, not for blocks"},
		{"<fo:block><fo:page-number/></fo:block>",
			"fo:page-number: only in fo:static-content"},
		{"<fo:table/>", "fo:table: no rows"},
		{"<fo:table><fo:table-body>" ROW "</fo:table-body></fo:table>",
			"fo:table-row: 1 columns of 0"},
		{"<fo:table>" COLUMN COLUMN "<fo:table-body>" ROW
		 "</fo:table-body></fo:table>",
			"fo:table-row: 1 columns of 2"},
		{"<fo:table><fo:table-column column-width='300mm'/>"
		 "<fo:table-body>" ROW "</fo:table-body></fo:table>",
			"fo:table: columns of 850.4 pt in 481.9 pt"},
		{"<fo:block><fo:external-graphic "
		 "src=\"url('logo.svg')\"/></fo:block>",
			"fo:external-graphic: needs fox:alt-text"},
		{"<fo:block><fo:external-graphic fox:alt-text='' "
		 "src=\"url('/etc/x.svg')\"/></fo:block>",
			"fo:external-graphic/@src: \"url('/etc/x.svg')\" is "
			"no url('name.svg') in the brand's directory"},
		{"<fo:block><fo:external-graphic fox:alt-text='' "
		 "src=\"url('geen.svg')\"/></fo:block>",
			"fo:external-graphic: geen.svg can't be read"},
		{"<fo:block><fo:instream-foreign-object fox:alt-text='x'>"
		 "<svg:svg viewBox='0 0 9 9'><svg:text/></svg:svg>"
		 "</fo:instream-foreign-object></fo:block>",
			"svg:text: unknown element"},
		{"<fo:block><fo:instream-foreign-object fox:alt-text='x'>"
		 "<svg:svg viewBox='0 0 9 9'><svg:path d='M1 1T2 2'/>"
		 "</svg:svg></fo:instream-foreign-object></fo:block>",
			"svg:path/@d: can't be \"M1 1T2 2\""},
		{"<fo:block><fo:basic-link external-destination='/x'>x"
		 "</fo:basic-link></fo:block>",
			"fo:basic-link: external-destination must begin with "
			"https:, http:, mailto: or tel:"},
		{"<fo:list-block/>", "fo:list-block: no items"},
		{"<fo:list-block><fo:list-item/></fo:list-block>",
			"fo:list-item: needs fo:list-item-label"},
		{"<fo:table>" COLUMN "<fo:table-body><fo:table-row>"
		 "<fo:table-cell><fo:block break-before='page'>x</fo:block>"
		 "</fo:table-cell></fo:table-row></fo:table-body></fo:table>",
			"break-before, break-after: only in fo:flow, not in a "
			"table, list or block with a box"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
			paper_error(cases[i].blocks), cases[i].error);
}

static void
test_bounds(void **state)
{
	struct buffer *deep = buffer_create(paper_pool);

	(void)state;
	for (int i = 0; i < FO_DEPTH_MAX + 5; i++)
		buffer_puts(deep, "<fo:block>");
	for (int i = 0; i < FO_DEPTH_MAX + 5; i++)
		buffer_puts(deep, "</fo:block>");
	assert_string_equal(
		paper_error(deep->data), "fo:block: nested more than 60 deep");
	buffer_clear(deep);
	for (int i = 0; i <= FO_PAGES_MAX; i++)
		buffer_puts(deep, "<fo:block break-after='page'>x</fo:block>");
	assert_string_equal(paper_error(deep->data), "more than 1000 pages");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_colors_and_edges),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, paper_open, paper_close);
}
