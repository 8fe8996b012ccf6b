#include <string.h>

#include "../../access/access.h"
#include "../../domain/history.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "organisation.h"
#include "organisations.h"

enum { PAYMENT_DAYS = 30, PASSWORD_MIN = 12 };

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct organisation *o = thing;

	page_begin(r, o->id ? "organisation-edit" : "organisation-new");
	if (o->id) {
		page_title_arg(r, NULL, NULL, o->name);
		organisation_crumbs(r, o->code, o->name, "edit");
	} else {
		page_crumb(r, "organisations", "/supplier/organisations", NULL);
		page_crumb(r, "organisation-new", NULL, NULL);
	}
	return form_write(f);
}

static const char *
id_text(struct request *r, int64_t id)
{
	return id ? organisation_number(r->pool, id) : NULL;
}

/* The umbrella it has stays, though another branch looks after that. */
static void
offer_parent(struct request *r, struct form *f, const struct organisation *o)
{
	if (!strcmp(o->kind, "umbrella")) {
		form_remove(f, "parent");
		return;
	}
	if (o->parent_id && !o->parent_visible)
		form_option(f, "parent", id_text(r, o->parent_id), o->parent);
	form_default(f, "parent", id_text(r, o->parent_id));
}

static struct form *
begin(struct request *r, const struct organisation *o)
{
	struct form *f = form_begin(r, "organisation", r->path);

	form_bounds(f, "payment_days", "0", "120");
	form_bounds(f, "password_min", "12", "64");
	form_default(f, "sms_allowed", o->sms_allowed ? "yes" : NULL);
	form_default(f, "password_min",
		organisation_number(r->pool, o->password_min));
	form_default(f, "branch", id_text(r, o->branch_id));
	form_default(f, "advisor", id_text(r, o->advisor_id));
	form_default(f, "second_factor", o->second_factor);
	form_default(f, "payment_days",
		organisation_number(r->pool, o->payment_days));
	if (!o->id) {
		form_default(f, "kind", o->kind);
		form_cancel(f, "/supplier/organisations");
		return f;
	}
	form_remove(f, "code");
	form_remove(f, "kind");
	form_default(f, "name", o->name);
	offer_parent(r, f, o);
	form_cancel(f, organisation_href(r->pool, o->code));
	return f;
}

static enum rc
insert(struct request *r, struct form *f, const char *kind, int64_t parent)
{
	enum rc rc = db_exec(r->db, SQL_ORGANISATION_INSERT,
		DB_ARGS(db_text("code", form_get(f, "code")),
			db_text("kind", kind),
			db_text("name", form_get(f, "name")),
			db_id("parent", parent),
			db_int("branch", form_int(f, "branch")),
			db_id("advisor", form_int(f, "advisor")),
			db_text("second_factor", form_get(f, "second_factor")),
			db_int("sms_allowed",
				form_get(f, "sms_allowed") != NULL),
			db_int("password_min", form_int(f, "password_min")),
			db_int("payment_days", form_int(f, "payment_days"))),
		NULL);

	if (rc && db_duplicate(r->db)) {
		form_fail(f, "code", "taken", NULL, NULL);
		return RC_INVALID;
	}
	return rc;
}

static enum rc
apply_new(struct request *r, struct form *f, void *thing)
{
	const char *kind = form_get(f, "kind"), *code = form_get(f, "code");
	const char *refused = organisation_code_refused(code);
	struct history h = {.kind = "organisation"};
	enum rc rc;

	(void)thing;
	if (refused)
		form_fail(f, "code", refused, NULL, NULL);
	if (!strcmp(kind, "umbrella") && form_get(f, "parent"))
		form_fail(f, "parent", "umbrella", NULL, NULL);
	if (form_failed(f))
		return RC_INVALID;
	rc = insert(r, f, kind, form_int(f, "parent"));
	if (rc)
		return rc;
	h.id = h.organisation_id = db_insert_id(r->db);
	rc = history_add(r, &h, "make", "active");
	return rc ? rc
		  : organisation_leave(
			    r, code, "organisation.made", form_get(f, "name"));
}

enum rc
organisation_new(struct request *r)
{
	struct organisation o = {.kind = "institution",
		.second_factor = "required",
		.sms_allowed = true,
		.password_min = PASSWORD_MIN,
		.branch_id = r->who->branch,
		.payment_days = PAYMENT_DAYS};
	const struct edit e = {.form = begin(r, &o),
		.thing = &o,
		.draw = draw,
		.apply = apply_new};

	return edit_run(r, &e);
}

static enum rc
update(struct request *r, struct form *f, const struct organisation *o)
{
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_ORGANISATION_UPDATE,
		DB_ARGS(db_int("id", o->id), db_int("version", o->version),
			db_text("name", form_get(f, "name")),
			db_id("parent", form_int(f, "parent")),
			db_int("branch", form_int(f, "branch")),
			db_id("advisor", form_int(f, "advisor")),
			db_text("second_factor", form_get(f, "second_factor")),
			db_int("sms_allowed",
				form_get(f, "sms_allowed") != NULL),
			db_int("password_min", form_int(f, "password_min")),
			db_int("payment_days", form_int(f, "payment_days"))),
		&changed);

	if (!rc && !changed)
		rc = RC_CONFLICT;
	if (!rc && form_int(f, "branch") != o->branch_id)
		rc = db_exec(r->db, SQL_ORGANISATION_AIDS_BRANCH,
			DB_ARGS(db_int("organisation", o->id),
				db_int("branch", form_int(f, "branch"))),
			NULL);
	return rc;
}

/* The names as they are now, after the update. */
static enum rc
write_history(struct request *r, const struct organisation *was,
	const struct organisation *now)
{
	const struct history h = {"organisation", was->id, was->id};
	const struct {
		const char *field, *before, *after;
	} values[] = {
		{"name", was->name, now->name},
		{"parent", was->parent, now->parent},
		{"branch", was->branch, now->branch},
		{"advisor", was->advisor, now->advisor},
		{"second_factor", was->second_factor, now->second_factor},
		{"sms_allowed", was->sms_allowed ? "yes" : "no",
			now->sms_allowed ? "yes" : "no"},
		{"password_min",
			organisation_number(r->pool, was->password_min),
			organisation_number(r->pool, now->password_min)},
		{"payment_days",
			organisation_number(r->pool, was->payment_days),
			organisation_number(r->pool, now->payment_days)},
	};
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < sizeof(values) / sizeof(values[0]); i++)
		rc = history_change(r, &h, values[i].field, values[i].before,
			values[i].after);
	return rc;
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct organisation *o = thing;
	struct organisation now = {0};
	enum rc rc = update(r, f, o);

	if (!rc)
		rc = organisation_get(r, o->code, &now);
	if (!rc)
		rc = write_history(r, o, &now);
	return rc ? rc
		  : organisation_leave(
			    r, o->code, "organisation.changed", now.name);
}

enum rc
organisation_edit(struct request *r)
{
	struct organisation o;
	struct edit e = {.thing = &o, .draw = draw, .apply = apply};
	enum rc rc = organisation_get(r, r->args[0], &o);

	if (rc)
		return rc;
	e.form = begin(r, &o);
	e.version = o.version;
	return edit_run(r, &e);
}
