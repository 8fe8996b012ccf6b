#include <sodium.h>
#include <string.h>
#include <time.h>

#include "../core/log.h"
#include "lockout.h"
#include "login.h"
#include "password.h"
#include "seal.h"
#include "session.h"
#include "totp.h"

const char *
login_next(const char *path)
{
	if (!request_local(path) || strlen(path) > SESSION_NEXT_MAX ||
		!strncmp(path, "/login", 6) || !strncmp(path, "/logout", 7))
		return "/";
	return path;
}

/* A try: who, with which step, and what it may be counted in. */
struct attempt {
	const char *email;
	const char *step;
	int64_t account; /* 0: unknown */
	struct lockout lockout;
};

static void
lock(struct request *r, struct login *l)
{
	if (!l->until)
		return;
	l->result = LOGIN_LOCKED;
	log_event(LOG_WARN, "login-locked", "address", r->address, NULL);
}

/* Sets LOGIN_LOCKED where there were too many failures. */
static enum rc
begin(struct request *r, struct attempt *a, struct login *l)
{
	enum rc rc = lockout_begin(r, a->email, &a->lockout);

	if (!rc)
		rc = lockout_until(r, &a->lockout, &l->until, &l->seconds);
	if (!rc)
		lock(r, l);
	return rc;
}

/* It is known whether the try is good: LOGIN_WRONG, LOGIN_LOCKED where
 * others were faster, or, good, nothing yet. */
static enum rc
decide(struct request *r, struct attempt *a, bool good, struct login *l)
{
	enum rc rc =
		lockout_decide(r, &a->lockout, !good, &l->until, &l->seconds);

	if (rc)
		return rc;
	if (!good)
		l->result = LOGIN_WRONG;
	lock(r, l);
	if (good && l->result != LOGIN_LOCKED)
		return RC_OK;
	return audit_account(r, a->account, "login", a->step, false);
}

/* The whole log-in is done; the session is there. */
static enum rc
finish(struct request *r, struct attempt *a, const char *next, struct login *l)
{
	enum rc rc = lockout_done(r, &a->lockout, a->account);

	if (!rc)
		rc = db_exec(r->db, SQL_LOGIN_DONE,
			DB_ARGS(db_int("id", a->account)), NULL);
	if (!rc)
		rc = audit_account(r, a->account, "login", a->step, true);
	l->result = LOGIN_DONE;
	l->next = login_next(next);
	return rc;
}

bool
login_is_address(const char *email)
{
	size_t len = strlen(email);

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)email[i] > 0x7e)
			return false;
	return len <= 254;
}

static enum rc
rehash(struct request *r, struct db_row account, const char *password)
{
	char hash[PASSWORD_HASH_SIZE];

	if (!password_is_old(db_str(account, "password_hash")) ||
		!password_hash(password, hash))
		return RC_OK;
	return db_exec(r->db, SQL_LOGIN_REHASH,
		DB_ARGS(db_text("hash", hash),
			db_int("id", db_num(account, "id"))),
		NULL);
}

/* The password was right: what follows? */
static enum rc
welcome(struct request *r, struct db_row account, struct attempt *a,
	const char *next, struct login *l)
{
	int64_t membership = db_num(account, "membership_id");
	bool factor = db_num(account, "has_factor");
	enum rc rc;

	if (!membership || (db_num(account, "factor_required") && !factor)) {
		l->result = membership ? LOGIN_NO_FACTOR : LOGIN_NO_ACCESS;
		return audit_account(r, a->account, "login", a->step, false);
	}
	rc = session_begin(r, a->account, membership,
		factor ? SESSION_PASSWORD : SESSION_COMPLETE, login_next(next));
	if (rc || !factor)
		return rc ? rc : finish(r, a, next, l);
	l->result = LOGIN_CODE;
	return RC_OK;
}

enum rc
login_password(struct request *r, const char *email, const char *password,
	const char *next, struct login *l)
{
	struct attempt a = {.email = email, .step = "password"};
	const char *hash = NULL;
	struct db_row account;
	bool good;
	enum rc rc;

	memset(l, 0, sizeof(*l));
	rc = begin(r, &a, l);
	if (rc || l->result == LOGIN_LOCKED)
		return rc;
	rc = db_one(r->db, r->pool, SQL_LOGIN_ACCOUNT,
		DB_ARGS(db_text("email", login_is_address(email) ? email : "")),
		&account);
	if (rc && rc != RC_NOTFOUND)
		return rc;
	if (!rc) {
		a.account = db_num(account, "id");
		hash = db_str(account, "password_hash");
	}
	good = password_check(hash, password);
	rc = decide(r, &a, good, l);
	if (rc || !good || l->result == LOGIN_LOCKED)
		return rc;
	rc = rehash(r, account, password);
	return rc ? rc : welcome(r, account, &a, next, l);
}

/* Opens the secret, compares the code, and uses its step up. */
static enum rc
check_code(struct request *r, struct db_row half, const char *code, bool *right)
{
	struct db_value sealed = db_val(half, "secret");
	const struct config_key *key =
		config_key(r->config, "factor", db_str0(half, "key_id"));
	unsigned char secret[TOTP_SECRET_MAX];
	size_t len = sealed.len - SEAL_EXTRA;
	uint64_t counter, changed = 0;
	enum rc rc = RC_OK;

	if (!key || sealed.len < SEAL_EXTRA || len > sizeof(secret) ||
		!seal_open(key, r->who->account, sealed.text, sealed.len,
			secret)) {
		log_event(LOG_ERROR, "factor", "what", "does not open", "key",
			db_str0(half, "key_id"), NULL);
		return RC_FAIL;
	}
	if (totp_check(secret, len, code, time(NULL), &counter))
		rc = db_exec(r->db, SQL_LOGIN_FACTOR_USED,
			DB_ARGS(db_int("counter", (int64_t)counter),
				db_int("id", db_num(half, "factor_id"))),
			&changed);
	sodium_memzero(secret, sizeof(secret));
	*right = changed > 0;
	return rc;
}

static enum rc
end_half(struct request *r, struct login *l)
{
	l->result = LOGIN_ENDED;
	return session_end(r);
}

enum rc
login_code(struct request *r, const char *code, struct login *l)
{
	struct db_arg *session = DB_ARGS(
		db_bytes("session", r->who->session, sizeof(r->who->session)),
		db_int("tries", SESSION_CODES));
	struct attempt a = {
		.email = r->who->email,
		.step = "code",
		.account = r->who->account,
	};
	bool right = false;
	struct db_row half;
	uint64_t left;
	enum rc rc;

	memset(l, 0, sizeof(*l));
	rc = begin(r, &a, l);
	if (rc || l->result == LOGIN_LOCKED)
		return rc;
	rc = db_exec(r->db, SQL_LOGIN_TRY, session, &left);
	if (!rc)
		rc = db_one(r->db, r->pool, SQL_LOGIN_HALF, session, &half);
	if (rc == RC_NOTFOUND) {
		/* Gone: this form was sent twice. The cookie that the other
		 * answer gave stays. */
		l->result = LOGIN_ENDED;
		return RC_OK;
	}
	if (!rc && !left)
		return end_half(r, l);
	if (!rc)
		rc = check_code(r, half, code, &right);
	if (!rc)
		rc = decide(r, &a, right, l);
	if (rc || l->result == LOGIN_LOCKED)
		return rc;
	if (right) {
		rc = session_complete(r);
		return rc ? rc : finish(r, &a, db_str(half, "next_path"), l);
	}
	if (db_num(half, "attempts") >= SESSION_CODES)
		rc = end_half(r, l);
	return rc;
}

enum rc
login_out(struct request *r)
{
	enum rc rc;

	if (!r->who)
		return RC_OK;
	rc = audit_account(r, r->who->account, "logout", "logout", true);
	return rc ? rc : session_end(r);
}
