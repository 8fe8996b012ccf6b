#include <string.h>

#include "../core/log.h"
#include "credentials.h"
#include "lockout.h"
#include "login.h"
#include "password.h"

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

/* Whose account it is, if anybody's, hears of it once a day: jobs/login_help.h.
 * Not where others guess from the same address. */
static enum rc
lock(struct request *r, const struct attempt *a, struct login *l)
{
	if (!l->until)
		return RC_OK;
	l->result = LOGIN_LOCKED;
	log_event(LOG_WARN, "login-locked", "address", r->address, NULL);
	if (!a->lockout.account_full || !login_is_address(a->email))
		return RC_OK;
	return db_exec(r->db, SQL_LOGIN_LOCKED,
		DB_ARGS(db_text("email", a->email),
			db_text("address", r->address)),
		NULL);
}

/* Sets LOGIN_LOCKED where there were too many failures. */
static enum rc
begin(struct request *r, struct attempt *a, struct login *l)
{
	enum rc rc = lockout_begin(r, a->email, &a->lockout);

	if (!rc)
		rc = lockout_until(r, &a->lockout, &l->until, &l->seconds);
	return rc ? rc : lock(r, a, l);
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
	rc = lock(r, a, l);
	if (rc)
		return rc;
	if (good && l->result != LOGIN_LOCKED)
		return RC_OK;
	return audit_account(r, a->account, "login", a->step, false);
}

/* The whole log-in is done; the session is there. */
static enum rc
finish(struct request *r, struct attempt *a, const char *next, struct login *l)
{
	enum rc rc =
		a->email ? lockout_done(r, &a->lockout, a->account) : RC_OK;

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
welcome(struct request *r, struct attempt *a, const char *next, struct login *l)
{
	enum session_step step = SESSION_COMPLETE;
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_LOGIN_MEMBERSHIP,
		DB_ARGS(db_int("account", a->account)), &row);

	if (rc == RC_NOTFOUND) {
		l->result = LOGIN_NO_ACCESS;
		return audit_account(r, a->account, "login", a->step, false);
	}
	if (!rc)
		rc = factors_load(r, a->account, &l->factors);
	if (rc)
		return rc;
	if (factors_any(&l->factors))
		step = SESSION_PASSWORD;
	else if (l->factors.required)
		step = SESSION_ENROL;
	rc = session_begin(r, a->account, db_num(row, "id"), step,
		login_next(next), l->session);
	if (rc || step == SESSION_COMPLETE)
		return rc ? rc : finish(r, a, next, l);
	l->result = step == SESSION_ENROL ? LOGIN_ENROL : LOGIN_CODE;
	l->account = a->account;
	l->lang = db_str0(row, "lang");
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
	return rc ? rc : welcome(r, &a, next, l);
}

enum rc
login_as(struct request *r, int64_t account, const char *next, struct login *l)
{
	struct attempt a = {.step = "link", .account = account};

	memset(l, 0, sizeof(*l));
	return welcome(r, &a, next, l);
}

static enum rc
end_half(struct request *r, struct login *l)
{
	l->result = LOGIN_ENDED;
	return session_end(r);
}

static struct attempt
attempt_of(const struct request *r, enum factor_method method)
{
	/* The log's word for the app's is code since before there was more. */
	static const char *const steps[] = {
		"code", "sms", "recovery", "password"};

	return (struct attempt){
		.email = r->who->email,
		.step = steps[method],
		.account = r->who->account,
	};
}

/* The code was right: all there is to it, or an app to enrol first. */
static enum rc
let_in(struct request *r, struct attempt *a, struct login *l)
{
	const char *next;
	enum rc rc = factors_load(r, a->account, &l->factors);

	if (!rc && l->factors.must_enrol) {
		l->result = LOGIN_ENROL;
		return session_to_enrol(r);
	}
	if (!rc)
		rc = session_complete(r, &next);
	return rc ? rc : finish(r, a, next, l);
}

enum rc
login_code(struct request *r, enum factor_method method, const char *code,
	struct login *l)
{
	struct db_arg *session = DB_ARGS(
		db_bytes("session", r->who->session, sizeof(r->who->session)),
		db_int("tries", SESSION_CODES));
	struct attempt a = attempt_of(r, method);
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
		rc = factor_check(r, method, code, &right);
	if (!rc)
		rc = decide(r, &a, right, l);
	if (rc || l->result == LOGIN_LOCKED)
		return rc;
	if (right)
		return let_in(r, &a, l);
	if (db_num(half, "attempts") >= SESSION_CODES)
		rc = end_half(r, l);
	return rc;
}

enum rc
login_enrolled(struct request *r, struct login *l)
{
	struct attempt a = {
		.email = r->who->email,
		.step = "enrol",
		.account = r->who->account,
	};
	const char *next = NULL;
	enum rc rc;

	memset(l, 0, sizeof(*l));
	rc = lockout_begin(r, a.email, &a.lockout);
	if (!rc)
		rc = session_complete(r, &next);
	return rc ? rc : finish(r, &a, next, l);
}

enum rc
login_again(struct request *r, enum factor_method method, const char *code,
	struct login *l)
{
	struct attempt a = attempt_of(r, method);
	bool right = false;
	enum rc rc;

	memset(l, 0, sizeof(*l));
	rc = begin(r, &a, l);
	if (rc || l->result == LOGIN_LOCKED)
		return rc;
	if (method == FACTOR_METHODS)
		rc = credentials_right(r, code, &right);
	else
		rc = factor_check(r, method, code, &right);
	if (!rc)
		rc = decide(r, &a, right, l);
	if (rc || !right || l->result == LOGIN_LOCKED)
		return rc;
	l->result = LOGIN_DONE;
	rc = session_verified(r);
	return rc ? rc : audit_account(r, a.account, "login", a.step, true);
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
