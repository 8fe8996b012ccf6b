#include <stdint.h>
#include <string.h>

#include "property_apply.h"

#define FO_NS "http://www.w3.org/1999/XSL/Format"
#define FOX_NS "http://xmlgraphics.apache.org/fop/extensions"

static const char *const element_names[FO_ELEMENTS] = {
	"fo:root",
	"fo:layout-master-set",
	"fo:simple-page-master",
	"fo:region-body",
	"fo:region-before",
	"fo:region-after",
	"fo:page-sequence",
	"fo:static-content",
	"fo:flow",
	"fo:block",
	"fo:inline",
	"fo:basic-link",
	"fo:external-graphic",
	"fo:instream-foreign-object",
	"fo:page-number",
	"fo:page-number-citation-last",
	"fo:table",
	"fo:table-column",
	"fo:table-header",
	"fo:table-body",
	"fo:table-row",
	"fo:table-cell",
	"fo:list-block",
	"fo:list-item",
	"fo:list-item-label",
	"fo:list-item-body",
};

static const char *const role_names[FO_ROLES] = {
	NULL,
	"Document",
	"Sect",
	"Div",
	"BlockQuote",
	"Note",
	"P",
	"H1",
	"H2",
	"H3",
	"H4",
	"Caption",
	"Table",
	"TR",
	"TH",
	"TD",
	"L",
	"LI",
	"Lbl",
	"LBody",
	"Span",
	"Link",
	"Figure",
	"NonStruct",
};

#define M(name) (1u << FO_##name)
enum {
	BOXES = M(BLOCK) | M(INLINE) | M(TABLE_CELL),
	SPACED = M(BLOCK) | M(TABLE) | M(LIST_BLOCK) | M(LIST_ITEM),
	KEPT = SPACED | M(TABLE_ROW),
	BROKEN = M(BLOCK) | M(TABLE) | M(LIST_BLOCK),
	MARGINS = M(BLOCK) | M(PAGE_MASTER) | M(REGION_BODY),
	IMAGES = M(GRAPHIC) | M(FOREIGN_OBJECT),
	REGIONS = M(REGION_BEFORE) | M(REGION_AFTER),
	TABLE_PARTS = M(TABLE) | M(TABLE_HEADER) | M(TABLE_BODY),
	TEXT = M(ROOT) | M(PAGE_SEQUENCE) | M(STATIC_CONTENT) | M(FLOW) |
	       M(BLOCK) | M(INLINE) | M(BASIC_LINK) | M(PAGE_NUMBER) |
	       M(PAGE_LAST) | TABLE_PARTS | M(TABLE_ROW) | M(TABLE_CELL) |
	       M(LIST_BLOCK) | M(LIST_ITEM) | M(LIST_LABEL) | M(LIST_BODY)
};

/*
 * Sorted by name. Properties of a lower level go first: em needs the font
 * size, and the shorthand gives way to the property it stands for, in
 * whatever order the attributes are.
 */
static const struct property {
	const char *name;
	unsigned elements;
	unsigned char level;
	signed char arg;
	/* Could it read the value? */
	bool (*apply)(struct reader *, const char *value, int arg);
} properties[] = {
	{"background-color", BOXES | M(TABLE_ROW), 1, 0, fo_apply_background},
	{"border", BOXES, 1, ALL, fo_apply_border},
	{"border-after", BOXES | M(TABLE_ROW), 2, FO_BOTTOM, fo_apply_border},
	{"border-before", BOXES | M(TABLE_ROW), 2, FO_TOP, fo_apply_border},
	{"border-bottom", BOXES | M(TABLE_ROW), 2, FO_BOTTOM, fo_apply_border},
	{"border-collapse", M(TABLE), 1, 0, fo_apply_separate},
	{"border-end", BOXES, 2, FO_RIGHT, fo_apply_border},
	{"border-left", BOXES, 2, FO_LEFT, fo_apply_border},
	{"border-right", BOXES, 2, FO_RIGHT, fo_apply_border},
	{"border-start", BOXES, 2, FO_LEFT, fo_apply_border},
	{"border-top", BOXES | M(TABLE_ROW), 2, FO_TOP, fo_apply_border},
	{"break-after", BROKEN, 1, BREAK_AFTER, fo_apply_keep},
	{"break-before", BROKEN, 1, BREAK_BEFORE, fo_apply_keep},
	{"color", TEXT, 1, 0, fo_apply_color},
	{"column-width", M(TABLE_COLUMN), 1, COLUMN, fo_apply_size},
	{"content-height", IMAGES, 1, CONTENT_HEIGHT, fo_apply_size},
	{"content-width", IMAGES, 1, CONTENT_WIDTH, fo_apply_size},
	{"display-align", M(TABLE_CELL) | REGIONS, 1, 0, fo_apply_place},
	{"end-indent", M(LIST_LABEL), 1, 2, fo_apply_only},
	{"end-indent", TABLE_PARTS, 1, 0, fo_apply_indent},
	{"extent", REGIONS, 1, EXTENT, fo_apply_size},
	{"external-destination", M(BASIC_LINK), 1, HREF, fo_apply_string},
	{"flow-name", M(STATIC_CONTENT) | M(FLOW), 1, FLOW, fo_apply_string},
	{"font-family", TEXT, 1, 0, fo_apply_font_family},
	{"font-size", TEXT, 0, 0, fo_apply_font_size},
	{"font-style", TEXT, 1, ITALIC, fo_apply_text_switch},
	{"font-weight", TEXT, 1, 0, fo_apply_font_weight},
	{"height", M(TABLE_ROW), 1, HEIGHT, fo_apply_size},
	{"hyphenate", TEXT, 1, HYPHENATE, fo_apply_text_switch},
	{"id", M(PAGE_SEQUENCE), 1, ID, fo_apply_string},
	{"initial-page-number", M(PAGE_SEQUENCE), 1, FIRST_PAGE,
		fo_apply_count},
	{"keep-together", KEPT, 1, TOGETHER, fo_apply_keep},
	{"keep-together.within-page", KEPT, 1, TOGETHER, fo_apply_keep},
	{"keep-with-next", KEPT, 1, NEXT, fo_apply_keep},
	{"keep-with-next.within-page", KEPT, 1, NEXT, fo_apply_keep},
	{"keep-with-previous", KEPT, 1, PREVIOUS, fo_apply_keep},
	{"keep-with-previous.within-page", KEPT, 1, PREVIOUS, fo_apply_keep},
	{"line-height", TEXT, 1, 0, fo_apply_line_height},
	{"linefeed-treatment", TEXT, 1, LINE_FEEDS, fo_apply_text_switch},
	{"margin", MARGINS, 1, ALL, fo_apply_margin},
	{"margin-bottom", MARGINS, 2, FO_BOTTOM, fo_apply_margin},
	{"margin-left", MARGINS, 2, FO_LEFT, fo_apply_margin},
	{"margin-right", MARGINS, 2, FO_RIGHT, fo_apply_margin},
	{"margin-top", MARGINS, 2, FO_TOP, fo_apply_margin},
	{"master-name", M(PAGE_MASTER), 1, MASTER, fo_apply_string},
	{"master-reference", M(PAGE_SEQUENCE), 1, MASTER, fo_apply_string},
	{"number-columns-repeated", M(TABLE_COLUMN), 1, REPEATED,
		fo_apply_count},
	{"number-columns-spanned", M(TABLE_CELL), 1, SPAN, fo_apply_count},
	{"orphans", TEXT, 1, 0, fo_apply_lines},
	{"padding", BOXES, 1, ALL, fo_apply_padding},
	{"padding-after", BOXES, 2, FO_BOTTOM, fo_apply_padding},
	{"padding-before", BOXES, 2, FO_TOP, fo_apply_padding},
	{"padding-bottom", BOXES, 2, FO_BOTTOM, fo_apply_padding},
	{"padding-end", BOXES, 2, FO_RIGHT, fo_apply_padding},
	{"padding-left", BOXES, 2, FO_LEFT, fo_apply_padding},
	{"padding-right", BOXES, 2, FO_RIGHT, fo_apply_padding},
	{"padding-start", BOXES, 2, FO_LEFT, fo_apply_padding},
	{"padding-top", BOXES, 2, FO_TOP, fo_apply_padding},
	{"page-height", M(PAGE_MASTER), 1, PAGE_HEIGHT, fo_apply_size},
	{"page-width", M(PAGE_MASTER), 1, PAGE_WIDTH, fo_apply_size},
	{"provisional-distance-between-starts", M(LIST_BLOCK), 1, DISTANCE,
		fo_apply_size},
	{"provisional-label-separation", M(LIST_BLOCK), 1, SEPARATION,
		fo_apply_size},
	{"ref-id", M(PAGE_LAST), 1, ID, fo_apply_string},
	{"role", M(BLOCK) | M(TABLE) | M(TABLE_CELL), 1, 0, fo_apply_role},
	{"scaling", IMAGES, 1, 1, fo_apply_only},
	{"space-after", SPACED, 3, 1, fo_apply_space},
	{"space-before", SPACED, 3, 0, fo_apply_space},
	{"src", M(GRAPHIC), 1, SRC, fo_apply_string},
	{"start-indent", M(LIST_BODY), 1, 3, fo_apply_only},
	{"start-indent", TABLE_PARTS, 1, 0, fo_apply_indent},
	{"table-layout", M(TABLE), 1, 0, fo_apply_only},
	{"text-align", TEXT, 1, 0, fo_apply_text_align},
	{"text-decoration", TEXT, 1, UNDERLINE, fo_apply_text_switch},
	{"widows", TEXT, 1, 1, fo_apply_lines},
	{"width", M(TABLE), 1, WIDTH, fo_apply_size},
	{"wrap-option", TEXT, 1, NO_WRAP, fo_apply_text_switch},
};

static const struct extension {
	const char *ns;
	struct property property;
} extensions[] = {
	{FOX_NS, {"alt-text", IMAGES | M(BASIC_LINK), 1, ALT, fo_apply_string}},
	{FOX_NS, {"border-radius", BOXES, 1, 0, fo_apply_radius}},
	{(const char *)XML_XML_NAMESPACE,
		{"lang", TEXT, 1, 0, fo_apply_language}},
};

enum { LEVELS = 4, ATTRIBUTES_MAX = 48 };

const char *
fo_element_name(enum fo_element e)
{
	return e < FO_ELEMENTS ? element_names[e] : "?";
}

const char *
fo_role_name(enum fo_role r)
{
	return r < FO_ROLES ? role_names[r] : NULL;
}

enum fo_element
fo_element_find(const xmlNode *node)
{
	int i = FO_ELEMENTS;

	if (node->ns && strcmp((const char *)node->ns->href, FO_NS) == 0) {
		for (i = 0; i < FO_ELEMENTS; i++) {
			if (strcmp((const char *)node->name,
				    element_names[i] + 3) == 0)
				break;
		}
	}
	return (enum fo_element)i;
}

/* A name may stand twice, for different elements. */
static const struct property *
find(const char *name, enum fo_element e)
{
	size_t low = 0;
	size_t high = sizeof(properties) / sizeof(*properties);
	const struct property *end = properties + high;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(properties[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (const struct property *p = properties + low;
		p < end && strcmp(p->name, name) == 0; p++) {
		if (p->elements & 1u << e)
			return p;
	}
	return NULL;
}

static const struct property *
property_find(const xmlAttr *attr, enum fo_element e)
{
	const char *name = (const char *)attr->name;
	const char *ns;

	if (!attr->ns)
		return find(name, e);
	ns = (const char *)attr->ns->href;
	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++) {
		const struct extension *x = &extensions[i];

		if (strcmp(name, x->property.name) == 0 &&
			strcmp(ns, x->ns) == 0 &&
			x->property.elements & 1u << e)
			return &x->property;
	}
	return NULL;
}

static const char *
attr_value(struct fo_job *job, const xmlAttr *attr)
{
	const xmlNode *text = attr->children;
	xmlChar *joined;
	char *copy;

	if (!text)
		return "";
	if (!text->next && text->type == XML_TEXT_NODE)
		return (const char *)text->content;
	joined = xmlNodeListGetString(attr->doc, attr->children, 1);
	copy = pool_strdup(job->pool, joined ? (const char *)joined : "");
	xmlFree(joined);
	return copy;
}

void
fo_props_read(struct fo_job *job, const xmlNode *node, enum fo_element e,
	const struct fo_style *parent, struct fo_props *props)
{
	const struct property *found[ATTRIBUTES_MAX];
	const xmlAttr *attrs[ATTRIBUTES_MAX];
	struct reader r = {job, props, e};
	unsigned levels = 0;
	int n = 0;

	memset(props, 0, sizeof(*props));
	memcpy(&props->style, parent, sizeof(*parent));
	props->span = props->repeated = 1;
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		const struct property *p = property_find(a, e);

		if (!p || n == ATTRIBUTES_MAX) {
			fo_fail(job, "%s/@%s: unknown attribute",
				element_names[e], (const char *)a->name);
			return;
		}
		found[n] = p;
		attrs[n++] = a;
		levels |= 1u << p->level;
		props->restyled |= p->elements == TEXT;
	}
	for (unsigned level = 0; level < LEVELS; level++) {
		for (int i = 0; levels & 1u << level && i < n; i++) {
			const char *value;

			if (found[i]->level != level)
				continue;
			value = attr_value(job, attrs[i]);
			if (!found[i]->apply(&r, value, found[i]->arg))
				fo_fail(job, "%s/@%s: can't be \"%.60s\"",
					element_names[e], found[i]->name,
					value);
		}
	}
}

struct fo_style_list {
	struct fo_style_list *next;
	struct fo_style style;
};

static bool
same_style(const struct fo_style *a, const struct fo_style *b)
{
	return a->size == b->size && a->line == b->line &&
	       a->pitch == b->pitch && a->family == b->family &&
	       a->weight == b->weight && a->color == b->color &&
	       a->align == b->align && a->widows == b->widows &&
	       a->orphans == b->orphans && a->italic == b->italic &&
	       a->underline == b->underline && a->hyphenate == b->hyphenate &&
	       a->no_wrap == b->no_wrap && a->line_feeds == b->line_feeds &&
	       !strcmp(a->lang, b->lang);
}

const struct fo_style *
fo_style_keep(struct fo_job *job, const struct fo_style *style)
{
	struct fo_style_list *s;

	for (s = job->styles; s; s = s->next) {
		if (same_style(&s->style, style))
			return &s->style;
	}
	s = pool_alloc(job->pool, sizeof(*s));
	memcpy(&s->style, style, sizeof(*style));
	s->next = job->styles;
	job->styles = s;
	return &s->style;
}

double
fo_style_pitch(const struct fo_style *s)
{
	return s->pitch > 0 ? s->pitch : s->line * s->size;
}
