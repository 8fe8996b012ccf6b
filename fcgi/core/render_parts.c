#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include "html.h"
#include "log.h"
#include "render_run.h"

enum {
	FRAGMENT_BYTES = 1536 * 1024, /* kept of each, in a worker */
	PROGRAM_BYTES = 1024 * 1024,
	VALUES_MAX = 80, /* of a row */
	COLUMNS_MAX = 40
};

/* An element of a stylesheet, compiled. */
struct part {
	xsltElemPreComp head;
	xmlXPathCompExpr *select;
	xmlXPathCompExpr *columns;
	xmlXPathCompExpr *with;
};

static void
free_part(xsltElemPreComp *head)
{
	struct part *part = (struct part *)(void *)head;

	xmlXPathFreeCompExpr(part->select);
	xmlXPathFreeCompExpr(part->columns);
	xmlXPathFreeCompExpr(part->with);
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

static void
add_attribute(struct buffer *key, const xmlAttr *a)
{
	buffer_putc(key, '@');
	add_string(key, (const char *)a->name);
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
add_node(struct buffer *key, const xmlNode *root)
{
	const xmlNode *node = root;

	if (root->type == XML_ATTRIBUTE_NODE) {
		add_attribute(key, (const xmlAttr *)root);
		return;
	}
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

/* What every part depends on: its place, the language, {brand} and so on. */
static struct buffer *
begin_key(xsltTransformContext *ctxt, xmlNode *node, const xmlNode *inst,
	const struct part *part)
{
	const struct render_run *run = ctxt->_private;
	xmlXPathObject *with = evaluate(ctxt, node, part->with);
	struct buffer *key = buffer_create(run->pool);

	buffer_add(key, &inst, sizeof(const xmlNode *));
	buffer_putc(key, (char)('a' + (int)run->lang));
	for (const struct words_name *n = run->names; n->name; n++)
		add_string(key, n->value ? n->value : "");
	add_nodes(key, with);
	xmlXPathFreeObject(with);
	return key;
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
	xmlNode *apart = xmlNewDocNode(
		ctxt->output, NULL, BAD_CAST "apart", NULL);

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

static void
free_fragment(void *html)
{
	buffer_free(html);
}

static void
draw_fragment(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst,
	xsltElemPreComp *head)
{
	const struct part *part = (struct part *)(void *)head;
	struct render_run *run = ctxt->_private;
	struct render *r = run->render;
	struct buffer *key, *html;
	xmlNode *apart;

	if (!r->options.fragments || run->marks) {
		draw(ctxt, node, inst);
		return;
	}
	key = begin_key(ctxt, node, inst, part);
	add_node(key, node);
	html = cache_find(r->fragments, key->data, key->len);
	if (html) {
		r->counts.fragments_kept++;
		add_html(ctxt, html);
		return;
	}
	r->counts.fragments_drawn++;
	html = buffer_create(NULL);
	apart = draw_apart(ctxt, node, inst);
	write_children(r, html, apart);
	xmlFreeNode(apart);
	add_html(ctxt, html);
	if (ctxt->state != XSLT_STATE_OK ||
		!cache_add(r->fragments, key->data, key->len, html, html->size))
		buffer_free(html);
}

/* How a value reaches the output. */
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

/* A value of a row that only passes. */
struct passing {
	const char *value;
	bool slash;	 /* it stands behind a / that was looked at */
	xmlNode *holder; /* the text that holds it */
};

/* A row: what of it decides which program draws it, and what passes. */
struct shape {
	struct buffer *key;
	size_t count;
	struct passing items[VALUES_MAX];
	bool strange; /* not such a row as we know */
};

static void
add_value(struct shape *s, xmlNode *text, enum passage passage)
{
	const char *value = content(text);
	bool slash = passage == LEADS && *value == '/';

	if (!*value) {
		buffer_putc(s->key, '0');
	} else if ((slash || passage == PASSES) && s->count < VALUES_MAX) {
		buffer_putc(s->key, slash ? '/' : '1');
		s->items[s->count++] =
			(struct passing){value + slash, slash, text};
	} else {
		buffer_putc(s->key, '=');
		add_string(s->key, value);
		s->strange |= marks_in(value);
	}
}

/* The attributes of a row and its cells: key and href. */
static void
add_passing(struct shape *s, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		buffer_putc(s->key, '@');
		add_string(s->key, (const char *)a->name);
		add_value(s, a->children, PASSES);
	}
}

static void
read_row(struct shape *s, const struct table *t, const xmlNode *row)
{
	size_t i = 0;

	s->count = 0;
	s->strange = false;
	add_passing(s, row);
	for (const xmlNode *cell = row->children; cell; cell = cell->next) {
		xmlNode *text = cell->children;

		if (i == t->columns ||
			!xmlStrEqual(cell->name, BAD_CAST "cell") ||
			(text && (text->type != XML_TEXT_NODE || text->next))) {
			s->strange = true;
			return;
		}
		buffer_putc(s->key, '|');
		add_passing(s, cell);
		add_value(s, text, t->passages[i++]);
	}
}

/* Rows of one list, drawn one after another. */
struct rows {
	xsltTransformContext *ctxt;
	struct render_run *run;
	xmlNode *inst;
	struct table table;
	struct shape shape; /* of the row at hand */
	struct buffer *html;
};

/* By the template; appended to html. */
static void
draw_row(struct rows *rows, xmlNode *row)
{
	xmlNode *drawn = draw_apart(rows->ctxt, row, rows->inst);

	write_children(rows->run->render, rows->html, drawn);
	xmlFreeNode(drawn);
	rows->run->render->counts.rows_drawn++;
}

static void
run_program(struct rows *rows, const struct program *program)
{
	const char *values[VALUES_MAX];

	for (size_t i = 0; i < rows->shape.count; i++)
		values[i] = rows->shape.items[i].value;
	program_run(program, rows->run->pool, rows->run->lang, values,
		rows->html);
}

/* Draws the row with marks in it. NULL: no program can do it. */
static struct program *
make_program(struct rows *rows, xmlNode *row)
{
	struct pool *p = rows->run->pool;
	struct marks *marks = pool_alloc(p, sizeof(*marks));
	struct shape *copy = pool_alloc(p, sizeof(*copy));
	xmlNode *marked = xmlCopyNode(row, 1);
	struct program *program;
	xmlNode *drawn;

	marks->pool = p;
	copy->key = buffer_create(p);
	read_row(copy, &rows->table, marked);
	for (size_t i = 0; i < copy->count; i++)
		xmlNodeSetContent(copy->items[i].holder,
			BAD_CAST pool_printf(p, "%s%s",
				copy->items[i].slash ? "/" : "",
				marks_add(marks, i)));
	xmlReplaceNode(row, marked);
	rows->run->marks = marks;
	drawn = draw_apart(rows->ctxt, marked, rows->inst);
	rows->run->marks = NULL;
	xmlReplaceNode(marked, row);
	program = program_create(marks, drawn);
	xmlFreeNode(drawn);
	xmlFreeNode(marked);
	return program;
}

/* Does it write this row as the template did, from there on in html? */
static bool
is_right(struct rows *rows, const struct program *program, size_t from)
{
	struct buffer *html = rows->html;
	size_t len = html->len - from;
	bool same;

	run_program(rows, program);
	same = html->len - from == 2 * len &&
	       memcmp(html->data + from, html->data + from + len, len) == 0;
	html->len = from + len;
	html->data[html->len] = '\0';
	return same;
}

/*
 * The first row of its shape is drawn, and a program made for the others.
 * One that does not do the same is told, and kept as "none".
 */
static void
draw_first(struct rows *rows, xmlNode *row)
{
	struct render *r = rows->run->render;
	const struct buffer *key = rows->shape.key;
	size_t from = rows->html->len;
	struct program *program;

	draw_row(rows, row);
	if (rows->shape.strange || rows->ctxt->state != XSLT_STATE_OK)
		return;
	program = make_program(rows, row);
	if (program && !is_right(rows, program, from)) {
		log_event(LOG_WARN, "row-program", "row",
			(const char *)row->name, NULL);
		program_free(program);
		program = NULL;
	}
	if (!program)
		program = program_none();
	if (!cache_add(r->programs, key->data, key->len, program,
		    program_size(program)))
		program_free(program);
}

static void
write_row(struct rows *rows, xmlNode *row)
{
	struct render *r = rows->run->render;
	const struct buffer *key = rows->shape.key;
	const struct program *program;

	read_row(&rows->shape, &rows->table, row);
	program = cache_find(r->programs, key->data, key->len);
	if (!program) {
		draw_first(rows, row);
	} else if (program_is_none(program)) {
		draw_row(rows, row);
	} else {
		run_program(rows, program);
		r->counts.rows_run++;
	}
}

static void
write_rows(struct rows *rows, const struct part *part, xmlNode *node,
	const xmlNodeSet *set)
{
	xsltTransformContext *ctxt = rows->ctxt;
	xmlXPathObject *columns = evaluate(ctxt, node, part->columns);
	size_t begun;

	rows->html = buffer_create(rows->run->pool);
	rows->shape.key = begin_key(ctxt, node, rows->inst, part);
	read_columns(&rows->table, rows->shape.key, columns);
	xmlXPathFreeObject(columns);
	begun = rows->shape.key->len;
	for (int i = 0; i < set->nodeNr && ctxt->state == XSLT_STATE_OK; i++) {
		rows->shape.key->len = begun;
		write_row(rows, set->nodeTab[i]);
	}
	add_html(ctxt, rows->html);
}

static void
draw_rows(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst,
	xsltElemPreComp *head)
{
	const struct part *part = (struct part *)(void *)head;
	struct render_run *run = ctxt->_private;
	xmlXPathObject *found = evaluate(ctxt, node, part->select);
	const xmlNodeSet *set = found ? found->nodesetval : NULL;

	if (set && run->render->options.rows && !run->marks) {
		struct rows *rows = pool_alloc(run->pool, sizeof(*rows));

		rows->ctxt = ctxt;
		rows->run = run;
		rows->inst = inst;
		write_rows(rows, part, node, set);
	} else {
		for (int i = 0; set && i < set->nodeNr; i++)
			draw(ctxt, set->nodeTab[i], inst);
	}
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
	r->fragments = cache_create(r->pool, FRAGMENT_BYTES, free_fragment);
	r->programs = cache_create(r->pool, PROGRAM_BYTES, program_free);
}
