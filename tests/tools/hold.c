/*
 * hold [NAME=SOCKET...] -- COMMAND...
 * Holds listening sockets, as a service manager does, and runs the command
 * with them (LISTEN_FDS); starts it again, 100 ms later as systemd does,
 * whenever it ends. SIGTERM
 * is passed on, and ends it all when the command has ended. Without sockets
 * the command makes its own each time.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST = 3, BACKLOG = 1024, AGAIN_MS = 100 };

static volatile sig_atomic_t stopping;
static volatile sig_atomic_t child;

static void
on_stop(int number)
{
	stopping = 1;
	if (child > 0)
		kill(child, number);
}

static void
listen_at(int fd, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int made = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	unlink(path);
	if (made < 0 ||
		bind(made, (struct sockaddr *)&address, sizeof(address)) ||
		listen(made, BACKLOG)) {
		perror(path);
		exit(1);
	}
	if (made != fd) {
		dup2(made, fd);
		close(made);
	}
}

static void
execute(char **command)
{
	char pid[24];

	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("LISTEN_PID", pid, 1);
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

/* A signal that comes between fork() and here is in stopping. */
static void
run(char **command)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		execute(command);
	child = pid;
	if (stopping)
		kill(pid, SIGTERM);
	while (waitpid(pid, &status, 0) < 0)
		;
	child = 0;
}

int
main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_stop};
	char names[200] = "", count[24];
	size_t used = 0;
	int i = 1;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
		char *path = strchr(argv[i], '=');

		if (!path || used + strlen(argv[i]) >= sizeof(names))
			break;
		*path++ = '\0';
		used += (size_t)snprintf(names + used, sizeof(names) - used,
			"%s%s", i > 1 ? ":" : "", argv[i]);
		listen_at(FIRST + i - 1, path);
	}
	if (i + 1 >= argc || strcmp(argv[i], "--") != 0) {
		fputs("usage: hold [NAME=SOCKET...] -- COMMAND...\n", stderr);
		return 64;
	}
	snprintf(count, sizeof(count), "%d", i - 1);
	if (i > 1) {
		setenv("LISTEN_FDS", count, 1);
		setenv("LISTEN_FDNAMES", names, 1);
	}
	sigaction(SIGTERM, &action, NULL);
	while (!stopping) {
		run(argv + i + 1);
		if (!stopping)
			usleep(AGAIN_MS * 1000);
	}
	return 0;
}
