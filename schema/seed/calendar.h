#ifndef SEED_CALENDAR_H
#define SEED_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Days are numbers since 1970-01-01; moments are minutes since then on the
 * clock of Europe/Amsterdam. 0 is no day, no moment.
 */
enum { DAY_MINUTES = 24 * 60, DAY_TEXT = 11, MOMENT_TEXT = 20 };

/* 0 where the text is no date. */
int day_parse(const char *text);
void day_text(int day, char result[DAY_TEXT]);
int day_year(int day);
/* So many months later, on the same day or the last of the month. */
int day_add_months(int day, int months);

/* Monday to Friday and no day off, as rules/date.h has it. */
bool day_works(int day);
/* The first working day from day on. */
int day_workday(int day);
/* The last working day up to and with day. */
int day_workday_before(int day);
/* The n-th working day after day. */
int day_add_workdays(int day, int n);

int64_t moment(int day, int hour, int minute);
int moment_day(int64_t);
/*
 * So many minutes later, and if that is outside office hours (8.00 to 17.00
 * on working days) at the same minute past 8.00 of the next working day.
 */
int64_t moment_office(int64_t, int minutes);
/* YYYY-MM-DD HH:MM:SS in UTC. */
void moment_text(int64_t, char result[MOMENT_TEXT]);

#endif
