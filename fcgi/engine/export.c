#include <string.h>

#include <sodium.h>

#include "../access/access.h"
#include "../access/session.h"
#include "../core/http.h"
#include "../core/text.h"
#include "export.h"

enum { CODE_BYTES = 16 };

/* The same address for the same account in the same membership. */
static void
key_of(const struct request *r, unsigned char key[32])
{
	const char *text = pool_printf(r->pool, "%lld %lld %s %s%s?%s",
		(long long)r->who->account, (long long)r->who->membership,
		r->lang, r->path, http_suffix(r->format), r->query);

	crypto_hash_sha256(key, (const unsigned char *)text, strlen(text));
}

static enum rc
insert(struct request *r, const struct db_arg *key, const char *name,
	const char *title, const char *about)
{
	unsigned char code[CODE_BYTES];

	randombytes_buf(code, sizeof(code));
	return db_exec(r->db, SQL_EXPORT_INSERT,
		DB_ARGS(*key,
			db_text("code",
				text_base64url(r->pool, code, sizeof(code))),
			db_int("account", r->who->account),
			db_int("membership", r->who->membership),
			db_text("lang", r->lang), db_text("path", r->path),
			db_text("query", r->query),
			db_text("format", http_suffix(r->format) + 1),
			db_text("name", name), db_text("title", title),
			db_text("about", about), db_text("address", r->address),
			db_int("most", EXPORT_WAITING_MAX)),
		NULL);
}

enum rc
export_ask(struct request *r, const char *name, const char *title,
	const char *about)
{
	unsigned char bytes[32];
	struct db_row row;
	struct db_arg key;
	enum rc rc;

	key_of(r, bytes);
	key = db_bytes("key", bytes, sizeof(bytes));
	rc = db_exec(r->db, SQL_EXPORT_FORGET, DB_ARGS(key), NULL);
	if (!rc)
		rc = insert(r, &key, name, title, about);
	if (!rc)
		rc = db_one(
			r->db, r->pool, SQL_EXPORT_ASKED, DB_ARGS(key), &row);
	if (rc == RC_NOTFOUND) {
		rc = session_notice(r, "warn", "export.many", NULL);
		request_redirect(r, "/exports");
	} else if (!rc) {
		request_redirect(r, "/exports/%s", db_str0(row, "code"));
	}
	return rc;
}

enum rc
export_progress(struct request *r, int64_t done)
{
	return r->export ? r->export->progress(r->export, done) : RC_OK;
}
