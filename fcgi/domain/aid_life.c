#include <string.h>
#include <time.h>

#include "../access/access.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/export.h"
#include "../engine/page.h"
#include "../engine/print.h"
#include "../engine/qr.h"
#include "aid_life.h"
#include "label.h"

/* What the document is made of. */
struct life {
	const struct aid *aid;
	bool costs, ours; /* may see costs; is of the supplier */
	char today[11];
	struct db_row branch, cost;
	struct db_rows events, inspections, rentals;
};

enum rc
aid_cost(struct request *r, int64_t aid, struct db_row *cost)
{
	char today[11];

	text_today(today);
	return db_one(r->db, r->pool, SQL_AID_COST,
		DB_ARGS(db_int("aid", aid), db_text("today", today)), cost);
}

static enum rc
read_life(struct request *r, struct life *l)
{
	const struct db_arg *of =
		DB_ARGS(db_int("aid", l->aid->id), db_text("today", l->today));
	const struct db_arg *aid = DB_ARGS(db_int("aid", l->aid->id));
	enum rc rc = db_one(r->db, r->pool, SQL_AID_LIFE_BRANCH,
		DB_ARGS(db_int("branch", l->aid->branch_id)), &l->branch);

	if (!rc)
		rc = aid_cost(r, l->aid->id, &l->cost);
	if (!rc)
		rc = db_select(
			r->db, r->pool, SQL_AID_LIFE_EVENTS, aid, &l->events);
	if (!rc)
		rc = db_select(r->db, r->pool, SQL_AID_LIFE_INSPECTIONS, aid,
			&l->inspections);
	if (!rc)
		rc = db_select(
			r->db, r->pool, SQL_AID_LIFE_RENTALS, of, &l->rentals);
	return rc;
}

static void
write_branch(struct xml *x, struct db_row row)
{
	static const char *const names[] = {
		"name", "phone", "email", "street", "postcode", "city"};

	xml_open(x, "branch");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		xml_attr(x, names[i], db_str0(row, names[i]));
	xml_close(x);
}

static void
write_aid(struct request *r, struct xml *x, const struct aid *a)
{
	const char *href = label_href(r, a->label_code);

	xml_open(x, "aid");
	xml_attr(x, "number", a->number);
	xml_attr(x, "type", pool_printf(r->pool, "%s %s", a->make, a->type));
	xml_attr(x, "status", aid_status_name(a->status));
	xml_attr(x, "href", href);
	if (qr_open(x, r->pool, href))
		xml_close(x);
	xml_close(x);
}

static void
write_particulars(struct xml *x, const struct aid *a)
{
	detail_open(x, "life-aid");
	detail_item(x, "category", "text", NULL, a->category);
	detail_item(x, "subcategory", "text", NULL, a->subcategory);
	detail_item(x, "make", "text", NULL, a->make);
	detail_item(x, "type", "text", NULL, a->type);
	detail_item(x, "article", "text", NULL, a->product_number);
	detail_item(x, "serial", "text", NULL, a->serial);
	detail_item(x, "condition", "state", "aid.condition", a->condition);
	detail_item(x, "inspected", "date", NULL, a->inspected_on);
	detail_item(x, "result", "state", "inspection.result",
		a->inspection_result);
	detail_item(x, "due", "date", NULL, a->inspection_due);
	xml_close(x);
}

/* What it cost the one who rents it is not what it cost the owner. */
static void
write_standing(struct request *r, struct xml *x, const struct life *l)
{
	const struct aid *a = l->aid;
	bool owns = l->ours || a->owner_id == a->holder_id;

	detail_open(x, "life-place");
	detail_item(x, "holder", "text", NULL, a->holder);
	detail_item(x, "location", "text", NULL, a->location);
	detail_item(x, "place", "text", NULL, a->place);
	detail_item(x, "owner", "text", NULL,
		a->owner ? a->owner : r->config->brand.name);
	if (owns)
		detail_item(x, "bought_on", "date", NULL, a->bought_on);
	if (owns && l->costs)
		detail_item(x, "price", "money", NULL, a->price_cents);
	detail_item(x, "rent_from", "date", NULL, a->rent_from);
	if (l->costs) {
		detail_item(x, "day_price", "money", NULL, a->day_cents);
		detail_item(x, "work_cost", "money", NULL,
			db_str(l->cost, "work_cents"));
		if (l->rentals.count)
			detail_item(x, "rent_cost", "money", NULL,
				db_str(l->cost, "rent_cents"));
	}
	xml_close(x);
}

static void
write_rentals(struct xml *x, const struct life *l)
{
	xml_open(x, "rentals");
	for (size_t i = 0; i < l->rentals.count; i++) {
		struct db_row row = db_row(&l->rentals, i);
		int64_t days = db_num(row, "days");

		xml_open(x, "rental");
		xml_attr(x, "organisation", db_str0(row, "organisation"));
		xml_attr(x, "from", db_str0(row, "started_on"));
		xml_attr(x, "until", db_str(row, "ended_on"));
		xml_attr_int(x, "days", days);
		if (l->costs) {
			xml_attr(x, "day", db_str0(row, "day_cents"));
			xml_attr_int(
				x, "cost", days * db_num(row, "day_cents"));
		}
		xml_close(x);
	}
	xml_close(x);
}

static void
write_inspections(struct xml *x, const struct life *l)
{
	xml_open(x, "inspections");
	for (size_t i = 0; i < l->inspections.count; i++) {
		struct db_row row = db_row(&l->inspections, i);

		xml_open(x, "inspection");
		xml_attr(x, "number", db_str0(row, "number"));
		xml_attr(x, "result", db_str0(row, "result"));
		xml_attr(x, "on", db_str0(row, "inspected_on"));
		xml_attr(x, "next", db_str(row, "next_on"));
		xml_attr(x, "inspector", db_str0(row, "inspector"));
		xml_close(x);
	}
	xml_close(x);
}

static void
write_event(struct request *r, struct xml *x, const struct life *l,
	struct db_row row)
{
	bool numbers = !l->ours || access_may(r, RIGHT_WORK_VIEW);
	const char *summary = db_str0(row, "summary");

	xml_open(x, "event");
	xml_attr(x, "kind", db_str0(row, "kind"));
	xml_attr(x, "asked", db_str0(row, "asked_on"));
	xml_attr(x, "done", db_str(row, "done_on"));
	xml_attr(x, "number", numbers ? db_str(row, "number") : NULL);
	xml_attr(x, "organisation",
		l->ours ? db_str(row, "organisation") : NULL);
	xml_attr(x, "from", db_str(row, "from_place"));
	xml_attr(x, "to", db_str(row, "to_place"));
	xml_attr(x, "by", db_str(row, "actor"));
	xml_attr(x, "result", db_str(row, "result"));
	xml_attr(x, "cost", l->costs ? db_str(row, "cost_cents") : NULL);
	xml_text(x, summary);
	xml_close(x);
}

/* schema/rng/document.rng */
static enum rc
write_life(struct request *r, struct xml *x, const struct life *l)
{
	enum rc rc = RC_OK;
	char now[21];

	text_now(now);
	xml_attr(x, "id", "life");
	xml_attr(x, "lang", r->lang);
	xml_attr(x, "issued", now);
	xml_attr(x, "costs", l->costs ? "yes" : NULL);
	page_brand(x, r->pool, r->config, r->lang);
	write_branch(x, l->branch);
	write_aid(r, x, l->aid);
	write_particulars(x, l->aid);
	write_standing(r, x, l);
	write_rentals(x, l);
	write_inspections(x, l);
	xml_open(x, "events");
	for (size_t i = 0; !rc && i < l->events.count; i++) {
		write_event(r, x, l, db_row(&l->events, i));
		if (i % 100 == 0)
			rc = export_progress(r, (int64_t)i);
	}
	xml_close(x);
	xml_close(x);
	return rc;
}

static const char *
word(struct request *r, const char *id, const char *value)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 1, &value);
}

static enum rc
draw(struct request *r, struct life *l, const char *title)
{
	struct xml *x = xml_create(r->pool, "document");
	const struct fo_info info = {.title = title,
		.lang = r->lang,
		.created = time(NULL),
		.object_streams = true};
	enum rc rc = read_life(r, l);

	if (!rc)
		rc = write_life(r, x, l);
	if (rc)
		return rc == RC_NOTFOUND ? RC_FAIL : rc;
	r->response.type = "application/pdf";
	r->response.body = buffer_create(r->pool);
	return print_pdf(r->pool, r->config, r->render, "life", xml_doc(x),
		&info, r->response.body);
}

enum rc
aid_life_pdf(struct request *r, const struct aid *a, const char *href)
{
	struct life l = {.aid = a,
		.costs = access_may(r, RIGHT_COST_VIEW),
		.ours = r->who->portal == DB_SUPPLIER};
	const char *title =
		word(r, "document.life.title", format_code(r->pool, a->number));
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_AID_LIFE_COUNT,
		DB_ARGS(db_int("aid", a->id)), &row);

	if (rc)
		return rc;
	text_today(l.today);
	r->response.filename = word(r, "document.life.file", a->number);
	if (export_later(r, title, "", href, db_num(row, "events"),
		    r->config->exports.pdf_rows, &rc))
		return rc;
	if (r->export)
		r->export->total = db_num(row, "events");
	return draw(r, &l, title);
}
