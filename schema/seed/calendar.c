#include <stdio.h>
#include <string.h>
#include <time.h>

#include "calendar.h"
#include "core/text.h"
#include "rules/calendar.h"
#include "rules/date.h"

enum { DAY_SECONDS = 86400, YEAR_DAYS = 366, KNOWN_YEARS = 40 };

int
day_parse(const char *text)
{
	char date[11];
	struct tm tm = {0};

	if (!text_date(text, date) || !strptime(date, "%Y-%m-%d", &tm))
		return 0;
	return (int)(timegm(&tm) / DAY_SECONDS);
}

static struct tm
broken_down(int day)
{
	time_t t = (time_t)day * DAY_SECONDS;
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

void
day_text(int day, char result[DAY_TEXT])
{
	struct tm tm = broken_down(day);

	strftime(result, DAY_TEXT, "%Y-%m-%d", &tm);
}

int
day_year(int day)
{
	return broken_down(day).tm_year + 1900;
}

int
day_add_months(int day, int months)
{
	struct tm tm = broken_down(day);
	int month_day = tm.tm_mday, first;

	tm.tm_mon += months;
	tm.tm_mday = 1;
	first = (int)(timegm(&tm) / DAY_SECONDS);
	while (month_day > 28 &&
		broken_down(first + month_day - 1).tm_mday != month_day)
		month_day--;
	return first + month_day - 1;
}

bool
day_works(int day)
{
	/* 0: not asked yet, else 1 + the answer. */
	static char known[KNOWN_YEARS * YEAR_DAYS];
	static int first;
	char date[DAY_TEXT];
	int i;

	if (!first)
		first = day - KNOWN_YEARS / 2 * YEAR_DAYS;
	i = day - first;
	if (i >= 0 && i < KNOWN_YEARS * YEAR_DAYS && known[i])
		return known[i] - 1;
	day_text(day, date);
	if (i >= 0 && i < KNOWN_YEARS * YEAR_DAYS)
		known[i] = (char)(1 + date_is_workday(date));
	return date_is_workday(date);
}

int
day_workday(int day)
{
	while (!day_works(day))
		day++;
	return day;
}

int
day_workday_before(int day)
{
	while (!day_works(day))
		day--;
	return day;
}

int
day_add_workdays(int day, int n)
{
	while (n-- > 0)
		day = day_workday(day + 1);
	return day;
}

int64_t
moment(int day, int hour, int minute)
{
	return (int64_t)day * DAY_MINUTES + hour * 60 + minute;
}

int
moment_day(int64_t m)
{
	return (int)(m / DAY_MINUTES);
}

int64_t
moment_office(int64_t m, int minutes)
{
	int day, minute;

	m += minutes;
	day = moment_day(m);
	minute = (int)(m % DAY_MINUTES);
	if (day_works(day) && minute >= 8 * 60 && minute < 17 * 60)
		return m;
	if (!day_works(day) || minute >= 17 * 60)
		day = day_workday(day + 1);
	return moment(day, 8, minute % 60);
}

void
moment_text(int64_t m, char result[MOMENT_TEXT])
{
	time_t wall = (time_t)m * 60;
	time_t utc = wall - 3600;
	struct tm tm;

	if (calendar_local(utc) != wall)
		utc = wall - 7200;
	gmtime_r(&utc, &tm);
	strftime(result, MOMENT_TEXT, "%Y-%m-%d %H:%M:%S", &tm);
}
