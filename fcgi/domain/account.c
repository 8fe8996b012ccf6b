#include <stdlib.h>
#include <string.h>

#include "../access/link.h"
#include "../core/format.h"
#include "../core/render.h"
#include "account.h"
#include "account_mail.h"
#include "account_of.h"

static void
read_account(struct db_row row, struct account *a)
{
	*a = (struct account){
		.id = db_num(row, "id"),
		.version = db_num(row, "version"),
		.code = db_str0(row, "code"),
		.state = account_state_parse(db_str0(row, "state")),
		.email = db_str(row, "email"),
		.wanted = db_str(row, "wanted_email"),
		.name = db_str0(row, "name"),
		.phone = db_str(row, "phone"),
		.lang = db_str0(row, "lang"),
		.created_at = db_str0(row, "created_at"),
		.last_login_at = db_str(row, "last_login_at"),
		.link_until = db_str(row, "link_until"),
		.has_password = db_num(row, "has_password"),
		.has_factor = db_num(row, "has_factor"),
		.elsewhere = db_num(row, "elsewhere"),
	};
}

enum rc
account_get(struct request *r, const char *code, struct account *a)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_ACCOUNT_GET,
		DB_ARGS(db_text("code", code)), &row);

	if (!rc)
		read_account(row, a);
	return rc;
}

/* The role of a portal that keeps its accounts: there is one. */
static const char *
keeper_of(const char *portal)
{
	int i = 0;

	while (strcmp(portal_ids[role_texts[i].portal], portal) != 0 ||
		!account_role_of(portal, role_texts[i].id).keeps)
		i++;
	return role_texts[i].id;
}

enum rc
account_lock(struct request *r, const char *code, struct account *a)
{
	struct db_arg which = db_text("code", code);
	struct db_rows *keepers = pool_alloc(r->pool, sizeof(*keepers));
	struct db_row row;
	enum rc rc = db_select(r->db, r->pool, SQL_ACCOUNT_KEEPERS,
		DB_ARGS(which, db_text("staff", keeper_of("supplier")),
			db_text("keeper", keeper_of("institution"))),
		keepers);

	if (!rc)
		rc = db_one(
			r->db, r->pool, SQL_ACCOUNT_LOCK, DB_ARGS(which), &row);
	if (rc)
		return rc;
	read_account(row, a);
	a->keepers = keepers;
	return RC_OK;
}

enum rc
account_of_job(struct request *r, int64_t id, struct account *a)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_ACCOUNT_OF_ID,
		DB_ARGS(db_int("id", id)), &row);

	if (!rc)
		read_account(row, a);
	return rc;
}

/* Of that organisation, or the staff: is it there alone? */
static bool
keeps_alone(const struct account *a, const char *portal, int64_t organisation)
{
	bool own = false, others = false;

	for (size_t i = 0; a->keepers && i < a->keepers->count; i++) {
		struct db_row k = db_row(a->keepers, i);

		if (strcmp(db_str0(k, "portal"), portal) != 0 ||
			db_num(k, "organisation_id") != organisation)
			continue;
		if (db_num(k, "account_id") == a->id)
			own = true;
		else
			others = true;
	}
	return own && !others;
}

bool
account_of_last_keeper(const struct account *a, const struct account_member *m)
{
	if (m)
		return keeps_alone(a, m->portal, m->organisation);
	for (size_t i = 0; a->keepers && i < a->keepers->count; i++) {
		struct db_row k = db_row(a->keepers, i);

		if (keeps_alone(a, db_str0(k, "portal"),
			    db_num(k, "organisation_id")))
			return true;
	}
	return false;
}

enum rc
account_of_facts(struct request *r, const struct account *a,
	const struct account_member *m, struct account_facts *facts)
{
	struct db_rows dependants;
	enum rc rc = account_dependants(
		r, a->id, m ? m->organisation : 0, &dependants);

	*facts = (struct account_facts){
		.by_job = !r->who,
		.own = r->who && r->who->account == a->id,
		.has_password = a->has_password,
		.last_keeper = account_of_last_keeper(a, m),
		.depended_on = !rc && dependants.count,
	};
	return rc;
}

enum rc
account_of_judge(struct request *r, const struct account *a,
	const struct account_member *m, enum account_event event,
	enum account_state *next, const char **refused)
{
	struct account_facts facts;
	struct account_verdict v;
	enum rc rc = account_of_facts(r, a, m, &facts);

	if (rc)
		return rc;
	v = account_rule(a->state, event, &facts);
	*refused = v.refused;
	*next = v.next;
	return v.refused ? RC_INVALID : RC_OK;
}

enum rc
account_of_exec(struct request *r, const struct account *a, enum sql sql)
{
	return db_exec(r->db, sql, DB_ARGS(db_int("account", a->id)), NULL);
}

enum rc
account_of_state(
	struct request *r, const struct account *a, enum account_state state)
{
	return db_exec(r->db, SQL_ACCOUNT_SET_STATE,
		DB_ARGS(db_int("account", a->id),
			db_text("state", account_state_name(state))),
		NULL);
}

enum rc
account_of_tell(struct request *r, const struct account *a, const char *event,
	const char *href, const char *about)
{
	enum rc rc;

	if (!a->email)
		return RC_OK;
	rc = account_mail_about(
		r, event, a->email, a->name, a->lang, href, about);
	return rc ? rc : audit_account(r, a->id, "send", event, true);
}

enum rc
account_of_invite(
	struct request *r, const struct account *a, const char *organisation)
{
	/* Who waits to be linked gets one too, which goes to nobody: its page
	 * says until when, as of every other. */
	const char *href = link_make(r, a->id, LINK_ACTIVATE);

	if (!href)
		return RC_FAIL;
	return account_of_tell(r, a, "invited", href,
		organisation ? organisation : r->config->brand.name);
}

/* Whoever is signed in as it is so no more. */
static enum rc
shut(struct request *r, const struct account *a)
{
	enum rc rc = account_of_exec(r, a, SQL_ACCOUNT_END_SESSIONS);

	return rc ? rc : account_of_exec(r, a, SQL_ACCOUNT_END_LINKS);
}

enum rc
account_activate(struct request *r, int64_t id, const char **refused)
{
	struct account a;
	uint64_t changed = 0;
	enum rc rc = account_of_job(r, id, &a);

	*refused = NULL;
	if (!rc)
		rc = db_exec(r->db, SQL_ACCOUNT_ACTIVATE_INVITED,
			DB_ARGS(db_int("account", id)), &changed);
	if (!rc && !changed) {
		*refused = "state";
		return RC_INVALID;
	}
	if (!rc)
		rc = audit_account(r, id, "change", "activate", true);
	return rc ? rc : account_of_tell(r, &a, "activated", NULL, NULL);
}

enum rc
account_resend(struct request *r, const struct account *a, const char **refused)
{
	enum account_state next;
	enum rc rc =
		account_of_judge(r, a, NULL, ACCOUNT_RESEND, &next, refused);

	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
	return rc ? rc
		  : account_of_invite(
			    r, a, r->who ? r->who->organisation_name : NULL);
}

enum rc
account_rename(struct request *r, const struct account *a, const char *name,
	const char **refused)
{
	enum account_state next;
	enum rc rc =
		account_of_judge(r, a, NULL, ACCOUNT_CHANGE, &next, refused);

	if (rc)
		return rc;
	if (a->elsewhere && r->who->portal == DB_INSTITUTION) {
		*refused = "elsewhere";
		return RC_INVALID;
	}
	rc = db_exec(r->db, SQL_ACCOUNT_SET_NAME,
		DB_ARGS(db_int("account", a->id), db_text("name", name)), NULL);
	return rc ? rc : audit_account(r, a->id, "change", "name", true);
}

/* Who manages those that it authorised for: somebody must choose anew. */
static enum rc
tell_keepers(struct request *r, const struct account *a)
{
	const char *href = pool_printf(
		r->pool, "%s/accounts/%s", r->config->origin, a->code);
	struct db_rows rows;
	enum rc rc = account_dependants(r, a->id, 0, &rows);

	if (rc || !rows.count)
		return rc;
	rc = db_select(r->db, r->pool, SQL_ACCOUNT_ADMINISTRATORS,
		DB_ARGS(db_int("account", a->id),
			db_text("keeper", keeper_of("institution"))),
		&rows);
	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row k = db_row(&rows, i);

		rc = account_mail_about(r, "no-authoriser", db_str0(k, "email"),
			db_str0(k, "name"), db_str0(k, "lang"), href, a->name);
	}
	return rc;
}

enum rc
account_of_deactivate(
	struct request *r, const struct account *a, const char *event)
{
	enum rc rc = account_of_state(r, a, ACCOUNT_DEACTIVATED);

	if (!rc)
		rc = shut(r, a);
	if (!rc)
		rc = audit_account(r, a->id, "change", "deactivate", true);
	if (!rc && !r->who)
		rc = tell_keepers(r, a);
	return rc ? rc : account_of_tell(r, a, event, NULL, NULL);
}

enum rc
account_deactivate(struct request *r, const struct account *a,
	const char *event, const char **refused)
{
	enum account_state next;
	enum rc rc = account_of_judge(
		r, a, NULL, ACCOUNT_DEACTIVATE, &next, refused);

	return rc ? rc : account_of_deactivate(r, a, event);
}

enum rc
account_of_reactivate(
	struct request *r, const struct account *a, enum account_state next)
{
	enum rc rc = account_of_state(r, a, next);

	if (!rc)
		rc = audit_account(r, a->id, "change", "reactivate", true);
	if (rc)
		return rc;
	return next == ACCOUNT_INVITED
		       ? account_of_invite(r, a,
				 r->who ? r->who->organisation_name : NULL)
		       : account_of_tell(r, a, "reopened", NULL, NULL);
}

enum rc
account_reactivate(
	struct request *r, const struct account *a, const char **refused)
{
	enum account_state next;
	enum rc rc = account_of_judge(
		r, a, NULL, ACCOUNT_REACTIVATE, &next, refused);

	return rc ? rc : account_of_reactivate(r, a, next);
}

enum rc
account_readdress(struct request *r, const struct account *a, const char *email,
	const char **refused)
{
	struct account moved = *a;
	enum account_state next;
	enum rc rc =
		account_of_judge(r, a, NULL, ACCOUNT_READDRESS, &next, refused);

	if (rc)
		return rc;
	rc = db_exec(r->db, SQL_ACCOUNT_SET_EMAIL,
		DB_ARGS(db_int("account", a->id), db_text("email", email)),
		NULL);
	if (rc)
		return db_duplicate(r->db) ? RC_CONFLICT : rc;
	moved.email = email;
	moved.state = next;
	rc = shut(r, a);
	if (!rc)
		rc = audit_account(r, a->id, "change", "email", true);
	if (!rc)
		rc = account_of_tell(r, a, "readdressed", NULL, NULL);
	return rc ? rc : account_of_invite(r, &moved, NULL);
}

enum rc
account_reset_factor(
	struct request *r, const struct account *a, const char **refused)
{
	enum account_state next;
	enum rc rc = account_of_judge(
		r, a, NULL, ACCOUNT_RESET_FACTOR, &next, refused);

	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_END_FACTORS);
	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_END_CODES);
	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_END_SESSIONS);
	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
	if (!rc)
		rc = audit_account(r, a->id, "change", "factor", true);
	return rc ? rc : account_of_tell(r, a, "factor-reset", NULL, NULL);
}

/* What an account is called that has no name any more. */
static const char *
stripped_name(struct request *r)
{
	return words_text(render_words(r->render), r->pool, LANG_NL,
		"account.ended-name", 0, NULL);
}

enum rc
account_of_strip(struct request *r, const struct account *a)
{
	static const enum sql parts[] = {SQL_ACCOUNT_END_SESSIONS,
		SQL_ACCOUNT_END_LINKS, SQL_ACCOUNT_END_FACTORS,
		SQL_ACCOUNT_END_CODES, SQL_ACCOUNT_END_DEVICES,
		SQL_ACCOUNT_END_DRAFTS, SQL_ACCOUNT_END_STAND_INS,
		SQL_ACCOUNT_END_EXPORTS, SQL_ACCOUNT_END_SERVICES,
		SQL_ACCOUNT_END_BUDGETS, SQL_ACCOUNT_END_PLACES,
		SQL_ACCOUNT_END_MEMBERS};
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < sizeof(parts) / sizeof(parts[0]); i++)
		rc = account_of_exec(r, a, parts[i]);
	if (!rc && a->email)
		rc = db_exec(r->db, SQL_ACCOUNT_END_HELP,
			DB_ARGS(db_text("email", a->email)), NULL);
	if (!rc)
		rc = db_exec(r->db, SQL_ACCOUNT_STRIP,
			DB_ARGS(db_int("account", a->id),
				db_text("name", stripped_name(r))),
			NULL);
	return rc;
}

enum rc
account_end(struct request *r, const struct account *a, const char *event,
	const char **refused)
{
	enum account_state next;
	enum rc rc = account_of_judge(r, a, NULL, ACCOUNT_END, &next, refused);

	if (!rc)
		rc = account_of_tell(r, a, event, NULL, NULL);
	if (!rc)
		rc = account_of_strip(r, a);
	return rc ? rc : audit_account(r, a->id, "delete", "end", true);
}
