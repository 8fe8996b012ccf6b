#include "../access/access.h"
#include "../core/text.h"
#include "account.h"
#include "account_mail.h"
#include "stand_in.h"

enum { DATE = 11 };

enum rc
stand_in_get(struct request *r, struct stand_in *s)
{
	char today[DATE];
	struct db_row row;
	enum rc rc;

	text_today(today);
	rc = db_one(r->db, r->pool, SQL_STAND_IN_GET,
		DB_ARGS(db_text("today", today)), &row);
	if (rc)
		return rc;
	*s = (struct stand_in){db_num(row, "stand_in_id"), db_str0(row, "name"),
		db_str0(row, "from_on"), db_str0(row, "until_on")};
	return RC_OK;
}

static enum rc
exec_both(struct request *r, const enum sql sql[2], const struct db_arg *args)
{
	enum rc rc = db_exec(r->db, sql[0], args, NULL);

	return rc ? rc : db_exec(r->db, sql[1], args, NULL);
}

static enum rc
give_back(struct request *r, int64_t organisation, int64_t account)
{
	static const enum sql back[] = {
		SQL_STAND_IN_BACK_REQUESTS, SQL_STAND_IN_BACK_APPROVALS};

	return exec_both(r, back,
		DB_ARGS(db_int("organisation", organisation),
			db_int("account", account)));
}

/* The approvals last: they say which requests. */
static enum rc
hand_over(struct request *r, int64_t organisation, int64_t account,
	int64_t stand_in)
{
	static const enum sql take[] = {
		SQL_STAND_IN_TAKE_REQUESTS, SQL_STAND_IN_TAKE_APPROVALS};

	return exec_both(r, take,
		DB_ARGS(db_int("organisation", organisation),
			db_int("account", account),
			db_int("stand_in", stand_in)));
}

/* Begins or ends what is due, for one or, at night, for all. */
static enum rc
turn(struct request *r)
{
	char today[DATE];
	struct db_rows rows;
	enum rc rc;

	text_today(today);
	rc = db_select(r->db, r->pool, SQL_STAND_IN_DUE,
		DB_ARGS(db_text("today", today)), &rows);
	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);
		int64_t organisation = db_num(row, "organisation_id");
		int64_t account = db_num(row, "account_id");
		bool ended = db_num(row, "ended") != 0;

		rc = ended ? give_back(r, organisation, account)
			   : hand_over(r, organisation, account,
				     db_num(row, "stand_in_id"));
		if (!rc)
			rc = db_exec(r->db,
				ended ? SQL_STAND_IN_DELETE
				      : SQL_STAND_IN_TURNED,
				DB_ARGS(db_int("id", db_num(row, "id"))), NULL);
	}
	return rc;
}

/* RC_DENIED where it is nobody that may authorise in the organisation. */
static enum rc
find_authoriser(struct request *r, int64_t account)
{
	struct db_rows rows;
	enum rc rc = account_authorisers(
		r, r->who->organisation, r->who->account, &rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		if (db_num(row, "id") == account &&
			account_is_authoriser(row, false))
			return RC_OK;
	}
	return rc ? rc : RC_DENIED;
}

enum rc
stand_in_set(struct request *r, const struct stand_in *s)
{
	struct account next = {0};
	enum rc rc = find_authoriser(r, s->account);

	if (!rc)
		rc = give_back(r, r->who->organisation, r->who->account);
	if (!rc)
		rc = db_exec(r->db, SQL_STAND_IN_SET,
			DB_ARGS(db_int("stand_in", s->account),
				db_text("from", s->from_on),
				db_text("until", s->until_on)),
			NULL);
	if (!rc)
		rc = turn(r);
	if (!rc)
		rc = account_of_job(r, s->account, &next);
	if (!rc)
		rc = audit_account(
			r, r->who->account, "change", "stand-in", true);
	return rc ? rc
		  : account_mail_about(r, "stand-in", next.email, next.name,
			    next.lang,
			    pool_printf(
				    r->pool, "%s/approvals", r->config->origin),
			    r->who->name);
}

enum rc
stand_in_end(struct request *r)
{
	char today[DATE];
	struct db_row row;
	enum rc rc;

	text_today(today);
	rc = db_one(r->db, r->pool, SQL_STAND_IN_GET,
		DB_ARGS(db_text("today", today)), &row);
	if (!rc)
		rc = give_back(r, r->who->organisation, r->who->account);
	if (!rc)
		rc = db_exec(r->db, SQL_STAND_IN_DELETE,
			DB_ARGS(db_int("id", db_num(row, "id"))), NULL);
	return rc ? rc
		  : audit_account(
			    r, r->who->account, "change", "stand-in", true);
}

enum rc
stand_in_of(struct request *r, int64_t organisation, int64_t requester,
	int64_t *approver, int64_t *on_behalf)
{
	char today[DATE];
	struct db_row row;
	enum rc rc;

	*on_behalf = 0;
	text_today(today);
	rc = db_one(r->db, r->pool, SQL_STAND_IN_OF,
		DB_ARGS(db_int("account", *approver),
			db_int("organisation", organisation),
			db_int("requester", requester),
			db_text("today", today)),
		&row);
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	*on_behalf = *approver;
	*approver = db_num(row, "stand_in_id");
	return RC_OK;
}

static enum rc
remind(struct request *r)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_APPROVAL_WAIT,
		DB_ARGS(db_int("days", r->config->approval.remind_days)),
		&rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		rc = account_mail_about(r, "approvals-wait",
			db_str0(row, "email"), db_str0(row, "name"),
			db_str0(row, "lang"),
			pool_printf(r->pool, "%s/approvals", r->config->origin),
			db_str0(row, "waiting"));
		if (!rc)
			rc = db_exec(r->db, SQL_APPROVAL_REMINDED,
				DB_ARGS(db_int(
					"account", db_num(row, "approver_id"))),
				NULL);
	}
	return rc;
}

static enum rc
tell_administrators(struct request *r, struct db_row late)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_APPROVAL_ADMINISTRATORS,
		DB_ARGS(db_int(
			"organisation", db_num(late, "organisation_id"))),
		&rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		rc = account_mail_about(r, "approvals-late",
			db_str0(row, "email"), db_str0(row, "name"),
			db_str0(row, "lang"),
			pool_printf(r->pool, "%s/actions?state=approval",
				r->config->origin),
			db_str0(late, "name"));
	}
	return rc;
}

static enum rc
escalate(struct request *r)
{
	struct db_arg days = db_int("days", r->config->approval.escalate_days);
	struct db_rows rows;
	enum rc rc = db_select(
		r->db, r->pool, SQL_APPROVAL_LATE, DB_ARGS(days), &rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		rc = tell_administrators(r, row);
		if (!rc)
			rc = db_exec(r->db, SQL_APPROVAL_ESCALATED,
				DB_ARGS(db_int("account",
						db_num(row, "approver_id")),
					db_int("organisation",
						db_num(row, "organisation_id")),
					days),
				NULL);
	}
	return rc;
}

static enum rc
day(void *arg)
{
	struct request *r = arg;
	enum rc rc = turn(r);

	if (!rc)
		rc = remind(r);
	return rc ? rc : escalate(r);
}

enum rc
stand_in_day(struct request *r)
{
	return db_transaction(r->db, day, r, NULL);
}
