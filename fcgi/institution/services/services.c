#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/attachment.h"
#include "../../domain/request.h"
#include "../../engine/detail.h"
#include "../../engine/form.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "services.h"

/*
 * A service: its address behind /aids/{id}/ is the id of its page and form
 * too; its kind is that of the action. Its form has what I14 asks: where the
 * aid is, where it goes, whom to ask for, who does it.
 */
struct service {
	const char *id;
	enum request_kind kind;
	const char *from; /* field of the place where it is; NULL: known */
	const char *to;	  /* field of the place where it goes, or NULL */
	bool contact;
	bool performer;
};

static const struct service services[] = {
	{"repair", KIND_REPAIR, "department", NULL, true, false},
	{"move", KIND_MOVE, "department", "to_department", false, true},
	{"from-depot", KIND_FROM_DEPOT, NULL, "to_department", true, true},
	{"to-depot", KIND_TO_DEPOT, "department", "depot", true, true},
	{"pick-up", KIND_PICK_UP, "department", NULL, false, false},
};

enum { SERVICES = sizeof(services) / sizeof(services[0]) };

void
services_write(struct request *r, const struct aid *a)
{
	struct aid_facts facts = aid_facts(a);
	struct xml *x = r->xml;

	if (!access_may(r, RIGHT_SERVICE_REQUEST))
		return;
	xml_open(x, "actions");
	xml_attr(x, "id", "services");
	xml_attr(x, "look", "choice");
	xml_attr(
		x, "href", pool_printf(r->pool, "/aids/%s/service", a->number));
	for (size_t i = 0; i < SERVICES; i++) {
		const struct service *s = &services[i];
		const char *refused = aid_service_refused(s->kind, &facts);

		xml_open(x, "action");
		xml_attr(x, "id", request_kind_name(s->kind));
		if (refused)
			xml_attr(x, "refused", refused);
		else
			xml_attr(x, "href",
				pool_printf(r->pool, "/aids/%s/%s", a->number,
					s->id));
		xml_close(x);
	}
	xml_close(x);
}

enum rc
service_choose(struct request *r)
{
	const char *asked = params_get(&r->get, "action");
	struct aid a;
	enum rc rc = aid_find(r, r->args[0], &a);

	if (rc)
		return rc;
	for (size_t i = 0; asked && i < SERVICES; i++)
		if (!strcmp(request_kind_name(services[i].kind), asked)) {
			request_redirect(
				r, "/aids/%s/%s", a.number, services[i].id);
			return RC_OK;
		}
	request_redirect(r, "/aids/%s", a.number);
	return RC_OK;
}

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
		xml_open(x, "note");
		xml_attr(x, "id", "running");
		xml_attr(x, "kind", "warn");
		xml_attr(x, "href",
			pool_printf(r->pool, "/requests/%s", number));
		detail_arg(x, "code", NULL, number);
		xml_close(x);
	}
	xml_close_to(x, depth);
	return RC_OK;
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

static enum rc
write_page(struct request *r, const struct service *s, const struct aid *a,
	struct form *f)
{
	enum rc rc;

	page_begin(r, s->id);
	page_intro(
		r, NULL, NULL, pool_printf(r->pool, "%s %s", a->make, a->type));
	page_intro(r, "code", NULL, a->number);
	page_crumb(r, "aids", "/aids", NULL);
	page_crumb(r, NULL, pool_printf(r->pool, "/aids/%s", a->number),
		a->number);
	page_crumb(r, s->id, NULL, NULL);
	xml_open(r->xml, "main");
	rc = write_running(r, s, a);
	if (!rc)
		rc = form_write(f);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	if (!rc)
		rc = write_notes(r, s);
	write_aid(r, a);
	xml_close(r->xml);
	return rc;
}

static void
default_from(struct request *r, struct form *f, const struct aid *a)
{
	const char *place =
		pool_printf(r->pool, "%lld", (long long)a->place_id);

	form_default(f, "location",
		pool_printf(r->pool, "%lld", (long long)a->location_id));
	form_default(f, "department", place);
	if (a->stored)
		form_option(f, "department", place, a->place);
}

/* The form, empty but for what is known already. */
static struct form *
begin_form(struct request *r, const struct service *s, const struct aid *a)
{
	struct pool *p = r->pool;
	struct form *f = form_begin(
		r, s->id, pool_printf(p, "/aids/%s/%s", a->number, s->id));
	char *first = pool_alloc(p, DATE_SIZE);
	char *last = pool_alloc(p, DATE_SIZE);
	char today[DATE_SIZE];

	text_today(today);
	date_earliest(today, DATE_LEAD_DAYS, first);
	date_latest(today, last);
	form_cancel(f, pool_printf(p, "/aids/%s", a->number));
	form_bounds(f, "wished", first, last);
	form_default(f, "wished", first);
	if (s->from)
		default_from(r, f, a);
	if (s->to && strcmp(s->to, "depot") != 0)
		form_default(f, "to_location",
			pool_printf(p, "%lld", (long long)a->location_id));
	if (s->performer)
		form_default(f, "performer", "supplier");
	if (s->contact) {
		form_default(f, "contact_name", r->who->name);
		form_default(f, "contact_phone", r->who->phone);
		form_default(f, "contact_email", r->who->email);
	}
	return f;
}

static const char *
refusal(struct request *r, const struct service *s, const char *refused)
{
	return pool_printf(r->pool, "action.%s.refused.%s",
		request_kind_name(s->kind), refused);
}

/*
 * The aid, and whether the service is still possible: where it is not, the
 * aid's page says why. RC_REFUSED: a redirect was set.
 */
static enum rc
find_aid(struct request *r, const struct service *s, struct aid *a)
{
	struct aid_facts facts;
	const char *refused;
	enum rc rc = aid_find(r, r->args[0], a);

	if (rc)
		return rc;
	facts = aid_facts(a);
	refused = aid_service_refused(s->kind, &facts);
	if (!refused)
		return RC_OK;
	rc = session_notice(r, "warn", refusal(r, s, refused), NULL);
	if (rc)
		return rc;
	request_redirect(r, "/aids/%s", a->number);
	return RC_REFUSED;
}

/* By the last part of the address: the route table has no other. */
static const struct service *
service_of(const struct request *r)
{
	const char *id = strrchr(r->path, '/') + 1;
	size_t i = 0;

	while (i + 1 < SERVICES && strcmp(services[i].id, id) != 0)
		i++;
	return &services[i];
}

enum rc
service_page(struct request *r)
{
	const struct service *s = service_of(r);
	struct form *f;
	struct aid a;
	enum rc rc = find_aid(r, s, &a);

	if (rc)
		return rc;
	f = begin_form(r, s, &a);
	if (s->kind == KIND_REPAIR)
		attachments_begin(f);
	return write_page(r, s, &a, f);
}

/*
 * Draws the form again, with its errors or for another location. RC_REFUSED:
 * what it keeps is kept.
 */
static enum rc
write_again(struct request *r, const struct service *s, const struct aid *a,
	struct form *f, const struct attachments *photos)
{
	enum rc rc = write_page(r, s, a, f);

	if (form_refreshed(f))
		r->response.status = 200;
	if (rc)
		return rc;
	return photos->count ? RC_REFUSED : RC_INVALID;
}

/* Of the aid that changed meanwhile: nothing of this form is kept. */
static enum rc
write_refused(struct request *r, const struct service *s, const struct aid *a,
	struct form *f, const char *refused)
{
	struct attachments none = {0};

	page_message(r, "bad", refusal(r, s, refused), NULL);
	if (s->kind == KIND_REPAIR)
		attachments_begin(f);
	return write_again(r, s, a, f, &none);
}

static struct request_draft
read_draft(struct request *r, const struct service *s, const struct aid *a,
	const struct form *f)
{
	const char *phone = r->who->phone;
	struct request_draft draft = {
		.kind = s->kind,
		.aid_ids = &a->id,
		.aid_count = 1,
		.place_id = s->from ? form_int(f, s->from) : a->place_id,
		.to_place_id = s->to ? form_int(f, s->to) : 0,
		.client_name = form_get(f, "client"),
		.contact_name = r->who->name,
		.contact_phone = phone ? phone : "",
		.contact_email = r->who->email,
		.message = form_get(f, "message"),
		.wished_on = form_get(f, "wished"),
	};

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

static enum rc
submit(struct request *r, const struct service *s, const struct aid *a,
	struct form *f, const struct attachments *photos)
{
	struct request_draft draft = read_draft(r, s, a, f);
	const char *number;
	struct attachment_place at = {.kind = "request"};
	const char *refused;
	enum rc rc = request_submit(r, &draft, &number, &refused);

	if (rc == RC_INVALID)
		return write_refused(r, s, a, f, refused);
	at.number = number;
	if (!rc)
		rc = attachments_attach(r, photos, &at);
	if (rc)
		return rc;
	request_redirect(r, "/requests/%s/sent", number);
	return RC_OK;
}

/* A day that can be wished for, and a place where it is not already. */
static void
check(const struct service *s, const struct aid *a, struct form *f)
{
	char today[DATE_SIZE];
	const char *refused;
	int64_t from = s->from ? form_int(f, s->from) : a->place_id;

	text_today(today);
	refused =
		date_wish_refused(form_get(f, "wished"), today, DATE_LEAD_DAYS);
	if (refused)
		form_fail(f, "wished", refused, NULL, NULL);
	if (s->to && form_int(f, s->to) == from)
		form_fail(f, s->to, "same-place", NULL, NULL);
}

enum rc
service_post(struct request *r)
{
	const struct service *s = service_of(r);
	struct attachments photos = {0};
	struct form *f;
	struct aid a;
	enum rc rc = find_aid(r, s, &a);

	if (rc)
		return rc;
	f = begin_form(r, s, &a);
	rc = form_read(f);
	if (rc == RC_FAIL)
		return rc;
	if (s->kind == KIND_REPAIR &&
		attachments_read(r, f, "photos", false, a.holder_id, &photos))
		return RC_FAIL;
	if (!rc)
		check(s, &a, f);
	if (rc || form_failed(f))
		return write_again(r, s, &a, f, &photos);
	return submit(r, s, &a, f, &photos);
}
