#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../core/text.h"
#include "../../domain/attachment.h"
#include "../../domain/request.h"
#include "../../engine/detail.h"
#include "../../engine/form.h"
#include "../../engine/list_select.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "services.h"
#include "service_form.h"

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

static const char *
refusal(struct request *r, const struct service *s, const char *refused)
{
	return pool_printf(r->pool, "action.%s.refused.%s",
		request_kind_name(s->kind), refused);
}

/* The aid's page says why: a redirect was set. */
static enum rc
turn_away(struct request *r, const struct service *s, const struct aid *a,
	const char *refused)
{
	enum rc rc = session_notice(r, "warn", refusal(r, s, refused), NULL);

	if (rc)
		return rc;
	request_redirect(r, "/aids/%s", a->number);
	return RC_REFUSED;
}

/* Back to the list, where something is to be picked first. */
static enum rc
turn_back(struct request *r)
{
	enum rc rc = session_notice(r, "warn", "list.picked-none", NULL);

	if (rc)
		return rc;
	request_redirect(r, "/aids");
	return RC_REFUSED;
}

/* Back to the list, with as many ticked as may be: none is left out unseen.
 * What a form led to is kept, and is shorter. */
static enum rc
turn_back_full(struct request *r, const struct subjects *of)
{
	enum rc rc = session_notice(r, "warn", "list.picked-most",
		pool_printf(r->pool, "%d", PICKS_MAX), NULL);

	if (rc)
		return rc;
	request_redirect(r, "/aids%s",
		r->method == METHOD_POST ? "" : subjects_query_all(r, of));
	return RC_REFUSED;
}

/*
 * Whom it is for, and whether the service is still possible. RC_REFUSED: a
 * redirect was set. Of many, some may be refused.
 */
static enum rc
find_subjects(struct request *r, const struct service *s, struct subjects *of)
{
	enum rc rc;

	if (r->args[0]) {
		rc = subjects_one(r, s->kind, of);
		if (!rc && of->refused_count)
			rc = turn_away(r, s, &of->aid, of->refused[0].refused);
		return rc;
	}
	rc = subjects_many(r, s->kind, of);
	if (rc)
		return rc;
	if (!of->count && !of->refused_count)
		return turn_back(r);
	if (of->more)
		return turn_back_full(r, of);
	if (of->count == 1 && !of->refused_count) {
		request_redirect(r, "/aids/%s/%s", of->items[0].number, s->id);
		return RC_REFUSED;
	}
	return RC_OK;
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
	struct subjects of;
	struct form *f;
	enum rc rc = find_subjects(r, s, &of);

	if (rc)
		return rc;
	if (of.refused_count)
		return service_write_choice(r, s, &of);
	f = service_form(r, s, &of);
	if (s->kind == KIND_REPAIR)
		attachments_begin(f);
	return service_write(r, s, &of, f);
}

/*
 * Draws the form again, with its errors or for another location. RC_REFUSED:
 * what it keeps is kept.
 */
static enum rc
write_again(struct request *r, const struct service *s,
	const struct subjects *of, struct form *f,
	const struct attachments *photos)
{
	enum rc rc = service_write(r, s, of, f);

	if (form_refreshed(f))
		r->response.status = 200;
	if (rc)
		return rc;
	return photos->count ? RC_REFUSED : RC_INVALID;
}

/* Of the aid that changed meanwhile: nothing of this form is kept. */
static enum rc
write_refused(struct request *r, const struct service *s,
	const struct subjects *of, struct form *f, const char *refused)
{
	struct attachments none = {0};

	page_message(r, "bad", refusal(r, s, refused), NULL);
	if (s->kind == KIND_REPAIR)
		attachments_begin(f);
	return write_again(r, s, of, f, &none);
}

/*
 * Of many some changed meanwhile: they are named, and the form as it was
 * filled in is for the others. Nothing was asked.
 */
static enum rc
write_changed(struct request *r, const struct service *s,
	const struct subjects *of, struct form *f,
	const struct attachments *photos)
{
	if (!of->count) {
		enum rc rc = service_write_choice(r, s, of);

		r->response.status = 409;
		return rc ? rc : RC_INVALID;
	}
	page_message(r, "warn", "service.changed",
		subjects_numbers(r, of->refused, of->refused_count), NULL);
	form_action(f,
		pool_printf(r->pool, "%s%s", r->path, subjects_query(r, of)));
	r->response.status = 409;
	return write_again(r, s, of, f, photos);
}

static enum rc
submit(struct request *r, const struct service *s, struct subjects *of,
	struct form *f, const struct attachments *photos)
{
	struct request_draft draft;
	const char *number;
	struct attachment_place at = {.kind = "request"};
	const char *refused;
	enum rc rc = RC_OK;

	if (of->many)
		rc = subjects_lock(r, of);
	if (rc)
		return rc;
	if (of->refused_count)
		return write_changed(r, s, of, f, photos);
	draft = service_draft(r, s, of, f);
	rc = request_submit(r, &draft, &number, &refused);
	if (rc == RC_INVALID)
		return write_refused(r, s, of, f, refused);
	at.number = number;
	if (!rc)
		rc = attachments_attach(r, photos, &at);
	if (rc)
		return rc;
	request_redirect(r, "/requests/%s/sent", number);
	return RC_OK;
}

/* Those that are where they are to go. */
static void
check_places(struct request *r, const struct service *s,
	const struct subjects *of, struct form *f)
{
	struct subject *there = pool_calloc(r->pool, of->count, sizeof(*there));
	size_t n = 0;

	if (!s->to || !form_int(f, s->to))
		return;
	for (size_t i = 0; i < of->count; i++) {
		int64_t from = s->from && !of->many ? form_int(f, s->from)
						    : of->items[i].place_id;

		if (form_int(f, s->to) == from)
			there[n++] = of->items[i];
	}
	if (n && of->many)
		form_fail(f, s->to, "some-there", "text",
			subjects_numbers(r, there, n));
	else if (n)
		form_fail(f, s->to, "same-place", NULL, NULL);
}

/* A day that can be wished for, and a place where it is not already. */
static void
check(struct request *r, const struct service *s, const struct subjects *of,
	struct form *f)
{
	char today[DATE_SIZE];
	const char *refused;

	text_today(today);
	refused =
		date_wish_refused(form_get(f, "wished"), today, DATE_LEAD_DAYS);
	if (refused)
		form_fail(f, "wished", refused, NULL, NULL);
	check_places(r, s, of, f);
}

enum rc
service_post(struct request *r)
{
	const struct service *s = service_of(r);
	struct attachments photos = {0};
	struct subjects of;
	struct form *f;
	enum rc rc = find_subjects(r, s, &of);

	if (rc)
		return rc;
	f = service_form(r, s, &of);
	rc = form_read(f);
	if (rc == RC_FAIL)
		return rc;
	if (s->kind == KIND_REPAIR && attachments_read(r, f, "photos", false,
					      r->who->organisation, &photos))
		return RC_FAIL;
	if (!rc)
		check(r, s, &of, f);
	if (of.refused_count)
		return write_changed(r, s, &of, f, &photos);
	if (rc || form_failed(f))
		return write_again(r, s, &of, f, &photos);
	return submit(r, s, &of, f, &photos);
}
