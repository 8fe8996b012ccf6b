#include <string.h>

#include "../../core/text.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "managed.h"

static const char accounts[] = "/supplier/accounts";
static const char staff[] = "/supplier/staff";

static bool
for_staff(const struct request *r)
{
	return !strncmp(r->path, staff, strlen(staff));
}

static enum rc
draw_new(struct request *r, struct form *f, void *thing)
{
	const char *id = for_staff(r) ? "staff-new" : "office-new";

	(void)thing;
	page_begin(r, id);
	page_crumb(r, for_staff(r) ? "staff" : "customer-accounts",
		for_staff(r) ? staff : accounts, NULL);
	page_crumb(r, id, NULL, NULL);
	return form_write(f);
}

static const char *
portal_of(const char *kind)
{
	return !strcmp(kind, "professional") ? "professional" : "institution";
}

static struct account_draft
read_access(const struct form *f)
{
	const char *kind = form_get(f, "kind");

	return (struct account_draft){.portal = portal_of(kind),
		.role = kind,
		.organisation = form_int(f, "organisation"),
		.visibility =
			strcmp(kind, "professional") != 0 ? "places" : NULL};
}

/* Staff is made and kept by who manages staff alone. */
static bool
is_staff(const struct account_member *members, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(members[i].portal, "supplier"))
			return true;
	return false;
}

/*
 * The address has an account: there it can be linked, for a reason; but
 * nothing of this form is carried out.
 */
static enum rc
offer_join(struct request *r, struct form *f, const struct account *known)
{
	const struct account_member *members;
	size_t count;
	enum rc rc = account_members(r, known, &members, &count);

	if (rc)
		return rc;
	if (is_staff(members, count)) {
		form_fail(f, "email", "staff", NULL, NULL);
		return RC_INVALID;
	}
	if (session_notice(r, "info", "office.known", known->name, NULL))
		return RC_FAIL;
	request_redirect(r, "%s/%s/join?kind=%s&organisation=%s", accounts,
		known->code, form_get(f, "kind"), form_get(f, "organisation"));
	return RC_REFUSED;
}

static enum rc
leave(struct request *r, const char *base, const struct account *a,
	const char *message)
{
	if (session_notice(r, "ok", message, a->name, NULL))
		return RC_FAIL;
	request_redirect(r, "%s/%s", base, a->code);
	return RC_OK;
}

static enum rc
apply_new(struct request *r, struct form *f, void *thing)
{
	struct account_draft d = read_access(f);
	const char *refused = NULL;
	struct account made;
	enum rc rc;

	(void)thing;
	d.name = form_get(f, "name");
	d.email = form_get(f, "email");
	d.lang = form_get(f, "lang");
	rc = account_invite(r, &d, &made, &refused);
	if (rc == RC_CONFLICT)
		return offer_join(r, f, &made);
	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	return rc ? rc
		  : leave(r, accounts, &made,
			    made.wanted ? "office.waiting" : "office.made");
}

/* Staff of one branch alone makes no staff of another. */
static enum rc
apply_staff(struct request *r, struct form *f, void *thing)
{
	struct account_draft d = {.portal = "supplier",
		.role = form_get(f, "role"),
		.name = form_get(f, "name"),
		.email = form_get(f, "email"),
		.branch = form_int(f, "branch"),
		.all_places = true};
	const char *refused = NULL;
	struct account made;
	enum rc rc;

	(void)thing;
	if (r->who->branch && !d.branch) {
		form_fail(f, "branch", "missing", NULL, NULL);
		return RC_INVALID;
	}
	rc = account_invite(r, &d, &made, &refused);
	if (rc == RC_CONFLICT) {
		form_fail(f, "email", "taken", NULL, NULL);
		return RC_INVALID;
	}
	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	return rc ? rc : leave(r, staff, &made, "office.made");
}

/* What the address of the page asks for. */
static void
default_access(const struct request *r, struct form *f)
{
	const char *kind = params_get(&r->get, "kind");

	form_default(f, "kind",
		kind && !strcmp(kind, "admin") ? "admin" : "professional");
	form_default(f, "organisation", params_get(&r->get, "organisation"));
}

static enum rc
make(struct request *r)
{
	bool own = for_staff(r);
	struct edit e = {.form = form_begin(
				 r, own ? "staff-new" : "office-new", r->path),
		.draw = draw_new,
		.apply = own ? apply_staff : apply_new};

	form_cancel(e.form, own ? staff : accounts);
	if (!own) {
		default_access(r, e.form);
		form_default(e.form, "lang", "nl");
	}
	return edit_run(r, &e);
}

enum rc
office_new(struct request *r)
{
	return make(r);
}

enum rc
staff_new(struct request *r)
{
	return make(r);
}

static enum rc
draw_join(struct request *r, struct form *f, void *thing)
{
	const struct managed *m = thing;
	enum rc rc = managed_page(r, m, "office-join", "office-join");

	return rc ? rc : form_write(f);
}

static enum rc
apply_join(struct request *r, struct form *f, void *thing)
{
	const struct managed *m = thing;
	struct account_draft d = read_access(f);
	const char *refused = NULL;
	enum rc rc;

	d.reason = form_get(f, "reason");
	rc = account_join(r, &m->account, &d, &refused);
	if (rc == RC_CONFLICT) {
		form_fail(f, "organisation", "member", NULL, NULL);
		return RC_INVALID;
	}
	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	return rc ? rc : managed_leave(r, m, "ok", "office.joined");
}

enum rc
office_join(struct request *r)
{
	struct managed m;
	struct edit e = {.thing = &m, .draw = draw_join, .apply = apply_join};
	enum rc rc = managed_find(r, r->args[0], &m);

	if (rc)
		return rc;
	if (m.account.state == ACCOUNT_ENDED)
		return managed_leave(r, &m, "warn", "account.refused.state");
	e.form = form_begin(r, "office-join", r->path);
	e.version = m.account.version;
	default_access(r, e.form);
	form_cancel(e.form, managed_href(r->pool, &m));
	return edit_run(r, &e);
}

static enum rc
draw_name(struct request *r, struct form *f, void *thing)
{
	const struct managed *m = thing;
	enum rc rc = managed_page(r, m, "office-name", "office-name");

	return rc ? rc : form_write(f);
}

static enum rc
apply_name(struct request *r, struct form *f, void *thing)
{
	const struct managed *m = thing;
	const char *refused = NULL;
	enum rc rc =
		account_rename(r, &m->account, form_get(f, "name"), &refused);

	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	return rc ? rc : managed_leave(r, m, "ok", "office.renamed");
}

enum rc
office_name(struct request *r)
{
	struct managed m;
	struct edit e = {.thing = &m, .draw = draw_name, .apply = apply_name};
	enum rc rc = managed_find(r, r->args[0], &m);

	if (rc)
		return rc;
	if (m.account.state == ACCOUNT_ENDED || !managed_whole(r, &m))
		return managed_leave(r, &m, "warn",
			managed_whole(r, &m) ? "account.refused.state"
					     : "office.elsewhere");
	e.form = form_begin(r, "office-name", r->path);
	e.version = m.account.version;
	form_default(e.form, "name", m.account.name);
	form_cancel(e.form, managed_href(r->pool, &m));
	return edit_run(r, &e);
}

/* The one among the memberships that is the supplier's. */
static const struct account_member *
of_staff(const struct managed *m)
{
	const struct account_member *s = m->members;

	while (strcmp(s->portal, "supplier") != 0)
		s++;
	return s;
}

static enum rc
draw_role(struct request *r, struct form *f, void *thing)
{
	const struct managed *m = thing;
	enum rc rc = managed_page(r, m, "staff-role", "staff-role");

	return rc ? rc : form_write(f);
}

static enum rc
apply_role(struct request *r, struct form *f, void *thing)
{
	const struct managed *m = thing;
	const struct account_draft d = {.portal = "supplier",
		.role = form_get(f, "role"),
		.branch = form_int(f, "branch"),
		.all_places = true};
	const char *refused = NULL;
	enum rc rc;

	if (r->who->branch && !d.branch) {
		form_fail(f, "branch", "missing", NULL, NULL);
		return RC_INVALID;
	}
	rc = account_member_change(r, &m->account, of_staff(m), &d, &refused);
	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	return rc ? rc : managed_leave(r, m, "ok", "office.role");
}

enum rc
staff_role(struct request *r)
{
	struct managed m;
	struct edit e = {.thing = &m, .draw = draw_role, .apply = apply_role};
	const struct account_member *s;
	enum rc rc = managed_find(r, r->args[0], &m);

	if (rc)
		return rc;
	if (m.account.id == r->who->account)
		return managed_leave(r, &m, "warn", "account.refused.own");
	s = of_staff(&m);
	e.form = form_begin(r, "staff-role", r->path);
	e.version = m.account.version;
	form_default(e.form, "role", s->role);
	form_default(e.form, "branch",
		s->branch ? pool_printf(r->pool, "%lld", (long long)s->branch)
			  : NULL);
	form_cancel(e.form, managed_href(r->pool, &m));
	return edit_run(r, &e);
}
