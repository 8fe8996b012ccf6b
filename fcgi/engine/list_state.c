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

/* Of a select: what stands in the descriptor, and what is found. */
static enum rc
load_options(struct list_state *s, size_t i, bool fresh)
{
	const struct filter_def *d = &s->def->filters[i];
	struct list_filter *f = &s->filters[i];
	const struct options *found = NULL;
	struct option *all;
	enum rc rc = RC_OK;

	f->count = 0;
	f->found = false;
	if (d->options >= 0)
		rc = options_get(s->request, (enum sql)d->options,
			parent_of(s, i), fresh, &found);
	if (rc)
		return rc;
	if (found && !d->choice_count) {
		f->count = found->count;
		f->options = found->at;
		f->found = found->count > 0;
		return RC_OK;
	}
	all = pool_calloc(s->request->pool,
		d->choice_count + (found ? found->count : 0), sizeof(*all));
	for (size_t c = 0; c < d->choice_count; c++)
		all[f->count++].value = d->choices[c].value;
	for (size_t k = 0; found && k < found->count; k++)
		all[f->count++] = found->at[k];
	f->options = all;
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

/* *value as the filter takes it; NULL: out of its range. */
static enum rc
take_value(struct list_state *s, size_t i, const char **value)
{
	const struct filter_def *d = &s->def->filters[i];
	struct pool *p = s->request->pool;
	const char *typed = *value;
	char date[11];

	if (text_length(typed) > 100) {
		*value = NULL;
		return RC_OK;
	}
	switch (d->type) {
	case FILTER_SELECT:
		/* What is kept may not have it yet. */
		if (!has_option(&s->filters[i], typed)) {
			enum rc rc = load_options(s, i, true);

			if (rc)
				return rc;
		}
		if (!has_option(&s->filters[i], typed))
			*value = NULL;
		break;
	case FILTER_DATE:
		*value = text_date(typed, date) ? pool_strdup(p, date) : NULL;
		break;
	case FILTER_CODE:
		*value = text_code(p, typed);
		break;
	case FILTER_TEXT:
		break;
	}
	return RC_OK;
}

static const char *
typed_value(const struct list_state *s, size_t i)
{
	const char *typed = params_get(&s->request->get, s->def->filters[i].id);

	if (typed)
		typed = text_trim(s->request->pool, typed);
	return typed && *typed ? typed : NULL;
}

/* Those that a filter goes by stand before it. */
static enum rc
read_filters(struct list_state *s)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->def->filter_count && !rc; i++) {
		const struct filter_def *d = &s->def->filters[i];
		struct list_filter *f = &s->filters[i];

		f->value = typed_value(s, i);
		rc = load_options(s, i, false);
		if (rc || !f->value)
			continue;
		rc = take_value(s, i, &f->value);
		s->other_rows |= !f->value;
		/* A department of another location goes with its location. */
		s->ignored |= !f->value && d->depends < 0;
	}
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
		s->ignored = s->other_rows = true;
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

bool
list_deed_allowed(const struct list_state *s, const struct deed_def *d)
{
	return d->right == LIST_NO_RIGHT ||
	       access_may(s->request, (enum right)d->right);
}

static void
read_picks(struct list_state *s)
{
	const struct list_def *d = s->def;

	for (size_t i = 0; i < d->deed_count; i++)
		s->selects |= s->request->format <= FORMAT_XML &&
			      list_deed_allowed(s, &d->deeds[i]);
	if (d->deed_count)
		picks_read(s->request, &s->picks);
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
		s->shown[i] = s->allowed[i] && !c->document &&
			      (screen ? !c->export_only
				      : strcmp(c->type, "link") != 0);
	}
	read_sort(s);
	read_size(s);
	read_page(s);
	read_mark(s, "after", false);
	read_mark(s, "before", true);
	read_picks(s);
	return rc;
}

static void
add_query(struct pool *p, struct buffer *b, const char *name, const char *value)
{
	buffer_putc(b, b->len ? '&' : '?');
	buffer_puts(b, name);
	buffer_putc(b, '=');
	buffer_puts(b, text_urlencode(p, value));
}

static const char *
sort_word(const struct list_state *s)
{
	return s->descending ? pool_printf(s->request->pool, "-%s", s->sort->id)
			     : s->sort->id;
}

const char *
list_state_query(
	const struct list_state *s, const char *without, const char *sort)
{
	struct pool *p = s->request->pool;
	struct buffer *b = buffer_create(p);

	for (size_t i = 0; i < s->def->filter_count; i++) {
		const char *id = s->def->filters[i].id;

		if (s->filters[i].value &&
			(!without || strcmp(id, without) != 0))
			add_query(p, b, id, s->filters[i].value);
	}
	if (!sort)
		sort = sort_word(s);
	if (strcmp(sort, s->def->order) != 0)
		add_query(p, b, "sort", sort);
	if (s->size != s->def->sizes[0])
		add_query(p, b, "size", pool_printf(p, "%d", s->size));
	if (s->picks.count)
		add_query(p, b, "pick", picks_text(p, &s->picks));
	return b->data;
}

const char *
list_state_with(const struct list_state *s, const char *query, const char *name,
	const char *value)
{
	struct buffer *b = buffer_create(s->request->pool);

	buffer_puts(b, query);
	add_query(s->request->pool, b, name, value);
	return b->data;
}

const char *
list_mark(struct pool *p, const char *value, const char *tie)
{
	const char *text = pool_printf(p, "%s%s%c%s", value ? "=" : "",
		value ? value : "", MARK_SEPARATOR, tie);

	return text_base64url(p, (const unsigned char *)text, strlen(text));
}
