#include <glob.h>
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/render.h"
#include "world.h"

struct pool *pool;
struct db *db;
struct config config;
struct render *render;
int64_t lindenhof, terpen, havenzicht, duin, wierde, depot, terphoeve;
int64_t our_depot;
const char *submitted, *refused;

static struct pool *always;
static MYSQL *side; /* looks at what was committed */
static char name[80];
static int64_t branches[2];

/* The libraries that draw keep what they made until the process ends. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:libglib\n";
}

static struct {
	const char *email, *name, *portal, *role;
	int organisation; /* 0: lindenhof, 1: terpen, -1: the supplier */
	int branch;	  /* -1: every one */
	int64_t account, membership;
} people[PEOPLE] = {
	[MARIJKE] = {"marijke@lindenhof.example", "Marijke de Boer",
		"institution", "2", 0, 0},
	[FATIMA] = {"fatima@lindenhof.example", "Fatima El Amrani",
		"institution", "4", 0, 0},
	[PIETER] = {"pieter@lindenhof.example", "Pieter Zijlstra",
		"institution", "3", 0, 0},
	[TINEKE] = {"tineke@terpen.example", "Tineke Bos", "institution", "2",
		1, 0},
	[ROB] = {"rob@zmn.example", "Rob Meijer", "supplier", "planner", -1, 0},
	[WIETSE] = {"wietse@zmn.example", "Wietse Schaafsma", "supplier",
		"planner", -1, 1},
	[SAMIRA] = {"samira@zmn.example", "Samira Bouzid", "supplier",
		"service", -1, -1},
};

static MYSQL_RES *
query(const char *format, va_list args)
{
	char sql[3000];

	vsnprintf(sql, sizeof(sql), format, args);
	if (mysql_query(side, sql))
		fail_msg("%s: %s", sql, mysql_error(side));
	return mysql_store_result(side);
}

int64_t
run(const char *sql, ...)
{
	va_list args;

	va_start(args, sql);
	mysql_free_result(query(sql, args));
	va_end(args);
	return (int64_t)mysql_insert_id(side);
}

static char *
first(const char *sql, va_list args)
{
	MYSQL_RES *rows = query(sql, args);
	MYSQL_ROW row = mysql_fetch_row(rows);
	char *text = pool_strdup(always, row && row[0] ? row[0] : "");

	mysql_free_result(rows);
	return text;
}

const char *
value(const char *sql, ...)
{
	va_list args;
	char *text;

	va_start(args, sql);
	text = first(sql, args);
	va_end(args);
	return text;
}

int64_t
count(const char *sql, ...)
{
	va_list args;
	char *text;

	va_start(args, sql);
	text = first(sql, args);
	va_end(args);
	return strtoll(text, NULL, 10);
}

static void
run_file(const char *path)
{
	static char sql[100000];
	FILE *f = fopen(path, "re");
	size_t len = f ? fread(sql, 1, sizeof(sql) - 1, f) : 0;

	if (f)
		fclose(f);
	sql[len] = '\0';
	mysql_set_server_option(side, MYSQL_OPTION_MULTI_STATEMENTS_ON);
	if (!len || mysql_query(side, sql))
		fail_msg("%s: %s", path, mysql_error(side));
	do
		mysql_free_result(mysql_store_result(side));
	while (!mysql_next_result(side));
	if (mysql_errno(side))
		fail_msg("%s: %s", path, mysql_error(side));
	mysql_set_server_option(side, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
}

static void
make_tables(void)
{
	glob_t files;

	run("DROP DATABASE IF EXISTS %s", name);
	run("CREATE DATABASE %s CHARACTER SET utf8mb4 "
	    "COLLATE utf8mb4_unicode_ci",
		name);
	run("USE %s", name);
	assert_int_equal(glob("schema/sql/*.sql", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		run_file(files.gl_pathv[i]);
	globfree(&files);
}

static void
configure(void)
{
	config.origin = "https://localhost:8443";
	config.root = ".";
	config.brand.dir = "conf/brand/zorgmiddelen-noord";
	config.brand.name = config.brand.sender = "Zorgmiddelen Noord";
	config.brand.theme = "zorgmiddelen-noord";
	config.brand.phone = "0500001200";
	config.brand.hours = "ma-vr 8.00-17.00 uur";
	config.brand.email = "klantenservice@zmn.example";
	config.brand.street = "Kanaalweg 12";
	config.brand.postcode = "9700 AA";
	config.brand.city = "Noorderhaven";
	config.mail.from = "portaal@zmn.example";
	config.session.idle_minutes = 30;
	config.session.hours = 12;
	config.login.device_days = 90;
}

static void
look(void)
{
	side = mysql_init(NULL);
	mysql_optionsv(side, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(side, NULL, "root", NULL, NULL, 0,
		    getenv("TEST_DB_SOCKET"), 0))
		fail_msg("%s", mysql_error(side));
	run("SET time_zone = '+00:00'");
}

static void
open_once(void)
{
	const char *socket = getenv("TEST_DB_SOCKET");
	const char *base = getenv("TEST_DB_NAME");
	char errors[4000] = "";
	struct buffer *problems;

	if (always)
		return;
	log_open("/dev/null");
	if (!socket || !base) {
		fprintf(stderr,
			"TEST_DB_SOCKET and TEST_DB_NAME are not set\n");
		exit(1);
	}
	always = pool_create();
	problems = buffer_create(always);
	snprintf(name, sizeof(name), "%s_domain_%d", base, (int)getpid());
	if (db_load(always, "fcgi/access/scope.sql", errors, sizeof(errors)))
		fprintf(stderr, "%s", errors);
	render = render_load(always, ".", problems);
	if (!render) {
		fprintf(stderr, "%s", problems->data);
		exit(1);
	}
	configure();
	look();
}

static int64_t
add_branch(const char *code)
{
	return run("INSERT INTO branch (code, name, street, postcode, city, "
		   "phone, email) VALUES ('%s', '%s', 'Kade 1', '9700 AA', "
		   "'Noorderhaven', '0500001200', '%s@zmn.example')",
		code, code, code);
}

static int64_t
add_organisation(const char *code)
{
	return run("INSERT INTO organisation (code, name, branch_id) "
		   "VALUES ('%s', '%s', %d)",
		code, code, (int)branches[0]);
}

/* in 0: a location. */
static int64_t
add_place(int64_t organisation, int64_t in, const char *kind, const char *label)
{
	int64_t id = run("INSERT INTO place (organisation_id, location_id, "
			 "kind, name, street, postcode, city) VALUES (%d, "
			 "NULLIF(%d, 0), '%s', '%s', 'Kadestraat 12', "
			 "'9700 AA', 'Noorderhaven')",
		(int)organisation, (int)in, kind, label);

	if (!in)
		run("UPDATE place SET location_id = id WHERE id = %d", (int)id);
	return id;
}

static void
add_places(void)
{
	havenzicht = add_place(lindenhof, 0, "location", "Havenzicht");
	duin = add_place(lindenhof, havenzicht, "department", "Duin");
	depot = add_place(lindenhof, havenzicht, "depot", "Depot Havenzicht");
	wierde = add_place(lindenhof, 0, "location", "De Wierde");
	terphoeve = add_place(terpen, 0, "location", "De Terphoeve");
	our_depot = run("INSERT INTO place (branch_id, kind, name) VALUES "
			"(%d, 'depot', 'Depot Noorderhaven')",
		(int)branches[0]);
}

static void
add_person(enum person who)
{
	const int64_t organisations[] = {0, lindenhof, terpen};
	int64_t organisation = organisations[people[who].organisation + 1];
	int64_t branch =
		people[who].branch < 0 ? 0 : branches[people[who].branch];

	people[who].account =
		run("INSERT INTO account (email, name, phone, state) VALUES "
		    "('%s', '%s', '0500003412', 'active')",
			people[who].email, people[who].name);
	people[who].membership = run(
		"INSERT INTO membership (account_id, portal, organisation_id, "
		"branch_id, role, all_places) VALUES (%d, '%s', "
		"NULLIF(%d, 0), NULLIF(%d, 0), '%s', FALSE)",
		(int)people[who].account, people[who].portal, (int)organisation,
		organisation ? 0 : (int)branch, people[who].role);
	if (organisation)
		run("INSERT INTO membership_place SELECT %d, id, TRUE "
		    "FROM place WHERE organisation_id = %d AND "
		    "kind = 'location'",
			(int)people[who].membership, (int)organisation);
}

static void
act(void)
{
	db = db_create(&(struct db_config){.socket = getenv("TEST_DB_SOCKET"),
		.name = pool_strdup(always, name),
		.user = "root"});
}

int
world_open(void **state)
{
	(void)state;
	open_once();
	make_tables();
	branches[0] = add_branch("noorderhaven");
	branches[1] = add_branch("westerdam");
	lindenhof = add_organisation("lindenhof");
	terpen = add_organisation("terpen");
	add_places();
	for (int i = 0; i < PEOPLE; i++)
		add_person((enum person)i);
	run("INSERT INTO service_authoriser VALUES (%d, 'repair', %d)",
		(int)people[FATIMA].membership, (int)people[PIETER].account);
	run("INSERT INTO category (id, parent_id, inspection_months) VALUES "
	    "(1, NULL, NULL), (2, 1, 12)");
	run("INSERT INTO category_text VALUES (1, 'nl', 'Tilliften'), "
	    "(2, 'nl', 'Actieve tilliften')");
	run("INSERT INTO product (id, number, category_id, make, type) "
	    "VALUES (1, '10417', 2, 'Tilwerk', 'Tillo 200')");
	pool = pool_create();
	act();
	submitted = refused = NULL;
	return 0;
}

/* The parent's stay open: ending them here would end them there. */
void
world_again(void)
{
	look();
	run("USE %s", name);
	act();
}

void
world_leave(void)
{
	db_destroy(db);
	mysql_close(side);
}

int
world_close(void **state)
{
	(void)state;
	db_destroy(db);
	pool_destroy(pool);
	run("DROP DATABASE %s", name);
	return 0;
}

int64_t
account_of(enum person who)
{
	return people[who].account;
}

struct request *
as(enum person who)
{
	struct request *r = pool_alloc(pool, sizeof(*r));
	struct identity *id = pool_alloc(pool, sizeof(*id));
	const int64_t organisations[] = {0, lindenhof, terpen};

	id->account = people[who].account;
	id->name = people[who].name;
	id->email = people[who].email;
	id->lang = "nl";
	id->membership = people[who].membership;
	id->portal_name = people[who].portal;
	id->portal =
		people[who].organisation < 0 ? DB_SUPPLIER : DB_INSTITUTION;
	id->role = people[who].role;
	id->places_mark = "";
	id->organisation = organisations[people[who].organisation + 1];
	id->branch = people[who].branch < 0 ? 0 : branches[people[who].branch];
	id->complete = true;
	*r = (struct request){.pool = pool,
		.method = METHOD_POST,
		.path = "/",
		.query = "",
		.address = "127.0.0.1",
		.agent = "test",
		.lang = "nl",
		.config = &config,
		.db = db,
		.render = render,
		.who = id};
	memcpy(r->id, "0123456789abcdef", 17);
	db_reset(db);
	db_set_scope(
		db, &(struct db_scope){id->portal, id->account, id->membership,
			    id->organisation, id->branch, false});
	return r;
}

int64_t
add_aid(int64_t number, int64_t place, const char *status, bool rented)
{
	int64_t holder = count("SELECT organisation_id FROM place WHERE "
			       "id = %d",
		(int)place);
	int64_t id = run(
		"INSERT INTO aid (number, label_code, product_id, category_id, "
		"subcategory_id, serial, owner_id, holder_id, location_id, "
		"home_place_id, place_id, branch_id, status, rent_from, "
		"day_cents) "
		"SELECT %d, LPAD(%d, 16, 'a'), 1, 1, 2, 'T-1', "
		"IF(%d, NULL, %d), %d, location_id, id, id, %d, '%s', "
		"IF(%d, '2026-10-01', NULL), IF(%d, 385, NULL) FROM place "
		"WHERE id = %d",
		(int)number, (int)number, rented, (int)holder, (int)holder,
		(int)branches[0], status, rented, rented, (int)place);

	if (rented)
		run("INSERT INTO rental (organisation_id, aid_id, day_cents, "
		    "started_on) VALUES (%d, %d, 385, '2026-10-01')",
			(int)holder, (int)id);
	return id;
}

struct submission {
	struct request *request;
	const struct request_draft *draft;
};

static enum rc
do_submit(void *arg)
{
	struct submission *s = arg;

	return request_submit(s->request, s->draft, &submitted, &refused);
}

enum rc
submit(enum person who, const struct request_draft *draft)
{
	struct submission s = {as(who), draft};

	return db_transaction(db, do_submit, &s, NULL);
}

const char *
ask_repair(enum person who, int64_t aid, int64_t place)
{
	struct request_draft d = {
		.kind = KIND_REPAIR,
		.aid_ids = &aid,
		.aid_count = 1,
		.place_id = place,
		.contact_name = "Jan Hoekstra",
		.contact_phone = "0612345678",
		.contact_email = "jan@lindenhof.example",
		.description = "De accu laadt niet op.",
		.wished_on = "2027-01-12",
	};

	assert_int_equal(submit(who, &d), RC_OK);
	return submitted;
}

struct movement {
	struct request *request;
	const char *number;
	struct request_change change;
};

static enum rc
do_move(void *arg)
{
	struct movement *m = arg;
	struct service_request sr;
	enum rc rc = request_get(m->request, m->number, &sr);

	if (rc)
		return rc;
	if (!m->change.version)
		m->change.version = sr.version;
	return request_move(m->request, &sr, &m->change, &refused);
}

enum rc
move(enum person who, const char *number, struct request_change change)
{
	struct movement m = {as(who), number, change};

	return db_transaction(db, do_move, &m, NULL);
}

struct service_request
read_as(enum person who, const char *number)
{
	struct service_request sr;

	assert_int_equal(request_get(as(who), number, &sr), RC_OK);
	return sr;
}
