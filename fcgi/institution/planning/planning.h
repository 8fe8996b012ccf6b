#ifndef INSTITUTION_PLANNING_PLANNING_H
#define INSTITUTION_PLANNING_PLANNING_H

#include "../../core/request.h"

/*
 * 'Planning' (I16): the list, which exports too, and the same by week
 * (?week=2026-W48) and by month (?month=2026-12).
 */
enum rc planning_page(struct request *);
enum rc planning_week(struct request *);
enum rc planning_month(struct request *);

#endif
