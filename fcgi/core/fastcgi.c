#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "fastcgi.h"

enum {
	VERSION = 1,
	END_REQUEST = 3,
	STDOUT = 6,
	HEADER = 8,
	CONTENT_MAX = 65528, /* a multiple of 8: no padding */
	PARTS = 64	     /* of one writev() */
};

bool
fastcgi_accept(FCGX_Request *request, int listening, int seconds)
{
	struct timeval limit = {.tv_sec = seconds};
	int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return false;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	/* As if it were kept from a request before: so the library reads on
	 * it, and does not accept by itself. */
	request->ipcFd = fd;
	request->keepConnection = 1;
	return FCGX_Accept_r(request) == 0;
}

int
fastcgi_read(void *arg, char *bytes, int size)
{
	FCGX_Request *request = arg;
	int n = FCGX_GetStr(bytes, size, request->in);

	return n == 0 && FCGX_GetError(request->in) ? -1 : n;
}

static bool
write_all(int fd, struct iovec *part, int count)
{
	while (count > 0) {
		ssize_t n = writev(fd, part, count);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		for (; count > 0 && (size_t)n >= part->iov_len; part++, count--)
			n -= (ssize_t)part->iov_len;
		if (count > 0) {
			part->iov_base = (char *)part->iov_base + n;
			part->iov_len -= (size_t)n;
		}
	}
	return true;
}

/* What is written together: records of the protocol and their content. */
struct answer {
	int fd;
	int id;
	int count;
	bool failed;
	struct iovec parts[PARTS];
	unsigned char headers[PARTS][HEADER];
};

static void
flush(struct answer *a)
{
	a->failed = a->failed || !write_all(a->fd, a->parts, a->count);
	a->count = 0;
}

static void
add_record(struct answer *a, int type, const char *content, size_t len)
{
	unsigned char *header;

	if (a->count + 2 > PARTS)
		flush(a);
	header = a->headers[a->count];
	header[0] = VERSION;
	header[1] = (unsigned char)type;
	header[2] = (unsigned char)(a->id >> 8);
	header[3] = (unsigned char)a->id;
	header[4] = (unsigned char)(len >> 8);
	header[5] = (unsigned char)len;
	header[6] = header[7] = 0;
	a->parts[a->count++] = (struct iovec){header, HEADER};
	if (len > 0)
		a->parts[a->count++] =
			(struct iovec){(void *)(uintptr_t)content, len};
}

static void
add_stream(struct answer *a, const struct buffer *b)
{
	for (size_t at = 0; at < b->len; at += CONTENT_MAX) {
		size_t left = b->len - at;

		add_record(a, STDOUT, b->data + at,
			left < CONTENT_MAX ? left : CONTENT_MAX);
	}
}

bool
fastcgi_answer(FCGX_Request *request, const struct buffer *head,
	const struct buffer *body)
{
	static const char complete[8]; /* status 0, request complete */
	struct answer a = {.fd = request->ipcFd, .id = request->requestId};

	add_stream(&a, head);
	if (body)
		add_stream(&a, body);
	add_record(&a, STDOUT, NULL, 0);
	add_record(&a, END_REQUEST, complete, sizeof(complete));
	flush(&a);
	return !a.failed;
}

void
fastcgi_end(FCGX_Request *request)
{
	/* Detached: close() alone. The request was read to its end, so there
	 * is nothing to wait for. */
	FCGX_Detach(request);
	FCGX_Free(request, 1);
}
