/* The log: one JSON object a line, whatever the values hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/log.h"

static char path[] = "/tmp/hulpbalie-log-XXXXXX";

/* What stands in the file now; it is emptied. */
static const char *
taken(void)
{
	static char text[20000];
	FILE *f = fopen(path, "r");
	size_t len;

	assert_non_null(f);
	len = fread(text, 1, sizeof(text) - 1, f);
	text[len] = '\0';
	fclose(f);
	assert_int_equal(truncate(path, 0), 0);
	return text;
}

static void
test_line(void **state)
{
	const char *line;
	char pid[40];

	(void)state;
	log_request("0123456789abcdef");
	log_event(LOG_WARN, "test", "a", "1", "b", NULL, "c", "x y", NULL);
	log_request(NULL);
	line = taken();
	assert_memory_equal(line, "{\"time\":\"20", 11);
	snprintf(pid, sizeof(pid), "\"pid\":\"%d\"", (int)getpid());
	assert_non_null(strstr(line, pid));
	assert_non_null(strstr(line,
		",\"request\":\"0123456789abcdef\",\"event\":\"test\","
		"\"a\":\"1\",\"c\":\"x y\"}\n"));
	assert_non_null(strstr(line, "\"level\":\"warn\""));
	log_event(LOG_INFO, "alone", NULL);
	line = taken();
	assert_null(strstr(line, "request"));
	assert_non_null(strstr(line, "\"event\":\"alone\"}\n"));
}

static void
test_escapes(void **state)
{
	(void)state;
	log_event(LOG_INFO, "test", "v", "\"\\\n\x01\x7f \xc3\xa9 \xff \xc3",
		NULL);
	assert_non_null(strstr(taken(),
		"\"v\":\"\\\"\\\\\\u000a\\u0001\\u007f \xc3\xa9 "
		"\xef\xbf\xbd \xef\xbf\xbd\"}\n"));
}

static void
test_long(void **state)
{
	char big[10000];
	const char *line;
	size_t len;

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	log_event(LOG_INFO, "test", "v", big, "w", big, NULL);
	line = taken();
	len = strlen(line);
	assert_true(len > 3900 && len <= 4096);
	assert_string_equal(line + len - 4, "x\"}\n");
	memset(big, '"', sizeof(big) - 1);
	log_event(LOG_INFO, "test", "v", big, NULL);
	line = taken();
	assert_string_equal(line + strlen(line) - 5, "\\\"\"}\n");
}

static void
test_open(void **state)
{
	(void)state;
	assert_int_equal(log_open("/nowhere/log"), -1);
	log_event(LOG_INFO, "still", NULL);
	assert_non_null(strstr(taken(), "still"));
	assert_int_equal(log_open(path), 0);
	log_event(LOG_INFO, "again", NULL);
	assert_non_null(strstr(taken(), "again"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_open),
	};
	int fd = mkstemp(path);
	int failed;

	if (fd < 0 || log_open(path))
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
