#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../core/buffer.h"
#include "../routes.h"
#include "access.h"

static const char *
right_of(const struct request *r)
{
	enum right right = r->route ? r->route->right : RIGHT_PUBLIC;

	return right < RIGHT_COUNT ? right_texts[right].id : "";
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* [1,2,3] without zeros and doubles; "[]" where none is left. */
static const char *
ids_json(struct pool *p, const int64_t *ids, size_t n)
{
	int64_t *sorted = pool_calloc(p, n, sizeof(*sorted));
	struct buffer *json = buffer_create(p);
	int64_t last = 0;

	if (n)
		memcpy(sorted, ids, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), compare);
	for (size_t i = 0; i < n; i++) {
		if (sorted[i] == last)
			continue;
		last = sorted[i];
		buffer_printf(json, "%c%" PRId64, json->len ? ',' : '[', last);
	}
	if (!json->len)
		buffer_putc(json, '[');
	buffer_putc(json, ']');
	return json->data;
}

/* A view that was written down: of clients, or of an account. */
struct audit_view {
	struct audit_view *before;
	const char *subject;
	const char *ids;
	int64_t account;
};

static void
keep_view(struct request *r, const char *subject, const char *ids,
	int64_t account)
{
	struct audit_view *v = pool_alloc(r->pool, sizeof(*v));

	*v = (struct audit_view){
		r->views, pool_strdup(r->pool, subject), ids, account};
	r->views = v;
}

static enum rc
write_clients(struct request *r, const char *action, const char *subject,
	const char *ids)
{
	const struct identity *who = r->who;

	return db_exec(r->db, SQL_AUDIT_CLIENTS,
		DB_ARGS(db_text("request", r->id),
			db_int("actor", who->account),
			db_int("membership", who->membership),
			db_id("organisation", who->organisation),
			db_text("subject", subject), db_text("action", action),
			db_text("access_right", right_of(r)),
			db_text("address", r->address), db_text("ids", ids)),
		NULL);
}

enum rc
audit_clients(struct request *r, const char *action, const char *subject,
	const int64_t *client_ids, size_t n)
{
	const char *ids = ids_json(r->pool, client_ids, n);

	if (!strcmp(ids, "[]"))
		return RC_OK;
	if (!r->who)
		return RC_FAIL;
	if (!strcmp(action, "view"))
		keep_view(r, subject, ids, 0);
	return write_clients(r, action, subject, ids);
}

static enum rc
write_account(struct request *r, int64_t account, const char *action,
	const char *subject, bool good)
{
	const struct identity *who = r->who;

	return db_exec(r->db, SQL_AUDIT_ACCOUNT,
		DB_ARGS(db_text("request", r->id),
			db_id("actor", who ? who->account : account),
			db_id("membership", who ? who->membership : 0),
			db_id("organisation", who ? who->organisation : 0),
			db_id("account", account), db_text("subject", subject),
			db_text("action", action),
			db_text("access_right", right_of(r)),
			db_text("outcome", good ? "ok" : "refused"),
			db_text("address", r->address)),
		NULL);
}

enum rc
audit_account(struct request *r, int64_t account, const char *action,
	const char *subject, bool good)
{
	if (!strcmp(action, "view"))
		keep_view(r, subject, NULL, account);
	return write_account(r, account, action, subject, good);
}

enum rc
audit_again(struct request *r)
{
	enum rc rc = RC_OK;

	for (struct audit_view *v = r->views; v && !rc; v = v->before)
		rc = v->ids ? write_clients(r, "view", v->subject, v->ids)
			    : write_account(
				      r, v->account, "view", v->subject, true);
	return rc;
}

enum rc
audit_refused(struct request *r)
{
	return audit_account(
		r, r->who ? r->who->account : 0, "refuse", r->path, false);
}
