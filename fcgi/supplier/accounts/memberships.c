#include <string.h>

#include "../../core/text.h"
#include "../../domain/account_view.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "managed.h"

/* One membership of a customer's account. */
struct belonging {
	struct managed m;
	const struct account_member *member;
	const char *href;
	bool professional;
};

static enum rc
find(struct request *r, struct belonging *b)
{
	struct db_row row;
	int64_t id;
	enum rc rc;

	if (!text_int(r->args[0], &id))
		return RC_NOTFOUND;
	rc = db_one(r->db, r->pool, SQL_OFFICE_MEMBERSHIP,
		DB_ARGS(db_int("id", id)), &row);
	if (!rc)
		rc = managed_find(r, db_str0(row, "code"), &b->m);
	if (rc)
		return rc;
	b->member = NULL;
	for (size_t i = 0; i < b->m.count; i++)
		if (b->m.members[i].id == id)
			b->member = &b->m.members[i];
	if (!b->member || b->m.account.state == ACCOUNT_ENDED)
		return RC_NOTFOUND;
	b->professional = !strcmp(b->member->portal, "professional");
	b->href = pool_printf(
		r->pool, "/supplier/memberships/%lld", (long long)id);
	return RC_OK;
}

static void
write_actions(struct request *r, const struct belonging *b)
{
	bool active = b->member->active;

	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "membership");
	xml_attr(r->xml, "place", "head");
	if (active)
		action_link(r->xml, "membership-places", "quiet", "map-pin",
			pool_printf(r->pool, "%s/places", b->href));
	action_link(r->xml, active ? "membership-close" : "membership-open",
		"text", active ? "ban" : "rotate-ccw",
		pool_printf(
			r->pool, "%s/%s", b->href, active ? "close" : "open"));
	xml_close(r->xml);
}

static enum rc
begin_page(struct request *r, const struct belonging *b, const char *id)
{
	enum rc rc = managed_page(r, &b->m, id, id);

	page_intro(r, NULL, NULL, b->member->organisation_name);
	return rc;
}

static enum rc
draw(struct request *r, struct form *f, void *thing)
{
	const struct belonging *b = thing;
	enum rc rc = begin_page(r, b, "membership");

	if (rc)
		return rc;
	write_actions(r, b);
	return form_write(f);
}

static enum rc
leave(struct request *r, const struct belonging *b, enum rc rc,
	const char *refused, const char *message)
{
	if (rc == RC_INVALID && refused)
		return managed_refused(r, refused);
	return rc ? rc : managed_leave(r, &b->m, "ok", message);
}

/* What the form does not have stays as it is. */
static enum rc
apply(struct request *r, struct form *f, void *thing)
{
	const struct belonging *b = thing;
	const struct account_member *was = b->member;
	const struct account_draft d = {.portal = was->portal,
		.role = b->professional ? was->role : form_get(f, "role"),
		.reason = form_get(f, "reason"),
		.visibility = b->professional ? form_get(f, "visibility")
					      : was->visibility,
		.all_places = was->all_places,
		.may_authorise_orders = was->may_authorise_orders};
	const char *refused = NULL;
	enum rc rc;

	if (was->reason && !d.reason) {
		form_fail(f, "reason", "missing", NULL, NULL);
		return RC_INVALID;
	}
	rc = account_member_change(r, &b->m.account, was, &d, &refused);
	return leave(r, b, rc, refused, "office.membership");
}

static struct form *
begin(struct request *r, const struct belonging *b)
{
	struct form *f = form_begin(r, "office-membership", r->path);

	if (b->professional) {
		form_remove(f, "role");
		form_default(f, "visibility", b->member->visibility);
	} else {
		form_remove(f, "visibility");
		form_default(f, "role", b->member->role);
	}
	form_default(f, "reason", b->member->reason);
	form_cancel(f, managed_href(r->pool, &b->m));
	return f;
}

enum rc
membership_page(struct request *r)
{
	struct belonging b;
	struct edit e = {.thing = &b, .draw = draw, .apply = apply};
	enum rc rc = find(r, &b);

	if (rc)
		return rc;
	e.form = begin(r, &b);
	e.version = b.m.account.version;
	return edit_run(r, &e);
}

static enum rc
draw_active(struct request *r, struct form *f, void *thing)
{
	const struct belonging *b = thing;
	enum rc rc = begin_page(r, b,
		b->member->active ? "membership-close" : "membership-open");

	return rc ? rc : form_write(f);
}

static enum rc
apply_active(struct request *r, struct form *f, void *thing)
{
	const struct belonging *b = thing;
	bool active = b->member->active;
	const char *refused = NULL;
	enum rc rc = active ? account_member_close(
				      r, &b->m.account, b->member, &refused)
			    : account_member_open(
				      r, &b->m.account, b->member, &refused);

	(void)f;
	return leave(r, b, rc, refused,
		active ? "office.membership-closed" : "office.membership-open");
}

/* Done already: back to the account. */
static enum rc
set_active(struct request *r, bool active)
{
	struct belonging b;
	struct edit e = {
		.thing = &b, .draw = draw_active, .apply = apply_active};
	enum rc rc = find(r, &b);

	if (rc)
		return rc;
	if (b.member->active == active)
		return managed_leave(r, &b.m, "warn", "account.refused.state");
	e.form = form_begin(r,
		active ? "office-membership-open" : "office-membership-close",
		r->path);
	e.version = b.m.account.version;
	form_cancel(e.form, managed_href(r->pool, &b.m));
	return edit_run(r, &e);
}

enum rc
membership_closing(struct request *r)
{
	return set_active(r, false);
}

enum rc
membership_opening(struct request *r)
{
	return set_active(r, true);
}

/* sent: as it was sent, with what was ticked then. */
static enum rc
write_places(struct request *r, const struct belonging *b,
	const struct db_rows *places, bool sent)
{
	enum rc rc = begin_page(r, b, "membership-places");

	if (!rc)
		ticks_write(r, "membership-places", places,
			managed_href(r->pool, &b->m),
			account_version(r->pool, &b->m.account, b->member),
			sent);
	return rc;
}

static enum rc
find_places(struct request *r, struct belonging *b, struct db_rows *places)
{
	enum rc rc = find(r, b);

	return rc ? rc
		  : db_select(r->db, r->pool, SQL_OFFICE_PLACES,
			    DB_ARGS(db_int("member", b->member->id)), places);
}

enum rc
membership_places(struct request *r)
{
	struct belonging b;
	struct db_rows places;
	enum rc rc = find_places(r, &b, &places);

	return rc ? rc : write_places(r, &b, &places, false);
}

static enum rc
save_places(struct request *r, const struct belonging *b,
	const struct db_rows *places, const char **refused)
{
	struct account_place *ticked =
		pool_calloc(r->pool, places->count + 1, sizeof(*ticked));
	size_t count;

	if (!ticks_read(r, places, ticked, &count))
		return RC_DENIED;
	return account_member_places(
		r, &b->m.account, b->member, ticked, count, refused);
}

enum rc
membership_places_post(struct request *r)
{
	const char *sent = params_get(&r->post, "version");
	const char *refused = NULL;
	struct belonging b;
	struct db_rows places;
	enum rc rc = find_places(r, &b, &places);

	if (rc)
		return rc;
	if (!sent || strcmp(sent, account_version(r->pool, &b.m.account,
					  b.member)) != 0) {
		page_message(r, "warn", "form.changed", NULL);
		r->response.status = 409;
		rc = RC_INVALID;
	}
	if (!rc)
		rc = save_places(r, &b, &places, &refused);
	if (rc != RC_INVALID)
		return leave(r, &b, rc, refused, "office.places");
	if (refused)
		rc = managed_refused(r, refused);
	return write_places(r, &b, &places, true) ? RC_FAIL : rc;
}
