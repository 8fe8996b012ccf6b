#include <errno.h>
#include <getopt.h>
#include <mysql.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/config.h"
#include "core/text.h"
#include "db/statement.h"
#include "dispatch.h"
#include "load.h"

/*
 * build/bench/statements -c CONF -r REQUESTS [-q STATEMENTS] [-d DUMP]
 *
 * What the database alone can do: the statements of some pages, and nothing
 * else. REQUESTS has a line of names and then one a request, with tabs
 * between; its columns path and cookie are the address and the session's.
 *
 * The statements are those that the portal itself runs: every page is drawn
 * in this process, once to fill what it keeps between requests, and once
 * more to write down what it then asks the database. With -q they are those
 * of a file (-- :name, then text with :column), all of them for each request.
 *
 * Then, for each line "CLIENTS SECONDS" of standard input, so many clients
 * run them, prepared, with all rows fetched, for the seconds, each request by
 * chance, and one JSON object is printed. -d writes the statements of the
 * first request as JSON, with the names of their arguments.
 */
enum {
	COLUMNS_MAX = 32,
	REQUESTS_MAX = 20000,
	STATEMENTS_MAX = 500,
	CELL = 256,
	BUCKETS = 40000,
	BUCKET_US = 25
};

/* A text that is prepared, and the names of its arguments. */
struct text {
	char *sql;
	size_t count;
	char **names;
};

struct asked {
	size_t text;
	struct db_arg *args;
};

struct page {
	char *fields[COLUMNS_MAX];
	size_t count;
	struct asked *asked;
};

/* How often an answer took so long; each client has its own. */
struct tally {
	uint64_t pages;
	uint64_t took[BUCKETS];
};

static struct text texts[STATEMENTS_MAX];
static size_t text_count;
static char *columns[COLUMNS_MAX];
static size_t column_count;
static struct page *pages;
static size_t page_count;
static struct page *recording; /* NULL: not now */

_Noreturn static void
fail(const char *format, ...)
{
	va_list args;

	fputs("statements: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static char *
copy(const char *s, size_t len)
{
	char *c = memory_alloc(len + 1);

	memcpy(c, s, len);
	return c;
}

static size_t
text_of(const char *sql, size_t count, const char *const *names)
{
	struct text *t = texts;

	for (; t < texts + text_count; t++)
		if (strcmp(t->sql, sql) == 0)
			return (size_t)(t - texts);
	if (text_count == STATEMENTS_MAX)
		fail("more than %d statements", STATEMENTS_MAX);
	*t = (struct text){copy(sql, strlen(sql)), count,
		memory_alloc((count + 1) * sizeof(char *))};
	for (size_t i = 0; i < count; i++)
		t->names[i] = copy(names[i], strlen(names[i]));
	return text_count++;
}

static void
ask(struct page *p, size_t text, const struct db_arg *args)
{
	size_t count = texts[text].count;
	struct asked *a;

	p->asked = memory_grow(p->asked, (p->count + 1) * sizeof(*p->asked));
	a = &p->asked[p->count++];
	a->text = text;
	a->args = memory_alloc((count + 1) * sizeof(*a->args));
	for (size_t i = 0; i < count; i++) {
		a->args[i] = args[i];
		if (args[i].bytes)
			a->args[i].bytes = copy(args[i].bytes, args[i].len);
	}
}

/* The portal's own calls, overheard: the linker puts these in between. */

struct overheard {
	const struct statement *statement;
	size_t text;
	struct db_arg *args;
};

static struct overheard overheard[STATEMENTS_MAX];

static struct overheard *
heard(const struct statement *st)
{
	struct overheard *o = overheard;

	while (o < overheard + STATEMENTS_MAX - 1 && o->statement &&
		o->statement != st)
		o++;
	return o;
}

struct statement *__real_statement_prepare(MYSQL *, const char *, size_t,
	const char *const *, char *, size_t, unsigned *);
void __real_statement_bind(struct statement *, size_t, struct db_arg);
enum rc __real_statement_execute(
	struct statement *, char *, size_t, unsigned *);
struct statement *__wrap_statement_prepare(MYSQL *, const char *, size_t,
	const char *const *, char *, size_t, unsigned *);
void __wrap_statement_bind(struct statement *, size_t, struct db_arg);
enum rc __wrap_statement_execute(
	struct statement *, char *, size_t, unsigned *);

struct statement *
__wrap_statement_prepare(MYSQL *connection, const char *sql, size_t count,
	const char *const *names, char *message, size_t size, unsigned *code)
{
	struct statement *st = __real_statement_prepare(
		connection, sql, count, names, message, size, code);
	struct overheard *o = heard(st);

	if (!st)
		return st;
	o->statement = st;
	o->text = text_of(sql, count, names);
	o->args = memory_alloc((count + 1) * sizeof(*o->args));
	return st;
}

void
__wrap_statement_bind(struct statement *st, size_t index, struct db_arg arg)
{
	heard(st)->args[index] = arg;
	__real_statement_bind(st, index, arg);
}

enum rc
__wrap_statement_execute(
	struct statement *st, char *message, size_t size, unsigned *code)
{
	const struct overheard *o = heard(st);

	if (recording)
		ask(recording, o->text, o->args);
	return __real_statement_execute(st, message, size, code);
}

/* Requests */

static const char *
field(const struct page *p, const char *name)
{
	for (size_t i = 0; i < column_count; i++)
		if (strcmp(columns[i], name) == 0)
			return p->fields[i];
	fail("the requests have no column %s", name);
}

static size_t
split(char *line, char **fields)
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	while (line && count < COLUMNS_MAX)
		fields[count++] = strsep(&line, "\t");
	return count;
}

static void
read_requests(const char *name)
{
	FILE *f = fopen(name, "re");
	char *line = NULL;
	size_t room = 0;

	if (!f || getline(&line, &room, f) < 0)
		fail("%s: %s", name, strerror(errno));
	column_count = split(line, columns);
	pages = memory_alloc(REQUESTS_MAX * sizeof(*pages));
	line = NULL;
	while (page_count < REQUESTS_MAX && getline(&line, &room, f) >= 0) {
		if (split(line, pages[page_count++].fields) != column_count)
			fail("%s:%zu: want %zu fields", name, page_count + 1,
				column_count);
		line = NULL;
	}
	fclose(f);
	if (!page_count)
		fail("%s: no requests", name);
}

static int
no_body(void *arg, char *bytes, int size)
{
	(void)arg;
	(void)bytes;
	(void)size;
	return 0;
}

static void
draw(const struct config *c, struct db *db, struct render *render,
	struct pool *pool, const struct page *p)
{
	char *params[] = {pool_strdup(pool, "REQUEST_METHOD=GET"),
		pool_strdup(pool, "REMOTE_ADDR=127.0.0.1"),
		pool_printf(pool, "REQUEST_URI=%s", field(p, "path")),
		pool_printf(pool, "HTTP_COOKIE=__Host-hulpbalie=%s",
			field(p, "cookie")),
		NULL};
	struct http_input in = {params, no_body, NULL, NULL};
	struct request r = {
		.pool = pool, .config = c, .db = db, .render = render};

	dispatch(&r, &in);
	if (r.response.status != 200)
		fail("%s: status %d", field(p, "path"), r.response.status);
	db_reset(db);
	pool_reset(pool);
}

static void
overhear(struct pool *pool, const struct config *c)
{
	struct buffer *errors = buffer_create(pool);
	struct pool *work = pool_create();
	struct render *render;
	struct db *db;

	if (load_all(pool, c, &render, errors))
		fail("%s", errors->data);
	db = load_db(c, 5);
	for (size_t i = 0; i < page_count; i++)
		draw(c, db, render, work, &pages[i]);
	for (size_t i = 0; i < page_count; i++) {
		recording = &pages[i];
		draw(c, db, render, work, &pages[i]);
	}
	recording = NULL;
	db_destroy(db);
	pool_destroy(work);
}

/* A file of statements: every :name is a column of the requests. */

static bool
in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static void
read_statement(struct pool *pool, const char *body)
{
	struct buffer *sql = buffer_create(pool);
	const char *names[COLUMNS_MAX];
	size_t count = 0, text;

	for (const char *s = body; *s; s++) {
		size_t len = 0;

		while (*s == ':' && in_name(s[1 + len]))
			len++;
		if (len && count < COLUMNS_MAX) {
			names[count++] = pool_strndup(pool, s + 1, len);
			buffer_putc(sql, '?');
			s += len;
		} else {
			buffer_putc(sql, *s);
		}
	}
	text = text_of(sql->data, count, names);
	for (size_t i = 0; i < page_count; i++) {
		struct db_arg args[COLUMNS_MAX] = {0};

		for (size_t k = 0; k < count; k++) {
			const char *value = field(&pages[i], names[k]);
			int64_t n;

			args[k] = text_int(value, &n)
					  ? db_int(names[k], n)
					  : db_text(names[k], value);
		}
		ask(&pages[i], text, args);
	}
}

static void
read_statements(struct pool *pool, const char *name)
{
	struct buffer *body = NULL;
	FILE *f = fopen(name, "re");
	char *line = NULL;
	size_t room = 0;

	if (!f)
		fail("%s: %s", name, strerror(errno));
	while (getline(&line, &room, f) >= 0) {
		if (strncmp(line, "-- :", 4) == 0) {
			if (body)
				read_statement(pool, body->data);
			body = buffer_create(pool);
		} else if (body && strncmp(line, "--", 2) != 0) {
			buffer_puts(body, line);
		}
	}
	if (body)
		read_statement(pool, body->data);
	free(line);
	fclose(f);
}

/* The clients */

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static MYSQL *
connect_to(const struct config *c)
{
	MYSQL *db = mysql_init(NULL);

	if (!db)
		fail("out of memory");
	mysql_optionsv(db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(db, c->database.host, c->database.user,
		    c->database.password, c->database.name,
		    (unsigned)c->database.port, c->database.socket,
		    CLIENT_FOUND_ROWS))
		fail("%s", mysql_error(db));
	return db;
}

static MYSQL_STMT *
prepare(MYSQL *db, const struct text *t)
{
	MYSQL_STMT *st = mysql_stmt_init(db);

	if (!st || mysql_stmt_prepare(st, t->sql, strlen(t->sql)))
		fail("%s: %s", mysql_error(db), t->sql);
	return st;
}

static void
bind(MYSQL_STMT *st, const struct asked *a)
{
	MYSQL_BIND binds[COLUMNS_MAX * 2] = {0};
	size_t count = texts[a->text].count;

	for (size_t i = 0; i < count && i < COLUMNS_MAX * 2; i++) {
		const struct db_arg *arg = &a->args[i];
		enum enum_field_types types[] = {[DB_NULL] = MYSQL_TYPE_NULL,
			[DB_INT] = MYSQL_TYPE_LONGLONG,
			[DB_TEXT] = MYSQL_TYPE_STRING,
			[DB_BYTES] = MYSQL_TYPE_BLOB};

		binds[i].buffer_type = types[arg->type];
		binds[i].buffer = arg->type == DB_INT
					  ? (void *)(uintptr_t)&arg->number
					  : (void *)(uintptr_t)arg->bytes;
		binds[i].buffer_length = arg->len;
	}
	if (count && mysql_stmt_bind_param(st, binds))
		fail("%s", mysql_stmt_error(st));
}

static void
run(MYSQL_STMT *st, const struct asked *a)
{
	static char cells[2 * COLUMNS_MAX][CELL];
	MYSQL_BIND binds[2 * COLUMNS_MAX] = {0};
	unsigned count = mysql_stmt_field_count(st);
	int got;

	bind(st, a);
	if (mysql_stmt_execute(st))
		fail("%s: %s", mysql_stmt_error(st), texts[a->text].sql);
	if (!count)
		return;
	if (count > 2 * COLUMNS_MAX)
		fail("too many columns: %s", texts[a->text].sql);
	for (unsigned i = 0; i < count; i++)
		binds[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING,
			.buffer = cells[i],
			.buffer_length = CELL};
	if (mysql_stmt_bind_result(st, binds))
		fail("%s", mysql_stmt_error(st));
	while ((got = mysql_stmt_fetch(st)) == 0 || got == MYSQL_DATA_TRUNCATED)
		;
	if (got != MYSQL_NO_DATA)
		fail("%s", mysql_stmt_error(st));
	mysql_stmt_free_result(st);
}

static void
client(const struct config *c, struct tally *t, int64_t until)
{
	static MYSQL_STMT *prepared[STATEMENTS_MAX];
	MYSQL *db = connect_to(c);

	while (now_us() < until) {
		const struct page *p =
			&pages[randombytes_uniform((uint32_t)page_count)];
		int64_t start = now_us(), took;

		for (size_t i = 0; i < p->count; i++) {
			MYSQL_STMT **st = &prepared[p->asked[i].text];

			if (!*st)
				*st = prepare(db, &texts[p->asked[i].text]);
			run(*st, &p->asked[i]);
		}
		took = (now_us() - start) / BUCKET_US;
		t->took[took < BUCKETS ? took : BUCKETS - 1]++;
		t->pages++;
	}
	mysql_close(db);
	_exit(0);
}

static void
measure(const struct config *c, int clients, double seconds)
{
	size_t size = (size_t)clients * sizeof(struct tally);
	struct tally *tallies = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t start = now_us(), until = start + (int64_t)(seconds * 1e6);
	uint64_t total = 0, seen = 0;
	double p50 = -1, p99 = -1, statements = 0;
	int status, bad = 0;

	if (tallies == MAP_FAILED)
		fail("%s", strerror(errno));
	for (int i = 0; i < clients; i++)
		if (fork() == 0)
			client(c, &tallies[i], until);
	while (wait(&status) > 0)
		bad |= status;
	if (bad)
		fail("a client failed");
	for (int i = 0; i < clients; i++)
		total += tallies[i].pages;
	for (size_t b = 0; b < BUCKETS; b++) {
		for (int i = 0; i < clients; i++)
			seen += tallies[i].took[b];
		if (p50 < 0 && seen * 2 >= total)
			p50 = (double)b * BUCKET_US / 1000;
		if (p99 < 0 && seen * 100 >= total * 99)
			p99 = (double)b * BUCKET_US / 1000;
	}
	for (size_t i = 0; i < page_count; i++)
		statements += (double)pages[i].count / (double)page_count;
	munmap(tallies, size);
	printf("{\"requests\":%lu,\"seconds\":%.3f,\"p50\":%.3f,\"p99\":%.3f,"
	       "\"statements\":%.2f}\n",
		(unsigned long)total, (double)(now_us() - start) / 1e6, p50,
		p99, statements);
	fflush(stdout);
}

static void
print_json(FILE *f, const char *s)
{
	fputc('"', f);
	for (; *s; s++) {
		if (*s == '\n' || *s == '\t')
			fputc(' ', f);
		else if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else
			fputc(*s, f);
	}
	fputc('"', f);
}

static void
dump(const char *name)
{
	FILE *f = fopen(name, "we");

	if (!f)
		fail("%s: %s", name, strerror(errno));
	fputc('[', f);
	for (size_t i = 0; i < pages->count; i++) {
		const struct text *t = &texts[pages->asked[i].text];

		fputs(i ? ",\n{\"sql\":" : "{\"sql\":", f);
		print_json(f, t->sql);
		fputs(",\"names\":[", f);
		for (size_t k = 0; k < t->count; k++) {
			if (k)
				fputc(',', f);
			print_json(f, t->names[k]);
		}
		fputs("]}", f);
	}
	fputs("]\n", f);
	if (fclose(f))
		fail("%s: %s", name, strerror(errno));
}

int
main(int argc, char **argv)
{
	const char *conf = NULL, *requests = NULL, *statements = NULL;
	const char *dumped = NULL;
	char errors[4096];
	struct config config;
	struct pool *pool;
	double seconds;
	int c, clients;

	while ((c = getopt(argc, argv, "c:r:q:d:")) != -1) {
		if (c == 'c')
			conf = optarg;
		else if (c == 'r')
			requests = optarg;
		else if (c == 'q')
			statements = optarg;
		else if (c == 'd')
			dumped = optarg;
		else
			return 2;
	}
	if (!conf || !requests || optind < argc || sodium_init() < 0 ||
		mysql_library_init(0, NULL, NULL))
		fail("usage: statements -c CONF -r REQUESTS [-q STATEMENTS] "
		     "[-d DUMP]");
	pool = pool_create();
	if (config_load(pool, conf, &config, errors, sizeof(errors)) != RC_OK)
		fail("%s", errors);
	read_requests(requests);
	if (statements)
		read_statements(pool, statements);
	else
		overhear(pool, &config);
	if (dumped)
		dump(dumped);
	while (scanf("%d %lf", &clients, &seconds) == 2 && clients > 0)
		measure(&config, clients, seconds);
	return 0;
}
