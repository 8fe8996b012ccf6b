#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../core/log.h"
#include "../core/text.h"
#include "enrol.h"
#include "factor.h"
#include "lockout.h"
#include "seal.h"
#include "totp.h"

const char *const factor_names[FACTOR_METHODS] = {"app", "sms", "recovery"};

enum { ID_BYTES = 32, QUARTER = 15 * 60, DAY = 24 * 60 * 60 };

/* The secret of a row, of at most max bytes; NULL: it does not open. */
static unsigned char *
open_secret(struct request *r, int64_t account, const char *key_id,
	struct db_value sealed, size_t *len)
{
	const struct config_key *key = config_key(r->config, "factor", key_id);
	unsigned char *secret;

	if (key && sealed.len > SEAL_EXTRA) {
		*len = sealed.len - SEAL_EXTRA;
		secret = pool_alloc(r->pool, *len + 1);
		secret[*len] = '\0';
		if (seal_open(key, account, sealed.text, sealed.len, secret))
			return secret;
	}
	log_event(LOG_ERROR, "factor", "what", "does not open", "key", key_id,
		NULL);
	return NULL;
}

enum rc
factors_load(struct request *r, int64_t account, struct factors *f)
{
	struct db_row row;
	size_t len;
	enum rc rc = db_one(r->db, r->pool, SQL_FACTORS_GET,
		DB_ARGS(db_int("account", account)), &row);

	memset(f, 0, sizeof(*f));
	if (rc)
		return RC_FAIL;
	f->app_since = db_str(row, "app_since");
	f->app = f->app_since != NULL;
	f->recovery = (int)db_num(row, "recovery");
	f->sms_allowed = r->config->sms.url && db_num(row, "sms_allowed");
	f->required = db_num(row, "required");
	if (!db_str(row, "sms_key"))
		return RC_OK;
	f->mobile = (const char *)open_secret(r, account,
		db_str(row, "sms_key"), db_val(row, "sms_secret"), &len);
	/* Switched off since: once more, to enrol an app; the password alone
	 * must not do that. */
	f->sms = f->mobile && r->config->sms.url && (f->sms_allowed || !f->app);
	f->must_enrol = f->sms && !f->sms_allowed;
	return f->mobile ? RC_OK : RC_FAIL;
}

bool
factors_any(const struct factors *f)
{
	return f->app || f->mobile;
}

bool
factor_usable(const struct factors *f, enum factor_method method)
{
	switch (method) {
	case FACTOR_APP:
		return f->app;
	case FACTOR_SMS:
		return f->sms;
	case FACTOR_RECOVERY:
		return factors_any(f) && f->recovery > 0;
	case FACTOR_METHODS:
		break;
	}
	return false;
}

enum factor_method
factor_choose(const struct factors *f, const char *name)
{
	for (int i = 0; name && i < FACTOR_METHODS; i++)
		if (!strcmp(factor_names[i], name) &&
			factor_usable(f, (enum factor_method)i))
			return (enum factor_method)i;
	return f->sms && !f->app ? FACTOR_SMS : FACTOR_APP;
}

/* Letters and digits alone, as capitals; what is too long is cut off. */
static void
plain(const char *typed, char *result, size_t size)
{
	size_t n = 0;

	for (const char *s = typed; *s && n + 1 < size; s++) {
		char c = *s;

		if (c == ' ' || c == '-')
			continue;
		result[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	result[n] = '\0';
}

/* Opens the secret, compares the code, and uses its step up. */
static enum rc
check_app(struct request *r, const char *code, bool *right)
{
	uint64_t counter, changed = 0;
	unsigned char *secret;
	struct db_row row;
	size_t len;
	enum rc rc = db_one(r->db, r->pool, SQL_FACTOR_APP,
		DB_ARGS(db_int("account", r->who->account)), &row);

	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	secret = open_secret(r, r->who->account, db_str0(row, "key_id"),
		db_val(row, "secret"), &len);
	if (!secret)
		return RC_FAIL;
	if (totp_check(secret, len, code, time(NULL), &counter))
		rc = db_exec(r->db, SQL_FACTOR_APP_USED,
			DB_ARGS(db_int("counter", (int64_t)counter),
				db_int("id", db_num(row, "id"))),
			&changed);
	sodium_memzero(secret, len);
	*right = changed > 0;
	return rc;
}

static enum rc
check_recovery(struct request *r, const char *code, bool *right)
{
	unsigned char hash[ID_BYTES];
	uint64_t changed = 0;
	enum rc rc;

	recovery_hash(r->who->account, code, hash);
	rc = db_exec(r->db, SQL_FACTOR_RECOVERY_USED,
		DB_ARGS(db_int("account", r->who->account),
			db_bytes("code", hash, sizeof(hash))),
		&changed);
	*right = changed > 0;
	return rc;
}

static enum rc
check_sms(struct request *r, const char *code, bool *right)
{
	struct factors f;
	enum rc rc = factors_load(r, r->who->account, &f);

	return rc || !f.sms ? rc : factor_sms_check(r, f.mobile, code, right);
}

enum rc
factor_check(struct request *r, enum factor_method method, const char *typed,
	bool *right)
{
	char code[2 * FACTOR_RECOVERY_SIZE];

	*right = false;
	plain(typed, code, sizeof(code));
	switch (method) {
	case FACTOR_APP:
		return check_app(r, code, right);
	case FACTOR_SMS:
		return check_sms(r, code, right);
	case FACTOR_RECOVERY:
		return check_recovery(r, code, right);
	case FACTOR_METHODS:
		break;
	}
	return RC_OK;
}

/* Who reads the database in those minutes can't try a million codes. */
static bool
sms_hash(struct request *r, const unsigned char *session, const char *mobile,
	const char *code, unsigned char hash[ID_BYTES])
{
	const struct config_key *key = config_key(r->config, "factor", NULL);
	struct buffer *text = buffer_create(r->pool);

	buffer_add(text, (const char *)session, ID_BYTES);
	buffer_printf(text, "%s %s", mobile, code);
	return key && !crypto_auth(hash, (const unsigned char *)text->data,
			      text->len, key->bytes);
}

/* One more for the account and for the number, where it fits. */
static enum rc
take(struct request *r, int64_t account, const char *mobile, const char **until)
{
	const char *who[] = {
		pool_printf(r->pool, "sms account %lld", (long long)account),
		pool_printf(r->pool, "sms number %s", mobile),
	};
	enum rc rc = RC_OK;

	*until = NULL;
	for (int i = 0; i < 2 && !rc && !*until; i++) {
		rc = lockout_take(
			r, who[i], FACTOR_SMS_QUARTER, QUARTER, until);
		if (!rc && !*until)
			rc = lockout_take(r,
				pool_printf(r->pool, "%s day", who[i]),
				FACTOR_SMS_DAY, DAY, until);
	}
	return rc;
}

enum rc
factor_sms_code(struct request *r, const unsigned char *session,
	int64_t account, const char *mobile, char code[FACTOR_SMS_SIZE],
	const char **until)
{
	char hex[2 * ID_BYTES + 1];
	unsigned char hash[ID_BYTES];
	enum rc rc;

	*code = '\0';
	text_hex(session, ID_BYTES, hex);
	rc = lockout_take(r,
		pool_printf(r->pool, "sms session %s %s", hex, mobile), 1,
		FACTOR_SMS_SECONDS, until);
	if (!rc && *until) {
		*until = NULL;
		return RC_OK;
	}
	if (!rc)
		rc = take(r, account, mobile, until);
	if (rc || *until)
		return rc;
	snprintf(code, FACTOR_SMS_SIZE, "%06u",
		randombytes_uniform(1000000) % 1000000);
	if (!sms_hash(r, session, mobile, code, hash))
		return RC_FAIL;
	return db_exec(r->db, SQL_FACTOR_SMS_SET,
		DB_ARGS(db_bytes("session", session, ID_BYTES),
			db_bytes("code", hash, sizeof(hash)),
			db_int("minutes", FACTOR_SMS_MINUTES)),
		NULL);
}

enum rc
factor_sms_check(
	struct request *r, const char *mobile, const char *code, bool *right)
{
	unsigned char hash[ID_BYTES];
	struct db_arg *session = DB_ARGS(
		db_bytes("session", r->who->session, sizeof(r->who->session)),
		db_int("tries", FACTOR_SMS_TRIES),
		db_bytes("code", hash, sizeof(hash)));
	uint64_t left = 0, changed = 0;
	enum rc rc;

	*right = false;
	if (strlen(code) != FACTOR_SMS_SIZE - 1)
		return RC_OK;
	if (!sms_hash(r, r->who->session, mobile, code, hash))
		return RC_FAIL;
	rc = db_exec(r->db, SQL_FACTOR_SMS_TRY, session, &left);
	if (!rc && left)
		rc = db_exec(r->db, SQL_FACTOR_SMS_USED, session, &changed);
	*right = changed > 0;
	return rc;
}
