#include <string.h>

#include "access/access.h"
#include "db/db.h"
#include "engine/options.h"
#include "menu.h"

struct item {
	enum db_portal portal;
	const char *group;
	const char *id;
	const char *href;
	const char *icon;
	enum right right;
};

/* In the order of the page; a group's items stand together. */
static const struct item items[] = {
	{DB_INSTITUTION, "home", "dashboard", "/dashboard", "layout-dashboard",
		RIGHT_REQUEST_VIEW},
	{DB_INSTITUTION, "aids", "aids", "/aids", "bed", RIGHT_AID_VIEW},
	{DB_INSTITUTION, "aids", "actions", "/actions", "wrench",
		RIGHT_REQUEST_VIEW},
	{DB_INSTITUTION, "aids", "planning", "/planning", "calendar-days",
		RIGHT_PLANNING_VIEW},
	{DB_INSTITUTION, "aids", "messages", "/messages", "message-square",
		RIGHT_REQUEST_VIEW},
	{DB_INSTITUTION, "aids", "inspections", "/inspections", "badge-check",
		RIGHT_AID_VIEW},
	{DB_INSTITUTION, "aids", "exports", "/exports", "download",
		RIGHT_SIGNED_IN},

	{DB_INSTITUTION, "manage", "approvals", "/approvals", "check",
		RIGHT_SERVICE_AUTHORISE},
	{DB_INSTITUTION, "manage", "accounts", "/accounts", "users",
		RIGHT_ACCOUNT_MANAGE},
	{DB_INSTITUTION, "manage", "locations", "/locations", "map-pin",
		RIGHT_LOCATION_CHANGE},

	{DB_PROFESSIONAL, "overviews", "requests", "/requests",
		"clipboard-list", RIGHT_REQUEST_VIEW},
	{DB_PROFESSIONAL, "overviews", "messages", "/messages",
		"message-square", RIGHT_REQUEST_VIEW},

	{DB_SUPPLIER, "work", "work", "/supplier/requests", "clipboard-list",
		RIGHT_WORK_VIEW},
	{DB_SUPPLIER, "work", "work-planning", "/supplier/planning",
		"calendar-days", RIGHT_WORK_VIEW},
	{DB_SUPPLIER, "work", "work-messages", "/supplier/messages",
		"message-square", RIGHT_WORK_VIEW},
	{DB_SUPPLIER, "work", "inspections-due", "/supplier/inspections",
		"badge-check", RIGHT_WORK_VIEW},
	{DB_SUPPLIER, "work", "managed-aids", "/supplier/aids", "bed",
		RIGHT_AID_VIEW},

	{DB_SUPPLIER, "customers", "organisations", "/supplier/organisations",
		"building-2", RIGHT_ORGANISATION_MANAGE},
	{DB_SUPPLIER, "customers", "customer-accounts", "/supplier/accounts",
		"users", RIGHT_ACCOUNT_EXPLAIN},
	{DB_SUPPLIER, "customers", "location-changes",
		"/supplier/location-changes", "map-pin", RIGHT_LOCATION_HANDLE},

	{DB_SUPPLIER, "manage", "mechanics", "/supplier/mechanics", "wrench",
		RIGHT_WORK_PLAN},
	{DB_SUPPLIER, "manage", "staff", "/supplier/staff", "users",
		RIGHT_STAFF_MANAGE},
	{DB_SUPPLIER, "manage", "audit", "/supplier/audit", "shield-check",
		RIGHT_AUDIT_VIEW},
	{DB_SUPPLIER, "manage", "exports", "/exports", "download",
		RIGHT_AUDIT_VIEW},
};

enum { ITEMS = sizeof(items) / sizeof(items[0]) };

static bool
shown(const struct request *r, const struct item *item)
{
	return r->who && r->who->complete && item->portal == r->who->portal &&
	       access_may(r, item->right);
}

/* The item's own page, or one below it. */
static bool
current(const struct request *r, const struct item *item)
{
	size_t len = strlen(item->href);

	return strncmp(r->path, item->href, len) == 0 &&
	       (r->path[len] == '\0' || r->path[len] == '/');
}

/* What waits for the account. */
struct counts {
	bool known;
	struct db_row row;   /* columns named after items */
	const char *overdue; /* of inspections, or NULL */
};

/* An error page of a database that fails asks it nothing. */
static void
count(struct request *r, struct counts *c)
{
	static const enum sql counting[] = {
		[DB_INSTITUTION] = SQL_MENU_INSTITUTION,
		[DB_PROFESSIONAL] = SQL_MENU_PROFESSIONAL,
		[DB_SUPPLIER] = SQL_MENU_SUPPLIER};
	const struct options *overdue;

	c->known = false;
	c->overdue = NULL;
	if (!r->who || !r->who->complete || r->response.status >= 500)
		return;
	c->known = !db_one(
		r->db, r->pool, counting[r->who->portal], DB_NO_ARGS, &c->row);
	if (c->known && r->who->portal == DB_INSTITUTION &&
		!options_get(r, SQL_MENU_OVERDUE, 0, false, &overdue) &&
		overdue->count && strcmp(overdue->at[0].value, "0") != 0)
		c->overdue = overdue->at[0].value;
}

static const char *
count_of(const struct item *item, const struct counts *c)
{
	if (!c->known)
		return NULL;
	if (!strcmp(item->id, "inspections"))
		return c->overdue;
	for (size_t i = 0; i < c->row.rows->columns; i++)
		if (!strcmp(c->row.rows->names[i], item->id) &&
			db_num(c->row, item->id))
			return db_str(c->row, item->id);
	return NULL;
}

static void
write_item(struct request *r, const struct item *item, const char *count)
{
	xml_open(r->xml, "item");
	xml_attr(r->xml, "id", item->id);
	xml_attr(r->xml, "href", item->href);
	xml_attr(r->xml, "icon", item->icon);
	xml_attr(r->xml, "count", count);
	xml_attr(r->xml, "current", current(r, item) ? "yes" : NULL);
	xml_close(r->xml);
}

void
menu_write(struct request *r)
{
	int depth = xml_depth(r->xml);
	const char *group = NULL;
	struct counts counts;

	count(r, &counts);
	for (int i = 0; i < ITEMS; i++) {
		if (!shown(r, &items[i]))
			continue;
		if (!group)
			xml_open(r->xml, "menu");
		if (!group || strcmp(group, items[i].group) != 0) {
			xml_close_to(r->xml, depth + 1);
			xml_open(r->xml, "group");
			xml_attr(r->xml, "id", items[i].group);
			group = items[i].group;
		}
		write_item(r, &items[i], count_of(&items[i], &counts));
	}
	xml_close_to(r->xml, depth);
}

void
menu_search(const struct request *r, const char **href, const char **name)
{
	*href = *name = NULL;
	if (!r->who)
		return;
	if (r->who->portal == DB_INSTITUTION && access_may(r, RIGHT_AID_VIEW))
		*name = "number";
	else if (r->who->portal == DB_SUPPLIER &&
		 access_may(r, RIGHT_WORK_VIEW))
		*name = "request";
	*href = *name ? "/search" : NULL;
}

const char *
menu_home(const struct request *r)
{
	for (int i = 0; i < ITEMS; i++)
		if (shown(r, &items[i]))
			return items[i].href;
	return "/account";
}
