#include <stdio.h>
#include <stdlib.h>

#include "calendar.h"
#include "idle.h"

enum {
	WARN_MONTHS = 5,
	OFF_MONTHS = 6,
	END_WARN_MONTHS = 23,
	END_MONTHS = 24,
	YEAR_MONTHS = 12
};

/* The same day of a later month, or the last one that month has. */
static int
months_later(int days, int months)
{
	char date[DATE_SIZE];
	int year, month, day, length;

	calendar_date(days, date);
	year = atoi(date);
	month = atoi(date + 5) - 1 + months;
	day = atoi(date + 8);
	year += month / YEAR_MONTHS;
	month = month % YEAR_MONTHS + 1;
	length = calendar_month_length(year, month);
	return calendar_days(year, month, day < length ? day : length);
}

static int
later(int a, int b)
{
	return a > b ? a : b;
}

/* Not before there was time to do something about it. */
static int
after_notice(int due, int warned)
{
	return later(due, warned + IDLE_NOTICE_DAYS);
}

static enum idle_step
of_active(const struct idle_facts *f, int today, int *day)
{
	int off = months_later(f->since, OFF_MONTHS);

	if (f->warned_again) {
		*day = after_notice(off, f->warned_again);
		return today >= *day ? IDLE_DEACTIVATE : IDLE_NOTHING;
	}
	*day = after_notice(off, today);
	if (today >= off - IDLE_NOTICE_DAYS)
		return IDLE_WARN_AGAIN;
	if (today >= months_later(f->since, WARN_MONTHS) && !f->warned)
		return IDLE_WARN;
	return IDLE_NOTHING;
}

static enum idle_step
of_end(const struct idle_facts *f, int today, int warn, int end, int *day)
{
	if (!f->has_address) {
		*day = end;
		return today >= end ? IDLE_END : IDLE_NOTHING;
	}
	if (f->end_warned) {
		*day = after_notice(end, f->end_warned);
		return today >= *day ? IDLE_END : IDLE_NOTHING;
	}
	*day = after_notice(end, today);
	return today >= warn ? IDLE_WARN_END : IDLE_NOTHING;
}

enum idle_step
idle_next(const struct idle_facts *f, int today, int *day)
{
	int end = months_later(f->since, END_MONTHS);
	int warn = months_later(f->since, END_WARN_MONTHS);

	*day = 0;
	if (f->state == ACCOUNT_ACTIVE)
		return of_active(f, today, day);
	if (f->state == ACCOUNT_INVITED && !f->was_active) {
		end = months_later(f->since, OFF_MONTHS);
		warn = end - IDLE_NOTICE_DAYS;
	} else if (f->state != ACCOUNT_INVITED &&
		   f->state != ACCOUNT_DEACTIVATED) {
		return IDLE_NOTHING;
	}
	return of_end(f, today, warn, end, day);
}
