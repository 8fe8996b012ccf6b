#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "audit_chain.h"

enum { HEX = 2 * AUDIT_HASH + 1, LATE_SECONDS = 3600 };

static const char *const columns[] = {"seq", "at", "request_id", "actor_id",
	"membership_id", "organisation_id", "client_id", "account_id",
	"subject", "action", "access_right", "outcome", "address"};

/* Length and text, so that nothing can move from one to the next. */
static void
add_text(crypto_hash_sha256_state *s, const char *text, size_t len)
{
	unsigned char head[5] = {text != NULL, (unsigned char)(len >> 24),
		(unsigned char)(len >> 16), (unsigned char)(len >> 8),
		(unsigned char)len};

	crypto_hash_sha256_update(s, head, sizeof(head));
	if (text)
		crypto_hash_sha256_update(s, (const unsigned char *)text, len);
}

static void
add_number(crypto_hash_sha256_state *s, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	add_text(s, text, strlen(text));
}

void
audit_hash_rows(const struct db_rows *rows, unsigned char hash[AUDIT_HASH])
{
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	for (size_t i = 0; i < rows->count; i++)
		for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]);
			c++) {
			struct db_value v = db_val(db_row(rows, i), columns[c]);

			add_text(&s, v.text, v.text ? v.len : 0);
		}
	crypto_hash_sha256_final(&s, hash);
}

void
audit_hash_batch(const unsigned char before[AUDIT_HASH], struct audit_batch *b)
{
	static const unsigned char none[AUDIT_HASH];
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, before ? before : none, AUDIT_HASH);
	add_number(&s, b->id);
	add_number(&s, b->from);
	add_number(&s, b->to);
	add_number(&s, b->count);
	add_text(&s, b->last_at, strlen(b->last_at));
	add_text(&s, b->sealed_at, strlen(b->sealed_at));
	crypto_hash_sha256_update(&s, b->rows, AUDIT_HASH);
	crypto_hash_sha256_final(&s, b->hash);
}

void
audit_sign(const struct config_key *key, struct audit_batch *b)
{
	crypto_auth_hmacsha256(b->mac, b->hash, AUDIT_HASH, key->bytes);
}

struct verifying {
	const struct config *config;
	struct db *db;
	FILE *out;
	const char *since;
	bool found; /* since */
	int64_t batches, rows;
	int64_t id, to;			/* of the last good one */
	unsigned char hash[AUDIT_HASH]; /* of it */
};

static bool
is_same(struct db_value v, const unsigned char hash[AUDIT_HASH])
{
	return v.text && v.len == AUDIT_HASH &&
	       !sodium_memcmp(v.text, hash, AUDIT_HASH);
}

static struct audit_batch
read_batch(struct db_row row)
{
	struct audit_batch b = {.id = db_num(row, "id"),
		.from = db_num(row, "from_seq"),
		.to = db_num(row, "to_seq"),
		.count = db_num(row, "row_count"),
		.last_at = db_str0(row, "last_at"),
		.sealed_at = db_str0(row, "sealed_at")};
	struct db_value rows = db_val(row, "rows_hash");

	if (rows.len == AUDIT_HASH)
		memcpy(b.rows, rows.text, AUDIT_HASH);
	return b;
}

static enum rc
bad(struct verifying *v, const struct audit_batch *b, const char *what)
{
	fprintf(v->out,
		"batch %" PRId64 " (records %" PRId64 " to %" PRId64
		", sealed at %s): %s\n",
		b->id, b->from, b->to, b->sealed_at, what);
	return RC_CONFLICT;
}

/* Against what was sealed: fewer, more, or other rows. */
static enum rc
verify_rows(struct verifying *v, const struct audit_batch *b)
{
	struct pool *p = pool_create();
	unsigned char hash[AUDIT_HASH];
	struct db_rows rows;
	enum rc rc = db_select(v->db, p, SQL_AUDIT_BATCH_ROWS,
		DB_ARGS(db_int("from", b->from), db_int("to", b->to),
			db_int("most", b->count + 1)),
		&rows);

	if (!rc && (int64_t)rows.count < b->count)
		rc = bad(v, b, "there are fewer records than were sealed");
	else if (!rc && (int64_t)rows.count > b->count)
		rc = bad(v, b, "there are more records than were sealed");
	if (!rc) {
		audit_hash_rows(&rows, hash);
		if (sodium_memcmp(hash, b->rows, AUDIT_HASH))
			rc = bad(v, b, "a record was changed");
	}
	v->rows += rc ? 0 : b->count;
	pool_destroy(p);
	return rc;
}

static enum rc
verify_batch(struct verifying *v, struct db_row row)
{
	struct audit_batch b = read_batch(row);
	const struct config_key *key =
		config_key(v->config, "audit", db_str0(row, "key_id"));
	char hex[HEX];

	if (b.id != v->id + 1 || b.from != v->to + 1)
		return bad(v, &b, "the batch before it is missing");
	audit_hash_batch(v->id ? v->hash : NULL, &b);
	if (!is_same(db_val(row, "hash"), b.hash))
		return bad(v, &b, "it or one before it was changed");
	if (!key)
		return bad(v, &b, "the key of its signature is missing");
	audit_sign(key, &b);
	if (!is_same(db_val(row, "mac"), b.mac))
		return bad(v, &b, "the signature is not ours");
	if (db_num(row, "expired") && !db_num(row, "old"))
		return bad(v, &b, "its records went before their time");
	v->batches++;
	v->id = b.id;
	v->to = b.to;
	memcpy(v->hash, b.hash, AUDIT_HASH);
	sodium_bin2hex(hex, sizeof(hex), b.hash, AUDIT_HASH);
	v->found = v->found || (v->since && !strcmp(hex, v->since));
	return db_num(row, "expired") ? RC_OK : verify_rows(v, &b);
}

static enum rc
verify_all(struct verifying *v)
{
	struct db_rows rows;
	enum rc rc;

	do {
		struct pool *p = pool_create();

		rc = db_select(v->db, p, SQL_AUDIT_BATCHES,
			DB_ARGS(db_int("after", v->id),
				db_int("years", v->config->audit.years)),
			&rows);
		for (size_t i = 0; !rc && i < rows.count; i++)
			rc = verify_batch(v, db_row(&rows, i));
		pool_destroy(p);
	} while (!rc && rows.count);
	return rc;
}

static enum rc
verify_end(struct verifying *v)
{
	struct pool *p = pool_create();
	char hex[HEX] = "-";
	struct db_row row;
	enum rc rc = db_one(v->db, p, SQL_AUDIT_UNSEALED,
		DB_ARGS(db_int("after", v->to),
			db_int("seconds",
				LATE_SECONDS +
					v->config->audit.settle_seconds)),
		&row);

	if (!rc && v->since && !v->found) {
		fprintf(v->out,
			"no batch has the hash %s: the end of the log "
			"was cut off\n",
			v->since);
		rc = RC_CONFLICT;
	}
	if (!rc && db_num(row, "late")) {
		fprintf(v->out,
			"%" PRId64 " records wait too long for their seal: do "
			"the jobs run?\n",
			db_num(row, "late"));
		rc = RC_CONFLICT;
	}
	if (!rc && v->id)
		sodium_bin2hex(hex, sizeof(hex), v->hash, AUDIT_HASH);
	if (!rc)
		fprintf(v->out,
			"%" PRId64 " batches, %" PRId64 " records as sealed, "
			"%" PRId64 " not yet sealed; %s\n",
			v->batches, v->rows, db_num(row, "waiting"), hex);
	pool_destroy(p);
	return rc;
}

enum rc
audit_verify(const struct config *config, struct db *db, const char *since,
	FILE *out)
{
	struct verifying v = {
		.config = config, .db = db, .out = out, .since = since};
	enum rc rc = verify_all(&v);

	if (!rc)
		rc = verify_end(&v);
	if (rc == RC_FAIL)
		fprintf(out, "hulpbalie: %s\n", db_error(db));
	return rc;
}
