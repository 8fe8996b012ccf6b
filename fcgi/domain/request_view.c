#include <string.h>

#include "../access/access.h"
#include "../core/format.h"
#include "../core/render.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "request_view.h"

enum rc
request_audit(
	struct request *r, const struct service_request *sr, const char *action)
{
	return audit_clients(r, action,
		pool_printf(r->pool, "request %s", sr->number), &sr->client_id,
		1);
}

static const char *
words_of(struct request *r, const char *id, const char *a, const char *b)
{
	const char *args[] = {a, b};

	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 2, args);
}

static const char *
aids_text(struct request *r, const struct service_request *sr)
{
	return words_of(r, "request.aids",
		pool_printf(r->pool, "%zu", sr->line_count), "");
}

const char *
request_location(struct request *r, const struct service_request *sr)
{
	size_t others = request_locations(sr) - 1;

	if (!others)
		return sr->location;
	return words_of(r,
		others > 1 ? "request.locations" : "request.location-more",
		sr->location, pool_printf(r->pool, "%zu", others));
}

void
request_page_title(struct request *r, const struct service_request *sr)
{
	page_title_arg(r, "code", NULL, sr->number);
	page_badge(r, "request.state", request_state_name(sr->state));
	page_intro(r, "state", "request.kind", request_kind_name(sr->kind));
	if (sr->line_count > 1)
		page_intro(r, NULL, NULL, aids_text(r, sr));
	else
		page_intro(r, NULL, NULL,
			sr->line_count ? sr->lines[0].type : sr->location);
}

/* More than how it ended. */
static bool
has_report(const struct request_line *line)
{
	return line->cause || line->part_count || line->meter.unit ||
	       line->next_inspection;
}

const char *
request_place_name(struct pool *p, const char *location, const char *place)
{
	if (!location || !strcmp(location, place))
		return place;
	return pool_printf(p, "%s, %s", location, place);
}

const char *
request_address(struct pool *p, const char *street, const char *postcode,
	const char *city)
{
	const char *space;

	if (!street || !postcode || !city)
		return street;
	space = strchr(postcode, ' ');
	if (!space)
		return pool_printf(p, "%s, %s %s", street, postcode, city);
	return pool_printf(p, "%s, %.*s\xc2\xa0%s %s", street,
		(int)(space - postcode), postcode, space + 1, city);
}

static void
write_client(struct request *r, const struct service_request *sr)
{
	if (!access_may(r, RIGHT_CLIENT_VIEW))
		return;
	detail_item(r->xml, "client", "text", NULL, sr->client);
	detail_item(r->xml, "born", "date", NULL, sr->client_born);
	detail_item(r->xml, "room", "text", NULL, sr->client_room);
}

static void
write_people(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;

	detail_item(x, "requester", "text", NULL, sr->requester);
	if (r->who->portal == DB_SUPPLIER)
		detail_item(x, "requester_phone", "phone", NULL,
			sr->requester_phone);
	detail_item(x, "contact", "text", NULL, sr->contact_name);
	detail_item(x, "contact_phone", "phone", NULL, sr->contact_phone);
	detail_item(x, "contact_email", "email", NULL, sr->contact_email);
}

static void
write_subject(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;

	detail_open(x, "request");
	detail_item(x, "kind", "state", "request.kind",
		request_kind_name(sr->kind));
	detail_item(x, "wished", "date", NULL, sr->wished_on);
	if (r->who->portal != DB_INSTITUTION)
		detail_item(x, "organisation", "text", NULL, sr->organisation);
	detail_item(x, "location", "text", NULL, request_location(r, sr));
	if (r->who->portal == DB_SUPPLIER)
		detail_item(x, "address", "text", NULL,
			request_address(
				r->pool, sr->street, sr->postcode, sr->city));
	if (sr->place_id != sr->location_id)
		detail_item(x, "place", "text", NULL, sr->place);
	if (sr->to_place)
		detail_item(x, "to", "text", NULL,
			request_place_name(
				r->pool, sr->to_location, sr->to_place));
	detail_item(x, "performer", "state", "request.performer",
		sr->own_performs ? "own" : NULL);
	write_client(r, sr);
	detail_item(x, "law", "state", "request.law", sr->law);
	write_people(r, sr);
	detail_item(x, "reference", "text", NULL, sr->reference);
	detail_item(x, "description", "lines", NULL, sr->description);
	detail_item(x, "message", "lines", NULL, sr->message);
	xml_close(x);
}

static void
write_aid(struct request *r, const struct request_line *line, const char *base,
	const char *certificates)
{
	struct xml *x = r->xml;
	const char *href = base && line->visible ? pool_printf(r->pool, "%s/%s",
							   base, line->number)
						 : NULL;

	detail_open(x, "request-aid");
	detail_link(x, "aid", "code", href, line->number);
	detail_item(x, "type", "text", NULL,
		pool_printf(r->pool, "%s %s", line->make, line->type));
	detail_item(x, "category", "text", NULL, line->category);
	detail_item(x, "serial", "text", NULL, line->serial);
	detail_item(x, "owner", "text", NULL,
		line->owner ? line->owner : r->config->brand.name);
	detail_item(x, "result", "state", "inspection.result", line->result);
	detail_item(x, "remark", "text", NULL, line->remark);
	detail_item(x, "next", "date", NULL, line->next_on);
	if (line->certificate)
		detail_link(x, "certificate", "code",
			certificates ? pool_printf(r->pool, "%s/%s.pdf",
					       certificates, line->certificate)
				     : NULL,
			line->certificate);
	xml_close(x);
}

const char *
request_day_list(struct request *r, const char *date, int64_t mechanic)
{
	return pool_printf(r->pool, "/supplier/day?date=%s&mechanic=%lld", date,
		(long long)mechanic);
}

/* The branch goes back to what the mechanic does that day. */
static const char *
day_list(struct request *r, const struct service_request *sr)
{
	if (r->who->portal != DB_SUPPLIER || !sr->mechanic_id ||
		!sr->planned_on)
		return NULL;
	return request_day_list(r, sr->planned_on, sr->mechanic_id);
}

static void
write_work(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;
	bool one = sr->line_count == 1;

	if (!sr->planned_on && !sr->done_on && !sr->work_done)
		return;
	detail_open(x, "request-work");
	detail_item(x, request_day_name(sr), "date", NULL, sr->planned_on);
	detail_item(x, "part", "state", "request.part", sr->planned_part);
	detail_link(x, "mechanic", "text", day_list(r, sr), sr->mechanic);
	detail_item(x, "done", "date", NULL, sr->done_on);
	detail_item(x, "finding", "state", "request.finding", sr->finding);
	detail_item(x, "work", "lines", NULL, sr->work_done);
	if (one && sr->lines[0].state == STATE_DONE)
		request_write_report(r, x, &sr->lines[0], false);
	if (access_may(r, RIGHT_COST_VIEW))
		detail_item(x, "cost", "money", NULL, sr->cost_cents);
	xml_close(x);
}

/* That it could not be done is told until it is begun again. */
static bool
is_told(const struct request_line *line)
{
	if (line->result || line->outcome == OUTCOME_COUNT)
		return false;
	return line->state == STATE_DONE ||
	       (line->outcome == OUTCOME_COULD_NOT &&
		       request_is_before(line->state, STATE_IN_PROGRESS));
}

/* Of several each is a line: what it is, where, and how far it is. */
static void
write_line(struct request *r, const struct request_line *line, const char *base,
	const char *certificates)
{
	bool told = is_told(line);
	const char *href = NULL;

	if (base && line->visible)
		href = pool_printf(r->pool, "%s/%s", base, line->number);
	line_open(r->xml, line->number ? line->number : "–", href,
		pool_printf(r->pool, "%s %s", line->make, line->type),
		told ? "request.outcome" : "request.state",
		told ? line_outcome_name(line->outcome)
		     : request_state_name(line->state));
	if (line->place)
		line_part(r->xml, NULL, "text", NULL,
			request_place_name(
				r->pool, line->location, line->place));
	line_part(r->xml, NULL, "state", "inspection.result", line->result);
	line_part(r->xml, NULL, "text", NULL, line->remark);
	if (told && !has_report(line))
		line_part(r->xml, NULL, "text", NULL, line->work_done);
	if (certificates && line->certificate)
		line_link(r->xml, "certificate", "code",
			pool_printf(r->pool, "%s/%s.pdf", certificates,
				line->certificate),
			line->certificate);
	xml_close(r->xml);
}

static void
write_lines(struct request *r, const struct service_request *sr,
	const char *base, const char *certificates)
{
	xml_open(r->xml, "lines");
	xml_attr(r->xml, "id", "request-aids");
	for (size_t i = 0; i < sr->line_count; i++)
		write_line(r, &sr->lines[i], base, certificates);
	xml_close(r->xml);
	for (size_t i = 0; i < sr->line_count; i++)
		if (has_report(&sr->lines[i]))
			request_write_line(r, r->xml, &sr->lines[i], true);
}

void
request_write_detail(struct request *r, const struct service_request *sr,
	const char *base, const char *certificates)
{
	write_work(r, sr);
	write_subject(r, sr);
	if (sr->line_count == 1)
		write_aid(r, &sr->lines[0], base, certificates);
	else if (sr->line_count)
		write_lines(r, sr, base, certificates);
}

static void
open_step(struct xml *x, const char *id, const char *status)
{
	xml_open(x, "step");
	xml_attr(x, "id", id);
	xml_attr(x, "status", status);
}

/* What was corrected: the field's name, the old and the new value. */
static void
write_correction(struct xml *x, struct db_row row)
{
	const char *field = db_str0(row, "field");
	const char *type = !strcmp(field, "wished_on") ? "date" : NULL;
	const char *old_value = db_str0(row, "old_value");
	const char *new_value = db_str0(row, "new_value");

	detail_arg(x, "state", "request.field", field);
	detail_arg(x, type, NULL, *old_value ? old_value : "–");
	detail_arg(x, type, NULL, *new_value ? new_value : "–");
}

static void
write_event(struct xml *x, struct db_row row)
{
	open_step(x, db_str0(row, "name"), "done");
	xml_attr(x, "at", db_str(row, "at"));
	xml_attr(x, "by", db_str(row, "actor"));
	if (db_str(row, "field")) {
		write_correction(x, row);
	} else if (db_str(row, "new_value")) {
		/* So many of so many lines. */
		detail_arg(x, "number", NULL, db_str(row, "old_value"));
		detail_arg(x, "number", NULL, db_str(row, "new_value"));
	} else {
		detail_arg(x, "date-long", NULL, db_str(row, "day"));
		detail_arg(x, "state", "request.part", db_str(row, "part"));
	}
	if (db_str(row, "reason"))
		xml_elem(x, "reason", db_str(row, "reason"));
	xml_close(x);
}

/* Where it is: on whom or what it waits. */
static void
write_now(struct xml *x, const struct service_request *sr)
{
	open_step(x, request_state_name(sr->state), "now");
	if (sr->state == STATE_AWAITING_APPROVAL)
		detail_arg(x, NULL, NULL, sr->approver);
	else if (sr->state == STATE_SUBMITTED)
		detail_arg(x, NULL, NULL, sr->branch);
	else if (sr->state == STATE_ACCEPTED || sr->state == STATE_OWN_PLANNED)
		detail_arg(x, "date-long", NULL, sr->wished_on);
	else if (sr->state == STATE_ON_HOLD)
		detail_arg(x, "date-long", NULL, sr->held_until);
	else
		detail_arg(x, "date-long", NULL, sr->planned_on);
	if (sr->state == STATE_PROPOSED || sr->state == STATE_PLANNED)
		detail_arg(x, "state", "request.part", sr->planned_part);
	xml_close(x);
}

static void
write_next(struct xml *x, const char *id)
{
	open_step(x, id, "next");
	xml_close(x);
}

static enum rc
write_events(struct request *r, const struct service_request *sr, struct xml *x)
{
	struct db_rows rows;

	if (db_select(r->db, r->pool, SQL_REQUEST_EVENTS,
		    DB_ARGS(db_int("request", sr->id)), &rows))
		return RC_FAIL;
	xml_open(x, "timeline");
	xml_attr(x, "id", "request");
	for (size_t i = 0; i < rows.count; i++)
		write_event(x, db_row(&rows, i));
	return RC_OK;
}

enum rc
request_write_history(
	struct request *r, const struct service_request *sr, struct xml *x)
{
	enum rc rc = write_events(r, sr, x);

	if (!rc)
		xml_close(x);
	return rc;
}

enum rc
request_write_timeline(struct request *r, const struct service_request *sr)
{
	struct xml *x = r->xml;

	if (write_events(r, sr, x))
		return RC_FAIL;
	if (!request_ended(sr->state)) {
		write_now(x, sr);
		if (request_is_before(sr->state, STATE_ACCEPTED))
			write_next(x, "next.plan");
		if (request_is_before(sr->state, STATE_IN_PROGRESS))
			write_next(x, "next.work");
	}
	xml_close(x);
	return RC_OK;
}

/* A note whose {link} dials the branch. */
static void
write_note(struct request *r, const struct service_request *sr, const char *id,
	const char *kind, const char *icon)
{
	struct xml *x = r->xml;

	xml_open(x, "note");
	xml_attr(x, "id", id);
	xml_attr(x, "kind", kind);
	xml_attr(x, "icon", icon);
	xml_attr(x, "href", format_tel(r->pool, sr->branch_phone));
	detail_arg(x, "phone", NULL, sr->branch_phone);
	xml_close(x);
}

void
request_note_urgent(struct request *r, const struct service_request *sr)
{
	write_note(r, sr, "request-urgent", "warn", "phone");
}

/*
 * Before an approval there is nothing to cancel: it can be withdrawn. What
 * the organisation does itself is no work of the branch.
 */
static void
write_notes(struct request *r, const struct service_request *sr, bool urgent)
{
	bool cancel = sr->state != STATE_AWAITING_APPROVAL;

	if (request_ended(sr->state) || sr->own_performs ||
		(!urgent && !cancel))
		return;
	xml_open(r->xml, "notes");
	if (urgent)
		request_note_urgent(r, sr);
	if (cancel)
		write_note(r, sr, "request-cancel", "plain", NULL);
	xml_close(r->xml);
}

void
request_write_phone(
	struct request *r, const struct service_request *sr, bool urgent)
{
	struct xml *x = r->xml;

	write_notes(r, sr, urgent);
	detail_open(x, "request-phone");
	detail_item(x, "branch", "text", NULL, sr->branch);
	detail_item(x, "branch_phone", "phone", NULL, sr->branch_phone);
	detail_item(x, "advisor", "text", NULL, sr->advisor);
	detail_item(x, "advisor_phone", "phone", NULL, sr->advisor_phone);
	xml_close(x);
}
