#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/render.h"
#include "../../engine/page.h"
#include "aid_rows.h"
#include "aids.h"

static const struct import_column columns[AID_COLUMNS] = {
	{"number", NULL, false}, {"serial", NULL, false},
	{"article", NULL, false}, {"owner", NULL, false},
	{"holder", NULL, false}, {"location", NULL, false},
	{"department", NULL, false}, {"condition", NULL, false},
	{"bought_on", NULL, false}, {"price", NULL, false},
	{"rent_from", NULL, false}, {"day_price", NULL, false},
	{"inspected", NULL, false}};

static const char *const deed_names[] = {"same", "new", "changed"};

static const char *
count_of(const struct import *i, enum aid_row_deed deed)
{
	const struct aid_rows *rows = i->thing;

	struct request *r = i->request;

	return format_number(r->pool, lang_parse(r->lang),
		pool_printf(r->pool, "%zu", rows->counts[deed]));
}

static const char *
word(const struct import *i, const char *id)
{
	struct request *r = i->request;

	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 0, NULL);
}

/* The columns whose values of a known aid are new. */
static const char *
changes_of(const struct import *i, const struct aid_row *row)
{
	const struct aid *a = &row->aid;
	const struct aid_draft *d = &row->draft;
	const struct {
		enum aid_column column;
		const char *typed, *is;
	} values[] = {{COLUMN_SERIAL, d->serial, a->serial},
		{COLUMN_LOCATION, row->moves ? "" : NULL, "-"},
		{COLUMN_CONDITION, d->condition, a->condition},
		{COLUMN_BOUGHT, d->bought_on, a->bought_on},
		{COLUMN_PRICE, d->price_cents, a->price_cents}};
	struct buffer *out = buffer_create(i->request->pool);

	for (size_t n = 0; n < sizeof(values) / sizeof(*values); n++)
		if (values[n].typed &&
			(!values[n].is ||
				strcmp(values[n].typed, values[n].is) != 0))
			buffer_printf(out, "%s%s", out->len ? ", " : "",
				word(i, pool_printf(i->request->pool,
						"aid.import.column.%s",
						columns[values[n].column].id)));
	buffer_putc(out, '\0');
	return out->data;
}

static void
write_row(const struct import *i, const struct aid_row *row)
{
	bool known = row->deed == AID_ROW_CHANGED;
	const struct aid *a = &row->aid;
	const char *const cells[] = {deed_names[row->deed],
		known ? changes_of(i, row) : NULL, row->number,
		known ? pool_printf(i->request->pool, "%s %s", a->make, a->type)
		      : row->product,
		row->draft.serial ? row->draft.serial : a->serial,
		row->place ? row->place : a->place};

	import_list_row(i, row->line, sizeof(cells) / sizeof(*cells), cells);
}

static void
write_rows(const struct import *i)
{
	static const struct import_cell_column shown[] = {
		{"line", "text", NULL, NULL, NULL},
		{"deed", "state", "aid.import.deed", "top", NULL},
		{"changes", "text", NULL, NULL, "deed"},
		{"number", "code", NULL, "half", NULL},
		{"product", "text", NULL, "lead", NULL},
		{"serial", "text", NULL, "half", NULL},
		{"place", "text", NULL, "half", NULL}};
	const struct aid_rows *rows = i->thing;
	size_t written = 0;

	import_list_open(i, "aid-import-rows", shown,
		sizeof(shown) / sizeof(*shown),
		rows->count - rows->counts[AID_ROW_SAME]);
	for (size_t n = 0; n < rows->count && written < IMPORT_SHOWN_MAX; n++)
		if (rows->rows[n].deed != AID_ROW_SAME) {
			write_row(i, &rows->rows[n]);
			written++;
		}
	import_list_close(i);
}

static void
write_trial(const struct import *i)
{
	page_message(i->request, "info",
		i->nothing ? "aid.import.none" : "aid.import.trial",
		count_of(i, AID_ROW_NEW), count_of(i, AID_ROW_CHANGED),
		count_of(i, AID_ROW_SAME), NULL);
	if (!i->nothing)
		write_rows(i);
}

/* Somebody did something since it was checked: told at its line. */
static enum rc
overtaken(struct import *i, const struct aid_row *row, int column,
	const char *what, enum rc rc)
{
	if (rc != RC_CONFLICT && rc != RC_NOTFOUND && rc != RC_INVALID)
		return rc;
	import_fail(i, row->line, column, what, NULL);
	return RC_INVALID;
}

/* RC_INVALID: another file made it since this one was checked. */
static enum rc
check_made(struct import *i, const struct aid_row *row)
{
	struct request *r = i->request;
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_AID_IMPORT_MADE,
		DB_ARGS(db_text("serial", row->draft.serial),
			db_int("product", row->draft.product_id)),
		&rows);

	if (rc || !rows.count)
		return rc;
	import_fail(i, row->line, COLUMN_SERIAL, "serial-known",
		db_str0(db_row(&rows, 0), "number"));
	return RC_INVALID;
}

static enum rc
add(struct import *i, const struct aid_row *row)
{
	int64_t number;
	enum rc rc = check_made(i, row);

	if (rc)
		return rc;
	rc = aid_register(i->request, &row->draft, &number);
	return overtaken(i, row,
		rc == RC_CONFLICT ? COLUMN_NUMBER : COLUMN_LOCATION,
		rc == RC_CONFLICT ? "number-taken" : "place-gone", rc);
}

static enum rc
correct(struct import *i, const struct aid_row *row, const char *reason)
{
	const struct aid *a = &row->aid;
	const struct aid_draft *d = &row->draft;
	const struct aid_draft whole = {
		.serial = d->serial ? d->serial : a->serial,
		.condition = d->condition ? d->condition : a->condition,
		.bought_on = d->bought_on ? d->bought_on : a->bought_on,
		.price_cents = d->price_cents ? d->price_cents : a->price_cents,
	};

	return overtaken(i, row, -1, "overtaken",
		aid_correct(i->request, a, &whole, a->version, reason));
}

static enum rc
move(struct import *i, const struct aid_row *row, const char *reason)
{
	const struct aid *a = &row->aid;
	const char *refused;

	return overtaken(i, row, -1, "overtaken",
		aid_relocate(i->request, a, row->draft.place_id,
			a->version + row->corrects, reason, &refused));
}

/* Those that others may want, before any other row. */
static enum rc
lock(struct import *i)
{
	const struct aid_rows *rows = i->thing;
	struct request *r = i->request;
	int64_t *ids = pool_calloc(r->pool, rows->count, sizeof(*ids));
	struct db_rows turn;

	for (size_t n = 0; n < rows->count; n++)
		ids[n] = rows->rows[n].aid.id;
	if (db_select(r->db, r->pool, SQL_AID_IMPORT_TURN, DB_NO_ARGS, &turn))
		return RC_FAIL;
	return aid_lock(r, ids, rows->count);
}

static enum rc
carry_out_rows(struct import *i)
{
	const struct aid_rows *rows = i->thing;
	const char *reason = word(i, "aid.import.reason");
	enum rc rc = lock(i);

	for (size_t n = 0; !rc && n < rows->count; n++) {
		const struct aid_row *row = &rows->rows[n];

		if (row->deed == AID_ROW_NEW)
			rc = add(i, row);
		if (!rc && row->corrects)
			rc = correct(i, row, reason);
		if (!rc && row->moves)
			rc = move(i, row, reason);
	}
	return rc;
}

static enum rc
carry_out(struct import *i)
{
	enum rc rc = carry_out_rows(i);

	if (!rc)
		rc = session_notice(i->request, "ok", "aid.imported",
			count_of(i, AID_ROW_NEW), count_of(i, AID_ROW_CHANGED),
			count_of(i, AID_ROW_SAME), NULL);
	if (!rc)
		request_redirect(i->request, "/supplier/aids");
	return rc;
}

static const struct import_kind aids = {
	.id = "aid-import",
	.words = "aid.import",
	.path = "/supplier/aids/import",
	.parent = "managed-aids",
	.parent_href = "/supplier/aids",
	.rows_most = 5000,
	.column_count = AID_COLUMNS,
	.columns = columns,
	.check = aid_rows_check,
	.write = write_trial,
	.carry_out = carry_out,
};

enum rc
aid_import_page(struct request *r)
{
	return import_page(r, &aids);
}

enum rc
aid_import_template(struct request *r)
{
	return import_template(r, &aids);
}

enum rc
aid_import_post(struct request *r)
{
	return import_post(r, &aids);
}
