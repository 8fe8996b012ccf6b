#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/format.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "document.h"
#include "inspection.h"
#include "request.h"

enum rc
inspection_aid(struct request *r, const char *number, struct inspection_aid *a)
{
	struct db_row row;
	int64_t n;
	enum rc rc;

	if (!text_int(number, &n))
		return RC_NOTFOUND;
	rc = db_one(r->db, r->pool, SQL_INSPECTION_AID,
		DB_ARGS(db_int("number", n)), &row);
	if (rc)
		return rc;
	*a = (struct inspection_aid){
		.id = db_num(row, "id"),
		.number = db_str0(row, "number"),
		.name = db_str0(row, "type_name"),
		.serial = db_str0(row, "serial"),
		.location = db_str(row, "location_name"),
		.place = db_str0(row, "place_name"),
		.organisation = db_str(row, "organisation"),
		.status = db_str0(row, "status"),
		.last = db_str(row, "inspected_on"),
		.last_result = db_str(row, "inspection_result"),
		.due = db_str(row, "inspection_due"),
		.months = (int)db_num(row, "inspection_months"),
		.version = db_num(row, "version"),
	};
	return RC_OK;
}

/* *event: its row in the history, which a request has since it was asked. */
static enum rc
write_event(struct request *r, const struct service_request *sr,
	const struct inspection *i, struct db_row aid, int64_t *event)
{
	struct db_arg day = db_text("day", i->day);
	struct db_arg cost = db_text("cost", i->cost_cents);
	struct db_arg id = db_int("aid", i->aid_id);
	struct db_arg summary = db_text("summary", i->remark ? i->remark : "");
	struct db_row row;
	enum rc rc;

	if (!sr) {
		rc = db_exec(r->db, SQL_INSPECTION_EVENT_INSERT,
			DB_ARGS(id, day, cost, summary,
				db_id("organisation", db_num(aid, "holder_id")),
				db_int("actor", r->who->account),
				db_int("place", db_num(aid, "place_id"))),
			NULL);
		*event = db_insert_id(r->db);
		return rc;
	}
	rc = db_exec(r->db, SQL_INSPECTION_EVENT_DONE,
		DB_ARGS(id, day, cost, summary, db_int("request", sr->id)),
		NULL);
	if (!rc)
		rc = db_one(r->db, r->pool, SQL_INSPECTION_EVENT_OF,
			DB_ARGS(id, db_int("request", sr->id)), &row);
	if (!rc)
		*event = db_num(row, "id");
	return rc == RC_NOTFOUND ? RC_FAIL : rc;
}

static const char *
take_number(struct request *r)
{
	char today[11];
	int year;

	text_today(today);
	year = (int)strtol(today, NULL, 10);
	if (db_exec(r->db, SQL_INSPECTION_NUMBER, DB_ARGS(db_int("year", year)),
		    NULL))
		return NULL;
	return pool_printf(
		r->pool, "K%d-%06lld", year, (long long)db_insert_id(r->db));
}

static enum rc
insert(struct request *r, const struct service_request *sr,
	const struct inspection *i, struct db_row aid, const char *next)
{
	const char *number;
	int64_t event;
	enum rc rc = write_event(r, sr, i, aid, &event);

	if (rc)
		return rc;
	number = take_number(r);
	if (!number)
		return RC_FAIL;
	return db_exec(r->db, SQL_INSPECTION_INSERT,
		DB_ARGS(db_text("number", number), db_int("aid", i->aid_id),
			db_id("organisation", sr ? sr->organisation_id
						 : db_num(aid, "holder_id")),
			db_int("place", db_num(aid, "place_id")),
			db_id("request", sr ? sr->id : 0),
			db_int("event", event),
			db_text("result", inspection_result_name(i->result)),
			db_text("day", i->day), db_text("next", next),
			db_text("inspector", i->inspector),
			db_text("remark", i->remark),
			db_int("actor", r->who->account)),
		NULL);
}

enum rc
inspection_enter(struct request *r, const struct service_request *sr,
	const struct inspection *i)
{
	const char *next = i->result == INSPECTION_REJECTED ? NULL : i->next;
	enum aid_status status;
	struct db_row aid;
	enum rc rc = db_one(r->db, r->pool, SQL_INSPECTION_AID_NOW,
		DB_ARGS(db_int("id", i->aid_id)), &aid);

	if (rc)
		return rc;
	status = inspection_status(i->result,
		aid_status_parse(db_str(aid, "status")),
		db_num(aid, "was_rejected") != 0, db_num(aid, "in_depot") != 0);
	rc = db_exec(r->db, SQL_INSPECTION_OF_AID,
		DB_ARGS(db_int("id", i->aid_id),
			db_text("status", aid_status_name(status)),
			db_text("day", i->day),
			db_text("result", inspection_result_name(i->result)),
			db_text("next", next)),
		NULL);
	if (!rc)
		rc = insert(r, sr, i, aid, next);
	if (!rc && sr)
		rc = db_exec(r->db, SQL_INSPECTION_LINE_DONE,
			DB_ARGS(db_int("request", sr->id),
				db_int("aid", i->aid_id),
				db_text("day", i->day)),
			NULL);
	return rc;
}

static void
write_branch(struct xml *x, struct db_row row)
{
	xml_open(x, "branch");
	xml_attr(x, "name", db_str0(row, "branch"));
	xml_attr(x, "phone", db_str0(row, "phone"));
	xml_attr(x, "email", db_str0(row, "email"));
	xml_attr(x, "street", db_str0(row, "branch_street"));
	xml_attr(x, "postcode", db_str0(row, "branch_postcode"));
	xml_attr(x, "city", db_str0(row, "branch_city"));
	xml_close(x);
}

static void
write_aid(struct xml *x, struct db_row row)
{
	const char *location = db_str(row, "location");
	const char *place = db_str0(row, "place");

	detail_open(x, "certificate-aid");
	detail_item(x, "number", "code", NULL, db_str(row, "aid"));
	detail_item(x, "category", "text", NULL, db_str(row, "category"));
	detail_item(x, "make", "text", NULL, db_str(row, "make"));
	detail_item(x, "type", "text", NULL, db_str(row, "type"));
	detail_item(x, "serial", "text", NULL, db_str(row, "serial"));
	detail_item(
		x, "organisation", "text", NULL, db_str(row, "organisation"));
	detail_item(x, "location", "text", NULL, location ? location : place);
	if (location && strcmp(location, place) != 0)
		detail_item(x, "place", "text", NULL, place);
	xml_close(x);
}

static void
write_inspection(struct xml *x, struct db_row row)
{
	const char *result = db_str(row, "result");

	detail_open(x, "certificate-inspection");
	detail_item(x, "result", "state", "inspection.result", result);
	detail_item(x, "on", "date", NULL, db_str(row, "inspected_on"));
	detail_item(x, "inspector", "text", NULL, db_str(row, "inspector"));
	detail_item(x, "next", "date", NULL, db_str(row, "next_on"));
	detail_item(x, "request", "code", NULL, db_str(row, "request"));
	xml_close(x);
}

/* schema/rng/document.rng */
static xmlDoc *
certificate(struct request *r, struct db_row row, const char *issued)
{
	struct xml *x = xml_create(r->pool, "document");

	xml_attr(x, "id", "certificate");
	xml_attr(x, "lang", r->lang);
	xml_attr_int(x, "version", 1);
	xml_attr(x, "issued", issued);
	page_brand(x, r->pool, r->config, r->lang);
	write_branch(x, row);
	xml_open(x, "inspection");
	xml_attr(x, "number", db_str0(row, "number"));
	xml_attr(x, "result", db_str0(row, "result"));
	xml_attr(x, "on", db_str0(row, "inspected_on"));
	xml_attr(x, "next", db_str(row, "next_on"));
	xml_close(x);
	write_aid(x, row);
	write_inspection(x, row);
	if (db_str(row, "remark")) {
		xml_open(x, "text");
		xml_attr(x, "name", "remark");
		xml_text(x, db_str(row, "remark"));
		xml_close(x);
	}
	xml_close(x);
	return xml_doc(x);
}

static enum rc
issue(struct request *r, struct db_row row, int64_t *id)
{
	struct words *words = render_words(r->render);
	const char *number = db_str0(row, "number");
	const char *said = format_code(r->pool, number);
	enum lang lang = lang_parse(r->lang);
	const struct document_subject subject = {"certificate",
		db_num(row, "id"), 1, db_num(row, "organisation_id"),
		words_text(words, r->pool, lang, "document.certificate.file", 1,
			&number),
		words_text(words, r->pool, lang, "document.certificate.title",
			1, &said)};
	char now[21];
	xmlDoc *doc;

	text_now(now);
	doc = certificate(r, row, now);
	return doc ? document_keep(r, &subject, r->lang, now, doc, id)
		   : RC_FAIL;
}

enum rc
inspection_certificate(struct request *r, const char *number)
{
	struct db_row row, document;
	int64_t id = 0;
	enum rc rc = db_one(r->db, r->pool, SQL_INSPECTION_GET,
		DB_ARGS(db_text("number", number), db_text("lang", r->lang)),
		&row);

	if (rc)
		return rc;
	if (r->format != FORMAT_PDF) {
		request_redirect(r, "%s.pdf", r->path);
		return RC_OK;
	}
	rc = db_one(r->db, r->pool, SQL_DOCUMENT_OF_CERTIFICATE,
		DB_ARGS(db_int("inspection", db_num(row, "id")),
			db_text("lang", r->lang)),
		&document);
	if (rc == RC_OK)
		id = db_num(document, "id");
	else if (rc == RC_NOTFOUND)
		rc = issue(r, row, &id);
	return rc ? rc : document_send(r, id);
}
