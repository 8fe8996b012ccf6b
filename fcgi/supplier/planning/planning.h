#ifndef SUPPLIER_PLANNING_PLANNING_H
#define SUPPLIER_PLANNING_PLANNING_H

#include "../../core/request.h"

/*
 * The branch's planning (S5): who goes where, by week (?week=2026-W48) and by
 * month (?month=2026-12).
 */
enum rc work_week(struct request *);
enum rc work_month(struct request *);

/*
 * A day's work, ?date=, of all mechanics or of one, ?mechanic=, or
 * what nobody has yet, ?nobody=yes; also of one branch or kind: where to go, in
 * the order of the day. As PDF each mechanic's begins on a sheet of its own.
 */
enum rc work_day(struct request *);

#endif
