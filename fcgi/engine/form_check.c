#include <stdlib.h>
#include <string.h>

#include "../core/text.h"
#include "../rules/contact.h"
#include "form_check.h"

enum { CENTS_DIGITS_MAX = 11 };

static const char *
without_spaces(struct pool *p, const char *typed)
{
	char *result = pool_strdup(p, typed);
	char *to = result;

	for (const char *s = result; *s; s++) {
		if (!strncmp(s, "\xc2\xa0", 2))
			s++;
		else if (*s != ' ')
			*to++ = *s;
	}
	*to = '\0';
	return result;
}

bool
form_cents(const char *typed, int64_t *cents)
{
	const char *last = strrchr(typed, ',');
	char digits[CENTS_DIGITS_MAX + 3];
	size_t n = 0;
	size_t decimals = 0;

	if (!last) {
		const char *dot = strrchr(typed, '.');

		/* One dot and at most two digits behind it: a decimal point. */
		if (dot && strlen(dot) <= 3 && strchr(typed, '.') == dot)
			last = dot;
	}
	for (const char *s = typed; *s; s++) {
		if (s == last)
			continue;
		if (*s == '.' && (!last || s < last))
			continue;
		if (*s < '0' || *s > '9' || n == CENTS_DIGITS_MAX)
			return false;
		decimals += last && s > last;
		digits[n++] = *s;
	}
	if (!n || decimals > 2)
		return false;
	for (; decimals < 2; decimals++)
		digits[n++] = '0';
	digits[n] = '\0';
	return text_int(digits, cents);
}

static const char *
check_money(struct pool *p, const char *typed, const char **error)
{
	int64_t cents;
	const char *s = without_spaces(p, typed);

	if (!strncmp(s, "€", strlen("€")))
		s += strlen("€");
	if (form_cents(s, &cents))
		return pool_printf(p, "%lld", (long long)cents);
	*error = "money";
	return typed;
}

static const char *
check_phone(struct pool *p, const char *typed, const char **error)
{
	char phone[CONTACT_PHONE_SIZE];

	if (contact_phone(typed, phone))
		return pool_strdup(p, phone);
	*error = "tel";
	return typed;
}

static const char *
check_date(struct pool *p, const char *typed, const char **error)
{
	char date[11];

	if (text_date(typed, date))
		return pool_strdup(p, date);
	*error = "date";
	return typed;
}

static const char *
check_number(struct pool *p, const char *typed, const char **error)
{
	const char *s = without_spaces(p, typed);
	int64_t number;

	if (text_int(s, &number))
		return pool_printf(p, "%lld", (long long)number);
	*error = "number";
	return typed;
}

/* A line holds no line breaks or tabs. */
static bool
one_line(const char *s)
{
	return !strpbrk(s, "\r\n\t");
}

static const char *
check_code(struct pool *p, const char *typed, const char **error)
{
	const char *s = without_spaces(p, typed);

	for (const char *c = s; *c; c++)
		if (!strchr("0123456789-", *c) &&
			!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"abcdefghijklmnopqrstuvwxyz",
				*c))
			*error = "code";
	return s;
}

const char *
form_check(struct pool *p, const struct field_def *d, const char *typed,
	const char **error)
{
	*error = NULL;
	if (!*typed) {
		if (d->required)
			*error = "missing";
		return typed;
	}
	if (text_length(typed) > (size_t)d->max) {
		*error = "too-long";
		return typed;
	}
	if (d->type != FIELD_TEXTAREA && !one_line(typed)) {
		*error = "one-line";
		return typed;
	}
	switch (d->type) {
	case FIELD_DATE:
		return check_date(p, typed, error);
	case FIELD_TEL:
		return check_phone(p, typed, error);
	case FIELD_NUMBER:
		return check_number(p, typed, error);
	case FIELD_MONEY:
		return check_money(p, typed, error);
	case FIELD_CODE:
		return check_code(p, typed, error);
	case FIELD_EMAIL:
		if (!contact_email(typed))
			*error = "email";
		return typed;
	case FIELD_CHECK:
		return "yes";
	default:
		return typed;
	}
}
