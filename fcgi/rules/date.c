#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"

/* Easter Sunday, by the anonymous Gregorian computus. */
static int
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return calendar_days(year, n / 31, n % 31 + 1);
}

static struct date_calendar calendar = {.holidays = true};

void
date_set_calendar(const struct date_calendar *c)
{
	calendar = *c;
}

bool
date_close(struct date_calendar *c, const char *first, const char *last)
{
	int from = calendar_days_of(first), until = calendar_days_of(last);

	if (c->count == DATE_CLOSED_MAX || until < from ||
		until - from > DATE_AHEAD_DAYS)
		return false;
	c->closed[c->count].first = from;
	c->closed[c->count++].last = until;
	return true;
}

static bool
is_closed(int day)
{
	for (size_t i = 0; i < calendar.count; i++)
		if (day >= calendar.closed[i].first &&
			day <= calendar.closed[i].last)
			return true;
	return false;
}

static const char *
holiday(int day, int year)
{
	int sunday = easter(year);
	int king = calendar_days(year, 4, 27);
	const struct {
		int day;
		const char *reason;
	} off[] = {
		{calendar_days(year, 1, 1), "date-new-year"},
		{sunday + 1, "date-easter-monday"},
		{calendar_weekday(king) == 6 ? king - 1 : king,
			"date-kings-day"},
		{year % 5 ? -1 : calendar_days(year, 5, 5),
			"date-liberation-day"},
		{sunday + 39, "date-ascension-day"},
		{sunday + 50, "date-whit-monday"},
		{calendar_days(year, 12, 25), "date-christmas-day"},
		{calendar_days(year, 12, 26), "date-boxing-day"},
	};

	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		if (off[i].day == day)
			return off[i].reason;
	return NULL;
}

const char *
date_off(const char *date)
{
	int day = calendar_days_of(date);
	int weekday = calendar_weekday(day);
	const char *reason = NULL;

	if (is_closed(day))
		return "date-closed";
	if (calendar.holidays)
		reason = holiday(day, (int)strtol(date, NULL, 10));
	if (!reason && weekday >= 5)
		reason = weekday == 5 ? "date-saturday" : "date-sunday";
	return reason;
}

bool
date_is_workday(const char *date)
{
	return !date_off(date);
}

/* Where all that can be wished for is closed, that is the answer. */
void
date_earliest(const char *today, int lead, char result[DATE_SIZE])
{
	int day = calendar_days_of(today), last = day + DATE_AHEAD_DAYS;

	calendar_date(day, result);
	for (int left = lead;
		day < last && (left > 0 || !date_is_workday(result));) {
		calendar_date(++day, result);
		if (left > 0 && date_is_workday(result))
			left--;
	}
}

void
date_plan_earliest(const char *today, char result[DATE_SIZE])
{
	int day = calendar_days_of(today), last = day + DATE_AHEAD_DAYS;

	while (day < last && is_closed(day))
		day++;
	calendar_date(day, result);
}

void
date_latest(const char *today, char result[DATE_SIZE])
{
	calendar_date(calendar_days_of(today) + DATE_AHEAD_DAYS, result);
}

const char *
date_wish_refused(const char *wished, const char *today, int lead)
{
	char bound[DATE_SIZE];

	date_earliest(today, lead, bound);
	if (strcmp(wished, bound) < 0)
		return "date-min";
	date_latest(today, bound);
	if (strcmp(wished, bound) > 0)
		return "date-max";
	return date_off(wished);
}

const char *
date_plan_refused(const char *planned, const char *today, bool off)
{
	char bound[DATE_SIZE];

	if (strcmp(planned, today) < 0)
		return "date-min";
	date_latest(today, bound);
	if (strcmp(planned, bound) > 0)
		return "date-max";
	return off && !is_closed(calendar_days_of(planned)) ? NULL
							    : date_off(planned);
}
