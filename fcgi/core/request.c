#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include "http.h"
#include "log.h"
#include "request.h"
#include "text.h"

void
request_name(char id[REQUEST_ID_SIZE])
{
	unsigned char bytes[(REQUEST_ID_SIZE - 1) / 2];

	randombytes_buf(bytes, sizeof(bytes));
	text_hex(bytes, sizeof(bytes), id);
}

const char *
request_target(const struct request *r)
{
	return pool_printf(r->pool, "%s%s%s%s", r->path, http_suffix(r->format),
		*r->query ? "?" : "", r->query);
}

bool
request_local(const char *path)
{
	if (!path || path[0] != '/' || path[1] == '/' || path[1] == '\\')
		return false;
	for (const char *s = path; *s; s++)
		if ((unsigned char)*s <= 0x20 || *s == 0x7f || *s == '\\')
			return false;
	return text_valid(path, strlen(path));
}

const char *
request_cookie(const struct request *r, const char *name)
{
	size_t len = strlen(name);
	const char *s = r->cookies;

	while (s && *s) {
		size_t size;

		s += strspn(s, "; ");
		size = strcspn(s, ";");
		if (strncmp(s, name, len) == 0 && s[len] == '=')
			return pool_strndup(
				r->pool, s + len + 1, size - len - 1);
		s += size;
	}
	return NULL;
}

void
request_redirect(struct request *r, const char *format, ...)
{
	va_list args;
	const char *to;

	va_start(args, format);
	to = pool_vprintf(r->pool, format, args);
	va_end(args);
	if (!request_local(to)) {
		log_event(LOG_ERROR, "redirect-refused", "path", r->path, NULL);
		to = "/";
	}
	r->response.location = to;
}

void
request_header(struct request *r, const char *name, const char *value)
{
	size_t len = strcspn(value, "\r\n");

	if (!r->response.headers)
		r->response.headers = buffer_create(r->pool);
	buffer_puts(r->response.headers, name);
	buffer_puts(r->response.headers, ": ");
	buffer_add(r->response.headers, value, len);
	buffer_puts(r->response.headers, "\r\n");
}
