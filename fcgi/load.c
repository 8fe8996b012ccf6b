#include "core/log.h"
#include "engine/form.h"
#include "engine/list.h"
#include "engine/print.h"
#include "load.h"

enum { ERRORS = 16 * 1024, CHECK_SECONDS = 30, UPKEEP_SECONDS = 600 };

enum rc
load_all(struct pool *p, const struct config *config, struct render **render,
	struct buffer *errors)
{
	char *problems = pool_alloc(p, ERRORS);
	size_t before = errors->len;
	enum rc rc;

	rc = db_load(p,
		pool_printf(p, "%s/fcgi/access/scope.sql", config->root),
		problems, ERRORS);
	buffer_puts(errors, problems);
	if (lists_load(p, config->root, errors))
		rc = RC_FAIL;
	if (forms_load(p, config->root, errors))
		rc = RC_FAIL;
	*render = render_load(p, config->root, errors);
	if (*render)
		render_set(*render,
			&(struct render_options){
				.serializer = config->render.serializer,
				.fragments = config->render.fragments,
				.rows = config->render.rows});
	date_set_calendar(&config->calendar);
	return rc || !*render || errors->len > before ? RC_FAIL : RC_OK;
}

static struct db *
connect_as(const struct config *config, const char *user, const char *password,
	unsigned seconds, enum rc (*accept)(struct db *))
{
	const struct db_config c = {
		.host = config->database.host,
		.socket = config->database.socket,
		.port = (unsigned)config->database.port,
		.ca = config->database.ca,
		.name = config->database.name,
		.user = user,
		.password = password,
		.read_seconds = seconds,
		.accept = accept,
	};

	return db_create(&c);
}

/* Production must not run on the demo's passwords. */
static enum rc
refuse_demo(struct db *db)
{
	struct pool *p = pool_create();
	struct db_row row;
	enum rc rc = db_one(db, p, SQL_DEMO_ACCOUNTS, DB_NO_ARGS, &row);

	if (rc == RC_OK && db_num(row, "found") > 0) {
		rc = RC_DENIED;
		log_event(LOG_ERROR, "demo-accounts", "what",
			"the database holds demo accounts, and demo is no",
			NULL);
	}
	pool_destroy(p);
	return rc;
}

struct db *
load_db(const struct config *config, unsigned seconds)
{
	return connect_as(config, config->database.user,
		config->database.password, seconds,
		config->demo ? NULL : refuse_demo);
}

struct db *
load_upkeep_db(const struct config *config)
{
	return connect_as(config, config->database.migrate_user,
		config->database.migrate_password, UPKEEP_SECONDS, NULL);
}

/* Reached, and each statement allowed; the jobs have a user of their own. */
static enum rc
check_statements(struct pool *p, const struct config *config, struct db *db,
	bool jobs, struct buffer *errors)
{
	char *problems = pool_alloc(p, ERRORS);
	enum rc rc;

	if (db_ping(db)) {
		buffer_printf(errors, "%s:0: database: %s\n", config->file,
			db_refused(db) ? "holds demo accounts, and demo is no"
				       : db_error(db));
		return RC_FAIL;
	}
	rc = db_check(db, jobs, problems, ERRORS);
	buffer_puts(errors, problems);
	return rc;
}

static enum rc
check_jobs(struct pool *p, const struct config *config, struct buffer *errors)
{
	struct db *db = connect_as(config, config->database.jobs_user,
		config->database.jobs_password, CHECK_SECONDS, NULL);
	enum rc rc = check_statements(p, config, db, true, errors);

	db_destroy(db);
	return rc;
}

static enum rc
check_database(struct pool *p, const struct config *config, struct db *db,
	struct buffer *errors)
{
	enum rc rc = check_statements(p, config, db, false, errors);

	if (rc == RC_FAIL && db_down(db))
		return rc;
	if (lists_check(db, errors))
		rc = RC_FAIL;
	return check_jobs(p, config, errors) ? RC_FAIL : rc;
}

enum rc
load_check(struct pool *p, const struct config *config, struct buffer *errors)
{
	struct render *render;
	enum rc rc = load_all(p, config, &render, errors);
	struct db *db;

	if (rc || print_check(p, config, errors))
		return RC_FAIL;
	db = load_db(config, CHECK_SECONDS);
	rc = check_database(p, config, db, errors);
	db_destroy(db);
	return rc;
}
