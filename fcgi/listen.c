#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/log.h"
#include "listen.h"

enum { FIRST_HANDED = 3, BACKLOG = 1024 };

static bool
set_flags(int fd)
{
	return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
	       fcntl(fd, F_SETFD, 0) == 0;
}

bool
listen_handed(struct listener *l, const char *name)
{
	const char *pid = getenv("LISTEN_PID");
	const char *names = getenv("LISTEN_FDNAMES");
	size_t len = strlen(name);

	if (!pid || atoi(pid) != (int)getpid())
		return false;
	for (int fd = FIRST_HANDED; names && *names; fd++) {
		size_t size = strcspn(names, ":");

		if (size == len && strncmp(names, name, len) == 0) {
			*l = (struct listener){.fd = fd};
			return set_flags(fd);
		}
		names += size + (names[size] == ':');
	}
	return false;
}

static int
failed(const char *path, const char *what)
{
	log_event(LOG_ERROR, "socket", "path", path, "what", what, "error",
		strerror(errno), NULL);
	return -1;
}

/* The descriptor stays open: closing it would give the lock back. */
static int
lock(const char *path)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char name[200];
	int fd;

	snprintf(name, sizeof(name), "%s.lock", path);
	fd = open(name, O_RDWR | O_CREAT, 0600);
	if (fd < 0)
		return failed(name, "open");
	if (fcntl(fd, F_SETLK, &whole)) {
		failed(name, "another portal uses it");
		close(fd);
		return -1;
	}
	return 0;
}

int
listen_make(struct listener *l, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	*l = (struct listener){.path = path, .fd = -1};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (lock(path))
		return -1;
	l->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (l->fd < 0 || !set_flags(l->fd))
		return failed(path, "socket");
	unlink(path);
	if (bind(l->fd, (struct sockaddr *)&address, sizeof(address)))
		return failed(path, "bind");
	l->own = true;
	if (listen(l->fd, BACKLOG))
		return failed(path, "listen");
	return 0;
}

bool
listen_is(int fd, const char *path)
{
	struct sockaddr_un address = {0};
	socklen_t len = sizeof(address) - 1;

	return getsockname(fd, (struct sockaddr *)&address, &len) == 0 &&
	       strcmp(address.sun_path, path) == 0;
}

void
listen_close(struct listener *l)
{
	char name[200];

	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	if (!l->own)
		return;
	snprintf(name, sizeof(name), "%s.lock", l->path);
	unlink(l->path);
	unlink(name);
}
