#include <string.h>

#include "../../core/render.h"
#include "../../domain/account_view.h"
#include "../../engine/detail.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "member.h"

static const char *
word(struct request *r, const char *id)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 0, NULL);
}

enum rc
accounts_page(struct request *r)
{
	enum rc rc =
		audit_account(r, r->who->account, "view", "accounts", true);

	if (rc)
		return rc;
	page_begin(r, "accounts");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "accounts");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "account.import", "quiet", "upload",
		"/accounts/import");
	action_link(r->xml, "account.new", "main", "plus", "/accounts/new");
	xml_close(r->xml);
	return list_run(r, "accounts", "/accounts",
		DB_ARGS(db_text("all", word(r, "account.places.all"))));
}

/* The form of one account, new (m NULL) or not. */
struct editing {
	struct request *request;
	struct member *e; /* NULL: a new one */
	struct form *form;
	struct db_rows authorisers;
	struct db_rows dependants;
	struct account_draft draft;
	int64_t services[ACCOUNT_SERVICES];
	struct account_step steps[ACCOUNT_STEPS_MAX];
	int step_count;
};

/* What one does not change of one's own account. */
static void
remove_own(struct form *f)
{
	static const char *const fields[] = {
		"role", "orders", "limited", "from", "authoriser", NULL};

	for (int i = 0; fields[i]; i++)
		form_remove(f, fields[i]);
	for (int i = 0; i < ACCOUNT_SERVICES; i++)
		form_remove(f, account_services[i]);
}

/* Only who may authorise is offered, and oneself as nobody. */
static void
offer_authorisers(struct editing *d)
{
	struct request *r = d->request;

	for (int i = 0; i < ACCOUNT_SERVICES; i++)
		form_option(d->form, account_services[i], "self",
			word(r, "account.authoriser.self"));
	for (size_t n = 0; n < d->authorisers.count; n++) {
		struct db_row row = db_row(&d->authorisers, n);
		const char *code = db_str0(row, "code");
		const char *name = db_str0(row, "name");

		if (account_is_authoriser(row, true))
			form_option(d->form, "authoriser", code, name);
		if (!account_is_authoriser(row, false))
			continue;
		for (int i = 0; i < ACCOUNT_SERVICES; i++)
			form_option(d->form, account_services[i], code, name);
	}
}

static enum rc
begin_form(struct request *r, struct member *e, struct editing *d)
{
	enum rc rc = account_authorisers(r, r->who->organisation,
		e ? e->account.id : 0, &d->authorisers);

	d->e = e;
	d->form = form_begin(r, "member", r->path);
	form_cancel(d->form, "/accounts");
	form_remove(d->form, "successor");
	if (rc)
		return rc;
	offer_authorisers(d);
	for (int i = 0; i < ACCOUNT_SERVICES; i++)
		form_default(d->form, account_services[i], "self");
	return e ? account_dependants(
			   r, e->account.id, e->m->organisation, &d->dependants)
		 : RC_OK;
}

static const char *
code_of(const struct db_rows *rows, int64_t account)
{
	for (size_t i = 0; i < rows->count; i++)
		if (db_num(db_row(rows, i), "id") == account)
			return db_str0(db_row(rows, i), "code");
	return NULL;
}

/* Who authorises now is offered too, though the right to it has gone. */
static const char *
current_code(
	struct editing *d, struct db_row row, const char *field, bool orders)
{
	int64_t id = db_num(row, "authoriser_id");

	for (size_t i = 0; i < d->authorisers.count; i++) {
		struct db_row a = db_row(&d->authorisers, i);

		if (db_num(a, "id") == id && account_is_authoriser(a, orders))
			return code_of(&d->authorisers, id);
	}
	form_option(d->form, field, db_str0(row, "code"), db_str0(row, "name"));
	return db_str0(row, "code");
}

static enum rc
default_services(struct editing *d)
{
	struct request *r = d->request;
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_ACCOUNTS_SERVICES,
		DB_ARGS(db_int("member", d->e->m->id)), &rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);
		const char *kind = db_str0(row, "kind");

		for (int k = 0; k < ACCOUNT_SERVICES; k++)
			if (!strcmp(account_services[k], kind))
				form_default(d->form, account_services[k],
					current_code(d, row,
						account_services[k], false));
	}
	return rc;
}

static enum rc
default_budget(struct editing *d)
{
	struct request *r = d->request;
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_ACCOUNTS_BUDGET,
		DB_ARGS(db_int("member", d->e->m->id)), &rows);

	if (rc)
		return rc;
	form_default(d->form, "limited", rows.count ? "yes" : NULL);
	form_set_rows(d->form, (int)rows.count);
	for (int i = 0; i < form_rows(d->form); i++) {
		struct db_row row = db_row(&rows, (size_t)i);

		form_default(d->form, pool_printf(r->pool, "from-%d", i + 1),
			db_str0(row, "from_cents"));
		form_default(d->form,
			pool_printf(r->pool, "authoriser-%d", i + 1),
			current_code(d, row, "authoriser", true));
	}
	return RC_OK;
}

/* What is the same whatever is sent. */
static void
set_fixed(struct editing *d)
{
	const struct account *a = &d->e->account;
	struct form *f = d->form;

	form_default(f, "name", a->name);
	if (a->elsewhere)
		form_lock(f, "name");
	form_default(f, "email", a->email ? a->email : a->wanted);
	form_lock(f, "email");
	if (d->e->own)
		remove_own(f);
}

static enum rc
set_defaults(struct editing *d)
{
	struct form *f = d->form;
	enum rc rc;

	set_fixed(d);
	member_set_version(d->request, d->e, f);
	if (d->e->own)
		return RC_OK;
	form_default(f, "role", d->e->m->role);
	form_default(f, "orders", d->e->m->may_authorise_orders ? "yes" : NULL);
	rc = default_services(d);
	return rc ? rc : default_budget(d);
}

/* Buttons of what can be done with it, at its end. */
static void
write_actions(struct request *r, const struct member *e)
{
	static const struct {
		enum account_event event;
		const char *id, *path, *look, *icon;
	} actions[] = {
		{ACCOUNT_RESEND, "account.resend", "resend", "quiet", "mail"},
		{ACCOUNT_REACTIVATE, "account.reactivate", "reactivate",
			"quiet", "rotate-ccw"},
		{ACCOUNT_DEACTIVATE, "account.deactivate", "deactivate",
			"quiet", "ban"}};

	if (e->own)
		return;
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "account.access");
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (account_may(member_state(e), actions[i].event))
			action_link(r->xml, actions[i].id, actions[i].look,
				actions[i].icon,
				pool_printf(r->pool, "/accounts/%s/%s",
					e->account.code, actions[i].path));
	xml_close(r->xml);
}

static void
write_facts(struct request *r, const struct member *e)
{
	const struct account *a = &e->account;

	detail_open(r->xml, "member");
	detail_item(r->xml, "state", "state", "account.state",
		account_state_name(member_state(e)));
	detail_item(r->xml, "link", "date", NULL, a->link_until);
	detail_item(r->xml, "login", "date", NULL, a->last_login_at);
	detail_item(r->xml, "factor", "state", "account.factor",
		a->has_factor ? "app" : "none");
	detail_item(r->xml, "created", "date", NULL, a->created_at);
	xml_close(r->xml);
}

static void
write_note(
	struct request *r, const char *id, const char *kind, const char *href)
{
	xml_open(r->xml, "notes");
	note_open(r->xml, id, kind, NULL, href);
	xml_close(r->xml);
	xml_close(r->xml);
}

/* Left to whoever authorises no more: somebody must take over. */
static void
write_left(struct request *r, const struct editing *d)
{
	if (d->dependants.count && member_state(d->e) == ACCOUNT_DEACTIVATED)
		write_note(r, "account-left", "warn",
			pool_printf(r->pool, "/accounts/%s/successor",
				d->e->account.code));
}

/* What the other one saved, beside what was typed here. */
static void
write_now(struct request *r, const struct member *e)
{
	detail_open(r->xml, "member-now");
	detail_item(r->xml, "name", "text", NULL, e->account.name);
	detail_item(r->xml, "role", "state", "role.institution", e->m->role);
	detail_item(r->xml, "orders", "state", "value",
		e->m->may_authorise_orders ? "yes" : "no");
	xml_close(r->xml);
}

static enum rc
write_edit(struct editing *d, bool succeed)
{
	struct request *r = d->request;
	enum rc rc = member_page(r, d->e, "account-edit", NULL);

	if (rc)
		return rc;
	xml_open(r->xml, "main");
	member_tabs(r, d->e, "details");
	if (d->e->own)
		write_note(r, "account-own", "info", NULL);
	write_left(r, d);
	if (succeed)
		account_write_dependants(r, &d->dependants);
	rc = form_write(d->form);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (r->response.status == 409)
		write_now(r, d->e);
	write_facts(r, d->e);
	write_actions(r, d->e);
	xml_close(r->xml);
	return rc;
}

static enum rc
write_new(struct editing *d)
{
	struct request *r = d->request;

	page_begin(r, "account-new");
	page_crumb(r, "accounts", "/accounts", NULL);
	page_crumb(r, "account-new", NULL, NULL);
	return form_write(d->form);
}

enum rc
account_new_page(struct request *r)
{
	struct editing d = {.request = r};
	enum rc rc = begin_form(r, NULL, &d);

	return rc ? rc : write_new(&d);
}

enum rc
account_edit_page(struct request *r)
{
	struct editing d = {.request = r};
	struct member e;
	enum rc rc = member_find(r, &e);

	if (!rc)
		rc = begin_form(r, &e, &d);
	if (!rc)
		rc = set_defaults(&d);
	return rc ? rc : write_edit(&d, false);
}

/* A role that can't have what is ticked beside it. */
static void
check_role(struct editing *d)
{
	const char *role = form_get(d->form, "role");
	struct account_role may;

	if (!role)
		return;
	may = account_role_of("institution", role);
	if (form_get(d->form, "orders") && !may.may_orders)
		form_fail(d->form, "orders", "role", NULL, NULL);
	if (form_get(d->form, "limited") && !may.may_have_limit)
		form_fail(d->form, "limited", "role", NULL, NULL);
}

static void
check_steps(struct editing *d)
{
	struct request *r = d->request;
	bool limited = form_get(d->form, "limited");
	const char *refused;
	int at = 0;

	d->step_count = limited ? form_rows(d->form) : 0;
	if (limited && !d->step_count) {
		form_fail(d->form, "limited", "no-steps", NULL, NULL);
		form_set_rows(d->form, 1);
	}
	if (!limited && form_rows(d->form))
		form_fail(d->form, "limited", "steps", NULL, NULL);
	for (int i = 0; i < d->step_count; i++)
		d->steps[i] = (struct account_step){
			form_int(d->form,
				pool_printf(r->pool, "from-%d", i + 1)),
			member_by_code(&d->authorisers,
				form_get(d->form,
					pool_printf(r->pool, "authoriser-%d",
						i + 1)))};
	if (form_failed(d->form))
		return;
	refused = account_steps_refused(
		d->steps, d->step_count, d->e ? d->e->account.id : -1, &at);
	if (refused)
		form_fail(d->form, pool_printf(r->pool, "from-%d", at + 1),
			refused, NULL, NULL);
}

/* All that was sent, as the domain takes it; errors are at their fields. */
static void
read_draft(struct editing *d)
{
	struct form *f = d->form;
	struct request *r = d->request;

	d->draft = (struct account_draft){
		.email = form_get(f, "email"),
		.name = form_get(f, "name"),
		.lang = r->lang,
		.portal = "institution",
		.organisation = r->who->organisation,
		.role = form_get(f, "role"),
		.may_authorise_orders = form_get(f, "orders") != NULL,
	};
	if (d->e) {
		d->draft.all_places = d->e->m->all_places;
		d->draft.visibility = d->e->m->visibility;
		d->draft.reason = d->e->m->reason;
		if (d->e->own)
			return;
	}
	check_role(d);
	check_steps(d);
	for (int i = 0; i < ACCOUNT_SERVICES; i++)
		d->services[i] = member_by_code(
			&d->authorisers, form_get(f, account_services[i]));
}

/* What hangs on the membership; the right fields only. */
static enum rc
save_hanging(struct editing *d, const struct account *a,
	const struct account_member *m, const char **refused)
{
	struct request *r = d->request;
	enum rc rc = account_member_services(r, a, m, d->services, refused);

	return rc ? rc
		  : account_member_budget(
			    r, a, m, d->steps, d->step_count, refused);
}

static enum rc
succeed(struct editing *d)
{
	struct request *r = d->request;
	const char *code = form_get(d->form, "successor");
	int64_t successor = member_by_code(&d->authorisers, code);

	if (!code || !d->dependants.count)
		return RC_OK;
	return successor ? account_succeed(r, &d->e->account,
				   d->e->m->organisation, successor)
			 : RC_DENIED;
}

static bool
same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static enum rc
save(struct editing *d, const char **refused)
{
	const struct account *a = &d->e->account;
	struct request *r = d->request;
	enum rc rc = RC_OK;

	if (!same(d->draft.name, a->name))
		rc = account_rename(r, a, d->draft.name, refused);
	if (rc || d->e->own)
		return rc;
	rc = succeed(d);
	if (!rc && (!same(d->draft.role, d->e->m->role) ||
			   d->draft.may_authorise_orders !=
				   d->e->m->may_authorise_orders))
		rc = account_member_change(r, a, d->e->m, &d->draft, refused);
	if (rc)
		return rc;
	return save_hanging(d, a, d->e->m, refused);
}

/* The form again: with the question for a successor, where that is it. */
static enum rc
ask_again(struct editing *d, const char *refused)
{
	bool successor = refused && !strcmp(refused, "successor");
	enum rc rc = RC_OK;

	if (refused)
		member_refused(d->request, refused);
	if (!successor && params_get(&d->request->post, "successor"))
		successor = d->dependants.count > 0;
	rc = write_edit(d, successor);
	return rc ? rc : RC_INVALID;
}

/* Whether one is asked for is known only when it was sent, or refused. */
static enum rc
begin_post(struct request *r, struct member *e, struct editing *d)
{
	enum rc rc = begin_form(r, e, d);

	if (rc)
		return rc;
	set_fixed(d);
	if (!params_get(&r->post, "successor") || !d->dependants.count)
		return RC_OK;
	form_restore(d->form, "successor");
	return member_offer_successors(r, e, d->form, &d->dependants);
}

enum rc
account_edit_post(struct request *r)
{
	const char *refused = NULL;
	struct editing d = {.request = r};
	struct member e;
	enum rc rc = member_find(r, &e);

	if (!rc)
		rc = begin_post(r, &e, &d);
	if (rc)
		return rc;
	rc = form_read(d.form);
	if (rc && rc != RC_INVALID)
		return rc;
	if (!form_refreshed(d.form))
		read_draft(&d);
	if (!rc)
		rc = member_check_version(r, &e, d.form);
	if (rc || form_failed(d.form))
		return ask_again(&d, NULL);
	rc = save(&d, &refused);
	if (rc == RC_INVALID) {
		if (refused && !strcmp(refused, "successor")) {
			form_restore(d.form, "successor");
			if (member_offer_successors(
				    r, &e, d.form, &d.dependants))
				return RC_FAIL;
			form_fail(d.form, "successor", "needed", NULL, NULL);
		}
		return ask_again(&d, refused);
	}
	if (!rc)
		rc = session_notice(
			r, "ok", "account.saved", d.draft.name, NULL);
	if (!rc)
		request_redirect(r, "/accounts/%s", e.account.code);
	return rc;
}

/* Where one goes on: who sees all has no places to be ticked. */
static enum rc
leave_new(struct request *r, const struct account_draft *draft,
	const struct account *made)
{
	bool all = !strcmp(draft->role, "admin") || !strcmp(draft->role, "1");
	enum rc rc = session_notice(
		r, "ok", "account.made", draft->name, draft->email, NULL);

	if (!rc)
		request_redirect(
			r, "/accounts/%s%s", made->code, all ? "" : "/places");
	return rc;
}

static enum rc
invite(struct editing *d, struct account *made)
{
	const struct account_member *m;
	const char *refused = NULL;
	size_t count = 0;
	struct request *r = d->request;
	enum rc rc = account_invite(r, &d->draft, made, &refused);

	if (rc == RC_CONFLICT) {
		form_fail(d->form, "email", "taken", NULL, made->name);
		return RC_INVALID;
	}
	if (!rc)
		rc = account_members(r, made, &m, &count);
	if (!rc && !count)
		rc = RC_FAIL;
	return rc ? rc : save_hanging(d, made, m, &refused);
}

enum rc
account_new_post(struct request *r)
{
	struct editing d = {.request = r};
	struct account made;
	enum rc rc = begin_form(r, NULL, &d);

	if (rc)
		return rc;
	rc = form_read(d.form);
	if (rc && rc != RC_INVALID)
		return rc;
	if (!form_refreshed(d.form))
		read_draft(&d);
	if (form_failed(d.form))
		rc = RC_INVALID;
	if (!rc)
		rc = invite(&d, &made);
	if (rc == RC_INVALID)
		return write_new(&d) ? RC_FAIL : RC_INVALID;
	return rc ? rc : leave_new(r, &d.draft, &made);
}
