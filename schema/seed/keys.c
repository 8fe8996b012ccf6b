#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "keys.h"
#include "seed.h"

struct table_keys {
	struct table_keys *next;
	const char *table;
	struct buffer *drop, *restore;
};

struct keys {
	struct pool *pool;
	struct table_keys *first;
};

/* "  KEY `name` (…)," or "  UNIQUE KEY `name` (…)," of SHOW CREATE TABLE. */
static void
add_key(struct table_keys *t, struct pool *p, const char *line, size_t len)
{
	const char *name = memchr(line, '`', len);
	const char *end = name ? strchr(name + 1, '`') : NULL;

	if (!end)
		return;
	if (line[len - 1] == ',')
		len--;
	buffer_printf(t->drop, "%s DROP KEY %s", t->drop->len ? "," : "",
		pool_strndup(p, name, (size_t)(end + 1 - name)));
	buffer_printf(t->restore, "%s ADD %s", t->restore->len ? "," : "",
		pool_strndup(p, line, len));
}

static void
read_table(struct keys *k, MYSQL *db, const char *name)
{
	struct table_keys *t = pool_alloc(k->pool, sizeof(*t));
	MYSQL_RES *result;
	MYSQL_ROW row;

	batch_run(db, pool_printf(k->pool, "SHOW CREATE TABLE `%s`", name));
	result = mysql_store_result(db);
	row = result ? mysql_fetch_row(result) : NULL;
	if (!row)
		seed_fail("%s: %s", name, mysql_error(db));
	t->table = pool_strdup(k->pool, name);
	t->drop = buffer_create(k->pool);
	t->restore = buffer_create(k->pool);
	for (const char *line = row[1]; line; line = strchr(line, '\n')) {
		line += strspn(line, "\n ");
		if (!strncmp(line, "KEY ", 4) ||
			!strncmp(line, "UNIQUE KEY ", 11) ||
			!strncmp(line, "FULLTEXT KEY ", 13))
			add_key(t, k->pool, line, strcspn(line, "\n"));
	}
	mysql_free_result(result);
	if (!t->drop->len)
		return;
	t->next = k->first;
	k->first = t;
}

struct keys *
keys_drop(MYSQL *db)
{
	struct pool *pool = pool_create();
	struct keys *k = pool_alloc(pool, sizeof(*k));
	MYSQL_RES *tables;
	MYSQL_ROW row;

	k->pool = pool;
	batch_run(db, "SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'");
	tables = mysql_store_result(db);
	while (tables && (row = mysql_fetch_row(tables)))
		read_table(k, db, row[0]);
	mysql_free_result(tables);
	for (struct table_keys *t = k->first; t; t = t->next)
		batch_run(db, pool_printf(pool, "ALTER TABLE `%s`%s", t->table,
				      t->drop->data));
	return k;
}

void
keys_restore(struct keys *k, MYSQL *db, void (*told)(const char *))
{
	for (struct table_keys *t = k->first; t; t = t->next) {
		told(t->table);
		batch_run(db, pool_printf(k->pool, "ALTER TABLE `%s`%s",
				      t->table, t->restore->data));
	}
	pool_destroy(k->pool);
}
