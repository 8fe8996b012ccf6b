#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "calendar.h"

enum { ERA_YEARS = 400, ERA_DAYS = 146097, TO_1970 = 719468 };

/* Years begin in March, so that a leap day is the last of its year. */
int
calendar_days(int year, int month, int day)
{
	int y, era, in_era, in_year;

	if (month > 12) {
		year++;
		month -= 12;
	}
	y = year - (month <= 2);
	era = y / ERA_YEARS;
	in_era = y - era * ERA_YEARS;
	in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 +
	       in_year - TO_1970;
}

static int
number(const char *digits, int count)
{
	int n = 0;

	for (int i = 0; i < count; i++)
		n = n * 10 + (digits[i] - '0');
	return n;
}

int
calendar_days_of(const char *date)
{
	return calendar_days(
		number(date, 4), number(date + 5, 2), number(date + 8, 2));
}

void
calendar_date(int days, char result[DATE_SIZE])
{
	int z = days + TO_1970;
	int era = z / ERA_DAYS;
	int in_era = z - era * ERA_DAYS;
	int years =
		(in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) /
		365;
	int in_year = in_era - (365 * years + years / 4 - years / 100);
	int shifted = (5 * in_year + 2) / 153;
	int day = in_year - (153 * shifted + 2) / 5 + 1;
	int month = shifted < 10 ? shifted + 3 : shifted - 9;
	int year = years + era * ERA_YEARS + (month <= 2);
	char buf[40];

	snprintf(buf, sizeof(buf), "%04d-%02d-%02d", year, month, day);
	memcpy(result, buf, DATE_SIZE - 1);
	result[DATE_SIZE - 1] = '\0';
}

int
calendar_weekday(int days)
{
	return (days % 7 + 10) % 7;
}

int
calendar_month_length(int year, int month)
{
	return calendar_days(year, month + 1, 1) -
	       calendar_days(year, month, 1);
}

int
calendar_week_begin(int year, int week)
{
	int fourth = calendar_days(year, 1, 4);

	return fourth - calendar_weekday(fourth) + (week - 1) * 7;
}

int
calendar_weeks(int year)
{
	return (calendar_week_begin(year + 1, 1) -
		       calendar_week_begin(year, 1)) /
	       7;
}

/* The year of a week is that of its Thursday. */
void
calendar_week(int days, int *year, int *week)
{
	char thursday[DATE_SIZE];

	calendar_date(days - calendar_weekday(days) + 3, thursday);
	*year = number(thursday, 4);
	*week = (days - calendar_week_begin(*year, 1)) / 7 + 1;
}

/* When the clock changes in that year: the last Sunday at 1:00 UTC. */
static time_t
clock_change(int year, int month)
{
	int last = calendar_days(year, month, 31);

	return (time_t)(last - (calendar_weekday(last) + 1) % 7) * 86400 + 3600;
}

time_t
calendar_local(time_t utc)
{
	struct tm tm;
	bool summer;

	gmtime_r(&utc, &tm);
	summer = utc >= clock_change(tm.tm_year + 1900, 3) &&
		 utc < clock_change(tm.tm_year + 1900, 10);
	return utc + (summer ? 7200 : 3600);
}

time_t
calendar_at(int days, int hour)
{
	time_t wall = (time_t)days * 86400 + (time_t)hour * 3600;

	return calendar_local(wall - 3600) == wall ? wall - 3600 : wall - 7200;
}

/* The clock never changes at midnight. */
time_t
calendar_day_begin(int days)
{
	time_t wall = (time_t)days * 86400;

	return wall - (calendar_local(wall) - wall);
}
