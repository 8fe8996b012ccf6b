#include "../../engine/calendar.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "planning.h"

/* The list of a day. */
static const char *
all_of(struct pool *p, const char *date)
{
	return pool_printf(p, "/planning?from=%s&until=%s", date, date);
}

static const struct calendar calendar = {.list = "planning-days",
	.tabs = {{"list", "/planning", CALENDAR_OTHER},
		{"week", "/planning/week", CALENDAR_WEEK},
		{"month", "/planning/month", CALENDAR_MONTH}, {0}},
	.kept = (const char *const[]){"kind", "location", "department", NULL},
	.entry = "/requests/",
	.most_week = 12,
	.most_month = 3,
	.all_of = all_of};

enum rc
planning_page(struct request *r)
{
	if (r->format != FORMAT_HTML && r->format != FORMAT_XML)
		return list_page_of(r, "planning", r->path, DB_NO_ARGS);
	page_begin(r, "planning");
	calendar_write_tabs(r, &calendar, "list");
	return list_run(r, "planning", r->path, DB_NO_ARGS);
}

enum rc
planning_week(struct request *r)
{
	page_begin(r, "planning-week");
	return calendar_run(r, &calendar, CALENDAR_WEEK);
}

enum rc
planning_month(struct request *r)
{
	page_begin(r, "planning-month");
	return calendar_run(r, &calendar, CALENDAR_MONTH);
}
