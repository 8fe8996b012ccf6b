#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include "html.h"
#include "lazy.h"
#include "log.h"
#include "render_run.h"

enum {
	KEPT_BYTES = 1536 * 1024, /* of programs, in a worker */
	VALUES_MAX = 80,	  /* of a part */
	COLUMNS_MAX = 40,
	LAST_MAX = 512
};

/* An element of a stylesheet, compiled. */
struct part {
	xsltElemPreComp head;
	xmlXPathCompExpr *select;
	xmlXPathCompExpr *columns;
	xmlXPathCompExpr *with;
	xmlXPathCompExpr *of;
	xmlXPathCompExpr *passes;
};

static void
free_part(xsltElemPreComp *head)
{
	struct part *part = (struct part *)(void *)head;

	xmlXPathFreeCompExpr(part->select);
	xmlXPathFreeCompExpr(part->columns);
	xmlXPathFreeCompExpr(part->with);
	xmlXPathFreeCompExpr(part->of);
	xmlXPathFreeCompExpr(part->passes);
	free(part);
}

/* NULL where there is no such attribute, or it is wrong (libxslt says so). */
static xmlXPathCompExpr *
compile(xsltStylesheet *style, xmlNode *inst, const char *name)
{
	xmlChar *text = xmlGetNoNsProp(inst, BAD_CAST name);
	xmlXPathCompExpr *expression =
		text ? xsltXPathCompile(style, text) : NULL;

	if (text && !expression)
		xsltTransformError(NULL, style, inst, "%s: no expression\n",
			(const char *)text);
	xmlFree(text);
	return expression;
}

static xsltElemPreComp *
prepare(xsltStylesheet *style, xmlNode *inst, xsltTransformFunction function)
{
	struct part *part = memory_alloc(sizeof(*part));

	part->select = compile(style, inst, "select");
	part->columns = compile(style, inst, "columns");
	part->with = compile(style, inst, "with");
	part->of = compile(style, inst, "of");
	part->passes = compile(style, inst, "passes");
	xsltInitElemPreComp(&part->head, style, inst, function, free_part);
	return &part->head;
}

/* The nodes, to be freed; NULL: none. */
static xmlXPathObject *
evaluate(xsltTransformContext *ctxt, xmlNode *node, xmlXPathCompExpr *e)
{
	xmlXPathContext *xpath = ctxt->xpathCtxt;
	xmlXPathObject *found;

	if (!e)
		return NULL;
	xpath->node = node;
	xpath->doc = node->doc;
	xpath->namespaces = NULL;
	xpath->nsNr = 0;
	xpath->contextSize = xpath->proximityPosition = 1;
	found = xmlXPathCompiledEval(e, xpath);
	if (!found)
		ctxt->state = XSLT_STATE_STOPPED;
	if (found && (found->type != XPATH_NODESET || !found->nodesetval)) {
		xmlXPathFreeObject(found);
		found = NULL;
	}
	return found;
}

static void
add_string(struct buffer *key, const char *s)
{
	buffer_add(key, s, strlen(s) + 1);
}

static const char *
content(const xmlNode *text)
{
	return text && text->content ? (const char *)text->content : "";
}

/* An attribute that only passes is marked: its value is no part of the key. */
static void
add_attribute(struct buffer *key, const xmlAttr *a)
{
	buffer_putc(key, '@');
	add_string(key, (const char *)a->name);
	if (!a->_private)
		add_string(key, content(a->children));
}

static void
add_start(struct buffer *key, const xmlNode *node)
{
	buffer_putc(key, '<');
	add_string(key, (const char *)node->name);
	for (const xmlAttr *a = node->properties; a; a = a->next)
		add_attribute(key, a);
}

/* All that can be read there. */
static void
add_node(struct buffer *key, xmlNode *root)
{
	const xmlNode *node = root;

	if (root->type == XML_ATTRIBUTE_NODE) {
		add_attribute(key, (const xmlAttr *)root);
		return;
	}
	lazy_fill(root);
	for (;;) {
		if (node->type == XML_ELEMENT_NODE) {
			add_start(key, node);
		} else {
			buffer_putc(key, '"');
			add_string(key, content(node));
		}
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		while (node != root && !node->next) {
			buffer_putc(key, '>');
			node = node->parent;
		}
		if (node == root)
			return;
		buffer_putc(key, '/');
		node = node->next;
	}
}

static void
add_nodes(struct buffer *key, const xmlXPathObject *o)
{
	const xmlNodeSet *set = o ? o->nodesetval : NULL;

	for (int i = 0; set && i < set->nodeNr; i++)
		add_node(key, set->nodeTab[i]);
	buffer_putc(key, '!');
}

static int
write_bytes(void *out, const char *bytes, int len)
{
	buffer_add(out, bytes, (size_t)len);
	return len;
}

static void
write_children(const struct render *r, struct buffer *out, xmlNode *parent)
{
	xmlOutputBuffer *o;

	if (r->options.serializer) {
		for (xmlNode *n = parent->children; n; n = n->next)
			html_write(out, n, NULL);
		return;
	}
	o = xmlOutputBufferCreateIO(write_bytes, NULL, out, NULL);
	for (xmlNode *n = parent->children; n; n = n->next)
		htmlNodeDumpFormatOutput(o, n->doc, n, "UTF-8", 0);
	xmlOutputBufferClose(o);
}

/* Draws what the element holds with node as context, where output goes. */
static void
draw(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst)
{
	xmlNode *before = ctxt->node;

	ctxt->node = node;
	ctxt->xpathCtxt->node = node;
	ctxt->xpathCtxt->contextSize = ctxt->xpathCtxt->proximityPosition = 1;
	xsltApplyOneTemplate(ctxt, node, inst->children, NULL, NULL);
	ctxt->node = before;
	ctxt->xpathCtxt->node = before;
}

/* The same below an element of its own, to be freed. */
static xmlNode *
draw_apart(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst)
{
	xmlNode *insert = ctxt->insert;
	xmlNode *apart =
		xmlNewDocNode(ctxt->output, NULL, BAD_CAST "apart", NULL);

	ctxt->insert = apart;
	ctxt->lasttext = NULL;
	draw(ctxt, node, inst);
	ctxt->insert = insert;
	ctxt->lasttext = NULL;
	return apart;
}

/* xmlAddChild() would make one text of two. */
static void
link_last(xmlNode *parent, xmlNode *node)
{
	node->parent = parent;
	node->prev = parent->last;
	*(parent->last ? &parent->last->next : &parent->children) = node;
	parent->last = node;
}

/* HTML into the result tree: a text that is written as it is. */
static void
add_html(xsltTransformContext *ctxt, const struct buffer *html)
{
	xmlNode *node;

	if (!html->len)
		return;
	node = xmlNewDocTextLen(
		ctxt->output, BAD_CAST html->data, (int)html->len);
	node->name = xmlStringTextNoenc;
	link_last(ctxt->insert, node);
	ctxt->lasttext = NULL;
}

/* A value that reaches the output as it is, or by a format. */
struct passing {
	const char *value;
	bool slash;    /* it stands behind a / that was looked at */
	xmlNode *text; /* which holds it */
	xmlChar *kept; /* its content, while a mark stands there */
};

/* A part that is to be drawn: which program does it, with which values. */
struct shape {
	struct buffer *key;
	size_t count;
	struct passing items[VALUES_MAX];
	bool strange; /* no program can do it */
};

/* What is being drawn. */
struct drawing {
	xsltTransformContext *ctxt;
	struct render_run *run;
	xmlNode *inst;
	struct shape shape;
	struct buffer *html;
};

/* text: where it stands in the tree; NULL: nowhere. */
static void
add_passing(struct shape *s, const char *value, xmlNode *text, bool slash)
{
	if (!*value) {
		buffer_putc(s->key, '0');
		return;
	}
	buffer_putc(s->key, slash ? '/' : '1');
	if (s->count == VALUES_MAX)
		s->strange = true;
	else
		s->items[s->count++] =
			(struct passing){value + slash, slash, text, NULL};
}

/* What every part depends on: its place, the language, {brand} and so on. */
static void
begin_shape(struct drawing *d, xmlNode *node, const struct part *part)
{
	struct buffer *key = d->shape.key = buffer_create(d->run->pool);
	xmlXPathObject *with =
		evaluate(d->ctxt, node, part->of ? part->of : part->with);

	buffer_add(key, &d->inst, sizeof(d->inst));
	buffer_putc(key, (char)('a' + (int)d->run->lang));
	for (const struct words_name *n = d->run->names; n->name; n++)
		add_string(key, n->value ? n->value : "");
	add_nodes(key, with);
	xmlXPathFreeObject(with);
}

/* By the template; appended to html. A program where marks are given. */
static struct program *
draw_shape(struct drawing *d, xmlNode *node, const struct marks *marks)
{
	struct program *program = NULL;
	xmlNode *drawn = draw_apart(d->ctxt, node, d->inst);

	if (marks)
		program = program_create(marks, drawn);
	else
		write_children(d->run->render, d->html, drawn);
	xmlFreeNode(drawn);
	return program;
}

/* Draws it with marks in place of the values. NULL: no program can do it. */
static struct program *
make_program(struct drawing *d, xmlNode *node)
{
	struct pool *p = d->run->pool;
	struct marks *marks = pool_alloc(p, sizeof(*marks));
	struct program *program;

	marks->pool = p;
	for (size_t i = 0; i < d->shape.count; i++) {
		struct passing *item = &d->shape.items[i];

		item->kept = item->text->content; /* it is in the tree */
		item->text->content = BAD_CAST pool_printf(
			p, "%s%s", item->slash ? "/" : "", marks_add(marks, i));
	}
	d->run->marks = marks;
	program = draw_shape(d, node, marks);
	d->run->marks = NULL;
	for (size_t i = 0; i < d->shape.count; i++)
		d->shape.items[i].text->content = d->shape.items[i].kept;
	return program;
}

static void
run_program(struct drawing *d, const struct program *program)
{
	const char *values[VALUES_MAX];

	for (size_t i = 0; i < d->shape.count; i++)
		values[i] = d->shape.items[i].value;
	program_run(program, d->run->pool, d->run->lang, values, d->html);
}

/* Does it write as the template did, from there on in html? */
static bool
is_right(struct drawing *d, const struct program *program, size_t from)
{
	struct buffer *html = d->html;
	size_t len = html->len - from;
	bool same;

	run_program(d, program);
	same = html->len - from == 2 * len &&
	       memcmp(html->data + from, html->data + from + len, len) == 0;
	html->len = from + len;
	html->data[html->len] = '\0';
	return same;
}

/*
 * The first of its shape is drawn, and a program made for the others. One
 * that does not do the same is told, and kept as "none".
 */
static void
draw_first(struct drawing *d, xmlNode *node)
{
	const struct buffer *key = d->shape.key;
	size_t from = d->html->len;
	struct program *program;

	(void)draw_shape(d, node, NULL);
	if (d->shape.strange || d->ctxt->state != XSLT_STATE_OK)
		return;
	program = make_program(d, node);
	if (program && !is_right(d, program, from)) {
		log_event(LOG_WARN, "program", "of", (const char *)node->name,
			NULL);
		program_free(program);
		program = NULL;
	}
	if (!program)
		program = program_none();
	if (!cache_add(d->run->render->programs, key->data, key->len, program,
		    program_size(program)))
		program_free(program);
}

/* True: a program did it. */
static bool
write_shape(struct drawing *d, xmlNode *node)
{
	const struct buffer *key = d->shape.key;
	const struct program *program =
		cache_find(d->run->render->programs, key->data, key->len);

	if (!program)
		draw_first(d, node);
	else if (program_is_none(program))
		(void)draw_shape(d, node, NULL);
	else
		run_program(d, program);
	return program && !program_is_none(program);
}

static struct drawing *
begin(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst,
	const struct part *part)
{
	struct render_run *run = ctxt->_private;
	struct drawing *d = pool_alloc(run->pool, sizeof(*d));

	d->ctxt = ctxt;
	d->run = run;
	d->inst = inst;
	d->html = buffer_create(run->pool);
	begin_shape(d, node, part);
	return d;
}

/* Only attributes pass: what they hold is one text. */
static void
mark_passing(const xmlXPathObject *o, void *mark)
{
	const xmlNodeSet *set = o ? o->nodesetval : NULL;

	for (int i = 0; set && i < set->nodeNr; i++)
		if (set->nodeTab[i]->type == XML_ATTRIBUTE_NODE)
			set->nodeTab[i]->_private = mark;
}

static void
draw_fragment(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst,
	xsltElemPreComp *head)
{
	const struct part *part = (struct part *)(void *)head;
	struct render_run *run = ctxt->_private;
	struct render_counts *counts = &run->render->counts;
	xmlXPathObject *passes;
	struct drawing *d;

	if (!run->render->options.fragments || run->marks) {
		draw(ctxt, node, inst);
		return;
	}
	d = begin(ctxt, node, inst, part);
	passes = evaluate(ctxt, node, part->passes);
	mark_passing(passes, d);
	if (!part->of)
		add_node(d->shape.key, node);
	mark_passing(passes, NULL);
	for (int i = 0; passes && i < passes->nodesetval->nodeNr; i++)
		add_passing(&d->shape,
			content(passes->nodesetval->nodeTab[i]->children),
			passes->nodesetval->nodeTab[i]->children, false);
	xmlXPathFreeObject(passes);
	if (write_shape(d, node))
		counts->fragments_kept++;
	else
		counts->fragments_drawn++;
	add_html(ctxt, d->html);
}

/* How a value of a row reaches the output. */
enum passage {
	PASSES, /* as it is, or by a format */
	TESTED, /* what it is decides what is drawn */
	LEADS	/* passes, if it begins with / */
};

/* The list that rows are drawn of. */
struct table {
	size_t columns;
	enum passage passages[COLUMNS_MAX];
};

static enum passage
passage_of(const xmlNode *column)
{
	static const char *const types[] = {"text", "client", "code", "date",
		"datetime", "time", "money", "number", "phone", NULL};
	const xmlAttr *type = xmlHasProp(column, BAD_CAST "type");
	const char *name = type ? content(type->children) : "";

	for (size_t i = 0; types[i]; i++)
		if (strcmp(types[i], name) == 0)
			return PASSES;
	return strcmp(name, "link") == 0 ? LEADS : TESTED;
}

/* Into the key go all attributes but those of sorting. */
static void
read_columns(struct table *t, struct buffer *key, const xmlXPathObject *o)
{
	const xmlNodeSet *set = o ? o->nodesetval : NULL;

	for (int i = 0; set && i < set->nodeNr; i++) {
		const xmlNode *column = set->nodeTab[i];

		buffer_putc(key, '<');
		for (const xmlAttr *a = column->properties; a; a = a->next)
			if (!xmlStrEqual(a->name, BAD_CAST "sort") &&
				!xmlStrEqual(a->name, BAD_CAST "href"))
				add_attribute(key, a);
		if (t->columns < COLUMNS_MAX)
			t->passages[t->columns++] = passage_of(column);
	}
}

static void
add_value(
	struct shape *s, const char *value, xmlNode *text, enum passage passage)
{
	bool slash = passage == LEADS && *value == '/';

	if (slash || passage == PASSES) {
		add_passing(s, value, text, slash);
	} else {
		buffer_putc(s->key, '=');
		add_string(s->key, value);
		s->strange |= marks_in(value);
	}
}

/* Of a row and its cells; others than these may be asked for what they are. */
static void
add_named(struct shape *s, const char *name, const char *value, xmlNode *text)
{
	bool passes = strcmp(name, "href") == 0 || strcmp(name, "key") == 0 ||
		      strcmp(name, "value") == 0;

	buffer_putc(s->key, '@');
	add_string(s->key, name);
	add_value(s, value, text, passes ? PASSES : TESTED);
}

static void
add_attributes(struct shape *s, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		add_named(s, (const char *)a->name, content(a->children),
			a->children);
}

static bool
is_text(const xmlNode *node)
{
	return !node || (node->type == XML_TEXT_NODE && !node->next);
}

/* Without one, words go by an attribute. */
static void
add_own(struct shape *s, const char *value, xmlNode *text)
{
	s->strange |= !*value;
	add_passing(s, value, text, false);
}

static void
read_row(struct shape *s, const struct table *t, const xmlNode *row)
{
	xmlNode *own = row->children;
	size_t i = 0;

	s->count = 0;
	s->strange = false;
	add_attributes(s, row);
	if (!t->columns && is_text(own)) {
		add_own(s, content(own), own);
		return;
	}
	for (const xmlNode *cell = own; cell; cell = cell->next) {
		xmlNode *text = cell->children;

		if (i == t->columns ||
			!xmlStrEqual(cell->name, BAD_CAST "cell") ||
			!is_text(text)) {
			s->strange = true;
			return;
		}
		buffer_putc(s->key, '|');
		add_value(s, content(text), text, t->passages[i++]);
		add_attributes(s, cell);
	}
}

/* The same of one that is not in the tree. */
static void
read_lazy(struct shape *s, const struct table *t, const struct lazy_row *row)
{
	const struct lazy_value *end = row->values + row->count;
	size_t i = 0;

	s->count = 0;
	s->strange = false;
	for (const struct lazy_value *v = row->values; v < end; v++) {
		const char *value = v->value ? v->value : "";

		if (v->kind == LAZY_ATTRIBUTE) {
			add_named(s, v->name, value, NULL);
			continue;
		}
		if (v->kind == LAZY_TEXT) {
			add_own(s, value, NULL);
			continue;
		}
		buffer_putc(s->key, '|');
		if (i < t->columns)
			add_value(s, value, NULL, t->passages[i++]);
	}
}

/* The list that is drawn, row by row. */
struct rows {
	struct drawing *drawing;
	struct table table;
	size_t begun;	 /* of the key: what all rows have */
	size_t last_len; /* of the last one's key, and its program */
	char last[LAST_MAX];
	const struct program *program;
};

/* Most rows are as the one before. */
static const struct program *
program_for(struct rows *r)
{
	const struct buffer *key = r->drawing->shape.key;
	size_t len = key->len - r->begun;
	const char *own = key->data + r->begun;

	if (r->program && len == r->last_len && memcmp(own, r->last, len) == 0)
		return r->program;
	r->program = cache_find(
		r->drawing->run->render->programs, key->data, key->len);
	if (len > LAST_MAX)
		return r->program;
	memcpy(r->last, own, len);
	r->last_len = len;
	return r->program;
}

static void
row_forget(xmlNode *row)
{
	xmlUnlinkNode(row);
	xmlFreeNode(row);
}

static void
write_row(struct rows *r, xmlNode *row)
{
	struct drawing *d = r->drawing;

	d->shape.key->len = r->begun;
	read_row(&d->shape, &r->table, row);
	if (write_shape(d, row))
		d->run->render->counts.rows_run++;
	else
		d->run->render->counts.rows_drawn++;
	r->program = NULL;
}

/* By its program; without one it comes into the tree for a while. */
static void
write_lazy(struct rows *r, xmlNode *parent, const struct lazy *lazy, size_t i)
{
	struct drawing *d = r->drawing;
	const struct program *program;
	struct lazy_row row;

	row.count = 0;
	lazy->read(lazy->arg, i, &row);
	d->shape.key->len = r->begun;
	read_lazy(&d->shape, &r->table, &row);
	program = program_for(r);
	if (program && !program_is_none(program)) {
		run_program(d, program);
		d->run->render->counts.rows_run++;
		return;
	}
	lazy->write(lazy->arg, i);
	write_row(r, parent->last);
	row_forget(parent->last);
}

static void
write_rows(struct drawing *d, const struct part *part, xmlNode *node,
	const xmlNodeSet *rows, xmlNode *parent)
{
	xmlXPathObject *columns = evaluate(d->ctxt, node, part->columns);
	const struct lazy *lazy = lazy_of(parent);
	struct rows r;

	r.drawing = d;
	r.program = NULL;
	r.last_len = 0;
	r.table.columns = 0;
	read_columns(&r.table, d->shape.key, columns);
	xmlXPathFreeObject(columns);
	r.begun = d->shape.key->len;
	for (int i = 0;
		rows && i < rows->nodeNr && d->ctxt->state == XSLT_STATE_OK;
		i++)
		write_row(&r, rows->nodeTab[i]);
	for (size_t i = 0;
		lazy && i < lazy->count && d->ctxt->state == XSLT_STATE_OK; i++)
		write_lazy(&r, parent, lazy, i);
	add_html(d->ctxt, d->html);
}

static void
draw_rows(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst,
	xsltElemPreComp *head)
{
	const struct part *part = (struct part *)(void *)head;
	const struct render_run *run = ctxt->_private;
	xmlXPathObject *found;
	const xmlNodeSet *rows;

	if (run->marks)
		lazy_fill(node);
	found = evaluate(ctxt, node, part->select);
	rows = found ? found->nodesetval : NULL;
	if (run->render->options.rows && !run->marks)
		write_rows(begin(ctxt, node, inst, part), part, node, rows,
			rows && rows->nodeNr ? rows->nodeTab[0]->parent : node);
	else
		for (int i = 0; rows && i < rows->nodeNr; i++)
			draw(ctxt, rows->nodeTab[i], inst);
	xmlXPathFreeObject(found);
}

static const struct {
	const char *name;
	xsltTransformFunction draw;
} parts[] = {
	{"fragment", draw_fragment},
	{"rows", draw_rows},
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

void
parts_register(void)
{
	for (int i = 0; i < PARTS; i++)
		xsltRegisterExtModuleElement(BAD_CAST parts[i].name,
			FUNCTIONS_NAMESPACE, prepare, parts[i].draw);
}

bool
parts_have(const char *name)
{
	for (int i = 0; i < PARTS; i++)
		if (strcmp(parts[i].name, name) == 0)
			return true;
	return false;
}

void
parts_create(struct render *r)
{
	r->programs = cache_create(r->pool, KEPT_BYTES, program_free);
}
