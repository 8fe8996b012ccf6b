#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"
#include "seed.h"

/*
 * build/seed -c CONF [--today YYYY-MM-DD] [--size AIDS] [--orgs CUSTOMERS]
 *	[--sizes AIDS,AIDS,...] [--years YEARS]
 *
 * Fills the empty database of a demo configuration; with --sizes, each
 * customer has as many aids as it says, and with --years as much work on them
 * lies behind them: one request an aid each year, or two years of it.
 */

enum {
	AIDS_MIN = 1000,
	AIDS_MAX = 4000000,
	YEARS_MAX = 8,
	HISTORY_YEAR = 365, /* days */
	AIDS_LARGE = 10000, /* from here on indexes are built at the end */
	ERRORS = 4096
};

void
seed_grow(void *at, int *count, int *room, size_t size)
{
	char *elements;

	memcpy(&elements, at, sizeof(elements));
	if (*count == *room) {
		*room = *room ? *room * 2 : 64;
		elements = memory_grow(elements, (size_t)*room * size);
		memcpy(at, &elements, sizeof(elements));
	}
	memset(elements + (size_t)(*count)++ * size, 0, size);
}

void
seed_fail(const char *format, ...)
{
	va_list args;

	fputs("seed: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static int
number_of(const char *text, int least, int most)
{
	int64_t n;

	if (!text_int(text, &n) || n < least || n > most)
		seed_fail("want a number from %d to %d, not %s", least, most,
			text);
	return (int)n;
}

struct options {
	const char *file;
	char today[11];
	int size, orgs, years;
	int sizes[ORGS_MAX];
};

static void
read_sizes(struct options *o, char *text)
{
	char *one;

	o->size = 0;
	o->orgs = 0;
	while ((one = strsep(&text, ",")) && o->orgs < ORGS_MAX) {
		o->sizes[o->orgs] = number_of(one, AIDS_MIN, AIDS_MAX);
		o->size += o->sizes[o->orgs++];
	}
	if (one || o->orgs < ORGS_MIN || o->size > AIDS_MAX)
		seed_fail("want %d to %d sizes, of %d together", ORGS_MIN,
			ORGS_MAX, AIDS_MAX);
}

static struct options
read_options(int argc, char **argv)
{
	static const struct option known[] = {
		{"today", required_argument, NULL, 't'},
		{"size", required_argument, NULL, 's'},
		{"orgs", required_argument, NULL, 'o'},
		{"sizes", required_argument, NULL, 'z'},
		{"years", required_argument, NULL, 'y'}, {NULL, 0, NULL, 0}};
	struct options o = {"conf/portal.conf", "", 5000, ORGS_MIN, 2, {0}};
	int c;

	text_today(o.today);
	while ((c = getopt_long(argc, argv, "c:", known, NULL)) >= 0) {
		if (c == 'c')
			o.file = optarg;
		else if (c == 't' && !text_date(optarg, o.today))
			seed_fail("%s is no date", optarg);
		else if (c == 's')
			o.size = number_of(optarg, AIDS_MIN, AIDS_MAX);
		else if (c == 'o')
			o.orgs = number_of(optarg, ORGS_MIN, ORGS_MAX);
		else if (c == 'z')
			read_sizes(&o, optarg);
		else if (c == 'y')
			o.years = number_of(optarg, 1, YEARS_MAX);
		else if (c == '?')
			exit(2);
	}
	if (optind < argc)
		seed_fail("%s: not an option", argv[optind]);
	return o;
}

static MYSQL *
connect_to(const struct config *c)
{
	MYSQL *db = mysql_init(NULL);
	my_bool verify = 1;

	if (!db)
		seed_fail("out of memory");
	mysql_options(db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (c->database.ca) {
		mysql_options(db, MYSQL_OPT_SSL_CA, c->database.ca);
		mysql_options(db, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
	}
	if (!mysql_real_connect(db, c->database.host, c->database.migrate_user,
		    c->database.migrate_password, c->database.name,
		    (unsigned)c->database.port, c->database.socket, 0))
		seed_fail("%s: %s", c->database.name, mysql_error(db));
	return db;
}

/* Demo data never mixes with other data. */
static void
want_empty(MYSQL *db)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM account) OR "
				  "EXISTS (SELECT 1 FROM organisation) OR "
				  "EXISTS (SELECT 1 FROM aid)";
	MYSQL_RES *result;
	MYSQL_ROW row;

	batch_run(db, sql);
	result = mysql_store_result(db);
	row = result ? mysql_fetch_row(result) : NULL;
	if (!row || !row[0] || strcmp(row[0], "0") != 0)
		seed_fail("the database is not empty");
	mysql_free_result(result);
}

static void
make(struct world *w)
{
	catalogue_load(w);
	places_load(w);
	accounts_load(w);
	aids_make(w);
	clients_plan(w);
	life_make(w);
	open_make(w);
}

static void
write_all(struct world *w)
{
	batch_begin(w->db, w->size >= AIDS_LARGE);
	places_write(w);
	accounts_write(w);
	catalogue_write(w);
	clients_write(w);
	aids_write(w);
	jobs_write(w);
	changes_write(w);
	messages_write(w);
	batch_end(w->db);
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct options o = read_options(argc, argv);
	struct pool *pool = pool_create();
	struct world *w = pool_alloc(pool, sizeof(*w));
	struct config config;
	char errors[ERRORS];
	double begin = seconds();

	if (config_load(pool, o.file, &config, errors, sizeof(errors)) !=
		RC_OK) {
		fputs(errors, stderr);
		return 1;
	}
	if (!config.demo)
		seed_fail("%s: [portal] demo is not yes", o.file);
	w->pool = pool;
	w->config = &config;
	w->dir = pool_printf(pool, "%s/schema/seed", config.root);
	w->today = day_parse(o.today);
	w->last = day_workday_before(w->today - 1);
	w->history = o.years * HISTORY_YEAR;
	w->size = o.size;
	w->org_count = o.orgs;
	w->sizes = o.sizes[0] ? o.sizes : NULL;
	w->db = connect_to(&config);
	want_empty(w->db);
	make(w);
	write_all(w);
	mysql_close(w->db);
	printf("seed: %d aids of %d organisations, %d requests, %ld rows in "
	       "%.1f s\n",
		w->aids.count, w->orgs.count, w->jobs.count, batch_rows(),
		seconds() - begin);
	pool_destroy(pool);
	return 0;
}
