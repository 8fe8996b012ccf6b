#include <stddef.h>
#include <string.h>

#include "date.h"

/* Days since 1970-01-01 of a date in the Gregorian calendar, and back. */
static long
to_days(int year, int month, int day)
{
	long y = month > 2 ? year : year - 1;
	long era = y / 400;
	long yoe = y - era * 400;
	long doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void
from_days(long days, char result[DATE_SIZE])
{
	long z = days + 719468;
	long era = z / 146097;
	long doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153;
	long month = mp < 10 ? mp + 3 : mp - 9;
	long year = yoe + era * 400 + (month <= 2 ? 1 : 0);

	result[0] = (char)('0' + year / 1000 % 10);
	result[1] = (char)('0' + year / 100 % 10);
	result[2] = (char)('0' + year / 10 % 10);
	result[3] = (char)('0' + year % 10);
	result[4] = '-';
	result[5] = (char)('0' + month / 10);
	result[6] = (char)('0' + month % 10);
	result[7] = '-';
	result[8] = (char)('0' + (doy - (153 * mp + 2) / 5 + 1) / 10);
	result[9] = (char)('0' + (doy - (153 * mp + 2) / 5 + 1) % 10);
	result[10] = '\0';
}

static int
number(const char *digits, int count)
{
	int n = 0;

	for (int i = 0; i < count; i++)
		n = n * 10 + (digits[i] - '0');
	return n;
}

static long
parse(const char *date)
{
	return to_days(
		number(date, 4), number(date + 5, 2), number(date + 8, 2));
}

/* Easter Sunday, by the anonymous Gregorian computus. */
static long
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return to_days(year, n / 31, n % 31 + 1);
}

/* 0 is Monday. */
static int
weekday(long days)
{
	return (int)(((days + 3) % 7 + 7) % 7);
}

static bool
is_day_off(long day, int year)
{
	long sunday = easter(year);
	long king = to_days(year, 4, 27);
	const long off[] = {to_days(year, 1, 1), sunday + 1, sunday + 39,
		sunday + 50, weekday(king) == 6 ? king - 1 : king,
		to_days(year, 12, 25), to_days(year, 12, 26),
		year % 5 ? -1 : to_days(year, 5, 5)};

	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		if (off[i] == day)
			return true;
	return false;
}

bool
date_is_workday(const char *date)
{
	long day = parse(date);

	return weekday(day) < 5 && !is_day_off(day, number(date, 4));
}

void
date_earliest(const char *today, int lead, char result[DATE_SIZE])
{
	long day = parse(today);

	from_days(day, result);
	for (int left = lead; left > 0 || !date_is_workday(result);) {
		from_days(++day, result);
		if (left > 0 && date_is_workday(result))
			left--;
	}
}

void
date_latest(const char *today, char result[DATE_SIZE])
{
	from_days(parse(today) + DATE_AHEAD_DAYS, result);
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
