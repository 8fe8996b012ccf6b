#include <sodium.h>
#include <string.h>

#include "../core/text.h"
#include "link.h"

enum { TOKEN_BYTES = 32, TOKEN_LENGTH = 43, ID_BYTES = 32 };

static const struct {
	const char *name, *path;
	int minutes;
} kinds[] = {
	[LINK_ACTIVATE] = {"activate", "/activate",
		LINK_ACTIVATE_DAYS * 24 * 60},
	[LINK_RESET] = {"reset", "/reset", LINK_RESET_MINUTES},
};

static void
id_of(const char *token, unsigned char id[ID_BYTES])
{
	crypto_hash_sha256(id, (const unsigned char *)token, strlen(token));
}

const char *
link_make(struct request *r, int64_t account, enum link_kind kind)
{
	unsigned char bytes[TOKEN_BYTES], id[ID_BYTES];
	const char *token;

	randombytes_buf(bytes, sizeof(bytes));
	token = text_base64url(r->pool, bytes, sizeof(bytes));
	id_of(token, id);
	if (db_exec(r->db, SQL_LINK_END,
		    DB_ARGS(db_int("account", account),
			    db_text("kind", kinds[kind].name)),
		    NULL) ||
		db_exec(r->db, SQL_LINK_INSERT,
			DB_ARGS(db_bytes("id", id, sizeof(id)),
				db_int("account", account),
				db_text("kind", kinds[kind].name),
				db_int("minutes", kinds[kind].minutes)),
			NULL))
		return NULL;
	return pool_printf(r->pool, "%s%s?token=%s", r->config->origin,
		kinds[kind].path, token);
}

static bool
is_token(const char *token)
{
	return token && strlen(token) == TOKEN_LENGTH;
}

enum rc
link_find(struct request *r, const char *token, enum link_kind kind,
	struct link *link)
{
	unsigned char id[ID_BYTES];
	struct db_row row;
	enum rc rc;

	if (!is_token(token))
		return RC_NOTFOUND;
	id_of(token, id);
	rc = db_one(r->db, r->pool, SQL_LINK_GET,
		DB_ARGS(db_bytes("id", id, sizeof(id)),
			db_text("kind", kinds[kind].name)),
		&row);
	if (rc)
		return rc;
	*link = (struct link){db_num(row, "account_id"), db_str0(row, "email"),
		db_str0(row, "name"), db_str0(row, "lang"),
		db_str(row, "phone")};
	return RC_OK;
}

enum rc
link_use(struct request *r, const char *token, enum link_kind kind)
{
	unsigned char id[ID_BYTES];
	uint64_t used;
	enum rc rc;

	if (!is_token(token))
		return RC_NOTFOUND;
	id_of(token, id);
	rc = db_exec(r->db, SQL_LINK_USE,
		DB_ARGS(db_bytes("id", id, sizeof(id)),
			db_text("kind", kinds[kind].name)),
		&used);
	return rc || used ? rc : RC_NOTFOUND;
}
