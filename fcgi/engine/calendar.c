#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/text.h"
#include "../rules/date.h"
#include "calendar.h"
#include "list_write.h"
#include "page.h"

enum { YEAR_MIN = 2000, YEAR_MAX = 2099, ASKED_SIZE = 9 };

/* What is shown: whole weeks, from a Monday to a Sunday. */
struct span {
	enum calendar_view view;
	int year, part;	 /* the week's or the month's number */
	int first, last; /* days */
	const char *from, *until;
	bool ignored; /* something else was asked for */
};

struct writing {
	struct request *request;
	const struct calendar *calendar;
	const struct span *span;
	const struct calendar_tab *tab;
	const char *kept; /* "&kind=repair" or "" */
	const char *today;
};

static const char *
date_text(struct pool *p, int day)
{
	char *text = pool_alloc(p, DATE_SIZE);

	calendar_date(day, text);
	return text;
}

static const char *
kept_query(struct request *r, const struct calendar *c)
{
	struct buffer *b = buffer_create(r->pool);

	for (const char *const *name = c->kept; *name; name++) {
		const char *value = params_get(&r->get, *name);

		if (value && *value)
			buffer_printf(b, "&%s=%s", *name,
				text_urlencode(r->pool, value));
	}
	return b->data;
}

/* The first parameter is the caller's, or none: then & becomes ?. */
static const char *
address(struct pool *p, const char *href, const char *first, const char *kept)
{
	if (*first)
		return pool_printf(p, "%s?%s%s", href, first, kept);
	return *kept ? pool_printf(p, "%s?%s", href, kept + 1) : href;
}

static int
monday_of(int day)
{
	return day - calendar_weekday(day);
}

/* 2026-W48 or 2026-12; nothing, or something else: that of today. */
static void
read_asked(struct request *r, struct span *s)
{
	bool week = s->view == CALENDAR_WEEK;
	const char *asked = params_get(&r->get, week ? "week" : "month");
	char again[24], end;
	int year, part;

	if (!asked || !*asked)
		return;
	s->ignored = true;
	if (strlen(asked) >= ASKED_SIZE ||
		sscanf(asked, week ? "%4d-W%2d%c" : "%4d-%2d%c", &year, &part,
			&end) != 2 ||
		year < YEAR_MIN || year > YEAR_MAX || part < 1)
		return;
	snprintf(again, sizeof(again), week ? "%04d-W%02d" : "%04d-%02d", year,
		part);
	if (strcmp(asked, again) != 0 ||
		part > (week ? calendar_weeks(year) : 12))
		return;
	s->year = year;
	s->part = part;
	s->ignored = false;
}

static void
settle_week(struct span *s)
{
	s->first = calendar_week_begin(s->year, s->part);
	s->last = s->first + 6;
}

static void
settle_month(struct span *s)
{
	int day = calendar_days(s->year, s->part, 1);

	s->first = monday_of(day);
	s->last = monday_of(day + calendar_month_length(s->year, s->part) - 1) +
		  6;
}

static void
read_span(struct request *r, struct span *s, const char *today)
{
	bool week = s->view == CALENDAR_WEEK;
	int now = calendar_days_of(today);

	if (week)
		calendar_week(now, &s->year, &s->part);
	else
		sscanf(today, "%4d-%2d", &s->year, &s->part);
	read_asked(r, s);
	if (week)
		settle_week(s);
	else
		settle_month(s);
	s->from = date_text(r->pool, s->first);
	s->until = date_text(r->pool, s->last);
}

static const char *
week_of(struct pool *p, int day)
{
	int year, week;

	calendar_week(day, &year, &week);
	return pool_printf(p, "week=%04d-W%02d", year, week);
}

static const char *
month_of(struct pool *p, int year, int month)
{
	return pool_printf(p, "month=%04d-%02d",
		year + (month > 12) - (month < 1),
		month > 12  ? 1
		: month < 1 ? 12
			    : month);
}

/*
 * From a week to its month and from a month to its first week; but where
 * today is in it to that of today. OTHER knows no days.
 */
static const char *
same_time(struct pool *p, const struct span *s, enum calendar_view view,
	const char *today)
{
	int now = calendar_days_of(today);
	int year, month;

	if (!s || view == CALENDAR_OTHER || view == s->view ||
		(now >= s->first && now <= s->last))
		return "";
	if (view == CALENDAR_WEEK)
		return week_of(p, calendar_days(s->year, s->part, 4));
	sscanf(date_text(p, s->first + 3), "%4d-%2d", &year, &month);
	return month_of(p, year, month);
}

static void
write_tabs(struct request *r, const struct calendar *c, const char *current,
	const struct span *span)
{
	struct xml *x = r->xml;
	const char *kept = kept_query(r, c);
	char today[DATE_SIZE];

	text_today(today);
	xml_open(x, "tabs");
	xml_attr(x, "id", c->list);
	for (const struct calendar_tab *t = c->tabs; t->id; t++) {
		xml_open(x, "tab");
		xml_attr(x, "id", t->id);
		xml_attr(x, "href",
			address(r->pool, t->href,
				same_time(r->pool, span, t->view, today),
				kept));
		if (!strcmp(t->id, current))
			xml_attr(x, "current", "yes");
		xml_close(x);
	}
	xml_close(x);
}

void
calendar_write_tabs(
	struct request *r, const struct calendar *c, const char *current)
{
	write_tabs(r, c, current, NULL);
}

/* So many weeks or months on. */
static const char *
near(struct pool *p, const struct span *s, int step)
{
	if (s->view == CALENDAR_WEEK)
		return week_of(p, s->first + 7 * step);
	return month_of(p, s->year, s->part + step);
}

static void
write_link(const struct writing *w, const char *name, const char *first)
{
	struct xml *x = w->request->xml;

	xml_open(x, name);
	xml_attr(x, "href",
		address(w->request->pool, w->tab->href, first, w->kept));
	xml_close(x);
}

static const struct calendar_tab *
tab_of(const struct calendar *c, enum calendar_view view)
{
	const struct calendar_tab *t = c->tabs;

	while (t->view != view)
		t++;
	return t;
}

static void
write_entry(const struct writing *w, struct db_row row)
{
	static const char *const names[] = {"number", "kind", "state", "part",
		"type", "location", "department", "organisation"};
	struct request *r = w->request;
	const struct calendar *c = w->calendar;
	const char *number = db_str0(row, "number");

	xml_open(r->xml, "entry");
	xml_attr(
		r->xml, "href", pool_printf(r->pool, "%s%s", c->entry, number));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		xml_attr(r->xml, names[i], db_str(row, names[i]));
	if (db_num(row, "aids") > 1)
		xml_attr(r->xml, "aids", db_str(row, "aids"));
	if (!c->grouped)
		xml_attr(r->xml, "mechanic", db_str(row, "mechanic"));
	if (c->replan)
		xml_attr(r->xml, "replan",
			c->replan(r, number, db_str0(row, "state")));
	xml_close(r->xml);
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* A mechanic's entries hang together; the last group has nobody's. */
static void
write_groups(const struct writing *w, const struct db_rows *rows, size_t at,
	size_t end, const char *all)
{
	struct request *r = w->request;

	while (at < end) {
		const char *name = db_str(db_row(rows, at), "mechanic");
		const char *id = db_str(db_row(rows, at), "mechanic_id");

		xml_open(r->xml, "group");
		xml_attr(r->xml, "name", name);
		xml_attr(r->xml, "href",
			id ? pool_printf(r->pool, "%s&mechanic=%s", all, id)
			   : pool_printf(r->pool, "%s&nobody=yes", all));
		for (; at < end &&
			same_text(id, db_str(db_row(rows, at), "mechanic_id"));
			at++)
			write_entry(w, db_row(rows, at));
		xml_close(r->xml);
	}
}

static void
write_more(const struct writing *w, int64_t count, const char *all)
{
	struct xml *x = w->request->xml;

	if (count <= 0)
		return;
	xml_open(x, "more");
	xml_attr_int(x, "count", count);
	xml_attr(x, "href", all);
	xml_close(x);
}

/* The rows of the day begin at *at. */
static void
write_day(const struct writing *w, int day, const struct db_rows *rows,
	size_t *at)
{
	struct request *r = w->request;
	const struct calendar *c = w->calendar;
	const char *date = date_text(r->pool, day);
	const char *off = date_off(date);
	const char *all =
		pool_printf(r->pool, "%s%s", c->all_of(r->pool, date), w->kept);
	size_t begin = *at;
	int64_t found = 0;

	while (*at < rows->count &&
		!strcmp(db_str0(db_row(rows, *at), "day"), date))
		++*at;
	if (*at > begin)
		found = db_num(db_row(rows, begin), "found");
	xml_open(r->xml, "day");
	xml_attr(r->xml, "date", date);
	xml_attr_int(r->xml, "count", found);
	xml_attr(r->xml, "off", off ? off + strlen("date-") : NULL);
	xml_attr(r->xml, "today", strcmp(date, w->today) ? NULL : "yes");
	if (w->span->view == CALENDAR_MONTH) {
		int month = atoi(date + 5);

		xml_attr(r->xml, "outside",
			month == w->span->part ? NULL : "yes");
		xml_attr(r->xml, "href",
			pool_printf(r->pool, "%s#day-%s",
				address(r->pool, tab_of(c, CALENDAR_WEEK)->href,
					week_of(r->pool, day), w->kept),
				date));
	}
	if (c->grouped && w->span->view == CALENDAR_WEEK)
		write_groups(w, rows, begin, *at, all);
	else
		for (size_t i = begin; i < *at; i++)
			write_entry(w, db_row(rows, i));
	write_more(w, found - (int64_t)(*at - begin), all);
	xml_close(r->xml);
}

static void
write_calendar(const struct writing *w, struct list_state *s,
	const struct db_rows *rows)
{
	struct request *r = w->request;
	struct xml *x = r->xml;
	const struct span *span = w->span;
	bool week = span->view == CALENDAR_WEEK;
	size_t at = 0;

	xml_open(x, "calendar");
	xml_attr(x, "id", w->calendar->list);
	xml_attr(x, "href", w->tab->href);
	xml_attr(x, "view", week ? "week" : "month");
	xml_attr_int(x, "year", span->year);
	xml_attr_int(x, week ? "week" : "month", span->part);
	xml_attr(x, "first", span->from);
	xml_attr(x, "last", span->until);
	list_filters_write(s, week ? "week" : "month",
		strchr(near(r->pool, span, 0), '=') + 1);
	write_link(w, "previous", near(r->pool, span, -1));
	write_link(w, "now", "");
	write_link(w, "next", near(r->pool, span, 1));
	for (int day = span->first; day <= span->last; day++)
		write_day(w, day, rows, &at);
	xml_close(x);
}

enum rc
calendar_run(
	struct request *r, const struct calendar *c, enum calendar_view view)
{
	struct span span = {.view = view};
	struct list_state s;
	struct writing w = {.request = r, .calendar = c, .span = &span};
	struct db_rows rows;
	char today[DATE_SIZE];
	enum rc rc;

	text_today(today);
	read_span(r, &span, today);
	w.tab = tab_of(c, view);
	w.kept = kept_query(r, c);
	w.today = today;
	rc = list_begin(&s, r, c->list, w.tab->href, DB_NO_ARGS);
	if (!rc)
		rc = list_days(&s, span.from, span.until,
			view == CALENDAR_WEEK ? c->most_week : c->most_month,
			&rows);
	if (rc)
		return rc;
	if (s.ignored || span.ignored)
		page_message(r, "warn", "list.ignored", NULL);
	write_tabs(r, c, w.tab->id, &span);
	write_calendar(&w, &s, &rows);
	return RC_OK;
}
