#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../core/render.h"
#include "detail.h"
#include "import.h"
#include "page.h"

static const char *
word(struct request *r, const char *id, const char *value)
{
	const char *const args[] = {value ? value : ""};

	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 1, args);
}

static const char *
word_of(struct request *r, const struct import_kind *k, const char *part,
	const char *id)
{
	return word(r,
		pool_printf(r->pool, "%s%s%s%s", k->words, part, *id ? "." : "",
			id),
		NULL);
}

static const char *
heading(struct request *r, const struct import_kind *k, int column)
{
	return word_of(r, k, ".column", k->columns[column].id);
}

void
import_fail(struct import *i, int line, int column, const char *what,
	const char *value)
{
	if (i->error_count < IMPORT_ERRORS_MAX)
		i->errors[i->error_count] =
			(struct import_error){line, column, what, value};
	i->error_count++;
}

bool
import_is_word(const struct import *i, const char *id, const char *text)
{
	struct words *words = render_words(i->request->render);

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *found = words_find(words, (enum lang)lang, id);

		if (found && !strcasecmp(found, text))
			return true;
	}
	return false;
}

const char *
import_cell(const struct import *i, const struct csv_row *row, int column)
{
	int at = i->at[column];

	return at >= 0 && (size_t)at < row->count ? row->cells[at] : "";
}

static void
read_heading(struct import *i, size_t cell, const char *text)
{
	const struct import_kind *k = i->kind;
	int line = i->csv.rows[0].line;

	for (int c = 0; c < (int)k->column_count; c++) {
		const char *id = pool_printf(i->request->pool, "%s.column.%s",
			k->words, k->columns[c].id);

		if (!import_is_word(i, id, text) &&
			strcasecmp(k->columns[c].id, text) != 0)
			continue;
		if (i->at[c] >= 0)
			import_fail(i, line, c, "heading-twice", text);
		i->at[c] = (int)cell;
		return;
	}
	if (*text)
		import_fail(i, line, -1, "heading", text);
}

static void
read_headings(struct import *i)
{
	const struct csv_row *row = &i->csv.rows[0];

	for (int c = 0; c < IMPORT_COLUMNS_MAX; c++)
		i->at[c] = -1;
	for (size_t c = 0; c < row->count; c++)
		read_heading(i, c, row->cells[c]);
	for (int c = 0; c < (int)i->kind->column_count; c++)
		if (i->kind->columns[c].required && i->at[c] < 0)
			import_fail(i, row->line, c, "heading-missing", NULL);
}

/* Every error at once: of the table, else of the headings, else of rows. */
static enum rc
check(struct import *i, const char *text)
{
	size_t most = i->kind->rows_most;
	int line = 1;

	if (csv_parse(i->request->pool, text, most + 1, &i->csv, &line)) {
		import_fail(i, line, -1, i->csv.count > most ? "rows" : "quote",
			NULL);
		return RC_OK;
	}
	if (i->csv.count < 2) {
		import_fail(i, line, -1, "empty", NULL);
		return RC_OK;
	}
	read_headings(i);
	if (i->error_count)
		return RC_OK;
	for (size_t n = 1; n < i->csv.count; n++)
		if (i->csv.rows[n].count > i->csv.rows[0].count)
			import_fail(i, i->csv.rows[n].line, -1, "cells", NULL);
	return i->kind->check(i);
}

static void
begin_page(struct request *r, const struct import_kind *k)
{
	page_begin(r, k->id);
	page_crumb(r, k->parent, k->parent_href, NULL);
	page_crumb(r, k->id, NULL, NULL);
}

static void
open_form(struct request *r, const struct import_kind *k, const char *tail)
{
	xml_open(r->xml, "form");
	xml_attr(r->xml, "id", pool_printf(r->pool, "%s%s", k->id, tail));
	xml_attr(r->xml, "action", k->path);
	xml_attr(r->xml, "key", page_form_key(r));
	xml_attr(r->xml, "cancel", k->parent_href);
	xml_attr(r->xml, "files", "yes");
}

static void
write_upload(struct request *r, const struct import_kind *k, const char *error)
{
	struct xml *x = r->xml;

	open_form(r, k, "");
	if (error)
		xml_attr_int(x, "errors", 1);
	xml_open(x, "group");
	xml_attr(x, "id", "file");
	xml_open(x, "field");
	xml_attr(x, "name", "file");
	xml_attr(x, "type", "file");
	xml_attr(x, "required", "yes");
	xml_attr(x, "hint", "yes");
	if (error) {
		xml_open(x, "error");
		xml_attr(x, "id", error);
		xml_close(x);
	}
	xml_close(x);
	xml_close(x);
	xml_close(x);
}

static void
write_template_link(struct request *r, const struct import_kind *k)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "import.template");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "import.template", "quiet", "download",
		pool_printf(r->pool, "%s/template", k->path));
	xml_close(r->xml);
}

/* What may stand in which column. */
static void
write_columns(struct request *r, const struct import_kind *k)
{
	detail_open(r->xml, "import-columns");
	for (int c = 0; c < (int)k->column_count; c++) {
		const char *about = k->columns[c].about;

		xml_open(r->xml, "item");
		xml_attr(r->xml, "label", heading(r, k, c));
		xml_attr(r->xml, "type", "text");
		xml_text(r->xml, word_of(r, k, ".about",
					 about ? about : k->columns[c].id));
		xml_close(r->xml);
	}
	xml_close(r->xml);
}

enum rc
import_page(struct request *r, const struct import_kind *k)
{
	begin_page(r, k);
	write_template_link(r, k);
	write_upload(r, k, NULL);
	write_columns(r, k);
	return RC_OK;
}

enum rc
import_template(struct request *r, const struct import_kind *k)
{
	struct buffer *out = buffer_create(r->pool);

	/* With a byte order mark spreadsheets take it for what it is. */
	buffer_puts(out, "\xef\xbb\xbf");
	for (int c = 0; c < (int)k->column_count; c++)
		buffer_printf(out, "%s%s", c ? ";" : "", heading(r, k, c));
	buffer_puts(out, "\r\n");
	r->response.type = "text/csv; charset=utf-8";
	r->response.filename =
		pool_printf(r->pool, "%s.csv", word_of(r, k, ".file", ""));
	r->response.body = out;
	return RC_OK;
}

static const char *
number_text(struct request *r, size_t number)
{
	return pool_printf(r->pool, "%zu", number);
}

static void
open_list(struct request *r, const struct import_kind *k, const char *id,
	const struct import_cell_column *columns, size_t count, size_t total,
	size_t shown)
{
	struct xml *x = r->xml;

	xml_open(x, "list");
	xml_attr(x, "id", id);
	xml_attr(x, "href", k->path);
	xml_open(x, "columns");
	for (size_t c = 0; c < count; c++) {
		xml_open(x, "column");
		xml_attr(x, "id", columns[c].id);
		xml_attr(x, "type", columns[c].type);
		xml_attr(x, "set", columns[c].set);
		xml_attr(x, "under", columns[c].under);
		xml_attr(x, "card", columns[c].card);
		xml_close(x);
	}
	xml_close(x);
	xml_open(x, "rows");
	xml_attr_int(x, "total", (int64_t)total);
	xml_attr(x, "capped", "no");
	if (shown < total) {
		xml_attr_int(x, "from", 1);
		xml_attr_int(x, "to", (int64_t)shown);
	}
}

void
import_list_open(const struct import *i, const char *id,
	const struct import_cell_column *columns, size_t count, size_t total)
{
	open_list(i->request, i->kind, id, columns, count, total,
		total < IMPORT_SHOWN_MAX ? total : IMPORT_SHOWN_MAX);
}

static const char *
line_text(struct request *r, int line)
{
	return word(r, "import.line", number_text(r, (size_t)line));
}

void
import_list_row(const struct import *i, int line, size_t count,
	const char *const cells[])
{
	struct request *r = i->request;

	xml_open(r->xml, "row");
	xml_attr(r->xml, "key", number_text(r, (size_t)line));
	xml_elem(r->xml, "cell", line_text(r, line));
	for (size_t c = 0; c < count; c++)
		xml_elem(r->xml, "cell", cells[c] ? cells[c] : "");
	xml_close(r->xml);
}

void
import_list_close(const struct import *i)
{
	xml_close(i->request->xml);
	xml_close(i->request->xml);
}

static const char *
error_text(const struct import *i, const struct import_error *e)
{
	struct request *r = i->request;
	const char *id =
		pool_printf(r->pool, "%s.error.%s", i->kind->words, e->what);

	if (!words_find(render_words(r->render), lang_parse(r->lang), id))
		id = pool_printf(r->pool, "import.error.%s", e->what);
	return word(r, id, e->value);
}

static void
write_error(const struct import *i, const struct import_error *e, size_t number)
{
	struct request *r = i->request;
	struct xml *x = r->xml;

	xml_open(x, "row");
	xml_attr(x, "key", number_text(r, number + 1));
	xml_elem(x, "cell", line_text(r, e->line));
	xml_elem(
		x, "cell", e->column < 0 ? "" : heading(r, i->kind, e->column));
	xml_elem(x, "cell", error_text(i, e));
	xml_close(x);
}

static int
by_line(const void *a, const void *b)
{
	const struct import_error *x = a, *y = b;

	return x->line != y->line ? x->line - y->line : x->column - y->column;
}

/* By line and column, and nothing was done. */
static enum rc
write_errors(struct import *i)
{
	static const struct import_cell_column columns[] = {
		{"line", "text", NULL, NULL, NULL},
		{"column", "text", NULL, NULL, NULL},
		{"what", "text", NULL, "lead", NULL}};
	struct request *r = i->request;
	size_t shown = i->error_count < IMPORT_ERRORS_MAX ? i->error_count
							  : IMPORT_ERRORS_MAX;

	qsort(i->errors, shown, sizeof(*i->errors), by_line);
	begin_page(r, i->kind);
	page_message(r, "bad", "import.errors", NULL);
	write_template_link(r, i->kind);
	open_list(r, i->kind, "import-errors", columns,
		sizeof(columns) / sizeof(*columns), i->error_count, shown);
	for (size_t n = 0; n < shown; n++)
		write_error(i, &i->errors[n], n);
	import_list_close(i);
	write_upload(r, i->kind, NULL);
	return RC_INVALID;
}

/* The text goes along, so that this is what is done. */
static void
write_confirm(const struct import *i, const char *text)
{
	struct xml *x = i->request->xml;

	open_form(i->request, i->kind, "-all");
	xml_open(x, "field");
	xml_attr(x, "name", "csv");
	xml_attr(x, "type", "hidden");
	xml_elem(x, "value", text);
	xml_close(x);
	xml_close(x);
}

/* What would happen. */
static enum rc
write_trial(const struct import *i, const char *text)
{
	begin_page(i->request, i->kind);
	if (i->nothing)
		write_upload(i->request, i->kind, NULL);
	else
		write_confirm(i, text);
	i->kind->write(i);
	return RC_OK;
}

static enum rc
refuse_file(struct request *r, const struct import_kind *k, const char *error)
{
	begin_page(r, k);
	write_template_link(r, k);
	write_upload(r, k, error);
	write_columns(r, k);
	return RC_INVALID;
}

/* The file, or NULL and why it is none. */
static const char *
read_file(struct request *r, const char **error)
{
	const struct upload *f = r->files.count ? &r->files.items[0] : NULL;
	const char *text;

	*error = NULL;
	if (!f || !*f->filename || strcmp(f->name, "file") != 0)
		*error = "missing";
	else if (!f->len)
		*error = "empty";
	if (*error)
		return NULL;
	text = csv_decode(r->pool, f->bytes, f->len);
	if (!text)
		*error = "encoding";
	return text;
}

enum rc
import_post(struct request *r, const struct import_kind *k)
{
	const char *text = params_get(&r->post, "csv");
	bool confirmed = text;
	const char *error;
	struct import *i = pool_calloc(r->pool, 1, sizeof(*i));
	enum rc rc;

	if (!text)
		text = read_file(r, &error);
	if (!text)
		return refuse_file(r, k, error);
	i->request = r;
	i->kind = k;
	rc = check(i, text);
	if (rc)
		return rc;
	if (i->error_count)
		return write_errors(i);
	if (!confirmed)
		return write_trial(i, text);
	rc = k->carry_out(i);
	return rc == RC_INVALID ? write_errors(i) : rc;
}
