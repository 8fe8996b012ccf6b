#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "contact.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits of typed, with a + in front where it had one; 0: not a number. */
static size_t
strip(const char *typed, char *out, size_t size)
{
	size_t n = 0;

	for (const char *s = typed; *s; s++) {
		if (strchr(" -.()/", *s))
			continue;
		if (!strncmp(s, "\xc2\xa0", 2)) { /* as the page shows it */
			s++;
			continue;
		}
		if (!is_digit(*s) && !(*s == '+' && !n))
			return 0;
		if (n + 1 >= size)
			return 0;
		out[n++] = *s;
	}
	out[n] = '\0';
	return n;
}

bool
contact_phone(const char *typed, char result[CONTACT_PHONE_SIZE])
{
	char digits[32] = "";
	size_t n = strip(typed, digits, sizeof(digits));
	const char *s = digits;

	if (!n)
		return false;
	result[0] = '\0';
	if (!strncmp(s, "0031", 4))
		s += 4;
	else if (!strncmp(s, "+31", 3))
		s += 3;
	else if (*s == '+' || !strncmp(s, "00", 2)) {
		s += *s == '+' ? 1 : 2;
		n = strlen(s);
		if (n < 8 || n > 15 || *s == '0')
			return false;
		result[0] = '+';
		memcpy(result + 1, s, n + 1);
		return true;
	}
	if (s != digits) {
		if (*s == '0')
			s++;
		result[0] = '0';
		result[1] = '\0';
	}
	if (strlen(result) + strlen(s) != 10 || (s == digits && *s != '0'))
		return false;
	memcpy(result + strlen(result), s, strlen(s) + 1);
	return result[1] != '0';
}

bool
contact_mobile(const char *phone)
{
	return strlen(phone) == 10 && !strncmp(phone, "06", 2);
}

static bool
label_char(char c)
{
	return isalnum((unsigned char)c) || c == '-';
}

static bool
domain_valid(const char *s)
{
	bool dot = false;

	while (*s) {
		size_t n = 0;

		while (label_char(s[n]))
			n++;
		if (!n || n > 63 || s[0] == '-' || s[n - 1] == '-')
			return false;
		s += n;
		if (*s == '.') {
			dot = true;
			s++;
			if (!*s)
				return false;
		} else if (*s) {
			return false;
		}
	}
	return dot;
}

bool
contact_email(const char *typed)
{
	const char *at = strchr(typed, '@');
	char last = '.';

	if (!at || at == typed || at - typed > 64 ||
		strlen(typed) > CONTACT_EMAIL_MAX)
		return false;
	for (const char *s = typed; s < at; s++) {
		if (!isalnum((unsigned char)*s) &&
			!strchr("!#$%&'*+/=?^_`{|}~.-", *s))
			return false;
		if (*s == '.' && last == '.')
			return false;
		last = *s;
	}
	return last != '.' && domain_valid(at + 1);
}

bool
contact_postcode(const char *typed, char result[8])
{
	char c[6];
	size_t n = 0;

	for (const char *s = typed; *s; s++) {
		if (*s == ' ')
			continue;
		if (n == sizeof(c))
			return false;
		c[n++] = (char)toupper((unsigned char)*s);
	}
	if (n != sizeof(c) || c[0] == '0' || !isupper((unsigned char)c[4]) ||
		!isupper((unsigned char)c[5]))
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!is_digit(c[i]))
			return false;
	if (c[4] == 'S' && strchr("ADS", c[5]))
		return false;
	memcpy(result, c, 4);
	result[4] = ' ';
	result[5] = c[4];
	result[6] = c[5];
	result[7] = '\0';
	return true;
}
