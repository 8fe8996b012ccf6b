#include <string.h>

#include "tree_read.h"

static struct fo_master *
read_master(struct fo_job *job, const xmlNode *xml, struct around around)
{
	struct fo_master *m = pool_alloc(job->pool, sizeof(*m));
	const enum fo_element e = FO_PAGE_MASTER;
	struct fo_props p;
	bool body = false;

	fo_tree_props(job, xml, e, &around, &p);
	m->name = p.master;
	m->width = p.page_width;
	m->height = p.page_height;
	memcpy(m->margin, p.margin, sizeof(m->margin));
	if (!m->name || m->width <= 0 || m->height <= 0)
		fo_fail(job, "%s: needs master-name, page-width, page-height",
			fo_element_name(e));
	for (const xmlNode *k = fo_tree_element(job, xml->children, e);
		k && !job->failed; k = fo_tree_element(job, k->next, e)) {
		enum fo_element region = fo_element_find(k);
		struct around inner = around;

		if (region < FO_REGION_BODY || region > FO_REGION_AFTER) {
			fo_tree_misplaced(job, k, e);
			break;
		}
		fo_tree_props(job, k, region, &inner, &p);
		if (region == FO_REGION_BODY) {
			memcpy(m->body, p.margin, sizeof(m->body));
			body = true;
		} else if (region == FO_REGION_BEFORE) {
			m->before = p.extent;
			m->before_place = p.place;
		} else {
			m->after = p.extent;
			m->after_place = p.place;
		}
	}
	if (!body)
		fo_fail(job, "%s: needs fo:region-body", fo_element_name(e));
	if (m->width - m->margin[FO_LEFT] - m->margin[FO_RIGHT] -
				m->body[FO_LEFT] - m->body[FO_RIGHT] <
			36 ||
		m->height - m->margin[FO_TOP] - m->margin[FO_BOTTOM] -
				m->body[FO_TOP] - m->body[FO_BOTTOM] <
			36)
		fo_fail(job, "%s: no room for the body", fo_element_name(e));
	return m;
}

static const struct fo_master *
read_masters(struct fo_job *job, const xmlNode *xml, struct around around)
{
	const enum fo_element e = FO_MASTER_SET;
	struct fo_master *first = NULL;
	struct fo_master **end = &first;
	struct fo_props p;

	fo_tree_props(job, xml, e, &around, &p);
	for (const xmlNode *k = fo_tree_element(job, xml->children, e);
		k && !job->failed; k = fo_tree_element(job, k->next, e)) {
		if (fo_element_find(k) != FO_PAGE_MASTER) {
			fo_tree_misplaced(job, k, e);
			break;
		}
		*end = read_master(job, k, around);
		end = &(*end)->next;
	}
	return first;
}

/* One fo:static-content or fo:flow; name is its flow-name. */
static struct fo_node *
read_region(struct fo_job *job, const xmlNode *xml, enum fo_element e,
	struct around around, const char **name)
{
	struct fo_props p;

	around.is_static = e == FO_STATIC_CONTENT;
	fo_tree_props(job, xml, e, &around, &p);
	*name = p.flow ? p.flow : "";
	return fo_tree_blocks(job, xml, e, around);
}

static struct fo_sequence *
read_sequence(struct fo_job *job, const xmlNode *xml, struct around around,
	const struct fo_master *masters)
{
	struct fo_sequence *s = pool_alloc(job->pool, sizeof(*s));
	const enum fo_element e = FO_PAGE_SEQUENCE;
	struct fo_props p;
	const char *name;
	bool flowed = false;

	fo_tree_props(job, xml, e, &around, &p);
	s->id = around.sequence = p.id;
	s->first_page = p.first_page;
	for (s->master = masters; s->master; s->master = s->master->next) {
		if (p.master && strcmp(s->master->name, p.master) == 0)
			break;
	}
	if (!s->master)
		fo_fail(job, "%s/@master-reference: no such page master",
			fo_element_name(e));
	for (const xmlNode *k = fo_tree_element(job, xml->children, e);
		k && !job->failed; k = fo_tree_element(job, k->next, e)) {
		enum fo_element part = fo_element_find(k);
		struct fo_node *content;

		if (flowed || (part != FO_STATIC_CONTENT && part != FO_FLOW)) {
			fo_tree_misplaced(job, k, e);
			break;
		}
		content = read_region(job, k, part, around, &name);
		if (part == FO_FLOW && strcmp(name, "xsl-region-body") == 0) {
			s->flow = content;
			flowed = true;
		} else if (part == FO_STATIC_CONTENT &&
			   strcmp(name, "xsl-region-before") == 0) {
			s->header = content;
		} else if (part == FO_STATIC_CONTENT &&
			   strcmp(name, "xsl-region-after") == 0) {
			s->footer = content;
		} else {
			fo_fail(job, "%s/@flow-name: no such region",
				fo_element_name(part));
		}
	}
	if (!flowed)
		fo_fail(job, "%s: needs fo:flow", fo_element_name(e));
	return s;
}

struct fo_sequence *
fo_tree_read(struct fo_job *job, const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const enum fo_element e = FO_ROOT;
	struct around around = {.lang = job->info->lang};
	struct fo_sequence *first = NULL;
	struct fo_sequence **end = &first;
	const struct fo_master *masters = NULL;
	struct fo_style *style = pool_alloc(job->pool, sizeof(*style));
	struct fo_props p;

	style->size = 10;
	style->line = 1.2;
	style->weight = 400;
	style->widows = style->orphans = 2;
	strncpy(style->lang, job->info->lang, sizeof(style->lang) - 1);
	around.style = style;
	if (!root || fo_element_find(root) != e) {
		fo_fail(job, "no fo:root");
		return NULL;
	}
	fo_tree_props(job, root, e, &around, &p);
	for (const xmlNode *k = fo_tree_element(job, root->children, e);
		k && !job->failed; k = fo_tree_element(job, k->next, e)) {
		enum fo_element part = fo_element_find(k);

		if (part == FO_MASTER_SET && !masters) {
			masters = read_masters(job, k, around);
		} else if (part == FO_PAGE_SEQUENCE && masters) {
			*end = read_sequence(job, k, around, masters);
			end = &(*end)->next;
		} else {
			fo_tree_misplaced(job, k, e);
		}
	}
	if (!first)
		fo_fail(job, "fo:root: needs fo:page-sequence");
	return job->failed ? NULL : first;
}
