#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "../core/log.h"
#include "../core/text.h"
#include "../db/db.h"
#include "../domain/stand_in.h"
#include "../rules/calendar.h"
#include "cleaner.h"
#include "idle.h"
#include "jobs.h"
#include "login_help.h"
#include "mailer.h"
#include "outbox.h"
#include "sealer.h"
#include "sms.h"

enum {
	ERRORS = 16 * 1024,
	READ_SECONDS = 60,
	PAUSE_SECONDS = 1,
	PAUSE_DOWN_SECONDS = 5,
	NIGHT_HOUR = 3
};

struct jobs {
	const struct config *config;
	struct render *render;
	struct db *db;
	char cleaned[11]; /* the day that was cleaned last */
	time_t sealed;	  /* when the log was, last */
	bool down;	  /* the database; logged once */
};

static struct render *
load(struct pool *p, const struct config *config)
{
	struct buffer *errors = buffer_create(p);
	char *problems = pool_alloc(p, ERRORS);
	struct render *render;

	if (db_load(p, pool_printf(p, "%s/fcgi/access/scope.sql", config->root),
		    problems, ERRORS)) {
		log_event(LOG_ERROR, "load", "errors", problems, NULL);
		return NULL;
	}
	render = render_load(p, config->root, errors);
	if (!render)
		log_event(LOG_ERROR, "load", "errors", errors->data, NULL);
	return render;
}

static struct db *
connect_db(const struct config *config)
{
	const struct db_config c = {
		.host = config->database.host,
		.socket = config->database.socket,
		.port = (unsigned)config->database.port,
		.ca = config->database.ca,
		.name = config->database.name,
		.user = config->database.jobs_user,
		.password = config->database.jobs_password,
		.read_seconds = READ_SECONDS,
	};

	return db_create(&c);
}

/* Only here SIGTERM gets through: a mail under way is sent first. */
static void
pause_for(time_t seconds, const sigset_t *open)
{
	struct timespec t = {seconds, 0};

	ppoll(NULL, 0, &t, open);
}

static bool
is_night_work_due(const struct jobs *j)
{
	time_t local = calendar_local(time(NULL));
	char today[11];
	struct tm t;

	text_today(today);
	gmtime_r(&local, &t);
	return strcmp(today, j->cleaned) != 0 &&
	       (t.tm_hour >= NIGHT_HOUR || !*j->cleaned);
}

/*
 * One of each channel. What hangs ends the process, before another one may
 * take its message; what does so each time is given up (outbox.h).
 */
static enum rc
send_one(struct jobs *j, bool *busy)
{
	bool mail, sms = false;
	enum rc rc;

	alarm(OUTBOX_CLAIM_SECONDS - 5);
	rc = mailer_send_one(j->db, j->render, j->config, &mail);
	alarm(OUTBOX_CLAIM_SECONDS - 5);
	if (!rc)
		rc = sms_send_one(j->db, j->config, &sms);
	alarm(0);
	*busy = mail || sms;
	return rc;
}

/* What a handler of a page has, for those who write mail at no page. */
static struct request
request_of(const struct jobs *j, struct pool *pool)
{
	struct request r = {.pool = pool,
		.path = "",
		.query = "",
		.address = "",
		.lang = "nl",
		.config = j->config,
		.db = j->db,
		.render = j->render};

	request_name(r.id);
	return r;
}

static enum rc
help_one(struct jobs *j, bool *busy)
{
	struct pool *pool = pool_create();
	struct request r = request_of(j, pool);
	enum rc rc = login_help_answer_one(&r, busy);

	pool_destroy(pool);
	return rc;
}

static enum rc
night_work(struct jobs *j)
{
	struct pool *pool = pool_create();
	struct request r = request_of(j, pool);
	enum rc rc = cleaner_run(j->db, j->config);

	if (!rc)
		rc = idle_run(&r, time(NULL));
	if (!rc)
		rc = stand_in_day(&r);
	pool_destroy(pool);
	return rc;
}

static bool
is_seal_due(const struct jobs *j)
{
	return time(NULL) - j->sealed >= j->config->audit.settle_seconds;
}

/* So much that mail does not wait for it. */
static enum rc
seal_some(struct jobs *j, bool *more)
{
	enum rc rc;

	if (!is_seal_due(j))
		return RC_OK;
	rc = sealer_run(j->db, j->config, more);
	if (!*more)
		j->sealed = time(NULL);
	return rc;
}

static enum rc
work(struct jobs *j, bool *busy)
{
	enum rc rc = RC_OK;
	bool more = false;

	if (is_night_work_due(j)) {
		rc = night_work(j);
		if (!rc)
			text_today(j->cleaned);
	}
	if (!rc)
		rc = seal_some(j, &more);
	if (!rc)
		rc = send_one(j, busy);
	if (!rc)
		rc = help_one(j, busy);
	*busy = *busy || more;
	return rc;
}

/* Also between two that wait, so that a long queue does not keep it. */
static time_t
pause_after(bool down, bool busy)
{
	if (down)
		return PAUSE_DOWN_SECONDS;
	return busy ? 0 : PAUSE_SECONDS;
}

static void
loop(struct jobs *j, volatile sig_atomic_t *stop)
{
	sigset_t term, open;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &open);
	while (!*stop) {
		bool busy = false;
		bool down = work(j, &busy) != RC_OK;

		if (down && !j->down)
			log_event(LOG_ERROR, "jobs-database", "error",
				db_error(j->db), NULL);
		j->down = down;
		db_reset(j->db);
		if (!*stop)
			pause_for(pause_after(down, busy), &open);
	}
}

/* What works for jobs in this process. */
static void
begin(struct jobs *j, const struct config *config, struct render *render)
{
	*j = (struct jobs){
		.config = config, .render = render, .db = connect_db(config)};
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void
end(struct jobs *j)
{
	db_destroy(j->db);
	curl_global_cleanup();
}

int
jobs_run(const struct config *config, struct render *render,
	volatile sig_atomic_t *stop)
{
	struct jobs j;

	begin(&j, config, render);
	loop(&j, stop);
	end(&j);
	return 0;
}

int
jobs_night(const struct config *config)
{
	struct pool *pool = pool_create();
	struct render *render = load(pool, config);
	struct jobs j;
	bool good = false;

	if (render) {
		begin(&j, config, render);
		good = !night_work(&j);
		if (!good)
			log_event(LOG_ERROR, "jobs-database", "error",
				db_error(j.db), NULL);
		end(&j);
	}
	pool_destroy(pool);
	return good ? 0 : 1;
}
