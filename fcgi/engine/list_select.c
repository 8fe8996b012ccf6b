#include <string.h>

#include "../core/buffer.h"
#include "list_select.h"

enum { KEY_MAX = 20 };

bool
picks_have(const struct picks *p, const char *key)
{
	for (size_t i = 0; i < p->count; i++)
		if (!strcmp(p->keys[i], key))
			return true;
	return false;
}

bool
picks_add(struct pool *pool, struct picks *p, const char *key)
{
	if (picks_have(p, key))
		return true;
	if (!p->keys)
		p->keys = pool_calloc(pool, PICKS_MAX, sizeof(*p->keys));
	p->more |= p->count == PICKS_MAX;
	if (p->count == PICKS_MAX)
		return false;
	p->keys[p->count++] = key;
	return true;
}

static bool
is_key(const char *s, size_t len)
{
	if (!len || len > KEY_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!(s[i] >= '0' && s[i] <= '9') &&
			!(s[i] >= 'A' && s[i] <= 'Z') &&
			!(s[i] >= 'a' && s[i] <= 'z') && s[i] != '-')
			return false;
	return true;
}

void
picks_read(const struct request *r, struct picks *p)
{
	*p = (struct picks){0};
	for (size_t i = 0; i < r->get.count; i++) {
		const char *s = r->get.items[i].value;

		if (strcmp(r->get.items[i].name, "pick") != 0)
			continue;
		while (*s) {
			size_t len = strcspn(s, ".");

			if (is_key(s, len))
				picks_add(r->pool, p,
					pool_strndup(r->pool, s, len));
			s += len;
			s += *s == '.';
		}
	}
}

const char *
picks_text(struct pool *pool, const struct picks *p)
{
	struct buffer *b = buffer_create(pool);

	for (size_t i = 0; i < p->count; i++)
		buffer_printf(b, "%s%s", i ? "." : "", p->keys[i]);
	return b->data;
}

const char *
picks_json(struct pool *pool, const struct picks *p)
{
	struct buffer *b = buffer_create(pool);

	buffer_putc(b, '[');
	for (size_t i = 0; i < p->count; i++)
		buffer_printf(b, "%s\"%s\"", i ? "," : "", p->keys[i]);
	buffer_putc(b, ']');
	return b->data;
}
