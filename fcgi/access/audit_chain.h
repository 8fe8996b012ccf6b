#ifndef ACCESS_AUDIT_CHAIN_H
#define ACCESS_AUDIT_CHAIN_H

#include <stdio.h>

#include "../core/config.h"
#include "../db/db.h"

/*
 * The log of who saw what (audit) can't be changed unseen: a job seals it in
 * batches (audit_seal), each with a hash over its rows and one over that and
 * the batch before, signed by HMAC with the key "audit" of the keys file. A
 * batch takes in every number from the one before to its own last, also those
 * that no row has, so that a row that comes later in between is seen too.
 *
 * What a chain can't tell is that its end was cut off: the hash of the newest
 * batch, which the job logs and `audit-verify` prints, is to be kept
 * elsewhere.
 */
enum { AUDIT_HASH = 32, AUDIT_BATCH_MAX = 1000 };

struct audit_batch {
	int64_t id;
	int64_t from, to; /* seq */
	int64_t count;
	const char *last_at;   /* 2026-11-22 10:00:00.123 */
	const char *sealed_at; /* 2026-11-22 10:02:00 */
	unsigned char rows[AUDIT_HASH];
	unsigned char hash[AUDIT_HASH];
	unsigned char mac[AUDIT_HASH];
};

/* Of the rows of a batch, by seq, with all columns of audit; at as
 * audit_chain.sql has it. */
void audit_hash_rows(const struct db_rows *, unsigned char hash[AUDIT_HASH]);

/* Fills hash, of all that stands above it in the batch. before: that of the
 * batch before; NULL for the first. */
void audit_hash_batch(
	const unsigned char before[AUDIT_HASH], struct audit_batch *);

void audit_sign(const struct config_key *, struct audit_batch *);

/*
 * `hulpbalie audit-verify [HASH]`: holds every batch against its rows, and
 * says what it found on out, one line for all or one that names the first bad
 * batch. since: a hash that was printed before (64 hexadecimal digits, NULL:
 * none) and must still be in the chain. RC_OK; RC_CONFLICT: something was
 * changed, or nothing is sealed any more; RC_FAIL: the database.
 */
enum rc audit_verify(
	const struct config *, struct db *, const char *since, FILE *out);

#endif
