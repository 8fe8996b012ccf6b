#include <stdio.h>
#include <string.h>

#include "../core/render.h"
#include "../core/text.h"
#include "list_rows.h"
#include "list_write.h"

enum { PAGES_SHOWN = 7 };

/* c12: made by list_query.c. */
const char *
list_cell(const struct list_def *d, size_t column, struct db_row row)
{
	char name[24];

	(void)d;
	snprintf(name, sizeof(name), "c%zu", column);
	return db_str(row, name);
}

/* Value of {name} in an address. */
static const char *
href_value(const struct list_def *d, struct db_row row, const char *name,
	size_t len)
{
	if (len == 3 && !strncmp(name, "key", 3))
		return db_str0(row, "row_key");
	for (size_t i = 0; i < d->column_count; i++)
		if (strlen(d->columns[i].id) == len &&
			!strncmp(d->columns[i].id, name, len))
			return list_cell(d, i, row);
	return NULL;
}

const char *
list_href(struct pool *p, const struct list_def *d, const char *pattern,
	struct db_row row)
{
	struct buffer *b = buffer_create(p);

	while (*pattern) {
		const char *end = strchr(pattern, '}');
		const char *value;

		if (*pattern != '{' || !end) {
			buffer_putc(b, *pattern++);
			continue;
		}
		value = href_value(
			d, row, pattern + 1, (size_t)(end - pattern - 1));
		if (!value)
			return NULL;
		buffer_puts(b, text_urlencode(p, value));
		pattern = end + 1;
	}
	return b->data;
}

/* A click sorts by the column, a second one turns it round. */
static void
write_sort(const struct list_state *s, const struct column_def *c)
{
	struct xml *x = s->request->xml;
	struct pool *p = s->request->pool;
	const char *next = c->id;

	if (s->sort != c) {
		xml_attr(x, "sort", "yes");
	} else {
		xml_attr(x, "sort", s->descending ? "desc" : "asc");
		if (!s->descending)
			next = pool_printf(p, "-%s", c->id);
	}
	xml_attr(x, "href",
		pool_printf(
			p, "%s%s", s->href, list_state_query(s, NULL, next)));
}

static void
write_columns(const struct list_state *s)
{
	struct xml *x = s->request->xml;

	xml_open(x, "columns");
	for (size_t i = 0; i < s->def->column_count; i++) {
		const struct column_def *c = &s->def->columns[i];

		if (!s->shown[i])
			continue;
		xml_open(x, "column");
		xml_attr(x, "id", c->id);
		xml_attr(x, "type", c->type);
		xml_attr(x, "set", c->set);
		xml_attr(x, "under", c->under);
		xml_attr(x, "card", c->card);
		xml_attr(x, "key", c->key ? "yes" : NULL);
		if (c->sort)
			write_sort(s, c);
		xml_close(x);
	}
	xml_close(x);
}

void
list_hidden_write(struct xml *x, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	xml_open(x, "hidden");
	xml_attr(x, "name", name);
	xml_attr(x, "value", value);
	xml_close(x);
}

/* What the form of the filters keeps: sort and size. */
static void
write_kept(const struct list_state *s)
{
	struct pool *p = s->request->pool;
	const char *sort =
		pool_printf(p, "%s%s", s->descending ? "-" : "", s->sort->id);

	if (strcmp(sort, s->def->order) != 0)
		list_hidden_write(s->request->xml, "sort", sort);
	if (s->size != s->def->sizes[0])
		list_hidden_write(
			s->request->xml, "size", pool_printf(p, "%d", s->size));
	if (s->selects && s->picks.count)
		list_hidden_write(
			s->request->xml, "pick", picks_text(p, &s->picks));
}

/* hidden: one field more, or NULL. */
static void
write_filters(const struct list_state *s, const char *hidden, const char *value)
{
	struct xml *x = s->request->xml;
	int active = 0;

	if (!s->def->filter_count)
		return;
	for (size_t i = 0; i < s->def->filter_count; i++)
		active += s->filters[i].value != NULL;
	xml_open(x, "filters");
	xml_attr_int(x, "active", active);
	for (size_t i = 0; i < s->def->filter_count; i++) {
		const struct filter_def *d = &s->def->filters[i];
		const struct list_filter *f = &s->filters[i];

		xml_open(x, "filter");
		xml_attr(x, "id", d->id);
		xml_attr(x, "type", filter_type_names[d->type]);
		xml_attr(x, "set", d->set);
		if (d->depends >= 0)
			xml_attr(x, "depends", s->def->filters[d->depends].id);
		if (f->value)
			xml_elem(x, "value", f->value);
		list_options_write(s, f);
		xml_close(x);
	}
	if (hidden)
		list_hidden_write(x, hidden, value);
	else
		write_kept(s);
	xml_close(x);
}

static void
write_tab_count(struct xml *x, const char *count)
{
	int64_t n;
	bool capped = count && text_int(count, &n) && n > LIST_COUNT_MAX;

	if (capped) {
		xml_attr_int(x, "count", LIST_COUNT_MAX);
		xml_attr(x, "capped", "yes");
	} else {
		xml_attr(x, "count", count);
	}
}

/* A tab starts the list anew, by one value of one filter. */
static void
write_tab(const struct list_state *s, size_t i, const char *value,
	const char *count)
{
	const struct filter_def *d = &s->def->filters[i];
	const char *now = s->filters[i].value;
	bool unset = d->unset && !strcmp(value, d->unset);
	struct xml *x = s->request->xml;

	xml_open(x, "tab");
	xml_attr(x, "id", value);
	write_tab_count(x, count);
	xml_attr(x, "href",
		unset ? s->href
		      : pool_printf(s->request->pool, "%s?%s=%s", s->href,
				d->id, value));
	if (now ? !strcmp(now, value) : unset)
		xml_attr(x, "current", "yes");
	xml_close(x);
}

static enum rc
write_tabs(const struct list_state *s, size_t i)
{
	const struct filter_def *d = &s->def->filters[i];
	struct request *r = s->request;
	struct db_row row;

	if (db_one(r->db, r->pool, (enum sql)d->tabs, DB_NO_ARGS, &row))
		return RC_FAIL;
	xml_open(r->xml, "tabs");
	for (size_t n = 0; n < row.rows->columns; n++) {
		const char *value = row.rows->names[n];

		write_tab(s, i, value, db_str(row, value));
	}
	xml_close(r->xml);
	return RC_OK;
}

static const char *
chip_text(const struct list_filter *f)
{
	for (size_t n = 0; n < f->count; n++)
		if (!strcmp(f->options[n].value, f->value) &&
			f->options[n].label)
			return f->options[n].label;
	return f->value;
}

const char *
list_about(const struct list_state *s)
{
	struct request *r = s->request;
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < s->def->filter_count; i++) {
		const struct filter_def *d = &s->def->filters[i];
		const struct list_filter *f = &s->filters[i];
		const char *value;

		if (!f->value)
			continue;
		if (d->set)
			value = words_text(render_words(r->render), r->pool,
				lang_parse(r->lang),
				pool_printf(r->pool, "%s.%s", d->set, f->value),
				0, NULL);
		else
			value = format_value(r->pool, lang_parse(r->lang),
				filter_type_names[d->type], chip_text(f));
		buffer_printf(b, "%s%s: %s", b->len ? " · " : "",
			words_text(render_words(r->render), r->pool,
				lang_parse(r->lang),
				pool_printf(r->pool, "list.%s.filter.%s",
					s->def->id, d->id),
				0, NULL),
			value);
	}
	return b->data;
}

/* Without a location its department goes too. */
static const char *
chip_href(const struct list_state *s, size_t i)
{
	struct list_state less = *s;

	less.filters[i].value = NULL;
	for (size_t n = i + 1; n < s->def->filter_count; n++) {
		int on = s->def->filters[n].depends;

		if (on >= 0 && !less.filters[on].value)
			less.filters[n].value = NULL;
	}
	return pool_printf(s->request->pool, "%s%s", s->href,
		list_state_query(&less, NULL, NULL));
}

static void
write_chips(const struct list_state *s)
{
	struct xml *x = s->request->xml;

	xml_open(x, "chips");
	for (size_t i = 0; i < s->def->filter_count; i++) {
		const struct filter_def *d = &s->def->filters[i];

		if (!s->filters[i].value)
			continue;
		xml_open(x, "chip");
		xml_attr(x, "filter", d->id);
		xml_attr(x, "href", chip_href(s, i));
		if (d->type != FILTER_TEXT && d->options < 0)
			xml_attr(x, "type",
				d->set ? "state" : filter_type_names[d->type]);
		xml_attr(x, "set", d->set);
		xml_text(x, chip_text(&s->filters[i]));
		xml_close(x);
	}
	xml_close(x);
}

void
list_filters_write(
	const struct list_state *s, const char *hidden, const char *value)
{
	write_filters(s, hidden, value);
	write_chips(s);
}

static void
write_sort_value(
	const struct list_state *s, const struct column_def *c, bool down)
{
	struct xml *x = s->request->xml;

	xml_open(x, "sort");
	xml_attr(x, "value",
		pool_printf(s->request->pool, "%s%s", down ? "-" : "", c->id));
	xml_attr(x, "type", c->type);
	if (s->sort == c && s->descending == down)
		xml_attr(x, "selected", "yes");
	xml_close(x);
}

static void
write_sorts(const struct list_state *s)
{
	struct xml *x = s->request->xml;

	xml_open(x, "sorts");
	for (size_t i = 0; i < s->def->column_count; i++) {
		const struct column_def *c = &s->def->columns[i];

		if (!s->allowed[i] || !c->sort)
			continue;
		write_sort_value(s, c, false);
		write_sort_value(s, c, true);
	}
	xml_close(x);
}

static void
write_rows(const struct list_state *s, const struct list_result *r)
{
	struct xml *x = s->request->xml;
	char now[21];

	xml_open(x, "rows");
	xml_attr_int(x, "total", r->total);
	xml_attr(x, "capped", r->capped ? "yes" : "no");
	if (s->request->format == FORMAT_PDF) {
		text_now(now);
		xml_attr(x, "printed", now);
	}
	if (!s->mark_tie && r->count) {
		int64_t first = (int64_t)(s->page - 1) * s->size;

		xml_attr_int(x, "from", first + 1);
		xml_attr_int(x, "to", first + (int64_t)r->count);
	}
	list_rows_write(s, r);
	xml_close(x);
}

static const char *
page_href(const struct list_state *s, int page)
{
	struct pool *p = s->request->pool;
	const char *query = list_state_query(s, NULL, NULL);

	if (page > 1)
		query = list_state_with(
			s, query, "page", pool_printf(p, "%d", page));
	return pool_printf(p, "%s%s", s->href, query);
}

static void
write_link(struct xml *x, const char *name, const char *href)
{
	xml_open(x, name);
	xml_attr(x, "href", href);
	xml_close(x);
}

/* The page after or before a row; name and value for a button of the form. */
static void
write_mark(const struct list_state *s, const char *element, const char *name,
	struct db_row row)
{
	struct xml *x = s->request->xml;
	struct pool *p = s->request->pool;
	const char *mark =
		list_mark(p, db_str(row, "row_sort"), db_str0(row, "row_tie"));
	const char *query =
		list_state_with(s, list_state_query(s, NULL, NULL), name, mark);

	xml_open(x, element);
	xml_attr(x, "href", pool_printf(p, "%s%s", s->href, query));
	if (s->selects) {
		xml_attr(x, "name", name);
		xml_attr(x, "value", mark);
	}
	xml_close(x);
}

/* First, last and those around the current one. */
static bool
page_shown(int n, int page, int pages)
{
	if (pages <= PAGES_SHOWN || n == 1 || n == pages)
		return true;
	if (page <= 3)
		return n <= 4;
	if (page >= pages - 2)
		return n >= pages - 3;
	return n >= page - 1 && n <= page + 1;
}

static void
write_page_numbers(const struct list_state *s, int pages)
{
	struct xml *x = s->request->xml;
	bool gap = false;

	if (s->page > 1)
		write_link(x, "previous", page_href(s, s->page - 1));
	for (int n = 1; n <= pages; n++) {
		if (!page_shown(n, s->page, pages)) {
			if (!gap)
				xml_elem(x, "gap", NULL);
			gap = true;
			continue;
		}
		gap = false;
		xml_open(x, "page");
		xml_attr_int(x, "n", n);
		xml_attr(x, "href", page_href(s, n));
		xml_attr(x, "current", n == s->page ? "yes" : NULL);
		xml_close(x);
	}
	if (s->page < pages)
		write_link(x, "next", page_href(s, s->page + 1));
}

static void
write_keyset(const struct list_state *s, const struct list_result *r)
{
	size_t first = r->reversed ? r->count - 1 : 0;
	size_t last = r->reversed ? 0 : r->count - 1;

	if (!r->count)
		return;
	if (r->previous)
		write_mark(s, "previous", "before", db_row(&r->rows, first));
	if (r->next)
		write_mark(s, "next", "after", db_row(&r->rows, last));
}

static void
write_pager(const struct list_state *s, const struct list_result *r)
{
	struct xml *x = s->request->xml;
	int pages = (int)((r->total + s->size - 1) / s->size);

	xml_open(x, "pager");
	xml_attr_int(x, "size", s->size);
	if (!r->capped) {
		xml_attr_int(x, "page", s->page);
		xml_attr_int(x, "pages", pages);
	}
	for (size_t i = 0; i < s->def->size_count; i++) {
		struct list_state other = *s;

		other.size = s->def->sizes[i];
		xml_open(x, "size");
		xml_attr_int(x, "n", other.size);
		xml_attr(x, "href",
			pool_printf(s->request->pool, "%s%s", s->href,
				list_state_query(&other, NULL, NULL)));
		if (other.size == s->size)
			xml_attr(x, "current", "yes");
		xml_close(x);
	}
	if (r->capped)
		write_keyset(s, r);
	else
		write_page_numbers(s, pages);
	xml_close(x);
}

static void
write_export(const struct list_state *s, const char *format)
{
	struct xml *x = s->request->xml;
	struct list_state all = *s;

	all.picks.count = 0;

	xml_open(x, "export");
	xml_attr(x, "format", format);
	xml_attr(x, "href",
		pool_printf(s->request->pool, "%s%s.%s%s", s->href, s->def->at,
			format, list_state_query(&all, NULL, NULL)));
	xml_close(x);
}

enum rc
list_write(const struct list_state *s, const struct list_result *r)
{
	struct xml *x = s->request->xml;
	enum rc rc = RC_OK;

	xml_open(x, "list");
	xml_attr(x, "id", s->def->id);
	xml_attr(x, "href", s->href);
	xml_attr(x, "select", s->selects ? "yes" : NULL);
	for (size_t i = 0; !rc && i < s->def->filter_count; i++)
		if (s->def->filters[i].tabs >= 0 &&
			s->request->format <= FORMAT_XML)
			rc = write_tabs(s, i);
	write_columns(s);
	write_filters(s, NULL, NULL);
	write_chips(s);
	write_sorts(s);
	if (s->selects)
		list_select_write(s, r);
	write_rows(s, r);
	write_pager(s, r);
	if (s->def->pdf || s->def->xlsx) {
		xml_open(x, "exports");
		if (s->def->pdf)
			write_export(s, "pdf");
		if (s->def->xlsx)
			write_export(s, "xlsx");
		xml_close(x);
	}
	xml_close(x);
	return rc;
}
