#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "dashboard.h"

static const struct group {
	const char *id;
	const char *href;
} groups[] = {
	{"repairs", "/actions?kind=repair"},
	{"from-depot", "/actions?kind=from_depot"},
	{"to-depot", "/actions?kind=to_depot"},
	{"moves", "/actions?kind=move"},
	{"pick-ups", "/actions?kind=pick_up"},
};

enum { GROUPS = sizeof(groups) / sizeof(groups[0]) };

/* The day that counts now: done, agreed, or wished for. */
static void
write_day(struct xml *x, struct db_row row)
{
	if (db_str(row, "done_on"))
		detail_item(x, "done", "date", NULL, db_str0(row, "done_on"));
	else if (db_str(row, "planned_on"))
		detail_item(
			x, "planned", "date", NULL, db_str0(row, "planned_on"));
	else
		detail_item(
			x, "wished", "date", NULL, db_str0(row, "wished_on"));
}

static void
write_entry(struct request *r, struct db_row row)
{
	struct xml *x = r->xml;
	const char *type = db_str(row, "type");

	xml_open(x, "entry");
	xml_attr(x, "href",
		pool_printf(r->pool, "/requests/%s", db_str0(row, "number")));
	xml_attr(x, "number", db_str0(row, "number"));
	xml_attr(x, "state", db_str0(row, "state"));
	detail_item(x, "kind", "state", "request.kind", db_str0(row, "kind"));
	detail_item(x, "type", "text", NULL, type ? type : "");
	if (db_num(row, "aids") > 1)
		detail_item(x, "aids", "number", NULL, db_str0(row, "aids"));
	detail_item(x, "location", "text", NULL, db_str(row, "location"));
	if (db_str(row, "place") && db_str(row, "location") &&
		strcmp(db_str0(row, "place"), db_str0(row, "location")) != 0)
		detail_item(x, "place", "text", NULL, db_str0(row, "place"));
	detail_item(x, "requester", "text", NULL, db_str(row, "requester"));
	write_day(x, row);
	if (access_may(r, RIGHT_COST_VIEW))
		detail_item(
			x, "cost", "money", NULL, db_str(row, "cost_cents"));
	xml_close(x);
}

/* The rows of that part. */
static void
write_digest(struct request *r, const char *id, const char *href,
	const struct db_rows *rows)
{
	xml_open(r->xml, "digest");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "href", href);
	for (size_t i = 0; i < rows->count; i++) {
		struct db_row row = db_row(rows, i);

		if (!strcmp(db_str0(row, "part"), id))
			write_entry(r, row);
	}
	xml_close(r->xml);
}

enum rc
dashboard_page(struct request *r)
{
	struct db_rows waiting, newest;
	char *today = pool_alloc(r->pool, 11);
	enum rc rc = db_select(
		r->db, r->pool, SQL_DASHBOARD_WAITING, DB_NO_ARGS, &waiting);

	if (!rc)
		rc = db_select(r->db, r->pool, SQL_DASHBOARD_NEWEST, DB_NO_ARGS,
			&newest);
	if (rc)
		return rc;
	text_today(today);
	page_begin(r, "dashboard");
	page_intro(r, "date-long", NULL, today);
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "dashboard");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "find-aid", "main", "wrench", "/aids");
	xml_close(r->xml);
	xml_open(r->xml, "digests");
	write_digest(r, "waiting",
		access_may(r, RIGHT_SERVICE_AUTHORISE)
			? "/approvals"
			: "/actions?state=answer",
		&waiting);
	for (size_t i = 0; i < GROUPS; i++)
		write_digest(r, groups[i].id, groups[i].href, &newest);
	xml_close(r->xml);
	return RC_OK;
}
