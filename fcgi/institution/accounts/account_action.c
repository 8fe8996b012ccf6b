#include <string.h>

#include "../../domain/account_view.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "member.h"

/* What is asked on a page of its own, before it is done. */
static const struct action {
	const char *name; /* the last part of its address */
	const char *form;
	enum account_event event;
	bool succeeds; /* wants a successor for who depends on it */
} actions[] = {
	{"deactivate", "account-close", ACCOUNT_DEACTIVATE, true},
	{"reactivate", "account-open", ACCOUNT_REACTIVATE, false},
	{"resend", "account-resend", ACCOUNT_RESEND, false},
	{"successor", "account-successor", ACCOUNT_CHANGE, true},
};

struct asking {
	struct member e;
	const struct action *action;
	struct form *form;
	struct db_rows dependants;
};

static const struct action *
action_of(const struct request *r)
{
	const char *name = strrchr(r->path, '/') + 1;
	size_t i = 0;

	while (strcmp(actions[i].name, name) != 0)
		i++;
	return &actions[i];
}

static enum rc
begin(struct request *r, struct asking *k)
{
	enum rc rc = member_find(r, &k->e);

	if (rc)
		return rc;
	k->action = action_of(r);
	k->form = form_begin(r, k->action->form, r->path);
	form_cancel(k->form,
		pool_printf(r->pool, "/accounts/%s", k->e.account.code));
	member_set_version(r, &k->e, k->form);
	k->dependants = (struct db_rows){0};
	if (!k->action->succeeds)
		return RC_OK;
	rc = account_dependants(
		r, k->e.account.id, k->e.m->organisation, &k->dependants);
	if (rc)
		return rc;
	if (!k->dependants.count)
		form_remove(k->form, "successor");
	return member_offer_successors(r, &k->e, k->form, &k->dependants);
}

/* Back to the account, with why it can't be. Nothing was changed. */
static enum rc
leave(struct request *r, const struct asking *k, const char *kind,
	const char *message)
{
	enum rc rc = session_notice(r, kind, message, k->e.account.name, NULL);

	if (!rc)
		request_redirect(r, "/accounts/%s", k->e.account.code);
	return rc;
}

/* NULL, or the reason that the page need not ask. */
static const char *
refusal(const struct asking *k)
{
	if (k->e.own)
		return "own";
	if (!account_may(member_state(&k->e), k->action->event))
		return "state";
	if (!strcmp(k->action->name, "successor") && !k->dependants.count)
		return "state";
	return NULL;
}

static enum rc
write_page(struct request *r, const struct asking *k)
{
	const char *id = pool_printf(r->pool, "account-%s", k->action->name);
	enum rc rc = member_page(r, &k->e, id, id);

	if (rc)
		return rc;
	account_write_dependants(r, &k->dependants);
	return form_write(k->form);
}

static enum rc
refuse(struct request *r, const struct asking *k, const char *refused)
{
	return leave(r, k, "warn",
		pool_printf(r->pool, "account.refused.%s", refused));
}

enum rc
account_action_page(struct request *r)
{
	struct asking k;
	enum rc rc = begin(r, &k);

	if (rc)
		return rc;
	return refusal(&k) ? refuse(r, &k, refusal(&k)) : write_page(r, &k);
}

static enum rc
succeed(struct request *r, struct asking *k)
{
	const char *code = form_get(k->form, "successor");
	struct db_rows rows;
	enum rc rc;

	if (!k->dependants.count)
		return RC_OK;
	rc = account_authorisers(
		r, k->e.m->organisation, k->e.account.id, &rows);
	return rc ? rc
		  : account_succeed(r, &k->e.account, k->e.m->organisation,
			    member_by_code(&rows, code));
}

static enum rc
carry_out(struct request *r, struct asking *k, const char **refused)
{
	enum rc rc = k->action->succeeds ? succeed(r, k) : RC_OK;

	if (rc)
		return rc;
	switch (k->action->event) {
	case ACCOUNT_DEACTIVATE:
		return account_member_close(r, &k->e.account, k->e.m, refused);
	case ACCOUNT_REACTIVATE:
		return account_member_open(r, &k->e.account, k->e.m, refused);
	case ACCOUNT_RESEND:
		return account_resend(r, &k->e.account, refused);
	default:
		return RC_OK;
	}
}

enum rc
account_action_post(struct request *r)
{
	const char *refused = NULL;
	struct asking k;
	enum rc rc = begin(r, &k);

	if (rc)
		return rc;
	if (refusal(&k))
		return refuse(r, &k, refusal(&k));
	rc = form_read(k.form);
	if (rc == RC_FAIL)
		return rc;
	if (!rc)
		rc = member_check_version(r, &k.e, k.form);
	if (!rc)
		rc = carry_out(r, &k, &refused);
	if (rc == RC_INVALID) {
		if (refused)
			member_refused(r, refused);
		rc = write_page(r, &k);
		return rc ? rc : RC_INVALID;
	}
	return rc ? rc
		  : leave(r, &k, "ok",
			    pool_printf(r->pool, "account.done.%s",
				    k.action->name));
}
