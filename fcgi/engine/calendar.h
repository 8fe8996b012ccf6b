#ifndef ENGINE_CALENDAR_H
#define ENGINE_CALENDAR_H

#include "../core/request.h"

/*
 * A list by days: a week or a month, with the filters of the list. Its
 * descriptor says days="…", the order within a day, and is ordered by its
 * column day; its columns are only="document": day number kind state part
 * type aids location department organisation mechanic (any may be NULL but
 * day, number, kind and state).
 */
enum { CALENDAR_TABS_MAX = 4 };

enum calendar_view { CALENDAR_OTHER, CALENDAR_WEEK, CALENDAR_MONTH };

struct calendar_tab {
	const char *id; /* text tabs.LIST.ID; NULL ends */
	const char *href;
	enum calendar_view view;
};

struct calendar {
	const char *list; /* its id, and that of the calendar and its words */
	struct calendar_tab tabs[CALENDAR_TABS_MAX];
	const char *const
		*kept;	   /* filters that go from tab to tab; NULL ends */
	const char *entry; /* the address of a request, less its number */
	bool grouped;	   /* the entries of a day by mechanic */
	int most_week, most_month; /* entries a day; the rest is counted */
	/* Where all of a day is: an address to which "&name=…" can be added. */
	const char *(*all_of)(struct pool *, const char *date);
	/* Where a request is planned anew; NULL: not by this account. */
	const char *(*replan)(
		struct request *, const char *number, const char *state);
};

/* <tabs> of the page that shows the tab of that id. */
void calendar_write_tabs(
	struct request *, const struct calendar *, const char *current);

/*
 * The tabs and the <calendar> of what the address asks: ?week=2026-W48 or
 * ?month=2026-12 (today's without), in a page that is begun. RC_OK or
 * RC_FAIL.
 */
enum rc calendar_run(
	struct request *, const struct calendar *, enum calendar_view);

#endif
