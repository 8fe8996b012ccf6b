#include "credentials.h"
#include "lockout.h"
#include "password.h"
#include "session.h"

enum rc
credentials_password(struct request *r, int64_t account, const char *password)
{
	const bool own = r->who && r->who->account == account;
	char hash[PASSWORD_HASH_SIZE];
	enum rc rc;

	if (!password_hash(password, hash))
		return RC_FAIL;
	rc = db_exec(r->db, SQL_CREDENTIALS_PASSWORD,
		DB_ARGS(db_text("hash", hash), db_int("account", account)),
		NULL);
	if (!rc && own)
		rc = session_renew(r);
	if (!rc)
		rc = session_end_others(r, account);
	if (!rc)
		rc = db_exec(r->db, SQL_CREDENTIALS_LINKS,
			DB_ARGS(db_int("account", account)), NULL);
	return rc ? rc : audit_account(r, account, "change", "password", true);
}

enum rc
credentials_right(struct request *r, const char *password, bool *right)
{
	struct db_row row;

	*right = false;
	if (db_one(r->db, r->pool, SQL_CREDENTIALS_HASH, DB_NO_ARGS, &row))
		return RC_FAIL;
	*right = password_check(db_str(row, "password_hash"), password);
	return RC_OK;
}

enum rc
credentials_check(struct request *r, const char *password, bool *right,
	const char **until, int64_t *seconds)
{
	struct lockout lockout;
	enum rc rc = lockout_begin(r, r->who->email, &lockout);

	*right = false;
	if (!rc)
		rc = lockout_until(r, &lockout, until, seconds);
	if (rc || *until)
		return rc;
	rc = credentials_right(r, password, right);
	if (rc)
		return rc;
	rc = lockout_decide(r, &lockout, !*right, until, seconds);
	*right = *right && !*until;
	return rc;
}
