#include <arpa/inet.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "../db/db.h"
#include "lockout.h"

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

/* The account's address, whatever its case; it need not exist. */
static void
hash_of(struct pool *p, const char *email,
	unsigned char hash[crypto_hash_sha256_BYTES])
{
	char *lower = pool_strdup(p, email);

	for (char *s = lower; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	crypto_hash_sha256(hash, (unsigned char *)lower, strlen(lower));
}

enum rc
lockout_until(struct request *r, const char *email, const char **until,
	int64_t *seconds)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char address[LOCKOUT_ADDRESS_SIZE];
	struct db_row row;
	enum rc rc;

	hash_of(r->pool, email, hash);
	lockout_address(r->address, address);
	rc = db_one(r->db, r->pool, SQL_LOCKOUT_UNTIL,
		DB_ARGS(db_bytes("account", hash, sizeof(hash)),
			db_text("address", address),
			db_int("minutes", LOCKOUT_MINUTES),
			db_int("account_spare", LOCKOUT_ACCOUNT - 1),
			db_int("address_spare", LOCKOUT_ADDRESS - 1)),
		&row);
	if (rc)
		return rc;
	*until = db_str(row, "until");
	*seconds = db_num(row, "seconds");
	return RC_OK;
}

enum rc
lockout_count(
	struct request *r, const char *email, const char *step, bool failed)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char address[LOCKOUT_ADDRESS_SIZE];

	hash_of(r->pool, email, hash);
	lockout_address(r->address, address);
	return db_exec(r->db, SQL_LOCKOUT_COUNT,
		DB_ARGS(db_bytes("account", hash, sizeof(hash)),
			db_text("address", address), db_text("step", step),
			db_int("failed", failed)),
		NULL);
}
