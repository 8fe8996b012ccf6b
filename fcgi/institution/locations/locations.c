#include <string.h>

#include "../../access/access.h"
#include "../../domain/location_change.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/edit.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "locations.h"

/* Where a request waits the link leads to it, else to the form for one. */
static void
open_place(struct request *r, struct db_row place)
{
	struct xml *x = r->xml;
	const char *asked = db_str(place, "asked");

	xml_open(x, "place");
	xml_attr(x, "name", db_str0(place, "name"));
	xml_attr(x, "note",
		request_address(r->pool, db_str(place, "street"),
			db_str(place, "postcode"), db_str(place, "city")));
	if (asked) {
		xml_attr(x, "href",
			pool_printf(r->pool, "/locations/changes/%s", asked));
		xml_attr(x, "link", "asked");
	} else if (!strcmp(db_str0(place, "kind"), "location")) {
		xml_attr(x, "href",
			pool_printf(r->pool, "/locations/%s/change",
				db_str0(place, "id")));
	}
}

static enum rc
write_places(struct request *r)
{
	int depth = xml_depth(r->xml);
	struct db_rows rows;
	int64_t top = 0;
	enum rc rc =
		db_select(r->db, r->pool, SQL_LOCATIONS_OWN, DB_NO_ARGS, &rows);

	if (rc)
		return rc;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "locations");
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row place = db_row(&rows, i);

		xml_close_to(
			r->xml, depth + (db_num(place, "top") == top ? 2 : 1));
		top = db_num(place, "top");
		open_place(r, place);
	}
	xml_close_to(r->xml, depth);
	return RC_OK;
}

enum rc
locations_page(struct request *r)
{
	enum rc rc;

	page_begin(r, "locations");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "locations");
	xml_attr(r->xml, "place", "head");
	action_link(
		r->xml, "location-ask-new", "main", "plus", "/locations/new");
	xml_close(r->xml);
	rc = write_places(r);
	return rc ? rc : list_run(r, "location-requests", r->path, DB_NO_ARGS);
}

enum rc
location_request_page(struct request *r)
{
	struct location_change c;
	enum rc rc = location_change_get(r, r->args[0], &c);

	if (rc)
		return rc;
	page_begin(r, "location-request");
	page_title_arg(r, "code", NULL, c.number);
	page_badge(r, "location-change.state", location_state_name(c.state));
	page_intro(r, "state", "location-change.kind", c.kind);
	page_crumb(r, "locations", "/locations", NULL);
	page_crumb(r, NULL, NULL, c.number);
	xml_open(r->xml, "main");
	if (location_change_may(r, &c, LOCATION_WITHDRAW)) {
		xml_open(r->xml, "actions");
		xml_attr(r->xml, "id", "location-request");
		xml_attr(r->xml, "place", "head");
		action_link(r->xml, "location-withdraw", "text", "ban",
			pool_printf(r->pool, "/locations/changes/%s/withdraw",
				c.number));
		xml_close(r->xml);
	}
	location_change_write(r, &c);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	location_change_timeline(r, &c);
	xml_close(r->xml);
	return RC_OK;
}

static enum rc
draw_withdraw(struct request *r, struct form *f, void *thing)
{
	const struct location_change *c = thing;

	page_begin(r, "location-withdraw");
	page_title_arg(r, "code", NULL, c->number);
	page_crumb(r, "locations", "/locations", NULL);
	page_crumb(r, NULL,
		pool_printf(r->pool, "/locations/changes/%s", c->number),
		c->number);
	page_crumb(r, "withdraw", NULL, NULL);
	return form_write(f);
}

static enum rc
leave(struct request *r, const struct location_change *c, const char *kind,
	const char *message)
{
	if (session_notice(r, kind, message, c->number, NULL))
		return RC_FAIL;
	request_redirect(r, "/locations/changes/%s", c->number);
	return RC_OK;
}

static enum rc
apply_withdraw(struct request *r, struct form *f, void *thing)
{
	struct location_change *c = thing;
	const char *refused;
	enum rc rc =
		location_change_move(r, c, LOCATION_WITHDRAW, NULL, &refused);

	(void)f;
	return rc ? rc : leave(r, c, "ok", "location-change.withdrawn");
}

enum rc
location_withdraw(struct request *r)
{
	struct location_change c;
	struct edit e = {
		.thing = &c, .draw = draw_withdraw, .apply = apply_withdraw};
	enum rc rc = location_change_get(r, r->args[0], &c);

	if (rc)
		return rc;
	if (!location_change_may(r, &c, LOCATION_WITHDRAW))
		return leave(r, &c, "warn", "location-change.answered");
	e.form = form_begin(r, "location-withdraw", r->path);
	e.version = c.version;
	form_cancel(e.form,
		pool_printf(r->pool, "/locations/changes/%s", c.number));
	return edit_run(r, &e);
}
