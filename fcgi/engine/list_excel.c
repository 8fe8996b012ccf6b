#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "../core/log.h"
#include "../core/render.h"
#include "export.h"
#include "list_write.h"

enum {
	EXCEL_ROWS_MAX = LXW_ROW_MAX - 1, /* of the format, less the header */
	PROGRESS_ROWS = 500,
	AUDIT_BATCH = 500,
	HEADER_ROW = 0
};

/* A list on its way into a sheet, row by row. */
struct excel {
	const struct list_state *state;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold;
	lxw_format *date;
	lxw_format *money;
	lxw_row_t row;
	struct pool *scratch; /* of one row */
	int64_t *clients;
	size_t client_count;
	size_t client_room;
};

static const char *
word(const struct list_state *s, struct pool *p, const char *id)
{
	return words_text(render_words(s->request->render), p,
		lang_parse(s->request->lang), id, 0, NULL);
}

static double
column_width(const char *type)
{
	if (!strcmp(type, "date") || !strcmp(type, "code"))
		return 14;
	if (!strcmp(type, "money") || !strcmp(type, "number"))
		return 12;
	return 24;
}

static void
write_header(struct excel *e)
{
	const struct list_def *d = e->state->def;
	struct pool *p = e->state->request->pool;
	lxw_col_t col = 0;

	for (size_t i = 0; i < d->column_count; i++) {
		const struct column_def *c = &d->columns[i];

		if (!e->state->shown[i])
			continue;
		worksheet_set_column(
			e->sheet, col, col, column_width(c->type), NULL);
		worksheet_write_string(e->sheet, HEADER_ROW, col,
			word(e->state, p,
				pool_printf(
					p, "list.%s.column.%s", d->id, c->id)),
			e->bold);
		col++;
	}
	if (col)
		worksheet_autofilter(e->sheet, HEADER_ROW, 0, HEADER_ROW,
			(lxw_col_t)(col - 1));
	worksheet_freeze_panes(e->sheet, HEADER_ROW + 1, 1);
}

static void
write_date(struct excel *e, lxw_col_t col, const char *text)
{
	lxw_datetime date = {0};

	if (sscanf(text, "%4d-%2d-%2d", &date.year, &date.month, &date.day) ==
		3)
		worksheet_write_datetime(e->sheet, e->row, col, &date, e->date);
}

/* Users' text is always a string, so that no cell becomes a formula. */
static void
write_cell(struct excel *e, const struct column_def *c, lxw_col_t col,
	const char *text)
{
	struct pool *p = e->scratch;

	if (!text || !*text)
		return;
	if (!strcmp(c->type, "date"))
		write_date(e, col, text);
	else if (!strcmp(c->type, "money"))
		worksheet_write_number(e->sheet, e->row, col,
			strtod(text, NULL) / 100, e->money);
	else if (!strcmp(c->type, "number"))
		worksheet_write_number(
			e->sheet, e->row, col, strtod(text, NULL), NULL);
	else if (!strcmp(c->type, "state"))
		worksheet_write_string(e->sheet, e->row, col,
			word(e->state, p,
				pool_printf(p, "%s.%s", c->set, text)),
			NULL);
	else if (!strcmp(c->type, "code")) /* to look up, not to read */
		worksheet_write_string(e->sheet, e->row, col, text, NULL);
	else
		worksheet_write_string(e->sheet, e->row, col,
			format_value(p, lang_parse(e->state->request->lang),
				c->type, text),
			NULL);
}

static void
keep_client(struct excel *e, int64_t id)
{
	if (!id)
		return;
	if (e->client_count == e->client_room) {
		e->client_room = e->client_room ? e->client_room * 2 : 256;
		e->clients = memory_grow(
			e->clients, e->client_room * sizeof(*e->clients));
	}
	e->clients[e->client_count++] = id;
}

static enum rc
write_row(void *arg, struct db_row row)
{
	struct excel *e = arg;
	const struct list_def *d = e->state->def;
	lxw_col_t col = 0;
	char name[24];

	e->row++;
	for (size_t i = 0; i < d->column_count; i++) {
		if (!e->state->shown[i])
			continue;
		write_cell(e, &d->columns[i], col++, list_cell(d, i, row));
		if (d->columns[i].client) {
			snprintf(name, sizeof(name), "k%zu", i);
			keep_client(e, db_num(row, name));
		}
	}
	pool_reset(e->scratch);
	return e->row % PROGRESS_ROWS
		       ? RC_OK
		       : export_progress(e->state->request, e->row);
}

static enum rc
audit_rows(struct excel *e)
{
	const struct list_state *s = e->state;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < e->client_count && !rc; i += AUDIT_BATCH) {
		size_t n = e->client_count - i;

		rc = audit_clients(s->request, "export",
			pool_printf(s->request->pool, "list %s", s->def->id),
			e->clients + i, n < AUDIT_BATCH ? n : AUDIT_BATCH);
	}
	return rc;
}

static enum rc
fill_sheet(struct excel *e)
{
	struct request *r = e->state->request;
	struct list_sql sql;
	enum rc rc;

	list_sql_rows(e->state, &sql, 0, LIST_ANY);
	buffer_printf(sql.text, " LIMIT %d", EXCEL_ROWS_MAX);
	if (r->export)
		r->export->cut = r->export->total > EXCEL_ROWS_MAX;
	rc = db_stream_text(r->db, sql.text->data, sql.args, write_row, e);
	return rc ? rc : audit_rows(e);
}

static enum rc
read_file(int fd, struct buffer *out)
{
	char block[16384];
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, block, sizeof(block))) > 0)
		buffer_add(out, block, (size_t)n);
	return n == 0 && out->len ? RC_OK : RC_FAIL;
}

static void
begin_book(struct excel *e)
{
	struct request *r = e->state->request;
	lxw_doc_properties properties = {0};
	char *title = pool_strdup(
		r->pool, word(e->state, r->pool,
				 pool_printf(r->pool, "page.%s.title",
					 e->state->def->id)));

	properties.title = title;
	properties.company = pool_strdup(r->pool, r->config->brand.name);
	workbook_set_properties(e->book, &properties);
	e->sheet = workbook_add_worksheet(e->book, NULL);
	e->bold = workbook_add_format(e->book);
	format_set_bold(e->bold);
	e->date = workbook_add_format(e->book);
	format_set_num_format(e->date, "dd-mm-yyyy");
	e->money = workbook_add_format(e->book);
	format_set_num_format(e->money, "#,##0.00");
	write_header(e);
}

/* The library writes to a path. This one is in memory: whatever ends the
 * process, no list of clients stays behind on a disk. */
enum rc
list_excel(const struct list_state *s)
{
	struct request *r = s->request;
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	struct excel e = {.state = s};
	int fd =
		r->export ? r->export->file : memfd_create("list", MFD_CLOEXEC);
	enum rc rc = RC_FAIL;

	if (fd < 0) {
		log_event(LOG_ERROR, "excel", "error", strerror(errno), NULL);
		return RC_FAIL;
	}
	e.book = workbook_new_opt(
		pool_printf(r->pool, "/proc/self/fd/%d", fd), &options);
	if (!e.book)
		goto out;
	e.scratch = pool_create();
	begin_book(&e);
	rc = fill_sheet(&e);
	if (workbook_close(e.book) != LXW_NO_ERROR)
		rc = RC_FAIL;
	if (!rc && !r->export) {
		r->response.body = buffer_create(r->pool);
		r->response.type = "application/vnd.openxmlformats-"
				   "officedocument.spreadsheetml.sheet";
		rc = read_file(fd, r->response.body);
	}
out:
	pool_destroy(e.scratch);
	if (!r->export)
		close(fd);
	free(e.clients);
	return rc;
}
