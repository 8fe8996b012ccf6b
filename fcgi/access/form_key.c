#include <sodium.h>
#include <string.h>

#include "../core/log.h"
#include "../core/text.h"
#include "access.h"
#include "form_key.h"

enum { HASH = crypto_hash_sha256_BYTES, RESULT_MAX = 500 };

const char *
form_key_new(struct request *r)
{
	unsigned char key[FORM_KEY_BYTES];
	char *text = pool_alloc(r->pool, 2 * sizeof(key) + 1);

	randombytes_buf(key, sizeof(key));
	text_hex(key, sizeof(key), text);
	return text;
}

static bool
read_key(const struct request *r, unsigned char key[FORM_KEY_BYTES])
{
	const char *text = params_get(&r->post, "form_key");
	size_t len = 0;

	return text && strlen(text) == 2 * FORM_KEY_BYTES &&
	       !sodium_hex2bin(key, FORM_KEY_BYTES, text, strlen(text), NULL,
		       &len, NULL) &&
	       len == FORM_KEY_BYTES;
}

bool
form_key_given(const struct request *r)
{
	unsigned char key[FORM_KEY_BYTES];

	return read_key(r, key);
}

static void
hash_text(crypto_hash_sha256_state *state, const char *text)
{
	/* With its NUL, so that no two lists of texts are the same bytes. */
	crypto_hash_sha256_update(
		state, (const unsigned char *)text, strlen(text) + 1);
}

/* Of all that was sent, but for the CSRF token: a page that the browser
 * draws again has another mask. */
static void
hash_content(const struct request *r, unsigned char hash[HASH])
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	hash_text(&state, r->path);
	hash_text(&state, r->query);
	for (size_t i = 0; i < r->post.count; i++) {
		const struct param *p = &r->post.items[i];

		if (strcmp(p->name, "csrf") == 0)
			continue;
		hash_text(&state, p->name);
		hash_text(&state, p->value);
	}
	for (size_t i = 0; i < r->files.count; i++) {
		const struct upload *f = &r->files.items[i];

		hash_text(&state, f->name);
		crypto_hash_sha256_update(
			&state, (const unsigned char *)f->bytes, f->len);
	}
	crypto_hash_sha256_final(&state, hash);
}

enum rc
form_key_take(struct request *r)
{
	unsigned char key[FORM_KEY_BYTES], hash[HASH];
	struct db_arg account = db_int("account", r->who->account);
	struct db_row row;
	uint64_t changed = 0;
	enum rc rc;

	if (!read_key(r, key))
		return RC_CONFLICT;
	hash_content(r, hash);
	rc = db_exec(r->db, SQL_FORM_KEY_INSERT,
		DB_ARGS(account, db_bytes("form_key", key, sizeof(key)),
			db_bytes("content", hash, sizeof(hash))),
		&changed);
	if (rc || changed > 0)
		return rc;
	rc = db_one(r->db, r->pool, SQL_FORM_KEY_GET,
		DB_ARGS(account, db_bytes("form_key", key, sizeof(key))), &row);
	if (rc)
		return RC_FAIL;
	if (db_val(row, "content").len != sizeof(hash) ||
		memcmp(db_val(row, "content").text, hash, sizeof(hash)) != 0)
		return RC_CONFLICT;
	request_redirect(r, "%s", db_str0(row, "result"));
	return RC_OK;
}

enum rc
form_key_keep(struct request *r)
{
	const char *result = r->response.location;
	unsigned char key[FORM_KEY_BYTES];
	struct db_arg account = db_int("account", r->who->account);
	struct db_arg which;

	if (!read_key(r, key))
		return RC_FAIL;
	which = db_bytes("form_key", key, sizeof(key));
	if (!result)
		return db_exec(r->db, SQL_FORM_KEY_DELETE,
			DB_ARGS(account, which), NULL);
	if (strlen(result) > RESULT_MAX) {
		log_event(LOG_ERROR, "form-key", "what", "result too long",
			"path", r->path, NULL);
		return RC_FAIL;
	}
	return db_exec(r->db, SQL_FORM_KEY_RESULT,
		DB_ARGS(account, which, db_text("result", result)), NULL);
}
