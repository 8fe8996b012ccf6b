#ifndef RULES_CALENDAR_H
#define RULES_CALENDAR_H

#include <time.h>

/*
 * The Gregorian calendar, as days since 1970-01-01, and the clock of the
 * Netherlands. Dates as text are YYYY-MM-DD and must exist.
 */
enum { DATE_SIZE = 11 };

/* Month 13 is the January that follows. */
int calendar_days(int year, int month, int day);
int calendar_days_of(const char *date);

/* Years 0 to 9999. */
void calendar_date(int days, char result[DATE_SIZE]);

/* 0 is Monday. */
int calendar_weekday(int days);

int calendar_month_length(int year, int month);

/*
 * Weeks after ISO 8601: from Monday, the first is the one with 4 January. Its
 * year is not that of every day in it.
 */
void calendar_week(int days, int *year, int *week);
int calendar_week_begin(int year, int week); /* its Monday */
int calendar_weeks(int year);		     /* 52 or 53 */

/*
 * The clock on the wall in Europe/Amsterdam, for gmtime(): by the rule of
 * the European summer time (directive 2000/84/EC), so that no time zone
 * files are needed.
 */
time_t calendar_local(time_t utc);

/* When the clock there says that hour (3 to 23) of that day, in UTC. */
time_t calendar_at(int days, int hour);

/* When that day begins there, in UTC. */
time_t calendar_day_begin(int days);

#endif
