/* What nginx sends becomes a request; what the answer says of itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/http.h"

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

/* A body that comes in pieces; breaks: it ends too early. */
struct source {
	const char *text;
	size_t left;
	bool breaks;
};

static int
read_some(void *arg, char *bytes, int size)
{
	struct source *s = arg;
	size_t n = s->left < 1000 ? s->left : 1000;

	if (n > (size_t)size)
		n = (size_t)size;
	if (n == 0)
		return s->breaks ? -1 : 0;
	memcpy(bytes, s->text, n);
	s->text += n;
	s->left -= n;
	return (int)n;
}

static struct request r;

static int
parse_source(const char *method, const char *uri, const char *type,
	const char *length, struct source *source)
{
	char *params[] = {pool_printf(pool, "REQUEST_METHOD=%s", method),
		pool_printf(pool, "REQUEST_URI=%s", uri),
		pool_printf(pool, "CONTENT_TYPE=%s", type),
		pool_printf(pool, "CONTENT_LENGTH=%s", length),
		pool_printf(pool, "REMOTE_ADDR=%s", "2001:db8::7"),
		pool_printf(pool, "HTTP_USER_AGENT=%s", "Test/1 (x)"),
		pool_printf(pool, "HTTP_COOKIE=%s",
			"a=b; __Host-hulpbalie=abc-_9; c=d"),
		NULL};
	struct http_input in = {params, read_some, source, NULL};
	int status;

	memset(&r, 0, sizeof(r));
	r.pool = pool;
	status = http_parse(&r, &in);
	assert_int_equal(strlen(r.id), 16);
	assert_int_equal(source->left, 0);
	return status;
}

static int
parse(const char *method, const char *uri, const char *type, const char *body)
{
	struct source source = {body, strlen(body), false};

	return parse_source(method, uri, type,
		*body ? pool_printf(pool, "%zu", strlen(body)) : "", &source);
}

#define FORM "application/x-www-form-urlencoded"

static void
test_get(void **state)
{
	char first[17];

	(void)state;
	assert_int_equal(parse("GET", "/aids/204817?a=1&b=%20", "", ""), 0);
	assert_int_equal(r.method, METHOD_GET);
	assert_int_equal(r.format, FORMAT_HTML);
	assert_string_equal(r.path, "/aids/204817");
	assert_string_equal(r.query, "a=1&b=%20");
	assert_string_equal(params_get(&r.get, "b"), " ");
	assert_string_equal(r.address, "2001:db8::7");
	assert_string_equal(r.agent, "Test/1 (x)");
	assert_string_equal(r.cookie, "abc-_9");
	assert_string_equal(request_cookie(&r, "c"), "d");
	assert_int_equal(r.body_len, 0);
	memcpy(first, r.id, sizeof(first));
	assert_int_equal(parse("HEAD", "/", "", ""), 0);
	assert_int_equal(r.method, METHOD_HEAD);
	assert_string_not_equal(first, r.id);
}

static void
test_formats(void **state)
{
	(void)state;
	assert_int_equal(parse("GET", "/aids.xml?x=.pdf", "", ""), 0);
	assert_int_equal(r.format, FORMAT_XML);
	assert_string_equal(r.path, "/aids");
	assert_int_equal(parse("GET", "/aids.pdf", "", ""), 0);
	assert_int_equal(r.format, FORMAT_PDF);
	assert_int_equal(parse("GET", "/aids/1.xlsx", "", ""), 0);
	assert_int_equal(r.format, FORMAT_XLSX);
	assert_string_equal(r.path, "/aids/1");
	assert_int_equal(parse("GET", "/aids.XML", "", ""), 0);
	assert_int_equal(r.format, FORMAT_HTML);
	assert_string_equal(r.path, "/aids.XML");
	assert_int_equal(parse("GET", "/aids.xml.pdf", "", ""), 0);
	assert_string_equal(r.path, "/aids.xml");
	assert_string_equal(http_suffix(FORMAT_XLSX), ".xlsx");
}

static void
test_bad_address(void **state)
{
	char longer[REQUEST_QUERY_MAX + 100];

	(void)state;
	assert_int_equal(parse("GET", "", "", ""), 400);
	assert_int_equal(parse("GET", "aids", "", ""), 400);
	assert_int_equal(parse("GET", "/a b", "", ""), 400);
	assert_int_equal(parse("GET", "/\xc3\xa9", "", ""), 400);
	assert_int_equal(parse("GET", "/?a=%", "", ""), 400);
	assert_int_equal(parse("GET", "/?a=%00", "", ""), 400);
	assert_int_equal(parse("PUT", "/", "", ""), 405);
	assert_int_equal(parse("", "/", "", ""), 405);
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	longer[0] = '/';
	assert_int_equal(parse("GET", longer, "", ""), 400);
	longer[1] = '?';
	assert_int_equal(parse("GET", longer, "", ""), 400);
	assert_string_equal(r.path, "/");
}

static void
test_post(void **state)
{
	(void)state;
	assert_int_equal(parse("POST", "/login", FORM, "email=a%40b&x=1"), 0);
	assert_int_equal(r.method, METHOD_POST);
	assert_string_equal(params_get(&r.post, "email"), "a@b");
	assert_string_equal(r.body, "email=a%40b&x=1");
	assert_int_equal(r.body_len, 15);
	assert_int_equal(parse("POST", "/", FORM "; charset=UTF-8", "a=1"), 0);
	assert_int_equal(parse("POST", "/", "", ""), 0);
	assert_int_equal(parse("POST", "/", "text/plain", "a=1"), 415);
	assert_int_equal(parse("POST", "/", FORM "s", "a=1"), 415);
	assert_int_equal(parse("POST", "/", "multipart/form-data", "a"), 415);
	assert_int_equal(parse("POST", "/", FORM, "a=%zz"), 400);
	assert_int_equal(parse("GET", "/", FORM, "a=1"), 0);
	assert_int_equal(r.post.count, 0);
}

static void
test_sizes(void **state)
{
	char body[REQUEST_BODY_MAX + 3000];
	struct source source = {body, REQUEST_BODY_MAX, false};

	(void)state;
	memset(body, 'a', sizeof(body));
	body[0] = 'b';
	body[1] = '=';
	assert_int_equal(parse_source("POST", "/", FORM, "65536", &source), 0);
	assert_int_equal(
		strlen(params_get(&r.post, "b")), REQUEST_BODY_MAX - 2);
	source = (struct source){body, sizeof(body), false};
	assert_int_equal(
		parse_source("POST", "/", FORM, "68536", &source), 413);
	/* The length said less, or more, or nonsense. */
	source = (struct source){body, 50, false};
	assert_int_equal(parse_source("POST", "/", FORM, "49", &source), 400);
	source = (struct source){body, 50, false};
	assert_int_equal(parse_source("POST", "/", FORM, "51", &source), 400);
	source = (struct source){body, 50, true};
	assert_int_equal(parse_source("POST", "/", FORM, "51", &source), 400);
	source = (struct source){body, sizeof(body), false};
	assert_int_equal(parse_source("POST", "/", FORM, "10", &source), 413);
	source = (struct source){body, 0, false};
	assert_int_equal(parse_source("POST", "/", FORM, "-1", &source), 400);
	assert_int_equal(parse_source("POST", "/", FORM, "x", &source), 400);
}

static const char *
head(void)
{
	struct buffer *out = buffer_create(pool);

	http_head(&r, out);
	return out->data;
}

static void
test_head(void **state)
{
	const char *text;

	(void)state;
	assert_int_equal(parse("GET", "/", "", ""), 0);
	r.response.status = 422;
	r.response.type = "text/html; charset=utf-8";
	r.response.body = buffer_create(pool);
	buffer_puts(r.response.body, "hello");
	request_header(&r, "Set-Cookie", "a=b");
	text = head();
	assert_memory_equal(text, "Status: 422 Unprocessable Content\r\n", 35);
	assert_non_null(strstr(text, "\r\nContent-Security-Policy: default-src "
				     "'none'; script-src 'self'"));
	assert_null(strstr(text, "unsafe"));
	assert_non_null(strstr(text, "\r\nCache-Control: no-store\r\n"));
	assert_non_null(strstr(
		text, pool_printf(pool, "\r\nX-Request-Id: %s\r\n", r.id)));
	assert_non_null(strstr(text, "\r\nSet-Cookie: a=b\r\n"));
	assert_non_null(
		strstr(text, "\r\nContent-Type: text/html; charset=utf-8\r\n"
			     "Content-Length: 5\r\n\r\n"));
}

static void
test_redirect_head(void **state)
{
	const char *text;

	(void)state;
	assert_int_equal(parse("GET", "/", "", ""), 0);
	r.response.status = 303;
	r.response.type = "text/html";
	r.response.body = buffer_create(pool);
	buffer_puts(r.response.body, "not sent");
	request_redirect(&r, "/aids?x=%d", 1);
	text = head();
	assert_memory_equal(text, "Status: 303 See Other\r\n", 23);
	assert_non_null(strstr(
		text, "\r\nLocation: /aids?x=1\r\nContent-Length: 0\r\n\r\n"));
	assert_null(strstr(text, "\r\nContent-Type"));
}

static void
test_filename(void **state)
{
	const char *text;

	(void)state;
	assert_int_equal(parse("GET", "/", "", ""), 0);
	r.response.status = 200;
	r.response.type = "application/pdf";
	r.response.filename = "a\"b\r\n\xc3\xa9.pdf";
	text = head();
	assert_non_null(strstr(text,
		"\r\nContent-Disposition: attachment; filename=\"a_b____.pdf\";"
		" filename*=UTF-8''a%22b%0D%0A%C3%A9.pdf\r\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_get),
		TEST(test_formats),
		TEST(test_bad_address),
		TEST(test_post),
		TEST(test_sizes),
		TEST(test_head),
		TEST(test_redirect_head),
		TEST(test_filename),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
