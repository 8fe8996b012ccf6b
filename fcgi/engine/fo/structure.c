#include <string.h>

#include "structure.h"

enum { NUMBERS = 512 };

struct page {
	const struct fo_page *page;
	qpdf_oh object;
	int count;	 /* pieces of marked content */
	qpdf_oh *owners; /* the element of each */
};

struct writer {
	struct fo_job *job;
	qpdf_data q;
	struct page *pages;
	int page_count;
	qpdf_oh *annotations; /* by number of the link */
	int *annotation_pages;
	qpdf_oh *link_owners;
	int link_count;
	qpdf_oh roles[FO_ROLES];
	qpdf_oh column_scope, row_scope;
	qpdf_oh numbers[NUMBERS];
};

static void
set(const struct writer *w, qpdf_oh dict, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(w->q, dict, key, value);
}

/* As set(), where the value is used nowhere else. */
static void
give(const struct writer *w, qpdf_oh dict, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(w->q, dict, key, value);
	qpdf_oh_release(w->q, value);
}

static void
push(const struct writer *w, qpdf_oh array, qpdf_oh value)
{
	qpdf_oh_append_item(w->q, array, value);
	qpdf_oh_release(w->q, value);
}

static qpdf_oh
parse(const struct writer *w, const char *text)
{
	return qpdf_oh_parse(w->q, text);
}

static qpdf_oh
make_indirect(const struct writer *w, qpdf_oh direct)
{
	qpdf_oh object = qpdf_make_indirect_object(w->q, direct);

	qpdf_oh_release(w->q, direct);
	return object;
}

static void
load_pages(struct writer *w, const struct fo_page *pages)
{
	struct pool *pool = w->job->pool;
	int i = 0;

	for (const struct fo_page *p = pages; p; p = p->next)
		w->page_count++;
	w->pages = pool_calloc(pool, (size_t)w->page_count, sizeof(*w->pages));
	for (const struct fo_page *p = pages; p; p = p->next, i++) {
		struct page *page = &w->pages[i];

		page->page = p;
		page->object = qpdf_get_page_n(w->q, (size_t)i);
		for (int n = 0; n < p->log->count; n++)
			page->count +=
				p->log->list[n].piece == FO_PIECE_CONTENT;
		page->owners = pool_calloc(
			pool, (size_t)page->count, sizeof(*page->owners));
	}
}

/* y of PDF runs up. */
static double
flip(const struct page *p, double y)
{
	return p->page->sequence->master->height - y;
}

static qpdf_oh
rectangle(const struct writer *w, const struct page *p, double left, double top,
	double right, double bottom)
{
	return parse(w, pool_printf(w->job->pool, "[%.2f %.2f %.2f %.2f]", left,
				flip(p, bottom), right, flip(p, top)));
}

static void
make_links(struct writer *w)
{
	struct pool *pool = w->job->pool;
	size_t count = 0;
	int i = 0;

	for (const struct link *l = w->job->links; l; l = l->next)
		count++;
	w->link_count = (int)count;
	w->annotations = pool_calloc(pool, count, sizeof(*w->annotations));
	w->annotation_pages =
		pool_calloc(pool, count, sizeof(*w->annotation_pages));
	w->link_owners = pool_calloc(pool, count, sizeof(*w->link_owners));
	for (const struct link *l = w->job->links; l; l = l->next, i++) {
		const struct page *page = &w->pages[l->page];
		qpdf_oh dict = parse(w, "<</Type/Annot/Subtype/Link/F 4"
					"/Border[0 0 0]>>");
		qpdf_oh action = parse(w, "<</Type/Action/S/URI>>");

		give(w, action, "/URI", qpdf_oh_new_string(w->q, l->href));
		give(w, dict, "/A", action);
		give(w, dict, "/Contents",
			qpdf_oh_new_unicode_string(w->q, l->alt));
		give(w, dict, "/Rect",
			rectangle(w, page, l->x, l->y, l->x + l->width,
				l->y + l->height));
		give(w, dict, "/StructParent",
			qpdf_oh_new_integer(w->q, w->page_count + i));
		w->annotations[i] = make_indirect(w, dict);
		w->annotation_pages[i] = l->page;
		tag_link(pool, l->tag, i);
	}
	for (i = 0; i < w->page_count; i++) {
		qpdf_oh list = qpdf_oh_new_array(w->q);
		bool any = false;

		for (int n = 0; n < w->link_count; n++) {
			if (w->annotation_pages[n] != i)
				continue;
			qpdf_oh_append_item(w->q, list, w->annotations[n]);
			any = true;
		}
		if (any)
			set(w, w->pages[i].object, "/Annots", list);
		qpdf_oh_release(w->q, list);
	}
}

static void
add_attributes(struct writer *w, qpdf_oh element, const struct tag *t)
{
	const char *scope = t->row_header ? "Row" : "Column";

	switch (t->role) {
	case FO_ROLE_TH:
		if (t->span == 1)
			set(w, element, "/A",
				t->row_header ? w->row_scope : w->column_scope);
		else
			give(w, element, "/A",
				parse(w, pool_printf(w->job->pool,
						 "<</O/Table/Scope/%s"
						 "/ColSpan %d>>",
						 scope, t->span)));
		break;
	case FO_ROLE_TD:
		if (t->span > 1)
			give(w, element, "/A",
				parse(w, pool_printf(w->job->pool,
						 "<</O/Table/ColSpan %d>>",
						 t->span)));
		break;
	case FO_ROLE_L:
		give(w, element, "/A",
			parse(w, t->ordered
					 ? "<</O/List/ListNumbering/Decimal>>"
					 : "<</O/List/ListNumbering/Disc>>"));
		break;
	case FO_ROLE_FIGURE:
		give(w, element, "/Alt",
			qpdf_oh_new_unicode_string(w->q, t->alt));
		break;
	default:
		break;
	}
	if (t->lang)
		give(w, element, "/Lang", qpdf_oh_new_string(w->q, t->lang));
}

static void
add_figure_box(struct writer *w, qpdf_oh element, const struct tag *t, int page)
{
	qpdf_oh a = parse(w, "<</O/Layout>>");

	give(w, a, "/BBox",
		rectangle(w, &w->pages[page], t->box[FO_LEFT], t->box[FO_TOP],
			t->box[FO_RIGHT], t->box[FO_BOTTOM]));
	give(w, element, "/A", a);
}

static qpdf_oh write_tag(struct writer *, const struct tag *, qpdf_oh parent);

/* Most elements have one number, so the same few serve them all. */
static qpdf_oh
number(struct writer *w, int n)
{
	if (n >= NUMBERS)
		return qpdf_oh_new_integer(w->q, n);
	if (!w->numbers[n])
		w->numbers[n] = qpdf_oh_new_integer(w->q, n);
	return w->numbers[n];
}

/*
 * page is the element's own, -1 before its first content. The handles of
 * elements and their kids live until qpdf ends: others point to them.
 */
static qpdf_oh
write_kid(
	struct writer *w, const struct tag_kid *kid, qpdf_oh element, int page)
{
	qpdf_oh dict;

	switch (kid->kind) {
	case TAG_ELEMENT:
		return write_tag(w, kid->tag, element);
	case TAG_LINK:
		dict = parse(w, "<</Type/OBJR>>");
		set(w, dict, "/Obj", w->annotations[kid->number]);
		set(w, dict, "/Pg",
			w->pages[w->annotation_pages[kid->number]].object);
		w->link_owners[kid->number] = element;
		return dict;
	case TAG_CONTENT:
		break;
	}
	w->pages[kid->page].owners[kid->number] = element;
	if (kid->page == page)
		return number(w, kid->number);
	dict = parse(w, "<</Type/MCR>>");
	set(w, dict, "/Pg", w->pages[kid->page].object);
	set(w, dict, "/MCID", number(w, kid->number));
	return dict;
}

/* Content of a page where nothing can be seen is none. */
static bool
is_seen(const struct writer *w, const struct tag_kid *kid)
{
	return kid->kind != TAG_CONTENT || w->pages[kid->page].count > 0;
}

static qpdf_oh
write_tag(struct writer *w, const struct tag *t, qpdf_oh parent)
{
	qpdf_oh element =
		qpdf_make_indirect_object(w->q, qpdf_oh_new_dictionary(w->q));
	int page = -1;

	set(w, element, "/S", w->roles[t->role]);
	set(w, element, "/P", parent);
	for (const struct tag_kid *k = t->kids; k && page < 0; k = k->next) {
		if (k->kind == TAG_CONTENT && is_seen(w, k))
			page = k->page;
	}
	if (page >= 0)
		set(w, element, "/Pg", w->pages[page].object);
	if (t->kids && !t->kids->next && is_seen(w, t->kids)) {
		set(w, element, "/K", write_kid(w, t->kids, element, page));
	} else if (t->kids) {
		qpdf_oh list = qpdf_oh_new_array(w->q);

		for (const struct tag_kid *k = t->kids; k; k = k->next)
			if (is_seen(w, k))
				qpdf_oh_append_item(w->q, list,
					write_kid(w, k, element, page));
		give(w, element, "/K", list);
	}
	add_attributes(w, element, t);
	if (t->role == FO_ROLE_FIGURE && page >= 0)
		add_figure_box(w, element, t, page);
	return element;
}

/* From marked content and links back to their elements. */
static void
write_parents(struct writer *w, qpdf_oh root)
{
	qpdf_oh numbers = qpdf_oh_new_array(w->q);
	qpdf_oh tree = qpdf_oh_new_dictionary(w->q);

	for (int i = 0; i < w->page_count; i++) {
		const struct page *p = &w->pages[i];
		qpdf_oh list = qpdf_oh_new_array(w->q);

		for (int n = 0; n < p->count; n++)
			qpdf_oh_append_item(w->q, list, p->owners[n]);
		push(w, numbers, qpdf_oh_new_integer(w->q, i));
		push(w, numbers, make_indirect(w, list));
		give(w, p->object, "/StructParents",
			qpdf_oh_new_integer(w->q, i));
		give(w, p->object, "/Tabs", qpdf_oh_new_name(w->q, "/S"));
	}
	for (int i = 0; i < w->link_count; i++) {
		push(w, numbers, qpdf_oh_new_integer(w->q, w->page_count + i));
		qpdf_oh_append_item(w->q, numbers, w->link_owners[i]);
	}
	give(w, tree, "/Nums", numbers);
	give(w, root, "/ParentTree", make_indirect(w, tree));
	give(w, root, "/ParentTreeNextKey",
		qpdf_oh_new_integer(w->q, w->page_count + w->link_count));
}

void
fo_structure_write(struct fo_job *job, qpdf_data q, const struct fo_page *pages,
	struct tag *document)
{
	struct writer w = {.job = job, .q = q};
	qpdf_oh catalog = qpdf_get_root(q);
	qpdf_oh root;

	for (int i = FO_ROLE_DOCUMENT; i < FO_ROLES; i++)
		w.roles[i] = qpdf_oh_new_name(
			q, pool_printf(job->pool, "/%s",
				   fo_role_name((enum fo_role)i)));
	w.column_scope =
		make_indirect(&w, parse(&w, "<</O/Table/Scope/Column>>"));
	w.row_scope = make_indirect(&w, parse(&w, "<</O/Table/Scope/Row>>"));
	load_pages(&w, pages);
	make_links(&w);
	root = make_indirect(&w, parse(&w, "<</Type/StructTreeRoot>>"));
	set(&w, root, "/K", write_tag(&w, document, root));
	write_parents(&w, root);
	give(&w, catalog, "/StructTreeRoot", root);
	give(&w, catalog, "/MarkInfo", parse(&w, "<</Marked true>>"));
	qpdf_oh_release(q, catalog);
}
