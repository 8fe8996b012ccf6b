#ifndef LISTEN_H
#define LISTEN_H

#include <stdbool.h>

/*
 * A listening unix socket, non-blocking, that outlives execve().
 */
struct listener {
	const char *path;
	int fd;
	bool own; /* made here: removed at the end */
};

/* Takes the one of that name that systemd handed over; false: none. */
bool listen_handed(struct listener *, const char *name);

/*
 * Makes it; the lock beside it (path.lock) is held until this process ends,
 * also through execve(). 0, or -1 with a line in the log.
 */
int listen_make(struct listener *, const char *path);

/* One from before execve(): is it still bound to that path? */
bool listen_is(int fd, const char *path);

/* Removes what was made here. */
void listen_close(struct listener *);

#endif
