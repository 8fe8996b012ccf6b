/*
 * A request as the web server hands it over: lines NAME=value, an empty line,
 * the body. Cookies and the CSRF token are looked at too.
 */
#include <string.h>

#include "core/text.h"
#include "fuzz.h"

enum { LINES = 30 };

struct input {
	const char *at;
	const char *end;
};

static int
read_some(void *arg, char *bytes, int size)
{
	struct input *in = arg;
	size_t n = (size_t)(in->end - in->at);

	if (n > (size_t)size)
		n = (size_t)size;
	memcpy(bytes, in->at, n);
	in->at += n;
	return (int)n;
}

static void
look_at(struct request *r)
{
	struct buffer *head = buffer_create(r->pool);

	MUST(r->path[0] == '/' && strlen(r->path) <= REQUEST_PATH_MAX);
	MUST(strlen(r->query) <= REQUEST_QUERY_MAX);
	MUST(r->body_len <= REQUEST_BODY_MAX);
	(void)request_cookie(r, "__Host-hulpbalie");
	(void)request_cookie(r, "");
	MUST(!csrf_valid(r));
	request_header(r, "X-Path", r->path);
	request_redirect(r, "%s",
		params_get(&r->get, "next") ? params_get(&r->get, "next")
					    : "/");
	MUST(request_local(r->response.location));
	r->response.status = 303;
	http_head(r, head);
	MUST(!strstr(head->data, "\n\n"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request *r = fuzz_request();
	char *text = fuzz_text(r->pool, bytes, size);
	char *params[LINES + 1] = {0};
	struct input body = {text + size, text + size};
	struct http_input in = {params, read_some, &body, NULL};
	int count = 0;

	for (char *line = text; count < LINES;) {
		char *end = memchr(line, '\n', (size_t)(text + size - line));

		if (!end)
			break;
		*end = '\0';
		if (end == line) {
			body.at = end + 1;
			break;
		}
		params[count++] = line;
		line = end + 1;
	}
	r->who = NULL;
	if (!http_parse(r, &in))
		look_at(r);
	return 0;
}
