/*
 * Overviews against plain SQL on the demo data: the sorts with the filters,
 * and pairs of filters, up or down, by viewers of every kind: the same rows in
 * the same order, page by page to and fro, and a true count (I9, I10, I16,
 * I17, C11, S5). All of the aids, a third of the others, by seeded chance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/xpath.h>

#include "access/access.h"
#include "core/buffer.h"
#include "core/log.h"
#include "core/render.h"
#include "core/xml.h"
#include "engine/list.h"
#include "engine/page.h"
#include "plain.h"

enum { SEED = 20261122, PAGES = 3, CHECKED = 1000, FILTERS = 12, LANGS = 2 };

static const struct config config = {.options_seconds = 60};
static struct pool *always;
static struct pool *pool;
static struct db *db;
static struct render *render;
static struct identity viewers[40];
static size_t viewer_count;

static unsigned
below(unsigned n)
{
	static uint64_t state = SEED;

	if (n == 0) {
		fail_msg("below nothing");
		return 0;
	}
	state = state * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(state >> 33) % n;
}

static struct db_rows
ask(const char *sql)
{
	struct db_rows rows;

	if (db_select_text(db, pool, sql, DB_NO_ARGS, &rows))
		fail_msg("%s: %s", sql, db_error(db));
	return rows;
}

static void
read_viewers(void)
{
	struct db_rows rows =
		ask("SELECT m.id, m.account_id, m.portal, m.role, "
		    "m.organisation_id, m.branch_id, m.all_places OR m.role IN "
		    "('admin', '1') OR m.portal = 'supplier' AS sees_all "
		    "FROM membership m JOIN account a ON a.id = m.account_id "
		    "WHERE m.active AND a.state = 'active' ORDER BY m.id");
	static const char *const portals[] = {
		"", "institution", "professional", "supplier"};

	for (size_t i = 0; i < rows.count && viewer_count < 40; i++) {
		struct identity *v = &viewers[viewer_count++];
		struct db_row row = db_row(&rows, i);

		v->account = db_num(row, "account_id");
		v->membership = db_num(row, "id");
		v->organisation = db_num(row, "organisation_id");
		v->branch = db_num(row, "branch_id");
		v->role = pool_strdup(always, db_str0(row, "role"));
		v->all_places = db_num(row, "sees_all") != 0;
		v->places_mark = "";
		v->complete = true;
		for (int p = 1; p <= DB_SUPPLIER; p++)
			if (!strcmp(portals[p], db_str0(row, "portal"))) {
				v->portal = (enum db_portal)p;
				v->portal_name = portals[p];
			}
	}
	assert_true(viewer_count > 8);
}

/* :account, :lang and the like, as they are. */
static const char *
fill(const char *text, const struct identity *v, const char *lang)
{
	struct buffer *b = buffer_create(pool);

	for (; *text; text++) {
		size_t len = *text == ':' ? 1 : 0;

		while (len && text[len] >= 'a' && text[len] <= 'z')
			len++;
		if (len < 2) {
			buffer_putc(b, *text);
			continue;
		}
		if (!strncmp(text, ":account", len))
			buffer_printf(b, "%lld", (long long)v->account);
		else if (!strncmp(text, ":membership", len))
			buffer_printf(b, "%lld", (long long)v->membership);
		else if (!strncmp(text, ":organisation", len))
			buffer_printf(b, "%lld", (long long)v->organisation);
		else if (!strncmp(text, ":branch", len))
			buffer_printf(b, "%lld", (long long)v->branch);
		else if (!strncmp(text, ":all", len))
			buffer_puts(b, v->all_places ? "TRUE" : "FALSE");
		else if (!strncmp(text, ":lang", len))
			buffer_printf(b, "'%s'", lang);
		else
			fail_msg("what is %s", text);
		text += len - 1;
	}
	return b->data;
}

struct case_ {
	const struct plain *plain;
	const struct identity *viewer;
	const char *lang;
	const struct plain_sort *sort;
	bool down;
	size_t filter_count;
	const struct plain_filter *filters[2];
	const char *values[2];
};

static const char *
describe(const struct case_ *c)
{
	struct buffer *b = buffer_create(pool);

	buffer_printf(b, "%s of membership %lld, %s, by %s%s", c->plain->id,
		(long long)c->viewer->membership, c->lang, c->down ? "-" : "",
		c->sort->id);
	for (size_t i = 0; i < c->filter_count; i++)
		buffer_printf(b, ", %s=%s", c->filters[i]->id, c->values[i]);
	return b->data;
}

static bool
is_unset(const struct case_ *c)
{
	static const char *const names[] = {"state", "number", "aid"};

	for (size_t i = 0; i < c->filter_count; i++)
		for (size_t n = 0; n < 3; n++)
			if (!strcmp(c->filters[i]->id, names[n]))
				return false;
	return c->plain->unset != NULL;
}

static void
add_where(const struct case_ *c, struct buffer *sql)
{
	buffer_printf(
		sql, " FROM %s WHERE (%s)", c->plain->from, c->plain->where);
	if (is_unset(c))
		buffer_printf(sql, " AND %s", c->plain->unset);
	for (size_t i = 0; i < c->filter_count; i++) {
		const char *s = c->filters[i]->sql;

		buffer_puts(sql, " AND (");
		for (; *s; s++) {
			if (*s == '?')
				buffer_printf(sql, "'%s'", c->values[i]);
			else
				buffer_putc(sql, *s);
		}
		buffer_putc(sql, ')');
	}
}

/* The keys of all rows, in order. */
static struct db_rows
plain_rows(const struct case_ *c)
{
	struct buffer *sql = buffer_create(pool);
	const char *way = c->down ? "DESC" : "ASC";

	buffer_printf(sql, "SELECT %s AS row_key", c->plain->key);
	add_where(c, sql);
	buffer_printf(sql, " ORDER BY %s %s, %s %s", c->sort->sql, way,
		c->plain->tie, way);
	return ask(fill(sql->data, c->viewer, c->lang));
}

/* A value of the filter that there is, by chance; NULL: none. */
static const char *
some_value(const struct case_ *c, const struct plain_filter *f)
{
	struct buffer *sql = buffer_create(pool);
	struct db_rows rows;

	if (f->choices) {
		size_t n = 0;

		while (f->choices[n])
			n++;
		return f->choices[below((unsigned)n)];
	}
	buffer_printf(sql, "SELECT DISTINCT %s AS value", f->values);
	add_where(c, sql);
	buffer_puts(sql, " HAVING value IS NOT NULL ORDER BY value");
	rows = ask(fill(sql->data, c->viewer, c->lang));
	if (!rows.count)
		return NULL;
	return db_str(db_row(&rows, below((unsigned)rows.count)), "value");
}

static struct request *
request_of(const struct case_ *c, const char *name, const char *value)
{
	struct request *r = pool_alloc(pool, sizeof(*r));
	struct param *get = pool_calloc(pool, 8, sizeof(*get));
	size_t n = 0;

	*r = (struct request){.pool = pool,
		.config = &config,
		.db = db,
		.lang = c->lang,
		.format = FORMAT_XML,
		.path = "/list",
		.address = "192.0.2.1",
		.id = "0123456789abcdef",
		.who = (struct identity *)(uintptr_t)c->viewer};
	get[n++] = (struct param){"sort",
		pool_printf(pool, "%s%s", c->down ? "-" : "", c->sort->id)};
	get[n++] = (struct param){"size", c->plain->size};
	for (size_t i = 0; i < c->filter_count; i++)
		get[n++] = (struct param){c->filters[i]->id, c->values[i]};
	if (name)
		get[n++] = (struct param){name, value};
	r->get = (struct params){n, get};
	return r;
}

static void
bind(const struct identity *v)
{
	db_set_scope(db, &(struct db_scope){v->portal, v->account,
				 v->membership, v->organisation,
				 v->portal == DB_SUPPLIER ? v->branch : 0,
				 v->all_places});
}

static const char *
text_of(struct request *r, const char *path)
{
	xmlXPathContext *context = xmlXPathNewContext(xml_doc(r->xml));
	xmlXPathObject *found = xmlXPathEval((const xmlChar *)path, context);
	xmlChar *text = xmlXPathCastToString(found);
	const char *copy = pool_strdup(pool, (const char *)text);

	xmlFree(text);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return copy;
}

/* The page, its keys compared with the plain ones from first on. */
static struct request *
check_page(const struct case_ *c, const struct db_rows *want, size_t first,
	const char *name, const char *value)
{
	struct request *r = request_of(c, name, value);
	size_t size = strtoul(c->plain->size, NULL, 10);
	xmlXPathContext *context;
	xmlXPathObject *rows;
	size_t n = 0;

	bind(c->viewer);
	page_begin(r, "list");
	if (list_run(r, c->plain->id, "/list", DB_NO_ARGS))
		fail_msg("%s: %s", describe(c), db_error(db));
	db_reset(db);
	if (*text_of(r, "/page//message/@id"))
		fail_msg("%s: something was ignored", describe(c));
	context = xmlXPathNewContext(xml_doc(r->xml));
	rows = xmlXPathEval((const xmlChar *)"//rows/row/@key", context);
	for (; rows->nodesetval && (int)n < rows->nodesetval->nodeNr; n++) {
		xmlChar *key = xmlNodeGetContent(rows->nodesetval->nodeTab[n]);
		const char *should =
			first + n < want->count
				? db_str0(db_row(want, first + n), "row_key")
				: "none";

		if (strcmp((const char *)key, should) != 0)
			fail_msg("%s: row %zu is %s, not %s", describe(c),
				first + n, (const char *)key, should);
		xmlFree(key);
	}
	xmlXPathFreeObject(rows);
	xmlXPathFreeContext(context);
	if (n != (want->count - first < size ? want->count - first : size))
		fail_msg("%s: %zu rows from %zu of %zu", describe(c), n, first,
			want->count);
	return r;
}

/* What a link of the pager says besides the list's own state; the first page
 * needs nothing. */
static bool
follow(struct request *r, const char *link, const char **name,
	const char **value)
{
	static const char *const names[] = {"page", "after", "before"};
	const char *href =
		text_of(r, pool_printf(pool, "//pager/%s/@href", link));

	*name = *value = NULL;
	for (size_t i = 0; i < 3; i++) {
		const char *sign = strrchr(href, '=');
		size_t len = strlen(names[i]);

		if (!sign || sign < href + len + 1 ||
			strncmp(sign - len, names[i], len) != 0)
			continue;
		*name = names[i];
		*value = sign + 1;
	}
	return *href != '\0';
}

static void
check_case(const struct case_ *c)
{
	struct db_rows want = plain_rows(c);
	size_t size = strtoul(c->plain->size, NULL, 10);
	struct request *r = check_page(c, &want, 0, NULL, NULL);
	bool capped = want.count > CHECKED;
	const char *name, *value;
	size_t first = 0;

	if (strtoul(text_of(r, "//rows/@total"), NULL, 10) !=
			(capped ? CHECKED : want.count) ||
		!strcmp(text_of(r, "//rows/@capped"), "yes") != capped)
		fail_msg("%s: %s is not %zu", describe(c),
			text_of(r, "//rows/@total"), want.count);
	for (int i = 0; i < PAGES && follow(r, "next", &name, &value); i++) {
		first += size;
		r = check_page(c, &want, first, name, value);
	}
	while (first && follow(r, "previous", &name, &value)) {
		first -= size;
		r = check_page(c, &want, first, name, value);
	}
	if (first)
		fail_msg("%s: no way back", describe(c));
}

static void
check_sort(const struct plain *p, const struct plain_sort *sort, bool down,
	const struct plain_filter *one, const struct plain_filter *two)
{
	static const char *const langs[LANGS] = {"nl", "en"};
	struct case_ c = {.plain = p, .sort = sort, .down = down};
	/* Sorted by what is filtered by: of many rows. */
	bool many = p == plains && one && !strcmp(one->id, sort->id);

	pool = pool_create();
	c.lang = langs[below(LANGS)];
	do
		c.viewer = &viewers[below((unsigned)viewer_count)];
	while (c.viewer->portal != p->portal ||
		(many && !c.viewer->all_places));
	for (int i = 0; i < 2; i++) {
		const struct plain_filter *f = i ? two : one;
		const char *value = f ? some_value(&c, f) : NULL;

		if (many && f && f->choices)
			value = f->choices[0];
		if (!value)
			continue;
		c.filters[c.filter_count] = f;
		c.values[c.filter_count++] = value;
	}
	check_case(&c);
	pool_destroy(pool);
}

/* A filter that depends on another one is used with it. */
static void
check_list(void **state)
{
	const struct plain *p = *state;
	size_t filters = 0;

	while (p->filters[filters].id)
		filters++;
	for (const struct plain_sort *s = p->sorts; s->id; s++)
		for (size_t f = 0; f <= filters; f++) {
			const struct plain_filter *one =
				f ? &p->filters[f - 1] : NULL;
			const struct plain_filter *two = NULL;

			if (p != plains && below(3))
				continue;
			if (one && one->on >= 0) {
				two = one;
				one = &p->filters[one->on];
			} else if (one && below(2)) {
				two = &p->filters[below((unsigned)filters)];
				if (two == one || two->on >= 0)
					two = NULL;
			}
			check_sort(p, s, below(2), one, two);
		}
}

/* The page by all shortcuts, its rows never in a tree, and by libxslt alone:
 * the same bytes; the same again when all is kept. */
static void
check_drawing(struct request *r)
{
	static const struct render_options plain;
	static const struct render_options all = {true, true, true};
	struct buffer *drawn[3];

	xmlSetProp(xmlDocGetRootElement(xml_doc(r->xml)), BAD_CAST "lang",
		BAD_CAST r->lang);
	xml_close_to(r->xml, 0);
	for (size_t i = 0; i < 3; i++) {
		drawn[i] = buffer_create(pool);
		render_set(render, i < 2 ? &all : &plain);
		assert_int_equal(
			render_html(render, pool, xml_doc(r->xml), drawn[i]),
			RC_OK);
		assert_string_equal(drawn[i]->data, drawn[0]->data);
	}
}

static void
test_drawing(void **state)
{
	static const char *const langs[] = {"nl", "en"};

	(void)state;
	for (size_t l = 0; l < PLAIN_COUNT; l++)
		for (size_t i = 0; i < viewer_count; i++) {
			struct case_ c = {.plain = &plains[l],
				.viewer = &viewers[i],
				.lang = langs[i % LANGS],
				.sort = &plains[l].sorts[0],
				.down = i % 3 == 0};
			struct request *r;

			if (viewers[i].portal != plains[l].portal)
				continue;
			pool = pool_create();
			r = request_of(&c, NULL, NULL);
			r->format = FORMAT_HTML;
			bind(&viewers[i]);
			page_begin(r, c.plain->id);
			assert_int_equal(
				list_run(r, c.plain->id, "/list", DB_NO_ARGS),
				RC_OK);
			db_reset(db);
			check_drawing(r);
			pool_destroy(pool);
			pool = always;
		}
	assert_true(render_counts(render).rows_run > 100);
}

static int
open_database(void **state)
{
	char problems[4000] = "";
	struct buffer *errors;

	(void)state;
	log_open("/dev/null");
	always = pool = pool_create();
	errors = buffer_create(always);
	if (db_load(always, "fcgi/access/scope.sql", problems,
		    sizeof(problems)) ||
		lists_load(always, ".", errors) ||
		!(render = render_load(always, ".", errors)))
		fail_msg("%s%s", problems, errors->data);
	db = db_create(&(struct db_config){
		.socket = getenv("TEST_DB_SOCKET"), .name = "hulpbalie"});
	ask("SET autocommit = 0"); /* what is logged goes with us */
	read_viewers();
	return 0;
}

static int
close_database(void **state)
{
	(void)state;
	db_destroy(db);
	pool_destroy(always);
	return 0;
}

int
main(void)
{
	struct CMUnitTest tests[PLAIN_COUNT + 1] = {
		[PLAIN_COUNT] = cmocka_unit_test(test_drawing)};

	for (size_t i = 0; i < PLAIN_COUNT; i++)
		tests[i] = (struct CMUnitTest){plains[i].id, check_list, NULL,
			NULL, (void *)(uintptr_t)&plains[i]};
	return cmocka_run_group_tests_name(
		"lists", tests, open_database, close_database);
}
