#include <stdio.h>
#include <string.h>

#include "../core/lazy.h"
#include "list_rows.h"

/* What stands in a row, and where the database put it. */
struct cell {
	size_t column; /* of the result */
	const char *href;
};

struct source {
	struct xml *xml;
	struct pool *pool;
	const struct list_def *def;
	struct db_rows rows;
	size_t last; /* of the page */
	bool reversed;
	size_t key;
	const char *href;
	struct picks picks;
	size_t cell_count;
	struct cell cells[LIST_COLUMNS_MAX];
	xmlNode *element;
	struct lazy lazy;
};

static size_t
column_of(const struct db_rows *rows, const char *name)
{
	size_t i = 0;

	while (i < rows->columns && strcmp(rows->names[i], name) != 0)
		i++;
	return i;
}

static const char *
value_of(const struct source *s, size_t row, size_t column)
{
	return s->rows.values[row * s->rows.columns + column].text;
}

static struct source *
source_create(const struct list_state *s, const struct list_result *r)
{
	struct source *o = pool_alloc(s->request->pool, sizeof(*o));
	char name[24];

	o->xml = s->request->xml;
	o->pool = s->request->pool;
	o->def = s->def;
	o->rows = r->rows;
	o->last = r->count ? r->count - 1 : 0;
	o->reversed = r->reversed;
	o->picks = s->picks;
	if (!r->count)
		return o;
	o->key = column_of(&o->rows, "row_key");
	for (size_t i = 0; i < s->def->column_count; i++) {
		const struct column_def *c = &s->def->columns[i];

		if (c->key && c->href)
			o->href = c->href;
		if (!s->shown[i])
			continue;
		snprintf(name, sizeof(name), "c%zu", i);
		o->cells[o->cell_count++] = (struct cell){
			column_of(&o->rows, name), c->key ? NULL : c->href};
	}
	return o;
}

/* The database's number of a row of the page. */
static size_t
row_at(const struct source *s, size_t index)
{
	return s->reversed ? s->last - index : index;
}

static const char *
href_of(const struct source *s, const char *pattern, size_t row)
{
	return pattern ? list_href(s->pool, s->def, pattern,
				 db_row(&s->rows, row))
		       : NULL;
}

static const char *
key_of(const struct source *s, size_t row)
{
	const char *key = value_of(s, row, s->key);

	return key ? key : "";
}

static const char *
picked_of(const struct source *s, size_t row)
{
	return picks_have(&s->picks, key_of(s, row)) ? "yes" : NULL;
}

static void
write_row(void *arg, size_t index)
{
	const struct source *s = arg;
	size_t row = row_at(s, index);

	xml_open(s->xml, "row");
	xml_attr(s->xml, "key", key_of(s, row));
	xml_attr(s->xml, "href", href_of(s, s->href, row));
	xml_attr(s->xml, "picked", picked_of(s, row));
	for (const struct cell *c = s->cells; c < s->cells + s->cell_count;
		c++) {
		xml_open(s->xml, "cell");
		xml_attr(s->xml, "href", href_of(s, c->href, row));
		xml_text(s->xml, value_of(s, row, c->column));
		xml_close(s->xml);
	}
	xml_close(s->xml);
}

static void
add(const struct source *s, struct lazy_row *out, enum lazy_kind kind,
	const char *name, const char *value)
{
	if (value || kind != LAZY_ATTRIBUTE)
		lazy_add(out, kind, name,
			value ? xml_clean(s->xml, value) : NULL);
}

static void
read_lazy(void *arg, size_t index, struct lazy_row *out)
{
	const struct source *s = arg;
	size_t row = row_at(s, index + 1);

	add(s, out, LAZY_ATTRIBUTE, "key", key_of(s, row));
	add(s, out, LAZY_ATTRIBUTE, "href", href_of(s, s->href, row));
	add(s, out, LAZY_ATTRIBUTE, "picked", picked_of(s, row));
	for (const struct cell *c = s->cells; c < s->cells + s->cell_count;
		c++) {
		add(s, out, LAZY_CELL, NULL, value_of(s, row, c->column));
		add(s, out, LAZY_ATTRIBUTE, "href", href_of(s, c->href, row));
	}
}

static void
write_lazy(void *arg, size_t index)
{
	struct source *s = arg;

	xml_resume(s->xml, s->element);
	write_row(s, index + 1);
	xml_rest(s->xml);
}

void
list_rows_write(const struct list_state *s, const struct list_result *r)
{
	struct source *o = source_create(s, r);
	bool screen = s->request->format == FORMAT_HTML;

	if (!screen || r->count < 2) {
		for (size_t i = 0; i < r->count; i++)
			write_row(o, i);
		return;
	}
	write_row(o, 0);
	o->element = xml_current(o->xml);
	o->lazy = (struct lazy){r->count - 1, o, read_lazy, write_lazy};
	lazy_set(o->element, &o->lazy);
}

/* Options */

struct choices {
	struct xml *xml;
	struct list_filter filter;
	xmlNode *element;
	struct lazy lazy;
};

static bool
is_chosen(const struct list_filter *f, const struct option *o)
{
	return f->value && !strcmp(f->value, o->value);
}

static void
write_option(struct xml *x, const struct list_filter *f, const struct option *o)
{
	xml_open(x, "option");
	xml_attr(x, "value", o->value);
	if (is_chosen(f, o))
		xml_attr(x, "selected", "yes");
	xml_text(x, o->label);
	xml_close(x);
}

static void
read_choice(void *arg, size_t index, struct lazy_row *out)
{
	const struct choices *c = arg;
	const struct option *o = &c->filter.options[index];

	lazy_add(out, LAZY_ATTRIBUTE, "value", xml_clean(c->xml, o->value));
	if (is_chosen(&c->filter, o))
		lazy_add(out, LAZY_ATTRIBUTE, "selected", "yes");
	lazy_add(out, LAZY_TEXT, NULL, xml_clean(c->xml, o->label));
}

static void
write_choice(void *arg, size_t index)
{
	struct choices *c = arg;

	xml_resume(c->xml, c->element);
	write_option(c->xml, &c->filter, &c->filter.options[index]);
	xml_rest(c->xml);
}

void
list_options_write(const struct list_state *s, const struct list_filter *f)
{
	struct xml *x = s->request->xml;
	struct choices *c;

	if (s->request->format != FORMAT_HTML || !f->found) {
		for (size_t n = 0; n < f->count; n++)
			write_option(x, f, &f->options[n]);
		return;
	}
	c = pool_alloc(s->request->pool, sizeof(*c));
	c->xml = x;
	c->filter = *f;
	c->element = xml_current(x);
	c->lazy = (struct lazy){f->count, c, read_choice, write_choice};
	lazy_set(c->element, &c->lazy);
}
