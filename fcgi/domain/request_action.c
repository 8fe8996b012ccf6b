#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/format.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/form.h"
#include "../engine/page.h"
#include "../rules/date.h"
#include "mechanic.h"
#include "request_action.h"
#include "request_tell.h"
#include "request_view.h"

static const char *
version_of(struct request *r, const struct service_request *sr)
{
	return pool_printf(r->pool, "%lld", (long long)sr->version);
}

/*
 * What is done is reported by the line: of one, of several, or of an
 * inspection by its results. What an organisation does itself is not.
 */
static bool
reports(const struct request_action *a, const struct service_request *sr)
{
	unsigned how = FIELD_OF_WORK;

	if (sr->kind == KIND_INSPECTION)
		how = FIELD_OF_RESULTS;
	else if (sr->line_count > 1)
		how = FIELD_OF_LINES;
	return a->fields & how;
}

static bool
may(const struct request *r, const struct request_action *a,
	const struct service_request *sr)
{
	if (a->event == EVENT_DONE && r->who->portal == DB_SUPPLIER &&
		!reports(a, sr))
		return false;
	return request_may(sr->state, a->event, request_actors(r, sr));
}

/* What is planned already is planned anew at the same address. */
static const char *
name_of(const struct request_action *a, const struct service_request *sr)
{
	return a->event == EVENT_PLAN && sr->state == STATE_PLANNED ? "replan"
								    : a->id;
}

void
request_write_actions(struct request *r, const struct service_request *sr,
	const struct request_portal *portal)
{
	struct xml *x = r->xml;
	bool open = false;

	for (const struct request_action *a = portal->actions; a->id; a++) {
		const char *href = pool_printf(
			r->pool, "%s/%s/%s", portal->base, sr->number, a->id);

		if (!may(r, a, sr))
			continue;
		if (!open) {
			xml_open(x, "actions");
			xml_attr(x, "id", portal->id);
			open = true;
		}
		if (a->direct)
			action_post(x, a->id, a->look, a->icon,
				pool_printf(r->pool, "%s?version=%s", href,
					version_of(r, sr)),
				page_form_key(r));
		else
			action_link(x, name_of(a, sr), a->look, a->icon, href);
	}
	if (open)
		xml_close(x);
}

static const struct request_action *
find_action(const struct request *r, const struct request_portal *portal)
{
	const char *id = strrchr(r->path, '/') + 1;

	for (const struct request_action *a = portal->actions; a->id; a++)
		if (!strcmp(a->id, id))
			return a;
	return NULL;
}

/* The day that is proposed by itself: what is planned or was wished. */
static const char *
day_before(const struct service_request *sr, const char *today)
{
	const char *day = sr->planned_on ? sr->planned_on : sr->wished_on;

	return date_plan_refused(day, today) ? NULL : day;
}

static void
prepare_day(struct request *r, const struct request_action *a,
	const struct service_request *sr, struct form *f)
{
	char *first = pool_alloc(r->pool, DATE_SIZE);
	char *last = pool_alloc(r->pool, DATE_SIZE);

	text_today(first);
	date_latest(first, last);
	if (a->event == EVENT_DONE) {
		/* The day on which it was done. */
		text_today(last);
		form_default(f, "day", last);
		text_date_add(first, -DATE_BACK_DAYS, first);
	} else if (a->event == EVENT_OTHER_DATE)
		date_earliest(first, DATE_LEAD_DAYS, first);
	else if (a->event == EVENT_HOLD)
		text_date_add(first, 1, first);
	else {
		date_plan_earliest(first, first);
		form_default(f, "day", day_before(sr, first));
	}
	form_bounds(f, "day", first, last);
}

static struct form *
begin_form(struct request *r, const struct request_portal *portal,
	const struct request_action *a, const struct service_request *sr)
{
	const char *back =
		pool_printf(r->pool, "%s/%s", portal->base, sr->number);
	struct form *f = form_begin(
		r, a->id, pool_printf(r->pool, "%s/%s", back, a->id));

	form_cancel(f, back);
	form_default(f, "version", version_of(r, sr));
	if (a->fields & FIELD_OF_DAY)
		prepare_day(r, a, sr, f);
	if (a->fields & FIELD_OF_PART)
		form_default(
			f, "part", sr->planned_part ? sr->planned_part : "day");
	return f;
}

/* Those of the request's own branch. */
static enum rc
offer_mechanics(struct request *r, const struct request_action *a,
	const struct service_request *sr, struct form *f)
{
	if (!(a->fields & FIELD_OF_MECHANIC))
		return RC_OK;
	if (sr->mechanic_id)
		form_default(f, "mechanic",
			pool_printf(
				r->pool, "%lld", (long long)sr->mechanic_id));
	return mechanic_options(
		r, f, "mechanic", sr->branch_id, sr->mechanic_id);
}

/* The form, and beside it what it is about. */
static enum rc
write_page(struct request *r, const struct request_portal *portal,
	const struct request_action *a, const struct service_request *sr,
	struct form *f)
{
	enum rc rc = request_audit(r, sr, "view");

	if (rc)
		return rc;
	page_begin(r, a->id);
	page_intro(r, "code", NULL, sr->number);
	page_intro(r, "date-long", NULL, sr->planned_on);
	page_crumb(r, portal->list, portal->list_href, NULL);
	page_crumb(r, NULL,
		pool_printf(r->pool, "%s/%s", portal->base, sr->number),
		sr->number);
	page_crumb(r, a->id, NULL, NULL);
	xml_open(r->xml, "main");
	rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	request_write_brief(r->xml, r->pool, sr);
	if (!rc)
		rc = request_write_timeline(r, sr);
	xml_close(r->xml);
	return rc;
}

/* The state does not allow it any more: the request's page says so. */
static enum rc
turn_away(struct request *r, const struct request_portal *portal,
	const struct service_request *sr, const char *refused)
{
	enum rc rc = session_notice(r, "warn",
		pool_printf(r->pool, "request.refused.%s", refused), NULL);

	if (rc)
		return rc;
	request_redirect(r, "%s/%s", portal->base, sr->number);
	return RC_REFUSED;
}

/* Finds request and action; *rc where the answer is settled already. */
static const struct request_action *
find(struct request *r, const struct request_portal *portal,
	struct service_request *sr, enum rc *rc)
{
	const struct request_action *a = find_action(r, portal);

	*rc = a ? request_get(r, r->args[0], sr) : RC_NOTFOUND;
	if (*rc)
		return NULL;
	if (may(r, a, sr))
		return a;
	*rc = turn_away(r, portal, sr, "state");
	return NULL;
}

enum rc
request_action_page(struct request *r, const struct request_portal *portal)
{
	struct service_request sr;
	struct form *f;
	enum rc rc;
	const struct request_action *a = find(r, portal, &sr, &rc);

	if (!a)
		return rc;
	f = begin_form(r, portal, a, &sr);
	rc = offer_mechanics(r, a, &sr, f);
	return rc ? rc : write_page(r, portal, a, &sr, f);
}

/* The version of a form, or of a button that posts by itself. */
static int64_t
sent_version(const struct request *r, const struct form *f)
{
	const char *text = params_get(&r->get, "version");
	int64_t version = form_int(f, "version");

	if (!version && text && !text_int(text, &version))
		version = 0;
	return version;
}

static const char *
given(const struct form *f, const struct request_action *a,
	enum request_field field, const char *name)
{
	return a->fields & field ? form_get(f, name) : NULL;
}

static struct request_change
read_change(
	struct request *r, const struct request_action *a, const struct form *f)
{
	return (struct request_change){
		.event = a->event,
		.version = sent_version(r, f),
		.reason = given(f, a, FIELD_OF_REASON, "reason"),
		.day = given(f, a, FIELD_OF_DAY, "day"),
		.part = given(f, a, FIELD_OF_PART, "part"),
		.mechanic_id = a->fields & FIELD_OF_MECHANIC
				       ? form_int(f, "mechanic")
				       : 0,
		.workshop = given(f, a, FIELD_OF_WORKSHOP, "workshop") != NULL,
	};
}

static void
check_day(const struct request_action *a, struct form *f)
{
	char today[DATE_SIZE];
	const char *day = given(f, a, FIELD_OF_DAY, "day");
	const char *refused;

	if (!day || a->event == EVENT_HOLD || a->event == EVENT_DONE)
		return;
	text_today(today);
	refused = a->event == EVENT_OTHER_DATE
			  ? date_wish_refused(day, today, DATE_LEAD_DAYS)
			  : date_plan_refused(day, today);
	if (refused)
		form_fail(f, "day", refused, NULL, NULL);
}

/* What the rule misses is an error of its field. */
static bool
field_error(struct form *f, const struct request_action *a, const char *refused)
{
	const struct {
		const char *refused;
		enum request_field field;
		const char *name;
	} fields[] = {
		{"reason", FIELD_OF_REASON, "reason"},
		{"day", FIELD_OF_DAY, "day"},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!strcmp(fields[i].refused, refused) &&
			(a->fields & fields[i].field)) {
			form_fail(f, fields[i].name, "missing", NULL, NULL);
			return true;
		}
	return false;
}

static enum rc
draw_again(struct request *r, const struct request_portal *portal,
	const struct request_action *a, const struct service_request *sr,
	struct form *f)
{
	enum rc rc = write_page(r, portal, a, sr, f);

	return rc ? rc : RC_INVALID;
}

/* Somebody was first: what was typed stays, what there is now is shown. */
static enum rc
draw_changed(struct request *r, const struct request_portal *portal,
	const struct request_action *a, const struct service_request *sr,
	struct form *f)
{
	page_message(r, "warn", "request.changed", NULL);
	form_default(f, "version", version_of(r, sr));
	r->response.status = 409;
	return draw_again(r, portal, a, sr, f);
}

static enum rc
carry_out(struct request *r, const struct request_portal *portal,
	const struct request_action *a, struct service_request *sr,
	struct form *f)
{
	struct request_change c = read_change(r, a, f);
	const char *refused;
	enum rc rc = RC_OK;

	if (c.mechanic_id)
		rc = mechanic_name(
			r, sr->branch_id, c.mechanic_id, &c.mechanic);
	if (rc)
		return rc;
	rc = request_move(r, sr, &c, &refused);
	if (rc == RC_CONFLICT)
		page_message(r, "warn", "request.changed", NULL);
	if (rc == RC_INVALID && field_error(f, a, refused))
		return draw_again(r, portal, a, sr, f);
	if (rc == RC_INVALID)
		return turn_away(r, portal, sr, refused);
	if (!rc)
		rc = session_notice(r, "ok",
			pool_printf(r->pool, "request.%s",
				request_event_name(
					request_told_event(sr, c.event))),
			format_code(r->pool, sr->number), NULL);
	if (!rc)
		request_redirect(r, "%s/%s", portal->base, sr->number);
	return rc;
}

enum rc
request_action_post(struct request *r, const struct request_portal *portal)
{
	struct service_request sr;
	struct form *f;
	enum rc rc;
	const struct request_action *a = find(r, portal, &sr, &rc);

	if (!a)
		return rc;
	f = begin_form(r, portal, a, &sr);
	rc = offer_mechanics(r, a, &sr, f);
	if (!rc)
		rc = form_read(f);
	if (rc == RC_FAIL)
		return rc;
	if (sent_version(r, f) != sr.version)
		return draw_changed(r, portal, a, &sr, f);
	if (!rc)
		check_day(a, f);
	if (rc || form_failed(f))
		return draw_again(r, portal, a, &sr, f);
	return carry_out(r, portal, a, &sr, f);
}
