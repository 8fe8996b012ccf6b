#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../rules/calendar.h"
#include "text.h"

/* Length of the character at s, 0 where it is none that may stand in XML. */
static size_t
character(const unsigned char *s, size_t len)
{
	unsigned char c = s[0];
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	uint32_t code = c & (n == 1 ? 0x7fU : 0xffU >> (n + 1));
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

	if (n == 1)
		return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
	if (c < 0xc2 || c > 0xf4 || n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (s[i] & 0x3fU);
	}
	if (code < least[n] || code > 0x10ffff)
		return 0;
	if ((code >= 0xd800 && code <= 0xdfff) || code == 0xfffe ||
		code == 0xffff)
		return 0;
	return n;
}

size_t
text_valid_until(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t at = 0;

	while (at < len) {
		size_t n = character(s + at, len - at);

		if (n == 0)
			break;
		at += n;
	}
	return at;
}

bool
text_valid(const char *text, size_t len)
{
	return text_valid_until(text, len) == len;
}

bool
text_clean(const char *s, size_t len)
{
	if (!text_valid(s, len))
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == 0x7f || (c == 0xc2 && (unsigned char)s[i + 1] < 0xa0))
			return false;
	}
	return true;
}

size_t
text_length(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

char *
text_trim(struct pool *p, const char *text)
{
	size_t len;
	char *copy;
	char *to;

	while (is_space(*text))
		text++;
	len = strlen(text);
	while (len > 0 && is_space(text[len - 1]))
		len--;
	copy = to = pool_alloc(p, len + 1);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\r' && text[i + 1] == '\n')
			continue;
		*to++ = text[i] == '\r' ? '\n' : text[i];
	}
	return copy;
}

char *
text_code(struct pool *p, const char *s)
{
	char *result = pool_strdup(p, s);
	char *to = result;

	for (; *s; s++) {
		if (!strncmp(s, "\xc2\xa0", 2))
			s++;
		else if (*s & 0x80)
			return NULL;
		else if (*s != ' ')
			*to++ = *s;
	}
	*to = '\0';
	return *result ? result : NULL;
}

bool
text_int(const char *text, int64_t *result)
{
	bool negative = *text == '-';
	int64_t value = 0;

	text += negative;
	if (!*text)
		return false;
	for (; *text; text++) {
		int digit = *text - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!negative && __builtin_sub_overflow(0, value, &value))
		return false;
	*result = value;
	return true;
}

/* Reads one to max digits; -1 where there is none. */
static int
digits(const char **s, int max)
{
	int value = 0;
	int n = 0;

	for (; n < max && **s >= '0' && **s <= '9'; n++, (*s)++)
		value = value * 10 + (**s - '0');
	return n ? value : -1;
}

bool
text_date(const char *text, char result[11])
{
	const char *s = text;
	int first = digits(&s, 4);
	bool iso = s - text == 4;
	char mark = *s;
	int month, last, year, day;
	const char *from;

	if (first < 0 || !mark || !strchr(iso ? "-" : "-/.", mark))
		return false;
	s++;
	month = digits(&s, 2);
	if (month < 0 || *s++ != mark)
		return false;
	from = s;
	last = digits(&s, iso ? 2 : 4);
	if (last < 0 || *s || (!iso && s - from != 4))
		return false;
	year = iso ? first : last;
	day = iso ? last : first;
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
		return false;
	if (day > calendar_month_length(year, month))
		return false;
	calendar_date(calendar_days(year, month, day), result);
	return true;
}

void
text_date_add(const char date[11], int days, char result[11])
{
	calendar_date(calendar_days_of(date) + days, result);
}

int
text_date_between(const char from[11], const char until[11])
{
	return calendar_days_of(until) - calendar_days_of(from);
}

void
text_today(char result[11])
{
	calendar_date((int)(calendar_local(time(NULL)) / 86400), result);
}

void
text_now(char result[21])
{
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(result, 21, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void
text_hex(const unsigned char *bytes, size_t len, char *result)
{
	sodium_bin2hex(result, 2 * len + 1, bytes, len);
}

char *
text_base64url(struct pool *p, const unsigned char *bytes, size_t len)
{
	size_t size = sodium_base64_ENCODED_LEN(
		len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

	return sodium_bin2base64(pool_alloc(p, size), size, bytes, len,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

unsigned char *
text_base64url_decode(struct pool *p, const char *text, size_t *len)
{
	size_t size = strlen(text);
	unsigned char *bytes = pool_alloc(p, size + 1);

	if (sodium_base642bin(bytes, size, text, size, NULL, len, NULL,
		    sodium_base64_VARIANT_URLSAFE_NO_PADDING))
		return NULL;
	return bytes;
}

char *
text_urlencode(struct pool *p, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	char *result = pool_alloc(p, 3 * strlen(text) + 1);
	char *to = result;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			(c >= 'a' && c <= 'z') || strchr("-._~", c)) {
			*to++ = *text;
		} else {
			*to++ = '%';
			*to++ = hex[c >> 4];
			*to++ = hex[c & 15];
		}
	}
	return result;
}
