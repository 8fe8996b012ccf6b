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
