#include <string.h>

#include "request.h"
#include "text.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* NULL: a bad escape, bad UTF-8 or a control character. */
static const char *
decode(struct pool *p, const char *text, size_t len)
{
	char *result = pool_alloc(p, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < len ? hex(text[i + 1]) : -1;
			int low = i + 2 < len ? hex(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high << 4 | low);
			i += 2;
		}
		result[n++] = c;
	}
	return text_clean(result, n) ? result : NULL;
}

enum rc
params_parse(
	struct pool *p, const char *text, size_t len, struct params *params)
{
	const char *end = text + len;
	size_t most = 1;

	params->count = 0;
	params->items = NULL;
	if (len == 0)
		return RC_OK;
	for (const char *s = text; s < end; s++)
		most += *s == '&';
	if (most > REQUEST_PARAMS_MAX)
		return RC_INVALID;
	params->items = pool_calloc(p, most, sizeof(*params->items));
	for (const char *s = text; s < end;) {
		size_t size = (size_t)(end - s);
		const char *stop = memchr(s, '&', size);
		struct param *item = &params->items[params->count];
		const char *equals;

		if (!stop)
			stop = end;
		size = (size_t)(stop - s);
		equals = memchr(s, '=', size);
		if (!equals)
			equals = stop;
		if (size > 0) {
			const char *value = equals < stop ? equals + 1 : stop;

			item->name = decode(p, s, (size_t)(equals - s));
			item->value = decode(p, value, (size_t)(stop - value));
			if (!item->name || !item->name[0] || !item->value)
				return RC_INVALID;
			params->count++;
		}
		s = stop + 1;
	}
	return RC_OK;
}

const char *
params_get(const struct params *params, const char *name)
{
	for (size_t i = 0; i < params->count; i++)
		if (strcmp(params->items[i].name, name) == 0)
			return params->items[i].value;
	return NULL;
}
