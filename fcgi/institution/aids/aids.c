#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/aid.h"
#include "../../domain/aid_life.h"
#include "../../engine/detail.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "../services/services.h"
#include "aids.h"

static bool
is_rented(const struct aid *a)
{
	return a->owner_id != a->holder_id;
}

static void
write_cost(struct xml *x, struct db_row cost)
{
	if (db_num(cost, "work_cents"))
		detail_item(x, "work_cost", "money", NULL,
			db_str(cost, "work_cents"));
	if (db_num(cost, "rent_cents"))
		detail_item(x, "rent_cost", "money", NULL,
			db_str(cost, "rent_cents"));
}

static enum rc
write_specifications(struct request *r, const struct aid *a)
{
	struct db_rows rows;

	if (db_select(r->db, r->pool, SQL_AID_SPECIFICATIONS,
		    DB_ARGS(db_int("product", a->product_id),
			    db_text("lang", r->lang)),
		    &rows))
		return RC_FAIL;
	for (size_t i = 0; i < rows.count; i++) {
		xml_open(r->xml, "item");
		xml_attr(r->xml, "type", "text");
		xml_attr(r->xml, "label", db_str(db_row(&rows, i), "name"));
		xml_text(r->xml, db_str(db_row(&rows, i), "value"));
		xml_close(r->xml);
	}
	return RC_OK;
}

/* Of the last inspection, where this organisation had the aid then. */
static enum rc
write_certificate(struct request *r, const struct aid *a)
{
	struct db_row row;
	const char *number;
	enum rc rc = db_one(r->db, r->pool, SQL_AID_CERTIFICATE,
		DB_ARGS(db_int("aid", a->id), db_text("day", a->inspected_on)),
		&row);

	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	number = db_str0(row, "number");
	detail_link(r->xml, "certificate", "code",
		pool_printf(r->pool, "/certificates/%s.pdf", number), number);
	return RC_OK;
}

static enum rc
write_detail(struct request *r, const struct aid *a)
{
	struct xml *x = r->xml;
	char today[11];
	enum rc rc;

	text_today(today);
	detail_open(x, "aid");
	detail_item(x, "category", "text", NULL, a->category);
	detail_item(x, "subcategory", "text", NULL, a->subcategory);
	detail_item(x, "make", "text", NULL, a->make);
	detail_item(x, "type", "text", NULL, a->type);
	detail_item(x, "serial", "text", NULL, a->serial);
	detail_item(x, "article", "text", NULL, a->product_number);
	detail_item(x, "location", "text", NULL, a->location);
	if (a->location && strcmp(a->location, a->home) != 0)
		detail_item(x, "department", "text", NULL, a->home);
	if (a->stored)
		detail_item(x, "stored", "text", NULL, a->place);
	detail_item(x, "condition", "state", "aid.condition", a->condition);
	detail_item(x, "ownership", "state", "aid.ownership",
		is_rented(a) ? "rented" : "owned");
	detail_item(x, is_rented(a) ? "rented_on" : "bought_on", "date", NULL,
		is_rented(a) ? a->rent_from : a->bought_on);
	if (access_may(r, RIGHT_COST_VIEW)) {
		struct db_row cost;

		detail_item(x, is_rented(a) ? "day_price" : "price", "money",
			NULL, is_rented(a) ? a->day_cents : a->price_cents);
		rc = aid_cost(r, a->id, &cost);
		if (rc)
			return rc;
		write_cost(x, cost);
	}
	aid_write_meter(x, r->pool, a);
	detail_item(x, "inspected", "date", NULL, a->inspected_on);
	detail_item(x, "result", "state", "inspection.result",
		a->inspection_result);
	rc = write_certificate(r, a);
	if (rc)
		return rc;
	if (a->inspection_due && strcmp(a->inspection_due, today) < 0)
		detail_item(x, "inspection_overdue", "date", NULL,
			a->inspection_due);
	else
		detail_item(
			x, "inspection_due", "date", NULL, a->inspection_due);
	rc = write_specifications(r, a);
	xml_close(x);
	return rc;
}

static void
write_step(struct xml *x, const char *id, const char *status, const char *at,
	const char *by)
{
	xml_open(x, "step");
	xml_attr(x, "id", id);
	xml_attr(x, "status", status);
	xml_attr(x, "at", at);
	xml_attr(x, "by", by);
	xml_close(x);
}

/* 'Etiket afdrukken' and the like, beside the title. */
static void
write_head(struct request *r, const char *id, const char *href)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "labels");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, id, "quiet", "qr-code", href);
	xml_close(r->xml);
}

/* 'Download levensloop', below the history. */
static void
write_life(struct request *r, const char *href)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "life");
	xml_attr(r->xml, "place", "end");
	action_link(r->xml, "aid.life", "quiet", "download",
		pool_printf(r->pool, "%s.pdf", href));
	xml_close(r->xml);
}

/* A request under way: asked, where it is now, and what comes. */
static void
write_running(struct request *r, struct db_row row)
{
	const char *number = db_str0(row, "number");
	const char *planned = db_str(row, "planned_on");
	struct xml *x = r->xml;

	xml_open(x, "timeline");
	xml_attr(x, "id", "running");
	xml_attr(x, "href", pool_printf(r->pool, "/requests/%s", number));
	detail_arg(x, "state", "request.kind", db_str0(row, "kind"));
	detail_arg(x, "code", NULL, number);
	write_step(x, "asked", "done", db_str(row, "created_at"),
		db_str(row, "requester"));
	write_step(x, db_str0(row, "state"), "now", NULL, NULL);
	if (!planned)
		write_step(x, "plan", "next", db_str(row, "wished_on"), NULL);
	write_step(x, "work", "next", planned, NULL);
	xml_close(x);
}

static enum rc
write_all_running(struct request *r, const struct aid *a)
{
	struct db_rows rows;

	if (db_select(r->db, r->pool, SQL_AID_RUNNING,
		    DB_ARGS(db_int("aid", a->id)), &rows))
		return RC_FAIL;
	for (size_t i = 0; i < rows.count; i++)
		write_running(r, db_row(&rows, i));
	return RC_OK;
}

static const char *
aid_name(struct request *r, const struct aid *a)
{
	return pool_printf(r->pool, "%s %s", a->make, a->type);
}

enum rc
aids_page(struct request *r)
{
	if (r->format == FORMAT_PDF || r->format == FORMAT_XLSX)
		return list_page_of(r, "aids", r->path, DB_NO_ARGS);
	page_begin(r, "aids");
	write_head(r, "labels",
		pool_printf(r->pool, "/aids/labels%s%s", *r->query ? "?" : "",
			r->query));
	return list_run(r, "aids", r->path, DB_NO_ARGS);
}

enum rc
aid_page(struct request *r)
{
	const char *href;
	struct aid a;
	enum rc rc = aid_find(r, r->args[0], &a);

	if (rc)
		return rc;
	href = pool_printf(r->pool, "/aids/%s", a.number);
	if (r->format == FORMAT_PDF)
		return aid_life_pdf(r, &a, href);
	page_begin(r, "aid");
	page_title(r, aid_name(r, &a));
	page_badge(r, "aid.status", aid_status_name(a.status));
	page_intro(r, "code", NULL, a.number);
	page_intro(r, NULL, NULL, a.location ? a.location : a.place);
	page_intro(r, NULL, NULL, a.place);
	page_crumb(r, "aids", "/aids", NULL);
	page_crumb(r, NULL, NULL, a.number);
	xml_open(r->xml, "main");
	write_head(r, "label", pool_printf(r->pool, "%s/label", href));
	rc = write_detail(r, &a);
	if (!rc)
		rc = list_run(r, "history", href, DB_ARGS(db_int("aid", a.id)));
	write_life(r, href);
	xml_close(r->xml);
	xml_open(r->xml, "aside");
	xml_attr(r->xml, "first", "yes"); /* the nurse in the corridor */
	if (!rc) {
		services_write(r, &a);
		rc = write_all_running(r, &a);
	}
	xml_close(r->xml);
	return rc;
}

enum rc
aid_search(struct request *r)
{
	const char *typed = params_get(&r->get, "number");
	const char *code = typed ? text_code(r->pool, typed) : NULL;
	const char *label = code ? strstr(code, "/q/") : NULL;
	int64_t number = 0;
	struct db_row row;
	enum rc rc;

	if (!code) {
		request_redirect(r, "/aids");
		return RC_OK;
	}
	if (label)
		code = label + strlen("/q/");
	(void)text_int(code, &number);
	rc = db_one(r->db, r->pool, SQL_AID_SOUGHT,
		DB_ARGS(db_int("number", number), db_text("code", code)), &row);
	if (!rc)
		request_redirect(r, "%s", db_str0(row, "href"));
	else if (rc == RC_NOTFOUND)
		request_redirect(
			r, "/aids?number=%s", text_urlencode(r->pool, code));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc
aid_history_page(struct request *r)
{
	struct aid a;
	enum rc rc = aid_find(r, r->args[0], &a);

	if (rc)
		return rc;
	page_intro(r, "code", NULL, a.number);
	page_intro(r, NULL, NULL, aid_name(r, &a));
	page_crumb(r, "aids", "/aids", NULL);
	page_crumb(
		r, NULL, pool_printf(r->pool, "/aids/%s", a.number), a.number);
	page_crumb(r, "history", NULL, NULL);
	return list_page_of(r, "history",
		pool_printf(r->pool, "/aids/%s/history", a.number),
		DB_ARGS(db_int("aid", a.id)));
}
