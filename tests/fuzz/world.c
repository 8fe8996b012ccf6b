#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "core/log.h"
#include "db/db.h"
#include "fuzz.h"

enum { IDS = 200 };

/* Refusals are logged, thousands of them. */
__attribute__((constructor)) static void
be_silent(void)
{
	if (log_open("/dev/null"))
		abort();
}

void
fuzz_failed(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: must hold: %s\n", file, line, what);
	abort();
}

struct pool *
fuzz_pool(void)
{
	static struct pool *pool;

	if (!pool)
		pool = pool_create();
	pool_reset(pool);
	return pool;
}

char *
fuzz_text(struct pool *p, const uint8_t *bytes, size_t size)
{
	char *text = pool_alloc(p, size + 1);

	if (size > 0)
		memcpy(text, bytes, size);
	return text;
}

static void
add_ids(const char *pattern, char **ids, size_t *count)
{
	glob_t files = {0};

	glob(pattern, 0, NULL, &files);
	for (size_t i = 0; i < files.gl_pathc && *count < IDS; i++) {
		const char *name = strrchr(files.gl_pathv[i], '/') + 1;

		ids[(*count)++] = strndup(name, strcspn(name, "."));
	}
	globfree(&files);
}

const char *
fuzz_pick(const char *ending, const char *text, const char **rest)
{
	static char *ids[IDS];
	static size_t count;
	size_t len = strcspn(text, "?");
	char pattern[60];

	if (!count) {
		snprintf(pattern, sizeof(pattern), "fcgi/*/*%s", ending);
		add_ids(pattern, ids, &count);
		snprintf(pattern, sizeof(pattern), "fcgi/*/*/*%s", ending);
		add_ids(pattern, ids, &count);
		MUST(count > 0);
	}
	*rest = text[len] ? text + len + 1 : text;
	for (size_t i = 0; i < count; i++)
		if (strlen(ids[i]) == len && !strncmp(ids[i], text, len))
			return ids[i];
	return ids[(unsigned char)text[0] % count];
}

/* Out of reach: what is asked of it is answered below. */
static struct db *
database(void)
{
	static struct db *db;

	if (!db)
		db = db_create(&(struct db_config){
			.socket = "/nonexistent", .name = "x", .user = "x"});
	db_set_scope(db, &(struct db_scope){.portal = DB_INSTITUTION,
				 .account = 1,
				 .membership = 1,
				 .organisation = 1,
				 .all_places = true});
	return db;
}

struct request *
fuzz_request(void)
{
	static struct config config = {.origin = "https://localhost",
		.options_seconds = 60,
		.root = ".",
		.key_count = 1,
		.keys = {{.name = "csrf", .id = "1"}}};
	struct pool *p = fuzz_pool();
	struct request *r = pool_alloc(p, sizeof(*r));
	struct identity *who = pool_alloc(p, sizeof(*who));

	*who = (struct identity){.account = 1,
		.membership = 1,
		.name = "Marijke de Boer",
		.email = "marijke@example.org",
		.lang = "nl",
		.portal = DB_INSTITUTION,
		.portal_name = "institution",
		.role = "admin",
		.organisation = 1,
		.organisation_name = "Lindenhof",
		.all_places = true,
		.places_mark = "",
		.complete = true};
	*r = (struct request){.pool = p,
		.config = &config,
		.db = database(),
		.who = who,
		.lang = "nl",
		.path = "/",
		.query = ""};
	return r;
}

void
fuzz_xml_is_whole(struct request *r)
{
	xmlChar *text = NULL;
	xmlDoc *again;
	int len = 0;

	xmlDocDumpMemoryEnc(xml_doc(r->xml), &text, &len, "UTF-8");
	MUST(text);
	again = xmlReadMemory((char *)text, len, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR);
	MUST(again);
	xmlFreeDoc(again);
	xmlFree(text);
}

/* Instead of the database (linked with --wrap): the options of a field, and
 * of all filters of a list. */
enum rc __wrap_db_select(struct db *, struct pool *, enum sql,
	const struct db_arg *, struct db_rows *);
enum rc __wrap_db_select_text(struct db *, struct pool *, const char *,
	const struct db_arg *, struct db_rows *);

static const struct db_value options[][2] = {{{"1", 1}, {"Duin", 4}},
	{{"2", 1}, {"<De & 'Wierde'>", 15}}, {{"3", 1}, {"Hoeve", 5}}};

enum { OPTIONS = sizeof(options) / sizeof(options[0]), FILTERS = 20 };

enum rc
__wrap_db_select(struct db *db, struct pool *p, enum sql sql,
	const struct db_arg *args, struct db_rows *rows)
{
	static const char *const names[] = {"value", "label"};

	(void)db;
	(void)p;
	(void)sql;
	(void)args;
	*rows = (struct db_rows){OPTIONS, 2, names, options[0]};
	return RC_OK;
}

enum rc
__wrap_db_select_text(struct db *db, struct pool *p, const char *sql,
	const struct db_arg *args, struct db_rows *rows)
{
	static const char *const names[] = {"filter", "value", "label"};
	struct db_value *v = pool_calloc(p, 3 * OPTIONS * FILTERS, sizeof(*v));
	size_t n = 0;

	(void)db;
	(void)args;
	for (int i = 0; i < FILTERS; i++) {
		const char *number = pool_printf(p, "%d", i);

		if (!strstr(sql, pool_printf(p, "SELECT %d AS filter", i)))
			continue;
		for (size_t k = 0; k < OPTIONS; k++) {
			v[n++] = (struct db_value){number, strlen(number)};
			v[n++] = options[k][0];
			v[n++] = options[k][1];
		}
	}
	*rows = (struct db_rows){n / 3, 3, names, v};
	return RC_OK;
}
