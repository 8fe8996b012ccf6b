#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "../access/audit_chain.h"
#include "../core/log.h"
#include "sealer.h"

struct sealing {
	struct db *db;
	const struct config *config;
	int64_t until; /* nothing new comes up to here */
	bool more;     /* up to there */
	bool rest;     /* behind it */
};

static enum rc
last_batch(struct sealing *s, struct pool *p, struct db_row *last, bool *first)
{
	enum rc rc = db_one(s->db, p, SQL_SEAL_LAST, DB_NO_ARGS, last);

	*first = rc == RC_NOTFOUND;
	return *first ? RC_OK : rc;
}

/* Outside a transaction, so that its locks are gone when it answers. */
static enum rc
settle(struct sealing *s)
{
	struct pool *p = pool_create();
	struct db_row last, row;
	bool first;
	int64_t after = 0;
	enum rc rc = last_batch(s, p, &last, &first);

	if (!rc && !first)
		after = db_num(last, "to_seq");
	if (!rc)
		rc = db_one(s->db, p, SQL_SEAL_SETTLED,
			DB_ARGS(db_int("seconds",
					s->config->audit.settle_seconds),
				db_int("after", after),
				db_int("most", SEALER_ROWS)),
			&row);
	s->until = rc ? 0 : db_num(row, "until");
	s->rest = !rc && s->until > after && db_num(row, "more");
	if (!rc && s->until > after)
		rc = db_one(s->db, p, SQL_SEAL_WAIT,
			DB_ARGS(db_int("after", after),
				db_int("until", s->until)),
			&row);
	pool_destroy(p);
	return rc;
}

static enum rc
add(struct sealing *s, const struct audit_batch *b, const char *key_id)
{
	char hex[2 * AUDIT_HASH + 1], id[24];
	enum rc rc = db_exec(s->db, SQL_SEAL_ADD,
		DB_ARGS(db_int("id", b->id), db_int("from", b->from),
			db_int("to", b->to), db_int("count", b->count),
			db_text("last_at", b->last_at),
			db_text("sealed_at", b->sealed_at),
			db_bytes("rows_hash", b->rows, AUDIT_HASH),
			db_bytes("hash", b->hash, AUDIT_HASH),
			db_text("key_id", key_id),
			db_bytes("mac", b->mac, AUDIT_HASH)),
		NULL);

	if (rc)
		return rc;
	snprintf(id, sizeof(id), "%" PRId64, b->id);
	sodium_bin2hex(hex, sizeof(hex), b->hash, AUDIT_HASH);
	log_event(LOG_INFO, "audit-sealed", "batch", id, "hash", hex, NULL);
	return RC_OK;
}

static const char *
newest(const struct db_rows *rows)
{
	const char *at = "";

	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(db_str0(db_row(rows, i), "at"), at) > 0)
			at = db_str0(db_row(rows, i), "at");
	return at;
}

static enum rc
seal_rows(struct sealing *s, const struct db_rows *rows, struct db_row last,
	bool first)
{
	const struct config_key *key = config_key(s->config, "audit", NULL);
	struct db_row end = db_row(rows, rows->count - 1);
	struct audit_batch b = {.id = first ? 1 : db_num(last, "id") + 1,
		.from = first ? 1 : db_num(last, "to_seq") + 1,
		.to = db_num(end, "seq"),
		.count = (int64_t)rows->count,
		.last_at = newest(rows),
		.sealed_at = db_str0(end, "now")};

	audit_hash_rows(rows, b.rows);
	audit_hash_batch(
		first ? NULL : (const unsigned char *)db_val(last, "hash").text,
		&b);
	audit_sign(key, &b);
	s->more = b.count == AUDIT_BATCH_MAX;
	return add(s, &b, key->id);
}

static enum rc
seal_batch(void *arg)
{
	struct sealing *s = arg;
	struct pool *p = pool_create();
	struct db_rows rows;
	struct db_row last;
	bool first;
	enum rc rc = last_batch(s, p, &last, &first);

	s->more = false;
	if (!rc)
		rc = db_select(s->db, p, SQL_SEAL_ROWS,
			DB_ARGS(db_int("after",
					first ? 0 : db_num(last, "to_seq")),
				db_int("until", s->until),
				db_int("most", AUDIT_BATCH_MAX)),
			&rows);
	if (!rc && rows.count)
		rc = seal_rows(s, &rows, last, first);
	pool_destroy(p);
	return rc;
}

enum rc
sealer_run(struct db *db, const struct config *config, bool *more)
{
	struct sealing s = {.db = db, .config = config, .more = true};
	enum rc rc = settle(&s);

	while (!rc && s.more)
		rc = db_transaction(db, seal_batch, &s, NULL);
	*more = !rc && s.rest;
	/* Another one sealed it, or a writer takes long: next time. */
	return rc && (db_duplicate(db) || db_again(db)) ? RC_OK : rc;
}
