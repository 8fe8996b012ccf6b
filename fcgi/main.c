#include <errno.h>
#include <getopt.h>
#include <mysql.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "access/administrator.h"
#include "access/audit_chain.h"
#include "core/arena.h"
#include "core/log.h"
#include "db/migrate.h"
#include "error_pages.h"
#include "jobs/jobs.h"
#include "load.h"
#include "routes.h"
#include "supervise.h"
#include "upkeep/expire.h"

enum { ERRORS = 8192, STATUS_USAGE = 64, LONG_SECONDS = 600 };

static int
usage(void)
{
	fputs("usage: hulpbalie [-c FILE] COMMAND\n"
	      "  serve            the portal, in front\n"
	      "  check            names what is wrong, as file:line: what\n"
	      "  migrate          brings the database up to date\n"
	      "  pending          the migrations that migrate would run\n"
	      "  administrator EMAIL NAME\n"
	      "                   makes the account of a system administrator\n"
	      "  audit-verify [HASH]\n"
	      "                   is the log of who saw what as it was sealed, "
	      "and\n"
	      "                   is a batch of that hash still there?\n"
	      "  audit-expire     deletes of it what was kept long enough\n"
	      "  night            the nightly work of the jobs, at once\n"
	      "  error-pages DIR  the error pages that nginx shows\n"
	      "  routes           every address, as a table for tests\n"
	      "FILE is conf/portal.conf where it is not given.\n",
		stderr);
	return STATUS_USAGE;
}

static int
check(struct pool *p, const struct config *config)
{
	struct buffer *errors = buffer_create(p);
	enum rc rc = load_check(p, config, errors);

	fputs(errors->data, stdout);
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
write_errors(struct pool *p, const struct config *config, const char *dir)
{
	struct buffer *errors = buffer_create(p);
	struct render *render = render_load(p, config->root, errors);

	fputs(errors->data, stderr);
	if (!render || error_pages(p, config, render, dir))
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

/* Reads it; a supervisor on which workers depend tries until it can. */
static enum rc
read_config(struct pool *p, const char *file, struct config *config)
{
	char errors[ERRORS];

	while (config_load(p, file, config, errors, sizeof(errors))) {
		fputs(errors, stderr);
		if (!supervise_again())
			return RC_FAIL;
	}
	if (log_open(config->log)) {
		fprintf(stderr, "%s:0: log %s: %s\n", file, config->log,
			strerror(errno));
		return RC_FAIL;
	}
	return RC_OK;
}

/* A command on the database, as the portal's user or that of migrations. */
static int
on_database(struct pool *p, const struct config *config, char **words)
{
	bool expire = strcmp(words[0], "audit-expire") == 0;
	char *errors = pool_alloc(p, ERRORS);
	enum rc rc = db_load(p,
		pool_printf(p, "%s/fcgi/access/scope.sql", config->root),
		errors, ERRORS);
	struct db *db;

	fputs(errors, stderr);
	if (rc)
		return EXIT_FAILURE;
	db = expire ? load_upkeep_db(config) : load_db(config, LONG_SECONDS);
	if (expire)
		rc = audit_expire(config, db, stdout);
	else if (strcmp(words[0], "audit-verify") == 0)
		rc = audit_verify(config, db, words[1], stdout);
	else
		rc = administrator_make(config, db, words[1], words[2]);
	db_destroy(db);
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}

static const struct command {
	const char *name;
	int words; /* that follow it */
} commands[] = {{"serve", 0}, {"check", 0}, {"migrate", 0}, {"pending", 0},
	{"administrator", 2}, {"audit-verify", 0}, {"audit-verify", 1},
	{"audit-expire", 0}, {"night", 0}, {"error-pages", 1}, {"routes", 0}};

static bool
is_command(char **words)
{
	int count = 0;

	while (words[0] && words[count + 1])
		count++;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (words[0] && strcmp(words[0], commands[i].name) == 0 &&
			commands[i].words == count)
			return true;
	return false;
}

static int
command(struct pool *p, char **argv, char **words, const char *file)
{
	struct config *config = pool_alloc(p, sizeof(*config));
	const char *name = words[0];

	if (!is_command(words))
		return usage();
	if (strcmp(name, "routes") == 0) {
		routes_print(stdout);
		return EXIT_SUCCESS;
	}
	if (read_config(p, file, config))
		return EXIT_FAILURE;
	if (strcmp(name, "serve") == 0)
		return supervise(config, argv);
	if (strcmp(name, "check") == 0)
		return check(p, config);
	if (strcmp(name, "migrate") == 0 || strcmp(name, "pending") == 0)
		return migrate(p, config, name[0] == 'm') ? EXIT_FAILURE
							  : EXIT_SUCCESS;
	if (strcmp(name, "night") == 0)
		return jobs_night(config);
	if (strcmp(name, "error-pages") == 0)
		return write_errors(p, config, words[1]);
	return on_database(p, config, words);
}

int
main(int argc, char **argv)
{
	const char *file = "conf/portal.conf";
	struct pool *p;
	int option, status;

	while ((option = getopt(argc, argv, "+c:")) != -1) {
		if (option != 'c')
			return usage();
		file = optarg;
	}
	arena_setup();
	if (sodium_init() < 0 || mysql_library_init(0, NULL, NULL)) {
		fputs("hulpbalie: a library does not start\n", stderr);
		return EXIT_FAILURE;
	}
	p = pool_create();
	status = command(p, argv, argv + optind, file);
	pool_destroy(p);
	return status;
}
