#include "../../access/access.h"
#include "../../domain/mechanic.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "mechanics.h"

static const char list[] = "/supplier/mechanics";

enum rc
mechanics_page(struct request *r)
{
	page_begin(r, "mechanics");
	page_crumb(r, "work-week", "/supplier/planning", NULL);
	page_crumb(r, "mechanics", NULL, NULL);
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "mechanics");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "mechanic-new", "main", "plus",
		"/supplier/mechanics/new");
	xml_close(r->xml);
	return list_run(r, "mechanics", list, DB_NO_ARGS);
}

static enum rc
leave(struct request *r, const char *message, const char *name)
{
	if (session_notice(r, "ok", message, name, NULL))
		return RC_FAIL;
	request_redirect(r, "%s", list);
	return RC_OK;
}

static void
write_crumbs(struct request *r, const char *id)
{
	page_crumb(r, "work-week", "/supplier/planning", NULL);
	page_crumb(r, "mechanics", list, NULL);
	page_crumb(r, id, NULL, NULL);
}

static void
write_end(struct request *r, const struct mechanic *m)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "mechanic");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "mechanic-end", "text", "ban",
		pool_printf(r->pool, "%s/%lld/end", list, (long long)m->id));
	xml_close(r->xml);
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct mechanic *m = thing;
	const char *id = m->id ? "mechanic-edit" : "mechanic-new";

	page_begin(r, id);
	page_title_arg(r, NULL, NULL, m->name);
	page_intro(r, NULL, NULL, m->branch);
	write_crumbs(r, id);
	if (m->id && !m->ended)
		write_end(r, m);
	return form_write(f);
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	struct mechanic m = *(const struct mechanic *)thing;
	enum rc rc;

	m.name = form_get(f, "name");
	m.phone = form_get(f, "phone");
	if (!m.id && !m.branch_id)
		m.branch_id = form_int(f, "branch");
	rc = m.id ? mechanic_change(r, &m) : mechanic_add(r, &m);
	if (rc == RC_INVALID)
		form_fail(f, "name", "taken", NULL, NULL);
	return rc ? rc
		  : leave(r, m.id ? "mechanic.changed" : "mechanic.made",
			    m.name);
}

static enum rc
run_on(struct request *r, struct mechanic *m)
{
	const struct edit e = {.form = form_begin(r, "mechanic", r->path),
		.version = m->version,
		.thing = m,
		.draw = draw,
		.apply = apply};

	if (m->branch_id)
		form_remove(e.form, "branch");
	form_default(e.form, "name", m->name);
	form_default(e.form, "phone", m->phone);
	form_cancel(e.form, list);
	return edit_run(r, &e);
}

/* Who plans for all branches says which. */
enum rc
mechanic_new(struct request *r)
{
	struct mechanic m = {.branch_id = r->who->branch};

	return run_on(r, &m);
}

enum rc
mechanic_edit(struct request *r)
{
	struct mechanic m;
	enum rc rc = mechanic_get(r, r->args[0], &m);

	return rc ? rc : run_on(r, &m);
}

static enum rc
draw_end(struct request *r, struct form *f, void *thing)
{
	const struct mechanic *m = thing;

	page_begin(r, "mechanic-end");
	page_title_arg(r, NULL, NULL, m->name);
	write_crumbs(r, "mechanic-end");
	xml_open(r->xml, "notes");
	note_open(r->xml, m->planned ? "mechanic-end.planned" : "mechanic-end",
		"warn", NULL, NULL);
	detail_arg(r->xml, "number", NULL,
		pool_printf(r->pool, "%lld", (long long)m->planned));
	xml_close(r->xml);
	xml_close(r->xml);
	return form_write(f);
}

static enum rc
apply_end(struct request *r, struct form *f, void *thing)
{
	const struct mechanic *m = thing;
	enum rc rc = mechanic_end(r, m);

	(void)f;
	return rc ? rc : leave(r, "mechanic.ended", m->name);
}

/* Done already: back to the list. */
enum rc
mechanic_end_page(struct request *r)
{
	struct mechanic m;
	struct edit e = {.thing = &m, .draw = draw_end, .apply = apply_end};
	enum rc rc = mechanic_get(r, r->args[0], &m);

	if (rc)
		return rc;
	if (m.ended) {
		request_redirect(r, "%s", list);
		return RC_OK;
	}
	e.form = form_begin(r, "mechanic-end", r->path);
	e.version = m.version;
	form_cancel(e.form, list);
	return edit_run(r, &e);
}
