#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/format.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/form.h"
#include "../engine/page.h"
#include "../rules/date.h"
#include "request_action.h"
#include "request_plan.h"
#include "request_tell.h"
#include "request_view.h"

/* One action on one request, from its address to its answer. */
struct doing {
	const struct request_portal *portal;
	const struct request_action *action;
	struct service_request sr;
	struct form *form;
	struct mechanic_day mechanics;
};

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

/* A day and who goes: fields that have a form of their own. */
static bool
plans(const struct request_action *a)
{
	return a->event == EVENT_PROPOSE || a->event == EVENT_PLAN;
}

static void
prepare_day(struct request *r, const struct request_action *a, struct form *f)
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
	else
		text_date_add(first, 1, first);
	form_bounds(f, "day", first, last);
}

static enum rc
begin_form(struct request *r, struct doing *d)
{
	const struct request_action *a = d->action;
	const struct service_request *sr = &d->sr;
	const char *back =
		pool_printf(r->pool, "%s/%s", d->portal->base, sr->number);
	struct form *f = form_begin(
		r, a->id, pool_printf(r->pool, "%s/%s", back, a->id));

	d->form = f;
	form_cancel(f, back);
	form_default(f, "version", version_of(r, sr));
	if (plans(a))
		request_plan_begin(r, sr, f);
	else if (a->fields & FIELD_OF_DAY)
		prepare_day(r, a, f);
	if (a->fields & FIELD_OF_PART)
		form_default(
			f, "part", sr->planned_part ? sr->planned_part : "day");
	return plans(a) ? request_plan_mechanics(r, sr, f, &d->mechanics)
			: RC_OK;
}

/* The form, and beside it what it is about. */
static enum rc
write_page(struct request *r, const struct doing *d)
{
	const struct request_action *a = d->action;
	const struct service_request *sr = &d->sr;
	enum rc rc = request_audit(r, sr, "view");

	if (rc)
		return rc;
	page_begin(r, a->id);
	page_intro(r, "code", NULL, sr->number);
	page_intro(r, "date-long", NULL, sr->planned_on);
	page_crumb(r, d->portal->list, d->portal->list_href, NULL);
	page_crumb(r, NULL,
		pool_printf(r->pool, "%s/%s", d->portal->base, sr->number),
		sr->number);
	page_crumb(r, a->id, NULL, NULL);
	xml_open(r->xml, "main");
	if (plans(a))
		request_plan_offer(d->form);
	rc = form_write(d->form);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	request_plan_write(r, &d->mechanics);
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

/* Finds request and action, begins the form; false: *rc is the answer. */
static bool
begin(struct request *r, const struct request_portal *portal, struct doing *d,
	enum rc *rc)
{
	*d = (struct doing){.portal = portal, .action = find_action(r, portal)};
	*rc = d->action ? request_get(r, r->args[0], &d->sr) : RC_NOTFOUND;
	if (!*rc && !may(r, d->action, &d->sr)) {
		*rc = turn_away(r, portal, &d->sr, "state");
		return false;
	}
	if (!*rc)
		*rc = begin_form(r, d);
	return !*rc;
}

enum rc
request_action_page(struct request *r, const struct request_portal *portal)
{
	struct doing d;
	enum rc rc;

	return begin(r, portal, &d, &rc) ? write_page(r, &d) : rc;
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

	if (plans(a))
		request_plan_check(f);
	if (!day || a->event != EVENT_OTHER_DATE || form_refreshed(f))
		return;
	text_today(today);
	refused = date_wish_refused(day, today, DATE_LEAD_DAYS);
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
draw_again(struct request *r, const struct doing *d)
{
	enum rc rc = write_page(r, d);

	return rc ? rc : RC_INVALID;
}

/* Somebody was first: what was typed stays, what there is now is shown. */
static enum rc
draw_changed(struct request *r, const struct doing *d)
{
	page_message(r, "warn", "request.changed", NULL);
	form_default(d->form, "version", version_of(r, &d->sr));
	r->response.status = 409;
	return draw_again(r, d);
}

static enum rc
carry_out(struct request *r, struct doing *d)
{
	struct service_request *sr = &d->sr;
	struct request_change c = read_change(r, d->action, d->form);
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
	if (rc == RC_INVALID && field_error(d->form, d->action, refused))
		return draw_again(r, d);
	if (rc == RC_INVALID)
		return turn_away(r, d->portal, sr, refused);
	if (!rc)
		rc = session_notice(r, "ok",
			pool_printf(r->pool, "request.%s",
				request_event_name(
					request_told_event(sr, c.event))),
			format_code(r->pool, sr->number), NULL);
	if (!rc)
		request_redirect(r, "%s/%s", d->portal->base, sr->number);
	return rc;
}

enum rc
request_action_post(struct request *r, const struct request_portal *portal)
{
	struct doing d;
	enum rc rc;

	if (!begin(r, portal, &d, &rc))
		return rc;
	rc = form_read(d.form);
	if (rc == RC_FAIL)
		return rc;
	if (sent_version(r, d.form) != d.sr.version)
		return draw_changed(r, &d);
	check_day(d.action, d.form);
	if (rc || form_failed(d.form))
		return draw_again(r, &d);
	return carry_out(r, &d);
}
