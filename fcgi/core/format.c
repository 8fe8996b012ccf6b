#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../rules/calendar.h"
#include "buffer.h"
#include "format.h"
#include "text.h"

#define NBSP "\xc2\xa0"
#define MINUS "\xe2\x88\x92"
#define EURO "\xe2\x82\xac"

struct moment {
	int year, month, day;
	int hour, minute;
};

static const char *const month_names[LANG_COUNT][12] = {
	{"januari", "februari", "maart", "april", "mei", "juni", "juli",
		"augustus", "september", "oktober", "november", "december"},
	{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"}};

static const char *const day_names[LANG_COUNT][7] = {
	{"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
		"zondag"},
	{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
		"Sunday"}};

/* Area codes of three digits; the other Dutch ones have four. */
static const char *const short_areas[] = {"010", "013", "015", "020", "023",
	"024", "026", "030", "033", "035", "036", "038", "040", "043", "045",
	"046", "050", "053", "055", "058", "070", "071", "072", "073", "074",
	"075", "076", "077", "078", "079", "085", "088"};

enum lang
lang_parse(const char *code)
{
	return code && strcmp(code, "en") == 0 ? LANG_EN : LANG_NL;
}

const char *
lang_code(enum lang lang)
{
	return lang == LANG_EN ? "en" : "nl";
}

static char *
unchanged(struct pool *p, const char *s)
{
	return pool_strdup(p, s ? s : "");
}

/* So many digits at s, as a number; -1 where they aren't. */
static int
digits(const char *s, int count)
{
	int n = 0;

	for (int i = 0; i < count; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		n = n * 10 + s[i] - '0';
	}
	return n;
}

static bool
parse_date(const char *s, struct moment *m)
{
	if (!s || strnlen(s, 10) < 10 || s[4] != '-' || s[7] != '-')
		return false;
	m->year = digits(s, 4);
	m->month = digits(s + 5, 2);
	m->day = digits(s + 8, 2);
	return m->year >= 1 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
	       m->day <= calendar_month_length(m->year, m->month);
}

static bool
parse_clock(const char *s, struct moment *m)
{
	if (strnlen(s, 5) < 5 || s[2] != ':')
		return false;
	m->hour = digits(s, 2);
	m->minute = digits(s + 3, 2);
	return m->hour >= 0 && m->hour < 24 && m->minute >= 0 && m->minute < 60;
}

static bool
parse_time(const char *s, struct moment *m)
{
	return parse_date(s, m) && (s[10] == 'T' || s[10] == ' ') &&
	       parse_clock(s + 11, m);
}

static void
to_amsterdam(struct moment *m)
{
	time_t utc = (time_t)calendar_days(m->year, m->month, m->day) * 86400 +
		     m->hour * 3600 + m->minute * 60;
	time_t local = calendar_local(utc);
	struct tm tm;

	gmtime_r(&local, &tm);
	*m = (struct moment){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min};
}

static const char *
day_name(enum lang lang, const struct moment *m)
{
	return day_names[lang][calendar_weekday(
		calendar_days(m->year, m->month, m->day))];
}

static void
put_digits(char *to, int count, int n)
{
	for (; count-- > 0; n /= 10)
		to[count] = (char)('0' + n % 10);
}

static char *
print_date(struct pool *p, enum lang lang, const struct moment *m)
{
	char *text;

	if (lang == LANG_EN)
		return pool_printf(p, "%d" NBSP "%.3s" NBSP "%d", m->day,
			month_names[lang][m->month - 1], m->year);
	text = pool_strndup(p, "00-00-0000", 10);
	put_digits(text, 2, m->day);
	put_digits(text + 3, 2, m->month);
	put_digits(text + 6, 4, m->year);
	return text;
}

static char *
print_clock(struct pool *p, enum lang lang, const struct moment *m)
{
	if (lang == LANG_EN)
		return pool_printf(p, "%02d:%02d", m->hour, m->minute);
	return pool_printf(p, "%d.%02d" NBSP "uur", m->hour, m->minute);
}

char *
format_date(struct pool *p, enum lang lang, const char *date)
{
	struct moment m;

	if (parse_time(date, &m))
		to_amsterdam(&m);
	else if (!parse_date(date, &m) || date[10])
		return unchanged(p, date);
	return print_date(p, lang, &m);
}

char *
format_date_long(struct pool *p, enum lang lang, const char *date)
{
	struct moment m;

	if (parse_time(date, &m))
		to_amsterdam(&m);
	else if (!parse_date(date, &m) || date[10])
		return unchanged(p, date);
	return pool_printf(p, "%s %d" NBSP "%s" NBSP "%d", day_name(lang, &m),
		m.day, month_names[lang][m.month - 1], m.year);
}

char *
format_date_short(struct pool *p, enum lang lang, const char *date)
{
	struct moment m;
	char *text;

	if (!parse_date(date, &m) || date[10])
		return unchanged(p, date);
	if (lang == LANG_EN)
		return pool_printf(p, "%d" NBSP "%.3s", m.day,
			month_names[lang][m.month - 1]);
	text = pool_strndup(p, "00-00", 5);
	put_digits(text, 2, m.day);
	put_digits(text + 3, 2, m.month);
	return text;
}

char *
format_datetime(struct pool *p, enum lang lang, const char *time)
{
	struct moment m;

	if (!parse_time(time, &m))
		return unchanged(p, time);
	to_amsterdam(&m);
	return pool_printf(
		p, "%s, %s", print_date(p, lang, &m), print_clock(p, lang, &m));
}

char *
format_time(struct pool *p, enum lang lang, const char *time)
{
	struct moment m;

	if (parse_time(time, &m))
		to_amsterdam(&m);
	else if (!time || !parse_clock(time, &m))
		return unchanged(p, time);
	return print_clock(p, lang, &m);
}

static bool
is_integer(const char *s)
{
	size_t len;

	if (!s)
		return false;
	s += *s == '-';
	len = strspn(s, "0123456789");
	return len > 0 && len <= 18 && !s[len];
}

static void
add_thousands(struct buffer *b, const char *digit, size_t len, char mark)
{
	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buffer_putc(b, mark);
		buffer_putc(b, digit[i]);
	}
}

char *
format_money(struct pool *p, enum lang lang, const char *cents)
{
	struct buffer *b;
	char euros[24];
	int64_t n;
	int len;

	if (!is_integer(cents))
		return unchanged(p, cents);
	n = strtoll(cents, NULL, 10);
	b = buffer_create(p);
	if (n < 0)
		buffer_puts(b, MINUS);
	buffer_puts(b, lang == LANG_EN ? EURO : EURO NBSP);
	n = n < 0 ? -n : n;
	len = snprintf(euros, sizeof(euros), "%lld", (long long)(n / 100));
	add_thousands(b, euros, (size_t)len, lang == LANG_EN ? ',' : '.');
	buffer_printf(b, "%c%02d", lang == LANG_EN ? '.' : ',', (int)(n % 100));
	return b->data;
}

char *
format_amount(struct pool *p, enum lang lang, const char *cents)
{
	int64_t n;

	if (!is_integer(cents))
		return unchanged(p, cents);
	n = strtoll(cents, NULL, 10);
	return pool_printf(p, "%s%lld%c%02d", n < 0 ? "-" : "",
		(long long)llabs(n / 100), lang == LANG_EN ? '.' : ',',
		abs((int)(n % 100)));
}

char *
format_number(struct pool *p, enum lang lang, const char *number)
{
	const char *s = number;
	struct buffer *b;
	size_t whole, rest;

	if (!s)
		return unchanged(p, s);
	s += *s == '-';
	whole = strspn(s, "0123456789");
	rest = s[whole] == '.' ? strspn(s + whole + 1, "0123456789") : 0;
	if (!whole || (s[whole] && (!rest || s[whole + 1 + rest])))
		return unchanged(p, number);
	b = buffer_create(p);
	if (s != number)
		buffer_puts(b, MINUS);
	add_thousands(b, s, whole, lang == LANG_EN ? ',' : '.');
	if (rest)
		buffer_printf(
			b, "%c%s", lang == LANG_EN ? '.' : ',', s + whole + 1);
	return b->data;
}

char *
format_code(struct pool *p, const char *code)
{
	struct buffer *b = buffer_create(p);
	size_t run;

	for (const char *s = code ? code : ""; *s; s += run ? run : 1) {
		run = strspn(s, "0123456789");
		for (size_t i = 0; i < run; i++) {
			if (i && run > 4 && (run - i) % 3 == 0)
				buffer_puts(b, NBSP);
			buffer_putc(b, s[i]);
		}
		if (!run)
			buffer_putc(b, *s);
	}
	return b->data;
}

/*
 * The digits of a Dutch number with its leading 0, ten in all. False for
 * numbers of another form.
 */
static bool
national_number(const char *phone, char result[11])
{
	size_t n = 0;

	if (!phone)
		return false;
	if (strncmp(phone, "+31", 3) == 0 || strncmp(phone, "0031", 4) == 0) {
		phone += *phone == '+' ? 3 : 4;
		result[n++] = '0';
	}
	for (; *phone; phone++) {
		if (isdigit((unsigned char)*phone) && n < 10)
			result[n++] = *phone;
		else if (!strchr(" -()", *phone))
			return false;
	}
	result[n] = '\0';
	return n == 10 && result[0] == '0';
}

static bool
has_short_area(const char *number)
{
	size_t count = sizeof(short_areas) / sizeof(short_areas[0]);

	for (size_t i = 0; i < count; i++)
		if (strncmp(number, short_areas[i], 3) == 0)
			return true;
	return false;
}

char *
format_phone(struct pool *p, const char *phone)
{
	char n[11];

	if (!national_number(phone, n))
		return unchanged(p, phone);
	if (n[1] == '6')
		return pool_printf(p,
			"%.2s" NBSP "%.2s" NBSP "%.2s" NBSP "%.2s" NBSP "%.2s",
			n, n + 2, n + 4, n + 6, n + 8);
	if (has_short_area(n))
		return pool_printf(p,
			"%.3s" NBSP "%.3s" NBSP "%.2s" NBSP "%.2s", n, n + 3,
			n + 6, n + 8);
	return pool_printf(p, "%.4s" NBSP "%.2s" NBSP "%.2s" NBSP "%.2s", n,
		n + 4, n + 6, n + 8);
}

char *
format_tel(struct pool *p, const char *phone)
{
	struct buffer *b = buffer_create(p);
	char n[11];

	buffer_puts(b, "tel:");
	if (national_number(phone, n)) {
		buffer_printf(b, "+31%s", n + 1);
		return b->data;
	}
	for (; phone && *phone; phone++)
		if (isdigit((unsigned char)*phone) || *phone == '+')
			buffer_putc(b, *phone);
	return b->data;
}

char *
format_mailto(struct pool *p, const char *email)
{
	const char *at = email ? strrchr(email, '@') : NULL;

	if (!at)
		return pool_strdup(p, "mailto:");
	return pool_printf(p, "mailto:%s@%s",
		text_urlencode(p, pool_strndup(p, email, (size_t)(at - email))),
		text_urlencode(p, at + 1));
}

static char *
code_of(struct pool *p, enum lang lang, const char *s)
{
	(void)lang;
	return format_code(p, s);
}

static char *
phone_of(struct pool *p, enum lang lang, const char *s)
{
	(void)lang;
	return format_phone(p, s);
}

const char *
format_unbroken(struct pool *p, const char *s)
{
	static const char shape[] = "00-00-0000";
	size_t i = 0;
	char *text;

	while (shape[i] && (shape[i] == '0' ? s[i] >= '0' && s[i] <= '9'
					    : s[i] == shape[i]))
		i++;
	if (shape[i] || s[i])
		return s;
	text = pool_strndup(p,
		"00\xe2\x80\x91"
		"00\xe2\x80\x91"
		"0000",
		14);
	memcpy(text, s, 2);
	memcpy(text + 5, s + 3, 2);
	memcpy(text + 10, s + 6, 4);
	return text;
}

static const struct {
	const char *type;
	char *(*format)(struct pool *, enum lang, const char *);
} types[] = {
	{"date", format_date},
	{"date-long", format_date_long},
	{"date-short", format_date_short},
	{"datetime", format_datetime},
	{"time", format_time},
	{"money", format_money},
	{"amount", format_amount},
	{"number", format_number},
	{"code", code_of},
	{"phone", phone_of},
};

enum { TYPES = sizeof(types) / sizeof(types[0]) };

/* Its place among the types, or TYPES. */
static int
find_type(const char *type)
{
	int i = 0;

	while (i < TYPES && !(type && strcmp(type, types[i].type) == 0))
		i++;
	return i;
}

bool
format_has(const char *type)
{
	return find_type(type) < TYPES;
}

char *
format_value(
	struct pool *p, enum lang lang, const char *type, const char *value)
{
	int i = find_type(type);

	return i < TYPES ? types[i].format(p, lang, value)
			 : unchanged(p, value);
}
