#ifndef RULES_INSPECTION_H
#define RULES_INSPECTION_H

#include "aid_state.h"
#include "calendar.h"

/*
 * Inspections of aids (X3): how they end, what that does to the aid, and when
 * the next is due. Names are those of the table inspection and of the texts
 * inspection.result.NAME. Dates are YYYY-MM-DD and exist.
 */
enum inspection_result {
	INSPECTION_APPROVED,
	INSPECTION_REMARKS, /* approved, with something to look after */
	INSPECTION_REJECTED,
	INSPECTION_RESULT_COUNT
};

const char *inspection_result_name(enum inspection_result);
enum inspection_result inspection_result_parse(const char *); /* COUNT: none */

/*
 * The status of an aid after its inspection. Rejected: out of service. One
 * that is out of service because it was rejected the last time comes back
 * when it is approved; one that is so for another reason does not. in_depot:
 * the place where it stands is a depot. Scrapped stays scrapped.
 */
enum aid_status inspection_status(enum inspection_result, enum aid_status,
	bool was_rejected, bool in_depot);

/* So many months after that day; where the month is shorter, its last. */
void inspection_next(const char *day, int months, char result[DATE_SIZE]);

enum { INSPECTION_BACK_DAYS = 31, INSPECTION_AHEAD_MONTHS = 60 };

struct inspection_facts {
	const char *today;
	const char *day;  /* when it was done */
	const char *last; /* of the last one before it; NULL: none */
	enum inspection_result result;
	const char *next; /* NULL: none given */
	int months;	  /* between inspections; 0: none are needed */
	bool remark;	  /* something was written down */
};

/* What is wrong with what was entered. */
struct inspection_fault {
	const char *field; /* day, result, next, remark; NULL: nothing */
	const char *error;
};

/*
 * The day: not in the future, at most INSPECTION_BACK_DAYS ago, not before
 * the last one (date-max, date-min, before-last). The next: after the day and
 * at most INSPECTION_AHEAD_MONTHS later (date-min, date-max), and there has to
 * be one where the category has an interval and it was not rejected (missing).
 * A remark where it was not simply approved (missing).
 */
struct inspection_fault inspection_refused(const struct inspection_facts *);

/* A next one that is set without an inspection: later than that day. NULL:
 * good; date-min or date-max. */
const char *inspection_next_refused(const char *next, const char *day);

enum { INSPECTION_SOON_DAYS = 30 };

/* overdue, soon, later: the texts inspection.due.NAME. due NULL: NULL. */
const char *inspection_due_state(const char *due, const char *today);

#endif
