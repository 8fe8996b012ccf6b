#include <string.h>

#include "account.h"
#include "account_mail.h"
#include "account_of.h"

static struct account_member
read_member(struct db_row row)
{
	return (struct account_member){
		.id = db_num(row, "id"),
		.version = db_num(row, "version"),
		.portal = db_str0(row, "portal"),
		.organisation = db_num(row, "organisation_id"),
		.organisation_code = db_str(row, "code"),
		.organisation_name = db_str(row, "name"),
		.branch = db_num(row, "branch_id"),
		.role = db_str0(row, "role"),
		.reason = db_str(row, "reason"),
		.all_places = db_num(row, "all_places"),
		.visibility = db_str0(row, "visibility"),
		.may_authorise_orders = db_num(row, "may_authorise_orders"),
		.active = db_num(row, "active"),
	};
}

enum rc
account_members(struct request *r, const struct account *a,
	const struct account_member **members, size_t *count)
{
	struct account_member *list;
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool,
		a->keepers ? SQL_ACCOUNT_MEMBERS_LOCK : SQL_ACCOUNT_MEMBERS,
		DB_ARGS(db_int("account", a->id)), &rows);

	if (rc)
		return rc;
	list = pool_calloc(r->pool, rows.count + 1, sizeof(*list));
	for (size_t i = 0; i < rows.count; i++)
		list[i] = read_member(db_row(&rows, i));
	*members = list;
	*count = rows.count;
	return RC_OK;
}

const char *
account_version(
	struct pool *p, const struct account *a, const struct account_member *m)
{
	return pool_printf(p, "%lld-%lld", (long long)a->version,
		m ? (long long)m->version : 0LL);
}

struct account_role
account_role_of(const char *portal, const char *role)
{
	bool staff = !strcmp(portal, "supplier");

	return (struct account_role){
		.keeps = access_role_may(portal, role,
			staff ? RIGHT_STAFF_MANAGE : RIGHT_ACCOUNT_MANAGE),
		.may_services =
			access_role_may(portal, role, RIGHT_SERVICE_AUTHORISE),
		.may_orders =
			access_role_may(portal, role, RIGHT_ORDER_AUTHORISE),
		.may_have_limit =
			access_role_may(portal, role, RIGHT_BUDGET_LIMIT),
	};
}

bool
account_may_give(const struct request *r, const char *portal, const char *role)
{
	if (!access_role(portal, role))
		return false;
	if (!strcmp(portal, "supplier"))
		return r->who->portal == DB_SUPPLIER &&
		       access_may(r, RIGHT_STAFF_MANAGE);
	if (r->who->portal == DB_INSTITUTION &&
		strcmp(portal, "institution") != 0)
		return false;
	return access_may(r, RIGHT_ACCOUNT_MANAGE);
}

/* Which of its two rights to authorise others lean on. */
static enum rc
depends(struct request *r, const struct account *a,
	const struct account_member *m, struct account_depends *d)
{
	struct db_rows rows;
	enum rc rc = account_dependants(r, a->id, m->organisation, &rows);

	*d = (struct account_depends){false, false};
	for (size_t i = 0; !rc && i < rows.count; i++) {
		if (!strcmp(db_str0(db_row(&rows, i), "what"), "order"))
			d->orders = true;
		else
			d->services = true;
	}
	return rc;
}

static enum rc
member_exec(struct request *r, const struct account_member *m, enum sql sql)
{
	return db_exec(r->db, sql, DB_ARGS(db_int("member", m->id)), NULL);
}

/* Both versions count a change of either. */
static enum rc
touch(struct request *r, const struct account *a,
	const struct account_member *m)
{
	enum rc rc = member_exec(r, m, SQL_ACCOUNT_MEMBER_TOUCH);

	return rc ? rc : account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
}

static enum rc
judge_role(struct request *r, const struct account *a,
	const struct account_member *m, const struct account_draft *d,
	const char **refused)
{
	struct account_role old = account_role_of(m->portal, m->role);
	struct account_role new = account_role_of(m->portal, d->role);
	struct account_depends lean;
	struct account_facts facts;
	enum account_state next;
	enum rc rc = account_of_judge(r, a, m, ACCOUNT_CHANGE, &next, refused);

	if (!rc)
		rc = account_of_facts(r, a, m, &facts);
	if (!rc)
		rc = depends(r, a, m, &lean);
	if (rc)
		return rc;
	*refused = account_role_refused(
		&old, &new, d->may_authorise_orders, &lean, &facts);
	return *refused ? RC_INVALID : RC_OK;
}

enum rc
account_member_change(struct request *r, const struct account *a,
	const struct account_member *m, const struct account_draft *d,
	const char **refused)
{
	struct account_role role = account_role_of(m->portal, d->role);
	uint64_t changed;
	enum rc rc;

	if (!account_may_give(r, m->portal, d->role))
		return RC_DENIED;
	rc = judge_role(r, a, m, d, refused);
	if (!rc)
		rc = db_exec(r->db, SQL_ACCOUNT_MEMBER_SET,
			DB_ARGS(db_int("member", m->id),
				db_text("role", d->role),
				db_id("branch", d->branch),
				db_text("reason", d->reason),
				db_int("all_places", d->all_places),
				db_text("visibility", d->visibility
							      ? d->visibility
							      : "organisation"),
				db_int("orders",
					role.may_orders &&
						d->may_authorise_orders)),
			&changed);
	if (!rc && !changed)
		rc = RC_NOTFOUND;
	if (!rc && !role.may_have_limit)
		rc = member_exec(r, m, SQL_ACCOUNT_STEPS_DELETE);
	if (!rc)
		rc = account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
	return rc ? rc : audit_account(r, a->id, "change", "role", true);
}

/* May who asks change this of the membership? Never of one's own. */
static enum rc
judge_change(struct request *r, const struct account *a,
	const struct account_member *m, const char **refused)
{
	enum account_state next;
	enum rc rc = account_of_judge(r, a, m, ACCOUNT_CHANGE, &next, refused);

	if (!rc && r->who->account == a->id) {
		*refused = "own";
		rc = RC_INVALID;
	}
	return rc;
}

/* RC_DENIED: nobody of the organisation who may. */
static enum rc
check_authoriser(struct request *r, const struct account_member *m,
	int64_t account, bool orders)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_ACCOUNT_AUTHORISER,
		DB_ARGS(db_int("authoriser", account),
			db_int("organisation", m->organisation)),
		&row);

	if (rc)
		return rc == RC_NOTFOUND ? RC_DENIED : rc;
	return account_is_authoriser(row, orders) ? RC_OK : RC_DENIED;
}

enum rc
account_member_services(struct request *r, const struct account *a,
	const struct account_member *m,
	const int64_t authorisers[ACCOUNT_SERVICES], const char **refused)
{
	enum rc rc = judge_change(r, a, m, refused);

	if (!rc)
		rc = member_exec(r, m, SQL_ACCOUNT_SERVICES_DELETE);
	for (int i = 0; !rc && i < ACCOUNT_SERVICES; i++) {
		if (!authorisers[i] || authorisers[i] == a->id)
			continue;
		rc = check_authoriser(r, m, authorisers[i], false);
		if (rc)
			return rc;
		rc = db_exec(r->db, SQL_ACCOUNT_SERVICE_INSERT,
			DB_ARGS(db_int("member", m->id),
				db_text("kind", account_services[i]),
				db_int("authoriser", authorisers[i])),
			NULL);
	}
	if (!rc)
		rc = touch(r, a, m);
	return rc ? rc : audit_account(r, a->id, "change", "services", true);
}

enum rc
account_member_budget(struct request *r, const struct account *a,
	const struct account_member *m, const struct account_step *steps,
	int count, const char **refused)
{
	int at;
	enum rc rc = judge_change(r, a, m, refused);

	if (rc)
		return rc;
	*refused = account_steps_refused(steps, count, a->id, &at);
	if (*refused)
		return RC_INVALID;
	if (count && !account_role_of(m->portal, m->role).may_have_limit)
		return RC_DENIED;
	rc = member_exec(r, m, SQL_ACCOUNT_STEPS_DELETE);
	for (int i = 0; !rc && i < count; i++) {
		rc = check_authoriser(r, m, steps[i].authoriser, true);
		if (rc)
			return rc;
		rc = db_exec(r->db, SQL_ACCOUNT_STEP_INSERT,
			DB_ARGS(db_int("member", m->id),
				db_int("cents", steps[i].from_cents),
				db_int("authoriser", steps[i].authoriser)),
			NULL);
	}
	if (!rc)
		rc = touch(r, a, m);
	return rc ? rc : audit_account(r, a->id, "change", "budget", true);
}

enum rc
account_member_places(struct request *r, const struct account *a,
	const struct account_member *m, const struct account_place *places,
	size_t count, const char **refused)
{
	enum rc rc = judge_change(r, a, m, refused);

	if (!rc)
		rc = member_exec(r, m, SQL_ACCOUNT_PLACES_DELETE);
	for (size_t i = 0; !rc && i < count; i++) {
		uint64_t added = 0;

		rc = db_exec(r->db, SQL_ACCOUNT_PLACE_INSERT,
			DB_ARGS(db_int("member", m->id),
				db_int("place", places[i].id),
				db_int("whole", places[i].whole)),
			&added);
		if (!rc && !added)
			return RC_DENIED;
	}
	if (!rc)
		rc = touch(r, a, m);
	return rc ? rc : audit_account(r, a->id, "change", "places", true);
}

enum rc
account_dependants(struct request *r, int64_t account, int64_t organisation,
	struct db_rows *rows)
{
	return db_select(r->db, r->pool, SQL_ACCOUNT_DEPENDANTS,
		DB_ARGS(db_int("account", account),
			db_id("organisation", organisation)),
		rows);
}

enum rc
account_authorisers(struct request *r, int64_t organisation, int64_t but,
	struct db_rows *rows)
{
	return db_select(r->db, r->pool, SQL_ACCOUNT_AUTHORISERS,
		DB_ARGS(db_int("organisation", organisation),
			db_int("but", but)),
		rows);
}

bool
account_is_authoriser(struct db_row row, bool orders)
{
	struct account_role role =
		account_role_of("institution", db_str0(row, "role"));

	return orders ? role.may_orders && db_num(row, "may_authorise_orders")
		      : role.may_services;
}

bool
account_is_successor(struct db_row row, const struct db_rows *dependants)
{
	if (db_num(row, "depends"))
		return false;
	for (size_t i = 0; i < dependants->count; i++) {
		struct db_row d = db_row(dependants, i);
		bool orders = !strcmp(db_str0(d, "what"), "order");

		if (!account_is_authoriser(row, orders))
			return false;
	}
	return true;
}

/* Services, budgets, and what waits for a verdict at this moment. */
static enum rc
hand_over(struct request *r, const struct account *a, int64_t organisation,
	int64_t successor)
{
	static const enum sql parts[] = {SQL_ACCOUNT_SUCCEED_SERVICES,
		SQL_ACCOUNT_SUCCEED_BUDGETS, SQL_ACCOUNT_SUCCEED_APPROVALS,
		SQL_ACCOUNT_SUCCEED_REQUESTS};
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < sizeof(parts) / sizeof(parts[0]); i++)
		rc = db_exec(r->db, parts[i],
			DB_ARGS(db_int("account", a->id),
				db_int("organisation", organisation),
				db_int("successor", successor)),
			NULL);
	return rc;
}

enum rc
account_succeed(struct request *r, const struct account *a,
	int64_t organisation, int64_t successor)
{
	struct db_rows dependants, rows;
	struct account next;
	bool found = false;
	enum rc rc = account_dependants(r, a->id, organisation, &dependants);

	if (!rc)
		rc = account_authorisers(r, organisation, a->id, &rows);
	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		found = found ||
			(db_num(row, "id") == successor &&
				account_is_successor(row, &dependants));
	}
	if (rc || !found)
		return rc ? rc : RC_DENIED;
	rc = hand_over(r, a, organisation, successor);
	if (!rc)
		rc = account_of_job(r, successor, &next);
	if (!rc)
		rc = audit_account(r, successor, "change", "successor", true);
	return rc ? rc : account_of_tell(r, &next, "successor", NULL, a->name);
}

static enum rc
set_active(struct request *r, const struct account_member *m, bool active)
{
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_ACCOUNT_MEMBER_ACTIVE,
		DB_ARGS(db_int("member", m->id), db_int("active", active)),
		&changed);

	return !rc && !changed ? RC_NOTFOUND : rc;
}

static enum rc
count_active(struct request *r, const struct account *a, int64_t *count)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_ACCOUNT_ACTIVE_MEMBERS,
		DB_ARGS(db_int("account", a->id)), &row);

	*count = rc ? 0 : db_num(row, "count");
	return rc;
}

enum rc
account_member_close(struct request *r, const struct account *a,
	const struct account_member *m, const char **refused)
{
	enum account_state next;
	int64_t left = 0;
	enum rc rc;

	if (!m->active) {
		*refused = "state";
		return RC_INVALID;
	}
	rc = account_of_judge(r, a, m, ACCOUNT_DEACTIVATE, &next, refused);
	if (!rc)
		rc = set_active(r, m, false);
	if (!rc)
		rc = count_active(r, a, &left);
	if (rc)
		return rc;
	if (!left)
		return account_of_deactivate(r, a, "closed");
	rc = account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
	if (!rc)
		rc = audit_account(r, a->id, "change", "leave", true);
	return rc ? rc
		  : account_of_tell(r, a, "left", NULL, m->organisation_name);
}

enum rc
account_member_open(struct request *r, const struct account *a,
	const struct account_member *m, const char **refused)
{
	bool closed = a->state == ACCOUNT_DEACTIVATED;
	enum account_state next = a->state;
	enum rc rc = RC_OK;

	if (closed)
		rc = account_of_judge(
			r, a, m, ACCOUNT_REACTIVATE, &next, refused);
	else if (m->active || a->state == ACCOUNT_ENDED)
		*refused = "state";
	else if (r->who->account == a->id)
		*refused = "own";
	else
		*refused = NULL;
	if (!rc && !*refused && closed && a->elsewhere &&
		r->who->portal == DB_INSTITUTION)
		*refused = "elsewhere";
	if (rc || *refused)
		return rc ? rc : RC_INVALID;
	if (!m->active)
		rc = set_active(r, m, true);
	if (rc)
		return rc;
	if (closed)
		return account_of_reactivate(r, a, next);
	rc = account_of_exec(r, a, SQL_ACCOUNT_TOUCH);
	if (!rc)
		rc = audit_account(r, a->id, "change", "return", true);
	return rc ? rc
		  : account_of_tell(
			    r, a, "returned", NULL, m->organisation_name);
}
