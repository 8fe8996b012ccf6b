#include <string.h>

#include "../../domain/account_view.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "managed.h"

/* In the order of the buttons. id: the last part of the address. */
static const struct deed {
	const char *id;
	enum account_event event;
	const char *look, *icon;
	bool leaves; /* others may depend on it */
} deeds[] = {
	{"link", ACCOUNT_CHANGE, "main", "users", false},
	{"resend", ACCOUNT_RESEND, "quiet", "send", false},
	{"reactivate", ACCOUNT_REACTIVATE, "main", "rotate-ccw", false},
	{"reset-factor", ACCOUNT_RESET_FACTOR, "quiet", "smartphone", false},
	{"address", ACCOUNT_READDRESS, "quiet", "mail", false},
	{"deactivate", ACCOUNT_DEACTIVATE, "quiet", "pause", true},
	{"end", ACCOUNT_END, "text", "ban", true},
};

enum { DEEDS = sizeof(deeds) / sizeof(deeds[0]) };

/* An account, and what is done with it. */
struct doing {
	struct managed m;
	const struct deed *deed;
	struct db_rows dependants;
};

static bool
possible(const struct managed *m, const struct deed *d)
{
	const struct account *a = &m->account;

	if (!account_may(a->state, d->event))
		return false;
	if (!strcmp(d->id, "link"))
		return a->wanted && a->state == ACCOUNT_INVITED;
	if (!strcmp(d->id, "resend"))
		return a->email != NULL;
	return strcmp(d->id, "reset-factor") != 0 || a->has_factor;
}

void
deeds_write(struct request *r, const struct managed *m)
{
	int depth = xml_depth(r->xml);

	if (!managed_whole(r, m) || m->account.id == r->who->account)
		return;
	for (int i = 0; i < DEEDS; i++) {
		const struct deed *d = &deeds[i];

		if (!possible(m, d))
			continue;
		if (xml_depth(r->xml) == depth) {
			xml_open(r->xml, "actions");
			xml_attr(r->xml, "id", "office-account");
		}
		action_link(r->xml, pool_printf(r->pool, "office-%s", d->id),
			d->look, d->icon,
			pool_printf(r->pool, "%s/%s/%s", m->base,
				m->account.code, d->id));
	}
	xml_close_to(r->xml, depth);
}

/* Organisations that would be left without a contact. */
static enum rc
write_advised(struct request *r, const struct account *a)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_OFFICE_ADVISED,
		DB_ARGS(db_int("account", a->id)), &row);

	if (rc || !db_num(row, "organisations"))
		return rc;
	xml_open(r->xml, "notes");
	note_open(r->xml, "office-advises", "warn", NULL, NULL);
	detail_arg(r->xml, "number", NULL, db_str0(row, "organisations"));
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}

/* Who leans on it comes first: then the form would be in vain. */
static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct doing *d = thing;
	const char *id = pool_printf(r->pool, "office-%s", d->deed->id);
	enum rc rc = managed_page(r, &d->m, id, id);

	if (rc)
		return rc;
	page_title_arg(r, NULL, NULL, d->m.account.name);
	if (d->deed->leaves && d->m.staff)
		rc = write_advised(r, &d->m.account);
	if (rc || !d->dependants.count)
		return rc ? rc : form_write(f);
	xml_open(r->xml, "notes");
	note_open(r->xml, "office-dependants", "warn", NULL,
		pool_printf(
			r->pool, "%s/successor", managed_href(r->pool, &d->m)));
	xml_close(r->xml);
	xml_close(r->xml);
	account_write_dependants(r, &d->dependants);
	return RC_OK;
}

/* RC_CONFLICT: somebody has it. */
static enum rc
readdress(struct request *r, struct form *f, const struct account *a,
	const char **refused)
{
	enum rc rc = account_readdress(r, a, form_get(f, "email"), refused);

	if (rc != RC_CONFLICT)
		return rc;
	form_fail(f, "email", "taken", NULL, NULL);
	return RC_INVALID;
}

/* It may be linked there already, or the address be nobody's by now. */
static enum rc
link_waiting(struct request *r, struct form *f, const struct account *a,
	const char **refused)
{
	enum rc rc = account_link_waiting(r, a, form_get(f, "reason"), refused);

	if (rc == RC_CONFLICT)
		form_fail(f, NULL, "office-member", NULL, NULL);
	else if (rc == RC_NOTFOUND)
		form_fail(f, NULL, "office-nobody", NULL, NULL);
	else
		return rc;
	return RC_INVALID;
}

static enum rc
run(struct request *r, struct form *f, const struct doing *d,
	const char **refused)
{
	const struct account *a = &d->m.account;

	switch (d->deed->event) {
	case ACCOUNT_RESEND:
		return account_resend(r, a, refused);
	case ACCOUNT_RESET_FACTOR:
		return account_reset_factor(r, a, refused);
	case ACCOUNT_READDRESS:
		return readdress(r, f, a, refused);
	case ACCOUNT_DEACTIVATE:
		return account_deactivate(r, a, "closed", refused);
	case ACCOUNT_REACTIVATE:
		return account_reactivate(r, a, refused);
	case ACCOUNT_END:
		return account_end(r, a, "ended", refused);
	default:
		return link_waiting(r, f, a, refused);
	}
}

static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct doing *d = thing;
	const char *refused = NULL;
	enum rc rc = run(r, f, d, &refused);
	bool gone = d->deed->event == ACCOUNT_END ||
		    d->deed->event == ACCOUNT_CHANGE;

	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	if (!rc)
		rc = managed_leave(r, &d->m, "ok",
			pool_printf(r->pool, "office.done.%s", d->deed->id));
	/* There is nothing left to look at. */
	if (!rc && gone)
		request_redirect(r, "%s", d->m.base);
	return rc;
}

static const struct deed *
deed_of(const struct request *r)
{
	const char *id = strrchr(r->path, '/') + 1;
	int i = 0;

	while (strcmp(deeds[i].id, id) != 0)
		i++;
	return &deeds[i];
}

enum rc
office_deed(struct request *r)
{
	struct doing d = {.deed = deed_of(r)};
	struct edit e = {.thing = &d, .draw = draw, .apply = apply};
	enum rc rc = managed_find(r, r->args[0], &d.m);

	if (rc)
		return rc;
	if (!managed_whole(r, &d.m) || !possible(&d.m, d.deed))
		return managed_leave(r, &d.m, "warn",
			managed_whole(r, &d.m) ? "account.refused.state"
					       : "office.elsewhere");
	if (d.deed->leaves)
		rc = account_dependants(r, d.m.account.id, 0, &d.dependants);
	if (rc)
		return rc;
	e.form = form_begin(
		r, pool_printf(r->pool, "office-%s", d.deed->id), r->path);
	e.version = d.m.account.version;
	form_cancel(e.form, managed_href(r->pool, &d.m));
	return edit_run(r, &e);
}

/* One organisation after the other. */
static int64_t
organisation_of(const struct db_rows *dependants)
{
	return dependants->count
		       ? db_num(db_row(dependants, 0), "organisation_id")
		       : 0;
}

static enum rc
draw_successor(struct request *r, struct form *f, void *thing)
{
	const struct doing *d = thing;
	enum rc rc =
		managed_page(r, &d->m, "office-successor", "office-successor");

	if (rc)
		return rc;
	account_write_dependants(r, &d->dependants);
	return form_write(f);
}

static enum rc
apply_successor(struct request *r, struct form *f, void *thing)
{
	const struct doing *d = thing;
	enum rc rc = account_succeed(r, &d->m.account,
		organisation_of(&d->dependants), form_int(f, "successor"));

	return rc ? rc : managed_leave(r, &d->m, "ok", "office.done.successor");
}

static enum rc
offer_successors(struct request *r, const struct doing *d, struct form *f)
{
	struct db_rows rows;
	enum rc rc = account_authorisers(
		r, organisation_of(&d->dependants), d->m.account.id, &rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		if (account_is_successor(row, &d->dependants))
			form_option(f, "successor", db_str0(row, "id"),
				db_str0(row, "name"));
	}
	return rc;
}

enum rc
office_successor(struct request *r)
{
	struct doing d = {0};
	struct edit e = {
		.thing = &d, .draw = draw_successor, .apply = apply_successor};
	enum rc rc = managed_find(r, r->args[0], &d.m);

	if (!rc)
		rc = account_dependants(r, d.m.account.id, 0, &d.dependants);
	if (rc)
		return rc;
	if (!d.dependants.count || !managed_whole(r, &d.m))
		return managed_leave(r, &d.m, "info", "office.no-dependants");
	rc = account_dependants(r, d.m.account.id,
		organisation_of(&d.dependants), &d.dependants);
	e.form = form_begin(r, "office-successor", r->path);
	e.version = d.m.account.version;
	form_cancel(e.form, managed_href(r->pool, &d.m));
	if (!rc)
		rc = offer_successors(r, &d, e.form);
	return rc ? rc : edit_run(r, &e);
}
