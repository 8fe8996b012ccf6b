#include <string.h>

#include "../core/text.h"
#include "../engine/detail.h"
#include "../rules/date.h"
#include "request_plan.h"
#include "request_view.h"

/* Nobody works on that day, and yet it can be planned. */
static bool
can_be_off(const char *day, const char *today)
{
	return date_plan_refused(day, today, false) &&
	       !date_plan_refused(day, today, true);
}

void
request_plan_begin(
	struct request *r, const struct service_request *sr, struct form *f)
{
	const char *day = sr->planned_on ? sr->planned_on : sr->wished_on;
	char *first = pool_alloc(r->pool, DATE_SIZE);
	char *last = pool_alloc(r->pool, DATE_SIZE);
	char today[DATE_SIZE];

	text_today(today);
	date_plan_earliest(today, first);
	date_latest(today, last);
	form_bounds(f, "day", first, last);
	if (date_plan_refused(day, today, true))
		return;
	form_default(f, "day", day);
	if (!can_be_off(day, today))
		return;
	form_default(f, "off_day", day);
	form_default(f, "off", sr->planned_on ? "yes" : NULL);
}

/* The day that was sent, else the one that is shown; NULL: none. */
static const char *
day_of(struct request *r, const struct form *f)
{
	const char *sent = params_get(&r->post, "day");
	char *day = pool_alloc(r->pool, DATE_SIZE);

	if (!sent)
		return form_get(f, "day");
	return text_date(text_trim(r->pool, sent), day) ? day : NULL;
}

enum rc
request_plan_mechanics(struct request *r, const struct service_request *sr,
	struct form *f, struct mechanic_day *d)
{
	*d = (struct mechanic_day){.branch_id = sr->branch_id,
		.current = sr->mechanic_id,
		.date = day_of(r, f),
		.but = sr->id};
	if (sr->mechanic_id)
		form_default(f, "mechanic",
			pool_printf(
				r->pool, "%lld", (long long)sr->mechanic_id));
	return mechanic_options(r, f, "mechanic", d);
}

void
request_plan_check(struct form *f)
{
	const char *day = form_get(f, "day");
	const char *offered = form_get(f, "off_day");
	char today[DATE_SIZE];
	const char *refused;
	bool off;

	if (!day)
		return;
	off = form_get(f, "off") && offered && !strcmp(day, offered);
	text_today(today);
	refused = date_plan_refused(day, today, off);
	if (refused && !form_refreshed(f))
		form_fail(f, "day", refused, NULL, NULL);
	if (!off)
		form_default(f, "off", NULL);
	form_default(f, "off_day", can_be_off(day, today) ? day : NULL);
}

void
request_plan_offer(struct form *f)
{
	if (!form_get(f, "off_day"))
		form_remove(f, "off");
}

void
request_plan_write(struct request *r, const struct mechanic_day *d)
{
	struct xml *x = r->xml;

	if (!d->date || !d->rows.count)
		return;
	xml_open(x, "busy");
	xml_attr(x, "id", "day");
	detail_arg(x, "date-long", NULL, d->date);
	for (size_t i = 0; i < d->rows.count; i++) {
		struct db_row row = db_row(&d->rows, i);

		xml_open(x, "mechanic");
		xml_attr(x, "name", db_str0(row, "label"));
		xml_attr(x, "href",
			request_day_list(r, d->date, db_num(row, "value")));
		xml_attr(x, "morning", db_str0(row, "morning"));
		xml_attr(x, "afternoon", db_str0(row, "afternoon"));
		xml_attr(x, "day", db_str0(row, "day"));
		xml_close(x);
	}
	xml_close(x);
}
