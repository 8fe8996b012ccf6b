#include <sodium.h>
#include <string.h>

#include "../core/text.h"
#include "../routes.h"
#include "draft.h"
#include "seal.h"
#include "session.h"

enum { ID_BYTES = 16, ID_CHARS = 32 };

/* The page that a form was on: the same path, or the start. */
static const char *
form_of(const struct request *r)
{
	struct request get = *r;
	bool known;

	get.method = METHOD_GET;
	return route_find(&get, &known) ? r->path : "/";
}

/* What proves who one is has no place in the database. */
static bool
keeps(const struct request *r)
{
	static const char *const never[] = {
		"password", "current", "again", "code", "token"};

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (params_get(&r->post, never[i]))
			return false;
	return r->post.count > 0;
}

/* As a form without files sends it: those are chosen again. */
static const struct buffer *
typed(const struct request *r)
{
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < r->post.count; i++)
		buffer_printf(b, "%s%s=%s", i ? "&" : "",
			text_urlencode(r->pool, r->post.items[i].name),
			text_urlencode(r->pool, r->post.items[i].value));
	return b;
}

const char *
draft_keep(struct request *r, int64_t account)
{
	const struct config_key *key = config_key(r->config, "factor", NULL);
	const char *path = form_of(r);
	unsigned char id[ID_BYTES], *sealed;
	const struct buffer *body;
	char code[ID_CHARS + 1];
	uint64_t kept = 0;

	if (!account || !keeps(r) || !key || !strcmp(path, "/"))
		return path;
	body = typed(r);
	if (body->len > REQUEST_BODY_MAX)
		return path;
	sealed = pool_alloc(r->pool, body->len + SEAL_EXTRA);
	randombytes_buf(id, sizeof(id));
	text_hex(id, sizeof(id), code);
	if (!seal(key, account, body->data, body->len, sealed) ||
		db_exec(r->db, SQL_DRAFT_INSERT,
			DB_ARGS(db_bytes("id", id, sizeof(id)),
				db_int("account", account),
				db_text("path", path), db_text("key", key->id),
				db_bytes(
					"body", sealed, body->len + SEAL_EXTRA),
				db_int("hours", DRAFT_HOURS),
				db_int("max", DRAFT_MAX)),
			&kept) ||
		!kept)
		return path;
	/* What was picked stands in the address. */
	return pool_printf(r->pool, "%s?draft=%s%s%s", path, code,
		*r->query ? "&" : "", r->query);
}

int64_t
draft_account(struct request *r)
{
	unsigned char id[SESSION_ID_BYTES];
	struct db_row row;

	if (!session_cookie_valid(r->cookie))
		return 0;
	session_id(r->cookie, id);
	if (db_one(r->db, r->pool, SQL_DRAFT_ACCOUNT,
		    DB_ARGS(db_bytes("id", id, sizeof(id))), &row))
		return 0;
	return db_num(row, "account_id");
}

const struct params *
draft_open(struct request *r)
{
	const char *code = params_get(&r->get, "draft");
	struct params *params = pool_calloc(r->pool, 1, sizeof(*params));
	unsigned char id[ID_BYTES], *body;
	const struct config_key *key;
	struct db_value sealed;
	struct db_row row;

	if (r->method == METHOD_POST || !code || !r->who || !r->who->complete ||
		strlen(code) != ID_CHARS ||
		sodium_hex2bin(
			id, sizeof(id), code, ID_CHARS, NULL, NULL, NULL))
		return NULL;
	if (db_one(r->db, r->pool, SQL_DRAFT_GET,
		    DB_ARGS(db_bytes("id", id, sizeof(id)),
			    db_text("path", r->path),
			    db_int("hours", DRAFT_HOURS)),
		    &row))
		return NULL;
	key = config_key(r->config, "factor", db_str0(row, "key_id"));
	sealed = db_val(row, "body");
	if (!key || sealed.len <= SEAL_EXTRA)
		return NULL;
	body = pool_alloc(r->pool, sealed.len);
	if (!seal_open(key, r->who->account, sealed.text, sealed.len, body) ||
		params_parse(r->pool, (const char *)body,
			sealed.len - SEAL_EXTRA, params))
		return NULL;
	return params;
}
