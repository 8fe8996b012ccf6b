#include <string.h>

#include "../../core/render.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "managed.h"

static const char staff_base[] = "/supplier/staff";

enum rc
managed_find(struct request *r, const char *code, struct managed *m)
{
	enum rc rc = r->method == METHOD_POST
			     ? account_lock(r, code, &m->account)
			     : account_get(r, code, &m->account);

	if (!rc)
		rc = account_members(r, &m->account, &m->members, &m->count);
	if (rc)
		return rc;
	m->staff = false;
	for (size_t i = 0; i < m->count; i++)
		if (!strcmp(m->members[i].portal, "supplier"))
			m->staff = true;
	m->base = m->staff ? staff_base : "/supplier/accounts";
	return m->staff == !strncmp(r->path, staff_base, strlen(staff_base))
		       ? RC_OK
		       : RC_NOTFOUND;
}

bool
managed_whole(const struct request *r, const struct managed *m)
{
	return !r->who->branch || !m->account.elsewhere;
}

const char *
managed_href(struct pool *p, const struct managed *m)
{
	return pool_printf(p, "%s/%s", m->base, m->account.code);
}

enum rc
managed_page(struct request *r, const struct managed *m, const char *id,
	const char *last)
{
	const struct account *a = &m->account;
	enum rc rc = audit_account(r, a->id, "view", "account", true);

	if (rc)
		return rc;
	page_begin(r, id);
	page_intro(r, NULL, NULL, a->name);
	page_intro(r, NULL, NULL, a->email ? a->email : a->wanted);
	page_crumb(r, m->staff ? "staff" : "customer-accounts", m->base, NULL);
	page_crumb(r, NULL, last ? managed_href(r->pool, m) : NULL, a->name);
	if (last)
		page_crumb(r, last, NULL, NULL);
	return RC_OK;
}

enum rc
managed_leave(struct request *r, const struct managed *m, const char *kind,
	const char *message)
{
	if (session_notice(r, kind, message, m->account.name, NULL))
		return RC_FAIL;
	request_redirect(r, "%s/%s", m->base, m->account.code);
	return RC_OK;
}

enum rc
managed_refused(struct request *r, const char *refused)
{
	page_message(r, "warn",
		pool_printf(r->pool, "account.refused.%s", refused), NULL);
	return RC_INVALID;
}

const char *
managed_word(struct request *r, const char *id)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 0, NULL);
}

/* What of the i-th dependant leans on it, up to the next one's name. */
static const char *
kinds_of(struct request *r, const struct db_rows *rows, size_t *i)
{
	int64_t membership = db_num(db_row(rows, *i), "membership");
	const char *kinds = "", *last = "";

	for (; *i < rows->count; ++*i) {
		struct db_row row = db_row(rows, *i);
		const char *what = db_str0(row, "what");

		if (db_num(row, "membership") != membership)
			break;
		if (!strcmp(what, last))
			continue;
		last = what;
		kinds = pool_printf(r->pool, "%s%s%s", kinds,
			*kinds ? ", " : "",
			managed_word(r, pool_printf(r->pool, "account.leans.%s",
						what)));
	}
	return kinds;
}

void
managed_dependants(struct request *r, const struct db_rows *dependants)
{
	if (!dependants->count)
		return;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "dependants");
	for (size_t i = 0; i < dependants->count;) {
		xml_open(r->xml, "place");
		xml_attr(
			r->xml, "name", db_str0(db_row(dependants, i), "name"));
		xml_attr(r->xml, "note", kinds_of(r, dependants, &i));
		xml_close(r->xml);
	}
	xml_close(r->xml);
}
