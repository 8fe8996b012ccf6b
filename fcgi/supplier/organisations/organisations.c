#include <string.h>

#include "../../access/access.h"
#include "../../domain/history.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "organisation.h"
#include "organisations.h"

enum { STEPS_MAX = 20 };

static void
open_actions(struct request *r)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "organisation");
	xml_attr(r->xml, "place", "head");
}

enum rc
organisations_page(struct request *r)
{
	page_begin(r, "organisations");
	open_actions(r);
	action_link(r->xml, "organisation-new", "main", "plus",
		"/supplier/organisations/new");
	xml_close(r->xml);
	return list_run(r, "organisations", r->path, DB_NO_ARGS);
}

static void
write_action(struct request *r, const struct organisation *o, const char *id,
	const char *look, const char *icon, const char *path)
{
	action_link(r->xml, id, look, icon,
		pool_printf(r->pool, "/supplier/organisations/%s/%s", o->code,
			path));
}

static void
write_actions(struct request *r, const struct organisation *o)
{
	open_actions(r);
	if (!o->active) {
		write_action(r, o, "organisation-resume", "main", "rotate-ccw",
			"resume");
		xml_close(r->xml);
		return;
	}
	write_action(r, o, "organisation-edit", "quiet", "pen-line", "edit");
	if (!strcmp(o->kind, "institution") &&
		access_may(r, RIGHT_LOCATION_HANDLE))
		write_action(
			r, o, "location-new", "quiet", "plus", "locations/new");
	if (access_may(r, RIGHT_CONTRACT_MANAGE))
		write_action(
			r, o, "contract-new", "quiet", "plus", "contracts/new");
	if (!strcmp(o->kind, "institution") &&
		access_may(r, RIGHT_ACCOUNT_MANAGE))
		action_link(r->xml, "office-new", "quiet", "users",
			pool_printf(r->pool,
				"/supplier/accounts/new?kind=admin"
				"&organisation=%lld",
				(long long)o->id));
	write_action(r, o, "organisation-end", "text", "ban", "end");
	xml_close(r->xml);
}

static void
write_detail(struct request *r, const struct organisation *o)
{
	struct xml *x = r->xml;

	detail_open(x, "organisation");
	detail_item(x, "kind", "state", "organisation.kind", o->kind);
	if (o->parent_visible)
		detail_link(x, "parent", "text",
			organisation_href(r->pool, o->parent_code), o->parent);
	else
		detail_item(x, "parent", "text", NULL, o->parent);
	detail_item(x, "branch", "text", NULL, o->branch);
	detail_item(x, "advisor", "text", NULL, o->advisor);
	detail_item(x, "second_factor", "state", "organisation.second_factor",
		o->second_factor);
	detail_item(x, "sms_allowed", "state", "value",
		o->sms_allowed ? "yes" : "no");
	detail_item(x, "password_min", "number", NULL,
		organisation_number(r->pool, o->password_min));
	detail_item(x, "payment_days", "number", NULL,
		organisation_number(r->pool, o->payment_days));
	detail_link(x, "accounts", "number",
		pool_printf(r->pool, "/supplier/accounts?organisation=%lld",
			(long long)o->id),
		organisation_number(r->pool, o->accounts));
	detail_item(x, "aids", "number", NULL,
		organisation_number(r->pool, o->use.aids));
	detail_item(x, "requests", "number", NULL,
		organisation_number(r->pool, o->use.requests));
	xml_close(x);
}

/* Closed places come to nothing more than a name. */
static void
open_place(struct request *r, struct db_row place, bool change)
{
	struct xml *x = r->xml;

	xml_open(x, "place");
	xml_attr(x, "name", db_str0(place, "name"));
	xml_attr(x, "note",
		request_address(r->pool, db_str(place, "street"),
			db_str(place, "postcode"), db_str(place, "city")));
	if (change)
		xml_attr(x, "href",
			pool_printf(r->pool, "/supplier/places/%s/edit",
				db_str0(place, "id")));
	if (db_num(place, "active"))
		xml_attr(x, "aids", db_str0(place, "aids"));
	else
		xml_attr(x, "closed", "yes");
}

/* Each location with what lies in it. */
static enum rc
write_places(struct request *r, const struct organisation *o)
{
	bool change = o->active && access_may(r, RIGHT_LOCATION_HANDLE);
	int depth = xml_depth(r->xml);
	struct db_rows rows;
	int64_t top = 0;
	enum rc rc = db_select(r->db, r->pool, SQL_ORGANISATION_PLACES,
		DB_ARGS(db_int("organisation", o->id)), &rows);

	if (rc || strcmp(o->kind, "institution") != 0)
		return rc;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "organisation-places");
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row place = db_row(&rows, i);

		xml_close_to(
			r->xml, depth + (db_num(place, "top") == top ? 2 : 1));
		top = db_num(place, "top");
		open_place(r, place, change);
	}
	xml_close_to(r->xml, depth);
	return RC_OK;
}

static enum rc
write_children(struct request *r, const struct organisation *o)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_ORGANISATION_CHILDREN,
		DB_ARGS(db_int("organisation", o->id)), &rows);

	if (rc || strcmp(o->kind, "umbrella") != 0)
		return rc;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "organisation-children");
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		xml_open(r->xml, "place");
		xml_attr(r->xml, "name", db_str0(row, "name"));
		xml_attr(r->xml, "href",
			organisation_href(r->pool, db_str0(row, "code")));
		xml_close(r->xml);
	}
	xml_close(r->xml);
	return RC_OK;
}

static enum rc
write_main(struct request *r, const struct organisation *o)
{
	enum rc rc;

	write_detail(r, o);
	rc = write_children(r, o);
	if (!rc)
		rc = write_places(r, o);
	if (!rc)
		rc = list_run(r, "contracts",
			organisation_href(r->pool, o->code),
			DB_ARGS(db_int("organisation", o->id)));
	return rc;
}

enum rc
organisation_page(struct request *r)
{
	struct organisation o;
	enum rc rc = organisation_get(r, r->args[0], &o);

	if (rc)
		return rc;
	page_begin(r, "organisation");
	page_title(r, o.name);
	page_badge(r, "organisation.state", o.active ? "active" : "ended");
	page_intro(r, "text", NULL, o.code);
	page_crumb(r, "organisations", "/supplier/organisations", NULL);
	page_crumb(r, NULL, NULL, o.name);
	write_actions(r, &o);
	rc = write_main(r, &o);
	if (!rc)
		rc = history_write_organisation(r, o.id, STEPS_MAX);
	return rc;
}
