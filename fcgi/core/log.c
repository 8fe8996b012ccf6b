#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "log.h"
#include "text.h"

/* A line is written by one call and fits in a pipe's buffer, so that lines
 * of several processes do not mix. */
enum { LINE_MAX_BYTES = 4096, TAIL = 16 };

struct line {
	char text[LINE_MAX_BYTES];
	size_t len;
};

static int file = STDERR_FILENO;
static char request_id[24];

int
log_open(const char *path)
{
	int fd = STDERR_FILENO;

	if (strcmp(path, "-") != 0) {
		fd = open(
			path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
		if (fd < 0)
			return -1;
	}
	if (file != STDERR_FILENO)
		close(file);
	file = fd;
	return 0;
}

int
log_file(void)
{
	return file;
}

void
log_request(const char *id)
{
	snprintf(request_id, sizeof(request_id), "%s", id ? id : "");
}

/* What does not fit is left out; the tail is for the quote at the end. */
static void
add(struct line *l, const char *s, size_t len)
{
	if (l->len + len > sizeof(l->text) - TAIL)
		return;
	memcpy(l->text + l->len, s, len);
	l->len += len;
}

static void
add_escaped(struct line *l, const char *s)
{
	size_t left = strlen(s);

	while (left > 0) {
		unsigned char c = (unsigned char)*s;
		char code[8];
		size_t n = 1;

		if (c < 0x20 || c == 0x7f || c == '"' || c == '\\') {
			int len = c == '"' || c == '\\'
					  ? snprintf(code, sizeof(code), "\\%c",
						    c)
					  : snprintf(code, sizeof(code),
						    "\\u%04x", c);

			add(l, code, (size_t)len);
		} else {
			while (n < left && n < 4 &&
				((unsigned char)s[n] & 0xc0) == 0x80)
				n++;
			if (text_valid(s, n))
				add(l, s, n);
			else
				add(l, "\xef\xbf\xbd", 3);
		}
		s += n;
		left -= n;
	}
}

static void
add_pair(struct line *l, const char *name, const char *value)
{
	if (l->len + strlen(name) + 5 > sizeof(l->text) - TAIL)
		return;
	add(l, ",\"", 2);
	add_escaped(l, name);
	add(l, "\":\"", 3);
	add_escaped(l, value);
	l->text[l->len++] = '"';
}

void
log_event(enum log_level level, const char *event, ...)
{
	static const char *const levels[] = {"debug", "info", "warn", "error"};
	struct line l = {.len = 0};
	struct timespec now;
	struct tm tm;
	char seconds[24], value[40];
	va_list args;
	const char *name;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(seconds, sizeof(seconds), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(value, sizeof(value), "%s.%03dZ", seconds,
		(int)(now.tv_nsec / 1000000));
	add_pair(&l, "time", value);
	add_pair(&l, "level", levels[level]);
	snprintf(value, sizeof(value), "%d", (int)getpid());
	add_pair(&l, "pid", value);
	if (request_id[0])
		add_pair(&l, "request", request_id);
	add_pair(&l, "event", event);
	va_start(args, event);
	while ((name = va_arg(args, const char *))) {
		const char *text = va_arg(args, const char *);

		if (text)
			add_pair(&l, name, text);
	}
	va_end(args);
	l.text[0] = '{';
	memcpy(l.text + l.len, "}\n", 2);
	(void)!write(file, l.text, l.len + 2);
}
