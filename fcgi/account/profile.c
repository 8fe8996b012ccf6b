#include "../access/access.h"
#include "../engine/edit.h"
#include "../engine/page.h"
#include "account.h"

/*
 * Name, telephone and language are one's own (C5); of an institution's
 * account the administrator keeps the first two (I3).
 */
static bool
is_language(const struct request *r)
{
	return r->who->portal == DB_INSTITUTION;
}

static struct form *
begin_form(struct request *r, struct db_row own)
{
	bool language = is_language(r);
	struct form *f = form_begin(
		r, language ? "language" : "profile", "/account/profile");

	if (!language) {
		form_default(f, "name", db_str0(own, "name"));
		form_default(f, "phone", db_str0(own, "phone"));
	}
	form_default(f, "lang", db_str0(own, "lang"));
	form_cancel(f, "/account");
	return f;
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const char *id = is_language(r) ? "language" : "profile";

	(void)thing;
	page_begin(r, id);
	page_crumb(r, "account", "/account", NULL);
	page_crumb(r, id, NULL, NULL);
	return form_write(f);
}

static enum rc
save(struct request *r, const struct form *f)
{
	uint64_t changed = 0;
	enum rc rc;

	if (is_language(r))
		rc = db_exec(r->db, SQL_ACCOUNT_LANG_SET,
			DB_ARGS(db_text("lang", form_get(f, "lang")),
				db_int("version", form_int(f, "version"))),
			&changed);
	else
		rc = db_exec(r->db, SQL_ACCOUNT_PROFILE_SET,
			DB_ARGS(db_text("name", form_get(f, "name")),
				db_text("phone", form_get(f, "phone")),
				db_text("lang", form_get(f, "lang")),
				db_int("version", form_int(f, "version"))),
			&changed);
	return !rc && !changed ? RC_CONFLICT : rc;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	enum rc rc = save(r, f);

	(void)thing;
	if (!rc)
		rc = audit_account(
			r, r->who->account, "change", "profile", true);
	if (!rc)
		rc = session_notice(r, "ok", "profile.saved", NULL);
	if (!rc)
		request_redirect(r, "/account");
	return rc;
}

enum rc
profile_page(struct request *r)
{
	struct edit e = {.draw = draw, .apply = apply};
	struct db_row own;

	if (db_one(r->db, r->pool, SQL_ACCOUNT_PROFILE, DB_NO_ARGS, &own))
		return RC_FAIL;
	e.form = begin_form(r, own);
	e.version = db_num(own, "version");
	return edit_run(r, &e);
}
