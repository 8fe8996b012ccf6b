#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "../core/buffer.h"
#include "../core/log.h"
#include "../core/text.h"
#include "seal.h"
#include "session.h"

#define COOKIE "__Host-hulpbalie"
#define COOKIE_FLAGS "; Path=/; Secure; HttpOnly; SameSite=Lax"

enum { ID_BYTES = SESSION_ID_BYTES };

/* Between the parts of a notice: no text of ours or of a user holds it. */
#define NOTICE_BREAK "\x1f"

bool
session_cookie_valid(const char *cookie)
{
	return cookie && strlen(cookie) == SESSION_COOKIE_LENGTH &&
	       strspn(cookie,
		       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		       "0123456789-_") == SESSION_COOKIE_LENGTH;
}

static const char *
cookie_new(struct request *r)
{
	unsigned char bytes[ID_BYTES];
	char *cookie;

	if (sodium_init() < 0) {
		log_event(LOG_ERROR, "session", "what", "libsodium", NULL);
		abort();
	}
	randombytes_buf(bytes, sizeof(bytes));
	cookie = text_base64url(r->pool, bytes, sizeof(bytes));
	request_header(r, "Set-Cookie",
		pool_printf(r->pool, COOKIE "=%s" COOKIE_FLAGS, cookie));
	return cookie;
}

void
session_cookie_give(struct request *r)
{
	r->cookie = cookie_new(r);
}

void
session_id(const char *cookie, unsigned char id[ID_BYTES])
{
	crypto_hash_sha256(id, (const unsigned char *)cookie, strlen(cookie));
}

static enum db_portal
portal_of(const char *name)
{
	if (!strcmp(name, "institution"))
		return DB_INSTITUTION;
	if (!strcmp(name, "professional"))
		return DB_PROFESSIONAL;
	return DB_SUPPLIER;
}

/* Administrator and role 1 see the whole organisation (I9); what a professional
 * sees is said for each of his. */
static bool
sees_all(const struct identity *who, bool ticked)
{
	return who->portal == DB_SUPPLIER ||
	       (who->portal == DB_INSTITUTION &&
		       (ticked || !strcmp(who->role, "admin") ||
			       !strcmp(who->role, "1")));
}

static struct identity *
identity_of(struct request *r, struct db_row row)
{
	struct identity *who = pool_alloc(r->pool, sizeof(*who));

	who->account = db_num(row, "account_id");
	who->name = db_str0(row, "name");
	who->email = db_str0(row, "email");
	who->phone = db_str(row, "phone");
	who->lang = db_str0(row, "lang");
	who->membership = db_num(row, "membership_id");
	who->portal_name = db_str0(row, "portal");
	who->portal = portal_of(who->portal_name);
	who->role = db_str0(row, "role");
	who->organisation = db_num(row, "organisation_id");
	who->organisation_name = db_str(row, "organisation_name");
	who->branch = db_num(row, "branch_id");
	who->places_mark = db_str0(row, "places_mark");
	who->all_places = sees_all(who, db_num(row, "all_places"));
	return who;
}

/* Half a session sees nothing yet. */
static void
bind_scope(struct request *r)
{
	const struct identity *who = r->who;
	struct db_scope scope = {
		.portal = who->portal,
		.account = who->account,
		.membership = who->membership,
		.organisation = who->organisation,
		.branch = who->portal == DB_SUPPLIER ? who->branch : 0,
		.all_places = who->all_places,
	};

	if (who->complete)
		db_set_scope(r->db, &scope);
}

static const char *const steps[] = {
	[SESSION_PASSWORD] = "password",
	[SESSION_ENROL] = "enrol",
	[SESSION_COMPLETE] = "complete",
};

static enum session_step
step_of(const char *name)
{
	enum session_step step = SESSION_PASSWORD;

	while (step < SESSION_COMPLETE && strcmp(steps[step], name) != 0)
		step++;
	return step;
}

enum rc
session_load(struct request *r)
{
	unsigned char id[ID_BYTES];
	struct db_row row;
	enum rc rc;

	r->who = NULL;
	if (!session_cookie_valid(r->cookie))
		return RC_OK;
	session_id(r->cookie, id);
	rc = db_one(r->db, r->pool, SQL_SESSION_GET,
		DB_ARGS(db_bytes("id", id, sizeof(id)),
			db_int("idle_minutes", r->config->session.idle_minutes),
			db_int("hours", r->config->session.hours),
			db_int("half_minutes", SESSION_HALF_MINUTES),
			db_int("enrol_minutes", SESSION_ENROL_MINUTES),
			db_int("fresh_minutes",
				r->config->session.fresh_minutes)),
		&row);
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	r->who = identity_of(r, row);
	r->who->step = step_of(db_str0(row, "step"));
	r->who->complete = r->who->step == SESSION_COMPLETE;
	r->who->fresh = r->who->complete && db_num(row, "fresh");
	r->who->notice = db_str(row, "notice");
	memcpy(r->who->session, id, sizeof(id));
	r->lang = r->who->lang;
	bind_scope(r);
	/* Where another request of this session is at work: next time. */
	if (db_num(row, "stale"))
		(void)db_exec(r->db, SQL_SESSION_SEEN,
			DB_ARGS(db_bytes("id", id, sizeof(id))), NULL);
	return RC_OK;
}

enum rc
session_as(struct request *r, int64_t account, int64_t membership)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_SESSION_AS,
		DB_ARGS(db_int("account", account),
			db_int("membership", membership)),
		&row);

	if (rc)
		return rc;
	r->who = identity_of(r, row);
	r->who->step = SESSION_COMPLETE;
	r->who->complete = true;
	bind_scope(r);
	return RC_OK;
}

static enum rc
forget(struct request *r)
{
	if (!r->who)
		return RC_OK;
	return db_exec(r->db, SQL_SESSION_DELETE,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES)), NULL);
}

enum rc
session_begin(struct request *r, int64_t account, int64_t membership,
	enum session_step step, const char *next_path, unsigned char *new_id)
{
	unsigned char id[ID_BYTES];
	enum rc rc;

	rc = forget(r);
	if (!rc)
		rc = db_exec(r->db, SQL_SESSION_DELETE_OLD,
			DB_ARGS(db_int("account", account),
				db_int("idle_minutes",
					r->config->session.idle_minutes),
				db_int("hours", r->config->session.hours)),
			NULL);
	if (rc)
		return rc;
	session_id(cookie_new(r), id);
	if (new_id)
		memcpy(new_id, id, sizeof(id));
	return db_exec(r->db, SQL_SESSION_INSERT,
		DB_ARGS(db_bytes("id", id, sizeof(id)),
			db_int("account", account),
			db_int("membership", membership),
			db_text("step", steps[step]),
			db_text("next_path", next_path),
			db_text("address", r->address),
			db_text("agent", r->agent ? r->agent : "")),
		NULL);
}

enum rc
session_complete(struct request *r, const char **next)
{
	unsigned char id[ID_BYTES];
	struct db_row row;
	uint64_t changed;
	enum rc rc;

	rc = db_one(r->db, r->pool, SQL_SESSION_NEXT,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES)), &row);
	if (rc)
		return rc;
	*next = db_str(row, "next_path");
	session_id(cookie_new(r), id);
	rc = db_exec(r->db, SQL_SESSION_COMPLETE,
		DB_ARGS(db_bytes("new_id", id, sizeof(id)),
			db_bytes("id", r->who->session, ID_BYTES)),
		&changed);
	if (!rc && !changed)
		rc = RC_NOTFOUND;
	memcpy(r->who->session, id, sizeof(id));
	return rc;
}

enum rc
session_to_enrol(struct request *r)
{
	unsigned char id[ID_BYTES];
	uint64_t changed;
	enum rc rc;

	session_id(cookie_new(r), id);
	rc = db_exec(r->db, SQL_SESSION_TO_ENROL,
		DB_ARGS(db_bytes("new_id", id, sizeof(id)),
			db_bytes("id", r->who->session, ID_BYTES)),
		&changed);
	return !rc && !changed ? RC_NOTFOUND : rc;
}

enum rc
session_verified(struct request *r)
{
	return db_exec(r->db, SQL_SESSION_VERIFIED,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES)), NULL);
}

enum rc
session_keep(struct request *r, const char *kind, const void *what, size_t len)
{
	const struct config_key *key = config_key(r->config, "factor", NULL);
	unsigned char sealed[SESSION_KEPT_MAX + SEAL_EXTRA];

	if (!key || len > SESSION_KEPT_MAX ||
		!seal(key, r->who->account, what, len, sealed))
		return RC_FAIL;
	return db_exec(r->db, SQL_SESSION_KEEP,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES),
			db_text("kind", kind), db_text("key", key->id),
			db_bytes("kept", sealed, len + SEAL_EXTRA)),
		NULL);
}

enum rc
session_kept(struct request *r, const char *kind, const unsigned char **what,
	size_t *len)
{
	const struct config_key *key;
	struct db_value sealed;
	unsigned char *plain;
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_SESSION_KEPT,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES),
			db_text("kind", kind)),
		&row);

	if (rc)
		return rc;
	key = config_key(r->config, "factor", db_str0(row, "kept_key_id"));
	sealed = db_val(row, "kept");
	if (!key || sealed.len < SEAL_EXTRA)
		return RC_FAIL;
	*len = sealed.len - SEAL_EXTRA;
	plain = pool_calloc(r->pool, 1, *len + 1);
	*what = plain;
	return seal_open(key, r->who->account, sealed.text, sealed.len, plain)
		       ? RC_OK
		       : RC_FAIL;
}

enum rc
session_kept_forget(struct request *r)
{
	return db_exec(r->db, SQL_SESSION_KEPT_FORGET,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES)), NULL);
}

enum rc
session_renew(struct request *r)
{
	unsigned char id[ID_BYTES];
	enum rc rc;

	session_cookie_give(r);
	session_id(r->cookie, id);
	rc = db_exec(r->db, SQL_SESSION_RENEW,
		DB_ARGS(db_bytes("new_id", id, sizeof(id)),
			db_bytes("id", r->who->session, ID_BYTES)),
		NULL);
	memcpy(r->who->session, id, ID_BYTES);
	return rc;
}

enum rc
session_switch(struct request *r, int64_t membership)
{
	unsigned char id[ID_BYTES];
	uint64_t changed;
	enum rc rc;

	session_id(cookie_new(r), id);
	rc = db_exec(r->db, SQL_SESSION_SWITCH,
		DB_ARGS(db_bytes("new_id", id, sizeof(id)),
			db_int("membership", membership),
			db_bytes("id", r->who->session, ID_BYTES)),
		&changed);
	memcpy(r->who->session, id, ID_BYTES);
	return !rc && !changed ? RC_NOTFOUND : rc;
}

enum rc
session_end_others(struct request *r, int64_t account)
{
	static const unsigned char none[ID_BYTES];

	return db_exec(r->db, SQL_SESSION_DELETE_OTHERS,
		DB_ARGS(db_int("account", account),
			db_bytes("id", r->who ? r->who->session : none,
				ID_BYTES)),
		NULL);
}

enum rc
session_end(struct request *r)
{
	enum rc rc = forget(r);

	if (!rc)
		request_header(
			r, "Set-Cookie", COOKIE "=; Max-Age=0" COOKIE_FLAGS);
	return rc;
}

static const char *
notice_of(struct request *r, const char *kind, const char *id, va_list args)
{
	struct buffer *text = buffer_create(r->pool);
	const char *arg;

	buffer_printf(text, "%s" NOTICE_BREAK "%s", kind, id);
	while ((arg = va_arg(args, const char *)))
		buffer_printf(text, NOTICE_BREAK "%s", arg);
	return text->data;
}

enum rc
session_notice(struct request *r, const char *kind, const char *id, ...)
{
	const char *notice;
	va_list args;

	va_start(args, id);
	notice = notice_of(r, kind, id, args);
	va_end(args);
	return db_exec(r->db, SQL_SESSION_NOTICE,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES),
			db_text("notice", notice)),
		NULL);
}

enum rc
session_notice_to(struct request *r, int64_t account, int64_t membership,
	const char *kind, const char *id, ...)
{
	const char *notice;
	va_list args;

	va_start(args, id);
	notice = notice_of(r, kind, id, args);
	va_end(args);
	return db_exec(r->db, SQL_SESSION_NOTICE_TO,
		DB_ARGS(db_int("account", account),
			db_int("membership", membership),
			db_text("notice", notice)),
		NULL);
}

enum rc
session_notice_write(struct request *r)
{
	char *rest;

	if (!r->who || !r->who->notice)
		return RC_OK;
	rest = pool_strdup(r->pool, r->who->notice);
	xml_open(r->xml, "message");
	xml_attr(r->xml, "kind", strsep(&rest, NOTICE_BREAK));
	xml_attr(r->xml, "id", strsep(&rest, NOTICE_BREAK));
	while (rest)
		xml_elem(r->xml, "arg", strsep(&rest, NOTICE_BREAK));
	xml_close(r->xml);
	r->who->notice = NULL;
	return db_exec(r->db, SQL_SESSION_NOTICE,
		DB_ARGS(db_bytes("id", r->who->session, ID_BYTES),
			db_null("notice")),
		NULL);
}
