#include <string.h>

#include "../../engine/detail.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "managed.h"

/* A list of people is a look at their accounts. */
static enum rc
write_list(struct request *r, const char *id, const char *action, bool make)
{
	enum rc rc = audit_account(r, r->who->account, "view", id, true);

	if (rc)
		return rc;
	page_begin(r, id);
	if (make) {
		xml_open(r->xml, "actions");
		xml_attr(r->xml, "id", id);
		xml_attr(r->xml, "place", "head");
		action_link(r->xml, action, "main", "plus",
			pool_printf(r->pool, "%s/new", r->path));
		xml_close(r->xml);
	}
	return list_run(r, id, r->path, DB_NO_ARGS);
}

enum rc
office_accounts_page(struct request *r)
{
	return write_list(r, "customer-accounts", "office-new",
		access_may(r, RIGHT_ACCOUNT_MANAGE));
}

enum rc
staff_page(struct request *r)
{
	return write_list(r, "staff", "staff-new", true);
}

static void
write_action(struct request *r, const struct managed *m, const char *id,
	const char *icon, const char *below)
{
	action_link(r->xml, id, "quiet", icon,
		pool_printf(
			r->pool, "%s/%s/%s", m->base, m->account.code, below));
}

static bool
may_manage(const struct request *r, const struct managed *m)
{
	return m->staff || access_may(r, RIGHT_ACCOUNT_MANAGE);
}

static void
write_actions(struct request *r, const struct managed *m)
{
	if (m->account.state == ACCOUNT_ENDED)
		return;
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "office-head");
	xml_attr(r->xml, "place", "head");
	if (!m->staff)
		write_action(r, m, "office-explain", "eye", "explain");
	if (may_manage(r, m)) {
		if (m->staff)
			write_action(r, m, "staff-role", "users", "role");
		else
			write_action(r, m, "office-join", "plus", "join");
		write_action(r, m, "office-name", "pen-line", "name");
	}
	xml_close(r->xml);
}

static void
write_staff(struct request *r, const struct managed *m)
{
	const char *branch = NULL;
	struct db_row row;

	for (size_t i = 0; i < m->count; i++) {
		const struct account_member *s = &m->members[i];

		if (strcmp(s->portal, "supplier") != 0)
			continue;
		detail_item(r->xml, "role", "state", "role.supplier", s->role);
		if (s->branch &&
			!db_one(r->db, r->pool, SQL_OFFICE_BRANCH,
				DB_ARGS(db_int("id", s->branch)), &row))
			branch = db_str(row, "name");
		detail_item(r->xml, "branch", "text", NULL,
			branch ? branch
			       : managed_word(r, "office.branch.every"));
	}
}

static void
write_detail(struct request *r, const struct managed *m)
{
	const struct account *a = &m->account;
	struct xml *x = r->xml;

	detail_open(x, "office-account");
	detail_item(x, "email", "email", NULL, a->email);
	detail_item(x, "wanted", "email", NULL, a->wanted);
	detail_item(x, "phone", "phone", NULL, a->phone);
	detail_item(x, "lang", "state", "office.lang", a->lang);
	if (m->staff)
		write_staff(r, m);
	detail_item(x, "factor", "state", "account.factor",
		a->has_factor ? "app" : "none");
	detail_item(x, "login", "datetime", NULL, a->last_login_at);
	detail_item(x, "created", "datetime", NULL, a->created_at);
	detail_item(
		x, "link", "datetime", NULL, a->wanted ? NULL : a->link_until);
	xml_close(x);
}

static void
write_notes(struct request *r, const struct managed *m)
{
	int depth = xml_depth(r->xml);

	if (m->account.wanted || !managed_whole(r, m))
		xml_open(r->xml, "notes");
	if (m->account.wanted) {
		note_open(r->xml, "office-waiting", "warn", NULL, NULL);
		detail_arg(r->xml, NULL, NULL, m->account.wanted);
		xml_close(r->xml);
	}
	if (!managed_whole(r, m)) {
		note_open(r->xml, "office-elsewhere", "info", NULL, NULL);
		xml_close(r->xml);
	}
	xml_close_to(r->xml, depth);
}

enum rc
office_account_page(struct request *r)
{
	struct managed m;
	enum rc rc = managed_find(r, r->args[0], &m);

	if (!rc)
		rc = managed_page(r, &m, "office-account", NULL);
	if (rc)
		return rc;
	page_title(r, m.account.name);
	page_badge(r, "account.state", account_state_name(m.account.state));
	write_actions(r, &m);
	write_notes(r, &m);
	write_detail(r, &m);
	if (!m.staff)
		rc = list_run(r, "memberships", managed_href(r->pool, &m),
			DB_ARGS(db_int("account", m.account.id)));
	if (!rc && may_manage(r, &m))
		deeds_write(r, &m);
	return rc;
}
