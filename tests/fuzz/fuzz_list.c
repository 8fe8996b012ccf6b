/* The address of a list: its name, '?', its query. */
#include <stdlib.h>
#include <string.h>

#include "engine/list.h"
#include "engine/list_query.h"
#include "fuzz.h"

/* Once; all lists there are. */
static void
load(void)
{
	static struct pool *p;
	char errors[300] = "";

	if (p)
		return;
	p = pool_create();
	MUST(!db_load(p, "fcgi/access/scope.sql", errors, sizeof(errors)));
	MUST(!lists_load(p, ".", buffer_create(p)));
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
	struct request *r = fuzz_request();
	struct list_state s = {.request = r, .href = "/list"};
	const char *text = fuzz_text(r->pool, bytes, size);
	const char *query;

	load();
	s.def = list_def_find(fuzz_pick(".list.xml", text, &r->query));
	MUST(s.def);
	if (params_parse(r->pool, r->query, size - (size_t)(r->query - text),
		    &r->get))
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
