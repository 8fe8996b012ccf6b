#include <liboath/oath.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../core/text.h"
#include "enrol.h"
#include "seal.h"
#include "session.h"
#include "totp.h"

enum { ID_BYTES = 32, CODE_CHARS = 12, CODE_PART = 4 };

bool
enrol_allowed(const struct request *r)
{
	return r->who && (r->who->step == SESSION_ENROL ||
				 (r->who->complete && r->who->fresh));
}

static enum rc
kept_secret(struct request *r, const unsigned char **secret)
{
	size_t len;
	enum rc rc = session_kept(r, "app", secret, &len);

	return !rc && len != ENROL_SECRET_BYTES ? RC_FAIL : rc;
}

enum rc
enrol_app_begin(struct request *r)
{
	unsigned char secret[ENROL_SECRET_BYTES];
	const unsigned char *waits;
	enum rc rc = kept_secret(r, &waits);

	if (rc != RC_NOTFOUND)
		return rc;
	randombytes_buf(secret, sizeof(secret));
	rc = session_keep(r, "app", secret, sizeof(secret));
	sodium_memzero(secret, sizeof(secret));
	return rc;
}

/* Key URI format of the authenticator apps: otpauth://totp/ISSUER:ACCOUNT */
static const char *
address_of(struct request *r, const char *key)
{
	const char *issuer = text_urlencode(r->pool, r->config->brand.name);

	return pool_printf(r->pool,
		"otpauth://totp/%s:%s?secret=%s&issuer=%s&digits=%d&period=%d",
		issuer, text_urlencode(r->pool, r->who->email), key, issuer,
		TOTP_DIGITS, TOTP_STEP_SECONDS);
}

enum rc
enrol_app_key(struct request *r, char key[ENROL_KEY_SIZE], const char **address)
{
	const unsigned char *secret;
	char *text = NULL;
	enum rc rc = kept_secret(r, &secret);

	if (rc)
		return rc;
	if (oath_init() != OATH_OK ||
		oath_base32_encode((const char *)secret, ENROL_SECRET_BYTES,
			&text, NULL) != OATH_OK)
		return RC_FAIL;
	snprintf(key, ENROL_KEY_SIZE, "%s", text);
	free(text);
	*address = address_of(r, key);
	return RC_OK;
}

static enum rc
keep_factor(struct request *r, const char *kind, const void *secret, size_t len,
	uint64_t counter)
{
	const struct config_key *key = config_key(r->config, "factor", NULL);
	unsigned char sealed[SESSION_KEPT_MAX + SEAL_EXTRA];
	enum rc rc;

	if (!key || len > SESSION_KEPT_MAX ||
		!seal(key, r->who->account, secret, len, sealed))
		return RC_FAIL;
	rc = db_exec(r->db, SQL_ENROL_FACTOR,
		DB_ARGS(db_int("account", r->who->account),
			db_text("kind", kind), db_text("key", key->id),
			db_bytes("secret", sealed, len + SEAL_EXTRA),
			db_int("counter", (int64_t)counter)),
		NULL);
	if (!rc)
		rc = session_kept_forget(r);
	if (!rc)
		rc = audit_account(r, r->who->account, "change", kind, true);
	return rc;
}

enum rc
enrol_app_finish(struct request *r, const char *code, bool *right)
{
	const unsigned char *secret;
	const char *digits = text_code(r->pool, code);
	uint64_t counter;
	enum rc rc = kept_secret(r, &secret);

	*right = false;
	if (rc)
		return rc;
	if (!digits || !totp_check(secret, ENROL_SECRET_BYTES, digits,
			       time(NULL), &counter))
		return RC_OK;
	*right = true;
	return keep_factor(r, "totp", secret, ENROL_SECRET_BYTES, counter);
}

enum rc
enrol_sms_begin(struct request *r, const char *mobile)
{
	return session_keep(r, "sms", mobile, strlen(mobile));
}

enum rc
enrol_sms_mobile(struct request *r, const char **mobile)
{
	const unsigned char *text;
	size_t len;
	enum rc rc = session_kept(r, "sms", &text, &len);

	if (!rc)
		*mobile = (const char *)text;
	return rc;
}

enum rc
enrol_sms_finish(struct request *r, const char *code, bool *right)
{
	const char *digits = text_code(r->pool, code);
	const char *mobile;
	enum rc rc = enrol_sms_mobile(r, &mobile);

	*right = false;
	if (!rc && digits)
		rc = factor_sms_check(r, mobile, digits, right);
	return rc || !*right ? rc
			     : keep_factor(r, "sms", mobile, strlen(mobile), 0);
}

/* Without I, L, O and U: none is read as another (Crockford's base 32). */
static void
make_code(char code[CODE_CHARS + 1])
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	const uint32_t count = sizeof(letters) - 1;

	for (int i = 0; i < CODE_CHARS; i++)
		code[i] = letters[randombytes_uniform(count)];
	code[CODE_CHARS] = '\0';
}

void
recovery_hash(int64_t account, const char *code, unsigned char hash[ID_BYTES])
{
	char text[64];
	int len = snprintf(
		text, sizeof(text), "%lld %s", (long long)account, code);

	crypto_hash_sha256(hash, (const unsigned char *)text, (unsigned)len);
}

enum rc
enrol_recovery(struct request *r)
{
	char codes[FACTOR_RECOVERY_CODES][CODE_CHARS];
	int64_t account = r->who->account;
	enum rc rc = db_exec(r->db, SQL_ENROL_RECOVERY_DELETE,
		DB_ARGS(db_int("account", account)), NULL);

	for (int i = 0; i < FACTOR_RECOVERY_CODES && !rc; i++) {
		char code[CODE_CHARS + 1];
		unsigned char hash[ID_BYTES];

		make_code(code);
		memcpy(codes[i], code, CODE_CHARS);
		recovery_hash(account, code, hash);
		rc = db_exec(r->db, SQL_ENROL_RECOVERY_INSERT,
			DB_ARGS(db_int("account", account),
				db_bytes("code", hash, sizeof(hash))),
			NULL);
	}
	if (!rc)
		rc = session_keep(r, "recovery", codes, sizeof(codes));
	return rc ? rc : audit_account(r, account, "change", "recovery", true);
}

enum rc
enrol_recovery_codes(struct request *r, char codes[][FACTOR_RECOVERY_SIZE])
{
	const unsigned char *text;
	size_t len;
	enum rc rc = session_kept(r, "recovery", &text, &len);

	if (rc)
		return rc;
	if (len != (size_t)FACTOR_RECOVERY_CODES * CODE_CHARS)
		return RC_FAIL;
	for (int i = 0; i < FACTOR_RECOVERY_CODES; i++) {
		const char *c = (const char *)text + i * CODE_CHARS;

		snprintf(codes[i], FACTOR_RECOVERY_SIZE, "%.*s-%.*s-%.*s",
			CODE_PART, c, CODE_PART, c + CODE_PART, CODE_PART,
			c + 2 * CODE_PART);
	}
	return RC_OK;
}
