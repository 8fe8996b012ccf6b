#include <string.h>

#include "../core/text.h"
#include "list_state.h"

enum { MARK_SEPARATOR = 0x1f, PAGE_MAX = 1000 };

/* The value of the filter that this one depends on; 0: none. */
static int64_t
parent_of(const struct list_state *s, size_t i)
{
	int on = s->def->filters[i].depends;
	int64_t parent;

	if (on < 0 || !s->filters[on].value ||
		!text_int(s->filters[on].value, &parent))
		return 0;
	return parent;
}

/* The options of one filter; what they go by gets a name of its own. */
static void
add_options(const struct list_state *s, size_t i, struct buffer *sql,
	struct db_arg *parent)
{
	static const char name[] = ":parent";
	const char *text = sql_texts[s->def->filters[i].options].text;

	buffer_printf(sql, "%sSELECT %zu AS filter, value, label FROM (",
		sql->len ? " UNION ALL " : "", i);
	for (const char *next; (next = strstr(text, name));) {
		buffer_add(sql, text, (size_t)(next - text));
		buffer_printf(sql, "%s_%zu", name, i);
		text = next + sizeof(name) - 1;
	}
	buffer_printf(sql, "%s) options_%zu", text, i);
	*parent = db_int(pool_printf(s->request->pool, "parent_%zu", i),
		parent_of(s, i));
}

/* Of all filters at once: by label, as each statement has them. */
static enum rc
select_options(const struct list_state *s, struct db_rows *rows)
{
	struct request *r = s->request;
	struct buffer *sql = buffer_create(r->pool);
	struct db_arg args[LIST_FILTERS_MAX + 2];
	size_t count = 0;

	for (size_t i = 0; i < s->def->filter_count; i++)
		if (s->def->filters[i].options >= 0)
			add_options(s, i, sql, &args[count++]);
	if (!count)
		return RC_OK;
	buffer_puts(sql, " ORDER BY filter, label");
	args[count++] = db_text("lang", r->lang);
	args[count] = DB_NO_ARGS[0];
	return db_select_text(r->db, r->pool, sql->data, args, rows);
}

static enum rc
load_options(struct list_state *s)
{
	struct pool *p = s->request->pool;
	struct db_rows rows = {0};
	size_t n = 0;
	enum rc rc = select_options(s, &rows);

	for (size_t i = 0; i < s->def->filter_count && !rc; i++) {
		const struct filter_def *d = &s->def->filters[i];
		struct list_filter *f = &s->filters[i];
		size_t first = n;

		while (n < rows.count &&
			db_num(db_row(&rows, n), "filter") == (int64_t)i)
			n++;
		f->count = 0;
		f->options = pool_calloc(
			p, n - first + d->choice_count, sizeof(*f->options));
		for (size_t c = 0; c < d->choice_count; c++)
			f->options[f->count++].value = d->choices[c];
		for (size_t k = first; k < n; k++)
			f->options[f->count++] = (struct list_option){
				db_str0(db_row(&rows, k), "value"),
				db_str0(db_row(&rows, k), "label")};
	}
	return rc;
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

/* What was typed, of which not all need be a value. */
static void
read_typed(struct list_state *s)
{
	for (size_t i = 0; i < s->def->filter_count; i++) {
		const char *typed =
			params_get(&s->request->get, s->def->filters[i].id);

		if (typed)
			typed = text_trim(s->request->pool, typed);
		s->filters[i].value = typed && *typed ? typed : NULL;
	}
}

/* True where one that another filter goes by was dropped. */
static bool
check_filters(struct list_state *s)
{
	bool again = false;

	for (size_t i = 0; i < s->def->filter_count; i++) {
		const struct filter_def *d = &s->def->filters[i];
		struct list_filter *f = &s->filters[i];

		if (!f->value)
			continue;
		f->value = filter_value(s, i, f->value);
		if (f->value)
			continue;
		/* A department of another location goes with its location. */
		if (d->depends < 0)
			s->ignored = true;
		for (size_t n = i + 1; n < s->def->filter_count; n++)
			again |= s->def->filters[n].depends == (int)i;
	}
	return again;
}

static enum rc
read_filters(struct list_state *s)
{
	enum rc rc;

	read_typed(s);
	do
		rc = load_options(s);
	while (!rc && check_filters(s));
	return rc;
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

/* Can it be a value of that column? Codes are ASCII, states are numbers. */
static bool
is_mark(const struct column_def *c, const char *value, size_t len)
{
	bool digits = !strcmp(c->type, "state");

	if (digits || !strcmp(c->type, "code"))
		for (size_t i = 0; i < len; i++)
			if (value[i] & 0x80 ||
				(digits && (value[i] < '0' || value[i] > '9')))
				return false;
	return text_valid(value, len);
}

/* "=value", or nothing for NULL; the separator; the tie-breaker. */
static bool
split_mark(struct list_state *s, char *text, size_t len)
{
	struct pool *p = s->request->pool;
	char *separator = memchr(text, MARK_SEPARATOR, len);
	size_t value = separator ? (size_t)(separator - text) : 0;
	const char *tie;
	int64_t n;

	if (!separator || (value && *text != '=') || (!value && !s->sort->null))
		return false;
	tie = pool_strndup(p, separator + 1, len - value - 1);
	if (!text_int(tie, &n) ||
		(value && !is_mark(s->sort, text + 1, value - 1)))
		return false;
	s->mark = value ? pool_strndup(p, text + 1, value - 1) : NULL;
	s->mark_tie = tie;
	return true;
}

static void
read_mark(struct list_state *s, const char *name, bool backwards)
{
	const char *asked = params_get(&s->request->get, name);
	size_t len;
	char *text;

	if (!asked || s->mark_tie)
		return;
	text = (char *)text_base64url_decode(s->request->pool, asked, &len);
	if (text && split_mark(s, text, len))
		s->backwards = backwards;
	else
		s->ignored = true;
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
	const char *text = pool_printf(p, "%s%s%c%s", value ? "=" : "",
		value ? value : "", MARK_SEPARATOR, tie);

	return text_base64url(p, (const unsigned char *)text, strlen(text));
}
