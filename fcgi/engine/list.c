#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../core/http.h"
#include "../core/log.h"
#include "../core/text.h"
#include "../routes.h"
#include "export.h"
#include "list_write.h"
#include "page.h"
#include "print.h"

enum { PDF_ROWS_MAX = 5000 };

/* At most so many; 0: all of them. */
static enum rc
count_all(const struct list_state *s, int most, int64_t *total)
{
	struct request *r = s->request;
	struct list_sql sql;
	struct db_rows rows;

	list_sql_count(s, &sql, most);
	if (db_select_text(r->db, r->pool, sql.text->data, sql.args, &rows))
		return RC_FAIL;
	*total = db_num(db_row(&rows, 0), "total");
	return RC_OK;
}

static enum rc
count_rows(struct list_state *s, struct list_result *r)
{
	enum rc rc = count_all(s, LIST_COUNT_MAX + 1, &r->total);

	r->capped = r->total > LIST_COUNT_MAX;
	if (r->capped)
		r->total = LIST_COUNT_MAX;
	return rc;
}

/* Page numbers where all are counted, marks where they are not. */
static void
settle_page(struct list_state *s, const struct list_result *r)
{
	int pages = (int)((r->total + s->size - 1) / s->size);

	if (r->capped) {
		s->page = 1;
		return;
	}
	s->mark_tie = NULL;
	if (s->page > 1 && s->page > pages) {
		s->page = pages > 1 ? pages : 1;
		s->ignored = true;
	}
}

/* Few rows are sorted; of many the first are looked for in their order. */
static enum list_way
choose_way(const struct list_state *s, const struct list_result *r)
{
	if (!s->sort->index)
		return LIST_ANY;
	if (!r->capped || list_is_fixed(s))
		return LIST_SORT;
	if (list_is_filtered_by(s, s->sort->sort))
		return LIST_ANY;
	return db_get_scope(s->request->db)->all_places && !list_is_filtered(s)
		       ? LIST_WALK
		       : LIST_TRY;
}

static enum rc
select_page(const struct list_state *s, struct list_result *r)
{
	struct request *q = s->request;
	enum list_way way = choose_way(s, r);
	struct list_sql sql;
	enum rc rc;

	list_sql_rows(s, &sql, s->size + 1, way);
	rc = db_select_text(q->db, q->pool, sql.text->data, sql.args, &r->rows);
	/* A try that the server had to sort for ends as an error. */
	if (way != LIST_TRY || (!rc && r->rows.count > (size_t)s->size))
		return rc;
	list_sql_rows(s, &sql, s->size + 1, LIST_SORT);
	return db_select_text(
		q->db, q->pool, sql.text->data, sql.args, &r->rows);
}

static enum rc
fetch_page(struct list_state *s, struct list_result *r)
{
	if (select_page(s, r))
		return RC_FAIL;
	r->count = r->rows.count > (size_t)s->size ? (size_t)s->size
						   : r->rows.count;
	r->reversed = s->mark_tie && s->backwards;
	r->previous =
		r->reversed ? r->rows.count > r->count : s->mark_tie != NULL;
	r->next = r->reversed ? true : r->rows.count > r->count;
	return RC_OK;
}

enum rc
list_audit(const struct list_state *s, const char *action,
	const struct db_rows *rows, size_t count)
{
	const struct list_def *d = s->def;

	for (size_t c = 0; c < d->column_count; c++) {
		struct pool *p = s->request->pool;
		int64_t *ids;
		enum rc rc;

		if (!s->shown[c] || !d->columns[c].client || !count)
			continue;
		ids = pool_calloc(p, count, sizeof(*ids));
		for (size_t i = 0; i < count; i++)
			ids[i] = db_num(
				db_row(rows, i), pool_printf(p, "k%zu", c));
		rc = audit_clients(s->request, action,
			pool_printf(p, "list %s", d->id), ids, count);
		if (rc)
			return rc;
	}
	return RC_OK;
}

enum rc
list_begin(struct list_state *s, struct request *r, const char *id,
	const char *href, const struct db_arg *args)
{
	memset(s, 0, sizeof(*s));
	s->def = list_def_find(id);
	s->request = r;
	s->href = href;
	s->extra = args;
	if (!s->def) {
		log_event(LOG_ERROR, "list-missing", "list", id, NULL);
		abort();
	}
	return list_state_read(s);
}

/* ?all=yes: every row that is asked for, where they are not too many. */
static enum rc
pick_all(struct list_state *s, const struct list_result *found)
{
	struct request *r = s->request;
	const char *asked = params_get(&r->get, "all");
	struct list_state keys = *s;
	struct list_sql sql;
	struct db_rows rows;

	if (!s->selects || !asked || strcmp(asked, "yes") != 0)
		return RC_OK;
	if (found->capped || found->total > PICKS_MAX) {
		s->picks.more = true;
		return RC_OK;
	}
	memset(keys.shown, 0, sizeof(keys.shown));
	keys.mark_tie = NULL;
	list_sql_rows(&keys, &sql, 0, LIST_ANY);
	if (db_select_text(r->db, r->pool, sql.text->data, sql.args, &rows))
		return RC_FAIL;
	for (size_t i = 0; i < rows.count; i++)
		picks_add(r->pool, &s->picks,
			db_str0(db_row(&rows, i), "row_key"));
	return RC_OK;
}

static void
tell(const struct list_state *s)
{
	struct request *r = s->request;

	if (s->ignored)
		page_message(r, "warn", "list.ignored", NULL);
	if (s->picks.more)
		page_message(r, "warn", "list.picked-most",
			pool_printf(r->pool, "%d", PICKS_MAX), NULL);
}

enum rc
list_run(struct request *r, const char *id, const char *href,
	const struct db_arg *args)
{
	struct list_result result = {0};
	struct list_state s;
	enum rc rc = list_begin(&s, r, id, href, args);

	if (!rc)
		rc = count_rows(&s, &result);
	if (rc)
		return rc;
	settle_page(&s, &result);
	rc = fetch_page(&s, &result);
	if (!rc)
		rc = pick_all(&s, &result);
	if (!rc)
		rc = list_audit(&s, "view", &result.rows, result.count);
	if (rc)
		return rc;
	tell(&s);
	return list_write(&s, &result);
}

static const char *
word_of(struct request *r, const char *set, const char *id, const char *name)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		pool_printf(r->pool, "%s.%s.%s", set, id, name), 0, NULL);
}

static enum rc
print_list(struct list_state *s, const char *id)
{
	struct request *r = s->request;
	struct list_result result = {0};
	struct list_sql sql;
	struct fo_info info = {
		.lang = r->lang, .created = time(NULL), .object_streams = true};
	enum rc rc;

	list_sql_rows(s, &sql, 0, LIST_ANY);
	buffer_printf(sql.text, " LIMIT %d", PDF_ROWS_MAX + 1);
	if (db_select_text(
		    r->db, r->pool, sql.text->data, sql.args, &result.rows))
		return RC_FAIL;
	/* What is left out is told: more than so many. */
	result.capped = result.rows.count > PDF_ROWS_MAX;
	result.count = result.capped ? PDF_ROWS_MAX : result.rows.count;
	result.total = (int64_t)result.count;
	if (r->export)
		r->export->cut = result.capped;
	rc = list_audit(s, "export", &result.rows, result.count);
	if (rc)
		return rc;
	s->size = result.count ? (int)result.count : 1;
	s->page = 1;
	rc = list_write(s, &result);
	if (rc)
		return rc;
	page_end(r);
	info.title = word_of(r, "page", id, "title");
	r->response.type = "application/pdf";
	r->response.body = buffer_create(r->pool);
	return print_pdf(r->pool, r->config, r->render, "list", xml_doc(r->xml),
		&info, r->response.body);
}

/* lijst-2026-11-22: what the file is called. */
static const char *
file_name(struct request *r, const char *id)
{
	char today[11];

	text_today(today);
	return pool_printf(r->pool, "%s-%s%s", word_of(r, "list", id, "file"),
		today, http_suffix(r->format));
}

/* At once, or where it is long by the exports' own process. */
static enum rc
list_export(struct list_state *s, const char *id)
{
	struct request *r = s->request;
	int most = r->format == FORMAT_PDF ? r->config->exports.pdf_rows
					   : r->config->exports.excel_rows;
	int64_t total;
	enum rc rc = count_all(s, r->export ? 0 : most + 1, &total);

	if (rc)
		return rc;
	r->response.filename = file_name(r, id);
	if (export_later(r, word_of(r, "page", id, "title"), list_about(s),
		    pool_printf(r->pool, "%s%s%s", s->href,
			    *r->query ? "?" : "", r->query),
		    total, most, &rc))
		return rc;
	if (r->export)
		r->export->total = total;
	rc = export_progress(r, 0);
	if (rc)
		return rc;
	if (r->format == FORMAT_XLSX)
		return list_excel(s);
	page_begin(r, id);
	return print_list(s, id);
}

enum rc
list_page_of(struct request *r, const char *id, const char *href,
	const struct db_arg *args)
{
	struct list_state s;
	enum rc rc;

	if (r->format == FORMAT_HTML || r->format == FORMAT_XML) {
		page_begin(r, id);
		return list_run(r, id, href, args);
	}
	rc = list_begin(&s, r, id, href, args);
	if (rc)
		return rc;
	s.mark_tie = NULL;
	if (!(r->format == FORMAT_XLSX ? s.def->xlsx : s.def->pdf))
		return RC_NOTFOUND;
	/* A file has no place for a message, and outlives the page. */
	return s.other_rows ? RC_INVALID : list_export(&s, id);
}

enum rc
list_page(struct request *r)
{
	return list_page_of(r, r->route->list, r->path, DB_NO_ARGS);
}

static enum rc
select_all(struct list_state *s, struct db_rows *rows)
{
	struct list_sql sql;

	for (size_t i = 0; i < s->def->column_count; i++)
		s->shown[i] = s->allowed[i] && s->def->columns[i].document;
	list_sql_rows(s, &sql, 0, LIST_ANY);
	return db_select_text(s->request->db, s->request->pool, sql.text->data,
		sql.args, rows);
}

enum rc
list_rows(struct request *r, const char *id, int most, bool want_rows,
	struct list_rows *found)
{
	struct list_state s;
	enum rc rc = list_begin(&s, r, id, r->path, DB_NO_ARGS);

	*found = (struct list_rows){0};
	if (rc)
		return rc;
	s.mark_tie = NULL;
	if (s.picks.count) {
		memset(s.filters, 0, sizeof(s.filters));
		s.only_picked = true;
		found->picked = true;
	}
	rc = count_all(&s, most + 1, &found->total);
	if (!rc && want_rows && found->total <= most)
		rc = select_all(&s, &found->rows);
	found->about = list_about(&s);
	found->query = list_state_query(&s, NULL, NULL);
	found->other = s.other_rows;
	return rc;
}

enum rc
list_days(struct list_state *s, const char *first, const char *last, int most,
	struct db_rows *rows)
{
	struct list_sql sql;

	for (size_t i = 0; i < s->def->column_count; i++)
		s->shown[i] = s->allowed[i] && s->def->columns[i].document;
	list_sql_days(s, &sql, first, last, most);
	return db_select_text(s->request->db, s->request->pool, sql.text->data,
		sql.args, rows);
}

/* Every filter, with every sort or the first, in every way there is. */
static void
prove(struct list_state *s, bool all, struct buffer *errors)
{
	struct db *db = s->request->db;
	struct list_sql sql;

	if (s->def->days) {
		s->sort = &s->def->columns[0];
		list_sql_days(s, &sql, "2026-11-22", "2026-11-22", 1);
		if (db_prove_text(db, sql.text->data))
			buffer_printf(errors, "list %s by days: %s\n",
				s->def->id, db_error(db));
		return;
	}
	for (size_t i = 0; i < s->def->column_count; i++) {
		s->sort = &s->def->columns[i];
		if (!s->sort->sort)
			continue;
		for (int way = LIST_ANY; way <= LIST_SORT; way++) {
			if (way != LIST_ANY && !s->sort->index)
				continue;
			list_sql_rows(s, &sql, 1, (enum list_way)way);
			if (db_prove_text(db, sql.text->data))
				buffer_printf(errors, "list %s by %s: %s\n",
					s->def->id, s->sort->id, db_error(db));
		}
		if (!all)
			return;
	}
}

/* A value by which the filter asks its nth condition, or any. */
static const char *
sample(const struct filter_def *d, size_t n)
{
	if (d->type == FILTER_DATE)
		return "2026-11-22";
	if (n < d->choice_count)
		return d->choices[n].value;
	if (d->unset)
		return d->unset;
	return d->choice_count ? d->choices[0].value : "1";
}

/* The most conditions that one of its filters has. */
static size_t
conditions_max(const struct list_def *d)
{
	size_t most = 1;

	for (size_t i = 0; i < d->filter_count; i++)
		if (d->filters[i].choice_count + 1 > most)
			most = d->filters[i].choice_count + 1;
	return most;
}

enum rc
lists_check(struct db *db, struct buffer *errors)
{
	static const char *const langs[] = {"nl", "en"};
	struct pool *p = pool_create();
	size_t before = errors->len;

	for (const struct list_def *d = list_def_first(); d; d = d->next)
		for (size_t lang = 0; lang < 2; lang++) {
			struct request r = {
				.pool = p, .lang = langs[lang], .db = db};
			struct list_state s = {.def = d,
				.request = &r,
				.size = 1,
				.page = 1,
				.extra = DB_NO_ARGS,
				.mark = "",
				.mark_tie = "1"};

			for (size_t i = 0; i < d->column_count; i++)
				s.shown[i] = true;
			if (d->deed_count)
				picks_add(p, &s.picks, "1");
			for (size_t n = conditions_max(d); n-- > 0;) {
				for (size_t i = 0; i < d->filter_count; i++)
					s.filters[i].value =
						sample(&d->filters[i], n);
				prove(&s, n == 0, errors);
			}
			s.only_picked = s.picks.count > 0;
			if (s.only_picked)
				prove(&s, true, errors);
		}
	pool_destroy(p);
	return errors->len == before ? RC_OK : RC_FAIL;
}
