#include <string.h>
#include <strings.h>

#include "multipart.h"
#include "text.h"

enum { BOUNDARY_MAX = 70 };

const char *
multipart_boundary(struct pool *p, const char *type)
{
	static const char form[] = "multipart/form-data";
	const char *s = type + sizeof(form) - 1;
	const char *stop = ";, \t";
	size_t len;

	if (strncasecmp(type, form, sizeof(form) - 1) != 0)
		return NULL;
	s = strcasestr(s, "boundary=");
	if (!s)
		return NULL;
	s += strlen("boundary=");
	if (*s == '"') {
		stop = "\"";
		s++;
	}
	len = strcspn(s, stop);
	return len && len <= BOUNDARY_MAX ? pool_strndup(p, s, len) : NULL;
}

/* What is left of the body. */
struct rest {
	const char *s;
	size_t len;
};

static bool
skip(struct rest *r, const char *text)
{
	size_t len = strlen(text);

	if (r->len < len || memcmp(r->s, text, len) != 0)
		return false;
	r->s += len;
	r->len -= len;
	return true;
}

/* Up to that text, which is left out; false where there is none. */
static bool
take(struct rest *r, const char *text, struct rest *taken)
{
	const char *found = memmem(r->s, r->len, text, strlen(text));

	if (!found)
		return false;
	*taken = (struct rest){r->s, (size_t)(found - r->s)};
	r->s = found;
	r->len -= taken->len;
	return skip(r, text);
}

/* name="…" of a header, or NULL: browsers write quotes in it as %22. */
static const char *
parameter(struct pool *p, struct rest header, const char *name)
{
	const char *mark = pool_printf(p, "; %s=\"", name);
	const char *s = memmem(header.s, header.len, mark, strlen(mark));
	const char *end, *stop = header.s + header.len;

	if (!s)
		return NULL;
	s += strlen(mark);
	end = memchr(s, '"', (size_t)(stop - s));
	if (!end || !text_clean(s, (size_t)(end - s)))
		return NULL;
	return pool_strndup(p, s, (size_t)(end - s));
}

static struct rest
disposition_of(struct rest head)
{
	static const char name[] = "content-disposition:";
	struct rest line;

	while (head.len) {
		if (!take(&head, "\r\n", &line)) {
			line = head;
			head.len = 0;
		}
		if (line.len >= sizeof(name) - 1 &&
			!strncasecmp(line.s, name, sizeof(name) - 1))
			return line;
	}
	return (struct rest){"", 0};
}

static enum rc
add_part(struct request *r, struct rest head, struct rest body)
{
	struct rest line = disposition_of(head);
	const char *name = parameter(r->pool, line, "name");
	const char *file = parameter(r->pool, line, "filename");

	if (!name || !*name)
		return RC_INVALID;
	if (file && r->files.count < REQUEST_FILES_MAX) {
		r->files.items[r->files.count++] =
			(struct upload){name, file, body.s, body.len};
		return RC_OK;
	}
	if (file || r->post.count == REQUEST_PARAMS_MAX ||
		!text_clean(body.s, body.len))
		return RC_INVALID;
	r->post.items[r->post.count++] =
		(struct param){name, pool_strndup(r->pool, body.s, body.len)};
	return RC_OK;
}

enum rc
multipart_parse(struct request *r)
{
	const char *mark = pool_printf(r->pool, "--%s", r->boundary);
	const char *next = pool_printf(r->pool, "\r\n%s", mark);
	struct rest rest = {r->upload, r->upload_len};
	enum rc rc = RC_OK;

	r->post.items = pool_calloc(
		r->pool, REQUEST_PARAMS_MAX, sizeof(*r->post.items));
	if (!skip(&rest, mark))
		return RC_INVALID;
	while (!rc && skip(&rest, "\r\n")) {
		struct rest part, head;

		if (!take(&rest, next, &part) ||
			!take(&part, "\r\n\r\n", &head))
			return RC_INVALID;
		rc = add_part(r, head, part);
	}
	return rc || skip(&rest, "--") ? rc : RC_INVALID;
}
