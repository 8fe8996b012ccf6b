#ifndef SUPPLIER_PLANNING_PLANNING_OF_H
#define SUPPLIER_PLANNING_PLANNING_OF_H

#include "../../engine/calendar.h"

/* What the pages of the branch's planning share. */
extern const struct calendar work_calendar;

/* The head's actions: the work list, the mechanics. */
void work_planning_actions(struct request *);

#endif
