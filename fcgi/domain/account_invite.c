#include <string.h>

#include "account.h"
#include "account_mail.h"
#include "account_of.h"

/* Its organisation, held; or none, for the supplier's staff. */
static enum rc
find_organisation(
	struct request *r, const struct account_draft *d, struct db_row *row)
{
	bool staff = !strcmp(d->portal, "supplier");

	*row = (struct db_row){NULL, 0};
	if (staff != !d->organisation)
		return RC_NOTFOUND;
	return staff ? RC_OK
		     : db_one(r->db, r->pool, SQL_ACCOUNT_ORGANISATION,
			       DB_ARGS(db_int("organisation", d->organisation)),
			       row);
}

static enum rc
insert_member(struct request *r, int64_t account, const struct account_draft *d)
{
	struct account_role role = account_role_of(d->portal, d->role);
	enum rc rc = db_exec(r->db, SQL_ACCOUNT_MEMBER_INSERT,
		DB_ARGS(db_int("account", account),
			db_text("portal", d->portal),
			db_id("organisation", d->organisation),
			db_id("branch", d->branch), db_text("role", d->role),
			db_text("reason", d->reason),
			db_int("all_places", d->all_places),
			db_text("visibility",
				d->visibility ? d->visibility : "organisation"),
			db_int("orders",
				role.may_orders && d->may_authorise_orders)),
		NULL);

	return rc && db_duplicate(r->db) ? RC_CONFLICT : rc;
}

/* Who has the address hears of it, and the branch, which links. */
static enum rc
tell_waiting(struct request *r, const struct account *made,
	struct db_row holder, struct db_row organisation)
{
	const char *name = db_str0(organisation, "name");
	const char *email = db_str0(holder, "email");
	enum rc rc = account_mail_about(r, "waiting", email,
		db_str0(holder, "name"), db_str0(holder, "lang"), NULL, name);

	if (!rc)
		rc = audit_account(
			r, db_num(holder, "id"), "send", email, true);
	if (!rc)
		rc = account_mail_about(r, "link-asked",
			db_str0(organisation, "branch_email"),
			db_str0(organisation, "branch_name"), "nl",
			pool_printf(r->pool, "%s/supplier/accounts/%s",
				r->config->origin, made->code),
			name);
	return rc;
}

/* Of those that r->who manages, who has the address or waits for it. */
static enum rc
find_holder(struct request *r, const char *email, struct db_row *holder,
	bool *taken, int64_t *known)
{
	struct db_arg which = db_text("email", email);
	struct db_row waits;
	enum rc rc = db_one(
		r->db, r->pool, SQL_ACCOUNT_BY_EMAIL, DB_ARGS(which), holder);

	*known = 0;
	*taken = rc == RC_OK;
	if (rc && rc != RC_NOTFOUND)
		return rc;
	if (*taken && db_num(*holder, "known")) {
		*known = db_num(*holder, "id");
		return RC_OK;
	}
	rc = db_one(
		r->db, r->pool, SQL_ACCOUNT_BY_WANTED, DB_ARGS(which), &waits);
	if (!rc)
		*known = db_num(waits, "id");
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc
insert_account(struct request *r, const struct account_draft *d, bool taken,
	int64_t *id)
{
	enum rc rc = db_exec(r->db, SQL_ACCOUNT_INSERT,
		DB_ARGS(db_text("email", taken ? NULL : d->email),
			db_text("wanted", taken ? d->email : NULL),
			db_text("name", d->name),
			db_text("lang", d->lang ? d->lang : "nl")),
		NULL);

	*id = db_insert_id(r->db);
	return rc;
}

enum rc
account_invite(struct request *r, const struct account_draft *d,
	struct account *made, const char **refused)
{
	struct db_row organisation, holder;
	bool taken;
	int64_t id, known;
	enum rc rc;

	*refused = NULL;
	if (!account_may_give(r, d->portal, d->role))
		return RC_DENIED;
	rc = find_organisation(r, d, &organisation);
	if (!rc)
		rc = find_holder(r, d->email, &holder, &taken, &known);
	if (rc)
		return rc;
	if (known) {
		rc = account_of_job(r, known, made);
		return rc ? rc : RC_CONFLICT;
	}
	rc = insert_account(r, d, taken, &id);
	if (!rc)
		rc = insert_member(r, id, d);
	if (!rc)
		rc = account_of_job(r, id, made);
	if (rc)
		return rc;
	/* Nobody else knows of it yet: it keeps nothing alone. */
	made->keepers = pool_alloc(r->pool, sizeof(*made->keepers));
	rc = audit_account(r, id, "create", "account", true);
	if (rc)
		return rc;
	rc = account_of_invite(r, made,
		organisation.rows ? db_str0(organisation, "name") : NULL);
	return rc || !taken ? rc : tell_waiting(r, made, holder, organisation);
}

enum rc
account_join(struct request *r, const struct account *a,
	const struct account_draft *d, const char **refused)
{
	struct db_row organisation;
	enum account_state next;
	enum rc rc;

	if (!account_may_give(r, d->portal, d->role))
		return RC_DENIED;
	rc = account_of_judge(r, a, NULL, ACCOUNT_CHANGE, &next, refused);
	if (!rc && r->who->account == a->id) {
		*refused = "own";
		rc = RC_INVALID;
	}
	if (!rc)
		rc = find_organisation(r, d, &organisation);
	if (!rc)
		rc = insert_member(r, a->id, d);
	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
	if (!rc)
		rc = audit_account(r, a->id, "change", "join", true);
	return rc ? rc
		  : account_of_tell(r, a, "joined", NULL,
			    organisation.rows ? db_str0(organisation, "name")
					      : r->config->brand.name);
}

/* All that names the one names the other from now on. */
static enum rc
carry_over(struct request *r, const struct account *a, int64_t to,
	const char *reason)
{
	struct db_arg from = db_int("account", a->id);
	struct db_arg into = db_int("to", to);
	enum rc rc = db_exec(r->db, SQL_ACCOUNT_LINK_MEMBERS,
		DB_ARGS(from, into, db_text("reason", reason)), NULL);

	if (rc)
		return db_duplicate(r->db) ? RC_CONFLICT : rc;
	rc = db_exec(
		r->db, SQL_ACCOUNT_LINK_SERVICES, DB_ARGS(from, into), NULL);
	if (!rc)
		rc = db_exec(r->db, SQL_ACCOUNT_LINK_BUDGETS,
			DB_ARGS(from, into), NULL);
	return rc;
}

enum rc
account_link_waiting(struct request *r, const struct account *a,
	const char *reason, const char **refused)
{
	const struct account_member *members;
	struct account holder;
	struct db_row row;
	size_t count;
	enum rc rc;

	*refused = NULL;
	if (!a->wanted || a->state != ACCOUNT_INVITED) {
		*refused = "state";
		return RC_INVALID;
	}
	rc = db_one(r->db, r->pool, SQL_ACCOUNT_OF_EMAIL,
		DB_ARGS(db_text("email", a->wanted)), &row);
	if (!rc)
		rc = account_of_job(r, db_num(row, "id"), &holder);
	if (!rc)
		rc = account_members(r, a, &members, &count);
	if (!rc)
		rc = carry_over(r, a, holder.id, reason);
	if (!rc)
		rc = account_of_exec(r, &holder, SQL_ACCOUNT_TOUCH);
	if (!rc)
		rc = account_of_strip(r, a);
	if (!rc)
		rc = audit_account(r, holder.id, "change", "join", true);
	return rc ? rc
		  : account_of_tell(r, &holder, "joined", NULL,
			    count ? members[0].organisation_name : NULL);
}
