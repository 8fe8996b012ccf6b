#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "access/access.h"
#include "core/arena.h"
#include "core/fastcgi.h"
#include "core/http.h"
#include "core/log.h"
#include "dispatch.h"
#include "jobs/exporter.h"
#include "jobs/jobs.h"
#include "load.h"
#include "routes.h"
#include "worker.h"

const char *const worker_names[WORKER_KINDS] = {
	"pages", "documents", "jobs", "exports"};

enum {
	IO_SECONDS = 10,     /* of one read or write of the web server */
	DB_SECONDS = 5,	     /* of one answer of the database */
	DOCUMENTS_TIMES = 5, /* a document may take so much longer */
	EXPORT_SECONDS = 900,
	EXPORT_DB_SECONDS = 300,
	EXPORT_PAUSE = 1, /* where there is none */
	EXPORT_PAUSE_DOWN = 5,
	GROWN_MB = 16, /* by so much malloc may keep */
	STATUS_WATCHDOG = 70
};

static volatile sig_atomic_t stop;
/* What the watchdog names; NULL between requests. */
static const char *volatile request_id;

static void
on_stop(int number)
{
	(void)number;
	stop = 1;
}

/* The request takes too long. The transaction is undone with the process. */
static void
on_alarm(int number)
{
	static char before[] =
		"{\"level\":\"error\",\"event\":\"watchdog\",\"request\":\"";
	static char after[] = "\"}\n";
	char *id = (char *)(uintptr_t)request_id;
	struct iovec parts[] = {{before, sizeof(before) - 1},
		{id, id ? strlen(id) : 0}, {after, sizeof(after) - 1}};

	(void)number;
	(void)!writev(log_file(), parts, 3);
	_exit(STATUS_WATCHDOG);
}

static void
handle(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/*
 * Signals before FCGX_Init(), which takes those that have no handler.
 * Blocked, all but the watchdog's and what a crash raises: libfcgi takes an
 * interrupted read for the end of the request.
 */
static void
set_signals(enum worker_kind kind, sigset_t *waiting)
{
	static const int open[] = {
		SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	static const int ignored[] = {SIGHUP, SIGINT, SIGPIPE, SIGUSR1};
	sigset_t blocked;

	handle(SIGTERM, on_stop);
	handle(SIGALRM, on_alarm);
	handle(SIGCHLD, SIG_DFL);
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		handle(ignored[i], SIG_IGN);
	sigfillset(&blocked);
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		sigdelset(&blocked, open[i]);
	*waiting = blocked;
	sigdelset(waiting, SIGTERM);
	sigprocmask(
		SIG_SETMASK, kind == WORKER_JOBS ? waiting : &blocked, NULL);
}

/* The sanitizer's own memory would count. */
static void
limit_memory(const struct config *config)
{
#ifndef __SANITIZE_ADDRESS__
	rlim_t bytes = (rlim_t)config->memory_mb << 20;

	setrlimit(RLIMIT_DATA, &(struct rlimit){bytes, bytes});
#else
	(void)config;
#endif
}

static long
resident_mb(void)
{
	static long page_kb;
	long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (!page_kb)
		page_kb = sysconf(_SC_PAGESIZE) / 1024;
	if (!f)
		return 0;
	if (fscanf(f, "%*d %ld", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * page_kb / 1024;
}

/*
 * Is it, between two requests? What a large document took and malloc keeps is
 * given back first.
 */
static bool
too_big(const struct config *config)
{
	static long least;
	long now = resident_mb();

	if (now - least > GROWN_MB) {
		malloc_trim(0);
		now = least = resident_mb();
	}
	return now > config->memory_mb / 2;
}

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static const char *
milliseconds(char text[24], int64_t us)
{
	snprintf(text, 24, "%" PRId64 ".%03d", us / 1000, (int)(us % 1000));
	return text;
}

/* One line a request; never what stood in the query or in a form. */
static void
log_answer(const struct request *r, int64_t us, size_t bytes, bool sent)
{
	static const char *const methods[] = {"GET", "HEAD", "POST"};
	char ms[24], db[24], status[12], size[24], account[24];

	snprintf(status, sizeof(status), "%d", r->response.status);
	snprintf(size, sizeof(size), "%zu", bytes);
	if (r->who)
		snprintf(account, sizeof(account), "%" PRId64, r->who->account);
	log_event(LOG_INFO, "request", "method", methods[r->method], "route",
		r->route ? r->route->path : NULL, "format",
		r->format ? http_suffix(r->format) + 1 : NULL, "status", status,
		"ms", milliseconds(ms, us), "db",
		milliseconds(db, db_microseconds(r->db)), "bytes", size,
		"account", r->who ? account : NULL, "sent", sent ? NULL : "no",
		NULL);
}

static void
serve(FCGX_Request *connection, struct request *r)
{
	struct http_input in = {
		connection->envp, fastcgi_read, connection, route_upload_most};
	int64_t start = now_us();
	const struct buffer *body;
	struct buffer *head;
	bool sent;

	request_id = r->id;
	dispatch(r, &in);
	head = buffer_create(r->pool);
	http_head(r, head);
	body = r->method == METHOD_HEAD || r->response.location
		       ? NULL
		       : r->response.body;
	sent = fastcgi_answer(connection, head, body);
	fastcgi_end(connection);
	log_answer(r, now_us() - start, body ? body->len : 0, sent);
	request_id = NULL;
}

/* Waits for a request and answers it. False: this was the last one. */
static bool
serve_next(const struct worker *w, const sigset_t *waiting, unsigned seconds,
	FCGX_Request *connection, struct request *r)
{
	struct pollfd ready = {.fd = w->socket, .events = POLLIN};

	if (ppoll(&ready, 1, NULL, waiting) < 0 || stop)
		return !stop;
	alarm(seconds);
	if (!fastcgi_accept(connection, w->socket, IO_SECONDS)) {
		alarm(0);
		return true;
	}
	*w->served = true;
	if (w->config->render.arena)
		arena_begin();
	serve(connection, r);
	db_reset(r->db);
	pool_reset(r->pool);
	arena_end();
	log_request(NULL);
	alarm(0);
	if (!too_big(w->config))
		return true;
	log_event(LOG_WARN, "memory", "pool", worker_names[w->kind], NULL);
	return false;
}

static void
serve_all(const struct worker *w, const sigset_t *waiting)
{
	unsigned times = w->kind == WORKER_DOCUMENTS ? DOCUMENTS_TIMES : 1;
	unsigned seconds = (unsigned)w->config->request_seconds * times;
	struct pool *pool = pool_create();
	struct db *db = load_db(w->config, DB_SECONDS * times);
	FCGX_Request connection;
	struct request r;

	FCGX_Init();
	FCGX_InitRequest(&connection, -1, FCGI_FAIL_ACCEPT_ON_INTR);
	do {
		r = (struct request){.pool = pool,
			.config = w->config,
			.db = db,
			.render = w->render};
	} while (serve_next(w, waiting, seconds, &connection, &r));
	db_destroy(db);
	pool_destroy(pool);
}

/* One after the other. Between two of them SIGTERM gets through. */
static void
draw_exports(const struct worker *w, const sigset_t *waiting)
{
	struct exporter e = {.config = w->config,
		.render = w->render,
		.queue = load_db(w->config, DB_SECONDS),
		.data = load_db(w->config, EXPORT_DB_SECONDS)};

	while (!stop && !too_big(w->config)) {
		struct timespec pause = {0, 0};
		bool tried = false;

		alarm(EXPORT_SECONDS);
		if (exporter_draw_one(&e, &tried))
			pause.tv_sec = EXPORT_PAUSE_DOWN;
		else if (!tried)
			pause.tv_sec = EXPORT_PAUSE;
		alarm(0);
		ppoll(NULL, 0, &pause, waiting);
	}
	db_destroy(e.queue);
	db_destroy(e.data);
}

/* Documents are drawn elsewhere. */
static void
slim(const struct worker *w)
{
	if (w->kind != WORKER_PAGES)
		return;
	render_drop_prints(w->render);
	malloc_trim(0);
}

void
worker_run(const struct worker *w)
{
	sigset_t waiting;

	set_signals(w->kind, &waiting);
	prctl(PR_SET_NAME, worker_names[w->kind]);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != w->parent)
		exit(0);
	limit_memory(w->config);
	slim(w);
	if (w->kind == WORKER_JOBS)
		exit(jobs_run(w->config, w->render, &stop));
	if (w->kind == WORKER_EXPORTS)
		draw_exports(w, &waiting);
	else
		serve_all(w, &waiting);
	exit(0);
}
