#include <glob.h>
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access/password.h"
#include "access/seal.h"
#include "access/session.h"
#include "access/totp.h"
#include "core/log.h"
#include "fixture.h"

struct pool *pool;
struct db *db;
struct config config;
struct request *r;
int64_t branch, organisation;

static struct pool *always;
static struct db_config where; /* as whom the test runs */
static const char *cookie;
static const char *cookies; /* that of the device */

static char *
read_file(const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!f || getdelim(&text, &size, '\0', f) < 0)
		fail_msg("%s cannot be read", path);
	fclose(f);
	return text;
}

static void
run_file(MYSQL *c, const char *path)
{
	char *sql = read_file(path);

	if (mysql_query(c, sql))
		fail_msg("%s: %s", path, mysql_error(c));
	do {
		mysql_free_result(mysql_store_result(c));
	} while (!mysql_next_result(c));
	if (mysql_errno(c))
		fail_msg("%s: %s", path, mysql_error(c));
	free(sql);
}

/* An empty database gets the tables. */
static void
make_tables(void)
{
	MYSQL *c = mysql_init(NULL);
	MYSQL_RES *tables;
	glob_t files;

	if (!mysql_real_connect(c, NULL, NULL, NULL, where.name, 0,
		    where.socket, CLIENT_MULTI_STATEMENTS))
		fail_msg("%s", mysql_error(c));
	tables = mysql_list_tables(c, "login_guard");
	if (!mysql_num_rows(tables)) {
		assert_int_equal(glob("schema/sql/*.sql", 0, NULL, &files), 0);
		for (size_t i = 0; i < files.gl_pathc; i++)
			run_file(c, files.gl_pathv[i]);
		globfree(&files);
	}
	mysql_free_result(tables);
	mysql_close(c);
}

static void
open_once(void)
{
	char errors[4000] = "";

	if (always)
		return;
	log_open("/dev/null");
	where = (struct db_config){.socket = getenv("TEST_DB_SOCKET"),
		.name = getenv("TEST_DB_NAME")};
	if (!where.socket || !where.name) {
		fprintf(stderr,
			"TEST_DB_SOCKET and TEST_DB_NAME are not set\n");
		exit(1);
	}
	always = pool_create();
	if (db_load(always, "fcgi/access/scope.sql", errors, sizeof(errors)))
		fprintf(stderr, "%s", errors);
	make_tables();
}

int
fixture_open(void **state)
{
	(void)state;
	open_once();
	pool = pool_create();
	db = db_create(&where);
	memset(&config, 0, sizeof(config));
	config.origin = "https://portal.example";
	config.session.idle_minutes = 30;
	config.session.hours = 12;
	config.login.tries = 10;
	config.login.minutes = 15;
	config.login.address_tries = 30;
	config.login.account_tries = 50;
	config.login.device_days = 90;
	config.key_count = 3;
	config.keys[0] = (struct config_key){"csrf", "1", {1}};
	config.keys[1] = (struct config_key){"factor", "new", {2}};
	config.keys[2] = (struct config_key){"factor", "old", {3}};
	run("SET autocommit = 0");
	run("DELETE FROM session");
	run("DELETE FROM login_guard");
	run("DELETE FROM audit");
	branch = run("INSERT INTO branch (code, name, street, postcode, city, "
		     "phone, email) VALUES ('t-1', 'Noorderhaven', 'Kade 1', "
		     "'9700 AA', 'Noorderhaven', '0500001200', 'a@b.example')");
	organisation =
		run("INSERT INTO organisation (code, name, branch_id) VALUES "
		    "('t-lindenhof', 'Woonzorg Lindenhof', %d)",
			(int)branch);
	forget_device();
	browse();
	return 0;
}

int
fixture_close(void **state)
{
	(void)state;
	db_destroy(db);
	pool_destroy(pool);
	return 0;
}

void
forget_cookie(void)
{
	cookie = NULL;
	r = NULL;
}

void
forget_device(void)
{
	forget_cookie();
	cookies = NULL;
}

/* What a browser keeps of the answer. */
static void
keep_cookie(const char *headers)
{
	static const char session[] = "Set-Cookie: __Host-hulpbalie=";
	static const char device[] = "Set-Cookie: __Host-device=";

	for (const char *s = headers; (s = strstr(s, session));) {
		s += sizeof(session) - 1;
		cookie = pool_strndup(pool, s, strcspn(s, ";"));
	}
	if ((headers = strstr(headers, device))) {
		headers += strlen("Set-Cookie: ");
		cookies = pool_strndup(pool, headers, strcspn(headers, ";"));
	}
}

void
browse(void)
{
	if (r && r->response.headers)
		keep_cookie(r->response.headers->data);
	r = pool_alloc(pool, sizeof(*r));
	r->pool = pool;
	snprintf(r->id, sizeof(r->id), "0123456789abcdef");
	r->path = "/test";
	r->address = "192.0.2.1";
	r->agent = "Test";
	r->lang = "nl";
	r->config = &config;
	r->cookie = cookie;
	r->cookies = cookies ? cookies : "";
	r->db = db;
	db_reset(db);
	assert_int_equal(session_load(r), RC_OK);
}

static struct db_rows
query(const char *sql, va_list args)
{
	const char *text = pool_vprintf(pool, sql, args);
	struct db_rows rows;

	if (db_select_text(db, pool, text, DB_NO_ARGS, &rows))
		fail_msg("%s: %s", text, db_error(db));
	return rows;
}

const char *
value(const char *sql, ...)
{
	struct db_rows rows;
	va_list args;

	va_start(args, sql);
	rows = query(sql, args);
	va_end(args);
	assert_true(rows.count > 0);
	return db_str0(db_row(&rows, 0), rows.names[0]);
}

int64_t
count(const char *sql, ...)
{
	struct db_rows rows;
	va_list args;

	va_start(args, sql);
	rows = query(sql, args);
	va_end(args);
	assert_int_equal(rows.count, 1);
	return db_num(db_row(&rows, 0), rows.names[0]);
}

int64_t
run(const char *sql, ...)
{
	va_list args;

	va_start(args, sql);
	query(sql, args);
	va_end(args);
	return strtoll(value("SELECT LAST_INSERT_ID()"), NULL, 10);
}

int64_t
add_account(const char *email)
{
	static char hash[PASSWORD_HASH_SIZE];

	if (!*hash)
		assert_true(password_hash(PASSWORD, hash));
	return run("INSERT INTO account (email, name, state, password_hash, "
		   "password_set_at) VALUES ('%s', 'M. de Boer', 'active', "
		   "'%s', UTC_TIMESTAMP() - INTERVAL 1 DAY)",
		email, hash);
}

int64_t
add_membership(int64_t account, const char *role)
{
	return run("INSERT INTO membership (account_id, portal, "
		   "organisation_id, role) VALUES (%d, 'institution', %d, "
		   "'%s')",
		(int)account, (int)organisation, role);
}

void
add_factor(int64_t account, const char *key_id)
{
	unsigned char secret[TOTP_SECRET_MAX];
	unsigned char sealed[TOTP_SECRET_MAX + SEAL_EXTRA];
	char hex[2 * sizeof(sealed) + 1];
	size_t len;

	assert_true(totp_secret(SECRET, secret, &len));
	assert_true(seal(config_key(&config, "factor", key_id), account, secret,
		len, sealed));
	for (size_t i = 0; i < len + SEAL_EXTRA; i++)
		snprintf(hex + 2 * i, 3, "%02x", sealed[i]);
	run("INSERT INTO factor (account_id, kind, key_id, secret, "
	    "confirmed_at) VALUES (%d, 'totp', '%s', UNHEX('%s'), "
	    "UTC_TIMESTAMP())",
		(int)account, key_id, hex);
}

const char *
code_at(int steps)
{
	unsigned char secret[TOTP_SECRET_MAX];
	char *code = pool_alloc(pool, TOTP_DIGITS + 1);
	size_t len;

	assert_true(totp_secret(SECRET, secret, &len));
	assert_true(totp_code(
		secret, len, time(NULL) + steps * TOTP_STEP_SECONDS, code));
	return code;
}
