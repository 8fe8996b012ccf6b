#include <stdbool.h>
#include <string.h>

#include <sodium.h>

#include "../core/buffer.h"
#include "mail_header.h"

/* An encoded word has at most 75 characters: 45 bytes in base64 and frame. */
enum { WORD_BYTES = 45, WORD_SIZE = 64 };

static bool
is_plain(const char *text)
{
	for (const unsigned char *s = (const unsigned char *)text; *s; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return !strstr(text, "=?");
}

static char *
one_line(struct pool *p, const char *text)
{
	char *line = pool_strdup(p, text);

	for (char *s = line; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			*s = ' ';
	return line;
}

/* Bytes of text, at most WORD_BYTES, that don't cut a character. */
static size_t
word_length(const char *text)
{
	size_t len = strnlen(text, WORD_BYTES + 1);

	if (len <= WORD_BYTES)
		return len;
	len = WORD_BYTES;
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static char *
encoded(struct pool *p, const char *text)
{
	struct buffer *out = buffer_create(p);
	char word[WORD_SIZE + 1];

	while (*text) {
		size_t len = word_length(text);

		sodium_bin2base64(word, sizeof(word),
			(const unsigned char *)text, len,
			sodium_base64_VARIANT_ORIGINAL);
		buffer_printf(
			out, "%s=?UTF-8?B?%s?=", out->len ? "\r\n " : "", word);
		text += len;
	}
	return out->data;
}

char *
mail_header_text(struct pool *p, const char *text)
{
	char *line = one_line(p, text);

	return is_plain(line) ? line : encoded(p, line);
}

static char *
quoted(struct pool *p, const char *name)
{
	struct buffer *out = buffer_create(p);

	buffer_putc(out, '"');
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			buffer_putc(out, '\\');
		buffer_putc(out, *name);
	}
	buffer_putc(out, '"');
	return out->data;
}

char *
mail_header_address(struct pool *p, const char *name, const char *address)
{
	const char *line = one_line(p, name ? name : "");

	if (!*line)
		return pool_printf(p, "<%s>", one_line(p, address));
	return pool_printf(p, "%s <%s>",
		is_plain(line) ? quoted(p, line) : encoded(p, line),
		one_line(p, address));
}

char *
mail_header_date(struct pool *p, time_t at)
{
	static const char days[][4] = {
		"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct tm t;

	gmtime_r(&at, &t);
	return pool_printf(p, "%s, %d %s %d %02d:%02d:%02d +0000",
		days[t.tm_wday], t.tm_mday, months[t.tm_mon], t.tm_year + 1900,
		t.tm_hour, t.tm_min, t.tm_sec);
}
