#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../core/text.h"
#include "../rules/calendar.h"
#include "list_query.h"

enum {
	DIGITS_MAX = 10,
	TRY_ROWS = 5000,
	MOMENT_SIZE = 20,
	NUMBER_DIGITS = 6, /* of a series, behind the year */
	NUMBER_YEARS = 10  /* as long as the law wants things kept, and more */
};

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

	if (s->only_picked)
		return NULL;
	return value || seeks_code(s) ? value : s->def->filters[i].unset;
}

/* What is asked of the rows by what filter i is set to. */
static const char *
condition_of(const struct list_state *s, size_t i)
{
	const struct filter_def *d = &s->def->filters[i];
	const char *value = filtered_by(s, i);

	if (d->unset_sql && !strcmp(value, d->unset))
		return d->unset_sql;
	for (size_t c = 0; c < d->choice_count; c++)
		if (d->choices[c].sql && !strcmp(value, d->choices[c].value))
			return d->choices[c].sql;
	return d->sql;
}

/* A number that begins so lies between 204 and 204, or 2040 and 2049, or … */
static void
add_prefix(const struct list_state *s, size_t i, struct list_sql *q)
{
	const struct filter_def *d = &s->def->filters[i];
	struct pool *p = s->request->pool;
	const char *value = s->filters[i].value;
	size_t len = strlen(value);
	int64_t first, last;

	if (!text_int(value, &first) || *value < '1' || *value > '9' ||
		len > DIGITS_MAX) {
		buffer_puts(q->text, " AND FALSE");
		return;
	}
	last = first;
	buffer_puts(q->text, " AND (FALSE");
	for (size_t n = 1; n <= DIGITS_MAX; n++) {
		const char *from = pool_printf(p, "f_%s_from_%zu", d->id, n);
		const char *to = pool_printf(p, "f_%s_to_%zu", d->id, n);

		buffer_printf(q->text, " OR %s BETWEEN :%s AND :%s", d->prefix,
			from, to);
		add_arg(q, db_int(from, first));
		add_arg(q, db_int(to, last));
		if (n < len)
			continue;
		first *= 10;
		last = last * 10 + 9;
	}
	buffer_putc(q->text, ')');
}

/*
 * 2026-00 begins so, and 26-00; 123 is 2026-000123, or that of a year before,
 * as people say it.
 */
static void
add_numbered(const struct list_state *s, size_t i, struct list_sql *q)
{
	const struct filter_def *d = &s->def->filters[i];
	struct pool *p = s->request->pool;
	const char *value = s->filters[i].value;
	char today[DATE_SIZE];
	int64_t n;
	int year;

	if (!text_int(value, &n) || strlen(value) > NUMBER_DIGITS) {
		const char *name = pool_printf(p, "f_%s", d->id);

		buffer_printf(q->text, " AND %s LIKE :%s", d->numbered, name);
		add_arg(q, db_text(name,
				   pool_printf(p, "%s%s%%",
					   strlen(value) > 2 && value[2] == '-'
						   ? "20"
						   : "",
					   like_escape(p, value))));
		return;
	}
	text_today(today);
	year = (int)strtol(today, NULL, 10);
	buffer_printf(q->text, " AND %s IN (", d->numbered);
	for (int back = 0; back < NUMBER_YEARS; back++) {
		const char *name = pool_printf(p, "f_%s_%d", d->id, back);

		buffer_printf(q->text, "%s:%s", back ? ", " : "", name);
		add_arg(q,
			db_text(name, pool_printf(p, "%d-%0*lld", year - back,
					      NUMBER_DIGITS, (long long)n)));
	}
	buffer_putc(q->text, ')');
}

/* 2026-11-21 23:00:00: when a day of ours begins, or the one after it. */
static const char *
moment_of(struct pool *p, const char *date, int moment)
{
	time_t at = calendar_day_begin(calendar_days_of(date) + (moment > 0));
	char *text = pool_alloc(p, MOMENT_SIZE);
	struct tm tm;

	gmtime_r(&at, &tm);
	strftime(text, MOMENT_SIZE, "%Y-%m-%d %H:%M:%S", &tm);
	return text;
}

static void
add_filter(const struct list_state *s, size_t i, struct list_sql *q)
{
	const struct filter_def *d = &s->def->filters[i];
	struct pool *p = s->request->pool;
	const char *value = filtered_by(s, i);
	const char *name = pool_printf(p, "f_%s", d->id);
	const char *sql = condition_of(s, i);

	if (d->prefix) {
		add_prefix(s, i, q);
		return;
	}
	if (d->numbered) {
		add_numbered(s, i, q);
		return;
	}
	buffer_puts(q->text, " AND (");
	for (const char *c = sql; *c; c++) {
		if (*c == '?')
			buffer_printf(q->text, ":%s", name);
		else
			buffer_putc(q->text, *c);
	}
	buffer_putc(q->text, ')');
	if (d->moment)
		value = moment_of(p, value, d->moment);
	if (strstr(sql, "LIKE"))
		value = like_escape(p, value);
	if (strchr(sql, '?'))
		add_arg(q, db_text(name, value));
}

/* A list with commas: keys hold none. */
static void
add_picks(const struct list_state *s, struct list_sql *q)
{
	char *keys = pool_strdup(
		s->request->pool, picks_text(s->request->pool, &s->picks));

	for (char *c = keys; *c; c++)
		if (*c == '.')
			*c = ',';
	buffer_printf(q->text, " AND FIND_IN_SET(%s, :picks)", s->def->key);
	add_arg(q, db_text("picks", keys));
}

/* Up: from small to large, as the rows are read, not as they are shown. */
static bool
goes_up(const struct list_state *s)
{
	return s->descending == s->backwards;
}

static bool
has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (; words && *words; words += strspn(words, " ")) {
		if (strcspn(words, " ") == len && !strncmp(words, word, len))
			return true;
		words += strcspn(words, " ");
	}
	return false;
}

bool
list_is_fixed(const struct list_state *s)
{
	for (size_t i = 0; i < s->def->filter_count; i++)
		if (filtered_by(s, i) &&
			has_word(s->def->filters[i].fixes, s->sort->id))
			return true;
	return false;
}

/* The mark's place in the order; NULL is the least. */
static void
add_mark(const struct list_state *s, struct list_sql *q)
{
	const char *by = s->sort->sort;
	const char *tie = s->def->tie;
	bool up = goes_up(s);
	int64_t n;

	if (list_is_fixed(s)) {
		buffer_printf(
			q->text, " AND %s %c :mark_tie", tie, up ? '>' : '<');
	} else if (!s->mark) {
		buffer_printf(q->text,
			up ? " AND (%s IS NOT NULL OR %s > :mark_tie)"
			   : " AND %s IS NULL AND %s < :mark_tie",
			by, tie);
	} else {
		char sign = up ? '>' : '<';

		buffer_printf(q->text,
			" AND (%s %c :mark OR %s = :mark AND %s %c :mark_tie",
			by, sign, by, tie, sign);
		if (!up && s->sort->null)
			buffer_printf(q->text, " OR %s IS NULL", by);
		buffer_putc(q->text, ')');
		add_arg(q, strcmp(s->sort->type, "state") != 0 ||
					   !text_int(s->mark, &n)
				   ? db_text("mark", s->mark)
				   : db_int("mark", n));
	}
	if (text_int(s->mark_tie, &n))
		add_arg(q, db_int("mark_tie", n));
}

/* Those named, with commas between. */
static void
add_indexes(struct buffer *list, const char *names)
{
	for (; names && *names; names += strspn(names, " ")) {
		size_t len = strcspn(names, " ");

		buffer_printf(
			list, "%s%.*s", list->len ? ", " : "", (int)len, names);
		names += len;
	}
}

/*
 * The indexes that the database may look into: it tries each that there is
 * for every statement, which takes longer than to read a page's rows.
 */
static const char *
candidates(const struct list_state *s)
{
	const struct list_def *d = s->def;
	struct request *r = s->request;
	struct buffer *list = buffer_create(r->pool);

	for (size_t i = 0; i < d->filter_count; i++)
		if (filtered_by(s, i))
			add_indexes(list, d->filters[i].index);
	if (!list->len || !db_get_scope(r->db)->all_places)
		add_indexes(list, d->index);
	return list->data;
}

/* Which index leads to the rows: behind the first table and its alias. */
static void
add_way(const struct list_state *s, struct list_sql *q, enum list_way way)
{
	const struct list_def *d = s->def;
	const char *glue = " IGNORE INDEX FOR ORDER BY (";
	const char *use;

	if (way == LIST_WALK || way == LIST_TRY) {
		buffer_printf(q->text, " FORCE INDEX (%s)", s->sort->index);
		return;
	}
	use = candidates(s);
	if (use && *use) {
		buffer_printf(q->text, " USE INDEX (%s)", use);
		return;
	}
	if (way == LIST_ANY)
		return;
	for (size_t i = 0; i < d->column_count; i++) {
		if (!d->columns[i].index)
			continue;
		buffer_printf(q->text, "%s%s", glue, d->columns[i].index);
		glue = ", ";
	}
	buffer_putc(q->text, ')');
}

static size_t
table_len(const char *from)
{
	size_t n = strcspn(from, " \t\n");

	n += strspn(from + n, " \t\n");
	return n + strcspn(from + n, " \t\n");
}

static void
add_from(const struct list_state *s, struct list_sql *q, enum list_way way)
{
	size_t table = table_len(s->def->from);

	buffer_printf(q->text, " FROM %.*s", (int)table, s->def->from);
	add_way(s, q, way);
	buffer_printf(
		q->text, "%s WHERE (%s)", s->def->from + table, s->def->where);
	for (size_t i = 0; i < s->def->filter_count; i++)
		if (filtered_by(s, i))
			add_filter(s, i, q);
	if (s->only_picked)
		add_picks(s, q);
	if (s->mark_tie)
		add_mark(s, q);
}

/* What the descriptor may name, and the language in its names. */
static void
finish(const struct list_state *s, struct list_sql *q)
{
	static const char token[] = "{lang}";
	struct buffer *text;
	const char *from = q->text->data;
	const char *next = strstr(from, token);

	for (const struct db_arg *a = s->extra; a->type != DB_END; a++)
		add_arg(q, *a);
	add_arg(q, db_text("lang", s->request->lang));
	if (!next)
		return;
	text = buffer_create(s->request->pool);
	for (; next; next = strstr(from, token)) {
		buffer_add(text, from, (size_t)(next - from));
		buffer_puts(text, s->request->lang);
		from = next + sizeof(token) - 1;
	}
	buffer_puts(text, from);
	q->text = text;
}

static void
begin(const struct list_state *s, struct list_sql *q)
{
	q->text = buffer_create(s->request->pool);
	q->count = 0;
	q->args[0] = (struct db_arg){NULL, DB_END, 0, NULL, 0};
}

bool
list_is_filtered(const struct list_state *s)
{
	for (size_t i = 0; i < s->def->filter_count; i++)
		if (filtered_by(s, i))
			return true;
	return false;
}

bool
list_is_filtered_by(const struct list_state *s, const char *sql)
{
	for (size_t i = 0; i < s->def->filter_count; i++)
		if (filtered_by(s, i) && strstr(condition_of(s, i), sql))
			return true;
	return false;
}

void
list_sql_count(const struct list_state *s, struct list_sql *q, int most)
{
	struct list_state all = *s;

	all.mark_tie = NULL;
	begin(s, q);
	buffer_puts(q->text, "SELECT COUNT(*) AS total FROM (SELECT 1");
	add_from(&all, q, LIST_ANY);
	if (most)
		buffer_printf(q->text, " LIMIT %d", most);
	buffer_puts(q->text, ") t");
	finish(s, q);
}

static void
add_columns(const struct list_state *s, struct list_sql *q)
{
	const struct list_def *d = s->def;

	for (size_t i = 0; i < d->column_count; i++) {
		const struct column_def *c = &d->columns[i];

		if (!s->shown[i])
			continue;
		if (c->document)
			buffer_printf(q->text, ", %s AS %s", c->sql, c->id);
		else
			buffer_printf(q->text, ", %s AS c%zu", c->sql, i);
		if (c->client)
			buffer_printf(q->text, ", %s AS k%zu", c->client, i);
	}
}

/* What a mark says of a row. A state is in the order of its ENUM, whose
 * words the database would compare by the alphabet. */
static void
add_place(const struct list_state *s, struct list_sql *q)
{
	buffer_printf(q->text, "%s AS row_tie, %s%s AS row_sort", s->def->tie,
		s->sort->sort, strcmp(s->sort->type, "state") ? "" : " + 0");
}

static void
add_order(const struct list_state *s, struct list_sql *q)
{
	const char *direction = goes_up(s) ? "ASC" : "DESC";

	buffer_puts(q->text, " ORDER BY ");
	/* By what each row has of its own: a unique index ends no tie. */
	if (!strcmp(s->sort->sort, s->def->key)) {
		buffer_printf(q->text, "%s %s", s->sort->sort, direction);
		return;
	}
	if (!list_is_fixed(s))
		buffer_printf(q->text, "%s %s, ", s->sort->sort, direction);
	buffer_printf(q->text, "%s %s", s->def->tie, direction);
}

static void
add_limit(const struct list_state *s, struct list_sql *q, int limit,
	enum list_way way)
{
	buffer_puts(q->text, " LIMIT :limit OFFSET :offset");
	if (way == LIST_TRY)
		buffer_printf(q->text, " ROWS EXAMINED %d", TRY_ROWS);
	add_arg(q, db_int("limit", limit));
	add_arg(q, db_int("offset",
			   s->mark_tie ? 0 : (int64_t)(s->page - 1) * s->size));
}

/*
 * Which rows are on the page is found first, with no more than the order
 * needs: a LEFT JOIN by a whole key that nothing asks for is not made.
 */
static void
add_page(const struct list_state *s, struct list_sql *q, int limit,
	enum list_way way)
{
	const char *direction = goes_up(s) ? "ASC" : "DESC";

	buffer_printf(q->text,
		"SELECT %s AS row_key, page.row_tie, page.row_sort",
		s->def->key);
	add_columns(s, q);
	buffer_puts(q->text, " FROM (SELECT ");
	add_place(s, q);
	add_from(s, q, way);
	add_order(s, q);
	add_limit(s, q, limit, way);
	buffer_printf(q->text,
		") page STRAIGHT_JOIN %s WHERE %s = page.row_tie"
		" ORDER BY page.row_sort %s, page.row_tie %s",
		s->def->from, s->def->tie, direction, direction);
}

void
list_sql_rows(const struct list_state *s, struct list_sql *q, int limit,
	enum list_way way)
{
	begin(s, q);
	if (limit && strstr(s->def->from, "JOIN")) {
		add_page(s, q, limit, way);
	} else {
		buffer_printf(q->text, "SELECT %s AS row_key, ", s->def->key);
		add_place(s, q);
		add_columns(s, q);
		add_from(s, q, way);
		add_order(s, q);
		if (limit)
			add_limit(s, q, limit, way);
	}
	finish(s, q);
}

/*
 * A day that holds thousands is counted, not read: which rows are shown is
 * found first, as in add_page().
 */
void
list_sql_days(const struct list_state *s, struct list_sql *q, const char *first,
	const char *last, int most)
{
	const char *day = s->sort->sort;

	begin(s, q);
	buffer_printf(q->text, "SELECT %s AS row_key, page.found", s->def->key);
	add_columns(s, q);
	buffer_printf(q->text,
		" FROM (SELECT %s AS row_tie, %s AS row_day, ROW_NUMBER() OVER"
		" (PARTITION BY %s ORDER BY %s) AS nth, COUNT(*) OVER"
		" (PARTITION BY %s) AS found",
		s->def->tie, day, day, s->def->days, day);
	add_from(s, q, LIST_ANY);
	buffer_printf(q->text,
		" AND %s BETWEEN :days_first AND :days_last)"
		" page STRAIGHT_JOIN %s WHERE page.nth <= :days_most"
		" AND %s = page.row_tie ORDER BY page.row_day, page.nth",
		day, s->def->from, s->def->tie);
	add_arg(q, db_text("days_first", first));
	add_arg(q, db_text("days_last", last));
	add_arg(q, db_int("days_most", most));
	finish(s, q);
}
