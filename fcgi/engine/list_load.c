#include <stdlib.h>
#include <string.h>

#include "../db/scope.h"
#include "descriptor.h"
#include "list_load.h"
#include "options.h"

const char *const filter_type_names[] = {
	"select", "text", "code", "date", NULL};

static const char *const column_types[] = {"text", "code", "date", "datetime",
	"money", "number", "state", "client", "phone", "link", NULL};

static struct list_def *lists;

struct loading {
	struct pool *pool;
	struct buffer *errors;
	const char *file;
	struct list_def *list;
};

const struct list_def *
list_def_first(void)
{
	return lists;
}

const struct list_def *
list_def_find(const char *id)
{
	const struct list_def *l = lists;

	while (l && strcmp(l->id, id) != 0)
		l = l->next;
	return l;
}

static int
word_index(const char *const *words, const char *word)
{
	for (int i = 0; word && words[i]; i++)
		if (!strcmp(words[i], word))
			return i;
	return -1;
}

static int
right_index(const char *id)
{
	for (int i = 0; i < RIGHT_COUNT; i++)
		if (right_texts[i].id && !strcmp(right_texts[i].id, id))
			return i;
	return LIST_NO_RIGHT;
}

static void
load_column(struct loading *l, const xmlNode *n)
{
	static const char *const known[] = {"id", "sql", "type", "set", "sort",
		"null", "index", "under", "card", "href", "client", "right",
		"key", "only", NULL};
	struct list_def *list = l->list;
	struct column_def *c = &list->columns[list->column_count];
	const char *sort = descriptor_attr(l->pool, n, "sort");
	const char *right = descriptor_attr(l->pool, n, "right");
	const char *only = descriptor_attr(l->pool, n, "only");

	descriptor_known(l->file, n, known, l->errors);
	if (list->column_count == LIST_COLUMNS_MAX) {
		descriptor_error(
			l->errors, l->file, n, "too many columns", NULL);
		return;
	}
	c->id = descriptor_attr(l->pool, n, "id");
	c->sql = descriptor_attr(l->pool, n, "sql");
	c->type = descriptor_attr(l->pool, n, "type");
	c->set = descriptor_attr(l->pool, n, "set");
	c->null = descriptor_yes(n, "null");
	c->index = descriptor_attr(l->pool, n, "index");
	c->under = descriptor_attr(l->pool, n, "under");
	c->card = descriptor_attr(l->pool, n, "card");
	c->href = descriptor_attr(l->pool, n, "href");
	c->client = descriptor_attr(l->pool, n, "client");
	c->key = descriptor_yes(n, "key");
	c->export_only = only && strcmp(only, "document") != 0;
	c->document = only && !c->export_only;
	c->right = LIST_NO_RIGHT;
	if (sort)
		c->sort = !strcmp(sort, "yes") ? c->sql : sort;
	if (!c->id || !c->sql || word_index(column_types, c->type) < 0)
		descriptor_error(l->errors, l->file, n,
			"a column needs id, sql and a known type", c->id);
	if (c->type && !strcmp(c->type, "client") != !!c->client)
		descriptor_error(l->errors, l->file, n,
			"a client's column, and only it, names the client",
			c->id);
	if (right) {
		c->right = right_index(right);
		if (c->right == LIST_NO_RIGHT)
			descriptor_error(
				l->errors, l->file, n, "no such right", right);
	}
	list->column_count++;
}

/* That of what filters while none is chosen is no choice of its own. */
static void
load_choice(struct loading *l, struct filter_def *f, const xmlNode *n)
{
	struct filter_choice *c = &f->choices[f->choice_count];
	const char *sql = descriptor_text(l->pool, n);

	c->value = descriptor_attr(l->pool, n, "value");
	c->sql = *sql ? sql : NULL;
	if (c->sql && f->unset && c->value && !strcmp(c->value, f->unset))
		f->unset_sql = c->sql;
	else
		f->choice_count++;
}

static void
load_choices(struct loading *l, struct filter_def *f, const xmlNode *node)
{
	for (const xmlNode *n = node->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!descriptor_is(n, "option") ||
			f->choice_count == LIST_CHOICES_MAX)
			descriptor_error(l->errors, l->file, n,
				"wrong in a filter", (const char *)n->name);
		else
			load_choice(l, f, n);
	}
}

/* With ? or a prefix, or a condition with each of its choices. */
static bool
has_condition(const struct filter_def *f)
{
	if (*f->sql)
		return strchr(f->sql, '?') && !f->prefix && !f->numbered;
	if (f->prefix || f->numbered)
		return !f->prefix != !f->numbered;
	for (size_t i = 0; i < f->choice_count; i++)
		if (!f->choices[i].sql)
			return false;
	return f->choice_count && f->options < 0 && (!f->unset || f->unset_sql);
}

static int
filter_index(const struct list_def *list, const char *id)
{
	for (size_t i = 0; i < list->filter_count; i++)
		if (!strcmp(list->filters[i].id, id))
			return (int)i;
	return -1;
}

/* Columns that stand before the filters. */
static void
check_fixes(struct loading *l, const xmlNode *n, const char *fixes)
{
	char *text = pool_strdup(l->pool, fixes ? fixes : "");
	char *save;

	for (char *id = strtok_r(text, " ", &save); id;
		id = strtok_r(NULL, " ", &save)) {
		size_t i = 0;

		while (i < l->list->column_count &&
			strcmp(l->list->columns[i].id, id) != 0)
			i++;
		if (i == l->list->column_count)
			descriptor_error(l->errors, l->file, n,
				"fixes no column before it", id);
	}
}

static void
load_filter(struct loading *l, const xmlNode *n)
{
	static const char *const known[] = {"id", "type", "set", "unset",
		"tabs", "options", "depends", "prefix", "numbered", "moment",
		"index", "fixes", NULL};
	struct list_def *list = l->list;
	struct filter_def *f = &list->filters[list->filter_count];
	const char *type = descriptor_attr(l->pool, n, "type");
	const char *tabs = descriptor_attr(l->pool, n, "tabs");
	const char *options = descriptor_attr(l->pool, n, "options");
	const char *depends = descriptor_attr(l->pool, n, "depends");
	const char *moment = descriptor_attr(l->pool, n, "moment");
	int kind = word_index(filter_type_names, type);

	descriptor_known(l->file, n, known, l->errors);
	if (list->filter_count == LIST_FILTERS_MAX) {
		descriptor_error(
			l->errors, l->file, n, "too many filters", NULL);
		return;
	}
	f->id = descriptor_attr(l->pool, n, "id");
	f->set = descriptor_attr(l->pool, n, "set");
	f->unset = descriptor_attr(l->pool, n, "unset");
	f->sql = descriptor_text(l->pool, n);
	f->prefix = descriptor_attr(l->pool, n, "prefix");
	f->numbered = descriptor_attr(l->pool, n, "numbered");
	f->index = descriptor_attr(l->pool, n, "index");
	f->fixes = descriptor_attr(l->pool, n, "fixes");
	f->tabs = tabs ? descriptor_statement(tabs) : -1;
	f->options = options ? descriptor_statement(options) : -1;
	f->depends = depends ? filter_index(list, depends) : -1;
	f->choices = pool_calloc(
		l->pool, descriptor_count(n, "option"), sizeof(f->choices[0]));
	load_choices(l, f, n);
	if (!f->id || kind < 0 || !has_condition(f))
		descriptor_error(l->errors, l->file, n,
			"a filter needs id, a known type and ?, a prefix, "
			"a number or a condition with each option",
			f->id);
	else
		f->type = (enum filter_type)kind;
	if (moment)
		f->moment = strcmp(moment, "end") != 0 ? -1 : 1;
	if (moment && (f->type != FILTER_DATE ||
			      (f->moment < 0 && strcmp(moment, "begin") != 0)))
		descriptor_error(l->errors, l->file, n,
			"moment is begin or end, of a date", moment);
	if (options && f->options < 0)
		descriptor_error(
			l->errors, l->file, n, "no such statement", options);
	if (tabs && f->tabs < 0)
		descriptor_error(
			l->errors, l->file, n, "no such statement", tabs);
	if (depends && f->depends < 0)
		descriptor_error(l->errors, l->file, n,
			"depends on no filter before it", depends);
	check_fixes(l, n, f->fixes);
	list->filter_count++;
}

/* Ids, as the texts action.ID and the addresses have them. */
static void
load_deed(struct loading *l, const xmlNode *n)
{
	static const char *const known[] = {
		"id", "href", "icon", "look", "right", NULL};
	struct list_def *list = l->list;
	struct deed_def *d = &list->deeds[list->deed_count];
	const char *right = descriptor_attr(l->pool, n, "right");

	descriptor_known(l->file, n, known, l->errors);
	d->id = descriptor_attr(l->pool, n, "id");
	d->href = descriptor_attr(l->pool, n, "href");
	d->icon = descriptor_attr(l->pool, n, "icon");
	d->look = descriptor_attr(l->pool, n, "look");
	d->right = right ? right_index(right) : LIST_NO_RIGHT;
	if (!d->id || !d->href || (right && d->right == LIST_NO_RIGHT))
		descriptor_error(l->errors, l->file, n,
			"an action needs id, href, and a right that there is",
			d->id);
	list->deed_count++;
}

static void
load_select(struct loading *l, const xmlNode *node)
{
	for (const xmlNode *n = node->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!descriptor_is(n, "action") ||
			l->list->deed_count == LIST_DEEDS_MAX)
			descriptor_error(l->errors, l->file, n,
				"wrong in a select", (const char *)n->name);
		else
			load_deed(l, n);
	}
}

static void
load_sizes(struct loading *l, const char *sizes)
{
	char *save;
	char *text = pool_strdup(l->pool, sizes ? sizes : "25 50 100");

	for (char *s = strtok_r(text, " ", &save);
		s && l->list->size_count < LIST_SIZES_MAX;
		s = strtok_r(NULL, " ", &save))
		l->list->sizes[l->list->size_count++] = atoi(s);
}

/* scope: why tables in it have no scope of their own, as a note in SQL. */
static void
load_from(struct loading *l, const xmlNode *n)
{
	static const char *const known[] = {"scope", NULL};

	descriptor_known(l->file, n, known, l->errors);
	l->list->from = descriptor_text(l->pool, n);
	l->list->scope = descriptor_attr(l->pool, n, "scope");
}

static void
load_part(struct loading *l, const xmlNode *n)
{
	if (n->type != XML_ELEMENT_NODE)
		return;
	if (descriptor_is(n, "from"))
		load_from(l, n);
	else if (descriptor_is(n, "where"))
		l->list->where = descriptor_text(l->pool, n);
	else if (descriptor_is(n, "column"))
		load_column(l, n);
	else if (descriptor_is(n, "filter"))
		load_filter(l, n);
	else if (descriptor_is(n, "select"))
		load_select(l, n);
	else if (descriptor_is(n, "order"))
		l->list->order = descriptor_attr(l->pool, n, "by");
	else
		descriptor_error(l->errors, l->file, n, "wrong in a list",
			(const char *)n->name);
}

static bool
order_known(const struct list_def *list)
{
	const char *by = list->order;

	if (by && *by == '-')
		by++;
	for (size_t i = 0; by && i < list->column_count; i++)
		if (!strcmp(list->columns[i].id, by))
			return list->columns[i].sort != NULL;
	return false;
}

static void
add_conditions(struct buffer *sql, const struct filter_def *f)
{
	if (f->prefix || f->numbered)
		buffer_printf(
			sql, " AND (%s)", f->prefix ? f->prefix : f->numbered);
	if (*f->sql)
		buffer_printf(sql, " AND (%s)", f->sql);
	if (f->unset_sql)
		buffer_printf(sql, " AND (%s)", f->unset_sql);
	for (size_t i = 0; i < f->choice_count; i++)
		if (f->choices[i].sql)
			buffer_printf(sql, " AND (%s)", f->choices[i].sql);
}

/* Of all that the list may ever ask, each table within its scope. */
static void
check_scope(struct loading *l, const xmlNode *top)
{
	const struct list_def *d = l->list;
	struct buffer *sql = buffer_create(l->pool);
	char error[200];

	buffer_printf(sql, "SELECT %s, %s", d->key, d->tie);
	for (size_t i = 0; i < d->column_count; i++) {
		const struct column_def *c = &d->columns[i];

		buffer_printf(sql, ", %s, %s, %s", c->sql,
			c->client ? c->client : "1", c->sort ? c->sort : "1");
	}
	buffer_printf(sql, ", %s FROM %s WHERE %s", d->days ? d->days : "1",
		d->from, d->where);
	for (size_t i = 0; i < d->filter_count; i++)
		add_conditions(sql, &d->filters[i]);
	if (scope_check(sql->data, d->scope, error, sizeof(error)))
		descriptor_error(l->errors, l->file, top, error, d->id);
}

/* For as many as it has: all workers hold all lists. */
static void
make_room(const struct loading *l, const xmlNode *top)
{
	struct list_def *list = l->list;

	list->columns = pool_calloc(l->pool, descriptor_count(top, "column"),
		sizeof(list->columns[0]));
	list->filters = pool_calloc(l->pool, descriptor_count(top, "filter"),
		sizeof(list->filters[0]));
	list->deeds = pool_calloc(l->pool, descriptor_count(top, "action"),
		sizeof(list->deeds[0]));
}

static void
load_list(void *arg, const char *file, xmlNode *top)
{
	static const char *const known[] = {"id", "key", "tie", "sizes",
		"export", "at", "index", "days", NULL};
	struct loading *l = arg;
	struct list_def *list = pool_alloc(l->pool, sizeof(*list));
	const char *export = descriptor_attr(l->pool, top, "export");
	const char *at = descriptor_attr(l->pool, top, "at");

	l->file = file;
	l->list = list;
	descriptor_known(file, top, known, l->errors);
	list->id = descriptor_attr(l->pool, top, "id");
	list->key = descriptor_attr(l->pool, top, "key");
	list->tie = descriptor_attr(l->pool, top, "tie");
	list->at = at ? at : "";
	list->index = descriptor_attr(l->pool, top, "index");
	list->days = descriptor_attr(l->pool, top, "days");
	list->pdf = export && strstr(export, "pdf");
	list->xlsx = export && strstr(export, "xlsx");
	if (!descriptor_is(top, "list") || !list->id || !list->key ||
		!list->tie || list_def_find(list->id)) {
		descriptor_error(l->errors, file, top,
			"not a list with id (of its own), key and tie",
			list->id);
		return;
	}
	load_sizes(l, descriptor_attr(l->pool, top, "sizes"));
	make_room(l, top);
	for (const xmlNode *n = top->children; n; n = n->next)
		load_part(l, n);
	if (!list->from || !list->where)
		descriptor_error(l->errors, file, top,
			"a list needs from and where", list->id);
	else
		check_scope(l, top);
	if (!order_known(list))
		descriptor_error(l->errors, file, top,
			"order by a column that can be sorted by", list->order);
	list->next = lists;
	lists = list;
}

enum rc
lists_load(struct pool *p, const char *root, struct buffer *errors)
{
	struct loading l = {p, errors, NULL, NULL};
	size_t before = errors->len;

	lists = NULL;
	options_create(p);
	if (descriptor_each(root, ".list.xml", load_list, &l, errors))
		return RC_FAIL;
	return errors->len == before ? RC_OK : RC_FAIL;
}
