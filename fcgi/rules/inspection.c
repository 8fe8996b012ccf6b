#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "inspection.h"

static const char *const names[INSPECTION_RESULT_COUNT] = {
	"approved", "remarks", "rejected"};

const char *
inspection_result_name(enum inspection_result result)
{
	return names[result];
}

enum inspection_result
inspection_result_parse(const char *name)
{
	int i = 0;

	while (i < INSPECTION_RESULT_COUNT &&
		(!name || strcmp(names[i], name) != 0))
		i++;
	return (enum inspection_result)i;
}

enum aid_status
inspection_status(enum inspection_result result, enum aid_status status,
	bool was_rejected, bool in_depot)
{
	if (status == AID_SCRAPPED)
		return status;
	if (result == INSPECTION_REJECTED)
		return AID_OUT_OF_SERVICE;
	if (status == AID_OUT_OF_SERVICE && was_rejected)
		return in_depot ? AID_IN_DEPOT : AID_IN_USE;
	return status;
}

void
inspection_next(const char *day, int months, char result[DATE_SIZE])
{
	int year = (int)strtol(day, NULL, 10);
	int month = (int)strtol(day + 5, NULL, 10) - 1 + months;
	int in_month = (int)strtol(day + 8, NULL, 10);
	int length;

	year += month / 12;
	month = month % 12 + 1;
	length = calendar_month_length(year, month);
	calendar_date(calendar_days(year, month,
			      in_month < length ? in_month : length),
		result);
}

static const char *
day_error(const struct inspection_facts *f)
{
	char first[DATE_SIZE];

	calendar_date(calendar_days_of(f->today) - INSPECTION_BACK_DAYS, first);
	if (strcmp(f->day, f->today) > 0)
		return "date-max";
	if (strcmp(f->day, first) < 0)
		return "date-min";
	return f->last && strcmp(f->day, f->last) < 0 ? "before-last" : NULL;
}

const char *
inspection_next_refused(const char *next, const char *day)
{
	char bound[DATE_SIZE];

	inspection_next(day, INSPECTION_AHEAD_MONTHS, bound);
	if (strcmp(next, day) <= 0)
		return "date-min";
	return strcmp(next, bound) > 0 ? "date-max" : NULL;
}

static const char *
next_error(const struct inspection_facts *f)
{
	if (f->result == INSPECTION_REJECTED)
		return NULL;
	if (!f->next)
		return f->months ? "missing" : NULL;
	return inspection_next_refused(f->next, f->day);
}

struct inspection_fault
inspection_refused(const struct inspection_facts *f)
{
	struct inspection_fault fault = {"day", day_error(f)};

	if (!fault.error)
		fault = (struct inspection_fault){"next", next_error(f)};
	if (!fault.error && f->result != INSPECTION_APPROVED && !f->remark)
		fault = (struct inspection_fault){"remark", "missing"};
	if (!fault.error)
		fault.field = NULL;
	return fault;
}

const char *
inspection_due_state(const char *due, const char *today)
{
	char soon[DATE_SIZE];

	if (!due)
		return NULL;
	if (strcmp(due, today) < 0)
		return "overdue";
	calendar_date(calendar_days_of(today) + INSPECTION_SOON_DAYS, soon);
	return strcmp(due, soon) <= 0 ? "soon" : "later";
}
