#include <stdlib.h>
#include <string.h>

#include "descriptor.h"
#include "form_load.h"

const char *const field_type_names[FIELD_TYPES] = {"text", "textarea", "email",
	"tel", "number", "money", "date", "select", "radio", "check", "ref",
	"password", "code", "hidden", "file"};

static const int default_max[FIELD_TYPES] = {
	100, 2000, 254, 30, 12, 14, 10, 40, 40, 3, 20, 200, 20, 200, 0};

static struct form_def *forms;

struct loading {
	struct pool *pool;
	struct buffer *errors;
};

const struct form_def *
form_def_find(const char *id)
{
	const struct form_def *f = forms;

	while (f && strcmp(f->id, id) != 0)
		f = f->next;
	return f;
}

static void
load_choices(struct loading *l, const char *file, struct field_def *d,
	const xmlNode *node)
{
	for (const xmlNode *n = node->children; n; n = n->next) {
		const char *value;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		value = descriptor_attr(l->pool, n, "value");
		if (!descriptor_is(n, "option") || !value ||
			d->choice_count == FORM_OPTIONS_MAX)
			descriptor_error(l->errors, file, n, "wrong in a field",
				(const char *)n->name);
		else
			d->choices[d->choice_count++] = value;
	}
}

static int
field_index(const struct form_def *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (!strcmp(f->fields[i].name, name))
			return (int)i;
	return -1;
}

static enum field_type
field_type(const char *name)
{
	int i = 0;

	while (i < FIELD_TYPES && strcmp(field_type_names[i], name) != 0)
		i++;
	return (enum field_type)i;
}

static void
load_field(struct loading *l, const char *file, struct form_def *f,
	const char *group, const xmlNode *node)
{
	static const char *const known[] = {"name", "type", "required", "hint",
		"refresh", "max", "options", "depends", "autocomplete",
		"accept", "many", NULL};
	struct field_def *d = &f->fields[f->count];
	const char *type = descriptor_attr(l->pool, node, "type");
	const char *max = descriptor_attr(l->pool, node, "max");
	const char *options = descriptor_attr(l->pool, node, "options");
	const char *depends = descriptor_attr(l->pool, node, "depends");

	descriptor_known(file, node, known, l->errors);
	d->name = descriptor_attr(l->pool, node, "name");
	d->type = type ? field_type(type) : FIELD_TYPES;
	if (f->count == FORM_FIELDS_MAX || !d->name || d->type == FIELD_TYPES ||
		field_index(f, d->name) >= 0) {
		descriptor_error(l->errors, file, node,
			"no such field type, or a name twice", type);
		return;
	}
	d->group = group;
	d->required = descriptor_yes(node, "required");
	d->hint = descriptor_yes(node, "hint");
	d->refresh = descriptor_yes(node, "refresh");
	d->autocomplete = descriptor_attr(l->pool, node, "autocomplete");
	d->accept = descriptor_attr(l->pool, node, "accept");
	d->many = descriptor_yes(node, "many");
	d->max = max ? atoi(max) : default_max[d->type];
	d->options = options ? descriptor_statement(options) : -1;
	d->depends = depends ? field_index(f, depends) : -1;
	if (options && d->options < 0)
		descriptor_error(
			l->errors, file, node, "no such statement", options);
	if (depends && d->depends < 0)
		descriptor_error(l->errors, file, node,
			"depends on no field before it", depends);
	if (d->type == FIELD_REF && !options)
		descriptor_error(l->errors, file, node, "a ref without options",
			d->name);
	d->choices = pool_calloc(l->pool, descriptor_count(node, "option"),
		sizeof(d->choices[0]));
	load_choices(l, file, d, node);
	f->count++;
}

static void load_fields(struct loading *l, const char *file, struct form_def *f,
	const char *group, const xmlNode *node);

/* Fields that come more than once. */
static void
load_rows(struct loading *l, const char *file, struct form_def *f,
	const char *group, const xmlNode *node)
{
	static const char *const known[] = {"id", "max", "fixed", NULL};
	const char *max = descriptor_attr(l->pool, node, "max");
	size_t first = f->count;

	descriptor_known(file, node, known, l->errors);
	if (f->rows || !max || atoi(max) < 1) {
		descriptor_error(l->errors, file, node,
			"rows want a max, and stand in a form once", f->id);
		return;
	}
	f->rows = descriptor_attr(l->pool, node, "id");
	f->rows_max = atoi(max);
	f->rows_fixed = descriptor_yes(node, "fixed");
	load_fields(l, file, f, group, node);
	for (size_t i = first; i < f->count; i++)
		f->fields[i].repeat = true;
}

static void
load_fields(struct loading *l, const char *file, struct form_def *f,
	const char *group, const xmlNode *node)
{
	for (const xmlNode *n = node->children; n; n = n->next) {
		if (descriptor_is(n, "field"))
			load_field(l, file, f, group, n);
		else if (descriptor_is(n, "rows"))
			load_rows(l, file, f, group, n);
		else if (n->type == XML_ELEMENT_NODE)
			descriptor_error(l->errors, file, n, "wrong in a group",
				(const char *)n->name);
	}
}

static void
load_form(void *arg, const char *file, xmlNode *top)
{
	static const char *const known[] = {"id", "look", "method", NULL};
	struct loading *l = arg;
	struct form_def *f = pool_alloc(l->pool, sizeof(*f));

	descriptor_known(file, top, known, l->errors);
	f->id = descriptor_attr(l->pool, top, "id");
	f->look = descriptor_attr(l->pool, top, "look");
	if (f->look && strcmp(f->look, "bad") != 0)
		descriptor_error(l->errors, file, top, "no such look", f->look);
	f->get = descriptor_attr(l->pool, top, "method") != NULL;
	if (!descriptor_is(top, "form") || !f->id || form_def_find(f->id)) {
		descriptor_error(l->errors, file, top,
			"not a form with an id of its own", f->id);
		return;
	}
	f->fields = pool_calloc(
		l->pool, descriptor_count(top, "field"), sizeof(f->fields[0]));
	for (const xmlNode *g = top->children; g; g = g->next) {
		const char *group;

		if (g->type != XML_ELEMENT_NODE)
			continue;
		group = descriptor_attr(l->pool, g, "id");
		if (!descriptor_is(g, "group") || !group) {
			descriptor_error(l->errors, file, g,
				"not a group with an id",
				(const char *)g->name);
			continue;
		}
		load_fields(l, file, f, group, g);
	}
	f->next = forms;
	forms = f;
}

enum rc
forms_load(struct pool *p, const char *root, struct buffer *errors)
{
	struct loading l = {p, errors};
	size_t before = errors->len;

	forms = NULL;
	if (descriptor_each(root, ".form.xml", load_form, &l, errors))
		return RC_FAIL;
	return errors->len == before ? RC_OK : RC_FAIL;
}
