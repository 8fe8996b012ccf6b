#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "http.h"
#include "multipart.h"
#include "text.h"

enum { LARGE_BLOCK = 64 * 1024 };

#define COOKIE "__Host-hulpbalie"

static const char *const suffixes[] = {
	[FORMAT_HTML] = "",
	[FORMAT_XML] = ".xml",
	[FORMAT_PDF] = ".pdf",
	[FORMAT_XLSX] = ".xlsx",
};

const char *
http_suffix(enum format format)
{
	return suffixes[format];
}

/* "" where it is not there; what is not printable ASCII counts as such. */
static const char *
param(const struct http_input *in, const char *name)
{
	size_t len = strlen(name);

	for (char *const *p = in->params; *p; p++) {
		const char *value = *p + len + 1;

		if (strncmp(*p, name, len) != 0 || (*p)[len] != '=')
			continue;
		for (const char *s = value; *s; s++)
			if (*s < 0x20 || *s > 0x7e)
				return "";
		return value;
	}
	return "";
}

static int
parse_method(struct request *r, const char *name)
{
	r->method = METHOD_GET;
	if (strcmp(name, "HEAD") == 0)
		r->method = METHOD_HEAD;
	else if (strcmp(name, "POST") == 0)
		r->method = METHOD_POST;
	else if (strcmp(name, "GET") != 0)
		return 405;
	return 0;
}

/* The ending of the path says the format, and is taken off. */
static void
parse_path(struct request *r, const char *path, size_t len)
{
	r->path = pool_strndup(r->pool, path, len);
	for (enum format f = FORMAT_XML; f <= FORMAT_XLSX; f++) {
		size_t size = strlen(suffixes[f]);

		if (len > size &&
			strcmp(r->path + len - size, suffixes[f]) == 0) {
			r->path = pool_strndup(r->pool, path, len - size);
			r->format = f;
		}
	}
}

static int
parse_uri(struct request *r, const char *uri)
{
	size_t len = strcspn(uri, "?");

	r->path = "/";
	r->query = "";
	r->format = FORMAT_HTML;
	if (uri[0] != '/' || len > REQUEST_PATH_MAX || strpbrk(uri, " \"<>#"))
		return 400;
	parse_path(r, uri, len);
	if (!uri[len])
		return 0;
	r->query = pool_strdup(r->pool, uri + len + 1);
	if (strlen(r->query) > REQUEST_QUERY_MAX ||
		params_parse(r->pool, r->query, strlen(r->query), &r->get))
		return 400;
	return 0;
}

/* Reads to the end; 413 where it is too long, 400 where it broke off. */
static int
read_body(struct request *r, const struct http_input *in, int64_t most)
{
	const char *length = param(in, "CONTENT_LENGTH");
	char *body = NULL;
	char rest[4096];
	size_t total = 0;
	int64_t want = 0;
	int n;

	if (*length && (!text_int(length, &want) || want < 0))
		return 400;
	if (want > 0 && want <= most)
		body = pool_alloc(r->pool, (size_t)want + 1);
	while ((n = in->read(in->arg, rest, sizeof(rest))) > 0) {
		if (body && total + (size_t)n <= (size_t)want)
			memcpy(body + total, rest, (size_t)n);
		total += (size_t)n;
	}
	if (n < 0)
		return 400;
	if (want > most || total > (size_t)most)
		return 413;
	if (total != (size_t)want)
		return 400;
	r->body = body ? body : "";
	r->body_len = total;
	return 0;
}

struct mapping {
	void *bytes;
	size_t len;
	int file;
};

static void
let_go(void *arg)
{
	struct mapping *m = arg;

	if (m->bytes)
		munmap(m->bytes, m->len);
	close(m->file);
}

static bool
write_all(int file, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(file, bytes, len);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* A file without a name: it goes with the request, however that ends. */
static int
open_nameless(struct pool *p)
{
	char *name = pool_strdup(p, "/tmp/hulpbalie-XXXXXX");
	int file = mkostemp(name, O_CLOEXEC);

	if (file >= 0)
		unlink(name);
	return file;
}

/* As read_body(), into a file that is mapped: a worker stays small. */
static int
read_large(struct request *r, const struct http_input *in, int64_t most)
{
	struct mapping *m = pool_alloc(r->pool, sizeof(*m));
	char *block = pool_alloc(r->pool, LARGE_BLOCK);
	int64_t want = 0;
	size_t total = 0;
	bool kept = true;
	int n;

	if (!text_int(param(in, "CONTENT_LENGTH"), &want) || want < 0)
		return 400;
	m->file = open_nameless(r->pool);
	if (m->file < 0)
		return 500;
	pool_cleanup(r->pool, let_go, m);
	while ((n = in->read(in->arg, block, LARGE_BLOCK)) > 0) {
		total += (size_t)n;
		if (kept && total <= (size_t)most)
			kept = write_all(m->file, block, (size_t)n);
	}
	if (n < 0)
		return 400;
	if (want > most || total > (size_t)most)
		return 413;
	if (total != (size_t)want)
		return 400;
	m->len = total;
	m->bytes = !kept || !total ? MAP_FAILED
				   : mmap(NULL, total, PROT_READ, MAP_PRIVATE,
					     m->file, 0);
	if (m->bytes == MAP_FAILED) {
		m->bytes = NULL;
		return total ? 500 : 0;
	}
	r->body = m->bytes;
	r->body_len = total;
	r->upload_file = m->file;
	return 0;
}

static bool
is_form(const char *type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	size_t len = sizeof(form) - 1;

	return strncasecmp(type, form, len) == 0 &&
	       (type[len] == '\0' || type[len] == ';' || type[len] == ' ');
}

static int
parse_body(struct request *r, const struct http_input *in)
{
	const char *type = param(in, "CONTENT_TYPE");
	const char *boundary = r->method == METHOD_POST
				       ? multipart_boundary(r->pool, type)
				       : NULL;
	int64_t most = !boundary  ? REQUEST_BODY_MAX
		       : in->most ? in->most(r)
				  : REQUEST_UPLOAD_MAX;
	int status = most > REQUEST_UPLOAD_MAX ? read_large(r, in, most)
					       : read_body(r, in, most);

	if (status || r->method != METHOD_POST || r->body_len == 0)
		return status;
	if (boundary) {
		r->boundary = boundary;
		r->upload = r->body;
		r->upload_len = r->body_len;
		r->body = "";
		r->body_len = 0;
		return 0;
	}
	if (!is_form(type))
		return 415;
	if (params_parse(r->pool, r->body, r->body_len, &r->post))
		return 400;
	return 0;
}

static void
parse_client(struct request *r, const struct http_input *in)
{
	const char *address = param(in, "REMOTE_ADDR");

	if (!*address ||
		strspn(address, "0123456789abcdefABCDEF.:") != strlen(address))
		address = "-";
	r->address = pool_strdup(r->pool, address);
	r->agent = pool_strdup(r->pool, param(in, "HTTP_USER_AGENT"));
	r->cookies = pool_strdup(r->pool, param(in, "HTTP_COOKIE"));
	r->cookie = request_cookie(r, COOKIE);
	r->if_none_match =
		pool_strdup(r->pool, param(in, "HTTP_IF_NONE_MATCH"));
	r->if_modified_since =
		pool_strdup(r->pool, param(in, "HTTP_IF_MODIFIED_SINCE"));
}

int
http_parse(struct request *r, const struct http_input *in)
{
	int method, uri, body;

	request_name(r->id);
	r->lang = "nl";
	r->body = "";
	parse_client(r, in);
	method = parse_method(r, param(in, "REQUEST_METHOD"));
	uri = parse_uri(r, param(in, "REQUEST_URI"));
	body = parse_body(r, in);
	return method ? method : uri ? uri : body;
}

static const char *
reason(int status)
{
	switch (status) {
	case 200:
		return "OK";
	case 304:
		return "Not Modified";
	case 303:
		return "See Other";
	case 400:
		return "Bad Request";
	case 403:
		return "Forbidden";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 409:
		return "Conflict";
	case 410:
		return "Gone";
	case 413:
		return "Content Too Large";
	case 415:
		return "Unsupported Media Type";
	case 422:
		return "Unprocessable Content";
	case 429:
		return "Too Many Requests";
	case 500:
		return "Internal Server Error";
	case 503:
		return "Service Unavailable";
	default:
		return "Answer";
	}
}

/* The CSP allows nothing inline: see the design of the pages. */
static const char security[] =
	"Content-Security-Policy: default-src 'none'; script-src 'self'; "
	"style-src 'self'; img-src 'self'; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; base-uri 'none'; "
	"frame-ancestors 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"Referrer-Policy: same-origin\r\n"
	"Cross-Origin-Opener-Policy: same-origin\r\n"
	"Cross-Origin-Resource-Policy: same-origin\r\n"
	"Permissions-Policy: camera=(), geolocation=(), microphone=(), "
	"payment=(), usb=()\r\n"
	"Cache-Control: no-store\r\n";

/* A name is ASCII without quotes, and once more as it is. */
static void
disposition(const struct request *r, struct buffer *out)
{
	char *plain = pool_strdup(r->pool, r->response.filename);

	for (char *s = plain; *s; s++)
		if (*s <= 0x20 || *s > 0x7e || strchr("\"\\/:;", *s))
			*s = '_';
	buffer_printf(out,
		"Content-Disposition: attachment; filename=\"%s\"; "
		"filename*=UTF-8''%s\r\n",
		plain, text_urlencode(r->pool, r->response.filename));
}

void
http_head(const struct request *r, struct buffer *out)
{
	const struct response *a = &r->response;
	size_t len = a->body && !a->location ? a->body->len : 0;

	buffer_printf(out, "Status: %d %s\r\n", a->status, reason(a->status));
	buffer_puts(out, security);
	buffer_printf(out, "X-Request-Id: %s\r\n", r->id);
	if (a->headers)
		buffer_add(out, a->headers->data, a->headers->len);
	if (a->location)
		buffer_printf(out, "Location: %s\r\n", a->location);
	else if (a->type)
		buffer_printf(out, "Content-Type: %s\r\n", a->type);
	if (a->filename)
		disposition(r, out);
	if (a->status != 304)
		buffer_printf(out, "Content-Length: %zu\r\n", len);
	buffer_puts(out, "\r\n");
}
