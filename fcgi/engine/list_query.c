#include <stdlib.h>
#include <string.h>

#include "../core/text.h"
#include "list_query.h"

enum { MARK_SEPARATOR = 0x1f, PAGE_MAX = 1000 };

static enum rc
load_options(struct list_state *s, size_t i)
{
	const struct filter_def *d = &s->def->filters[i];
	struct list_filter *f = &s->filters[i];
	struct request *r = s->request;
	int64_t parent = 0;
	struct db_rows rows = {0};
	enum rc rc;

	if (d->type != FILTER_SELECT)
		return RC_OK;
	if (d->depends >= 0 && s->filters[d->depends].value &&
		!text_int(s->filters[d->depends].value, &parent))
		parent = 0;
	if (d->options >= 0) {
		rc = db_select(r->db, r->pool, (enum sql)d->options,
			DB_ARGS(db_int("parent", parent),
				db_text("lang", r->lang)),
			&rows);
		if (rc)
			return rc;
	}
	f->options = pool_calloc(
		r->pool, rows.count + d->choice_count, sizeof(*f->options));
	for (size_t n = 0; n < d->choice_count; n++)
		f->options[f->count++].value = d->choices[n];
	for (size_t n = 0; n < rows.count; n++) {
		f->options[f->count].value = db_str0(db_row(&rows, n), "value");
		f->options[f->count++].label =
			db_str0(db_row(&rows, n), "label");
	}
	return RC_OK;
}

static bool
has_option(const struct list_filter *f, const char *value)
{
	for (size_t i = 0; i < f->count; i++)
		if (!strcmp(f->options[i].value, value))
			return true;
	return false;
}

/* The value as the filter takes it; NULL: out of its range. */
static const char *
filter_value(struct list_state *s, size_t i, const char *typed)
{
	const struct filter_def *d = &s->def->filters[i];
	struct pool *p = s->request->pool;
	char date[11];

	if (text_length(typed) > 100)
		return NULL;
	switch (d->type) {
	case FILTER_SELECT:
		return has_option(&s->filters[i], typed) ? typed : NULL;
	case FILTER_DATE:
		return text_date(typed, date) ? pool_strdup(p, date) : NULL;
	case FILTER_CODE:
		return text_code(p, typed);
	case FILTER_TEXT:
		break;
	}
	return typed;
}

static enum rc
read_filters(struct list_state *s)
{
	for (size_t i = 0; i < s->def->filter_count; i++) {
		const struct filter_def *d = &s->def->filters[i];
		const char *typed = params_get(&s->request->get, d->id);
		enum rc rc = load_options(s, i);

		if (rc)
			return rc;
		if (!typed)
			continue;
		typed = text_trim(s->request->pool, typed);
		if (!*typed)
			continue;
		s->filters[i].value = filter_value(s, i, typed);
		/* A department of another location goes with its location. */
		if (!s->filters[i].value && d->depends < 0)
			s->ignored = true;
	}
	return RC_OK;
}

static const struct column_def *
sort_column(const struct list_state *s, const char *id)
{
	for (size_t i = 0; i < s->def->column_count; i++)
		if (s->allowed[i] && s->def->columns[i].sort &&
			!strcmp(s->def->columns[i].id, id))
			return &s->def->columns[i];
	return NULL;
}

static void
read_sort(struct list_state *s)
{
	const char *asked = params_get(&s->request->get, "sort");
	const char *order = s->def->order;

	if (asked && *asked) {
		s->descending = *asked == '-';
		s->sort = sort_column(s, asked + s->descending);
		if (s->sort)
			return;
		s->ignored = true;
	}
	s->descending = *order == '-';
	s->sort = sort_column(s, order + s->descending);
}

static void
read_size(struct list_state *s)
{
	const char *asked = params_get(&s->request->get, "size");
	int64_t n;

	s->size = s->def->sizes[0];
	if (!asked || !*asked)
		return;
	if (text_int(asked, &n))
		for (size_t i = 0; i < s->def->size_count; i++)
			if (s->def->sizes[i] == n) {
				s->size = (int)n;
				return;
			}
	s->ignored = true;
}

/* Can it be a value of that column? Codes are ASCII. */
static bool
is_mark(const struct column_def *c, const char *value, size_t len)
{
	if (!strcmp(c->type, "code"))
		for (size_t i = 0; i < len; i++)
			if (value[i] & 0x80)
				return false;
	return text_valid(value, len);
}

static void
read_mark(struct list_state *s, const char *name, bool backwards)
{
	const char *asked = params_get(&s->request->get, name);
	size_t len;
	char *mark;
	char *separator;

	if (!asked || s->mark_tie)
		return;
	mark = (char *)text_base64url_decode(s->request->pool, asked, &len);
	separator = mark ? memchr(mark, MARK_SEPARATOR, len) : NULL;
	if (!separator || !is_mark(s->sort, mark, (size_t)(separator - mark)) ||
		!text_valid(
			separator + 1, len - (size_t)(separator + 1 - mark))) {
		s->ignored = true;
		return;
	}
	s->mark = pool_strndup(
		s->request->pool, mark, (size_t)(separator - mark));
	s->mark_tie = pool_strndup(s->request->pool, separator + 1,
		len - (size_t)(separator + 1 - mark));
	s->backwards = backwards;
}

static void
read_page(struct list_state *s)
{
	const char *asked = params_get(&s->request->get, "page");
	int64_t n;

	s->page = 1;
	if (!asked || !*asked)
		return;
	if (text_int(asked, &n) && n >= 1 && n <= PAGE_MAX)
		s->page = (int)n;
	else
		s->ignored = true;
}

enum rc
list_state_read(struct list_state *s)
{
	bool screen = s->request->format <= FORMAT_XML;
	enum rc rc = read_filters(s);

	for (size_t i = 0; i < s->def->column_count; i++) {
		const struct column_def *c = &s->def->columns[i];

		s->allowed[i] = c->right == LIST_NO_RIGHT ||
				access_may(s->request, (enum right)c->right);
		s->shown[i] = s->allowed[i] &&
			      (screen ? !c->export_only
				      : strcmp(c->type, "link") != 0);
	}
	read_sort(s);
	read_size(s);
	read_page(s);
	read_mark(s, "after", false);
	read_mark(s, "before", true);
	return rc;
}

static void
add_query(struct pool *p, struct buffer *b, const char *name, const char *value)
{
	buffer_printf(b, "%c%s=%s", b->len ? '&' : '?', name,
		text_urlencode(p, value));
}

const char *
list_state_query(
	const struct list_state *s, const char *without, const char *sort)
{
	struct pool *p = s->request->pool;
	struct buffer *b = buffer_create(p);
	const char *now =
		pool_printf(p, "%s%s", s->descending ? "-" : "", s->sort->id);

	for (size_t i = 0; i < s->def->filter_count; i++) {
		const char *id = s->def->filters[i].id;

		if (s->filters[i].value &&
			(!without || strcmp(id, without) != 0))
			add_query(p, b, id, s->filters[i].value);
	}
	if (!sort)
		sort = now;
	if (strcmp(sort, s->def->order) != 0)
		add_query(p, b, "sort", sort);
	if (s->size != s->def->sizes[0])
		add_query(p, b, "size", pool_printf(p, "%d", s->size));
	return b->data;
}

const char *
list_state_with(const struct list_state *s, const char *query, const char *name,
	const char *value)
{
	return pool_printf(s->request->pool, "%s%c%s=%s", query,
		*query ? '&' : '?', name,
		text_urlencode(s->request->pool, value));
}

const char *
list_mark(struct pool *p, const char *value, const char *tie)
{
	const char *text = pool_printf(p, "%s%c%s", value, MARK_SEPARATOR, tie);

	return text_base64url(p, (const unsigned char *)text, strlen(text));
}

static void
add_arg(struct list_sql *q, struct db_arg arg)
{
	if (q->count + 1 < LIST_ARGS_MAX)
		q->args[q->count++] = arg;
	q->args[q->count] = (struct db_arg){NULL, DB_END, 0, NULL, 0};
}

/* For LIKE: its own signs mean themselves. */
static const char *
like_escape(struct pool *p, const char *s)
{
	struct buffer *b = buffer_create(p);

	for (; *s; s++) {
		if (strchr("%_\\", *s))
			buffer_putc(b, '\\');
		buffer_putc(b, *s);
	}
	return b->data;
}

static bool
seeks_code(const struct list_state *s)
{
	for (size_t i = 0; i < s->def->filter_count; i++)
		if (s->def->filters[i].type == FILTER_CODE &&
			s->filters[i].value)
			return true;
	return false;
}

static const char *
filtered_by(const struct list_state *s, size_t i)
{
	const char *value = s->filters[i].value;

	return value || seeks_code(s) ? value : s->def->filters[i].unset;
}

static void
add_filter(const struct list_state *s, size_t i, struct list_sql *q)
{
	const struct filter_def *d = &s->def->filters[i];
	struct pool *p = s->request->pool;
	const char *value = filtered_by(s, i);
	const char *name = pool_printf(p, "f_%s", d->id);

	buffer_puts(q->text, " AND (");
	for (const char *c = d->sql; *c; c++) {
		if (*c == '?')
			buffer_printf(q->text, ":%s", name);
		else
			buffer_putc(q->text, *c);
	}
	buffer_putc(q->text, ')');
	if (strstr(d->sql, "LIKE"))
		value = like_escape(p, value);
	add_arg(q, db_text(name, value));
}

static void
add_from(const struct list_state *s, struct list_sql *q)
{
	buffer_printf(
		q->text, " FROM %s WHERE (%s)", s->def->from, s->def->where);
	for (size_t i = 0; i < s->def->filter_count; i++)
		if (filtered_by(s, i))
			add_filter(s, i, q);
	for (const struct db_arg *a = s->extra; a->type != DB_END; a++)
		add_arg(q, *a);
	add_arg(q, db_text("lang", s->request->lang));
}

static void
begin(const struct list_state *s, struct list_sql *q)
{
	q->text = buffer_create(s->request->pool);
	q->count = 0;
	q->args[0] = (struct db_arg){NULL, DB_END, 0, NULL, 0};
}

void
list_sql_count(const struct list_state *s, struct list_sql *q, int most)
{
	begin(s, q);
	buffer_puts(q->text, "SELECT COUNT(*) AS total FROM (SELECT 1");
	add_from(s, q);
	if (most)
		buffer_printf(q->text, " LIMIT %d", most);
	buffer_puts(q->text, ") t");
}

/* The expression that is sorted by, never NULL. */
static const char *
sort_expression(const struct list_state *s)
{
	if (!s->sort->empty)
		return s->sort->sort;
	return pool_printf(s->request->pool, "IFNULL(%s, '%s')", s->sort->sort,
		s->sort->empty);
}

static void
add_mark(const struct list_state *s, struct list_sql *q, bool down)
{
	const char *by = sort_expression(s);
	char sign = down ? '<' : '>';

	buffer_printf(q->text,
		" AND (%s %c :mark OR (%s = :mark AND %s %c :mark_tie))", by,
		sign, by, s->def->tie, sign);
	add_arg(q, db_text("mark", s->mark));
	add_arg(q, db_text("mark_tie", s->mark_tie));
}

static void
add_columns(const struct list_state *s, struct list_sql *q)
{
	const struct list_def *d = s->def;

	for (size_t i = 0; i < d->column_count; i++) {
		const struct column_def *c = &d->columns[i];

		if (!s->shown[i])
			continue;
		buffer_printf(q->text, ", %s AS c%zu", c->sql, i);
		if (c->client)
			buffer_printf(q->text, ", %s AS k%zu", c->client, i);
	}
}

/*
 * Which rows are on the page is found first, with no more than the order
 * needs: a LEFT JOIN by a whole key that nothing asks for is not made.
 */
static void
add_page(const struct list_state *s, struct list_sql *q, int limit)
{
	bool down = s->descending != s->backwards;
	const char *direction = down ? "DESC" : "ASC";
	const char *tie = s->def->tie;

	buffer_printf(q->text,
		"SELECT %s AS row_key, page.row_tie, page.row_sort",
		s->def->key);
	add_columns(s, q);
	buffer_printf(q->text, " FROM (SELECT %s AS row_tie, %s AS row_sort",
		tie, sort_expression(s));
	add_from(s, q);
	if (s->mark_tie)
		add_mark(s, q, down);
	buffer_printf(q->text,
		" ORDER BY row_sort %s, row_tie %s LIMIT :limit OFFSET :offset)"
		" page STRAIGHT_JOIN %s WHERE %s = page.row_tie"
		" ORDER BY page.row_sort %s, page.row_tie %s",
		direction, direction, s->def->from, tie, direction, direction);
	add_arg(q, db_int("limit", limit));
	add_arg(q, db_int("offset",
			   s->mark_tie ? 0 : (int64_t)(s->page - 1) * s->size));
}

void
list_sql_rows(const struct list_state *s, struct list_sql *q, int limit)
{
	const char *direction = s->descending ? "DESC" : "ASC";

	begin(s, q);
	if (limit) {
		add_page(s, q, limit);
		return;
	}
	buffer_printf(q->text,
		"SELECT %s AS row_key, %s AS row_tie, %s AS "
		"row_sort",
		s->def->key, s->def->tie, sort_expression(s));
	add_columns(s, q);
	add_from(s, q);
	buffer_printf(q->text, " ORDER BY row_sort %s, row_tie %s", direction,
		direction);
}
