/* The configuration file: what is read, and how mistakes are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/config.h"

static const char good[] = "# a comment\n"
			   "[portal]\n"
			   "origin = https://localhost:8443\n"
			   "root = @\n"
			   "keys = keys\n"
			   "demo = yes\n"
			   "[pages]\n"
			   "socket = pages.sock\n"
			   "workers = 6\n"
			   "[documents]\n"
			   "socket = /run/documents.sock\n"
			   "[database]\n"
			   "socket = mysqld.sock\n"
			   "name = hulpbalie\n"
			   "user = portal\n"
			   "password = a#b = c\n"
			   "jobs_user = jobs\n"
			   "migrate_user = migrate\n"
			   "[brand]\n"
			   "dir = conf/brand\n"
			   "name = Zorgmiddelen Noord\n"
			   "theme = noord\n"
			   "phone = 0500001200\n"
			   "hours = ma-vr 8.00\xe2\x80\x93"
			   "17.00 uur\n"
			   "email = info@noord.example\n"
			   "street = Kanaalweg 12\n"
			   "postcode = 9700 AA\n"
			   "city = Noorderhaven\n"
			   "sender = Noord\n"
			   "[mail]\n"
			   "url = smtp://127.0.0.1:25\n"
			   "from = portaal@noord.example\n"
			   "[render]\n"
			   "rows = no\n";

static const char good_keys[] =
	"# name id secret\n"
	"csrf 2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
	"csrf 1 //////////////////////////////////////////8=\n"
	"factor f1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
	"audit 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

static char dir[] = "/tmp/hulpbalie-conf-XXXXXX";
static char file[64], keys_file[64];
static struct pool *pool;
static struct config config;
static char errors[2000];

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (; *text; text++) {
		if (*text == '@' && text[-1] == ' ')
			fputs(dir, f);
		else
			fputc(*text, f);
	}
	fclose(f);
	chmod(path, 0600);
}

static int
begin(void **state)
{
	(void)state;
	pool = pool_create();
	write_file(file, good);
	write_file(keys_file, good_keys);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

static enum rc
load(void)
{
	return config_load(pool, file, &config, errors, sizeof(errors));
}

/* The good text with one part put in the place of another. */
static const char *
changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return pool_printf(pool, "%.*s%s%s", (int)(at - text), text, to,
		at + strlen(from));
}

static void
expect(const char *from, const char *to, const char *error)
{
	write_file(file, changed(good, from, to));
	assert_int_equal(load(), RC_FAIL);
	if (!strstr(errors, error))
		fail_msg("wanted '%s' in: %s", error, errors);
}

static void
test_good(void **state)
{
	char path[80];

	(void)state;
	if (load())
		fail_msg("%s", errors);
	assert_string_equal(errors, "");
	assert_string_equal(config.file, file);
	assert_string_equal(config.origin, "https://localhost:8443");
	assert_string_equal(config.root, dir);
	assert_string_equal(config.log, "-");
	assert_true(config.demo);
	snprintf(path, sizeof(path), "%s/pages.sock", dir);
	assert_string_equal(config.pages.socket, path);
	assert_int_equal(config.pages.workers, 6);
	assert_string_equal(config.documents.socket, "/run/documents.sock");
	assert_int_equal(config.documents.workers, 1);
	assert_int_equal(config.login.tries, 10);
	assert_int_equal(config.login.account_tries, 50);
	assert_null(config.database.host);
	assert_string_equal(config.database.password, "a#b = c");
	assert_null(config.database.jobs_password);
	assert_int_equal(config.database.port, 3306);
	assert_int_equal(config.session.idle_minutes, 30);
	assert_true(config.render.arena);
	assert_true(config.render.serializer);
	assert_true(config.render.fragments);
	assert_false(config.render.rows);
	assert_string_equal(config.brand.postcode, "9700 AA");
	assert_null(config.sms.url);
	assert_string_equal(config.sms.method, "POST");
	assert_int_equal(config.request_seconds, 20);
}

static void
test_closed_days(void **state)
{
	(void)state;
	assert_int_equal(load(), RC_OK);
	assert_true(config.calendar.holidays);
	assert_int_equal(config.calendar.count, 0);
	write_file(file, changed(good, "# a comment",
				 "[calendar]\nholidays = no\nclosed = "
				 "2026-12-24, 28-12-2026 .. 2026-12-31"));
	assert_int_equal(load(), RC_OK);
	assert_false(config.calendar.holidays);
	assert_int_equal(config.calendar.count, 2);
	assert_int_equal(
		config.calendar.closed[0].first, calendar_days(2026, 12, 24));
	assert_int_equal(
		config.calendar.closed[0].last, calendar_days(2026, 12, 24));
	assert_int_equal(
		config.calendar.closed[1].first, calendar_days(2026, 12, 28));
	assert_int_equal(
		config.calendar.closed[1].last, calendar_days(2026, 12, 31));
}

static void
test_keys(void **state)
{
	(void)state;
	assert_int_equal(load(), RC_OK);
	assert_int_equal(config.key_count, 4);
	assert_string_equal(config_key(&config, "csrf", NULL)->id, "2");
	assert_int_equal(config_key(&config, "csrf", "1")->bytes[31], 0xff);
	assert_int_equal(config_key(&config, "factor", "f1")->bytes[31], 31);
	assert_null(config_key(&config, "factor", "f2"));
	assert_null(config_key(&config, "other", NULL));
}

static void
test_mistakes(void **state)
{
	(void)state;
	expect("# a comment", "loose", ":1: want [section]");
	expect("[pages]", "[paged]", ":7: unknown section [paged]");
	expect("[pages]", "[pages", ":7: a section ends with ]");
	expect("workers = 6", "worker = 6", ":9: unknown key 'worker'");
	expect("workers = 6", "workers = six", ":9: workers: want a number");
	expect("workers = 6", "workers = 0", "from 1 to 64");
	expect("workers = 6", "socket = x",
		":9: socket stands already on line 8");
	expect("# a comment", "[calendar]\nholidays = on",
		":2: holidays: want yes or no");
	expect("# a comment", "[calendar]\nclosed = 2026-12-24, 2026-13-01",
		":2: closed: want at most 100 dates, or first..last of a year "
		"at most, and commas between, not '2026-13-01'");
	expect("# a comment", "[calendar]\nclosed = 2026-12-31..2026-12-28",
		"not '2026-12-31..2026-12-28'");
	expect("# a comment", "[calendar]\nclosed = 2026-12-31..", "closed:");
	expect("demo = yes", "demo = true", ":6: demo: want yes or no");
	expect("https://localhost:8443", "http://localhost",
		":3: origin: want https://");
	expect("https://localhost:8443", "https://x/", "origin: want");
	expect("theme = noord", "theme =", "theme: has no value");
	expect("theme = noord\n", "", "[brand] has no theme");
	expect("root = @", "root = /nowhere/at/all", ":4: root: ");
	expect("socket = mysqld.sock\n", "", "either host or socket");
	expect("socket = mysqld.sock", "host = db", "wants ca");
	expect("keys = keys\n", "", "[portal] has no keys");
	expect("keys = keys", "keys = none", "none:0: No such file");
	expect("theme = noord", "theme = \xff", ":22: not UTF-8");
	expect("socket = pages.sock",
		"socket = 12345678901234567890123456789012345678901234567890"
		"12345678901234567890123456789012345678901234567890.sock",
		":8: socket: the path");
}

static void
test_bad_keys(void **state)
{
	static const char *const cases[][3] = {
		{"csrf 2 ", "csrf ", ":2: want: name id base64"},
		{"csrf 2 AA", "csrf 2 ", ":2: the key csrf 2 is not 32 bytes"},
		{"csrf 1", "csrf 2", ":3: the key csrf 2 stands twice"},
		{"factor", "vector", ":0: there is no key named factor"},
		{"audit", "adit", ":0: there is no key named audit"},
		{"f1", "f1234567890123456", "is longer than 16"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		write_file(keys_file,
			changed(good_keys, cases[i][0], cases[i][1]));
		assert_int_equal(load(), RC_FAIL);
		if (!strstr(errors, cases[i][2]))
			fail_msg("wanted '%s' in: %s", cases[i][2], errors);
		assert_null(strstr(errors, "AwQFBgcI"));
	}
}

static void
test_private(void **state)
{
	(void)state;
	chmod(file, 0644);
	assert_int_equal(load(), RC_OK);
	write_file(file, changed(good, "demo = yes", "demo = no"));
	assert_int_equal(load(), RC_OK);
	chmod(file, 0640);
	assert_int_equal(load(), RC_FAIL);
	assert_non_null(strstr(errors, "others may read it"));
	write_file(file, good);
	chmod(keys_file, 0604);
	assert_int_equal(load(), RC_FAIL);
	assert_non_null(strstr(errors, "keys:0: others may read it"));
}

static void
test_no_file(void **state)
{
	char small[12];

	(void)state;
	assert_int_equal(
		config_load(pool, "/nowhere", &config, errors, sizeof(errors)),
		RC_FAIL);
	assert_string_equal(errors, "/nowhere:0: No such file or directory\n");
	assert_int_equal(
		config_load(pool, "/nowhere", &config, small, sizeof(small)),
		RC_FAIL);
	assert_string_equal(small, "/nowhere:0:");
	assert_int_equal(
		config_load(pool, "/nowhere", &config, NULL, 0), RC_FAIL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_good),
		TEST(test_closed_days),
		TEST(test_keys),
		TEST(test_mistakes),
		TEST(test_bad_keys),
		TEST(test_private),
		TEST(test_no_file),
	};
	int failed;

	if (!mkdtemp(dir))
		return 1;
	snprintf(file, sizeof(file), "%s/portal.conf", dir);
	snprintf(keys_file, sizeof(keys_file), "%s/keys", dir);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(file);
	unlink(keys_file);
	rmdir(dir);
	return failed;
}
