#include "../../access/access.h"
#include "../../engine/page.h"
#include "account_rows.h"
#include "accounts.h"

static const struct import_column columns[ACCOUNT_COLUMNS] = {
	{"name", NULL, true}, {"email", NULL, true}, {"role", NULL, true},
	{"orders", NULL, false}, {"repair", "authoriser", false},
	{"move", "authoriser", false}, {"from_depot", "authoriser", false},
	{"to_depot", "authoriser", false}, {"pick_up", "authoriser", false},
	{"places", NULL, false}};

static const char *
count_of(const struct import *i)
{
	const struct account_rows *rows = i->thing;

	return pool_printf(i->request->pool, "%zu", rows->count);
}

static void
write_rows(const struct import *i)
{
	static const struct import_cell_column shown[] = {
		{"line", "text", NULL, NULL, NULL},
		{"name", "text", NULL, "lead", NULL},
		{"email", "text", NULL, NULL, NULL},
		{"role", "state", "role.institution", NULL, NULL},
		{"places", "text", NULL, NULL, NULL}};
	const struct account_rows *rows = i->thing;

	page_message(
		i->request, "info", "account.import.trial", count_of(i), NULL);
	import_list_open(i, "import-rows", shown,
		sizeof(shown) / sizeof(*shown), rows->count);
	for (size_t n = 0; n < rows->count && n < IMPORT_SHOWN_MAX; n++) {
		const struct account_row *row = &rows->rows[n];
		const char *const cells[] = {row->draft.name, row->draft.email,
			row->draft.role, row->place_names};

		import_list_row(
			i, row->line, sizeof(cells) / sizeof(*cells), cells);
	}
	import_list_close(i);
}

static enum rc
carry_out(struct import *i)
{
	enum rc rc = account_rows_make(i->request, i->thing);

	if (!rc)
		rc = session_notice(i->request, "ok", "account.imported",
			count_of(i), NULL);
	if (!rc)
		request_redirect(i->request, "/accounts");
	return rc;
}

static const struct import_kind accounts = {
	.id = "account-import",
	.words = "account.import",
	.path = "/accounts/import",
	.parent = "accounts",
	.parent_href = "/accounts",
	.rows_most = 1000,
	.column_count = ACCOUNT_COLUMNS,
	.columns = columns,
	.check = account_rows_check,
	.write = write_rows,
	.carry_out = carry_out,
};

enum rc
account_import_page(struct request *r)
{
	return import_page(r, &accounts);
}

enum rc
account_import_template(struct request *r)
{
	return import_template(r, &accounts);
}

enum rc
account_import_post(struct request *r)
{
	return import_post(r, &accounts);
}
