#include <string.h>

#include "../access/access.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "account.h"

static void
write_data(struct request *r, struct db_row own)
{
	const struct identity *who = r->who;

	detail_open(r->xml, "account");
	detail_item(r->xml, "name", "text", NULL, who->name);
	detail_item(r->xml, "email", "email", NULL, who->email);
	detail_item(r->xml, "phone", "phone", NULL, who->phone);
	detail_item(r->xml, "role", "state",
		pool_printf(r->pool, "role.%s", who->portal_name), who->role);
	if (who->portal == DB_INSTITUTION)
		detail_item(r->xml, "organisation", "text", NULL,
			who->organisation_name);
	if (who->portal == DB_SUPPLIER)
		detail_item(
			r->xml, "branch", "text", NULL, db_str0(own, "branch"));
	detail_item(r->xml, "factor", "state", "account.factor",
		db_num(own, "has_factor") ? "app" : "none");
	detail_item(
		r->xml, "login", "datetime", NULL, db_str0(own, "last_login"));
	xml_close(r->xml);
}

static const char *
address_of(struct request *r, struct db_row place)
{
	const char *street = db_str(place, "street");
	const char *city = db_str(place, "city");

	if (!street || !city)
		return street ? street : city;
	return pool_printf(r->pool, "%s, %s", street, city);
}

static enum rc
write_places(struct request *r)
{
	struct db_rows rows;
	int64_t top = 0;
	enum rc rc;

	rc = db_select(r->db, r->pool, SQL_ACCOUNT_PLACES, DB_NO_ARGS, &rows);
	if (rc || !rows.count)
		return rc;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "places");
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row place = db_row(&rows, i);
		bool inside = db_num(place, "top") == top;

		if (!inside && top)
			xml_close(r->xml);
		top = db_num(place, "top");
		xml_open(r->xml, "place");
		xml_attr(r->xml, "name", db_str0(place, "name"));
		xml_attr(r->xml, "note", address_of(r, place));
		if (db_num(place, "whole"))
			xml_attr(r->xml, "whole", "yes");
		if (inside)
			xml_close(r->xml);
	}
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}

static enum rc
write_organisations(struct request *r)
{
	struct db_rows rows;
	enum rc rc;

	rc = db_select(
		r->db, r->pool, SQL_ACCOUNT_ORGANISATIONS, DB_NO_ARGS, &rows);
	if (rc || !rows.count)
		return rc;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "organisations");
	for (size_t i = 0; i < rows.count; i++) {
		xml_open(r->xml, "place");
		xml_attr(r->xml, "name", db_str0(db_row(&rows, i), "name"));
		xml_close(r->xml);
	}
	xml_close(r->xml);
	return RC_OK;
}

static void
write_all_places(struct xml *x)
{
	xml_open(x, "notes");
	note_open(x, "all-places", "info", NULL, NULL);
	xml_close(x);
	xml_close(x);
}

enum rc
account_page(struct request *r)
{
	struct db_row own;
	enum rc rc;

	rc = db_one(r->db, r->pool, SQL_ACCOUNT_OWN,
		DB_ARGS(db_int("branch", r->who->branch)), &own);
	if (rc)
		return rc;
	page_begin(r, "account");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "account");
	xml_attr(r->xml, "look", "buttons");
	action_link(r->xml, "password", NULL, "key-round", "/account/password");
	xml_close(r->xml);
	write_data(r, own);
	if (r->who->portal == DB_INSTITUTION && r->who->all_places)
		write_all_places(r->xml);
	if (r->who->portal == DB_INSTITUTION)
		return write_places(r);
	if (r->who->portal == DB_PROFESSIONAL)
		return write_organisations(r);
	return RC_OK;
}
