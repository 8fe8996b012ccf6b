#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "brake.h"
#include "core/log.h"
#include "listen.h"
#include "load.h"
#include "service.h"
#include "supervise.h"
#include "worker.h"

/* What a supervisor tells itself through execve(). */
#define STATE "HULPBALIE_STATE"

enum {
	SLOTS = 512,
	RETRY_MS = 2000, /* to load again, after execve() */
	CHECK_MS = 60000 /* that a check may take */
};

/* One worker, or the place of one. */
struct slot {
	pid_t pid; /* 0: none runs */
	enum worker_kind kind;
	bool old; /* of the generation before: is not replaced */
	int64_t started;
	int64_t kill_at;       /* was asked to stop; 0: not yet */
	volatile bool *served; /* the worker says so itself */
};

struct supervisor {
	const struct config *config;
	char **argv;
	char binary[4096];
	long generation;
	struct listener listeners[2]; /* by enum worker_kind */
	struct render *render;
	struct slot slots[SLOTS];
	int slot_count;
	volatile bool *served; /* SLOTS of them, shared with the workers */
	struct brake brakes[WORKER_KINDS];
	pid_t checker;
	int64_t checker_until;
	bool drained; /* the old generation was told */
	bool stopping;
};

static volatile sig_atomic_t got_hup, got_stop;

static void
on_signal(int number)
{
	if (number == SIGHUP)
		got_hup = 1;
	else if (number != SIGCHLD)
		got_stop = 1;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *
number(char text[24], long n)
{
	snprintf(text, 24, "%ld", n);
	return text;
}

/* All are blocked but while it waits, so that none is missed. */
static void
set_signals(void)
{
	static const int handled[] = {SIGHUP, SIGTERM, SIGINT, SIGCHLD};
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(handled) / sizeof(handled[0]); i++)
		sigaction(handled[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
}

static void
wait_for_signal(int64_t ms)
{
	struct timespec limit = {ms / 1000, ms % 1000 * 1000000};
	sigset_t none;

	sigemptyset(&none);
	ppoll(NULL, 0, ms < 0 ? NULL : &limit, &none);
}

static struct slot *
add_slot(struct supervisor *s, enum worker_kind kind)
{
	struct slot *slot = &s->slots[s->slot_count];

	if (s->slot_count == SLOTS)
		return NULL;
	*slot = (struct slot){
		.kind = kind, .served = &s->served[s->slot_count]};
	s->slot_count++;
	return slot;
}

/* The sockets, and what execve() left: generation, descriptors, workers. */
static void
take_state(struct supervisor *s)
{
	char *text = getenv(STATE);
	int fds[2], own[2], at = 0, n = 0, pid;

	if (!text ||
		sscanf(text, "%d %ld %d %d %d %d%n", &pid, &s->generation,
			&fds[0], &own[0], &fds[1], &own[1], &at) != 6 ||
		pid != (int)getpid())
		return;
	s->generation++;
	for (int i = 0; i < 2; i++)
		s->listeners[i] =
			(struct listener){.fd = fds[i], .own = own[i] != 0};
	for (text += at; sscanf(text, "%d%n", &pid, &n) == 1; text += n) {
		struct slot *slot = add_slot(s, WORKER_PAGES);

		if (!slot)
			break;
		slot->pid = pid;
		slot->old = true;
	}
	unsetenv(STATE);
}

static int
open_sockets(struct supervisor *s)
{
	const char *const paths[] = {
		s->config->pages.socket, s->config->documents.socket};

	for (int i = 0; i < 2; i++) {
		struct listener *l = &s->listeners[i];

		l->path = paths[i];
		if (l->fd >= 0 && (!l->own || listen_is(l->fd, paths[i])))
			continue;
		/* The workers of before hold the old one open. */
		if (l->fd >= 0)
			close(l->fd);
		if (!listen_handed(l, worker_names[i]) &&
			listen_make(l, paths[i]))
			return -1;
	}
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	return 0;
}

static void
log_problems(const struct buffer *errors)
{
	char *line = errors->data;

	fputs(errors->data, stderr);
	for (char *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		log_event(LOG_ERROR, "load", "what", line, NULL);
	}
}

/* May this database not be used? One that is down is asked by the workers. */
static bool
is_refused(const struct config *config)
{
	struct db *db = load_db(config, 0);
	bool refused = db_ping(db) && db_refused(db);

	db_destroy(db);
	return refused;
}

static void reap(struct supervisor *s);

/*
 * Loads what the workers then share. After execve() the old generation
 * serves on meanwhile, however often it must be tried.
 */
static int
load(struct supervisor *s)
{
	for (;;) {
		struct pool *p = pool_create();
		struct buffer *errors = buffer_create(NULL);
		enum rc rc = load_all(p, s->config, &s->render, errors);

		if (rc)
			log_problems(errors);
		buffer_free(errors);
		/* Each worker holds what is left. */
		malloc_trim(0);
		if (rc == RC_OK && !is_refused(s->config))
			return 0;
		pool_destroy(p);
		if (s->slot_count == 0 || got_stop)
			return -1;
		wait_for_signal(RETRY_MS);
		reap(s);
	}
}

/* What nobody accepts from any more must not stay open: who connects would
 * wait for one that draws an export. */
static void
close_others(const struct supervisor *s, enum worker_kind kind)
{
	for (int i = 0; i < WORKER_JOBS; i++)
		if (i != (int)kind)
			close(s->listeners[i].fd);
}

static void
start_worker(struct supervisor *s, struct slot *slot)
{
	struct worker w = {.kind = slot->kind,
		.config = s->config,
		.render = s->render,
		.socket = slot->kind < WORKER_JOBS ? s->listeners[slot->kind].fd
						   : -1,
		.served = slot->served,
		.parent = getpid()};
	pid_t pid;

	*slot->served = false;
	pid = fork();
	if (pid == 0) {
		close_others(s, slot->kind);
		worker_run(&w);
	}
	slot->started = now_ms();
	slot->kill_at = 0;
	if (pid < 0) {
		log_event(LOG_ERROR, "fork", "error", strerror(errno), NULL);
		brake_hold(&s->brakes[slot->kind], now_ms());
		return;
	}
	slot->pid = pid;
}

static void
start_workers(struct supervisor *s)
{
	if (s->stopping)
		return;
	for (int i = 0; i < s->slot_count; i++) {
		struct slot *slot = &s->slots[i];

		if (!slot->pid && !slot->old &&
			now_ms() >= s->brakes[slot->kind].not_before)
			start_worker(s, slot);
	}
}

/* One of the generation before is not replaced. */
static void
brake(struct supervisor *s, const struct slot *slot)
{
	char pause[24];
	int64_t ms;

	if (slot->old || s->stopping)
		return;
	ms = brake_ended(
		&s->brakes[slot->kind], slot->started, now_ms(), *slot->served);
	if (ms)
		log_event(LOG_WARN, "workers-held-back", "pool",
			worker_names[slot->kind], "ms", number(pause, ms),
			NULL);
}

static void
log_end(const struct slot *slot, pid_t pid, int status)
{
	char who[24], what[24];

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	log_event(LOG_WARN, "worker-ended", "worker", number(who, pid), "pool",
		slot->old ? "old" : worker_names[slot->kind],
		WIFSIGNALED(status) ? "signal" : "status",
		number(what, WIFSIGNALED(status) ? WTERMSIG(status)
						 : WEXITSTATUS(status)),
		NULL);
}

/* Those of before are given with execve(), which must not come back. */
static void
execute_again(struct supervisor *s)
{
	char state[SLOTS * 8 + 100];
	size_t len = (size_t)snprintf(state, sizeof(state),
		"%d %ld %d %d %d %d", (int)getpid(), s->generation,
		s->listeners[0].fd, s->listeners[0].own, s->listeners[1].fd,
		s->listeners[1].own);

	for (int i = 0; i < s->slot_count; i++)
		if (s->slots[i].pid && len + 12 < sizeof(state))
			len += (size_t)snprintf(state + len,
				sizeof(state) - len, " %d",
				(int)s->slots[i].pid);
	setenv(STATE, state, 1);
	execv(s->binary, s->argv);
	log_event(LOG_ERROR, "reload", "what", s->binary, "error",
		strerror(errno), NULL);
	service_tell("READY=1");
	unsetenv(STATE);
}

static void
checked(struct supervisor *s, int status)
{
	s->checker = 0;
	if (s->stopping)
		return;
	if (status != 0) {
		log_event(LOG_ERROR, "reload-refused", "what",
			"the check failed; all stays as it is", NULL);
		service_tell("READY=1");
		return;
	}
	execute_again(s);
}

static void
reap(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == s->checker) {
			checked(s, status);
			continue;
		}
		for (int i = 0; i < s->slot_count; i++) {
			struct slot *slot = &s->slots[i];

			if (slot->pid != pid)
				continue;
			log_end(slot, pid, status);
			slot->pid = 0;
			brake(s, slot);
		}
	}
}

/* Only those of the generation before, or all. */
static void
ask_stop(struct supervisor *s, bool all)
{
	for (int i = 0; i < s->slot_count; i++) {
		struct slot *slot = &s->slots[i];

		if (!slot->pid || (!all && !slot->old))
			continue;
		kill(slot->pid, SIGTERM);
		slot->kill_at =
			now_ms() + (int64_t)s->config->drain_seconds * 1000;
	}
}

/* Drops the places of old workers that have gone. Answers who runs. */
static int
tidy(struct supervisor *s)
{
	int kept = 0, running = 0;

	for (int i = 0; i < s->slot_count; i++) {
		struct slot *slot = &s->slots[i];

		if (slot->pid && slot->kill_at && now_ms() >= slot->kill_at)
			kill(slot->pid, SIGKILL);
		if (!slot->pid && slot->old)
			continue;
		running += slot->pid != 0;
		s->slots[kept++] = *slot;
	}
	s->slot_count = kept;
	if (s->checker && now_ms() >= s->checker_until)
		kill(s->checker, SIGKILL);
	return running;
}

/* In milliseconds, when there is something to do without a signal; -1. */
static int64_t
next_event(const struct supervisor *s)
{
	int64_t next = s->checker ? s->checker_until : INT64_MAX;

	for (int i = 0; i < s->slot_count; i++) {
		const struct slot *slot = &s->slots[i];
		int64_t at = slot->kill_at;

		if (!slot->pid && !s->stopping)
			at = s->brakes[slot->kind].not_before;
		else if (!slot->pid || !slot->kill_at)
			continue;
		if (at < next)
			next = at;
	}
	if (next == INT64_MAX)
		return -1;
	return next > now_ms() ? next - now_ms() : 10;
}

/* What a check needs of a supervisor: nothing but its file. */
static void
start_check(struct supervisor *s)
{
	char *argv[] = {s->binary, (char *)(uintptr_t) "-c",
		(char *)(uintptr_t)s->config->file, (char *)(uintptr_t) "check",
		NULL};
	sigset_t none;
	pid_t pid = fork();

	if (pid == 0) {
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execv(s->binary, argv);
		_exit(127);
	}
	if (pid > 0) {
		service_tell("RELOADING=1");
		s->checker = pid;
		s->checker_until = now_ms() + CHECK_MS;
	}
}

static void
begin_stop(struct supervisor *s)
{
	s->stopping = true;
	log_event(LOG_INFO, "stopping", NULL);
	service_tell("STOPPING=1");
	ask_stop(s, true);
	if (s->checker)
		kill(s->checker, SIGKILL);
}

static void
fill_slots(struct supervisor *s)
{
	const int wanted[WORKER_KINDS] = {s->config->pages.workers,
		s->config->documents.workers, s->config->job_workers,
		s->config->exports.workers};

	for (int kind = 0; kind < WORKER_KINDS; kind++)
		for (int i = 0; i < wanted[kind]; i++)
			add_slot(s, (enum worker_kind)kind);
}

static void
run(struct supervisor *s)
{
	int running = 0;

	while (!s->stopping || running > 0) {
		start_workers(s);
		if (!s->drained)
			ask_stop(s, false);
		s->drained = true;
		wait_for_signal(next_event(s));
		reap(s);
		if (got_stop && !s->stopping)
			begin_stop(s);
		if (got_hup && !s->checker && !s->stopping) {
			got_hup = 0;
			start_check(s);
		}
		running = tidy(s);
	}
}

bool
supervise_again(void)
{
	const struct timespec limit = {RETRY_MS / 1000, 0};
	sigset_t stops;

	if (!getenv(STATE))
		return false;
	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGINT);
	return sigtimedwait(&stops, NULL, &limit) < 0;
}

int
supervise(const struct config *config, char **argv)
{
	struct supervisor *s = memory_alloc(sizeof(*s));
	ssize_t len =
		readlink("/proc/self/exe", s->binary, sizeof(s->binary) - 1);
	char generation[24];
	int status = 1;

	s->config = config;
	s->argv = argv;
	s->listeners[0].fd = s->listeners[1].fd = -1;
	s->served = mmap(NULL, SLOTS, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->served == MAP_FAILED) {
		log_event(LOG_ERROR, "memory", "error", strerror(errno), NULL);
		free(s);
		return 1;
	}
	if (len <= 0)
		snprintf(s->binary, sizeof(s->binary), "%s", argv[0]);
	set_signals();
	take_state(s);
	if (open_sockets(s) == 0 && load(s) == 0) {
		fill_slots(s);
		log_event(LOG_INFO, "started", "generation",
			number(generation, s->generation), NULL);
		service_tell("READY=1");
		run(s);
		log_event(LOG_INFO, "stopped", NULL);
		status = 0;
	}
	listen_close(&s->listeners[0]);
	listen_close(&s->listeners[1]);
	munmap((void *)(uintptr_t)s->served, SLOTS);
	free(s);
	return status;
}
