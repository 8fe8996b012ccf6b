#include <stdlib.h>
#include <string.h>

#include "../core/buffer.h"
#include "../core/cache.h"
#include "options.h"

enum { KEPT_BYTES = 2 * 1024 * 1024 };

static struct cache *kept;

static void
let_go(void *arg)
{
	struct options *o = arg;

	if (--o->holders == 0)
		free(o);
}

void
options_create(struct pool *p)
{
	kept = cache_create(p, KEPT_BYTES, let_go);
}

static void
hold(struct request *r, struct options *o)
{
	o->holders++;
	pool_cleanup(r->pool, let_go, o);
}

static time_t
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static char *
add(char **room, const char *s)
{
	char *at = *room;

	*room = stpcpy(at, s) + 1;
	return at;
}

/* All in one piece of memory. */
static struct options *
make(const struct db_rows *rows)
{
	size_t size =
		sizeof(struct options) + rows->count * sizeof(struct option);
	struct option *at;
	struct options *o;
	char *room;

	for (size_t i = 0; i < rows->count; i++)
		size += strlen(db_str0(db_row(rows, i), "value")) +
			strlen(db_str0(db_row(rows, i), "label")) + 2;
	o = memory_alloc(size);
	at = (struct option *)(void *)(o + 1);
	room = (char *)(at + rows->count);
	for (size_t i = 0; i < rows->count; i++) {
		at[i].value = add(&room, db_str0(db_row(rows, i), "value"));
		at[i].label = add(&room, db_str0(db_row(rows, i), "label"));
	}
	o->count = rows->count;
	o->at = at;
	o->size = size;
	o->read_at = seconds();
	return o;
}

/* What the answer goes by; NULL: by more than can be told. */
static enum rc
key_of(struct request *r, enum sql sql, int64_t parent, struct buffer **key)
{
	struct buffer *b = buffer_create(r->pool);
	const char *scope;
	size_t len;
	enum rc rc = db_scope_key(r->db, r->pool, sql, &scope, &len);

	*key = NULL;
	if (rc || !scope)
		return rc;
	buffer_add(b, &sql, sizeof(sql));
	buffer_add(b, &parent, sizeof(parent));
	buffer_puts(b, r->lang);
	if (len) {
		buffer_puts(b, r->who->places_mark);
		buffer_putc(b, ' ');
		buffer_add(b, scope, len);
	}
	*key = b;
	return RC_OK;
}

static bool
is_young(const struct request *r, const struct options *o, bool fresh)
{
	time_t life = r->config->options_seconds;

	return seconds() - o->read_at < (fresh && life > 1 ? 1 : life);
}

static void
keep(const struct buffer *key, struct options *o)
{
	cache_drop(kept, key->data, key->len);
	o->holders++;
	if (!cache_add(kept, key->data, key->len, o, o->size))
		o->holders--;
}

enum rc
options_get(struct request *r, enum sql sql, int64_t parent, bool fresh,
	const struct options **found)
{
	struct buffer *key;
	struct db_rows rows;
	struct options *o;
	enum rc rc = key_of(r, sql, parent, &key);

	if (rc)
		return rc;
	o = key ? cache_find(kept, key->data, key->len) : NULL;
	if (o && is_young(r, o, fresh)) {
		hold(r, o);
		*found = o;
		return RC_OK;
	}
	rc = db_select(r->db, r->pool, sql,
		DB_ARGS(db_int("parent", parent), db_text("lang", r->lang)),
		&rows);
	if (rc)
		return rc;
	o = make(&rows);
	hold(r, o);
	if (key)
		keep(key, o);
	*found = o;
	return RC_OK;
}
