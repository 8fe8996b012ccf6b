#include <stdbool.h>
#include <string.h>

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>

#include "log.h"
#include "render_run.h"

enum { ARGS_MAX = 9 };

static struct render_run *
run_of(xmlXPathParserContext *ctxt)
{
	return xsltXPathGetTransformContext(ctxt)->_private;
}

static void
push_string(xmlXPathParserContext *ctxt, const char *s)
{
	valuePush(ctxt, xmlXPathNewCString(s));
}

/* The next argument as a string, in the run's pool. */
static char *
pop_string(xmlXPathParserContext *ctxt, struct pool *p)
{
	xmlChar *s = xmlXPathPopString(ctxt);
	char *copy = pool_strdup(p, s ? (char *)s : "");

	xmlFree(s);
	return copy;
}

static bool
count_is_wrong(xmlXPathParserContext *ctxt, int count, int least, int most)
{
	if (count >= least && count <= most)
		return false;
	xmlXPathSetArityError(ctxt);
	return true;
}

static char *
attribute(struct pool *p, const xmlNode *node, const char *name)
{
	xmlChar *s = xmlGetNoNsProp(node, BAD_CAST name);
	char *copy = pool_strdup(p, (char *)s);

	xmlFree(s);
	return copy;
}

/* A value by its type; a mark is seen through. */
static const char *
formatted(struct render_run *run, const char *type, const char *value)
{
	if (run->marks && (marks_in(type) || marks_in(value)))
		return marks_through(run->marks, MARK_FORMAT, type, value);
	return format_value(run->pool, run->lang, type, value);
}

/* Something else than a format is asked of a value. */
static void
refuse_marks(struct render_run *run, const char *value)
{
	if (run->marks && marks_in(value))
		run->marks->failed = true;
}

/* A state's word is the text set.value, a format gives the rest. */
static const char *
value_text(struct render_run *run, const char *type, const char *value,
	const char *set)
{
	if (!set || !*set || !*value)
		return formatted(run, type, value);
	refuse_marks(run, set);
	refuse_marks(run, value);
	return words_text(run->render->words, run->pool, run->lang,
		pool_printf(run->pool, "%s.%s", set, value), 0, NULL);
}

static const char *
node_text(struct render_run *run, xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	const char *text =
		pool_strdup(run->pool, content ? (char *)content : "");

	xmlFree(content);
	if (node->type != XML_ELEMENT_NODE)
		return text;
	return value_text(run, attribute(run->pool, node, "type"), text,
		attribute(run->pool, node, "set"));
}

/* On screen a date within a sentence stays on one line. */
static const char *
unbroken(const struct render_run *run, const char *s)
{
	if (!run->screen)
		return s;
	if (run->marks && marks_in(s))
		return marks_through(run->marks, MARK_UNBROKEN, NULL, s);
	return format_unbroken(run->pool, s);
}

struct arguments {
	size_t count;
	const char *items[ARGS_MAX];
};

/*
 * One XPath argument: for a set of nodes each is an argument, and an empty
 * set is an empty one, so that those after it keep their number.
 */
static void
add_argument(struct arguments *a, struct render_run *run, xmlXPathObject *o)
{
	const xmlNodeSet *set = o->type == XPATH_NODESET ? o->nodesetval : NULL;
	int nodes = set ? set->nodeNr : 0;
	xmlChar *s;

	for (int i = 0; i < nodes && a->count < ARGS_MAX; i++)
		a->items[a->count++] =
			unbroken(run, node_text(run, set->nodeTab[i]));
	if (nodes || a->count == ARGS_MAX)
		return;
	s = xmlXPathCastToString(o);
	a->items[a->count++] =
		unbroken(run, pool_strdup(run->pool, s ? (char *)s : ""));
	xmlFree(s);
}

static void
push_words(xmlXPathParserContext *ctxt, int nargs, bool plain)
{
	struct render_run *run = run_of(ctxt);
	struct arguments a = {0};
	xmlXPathObject *objects[ARGS_MAX + 1];
	const char *id;

	if (count_is_wrong(ctxt, nargs, 1, ARGS_MAX + 1))
		return;
	for (int i = nargs - 1; i > 0; i--)
		objects[i] = valuePop(ctxt);
	id = pop_string(ctxt, run->pool);
	refuse_marks(run, id);
	for (int i = 1; i < nargs; i++) {
		add_argument(&a, run, objects[i]);
		xmlXPathFreeObject(objects[i]);
	}
	push_string(
		ctxt, words_named(run->render->words, run->pool, run->lang, id,
			      a.count, a.items,
			      plain ? run->names : run->names + NAMES_LINKED));
}

static void
call_text(xmlXPathParserContext *ctxt, int nargs)
{
	push_words(ctxt, nargs, true);
}

static void
call_raw(xmlXPathParserContext *ctxt, int nargs)
{
	push_words(ctxt, nargs, false);
}

static void
call_has(xmlXPathParserContext *ctxt, int nargs)
{
	struct render_run *run = run_of(ctxt);
	const char *id;

	if (count_is_wrong(ctxt, nargs, 1, 1))
		return;
	id = pop_string(ctxt, run->pool);
	refuse_marks(run, id);
	valuePush(ctxt, xmlXPathNewBoolean(words_find(run->render->words,
						   run->lang, id) != NULL));
}

static void
call_value(xmlXPathParserContext *ctxt, int nargs)
{
	struct render_run *run = run_of(ctxt);
	const char *type, *value, *set = NULL;

	if (count_is_wrong(ctxt, nargs, 2, 3))
		return;
	if (nargs == 3)
		set = pop_string(ctxt, run->pool);
	value = pop_string(ctxt, run->pool);
	type = pop_string(ctxt, run->pool);
	push_string(ctxt, value_text(run, type, value, set));
}

/* t:date(value) and its like: the function's name is the type. */
static void
call_format(xmlXPathParserContext *ctxt, int nargs)
{
	struct render_run *run = run_of(ctxt);
	const char *type = (const char *)ctxt->context->function;
	const char *value;

	if (count_is_wrong(ctxt, nargs, 1, 1))
		return;
	value = pop_string(ctxt, run->pool);
	push_string(ctxt, formatted(run, type, value));
}

/* t:tel(phone) and t:mailto(email) */
static void
call_link(xmlXPathParserContext *ctxt, int nargs)
{
	bool tel = !strcmp((const char *)ctxt->context->function, "tel");
	struct render_run *run = run_of(ctxt);
	const char *value;

	if (count_is_wrong(ctxt, nargs, 1, 1))
		return;
	value = pop_string(ctxt, run->pool);
	if (run->marks && marks_in(value))
		value = marks_through(
			run->marks, tel ? MARK_TEL : MARK_MAILTO, NULL, value);
	else
		value = tel ? format_tel(run->pool, value)
			    : format_mailto(run->pool, value);
	push_string(ctxt, value);
}

static void
call_static(xmlXPathParserContext *ctxt, int nargs)
{
	struct render_run *run = run_of(ctxt);
	const char *path, *address;

	if (count_is_wrong(ctxt, nargs, 1, 1))
		return;
	path = pop_string(ctxt, run->pool);
	refuse_marks(run, path);
	address = render_static(run->render, path);
	if (!address) {
		run->render->faults++;
		log_event(LOG_ERROR, "static-missing", "path", path, NULL);
		address = pool_printf(run->pool, "/static/%s", path);
	}
	push_string(ctxt, address);
}

static void
call_unknown(xmlXPathParserContext *ctxt, int nargs)
{
	struct render_run *run = run_of(ctxt);
	const char *name;

	if (count_is_wrong(ctxt, nargs, 1, 1))
		return;
	name = pop_string(ctxt, run->pool);
	refuse_marks(run, name);
	run->render->faults++;
	log_event(LOG_ERROR, "element-unknown", "name", name, NULL);
	push_string(ctxt, name);
}

static const struct {
	const char *name;
	xmlXPathFunction call;
} functions[] = {
	{"text", call_text},
	{"raw", call_raw},
	{"has", call_has},
	{"value", call_value},
	{"date", call_format},
	{"date-long", call_format},
	{"datetime", call_format},
	{"time", call_format},
	{"money", call_format},
	{"amount", call_format},
	{"number", call_format},
	{"code", call_format},
	{"phone", call_format},
	{"tel", call_link},
	{"mailto", call_link},
	{"static", call_static},
	{"unknown", call_unknown},
};

enum { FUNCTIONS = sizeof(functions) / sizeof(functions[0]) };

void
functions_register(void)
{
	for (int i = 0; i < FUNCTIONS; i++)
		xsltRegisterExtModuleFunction(BAD_CAST functions[i].name,
			FUNCTIONS_NAMESPACE, functions[i].call);
}

int
functions_has(const char *name, size_t len)
{
	for (int i = 0; i < FUNCTIONS; i++)
		if (strlen(functions[i].name) == len &&
			strncmp(functions[i].name, name, len) == 0)
			return 1;
	return 0;
}
