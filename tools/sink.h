#ifndef TOOLS_SINK_H
#define TOOLS_SINK_H

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * What the demo's mail and SMS servers share. They keep what they get in
 * the folder they work in, and simulate a fault while a file of its name is
 * there.
 */
static inline bool
sink_fault(const char *name)
{
	return access(name, F_OK) == 0;
}

/* A name that sorts by time and is not used twice by this process. */
static inline void
sink_name(char name[64], const char *suffix)
{
	static unsigned counter;
	struct timespec now;
	struct tm tm;
	char when[32];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(when, sizeof when, "%Y%m%dT%H%M%S", &tm);
	snprintf(name, 64, "%s.%06ldZ-%06u.%s", when, now.tv_nsec / 1000,
		++counter, suffix);
}

/* Listens on 127.0.0.1; -1 with errno where it can't. */
static inline int
sink_listen(const char *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int on = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 ||
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
		bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
		listen(fd, 64) != 0)
		return -1;
	return fd;
}

#endif
