/*
 * sms_stub PORT DIR: an SMS gateway for demo and tests. It takes any POST on
 * 127.0.0.1 and keeps its body in a file of its own, DIR/TIME-COUNT.txt,
 * that appears whole, by rename. Faults on demand, while the file exists:
 *
 *	DIR/fail	every POST is answered 500
 *	DIR/reject	every POST is answered 400
 *	DIR/drop	the message is kept, but the connection dies unanswered
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "sink.h"

enum { REQUEST_MAX = 64 * 1024, IDLE_SECONDS = 5 };

static volatile sig_atomic_t stopping;

static void
on_stop(int signal)
{
	(void)signal;
	stopping = 1;
}

static void
answer(int fd, const char *status)
{
	char text[256];
	int n = snprintf(text, sizeof text,
		"HTTP/1.1 %s\r\nContent-Type: text/plain\r\n"
		"Content-Length: %zu\r\nConnection: close\r\n\r\n%s\n",
		status, strlen(status) + 1, status);

	(void)!send(fd, text, (size_t)n, MSG_NOSIGNAL);
}

static bool
keep(const char *body, size_t len)
{
	char temp[64], name[64];
	FILE *file;
	bool written;

	sink_name(temp, "part");
	sink_name(name, "txt");
	file = fopen(temp, "wx");
	if (file == NULL)
		return false;
	written = fwrite(body, 1, len, file) == len;
	written = fclose(file) == 0 && written;
	if (written && rename(temp, name) == 0)
		return true;
	unlink(temp);
	return false;
}

/* The length that the header gives, or SIZE_MAX without one. */
static size_t
content_length(const char *header)
{
	const char *line = strcasestr(header, "\r\nContent-Length:");

	return line == NULL ? SIZE_MAX : strtoul(line + 17, NULL, 10);
}

/* Reads until the text has len bytes; false where the client gave up. */
static bool
read_up_to(int fd, char *text, size_t *have, size_t len)
{
	while (*have < len) {
		ssize_t n = recv(fd, text + *have, len - *have, 0);

		if (n <= 0)
			return false;
		*have += (size_t)n;
		text[*have] = '\0';
	}
	return true;
}

static void
serve(int fd)
{
	static char text[REQUEST_MAX + 1];
	const struct timeval idle = {IDLE_SECONDS, 0};
	char *body = NULL;
	size_t have = 0, head, len;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof idle);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &idle, sizeof idle);
	text[0] = '\0';
	while ((body = strstr(text, "\r\n\r\n")) == NULL) {
		ssize_t n = recv(fd, text + have, REQUEST_MAX - have, 0);

		if (n <= 0)
			return;
		have += (size_t)n;
		text[have] = '\0';
	}
	head = (size_t)(body - text) + 4;
	*body = '\0';
	len = content_length(text);
	if (strncmp(text, "POST ", 5) != 0)
		answer(fd, "405 Method Not Allowed");
	else if (len == SIZE_MAX)
		answer(fd, "411 Length Required");
	else if (len > REQUEST_MAX - head)
		answer(fd, "413 Content Too Large");
	else if (!read_up_to(fd, text, &have, head + len))
		return;
	else if (sink_fault("reject"))
		answer(fd, "400 Bad Request");
	else if (sink_fault("fail") || !keep(text + head, len))
		answer(fd, "500 Internal Server Error");
	else if (!sink_fault("drop"))
		answer(fd, "200 OK");
}

int
main(int argc, char **argv)
{
	struct sigaction stop = {.sa_handler = on_stop};
	int server;

	if (argc != 3) {
		fputs("usage: sms_stub PORT DIR\n", stderr);
		return 2;
	}
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	umask(077);
	if (chdir(argv[2]) != 0) {
		perror(argv[2]);
		return 1;
	}
	server = sink_listen(argv[1]);
	if (server < 0) {
		perror(argv[1]);
		return 1;
	}
	while (!stopping) {
		int fd = accept4(server, NULL, NULL, SOCK_CLOEXEC);

		if (fd < 0)
			continue;
		serve(fd);
		close(fd);
	}
	return 0;
}
