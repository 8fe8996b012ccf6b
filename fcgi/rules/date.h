#ifndef RULES_DATE_H
#define RULES_DATE_H

#include <stdbool.h>

#include "calendar.h"

/*
 * Which days can be wished for and planned. Dates are YYYY-MM-DD and must
 * exist in the calendar.
 */
enum {
	DATE_LEAD_DAYS = 1,
	DATE_AHEAD_DAYS = 366,
	DATE_BACK_DAYS = 90 /* so long ago work may be reported as done */
};

/*
 * Monday to Friday, and no day off: 1 January, Easter Monday, King's day,
 * Ascension, Whit Monday, Christmas and the day after. 5 May in years that
 * divide by five.
 */
bool date_is_workday(const char *date);

/* The lead-th working day after today; lead 0: today or the next one. */
void date_earliest(const char *today, int lead, char result[DATE_SIZE]);

/* The last day that can be wished for. */
void date_latest(const char *today, char result[DATE_SIZE]);

/* NULL, or the reason: "date-min", "date-max", "date-workday". */
const char *date_wish_refused(const char *wished, const char *today, int lead);

/* The same for a day that a planner proposes: from today on. */
const char *date_plan_refused(const char *planned, const char *today);

#endif
