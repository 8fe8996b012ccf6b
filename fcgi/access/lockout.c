#include <arpa/inet.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "../core/text.h"
#include "../db/db.h"
#include "lockout.h"
#include "login.h"
#include "session.h"

#define DEVICE "__Host-device"

enum { DAY = 24 * 60 * 60 };

void
lockout_address(const char *address, char result[LOCKOUT_ADDRESS_SIZE])
{
	struct in6_addr bytes;

	if (inet_pton(AF_INET6, address, &bytes) != 1) {
		snprintf(result, LOCKOUT_ADDRESS_SIZE, "%s", address);
	} else if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
		inet_ntop(AF_INET, &bytes.s6_addr[12], result,
			LOCKOUT_ADDRESS_SIZE);
	} else {
		memset(&bytes.s6_addr[8], 0, 8);
		inet_ntop(AF_INET6, &bytes, result, LOCKOUT_ADDRESS_SIZE);
	}
}

/* A value of our form, or NULL: what a stranger made up is none of ours. */
static const char *
device_of(const struct request *r)
{
	const char *device = request_cookie(r, DEVICE);

	return session_cookie_valid(device) ? device : NULL;
}

static void
hash(const char *text, unsigned char id[crypto_hash_sha256_BYTES])
{
	crypto_hash_sha256(id, (const unsigned char *)text, strlen(text));
}

/* The account's address, whatever its case; it need not exist. */
static const char *
lower(struct pool *p, const char *email)
{
	char *text = pool_strdup(p, email);

	for (char *s = text; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	return text;
}

static void
add_bucket(struct lockout *l, const char *what, int tries, int seconds,
	bool account)
{
	struct lockout_bucket *b = &l->buckets[l->count++];

	hash(what, b->id);
	b->tries = tries;
	b->seconds = seconds;
	b->account = account;
}

static enum rc
is_known(struct request *r, const char *device, const char *email)
{
	unsigned char id[crypto_hash_sha256_BYTES];
	struct db_row row;

	if (!device)
		return RC_NOTFOUND;
	hash(device, id);
	return db_one(r->db, r->pool, SQL_LOCKOUT_DEVICE,
		DB_ARGS(db_bytes("device", id, sizeof(id)),
			db_text("email", login_is_address(email) ? email : ""),
			db_int("days", r->config->login.device_days)),
		&row);
}

enum rc
lockout_begin(struct request *r, const char *typed, struct lockout *l)
{
	const char *email = lower(r->pool, typed);
	const char *device = device_of(r);
	int seconds = r->config->login.minutes * 60;
	int tries = r->config->login.tries;
	char address[LOCKOUT_ADDRESS_SIZE];
	enum rc rc = is_known(r, device, email);

	l->count = 0;
	lockout_address(r->address, address);
	if (rc == RC_OK) {
		add_bucket(l, pool_printf(r->pool, "%s\n%s", email, device),
			tries, seconds, true);
		return RC_OK;
	}
	add_bucket(l, pool_printf(r->pool, "%s\n%s", email, address), tries,
		seconds, true);
	add_bucket(l, email, r->config->login.account_tries, DAY, true);
	add_bucket(l, address, r->config->login.address_tries, seconds, false);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The longest wait of the buckets, count of it not counted. */
static enum rc
longest(struct request *r, struct lockout *l, int count, const char **until,
	int64_t *seconds)
{
	*until = NULL;
	*seconds = 0;
	l->account_full = false;
	for (size_t i = 0; i < l->count; i++) {
		const struct lockout_bucket *b = &l->buckets[i];
		struct db_row row;
		enum rc rc = db_one(r->db, r->pool, SQL_LOCKOUT_WAIT,
			DB_ARGS(db_bytes("id", b->id, sizeof(b->id)),
				db_int("count", count),
				db_int("tries", b->tries),
				db_int("seconds", b->seconds)),
			&row);

		if (rc == RC_NOTFOUND)
			continue;
		if (rc)
			return rc;
		l->account_full = l->account_full || b->account;
		if (db_num(row, "wait") > *seconds) {
			*seconds = db_num(row, "wait");
			*until = db_str(row, "until");
		}
	}
	return RC_OK;
}

enum rc
lockout_until(struct request *r, struct lockout *l, const char **until,
	int64_t *seconds)
{
	return longest(r, l, 0, until, seconds);
}

static enum rc
add(struct request *r, const struct lockout_bucket *b, int count)
{
	return db_exec(r->db, SQL_LOCKOUT_ADD,
		DB_ARGS(db_bytes("id", b->id, sizeof(b->id)),
			db_int("count", count), db_int("tries", b->tries),
			db_int("seconds", b->seconds)),
		NULL);
}

enum rc
lockout_decide(struct request *r, struct lockout *l, bool failed,
	const char **until, int64_t *seconds)
{
	for (size_t i = 0; i < l->count; i++)
		if (add(r, &l->buckets[i], failed))
			return RC_FAIL;
	return longest(r, l, failed, until, seconds);
}

enum rc
lockout_take(struct request *r, const char *what, int tries, int seconds,
	const char **until)
{
	struct lockout l = {.count = 0};
	int64_t wait;
	enum rc rc;

	/* Added first: who asks at the same time waits for the row. */
	add_bucket(&l, what, tries, seconds, false);
	rc = add(r, &l.buckets[0], 1);
	if (!rc)
		rc = longest(r, &l, 1, until, &wait);
	return rc || !*until ? rc : add(r, &l.buckets[0], -1);
}

/* Kept as long as it is good for something; not renewed at each log-in. */
static const char *
new_device(struct request *r)
{
	unsigned char bytes[32];
	char *device;

	randombytes_buf(bytes, sizeof(bytes));
	device = text_base64url(r->pool, bytes, sizeof(bytes));
	request_header(r, "Set-Cookie",
		pool_printf(r->pool,
			DEVICE "=%s; Max-Age=%d; Path=/; Secure; HttpOnly; "
			       "SameSite=Lax",
			device, r->config->login.device_days * DAY));
	return device;
}

enum rc
lockout_done(struct request *r, const struct lockout *l, int64_t account)
{
	const char *device = device_of(r);
	unsigned char id[crypto_hash_sha256_BYTES];

	for (size_t i = 0; i < l->count; i++) {
		const struct lockout_bucket *b = &l->buckets[i];

		if (b->account &&
			db_exec(r->db, SQL_LOCKOUT_FORGET,
				DB_ARGS(db_bytes("id", b->id, sizeof(b->id))),
				NULL))
			return RC_FAIL;
	}
	hash(device ? device : new_device(r), id);
	return db_exec(r->db, SQL_LOCKOUT_DEVICE_SEEN,
		DB_ARGS(db_bytes("device", id, sizeof(id)),
			db_int("account", account)),
		NULL);
}
