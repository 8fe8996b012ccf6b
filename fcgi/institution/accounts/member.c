#include <string.h>

#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "member.h"

enum rc
member_find(struct request *r, struct member *e)
{
	size_t count = 0;
	enum rc rc = r->method == METHOD_POST
			     ? account_lock(r, r->args[0], &e->account)
			     : account_get(r, r->args[0], &e->account);

	if (!rc)
		rc = account_members(r, &e->account, &e->m, &count);
	if (rc)
		return rc;
	if (!count || e->account.state == ACCOUNT_ENDED)
		return RC_NOTFOUND;
	e->own = e->account.id == r->who->account;
	return RC_OK;
}

enum account_state
member_state(const struct member *e)
{
	return e->m->active ? e->account.state : ACCOUNT_DEACTIVATED;
}

enum rc
member_page(struct request *r, const struct member *e, const char *id,
	const char *last)
{
	enum rc rc = audit_account(r, e->account.id, "view", "account", true);

	if (rc)
		return rc;
	page_begin(r, id);
	page_intro(r, NULL, NULL, e->account.name);
	page_intro(r, NULL, NULL,
		e->account.email ? e->account.email : e->account.wanted);
	page_badge(r, "account.state", account_state_name(member_state(e)));
	page_crumb(r, "accounts", "/accounts", NULL);
	page_crumb(r, NULL,
		last ? pool_printf(r->pool, "/accounts/%s", e->account.code)
		     : NULL,
		e->account.name);
	if (last)
		page_crumb(r, last, NULL, NULL);
	return RC_OK;
}

static void
write_tab(struct request *r, const struct member *e, const char *id,
	const char *below, bool current)
{
	xml_open(r->xml, "tab");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "href",
		pool_printf(r->pool, "/accounts/%s%s", e->account.code, below));
	xml_attr(r->xml, "current", current ? "yes" : NULL);
	xml_close(r->xml);
}

void
member_tabs(struct request *r, const struct member *e, const char *current)
{
	bool places = !strcmp(current, "places");

	xml_open(r->xml, "tabs");
	xml_attr(r->xml, "id", "account");
	write_tab(r, e, "details", "", !places);
	write_tab(r, e, "places", "/places", places);
	xml_close(r->xml);
}

void
member_set_version(struct request *r, const struct member *e, struct form *f)
{
	form_default(f, "version", account_version(r->pool, &e->account, e->m));
}

enum rc
member_check_version(struct request *r, const struct member *e, struct form *f)
{
	const char *now = account_version(r->pool, &e->account, e->m);
	const char *sent = form_get(f, "version");

	if (sent && !strcmp(sent, now))
		return RC_OK;
	page_message(r, "warn", "account.changed", NULL);
	member_set_version(r, e, f);
	r->response.status = 409;
	return RC_INVALID;
}

void
member_refused(struct request *r, const char *refused)
{
	page_message(r, "warn",
		pool_printf(r->pool, "account.refused.%s", refused), NULL);
}

int64_t
member_by_code(const struct db_rows *rows, const char *code)
{
	for (size_t i = 0; code && i < rows->count; i++)
		if (!strcmp(db_str0(db_row(rows, i), "code"), code))
			return db_num(db_row(rows, i), "id");
	return 0;
}

enum rc
member_offer_successors(struct request *r, const struct member *e,
	struct form *f, const struct db_rows *dependants)
{
	struct db_rows rows;
	enum rc rc = account_authorisers(
		r, e->m->organisation, e->account.id, &rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		if (account_is_successor(row, dependants))
			form_option(f, "successor", db_str0(row, "code"),
				db_str0(row, "name"));
	}
	return rc;
}
