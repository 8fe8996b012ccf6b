#ifndef RULES_DATE_H
#define RULES_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "calendar.h"

/*
 * Which days can be wished for and planned. Dates are YYYY-MM-DD and must
 * exist in the calendar.
 */
enum {
	DATE_LEAD_DAYS = 1,
	DATE_AHEAD_DAYS = 366,
	DATE_BACK_DAYS = 90, /* so long ago work may be reported as done */
	DATE_CLOSED_MAX = 100
};

/* On which days the supplier does not work, besides weekends. */
struct date_calendar {
	bool holidays; /* on public holidays neither */
	size_t count;
	struct {
		int first, last; /* days since 1970-01-01, both closed */
	} closed[DATE_CLOSED_MAX];
};

/*
 * One more day or row of days; false: there is no room, they are the wrong
 * way round, or more than DATE_AHEAD_DAYS.
 */
bool date_close(struct date_calendar *, const char *first, const char *last);

/*
 * Of this process, from now on; a copy. Until then there are holidays and
 * nothing is closed.
 */
void date_set_calendar(const struct date_calendar *);

/*
 * Why nobody works on that day, as the reason by which it is refused:
 * "date-closed", "date-saturday", "date-sunday", or of a holiday
 * "date-new-year", "date-easter-monday", "date-kings-day",
 * "date-liberation-day" (in years that divide by five),
 * "date-ascension-day", "date-whit-monday", "date-christmas-day",
 * "date-boxing-day". NULL: it is a working day.
 */
const char *date_off(const char *date);
bool date_is_workday(const char *date);

/* The lead-th working day after today; lead 0: today or the next one. */
void date_earliest(const char *today, int lead, char result[DATE_SIZE]);

/* The first day that can be planned: today, or the end of what is closed. */
void date_plan_earliest(const char *today, char result[DATE_SIZE]);

/* The last day that can be wished for. */
void date_latest(const char *today, char result[DATE_SIZE]);

/* NULL, or the reason: "date-min", "date-max", or that of date_off(). */
const char *date_wish_refused(const char *wished, const char *today, int lead);

/*
 * The same for a day that a planner proposes: from today on. With off also on
 * a weekend or holiday, where the branch works all the same; never on a day
 * that is closed.
 */
const char *date_plan_refused(const char *planned, const char *today, bool off);

#endif
