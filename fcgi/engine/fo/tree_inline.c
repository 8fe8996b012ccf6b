#include <string.h>

#include "image.h"
#include "tree_read.h"

struct inlines {
	struct fo_job *job;
	struct fo_node *paragraph;
	struct fo_inline **end;
	bool boxed; /* within an inline that has a box */
};

static struct fo_inline *
add(struct inlines *in, enum fo_inline_kind kind, const struct fo_style *style,
	struct fo_mark *mark)
{
	struct fo_inline *i = pool_alloc(in->job->pool, sizeof(*i));

	i->kind = kind;
	i->style = style;
	i->mark = mark;
	*in->end = i;
	in->end = &i->next;
	return i;
}

static struct fo_mark *
add_mark(struct inlines *in, enum fo_role role, struct fo_mark *parent)
{
	struct fo_mark *m = pool_alloc(in->job->pool, sizeof(*m));

	m->role = role;
	m->parent = parent;
	m->next = in->paragraph->marks;
	in->paragraph->marks = m;
	return m;
}

/* Without url('…'), which FO writes around an address. */
static const char *
plain_address(struct pool *pool, const char *s)
{
	size_t len = strlen(s);

	if (strncmp(s, "url(", 4) != 0 || s[len - 1] != ')')
		return s;
	s += 4;
	len -= 5;
	if (len >= 2 && (*s == '\'' || *s == '"') && s[len - 1] == *s) {
		s++;
		len -= 2;
	}
	return pool_strndup(pool, s, len);
}

static struct fo_mark *
read_link(struct inlines *in, const xmlNode *xml, const struct fo_props *p,
	struct fo_mark *parent)
{
	static const char *const schemes[] = {
		"https:", "http:", "mailto:", "tel:"};
	struct fo_mark *m = add_mark(in, FO_ROLE_LINK, parent);
	bool known = false;

	m->href = plain_address(in->job->pool, p->href ? p->href : "");
	m->alt = p->alt;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		known |= strncmp(m->href, schemes[i], strlen(schemes[i])) == 0;
	if (!known)
		fo_fail(in->job,
			"fo:basic-link: external-destination must begin with "
			"https:, http:, mailto: or tel:");
	for (; parent; parent = parent->parent) {
		if (parent->role == FO_ROLE_LINK)
			fo_fail(in->job, "fo:basic-link: in another link");
	}
	if (!m->alt) {
		xmlChar *text = xmlNodeGetContent(xml);

		m->alt = pool_strdup(
			in->job->pool, text ? (const char *)text : "");
		xmlFree(text);
	}
	return m;
}

static void
read_image(struct inlines *in, const xmlNode *xml, enum fo_element e,
	const struct fo_props *p, const struct around *around,
	struct fo_mark *mark)
{
	struct fo_job *job = in->job;
	const struct fo_image *image = NULL;
	struct fo_inline *i;
	double w = 1;
	double h = 1;

	if (e == FO_GRAPHIC) {
		image = fo_image_find(job, p->src ? p->src : "");
	} else {
		const xmlNode *svg = fo_tree_element(job, xml->children, e);

		if (svg && !fo_tree_element(job, svg->next, e))
			image = fo_image_inline(job, svg);
		else
			fo_fail(job, "%s: needs one svg:svg",
				fo_element_name(e));
	}
	if (!p->alt && !around->is_static)
		fo_fail(job, "%s: needs fox:alt-text", fo_element_name(e));
	if (image)
		fo_image_size(image, &w, &h);
	i = add(in, FO_IMAGE, around->style, mark);
	i->image = image;
	i->alt = p->alt ? p->alt : "";
	i->width = p->content_width.value;
	i->height = p->content_height.value;
	if (i->width <= 0)
		i->width = i->height > 0 ? i->height * w / h : w;
	if (i->height <= 0)
		i->height = i->width * h / w;
}

static void read_inlines(
	struct inlines *, const xmlNode *, struct around, struct fo_mark *);

static void
read_inline(struct inlines *in, const xmlNode *xml, enum fo_element e,
	struct around around, struct fo_mark *mark)
{
	struct fo_job *job = in->job;
	const struct fo_box *box;
	struct fo_props p;

	fo_tree_props(job, xml, e, &around, &p);
	if (e == FO_GRAPHIC || e == FO_FOREIGN_OBJECT) {
		read_image(in, xml, e, &p, &around, mark);
		return;
	}
	if (e == FO_PAGE_NUMBER || e == FO_PAGE_LAST) {
		if (!around.is_static)
			fo_fail(job, "%s: only in fo:static-content",
				fo_element_name(e));
		if (e == FO_PAGE_LAST &&
			(!p.id || !around.sequence ||
				strcmp(p.id, around.sequence) != 0))
			fo_fail(job,
				"%s/@ref-id: not the page sequence it is in",
				fo_element_name(e));
		if (fo_tree_element(job, xml->children, e))
			fo_fail(job, "%s: must be empty", fo_element_name(e));
		add(in, e == FO_PAGE_NUMBER ? FO_NUMBER : FO_LAST, around.style,
			mark);
		return;
	}
	if (e == FO_BASIC_LINK)
		mark = read_link(in, xml, &p, mark);
	if (strcmp(around.style->lang, around.lang) != 0) {
		if (e != FO_BASIC_LINK)
			mark = add_mark(in, FO_ROLE_SPAN, mark);
		mark->lang = around.lang = around.style->lang;
	}
	box = fo_tree_box(job, &p);
	if (box && in->boxed)
		fo_fail(job, "fo:inline: border, padding or background in "
			     "another such");
	if (box) {
		in->boxed = true;
		add(in, FO_BOX_START, around.style, mark)->box = box;
	}
	read_inlines(in, xml, around, mark);
	if (box) {
		in->boxed = false;
		add(in, FO_BOX_END, around.style, mark)->box = box;
	}
}

static void
read_one(struct inlines *in, const xmlNode *k, const struct around *around,
	struct fo_mark *mark)
{
	enum fo_element e;

	switch ((int)k->type) {
	case XML_TEXT_NODE:
	case XML_CDATA_SECTION_NODE:
		if (k->content && *k->content)
			add(in, FO_TEXT, around->style, mark)->text =
				(const char *)k->content;
		break;
	case XML_COMMENT_NODE:
	case XML_PI_NODE:
		break;
	case XML_ELEMENT_NODE:
		e = fo_element_find(k);
		if (e >= FO_INLINE && e <= FO_PAGE_LAST)
			read_inline(in, k, e, *around, mark);
		else
			fo_tree_misplaced(in->job, k, FO_INLINE);
		break;
	default:
		fo_fail(in->job, "%s: neither text nor element",
			k->name ? (const char *)k->name : "?");
	}
}

static void
read_inlines(struct inlines *in, const xmlNode *xml, struct around around,
	struct fo_mark *mark)
{
	for (const xmlNode *k = xml->children; k && !in->job->failed;
		k = k->next)
		read_one(in, k, &around, mark);
}

void
fo_tree_inline(struct fo_job *job, const xmlNode *node, struct around around,
	struct fo_node *paragraph)
{
	struct inlines in = {job, paragraph, &paragraph->inlines, false};

	while (*in.end)
		in.end = &(*in.end)->next;
	read_one(&in, node, &around, NULL);
}
