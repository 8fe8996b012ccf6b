#include <string.h>

#include "../../access/access.h"
#include "../../engine/calendar.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "planning.h"
#include "planning_of.h"

static const char *
all_of(struct pool *p, const char *date)
{
	return pool_printf(p, "/supplier/day?date=%s", date);
}

/* As rules/request_state.c has it. */
static const char *
replan(struct request *r, const char *number, const char *state)
{
	static const char *const states[] = {"accepted", "proposed", "planned"};

	if (!access_may(r, RIGHT_WORK_PLAN))
		return NULL;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (!strcmp(states[i], state))
			return pool_printf(
				r->pool, "/supplier/requests/%s/plan", number);
	return NULL;
}

const struct calendar work_calendar = {.list = "work-days",
	.tabs = {{"day", "/supplier/day", CALENDAR_OTHER},
		{"week", "/supplier/planning", CALENDAR_WEEK},
		{"month", "/supplier/planning/month", CALENDAR_MONTH}, {0}},
	.kept = (const char *const[]){"kind", "branch", "mechanic", NULL},
	.entry = "/supplier/requests/",
	.grouped = true,
	.most_week = 20,
	.most_month = 3,
	.all_of = all_of,
	.replan = replan};

void
work_planning_actions(struct request *r)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "work-planning");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "work-list", "quiet", "clipboard-list",
		"/supplier/requests");
	if (access_may(r, RIGHT_WORK_PLAN))
		action_link(r->xml, "mechanics", "quiet", "users",
			"/supplier/mechanics");
	xml_close(r->xml);
}

enum rc
work_week(struct request *r)
{
	page_begin(r, "work-week");
	work_planning_actions(r);
	return calendar_run(r, &work_calendar, CALENDAR_WEEK);
}

enum rc
work_month(struct request *r)
{
	page_begin(r, "work-month");
	work_planning_actions(r);
	return calendar_run(r, &work_calendar, CALENDAR_MONTH);
}
