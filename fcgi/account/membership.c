#include <string.h>

#include "../access/session.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../engine/form.h"
#include "../engine/page.h"
#include "account.h"

/* What one may work as: "Zorggroep Terpen – Rol 2". */
static const char *
label_of(struct request *r, struct db_row row)
{
	const char *role = words_text(render_words(r->render), r->pool,
		lang_parse(r->lang),
		pool_printf(r->pool, "role.%s.%s", db_str0(row, "portal"),
			db_str0(row, "role")),
		0, NULL);
	const char *name = db_str(row, "organisation");

	return name ? pool_printf(r->pool, "%s – %s", name, role) : role;
}

static enum rc
find(struct request *r, struct db_rows *rows)
{
	return db_select(
		r->db, r->pool, SQL_SESSION_MEMBERSHIPS, DB_NO_ARGS, rows);
}

enum rc
membership_several(struct request *r, bool *several)
{
	struct db_rows rows;
	enum rc rc = find(r, &rows);

	*several = !rc && rows.count > 1;
	return rc;
}

static struct form *
begin(struct request *r, const struct db_rows *rows)
{
	struct form *f = form_begin(r, "own-membership", "/account/membership");

	for (size_t i = 0; i < rows->count; i++) {
		struct db_row row = db_row(rows, i);

		form_option(
			f, "membership", db_str0(row, "id"), label_of(r, row));
		if (db_num(row, "own"))
			form_default(f, "membership", db_str0(row, "id"));
	}
	form_cancel(f, "/account");
	return f;
}

static enum rc
write(struct request *r, struct form *f)
{
	page_begin(r, "own-membership");
	page_crumb(r, "account", "/account", NULL);
	page_crumb(r, "own-membership", NULL, NULL);
	return form_write(f);
}

enum rc
membership_choose(struct request *r)
{
	struct db_rows rows;
	enum rc rc = find(r, &rows);

	return rc ? rc : write(r, begin(r, &rows));
}

enum rc
membership_choose_post(struct request *r)
{
	struct db_rows rows;
	struct form *f;
	int64_t membership;
	enum rc rc = find(r, &rows);

	if (rc)
		return rc;
	f = begin(r, &rows);
	rc = form_read(f);
	if (rc == RC_INVALID)
		return write(r, f) ? RC_FAIL : RC_INVALID;
	if (rc || !text_int(form_get(f, "membership"), &membership))
		return RC_FAIL;
	rc = session_switch(r, membership);
	if (!rc)
		rc = audit_account(
			r, r->who->account, "login", "membership", true);
	if (!rc)
		request_redirect(r, "/");
	return rc;
}
