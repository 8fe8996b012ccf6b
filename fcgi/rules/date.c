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

static bool
is_day_off(int day, int year)
{
	int sunday = easter(year);
	int king = calendar_days(year, 4, 27);
	const int off[] = {calendar_days(year, 1, 1), sunday + 1, sunday + 39,
		sunday + 50, calendar_weekday(king) == 6 ? king - 1 : king,
		calendar_days(year, 12, 25), calendar_days(year, 12, 26),
		year % 5 ? -1 : calendar_days(year, 5, 5)};

	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		if (off[i] == day)
			return true;
	return false;
}

bool
date_is_workday(const char *date)
{
	int day = calendar_days_of(date);

	return calendar_weekday(day) < 5 &&
	       !is_day_off(day, (int)strtol(date, NULL, 10));
}

void
date_earliest(const char *today, int lead, char result[DATE_SIZE])
{
	int day = calendar_days_of(today);

	calendar_date(day, result);
	for (int left = lead; left > 0 || !date_is_workday(result);) {
		calendar_date(++day, result);
		if (left > 0 && date_is_workday(result))
			left--;
	}
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
	return date_is_workday(wished) ? NULL : "date-workday";
}

const char *
date_plan_refused(const char *planned, const char *today)
{
	char bound[DATE_SIZE];

	if (strcmp(planned, today) < 0)
		return "date-min";
	date_latest(today, bound);
	return strcmp(planned, bound) > 0 ? "date-max" : NULL;
}
