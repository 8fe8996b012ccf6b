/* The address of a list: its number, then its query. */
#include <stdlib.h>
#include <string.h>

#include "engine/list.h"
#include "engine/list_query.h"
#include "fuzz.h"

/* Loaded once; all lists there are. */
static const struct list_def *
lists(void)
{
	static struct pool *p;
	char errors[300] = "";

	if (!p) {
		p = pool_create();
		MUST(!db_load(
			p, "fcgi/access/scope.sql", errors, sizeof(errors)));
		MUST(!lists_load(p, ".", buffer_create(p)));
	}
	return list_def_first();
}

/* No text of the user's is part of the statement. */
static void
check_sql(const struct list_state *s)
{
	struct list_sql sql = {.text = buffer_create(s->request->pool)};
	size_t marks = 0;

	list_sql_rows(s, &sql, s->size, s->sort->index ? LIST_TRY : LIST_ANY);
	MUST(sql.count <= LIST_ARGS_MAX);
	MUST(!strstr(sql.text->data, "zandkorrel"));
	sql = (struct list_sql){.text = buffer_create(s->request->pool)};
	list_sql_count(s, &sql, LIST_COUNT_MAX);
	for (const char *c = sql.text->data; (c = strchr(c, ':')); c++)
		marks++;
	MUST(marks <= 2 * (sql.count + LIST_ARGS_MAX));
	MUST(!strstr(sql.text->data, "zandkorrel"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct db_arg none[] = {{NULL, DB_END, 0, NULL, 0}};
	const struct list_def *d = lists();
	struct request *r = fuzz_request();
	struct list_state s = {.def = d, .request = r, .href = "/list"};
	const char *query;

	if (size == 0)
		return 0;
	for (int n = bytes[0] % 8; n > 0 && s.def->next; n--)
		s.def = s.def->next;
	r->query = fuzz_text(r->pool, bytes + 1, size - 1);
	if (params_parse(r->pool, r->query, size - 1, &r->get))
		return 0;
	s.extra = none;
	for (size_t i = 0; i < s.def->column_count; i++)
		s.allowed[i] = s.shown[i] = true;
	MUST(!list_state_read(&s));
	MUST(s.sort && s.size > 0 && s.page >= 0);
	check_sql(&s);
	query = list_state_query(&s, NULL, NULL);
	MUST(!*query || *query == '?');
	MUST(!strpbrk(query, " \"<>\n"));
	MUST(list_state_with(
		&s, query, "after", list_mark(r->pool, s.mark, "1")));
	return 0;
}
