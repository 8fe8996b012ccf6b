/*
 * smtp_sink PORT DIR: a mail server for demo and tests. It takes any mail on
 * 127.0.0.1 and keeps each in a file of its own, DIR/TIME-COUNT.eml: the
 * envelope as Return-Path and Delivered-To, then the message as it came.
 * A file appears whole, by rename. Faults on demand, while the file exists:
 *
 *	DIR/refuse	MAIL is answered 451, try again later
 *	DIR/deny	MAIL is answered 550, not from you
 *	DIR/reject	RCPT is answered 550, for ever
 *	DIR/drop	the mail is kept, but the connection dies unanswered
 */
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sink.h"

enum {
	CLIENTS_MAX = 64,
	RECIPIENTS_MAX = 100,
	ADDRESS_MAX = 320,
	LINE_MAX_BYTES = 4096,
	MESSAGE_MAX = 25 * 1024 * 1024,
	IDLE_SECONDS = 60
};

/* Where the end of the data, CR LF . CR LF, was reached so far. */
enum data_state { DATA_LINE, DATA_TEXT, DATA_CR, DATA_DOT, DATA_DOT_CR };

struct client {
	int fd; /* -1: free */
	time_t seen;
	bool greeted;
	bool from_known;
	char from[ADDRESS_MAX];
	int recipients;
	char (*to)[ADDRESS_MAX];
	FILE *message; /* open while data come in */
	char temp[64];
	size_t size;
	enum data_state state;
	size_t len;
	char line[LINE_MAX_BYTES];
};

static struct client clients[CLIENTS_MAX];
static volatile sig_atomic_t stopping;

static void
on_stop(int signal)
{
	(void)signal;
	stopping = 1;
}

static void
client_forget(struct client *c)
{
	if (c->message != NULL) {
		fclose(c->message);
		unlink(c->temp);
		c->message = NULL;
	}
	c->from_known = false;
	c->recipients = 0;
}

static void
client_close(struct client *c)
{
	client_forget(c);
	close(c->fd);
	c->fd = -1;
}

/* A client that does not read its answers is let go. */
static void
client_answer(struct client *c, const char *text)
{
	char line[512];
	int n = snprintf(line, sizeof line, "%s\r\n", text);

	if (send(c->fd, line, (size_t)n, MSG_NOSIGNAL) != n)
		client_close(c);
}

/* The address in <...> after the colon; false where there is none. */
static bool
address_parse(const char *text, char address[ADDRESS_MAX])
{
	const char *end;
	size_t n;

	while (*text == ' ')
		text++;
	if (*text++ != '<' || (end = strchr(text, '>')) == NULL)
		return false;
	n = (size_t)(end - text);
	if (n >= ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (iscntrl((unsigned char)text[i]) || text[i] == ' ')
			return false;
	memcpy(address, text, n);
	address[n] = '\0';
	return true;
}

/* SIZE=n among the parameters of MAIL, or 0. */
static unsigned long
size_parse(const char *text)
{
	const char *size = strcasestr(text, " SIZE=");

	return size == NULL ? 0 : strtoul(size + 6, NULL, 10);
}

static void
command_mail(struct client *c, const char *text)
{
	if (!c->greeted || c->from_known)
		client_answer(c, "503 5.5.1 Not now");
	else if (sink_fault("deny"))
		client_answer(c, "550 5.7.1 Not from you");
	else if (sink_fault("refuse"))
		client_answer(c, "451 4.3.0 Try again later");
	else if (!address_parse(text, c->from))
		client_answer(c, "501 5.1.7 Sender not understood");
	else if (size_parse(text) > MESSAGE_MAX)
		client_answer(c, "552 5.3.4 Message too big");
	else {
		c->from_known = true;
		client_answer(c, "250 2.1.0 Sender ok");
	}
}

static void
command_rcpt(struct client *c, const char *text)
{
	char to[ADDRESS_MAX];

	if (!c->from_known)
		client_answer(c, "503 5.5.1 Not now");
	else if (!address_parse(text, to) || to[0] == '\0')
		client_answer(c, "501 5.1.3 Recipient not understood");
	else if (sink_fault("reject"))
		client_answer(c, "550 5.1.1 No such mailbox");
	else if (c->recipients == RECIPIENTS_MAX)
		client_answer(c, "452 4.5.3 Too many recipients");
	else {
		memcpy(c->to[c->recipients++], to, sizeof to);
		client_answer(c, "250 2.1.5 Recipient ok");
	}
}

static void
command_data(struct client *c)
{
	if (c->recipients == 0) {
		client_answer(c, "503 5.5.1 Not now");
		return;
	}
	sink_name(c->temp, "part");
	c->message = fopen(c->temp, "wx");
	if (c->message == NULL) {
		client_answer(c, "451 4.3.0 Cannot write");
		return;
	}
	fprintf(c->message, "Return-Path: <%s>\r\n", c->from);
	for (int i = 0; i < c->recipients; i++)
		fprintf(c->message, "Delivered-To: %s\r\n", c->to[i]);
	c->size = 0;
	c->state = DATA_LINE;
	client_answer(c, "354 End with a dot on a line");
}

static void
message_finish(struct client *c)
{
	char name[64];
	bool written;

	sink_name(name, "eml");
	written = ferror(c->message) == 0;
	written = fclose(c->message) == 0 && written;
	c->message = NULL;
	if (c->size > MESSAGE_MAX) {
		unlink(c->temp);
		client_forget(c);
		client_answer(c, "552 5.3.4 Message too big");
		return;
	}
	if (!written || rename(c->temp, name) != 0) {
		unlink(c->temp);
		client_forget(c);
		client_answer(c, "451 4.3.0 Cannot write");
		return;
	}
	client_forget(c);
	if (sink_fault("drop"))
		client_close(c);
	else
		client_answer(c, "250 2.0.0 Kept");
}

static void
message_put(struct client *c, char byte)
{
	if (++c->size <= MESSAGE_MAX)
		putc(byte, c->message);
}

/* One byte of the message; the dot that was doubled is made single. */
static void
message_byte(struct client *c, char byte)
{
	switch (c->state) {
	case DATA_DOT_CR:
		if (byte == '\n') {
			message_finish(c);
			return;
		}
		message_put(c, '\r');
		break;
	case DATA_DOT:
		if (byte == '\r') {
			c->state = DATA_DOT_CR;
			return;
		}
		break;
	case DATA_CR:
		message_put(c, '\r');
		if (byte == '\n') {
			message_put(c, '\n');
			c->state = DATA_LINE;
			return;
		}
		break;
	case DATA_LINE:
		if (byte == '.') {
			c->state = DATA_DOT;
			return;
		}
		break;
	case DATA_TEXT:
		break;
	}
	if (byte == '\r') {
		c->state = DATA_CR;
		return;
	}
	message_put(c, byte);
	c->state = DATA_TEXT;
}

static void
command(struct client *c, const char *line)
{
	if (strncasecmp(line, "EHLO ", 5) == 0) {
		client_forget(c);
		c->greeted = true;
		client_answer(c, "250-localhost\r\n250-PIPELINING\r\n"
				 "250-8BITMIME\r\n250-SMTPUTF8\r\n"
				 "250 SIZE 26214400");
	} else if (strncasecmp(line, "HELO ", 5) == 0) {
		client_forget(c);
		c->greeted = true;
		client_answer(c, "250 localhost");
	} else if (strncasecmp(line, "MAIL FROM:", 10) == 0) {
		command_mail(c, line + 10);
	} else if (strncasecmp(line, "RCPT TO:", 8) == 0) {
		command_rcpt(c, line + 8);
	} else if (strcasecmp(line, "DATA") == 0) {
		command_data(c);
	} else if (strcasecmp(line, "RSET") == 0) {
		client_forget(c);
		client_answer(c, "250 2.0.0 Forgotten");
	} else if (strncasecmp(line, "NOOP", 4) == 0) {
		client_answer(c, "250 2.0.0 Yes");
	} else if (strcasecmp(line, "QUIT") == 0) {
		client_answer(c, "221 2.0.0 Bye");
		if (c->fd >= 0)
			client_close(c);
	} else {
		client_answer(c, "500 5.5.2 Not understood");
	}
}

static void
client_byte(struct client *c, char byte)
{
	if (c->message != NULL) {
		message_byte(c, byte);
		return;
	}
	if (byte == '\n') {
		if (c->len > 0 && c->line[c->len - 1] == '\r')
			c->len--;
		c->line[c->len] = '\0';
		c->len = 0;
		command(c, c->line);
		return;
	}
	if (c->len == sizeof c->line - 1) {
		client_answer(c, "500 5.5.6 Line too long");
		if (c->fd >= 0)
			client_close(c);
		return;
	}
	c->line[c->len++] = byte;
}

static void
client_read(struct client *c, time_t now)
{
	char bytes[16384];
	ssize_t n = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		client_close(c);
		return;
	}
	c->seen = now;
	for (ssize_t i = 0; i < n && c->fd >= 0; i++)
		client_byte(c, bytes[i]);
}

static void
client_accept(int server, time_t now)
{
	int fd = accept4(server, NULL, NULL, SOCK_CLOEXEC);
	struct client *c = clients;

	if (fd < 0)
		return;
	while (c < clients + CLIENTS_MAX && c->fd >= 0)
		c++;
	if (c == clients + CLIENTS_MAX) {
		close(fd);
		return;
	}
	c->fd = fd;
	c->seen = now;
	c->greeted = false;
	c->len = 0;
	client_answer(c, "220 localhost ESMTP");
}

static void
serve(int server)
{
	struct pollfd polled[CLIENTS_MAX + 1];

	while (!stopping) {
		time_t now;

		polled[CLIENTS_MAX] = (struct pollfd){server, POLLIN, 0};
		for (int i = 0; i < CLIENTS_MAX; i++)
			polled[i] = (struct pollfd){clients[i].fd, POLLIN, 0};
		if (poll(polled, CLIENTS_MAX + 1, 1000) < 0)
			continue;
		now = time(NULL);
		for (int i = 0; i < CLIENTS_MAX; i++) {
			if (clients[i].fd < 0)
				continue;
			if (polled[i].revents != 0)
				client_read(&clients[i], now);
			else if (now - clients[i].seen > IDLE_SECONDS)
				client_close(&clients[i]);
		}
		if (polled[CLIENTS_MAX].revents != 0)
			client_accept(server, now);
	}
}

int
main(int argc, char **argv)
{
	struct sigaction stop = {.sa_handler = on_stop};
	int server;

	if (argc != 3) {
		fputs("usage: smtp_sink PORT DIR\n", stderr);
		return 2;
	}
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	umask(077);
	for (int i = 0; i < CLIENTS_MAX; i++) {
		clients[i].fd = -1;
		clients[i].to = calloc(RECIPIENTS_MAX, ADDRESS_MAX);
		if (clients[i].to == NULL)
			return 1;
	}
	if (chdir(argv[2]) != 0) {
		perror(argv[2]);
		return 1;
	}
	server = sink_listen(argv[1]);
	if (server < 0) {
		perror(argv[1]);
		return 1;
	}
	serve(server);
	for (int i = 0; i < CLIENTS_MAX; i++) {
		if (clients[i].fd >= 0)
			client_close(&clients[i]);
		free(clients[i].to);
	}
	return 0;
}
