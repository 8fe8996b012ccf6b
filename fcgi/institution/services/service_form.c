#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "service_form.h"

/* 'Dit hulpmiddel', beside the form. */
static void
write_aid(struct request *r, const struct aid *a)
{
	struct xml *x = r->xml;

	detail_open(x, "service-aid");
	detail_item(x, "number", "code", NULL, a->number);
	detail_item(x, "type", "text", NULL,
		pool_printf(r->pool, "%s %s", a->make, a->type));
	detail_item(x, "location", "text", NULL, a->location);
	if (a->place_id != a->location_id)
		detail_item(x, "department", "text", NULL, a->place);
	detail_item(x, "inspected", "date", NULL, a->inspected_on);
	xml_close(x);
}

static void
write_note(struct xml *x, const char *id, const char *kind, const char *arg)
{
	xml_open(x, "note");
	xml_attr(x, "id", id);
	xml_attr(x, "kind", kind);
	if (arg)
		xml_elem(x, "arg", arg);
	xml_close(x);
}

/* Above the form: the same was asked already, perhaps by the shift before. */
static enum rc
write_running(struct request *r, const struct service *s, const struct aid *a)
{
	struct xml *x = r->xml;
	int depth = xml_depth(x);
	struct db_rows rows;

	if (db_select(r->db, r->pool, SQL_AID_RUNNING,
		    DB_ARGS(db_int("aid", a->id)), &rows))
		return RC_FAIL;
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);
		const char *number = db_str0(row, "number");

		if (strcmp(db_str0(row, "kind"), request_kind_name(s->kind)) !=
			0)
			continue;
		if (xml_depth(x) == depth)
			xml_open(x, "notes");
		note_open(x, "running", "warn", NULL,
			pool_printf(r->pool, "/requests/%s", number));
		detail_arg(x, "code", NULL, number);
		xml_close(x);
	}
	xml_close_to(x, depth);
	return RC_OK;
}

/* The same of many: a note for each request. */
static void
write_all_running(struct request *r, const struct subjects *of)
{
	struct xml *x = r->xml;
	int depth = xml_depth(x);

	for (size_t i = 0; i < of->count; i++) {
		const char *number = of->items[i].running;
		size_t n = 0;

		for (size_t k = 0; number && k < i; k++)
			if (of->items[k].running &&
				!strcmp(of->items[k].running, number))
				number = NULL;
		if (!number)
			continue;
		for (size_t k = i; k < of->count; k++)
			n += of->items[k].running &&
			     !strcmp(of->items[k].running, number);
		if (xml_depth(x) == depth)
			xml_open(x, "notes");
		note_open(x, n > 1 ? "running-many" : "running-one", "warn",
			NULL, pool_printf(r->pool, "/requests/%s", number));
		detail_arg(x, "code", NULL, number);
		detail_arg(x, NULL, NULL,
			n > 1 ? pool_printf(r->pool, "%zu", n)
			      : format_code(r->pool, of->items[i].number));
		xml_close(x);
	}
	xml_close_to(x, depth);
}

/* Beside the form: who must approve, and what to do when it can't wait. */
static enum rc
write_notes(struct request *r, const struct service *s)
{
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_MY_AUTHORISER,
		DB_ARGS(db_int("membership", r->who->membership),
			db_text("kind", request_kind_name(s->kind))),
		&row);

	if (rc == RC_FAIL)
		return rc;
	xml_open(r->xml, "notes");
	if (!rc)
		write_note(r->xml, "approval", "info", db_str(row, "name"));
	write_note(r->xml, "urgent", "warn", NULL);
	xml_close(r->xml);
	return RC_OK;
}

/* Where the aids' own page or list is, to go back to. */
static const char *
back_of(struct request *r, const struct subjects *of)
{
	return of->many ? pool_printf(
				  r->pool, "/aids%s", subjects_query_all(r, of))
			: pool_printf(r->pool, "/aids/%s", of->aid.number);
}

static void
begin_page(
	struct request *r, const struct service *s, const struct subjects *of)
{
	if (of->many) {
		page_begin(r, pool_printf(r->pool, "%s-many", s->id));
		page_intro(r, "number", NULL,
			pool_printf(r->pool, "%zu", of->count));
		page_crumb(r, "aids", back_of(r, of), NULL);
	} else {
		page_begin(r, s->id);
		page_intro(r, NULL, NULL, of->items[0].name);
		page_intro(r, "code", NULL, of->aid.number);
		page_crumb(r, "aids", "/aids", NULL);
		page_crumb(r, NULL, back_of(r, of), of->aid.number);
	}
	page_crumb(r, s->id, NULL, NULL);
}

enum rc
service_write(struct request *r, const struct service *s,
	const struct subjects *of, struct form *f)
{
	enum rc rc = RC_OK;

	begin_page(r, s, of);
	xml_open(r->xml, "main");
	if (of->refused_count)
		subjects_write_refused(r, of);
	if (of->many)
		write_all_running(r, of);
	else
		rc = write_running(r, s, &of->aid);
	if (!rc)
		rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (!rc)
		rc = write_notes(r, s);
	if (of->many)
		subjects_write(r, of);
	else
		write_aid(r, &of->aid);
	xml_close(r->xml);
	return rc;
}

/* Of many each is where it is: the form does not ask. */
static void
default_from(struct request *r, struct form *f, const struct subjects *of)
{
	const struct aid *a = &of->aid;
	const char *place;

	if (of->many) {
		form_remove(f, "location");
		form_remove(f, "department");
		return;
	}
	place = pool_printf(r->pool, "%lld", (long long)a->place_id);
	form_default(f, "location",
		pool_printf(r->pool, "%lld", (long long)a->location_id));
	form_default(f, "department", place);
	if (a->stored)
		form_option(f, "department", place, a->place);
}

static void
default_to(struct request *r, struct form *f, const struct subjects *of)
{
	int64_t location = subjects_location(of);

	if (location)
		form_default(f, "to_location",
			pool_printf(r->pool, "%lld", (long long)location));
}

struct form *
service_form(
	struct request *r, const struct service *s, const struct subjects *of)
{
	struct pool *p = r->pool;
	struct form *f = form_begin(r, s->id,
		pool_printf(p, "%s%s", r->path, subjects_query(r, of)));
	char *first = pool_alloc(p, DATE_SIZE);
	char *last = pool_alloc(p, DATE_SIZE);
	char today[DATE_SIZE];

	text_today(today);
	date_earliest(today, DATE_LEAD_DAYS, first);
	date_latest(today, last);
	form_cancel(f, back_of(r, of));
	form_bounds(f, "wished", first, last);
	form_default(f, "wished", first);
	if (s->from)
		default_from(r, f, of);
	if (s->to && strcmp(s->to, "depot") != 0)
		default_to(r, f, of);
	if (s->performer)
		form_default(f, "performer", "supplier");
	if (s->contact) {
		form_default(f, "contact_name", r->who->name);
		form_default(f, "contact_phone", r->who->phone);
		form_default(f, "contact_email", r->who->email);
	}
	return f;
}

enum rc
service_write_choice(
	struct request *r, const struct service *s, const struct subjects *of)
{
	struct xml *x;
	const char *counts[] = {
		pool_printf(r->pool, "%zu", of->refused_count),
		pool_printf(r->pool, "%zu", of->count + of->refused_count),
		pool_printf(r->pool, "%zu", of->count),
	};

	page_begin(r, of->count ? "service-some" : "service-none");
	page_title_arg(r, "number", NULL, counts[0]);
	page_title_arg(r, "number", NULL, counts[1]);
	page_intro(r, "state", "request.kind", request_kind_name(s->kind));
	page_crumb(r, "aids", back_of(r, of), NULL);
	page_crumb(r, s->id, NULL, NULL);
	subjects_write_refused(r, of);
	x = r->xml;
	xml_open(x, "actions");
	xml_attr(x, "id", of->count ? "service-choice" : "service-back");
	if (of->count) {
		xml_open(x, "action");
		xml_attr(x, "id",
			of->count > 1 ? "service-others" : "service-other");
		xml_attr(x, "href",
			pool_printf(r->pool, "%s%s", r->path,
				subjects_query(r, of)));
		xml_attr(x, "look", "main");
		detail_arg(x, "number", NULL, counts[2]);
		xml_close(x);
	}
	action_link(x, "service-back", "quiet", NULL, back_of(r, of));
	xml_close(x);
	return RC_OK;
}

struct request_draft
service_draft(struct request *r, const struct service *s,
	const struct subjects *of, const struct form *f)
{
	const char *phone = r->who->phone;
	int64_t *ids = pool_calloc(r->pool, of->count, sizeof(*ids));
	struct request_draft draft = {
		.kind = s->kind,
		.aid_ids = ids,
		.aid_count = of->count,
		.place_id = s->from && !of->many ? form_int(f, s->from)
						 : subjects_place(of),
		.to_place_id = s->to ? form_int(f, s->to) : 0,
		.client_name = form_get(f, "client"),
		.contact_name = r->who->name,
		.contact_phone = phone ? phone : "",
		.contact_email = r->who->email,
		.message = form_get(f, "message"),
		.wished_on = form_get(f, "wished"),
	};

	for (size_t i = 0; i < of->count; i++)
		ids[i] = of->items[i].id;
	if (s->kind == KIND_REPAIR)
		draft.description = form_get(f, "defect");
	if (s->performer)
		draft.own_performs = !strcmp(form_get(f, "performer"), "own");
	if (s->contact) {
		draft.contact_name = form_get(f, "contact_name");
		draft.contact_phone = form_get(f, "contact_phone");
		draft.contact_email = form_get(f, "contact_email");
	}
	return draft;
}
