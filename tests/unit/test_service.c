/* What a service manager is told, and by whom it is asked (S12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "listen.h"
#include "service.h"

/* A manager's socket; @ stands for a name without a file. */
static int
manager(const char *name)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t len;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);

	memcpy(address.sun_path, name, strlen(name));
	if (name[0] == '@')
		address.sun_path[0] = '\0';
	len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
			  strlen(name));
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
	setenv("NOTIFY_SOCKET", name, 1);
	return fd;
}

static void
assert_told(int fd, const char *wanted)
{
	char text[64] = "";
	ssize_t len = recv(fd, text, sizeof(text) - 1, 0);

	assert_int_equal(len, (ssize_t)strlen(wanted));
	assert_string_equal(text, wanted);
}

static void
test_tells(void **state)
{
	char path[64], hidden[64];
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "/tmp/test_service.%d", (int)getpid());
	snprintf(hidden, sizeof(hidden), "@test_service.%d", (int)getpid());
	fd = manager(path);
	service_tell("READY=1");
	assert_told(fd, "READY=1");
	close(fd);
	unlink(path);
	fd = manager(hidden);
	service_tell("STOPPING=1");
	assert_told(fd, "STOPPING=1");
	close(fd);
}

/* Nobody there, or nobody who asks: the portal runs on. */
static void
test_without_manager(void **state)
{
	(void)state;
	setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
	service_tell("READY=1");
	unsetenv("NOTIFY_SOCKET");
	service_tell("READY=1");
}

/* Sockets handed over are for this process alone, and go by their names. */
static void
test_handed(void **state)
{
	struct listener l = {.fd = -1};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char pid[24];

	(void)state;
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("LISTEN_FDNAMES", "documents:pages", 1);
	setenv("LISTEN_PID", "1", 1);
	assert_false(listen_handed(&l, "pages"));
	setenv("LISTEN_PID", pid, 1);
	assert_false(listen_handed(&l, "page"));
	assert_int_equal(dup2(fd, 4), 4);
	assert_true(listen_handed(&l, "pages"));
	assert_int_equal(l.fd, 4);
	assert_false(l.own);
	close(4);
	if (fd != 4)
		close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tells),
		cmocka_unit_test(test_without_manager),
		cmocka_unit_test(test_handed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
