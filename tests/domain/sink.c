#include <arpa/inet.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <curl/curl.h>

#include "sink.h"
#include "world.h"

static char folder[] = "/tmp/hulpbalie-mail-XXXXXX";
static pid_t sink;
int sink_port;

static int
free_port(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);
	int s = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(s, (struct sockaddr *)&a, sizeof(a)), 0);
	getsockname(s, (struct sockaddr *)&a, &len);
	close(s);
	return ntohs(a.sin_port);
}

static bool
answers(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)sink_port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int s = socket(AF_INET, SOCK_STREAM, 0);
	bool yes = !connect(s, (struct sockaddr *)&a, sizeof(a));

	close(s);
	return yes;
}

void
sink_start(const char *program)
{
	char path[40], number[16];

	snprintf(path, sizeof(path), "build/%s", program);
	snprintf(number, sizeof(number), "%d", sink_port);
	sink = fork();
	if (!sink) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execl(path, program, number, folder, NULL);
		_exit(127);
	}
	for (int i = 0; i < 200 && !answers(); i++)
		usleep(10000);
	assert_true(answers());
}

void
sink_stop(void)
{
	kill(sink, SIGTERM);
	waitpid(sink, NULL, 0);
}

int
sink_begin(void **state)
{
	(void)state;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (!mkdtemp(folder))
		return -1;
	sink_port = free_port();
	return 0;
}

int
sink_end(void **state)
{
	(void)state;
	return rmdir(folder);
}

const char *
sink_received(const char *ending, int *came)
{
	DIR *d = opendir(folder);
	char *text = pool_alloc(pool, 400000);
	char path[400];

	*came = 0;
	for (struct dirent *e; (e = readdir(d));) {
		FILE *f;

		if (!strstr(e->d_name, ending))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		f = fopen(path, "re");
		text[fread(text, 1, 399999, f)] = '\0';
		fclose(f);
		unlink(path);
		++*came;
	}
	closedir(d);
	return text;
}

void
sink_fault(const char *name, bool on)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (on)
		fclose(fopen(path, "we"));
	else
		unlink(path);
}
