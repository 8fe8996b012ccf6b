#include <string.h>

#include "../../core/render.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "import.h"

static const char *
word(struct request *r, const char *id)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 0, NULL);
}

static const char *
heading(struct request *r, int column)
{
	return word(r, pool_printf(r->pool, "account.import.column.%s",
			       import_columns[column]));
}

static void
begin_page(struct request *r)
{
	page_begin(r, "account-import");
	page_crumb(r, "accounts", "/accounts", NULL);
	page_crumb(r, "account-import", NULL, NULL);
}

static void
open_form(struct request *r, const char *id)
{
	xml_open(r->xml, "form");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "action", "/accounts/import");
	xml_attr(r->xml, "key", page_form_key(r));
	xml_attr(r->xml, "cancel", "/accounts");
	xml_attr(r->xml, "files", "yes");
}

static void
write_upload(struct request *r, const char *error)
{
	struct xml *x = r->xml;

	open_form(r, "account-import");
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
write_template(struct request *r)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "account.template");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "account.template", "quiet", "download",
		"/accounts/import/template");
	xml_close(r->xml);
}

/* What may stand in which column. */
static void
write_columns(struct request *r)
{
	detail_open(r->xml, "import-columns");
	for (int i = 0; i < IMPORT_COLUMNS; i++) {
		bool service = i >= IMPORT_REPAIR && i < IMPORT_PLACES;
		const char *name = service ? "authoriser" : import_columns[i];

		xml_open(r->xml, "item");
		xml_attr(r->xml, "label", heading(r, i));
		xml_attr(r->xml, "type", "text");
		xml_text(r->xml,
			word(r, pool_printf(r->pool, "account.import.about.%s",
					name)));
		xml_close(r->xml);
	}
	xml_close(r->xml);
}

enum rc
account_import_page(struct request *r)
{
	begin_page(r);
	write_template(r);
	write_upload(r, NULL);
	write_columns(r);
	return RC_OK;
}

enum rc
account_import_template(struct request *r)
{
	struct buffer *out = buffer_create(r->pool);

	/* With a byte order mark spreadsheets take it for what it is. */
	buffer_puts(out, "\xef\xbb\xbf");
	for (int i = 0; i < IMPORT_COLUMNS; i++)
		buffer_printf(out, "%s%s", i ? ";" : "", heading(r, i));
	buffer_puts(out, "\r\n");
	r->response.type = "text/csv; charset=utf-8";
	r->response.filename =
		pool_printf(r->pool, "%s.csv", word(r, "account.import.file"));
	r->response.body = out;
	return RC_OK;
}

static void
write_column(struct xml *x, const char *id, const char *type, const char *set,
	const char *card)
{
	xml_open(x, "column");
	xml_attr(x, "id", id);
	xml_attr(x, "type", type);
	xml_attr(x, "set", set);
	xml_attr(x, "card", card);
	xml_close(x);
}

static void
open_rows(struct xml *x, size_t total, size_t shown)
{
	xml_open(x, "rows");
	xml_attr_int(x, "total", (int64_t)total);
	xml_attr(x, "capped", "no");
	if (shown < total) {
		xml_attr_int(x, "from", 1);
		xml_attr_int(x, "to", (int64_t)shown);
	}
}

static const char *
number_text(struct request *r, size_t number)
{
	return pool_printf(r->pool, "%zu", number);
}

static const char *
line_text(struct request *r, int line)
{
	const char *const args[] = {number_text(r, (size_t)line)};

	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		"account.import.line", 1, args);
}

static void
write_error(struct request *r, const struct import_error *e, size_t number)
{
	struct xml *x = r->xml;
	const char *const args[] = {e->value ? e->value : ""};

	xml_open(x, "row");
	xml_attr(x, "key", number_text(r, number + 1));
	xml_elem(x, "cell", line_text(r, e->line));
	xml_elem(x, "cell", e->column < 0 ? "" : heading(r, e->column));
	xml_elem(x, "cell",
		words_text(render_words(r->render), r->pool,
			lang_parse(r->lang),
			pool_printf(
				r->pool, "account.import.error.%s", e->what),
			1, args));
	xml_close(x);
}

/* By line and column, and nothing was made. */
static enum rc
write_errors(struct request *r, const struct import *i)
{
	struct xml *x;
	size_t shown = i->error_count < IMPORT_ERRORS_MAX ? i->error_count
							  : IMPORT_ERRORS_MAX;

	begin_page(r);
	x = r->xml;
	page_message(r, "bad", "account.import.errors", NULL);
	write_template(r);
	xml_open(x, "list");
	xml_attr(x, "id", "import-errors");
	xml_attr(x, "href", "/accounts/import");
	xml_open(x, "columns");
	write_column(x, "line", "text", NULL, NULL);
	write_column(x, "column", "text", NULL, NULL);
	write_column(x, "what", "text", NULL, "lead");
	xml_close(x);
	open_rows(x, i->error_count, shown);
	for (size_t n = 0; n < shown; n++)
		write_error(r, &i->errors[n], n);
	xml_close(x);
	xml_close(x);
	write_upload(r, NULL);
	return RC_INVALID;
}

static void
write_row(struct request *r, const struct import_row *row)
{
	struct xml *x = r->xml;

	xml_open(x, "row");
	xml_attr(x, "key", number_text(r, (size_t)row->line));
	xml_elem(x, "cell", line_text(r, row->line));
	xml_elem(x, "cell", row->draft.name);
	xml_elem(x, "cell", row->draft.email);
	xml_elem(x, "cell", row->draft.role);
	xml_elem(x, "cell", row->place_names);
	xml_close(x);
}

/* What would happen; the text goes along, so that this is what does. */
static enum rc
write_trial(struct request *r, const struct import *i, const char *text)
{
	struct xml *x;

	begin_page(r);
	x = r->xml;
	page_message(r, "info", "account.import.trial",
		number_text(r, i->count), NULL);
	open_form(r, "account-import-all");
	xml_open(x, "field");
	xml_attr(x, "name", "csv");
	xml_attr(x, "type", "hidden");
	xml_elem(x, "value", text);
	xml_close(x);
	xml_close(x);
	xml_open(x, "list");
	xml_attr(x, "id", "import-rows");
	xml_attr(x, "href", "/accounts/import");
	xml_open(x, "columns");
	write_column(x, "line", "text", NULL, NULL);
	write_column(x, "name", "text", NULL, "lead");
	write_column(x, "email", "text", NULL, NULL);
	write_column(x, "role", "state", "role.institution", NULL);
	write_column(x, "places", "text", NULL, NULL);
	xml_close(x);
	open_rows(x, i->count, i->count);
	for (size_t n = 0; n < i->count; n++)
		write_row(r, &i->rows[n]);
	xml_close(x);
	xml_close(x);
	return RC_OK;
}

static enum rc
refuse_file(struct request *r, const char *error)
{
	begin_page(r);
	write_template(r);
	write_upload(r, error);
	write_columns(r);
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

static enum rc
carry_out(struct request *r, const struct import *i)
{
	enum rc rc = import_carry_out(r, i);

	if (!rc)
		rc = session_notice(r, "ok", "account.imported",
			number_text(r, i->count), NULL);
	if (!rc)
		request_redirect(r, "/accounts");
	return rc;
}

enum rc
account_import_post(struct request *r)
{
	const char *text = params_get(&r->post, "csv");
	bool confirmed = text;
	const char *error;
	struct import *i = pool_alloc(r->pool, sizeof(*i));
	enum rc rc;

	if (!text)
		text = read_file(r, &error);
	if (!text)
		return refuse_file(r, error);
	rc = import_read(r, text, i);
	if (rc)
		return rc;
	if (i->error_count)
		return write_errors(r, i);
	return confirmed ? carry_out(r, i) : write_trial(r, i, text);
}
