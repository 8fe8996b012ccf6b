#include <dirent.h>
#include <errno.h>
#include <mysql.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/text.h"
#include "migrate.h"

enum { HASH = crypto_hash_sha256_BYTES, FILES_MAX = 999 };

struct file {
	int number; /* of a migration */
	const char *name;
	const char *path;
	char *text;
	size_t len;
	char hash[2 * HASH + 1];
};

struct run {
	struct pool *pool;
	MYSQL *connection;
	struct file files[FILES_MAX];
	size_t count;
};

static enum rc
problem(const char *where, const char *what)
{
	fprintf(stderr, "%s: %s\n", where, what);
	return RC_FAIL;
}

static enum rc
connect_to(struct run *run, const struct config *config)
{
	MYSQL *c = mysql_init(NULL);
	my_bool yes = 1;
	bool remote = config->database.host != NULL;

	run->connection = c;
	if (!c)
		return problem("database", "out of memory");
	mysql_optionsv(c, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_optionsv(c, MYSQL_INIT_COMMAND,
		"SET time_zone='+00:00', sql_mode='STRICT_ALL_TABLES,"
		"NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
		"NO_ENGINE_SUBSTITUTION'");
	if (remote &&
		(mysql_optionsv(c, MYSQL_OPT_SSL_CA, config->database.ca) ||
			mysql_optionsv(c, MYSQL_OPT_SSL_ENFORCE, &yes) ||
			mysql_optionsv(
				c, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes)))
		return problem("database", mysql_error(c));
	if (!mysql_real_connect(c, config->database.host,
		    config->database.migrate_user,
		    config->database.migrate_password, config->database.name,
		    (unsigned)config->database.port, config->database.socket,
		    CLIENT_MULTI_STATEMENTS))
		return problem("database", mysql_error(c));
	return RC_OK;
}

/* Runs every statement of the text; where names the file. */
static enum rc
execute(struct run *run, const char *where, const char *text, size_t len)
{
	int n = 1;
	int status = mysql_real_query(run->connection, text, len);
	char place[300];

	while (status == 0) {
		MYSQL_RES *rows = mysql_store_result(run->connection);

		mysql_free_result(rows);
		if (!rows && mysql_errno(run->connection))
			break;
		status = mysql_next_result(run->connection);
		n++;
	}
	if (status == -1)
		return RC_OK;
	snprintf(place, sizeof(place), "%s: statement %d", where, n);
	return problem(place, mysql_error(run->connection));
}

static enum rc
read_file(struct run *run, struct file *f)
{
	unsigned char hash[HASH];
	FILE *in = fopen(f->path, "re");
	long size = -1;

	if (in && fseek(in, 0, SEEK_END) == 0)
		size = ftell(in);
	if (size >= 0) {
		rewind(in);
		f->text = pool_alloc(run->pool, (size_t)size + 1);
		f->len = fread(f->text, 1, (size_t)size, in);
	}
	if (in)
		fclose(in);
	if (size < 0 || f->len != (size_t)size)
		return problem(f->path, strerror(errno));
	crypto_hash_sha256(hash, (unsigned char *)f->text, f->len);
	text_hex(hash, sizeof(hash), f->hash);
	return RC_OK;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(
		((const struct file *)a)->name, ((const struct file *)b)->name);
}

/* The .sql files of a directory, by name; one that is not there is empty. */
static enum rc
find_files(struct run *run, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	run->count = 0;
	while (d && (entry = readdir(d))) {
		struct file *f = &run->files[run->count];
		size_t len = strlen(entry->d_name);

		if (len < 5 || strcmp(entry->d_name + len - 4, ".sql") != 0)
			continue;
		if (run->count == FILES_MAX) {
			closedir(d);
			return problem(dir, "too many files");
		}
		*f = (struct file){
			.name = pool_strdup(run->pool, entry->d_name),
			.path = pool_printf(
				run->pool, "%s/%s", dir, entry->d_name)};
		run->count++;
	}
	if (d)
		closedir(d);
	qsort(run->files, run->count, sizeof(run->files[0]), by_name);
	for (size_t i = 0; i < run->count; i++)
		if (read_file(run, &run->files[i]))
			return RC_FAIL;
	return RC_OK;
}

/* NNN_name.sql, each number once. */
static enum rc
number_files(struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		struct file *f = &run->files[i];

		if (strspn(f->name, "0123456789") != 3 || f->name[3] != '_')
			return problem(f->path, "want NNN_name.sql");
		f->number = atoi(f->name);
		if (i > 0 && f->number == run->files[i - 1].number)
			return problem(f->path, "its number stands twice");
	}
	return RC_OK;
}

static struct file *
file_of(struct run *run, int number)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->files[i].number == number)
			return &run->files[i];
	return NULL;
}

/* Compares with what ran before; *last is the highest number that did. */
static enum rc
compare(struct run *run, int *last)
{
	static const char sql[] =
		"SELECT number, name, sha256 FROM migration ORDER BY number";
	enum rc rc = RC_OK;
	MYSQL_RES *rows;
	MYSQL_ROW row;

	*last = 0;
	if (mysql_real_query(run->connection, sql, sizeof(sql) - 1) ||
		!(rows = mysql_store_result(run->connection)))
		return problem("migration", mysql_error(run->connection));
	while ((row = mysql_fetch_row(rows))) {
		struct file *f = file_of(run, atoi(row[0]));

		*last = atoi(row[0]);
		if (!f) {
			rc = problem(row[1], "ran before, but is not here");
			continue;
		}
		if (strcmp(f->hash, row[2]) != 0)
			rc = problem(f->path,
				"changed after it ran: make a new migration");
		f->number = 0;
	}
	mysql_free_result(rows);
	for (size_t i = 0; i < run->count; i++)
		if (run->files[i].number && run->files[i].number <= *last)
			rc = problem(run->files[i].path,
				"its number is below one that ran");
	return rc;
}

static enum rc
keep(struct run *run, const struct file *f)
{
	char sql[600], name[300];

	if (strlen(f->name) > 100)
		return problem(f->path, "its name is too long");
	mysql_real_escape_string(
		run->connection, name, f->name, strlen(f->name));
	snprintf(sql, sizeof(sql),
		"INSERT INTO migration (number, name, sha256) "
		"VALUES (%d, '%s', '%s')",
		f->number, name, f->hash);
	return execute(run, "migration", sql, strlen(sql));
}

static enum rc
run_migrations(struct run *run, const char *root, bool really)
{
	static const char table[] =
		"CREATE TABLE IF NOT EXISTS migration ("
		"number INT UNSIGNED NOT NULL PRIMARY KEY,"
		"name VARCHAR(100) NOT NULL,"
		"sha256 CHAR(64) CHARACTER SET ascii NOT NULL,"
		"applied_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP())";
	int last = 0;

	if (find_files(run, pool_printf(run->pool, "%s/schema/sql", root)) ||
		number_files(run) ||
		execute(run, "migration", table, sizeof(table) - 1) ||
		compare(run, &last))
		return RC_FAIL;
	for (size_t i = 0; i < run->count; i++) {
		const struct file *f = &run->files[i];

		if (!f->number)
			continue;
		printf("%s\n", f->name);
		if (!really)
			continue;
		if (execute(run, f->path, f->text, f->len) || keep(run, f))
			return RC_FAIL;
	}
	return RC_OK;
}

enum rc
migrate(struct pool *p, const struct config *config, bool really)
{
	struct run *run = pool_alloc(p, sizeof(*run));
	enum rc rc;

	run->pool = p;
	rc = connect_to(run, config);
	if (rc == RC_OK)
		rc = run_migrations(run, config->root, really);
	if (run->connection)
		mysql_close(run->connection);
	return rc;
}
