#include <string.h>

#include "../access/factor.h"
#include "../access/session.h"
#include "../core/agent.h"
#include "../domain/stand_in.h"
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
	detail_item(r->xml, "lang", "state", "language", who->lang);
	detail_item(
		r->xml, "login", "datetime", NULL, db_str0(own, "last_login"));
	xml_close(r->xml);
}

/* What gives the codes of the second step, and what to do about it. */
static enum rc
write_security(struct request *r)
{
	struct factors f;
	enum rc rc = factors_load(r, r->who->account, &f);

	if (rc)
		return rc;
	detail_open(r->xml, "security");
	detail_item(r->xml, "factor", "state", "account.factor",
		f.app	? f.sms ? "both" : "app"
		: f.sms ? "sms"
			: "none");
	detail_item(r->xml, "mobile", "phone", NULL, f.mobile);
	detail_item(r->xml, "recovery", "number", NULL,
		factors_any(&f) ? pool_printf(r->pool, "%d", f.recovery)
				: NULL);
	xml_close(r->xml);
	if (!f.app) {
		xml_open(r->xml, "notes");
		note_open(r->xml, f.sms ? "factor-app" : "factor-none", "info",
			"shield-check", "/login/enrol");
		xml_close(r->xml);
		xml_close(r->xml);
	}
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "security");
	xml_attr(r->xml, "look", "buttons");
	action_link(r->xml, f.app ? "app-again" : "app", NULL, "shield-check",
		"/login/enrol/app");
	if (f.sms_allowed && !f.mobile)
		action_link(r->xml, "sms", NULL, "message-square",
			"/login/enrol/sms");
	if (factors_any(&f))
		action_link(r->xml, "recovery", NULL, "key-round",
			"/account/recovery");
	xml_close(r->xml);
	return RC_OK;
}

/* Who answers for one who authorises, while away (X6). */
static enum rc
write_stand_in(struct request *r)
{
	struct stand_in s;
	enum rc rc;

	if (!access_may(r, RIGHT_SERVICE_AUTHORISE))
		return RC_OK;
	rc = stand_in_get(r, &s);
	if (rc == RC_FAIL)
		return rc;
	if (!rc) {
		detail_open(r->xml, "stand-in");
		detail_item(r->xml, "name", "text", NULL, s.name);
		detail_item(r->xml, "from", "date", NULL, s.from_on);
		detail_item(r->xml, "until", "date", NULL, s.until_on);
		xml_close(r->xml);
	}
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "stand-in");
	action_link(r->xml, "stand-in", "quiet", "users", "/account/stand-in");
	if (!rc)
		action_post(r->xml, "stand-in-end", "text", NULL,
			"/account/stand-in/end", page_form_key(r));
	xml_close(r->xml);
	return RC_OK;
}

/* Where the account is logged in now, this browser first. */
static enum rc
write_sessions(struct request *r)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_SESSION_LIST,
		DB_ARGS(db_bytes(
				"id", r->who->session, sizeof(r->who->session)),
			db_int("idle_minutes", r->config->session.idle_minutes),
			db_int("hours", r->config->session.hours)),
		&rows);

	if (rc)
		return rc;
	xml_open(r->xml, "devices");
	xml_attr(r->xml, "id", "devices");
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		xml_open(r->xml, "device");
		xml_attr(r->xml, "name",
			agent_name(r->pool, db_str0(row, "agent")));
		xml_attr(r->xml, "address", db_str0(row, "address"));
		xml_attr(r->xml, "since", db_str0(row, "created"));
		xml_attr(r->xml, "seen", db_str0(row, "seen"));
		xml_attr(r->xml, "own", db_num(row, "own") ? "yes" : NULL);
		xml_close(r->xml);
	}
	xml_close(r->xml);
	if (rows.count < 2)
		return RC_OK;
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "devices");
	action_post(r->xml, "end-sessions", NULL, "log-out",
		"/account/sessions/end", page_form_key(r));
	xml_close(r->xml);
	return RC_OK;
}

/* Who helps: for a professional's organisations there may be several. */
static enum rc
write_advisors(struct request *r)
{
	struct db_rows rows;
	enum rc rc;

	if (r->who->portal == DB_SUPPLIER)
		return RC_OK;
	rc = db_select(r->db, r->pool, SQL_ACCOUNT_ADVISORS, DB_NO_ARGS, &rows);
	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		detail_open(r->xml, "advisor");
		detail_arg(r->xml, NULL, NULL, db_str0(row, "organisation"));
		detail_item(r->xml, "name", "text", NULL, db_str(row, "name"));
		detail_item(
			r->xml, "phone", "phone", NULL, db_str(row, "phone"));
		detail_item(
			r->xml, "email", "email", NULL, db_str(row, "email"));
		detail_item(
			r->xml, "branch", "text", NULL, db_str0(row, "branch"));
		detail_item(r->xml, "branch_phone", "phone", NULL,
			db_str0(row, "branch_phone"));
		detail_item(r->xml, "branch_email", "email", NULL,
			db_str0(row, "branch_email"));
		xml_close(r->xml);
	}
	return rc;
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
		if (!inside && access_may(r, RIGHT_LOCATION_CHANGE))
			xml_attr(r->xml, "href",
				pool_printf(r->pool, "/locations/%lld/change",
					(long long)top));
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
	bool several;
	enum rc rc;

	rc = db_one(r->db, r->pool, SQL_ACCOUNT_OWN,
		DB_ARGS(db_int("branch", r->who->branch)), &own);
	if (!rc)
		rc = membership_several(r, &several);
	if (rc)
		return rc;
	page_begin(r,
		r->who->portal == DB_PROFESSIONAL ? "own-profile" : "account");
	xml_open(r->xml, "main");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "account");
	xml_attr(r->xml, "look", "buttons");
	action_link(r->xml,
		r->who->portal == DB_INSTITUTION ? "language" : "profile", NULL,
		"pencil", "/account/profile");
	action_link(r->xml, "password", NULL, "key-round", "/account/password");
	if (several)
		action_link(r->xml, "own-membership", NULL, "building-2",
			"/account/membership");
	action_link(
		r->xml, "calendar", NULL, "calendar-days", "/account/calendar");
	xml_close(r->xml);
	write_data(r, own);
	if (r->who->portal == DB_INSTITUTION && r->who->all_places)
		write_all_places(r->xml);
	if (r->who->portal == DB_INSTITUTION)
		rc = write_places(r);
	if (r->who->portal == DB_PROFESSIONAL)
		rc = write_organisations(r);
	xml_close(r->xml);
	if (rc)
		return rc;
	xml_open(r->xml, "aside");
	rc = write_security(r);
	if (!rc)
		rc = write_stand_in(r);
	if (!rc)
		rc = write_advisors(r);
	if (!rc)
		rc = write_sessions(r);
	xml_close(r->xml);
	return rc;
}

enum rc
sessions_end_post(struct request *r)
{
	enum rc rc = session_end_others(r, r->who->account);

	if (!rc)
		rc = audit_account(
			r, r->who->account, "logout", "everywhere", true);
	if (!rc)
		rc = session_notice(r, "ok", "sessions.ended", NULL);
	if (!rc)
		request_redirect(r, "/account");
	return rc;
}
