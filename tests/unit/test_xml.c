/* The writer of XML: what comes out, and what ends the process. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/log.h"
#include "core/xml.h"

static struct pool *pool;

static int
begin(void **state)
{
	(void)state;
	pool = pool_create();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

/* The document as text, in the pool, without declaration and last LF. */
static const char *
written(struct xml *x)
{
	xmlChar *text;
	int len;
	const char *s;

	xmlDocDumpMemoryEnc(xml_doc(x), &text, &len, "UTF-8");
	s = strchr((const char *)text, '\n') + 1;
	s = pool_strndup(pool, s, strlen(s) - 1);
	xmlFree(text);
	return s;
}

static void
test_write(void **state)
{
	struct xml *x = xml_create(pool, "page");

	(void)state;
	xml_attr(x, "id", "a<b>&\"c\"");
	xml_attr(x, "none", NULL);
	xml_attr_int(x, "count", -9000000000);
	xml_open(x, "body");
	xml_text(x, "1 < 2 & \xe2\x82\xac");
	xml_text(x, NULL);
	xml_text(x, "");
	xml_text(x, "; more");
	xml_elem(x, "empty", NULL);
	xml_elem(x, "full", "]]>");
	assert_int_equal(xml_depth(x), 2);
	xml_close(x);
	xml_close(x);
	assert_int_equal(xml_depth(x), 0);
	assert_string_equal(written(x),
		"<page id=\"a&lt;b&gt;&amp;&quot;c&quot;\" "
		"count=\"-9000000000\"><body>1 &lt; 2 &amp; \xe2\x82\xac; more"
		"<empty/><full>]]&gt;</full></body></page>");
}

static void
test_bad_text(void **state)
{
	struct xml *x = xml_create(pool, "page");

	(void)state;
	log_open("/dev/null");
	xml_attr(x, "id", "\x01z\xc3");
	xml_text(x, "a\x01\x02 b\xff\xc3\xa9\xed\xa0\x80");
	log_open("-");
	assert_string_equal(written(x),
		"<page id=\"\xef\xbf\xbdz\xef\xbf\xbd\">a\xef\xbf\xbd\xef\xbf"
		"\xbd b\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf"
		"\xbd</page>");
}

static void
test_depth(void **state)
{
	struct xml *x = xml_create(pool, "page");
	int depth;

	(void)state;
	xml_open(x, "body");
	depth = xml_depth(x);
	xml_open(x, "list");
	xml_open(x, "rows");
	xml_close_to(x, depth);
	xml_close_to(x, depth + 3);
	assert_int_equal(xml_depth(x), depth);
	xml_elem(x, "next", "1");
	assert_string_equal(written(x),
		"<page><body><list><rows/></list><next>1</next></body></page>");
}

static void
test_copy(void **state)
{
	struct xml *from = xml_create(pool, "aid");
	struct xml *x = xml_create(pool, "page");

	(void)state;
	xml_attr(from, "number", "204817");
	xml_elem(from, "type", "Tillo 200");
	xml_copy(x, xmlDocGetRootElement(xml_doc(from)));
	xml_copy(x, xmlDocGetRootElement(xml_doc(from)));
	assert_string_equal(written(x),
		"<page><aid number=\"204817\"><type>Tillo 200</type></aid>"
		"<aid number=\"204817\"><type>Tillo 200</type></aid></page>");
}

static void
late_attribute(void)
{
	struct xml *x = xml_create(pool, "page");

	xml_text(x, "text");
	xml_attr(x, "id", "1");
}

static void
bad_name(void)
{
	xml_open(xml_create(pool, "page"), "a b");
}

static void
attribute_twice(void)
{
	struct xml *x = xml_create(pool, "page");

	xml_attr(x, "id", "1");
	xml_attr(x, "id", "2");
}

static void
closed_too_often(void)
{
	struct xml *x = xml_create(pool, "page");

	xml_close(x);
	xml_close(x);
}

static void
second_root(void)
{
	struct xml *x = xml_create(pool, "page");

	xml_close(x);
	xml_open(x, "page");
}

static void
test_mistakes(void **state)
{
	static void (*const mistakes[])(void) = {late_attribute, bad_name,
		attribute_twice, closed_too_often, second_root};

	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		pid_t pid = fork();
		int status = 0;

		if (pid == 0) {
			signal(SIGABRT, SIG_DFL);
			log_open("/dev/null");
			mistakes[i]();
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGABRT);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_write),
		TEST(test_bad_text),
		TEST(test_depth),
		TEST(test_copy),
		TEST(test_mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
