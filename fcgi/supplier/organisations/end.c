#include "../../access/access.h"
#include "../../domain/history.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/page.h"
#include "organisation.h"
#include "organisations.h"

static void
write_arg(struct request *r, int64_t number)
{
	detail_arg(
		r->xml, "number", NULL, organisation_number(r->pool, number));
}

/* What ending does, or why it can't be. */
static void
write_consequence(
	struct request *r, const struct organisation *o, const char *refused)
{
	const char *id = "organisation-end";

	if (refused)
		id = pool_printf(r->pool, "organisation-end.%s", refused);
	xml_open(r->xml, "notes");
	note_open(r->xml, id, refused ? "bad" : "warn", NULL, NULL);
	if (refused) {
		write_arg(r, o->use.aids);
		write_arg(r, o->use.requests);
		write_arg(r, o->use.children);
	} else {
		write_arg(r, o->accounts);
	}
	xml_close(r->xml);
	xml_close(r->xml);
}

static enum rc
draw_end(struct request *r, struct form *f, void *thing)
{
	const struct organisation *o = thing;
	const char *refused = organisation_end_refused(&o->use);

	page_begin(r, "organisation-end");
	page_title_arg(r, NULL, NULL, o->name);
	organisation_crumbs(r, o->code, o->name, "end");
	write_consequence(r, o, refused);
	return refused ? RC_OK : form_write(f);
}

static enum rc
draw_resume(struct request *r, struct form *f, void *thing)
{
	const struct organisation *o = thing;

	page_begin(r, "organisation-resume");
	page_title_arg(r, NULL, NULL, o->name);
	organisation_crumbs(r, o->code, o->name, "organisation-resume");
	xml_open(r->xml, "notes");
	note_open(r->xml, "organisation-resume", "info", NULL, NULL);
	xml_close(r->xml);
	xml_close(r->xml);
	return form_write(f);
}

static enum rc
set_active(struct request *r, const struct organisation *o, bool active)
{
	const struct history h = {"organisation", o->id, o->id};
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_ORGANISATION_SET_ACTIVE,
		DB_ARGS(db_int("id", o->id), db_int("version", o->version),
			db_int("active", active)),
		&changed);

	if (!rc && !changed)
		rc = RC_CONFLICT;
	return rc ? rc
		  : history_add(r, &h, active ? "resume" : "end",
			    active ? "active" : "ended");
}

static enum rc
apply_end(struct request *r, struct form *f, void *thing)
{
	const struct organisation *o = thing;
	enum rc rc;

	(void)f;
	if (organisation_end_refused(&o->use))
		return RC_INVALID;
	rc = set_active(r, o, false);
	if (!rc)
		rc = db_exec(r->db, SQL_ORGANISATION_END_CONTRACTS,
			DB_ARGS(db_int("organisation", o->id)), NULL);
	return rc ? rc
		  : organisation_leave(
			    r, o->code, "organisation.ended", o->name);
}

static enum rc
apply_resume(struct request *r, struct form *f, void *thing)
{
	const struct organisation *o = thing;
	enum rc rc = set_active(r, o, true);

	(void)f;
	return rc ? rc
		  : organisation_leave(
			    r, o->code, "organisation.resumed", o->name);
}

/* Done already: back to its page. */
static enum rc
end(struct request *r, bool active)
{
	struct organisation o;
	struct edit e = {.thing = &o};
	enum rc rc = organisation_get(r, r->args[0], &o);

	if (rc)
		return rc;
	if (o.active == active) {
		request_redirect(r, "/supplier/organisations/%s", o.code);
		return RC_OK;
	}
	e.form = form_begin(r,
		active ? "organisation-resume" : "organisation-end", r->path);
	e.version = o.version;
	e.draw = active ? draw_resume : draw_end;
	e.apply = active ? apply_resume : apply_end;
	form_cancel(e.form, organisation_href(r->pool, o.code));
	return edit_run(r, &e);
}

enum rc
organisation_end(struct request *r)
{
	return end(r, false);
}

enum rc
organisation_resume(struct request *r)
{
	return end(r, true);
}
