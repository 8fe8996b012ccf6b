#include <string.h>
#include <time.h>

#include "../../core/render.h"
#include "../../core/text.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "../../engine/print.h"
#include "rounds.h"

void
rounds_attributes(struct xml *x, const struct rounds *d)
{
	xml_attr(x, "date", d->date);
	xml_attr(x, "cut", d->cut ? "yes" : NULL);
}

static const char *
two_lines(struct pool *p, const char *a, const char *b)
{
	return a && b ? pool_printf(p, "%s, %s", a, b) : a ? a : b;
}

static void
write_where(struct pool *p, struct xml *x, struct db_row row)
{
	const char *to = db_str(row, "to_place");

	detail_item(x, "place", "text", NULL,
		two_lines(
			p, db_str(row, "location"), db_str(row, "department")));
	detail_item(x, "address", "text", NULL,
		request_address(p, db_str(row, "street"),
			db_str(row, "postcode"), db_str(row, "city")));
	if (!to)
		return;
	detail_item(x, "to", "text", NULL,
		two_lines(p, db_str(row, "to_location"), to));
	detail_item(x, "to_address", "text", NULL,
		request_address(p, db_str(row, "to_street"),
			db_str(row, "to_postcode"), db_str(row, "to_city")));
}

static void
write_aids(struct xml *x, const struct rounds *d, int64_t request)
{
	for (size_t i = 0; i < d->aids.count; i++) {
		struct db_row aid = db_row(&d->aids, i);

		if (db_num(aid, "request_id") != request)
			continue;
		xml_open(x, "aid");
		xml_attr(x, "number", db_str(aid, "number"));
		xml_attr(x, "type", db_str(aid, "type"));
		xml_close(x);
	}
}

static void
write_job(struct request *r, struct xml *x, const struct rounds *d,
	struct db_row row, const struct rounds_page *page)
{
	const char *number = db_str0(row, "number");

	xml_open(x, "job");
	if (page)
		xml_attr(x, "href",
			pool_printf(r->pool, "/supplier/requests/%s", number));
	xml_attr(x, "number", number);
	xml_attr(x, "kind", db_str0(row, "kind"));
	xml_attr(x, "state", db_str0(row, "state"));
	xml_attr(x, "part", db_str(row, "part"));
	detail_item(
		x, "organisation", "text", NULL, db_str(row, "organisation"));
	write_where(r->pool, x, row);
	detail_item(x, "contact", "text", NULL, db_str(row, "contact_name"));
	detail_item(x, "contact_phone", "phone", NULL,
		db_str(row, "contact_phone"));
	if (d->clients) {
		detail_item(x, "client", "text", NULL, db_str(row, "client"));
		detail_item(x, "room", "text", NULL, db_str(row, "room"));
	}
	detail_item(x, "reference", "text", NULL, db_str(row, "reference"));
	detail_item(
		x, "description", "lines", NULL, db_str(row, "description"));
	detail_item(x, "message", "lines", NULL, db_str(row, "message"));
	write_aids(x, d, db_num(row, "id"));
	if (page)
		page->action(r, row);
	xml_close(x);
}

static void
open_round(struct request *r, struct xml *x, const struct rounds *d,
	const char *id, const char *name, const char *phone,
	const struct rounds_page *page)
{
	xml_open(x, "round");
	xml_attr(x, "name", name);
	xml_attr(x, "phone", phone);
	if (page && id)
		xml_attr(x, "pdf", page->pdf(r, d, ".pdf", d->date, id));
}

static bool
same_mechanic(struct db_row a, struct db_row b)
{
	return db_num(a, "mechanic_id") == db_num(b, "mechanic_id");
}

void
rounds_write(struct request *r, struct xml *x, const struct rounds *d,
	const struct rounds_page *page)
{
	const struct db_rows *jobs = &d->jobs;

	if (!jobs->count && (d->mechanic || d->nobody)) {
		open_round(r, x, d, NULL, d->name, d->phone, page);
		xml_close(x);
	}
	for (size_t i = 0; i < jobs->count;) {
		struct db_row first = db_row(jobs, i);
		bool some = !db_is_null(first, "mechanic_id");

		open_round(r, x, d,
			some ? db_str(first, "mechanic_id") : "none",
			some ? db_str(first, "mechanic") : NULL,
			some ? db_str(first, "mechanic_phone") : NULL, page);
		for (; i < jobs->count && same_mechanic(first, db_row(jobs, i));
			i++)
			write_job(r, x, d, db_row(jobs, i), page);
		xml_close(x);
	}
}

static const char *
word_of(struct request *r, const char *id, const char *arg)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 1, &arg);
}

enum rc
rounds_print(struct request *r, const struct rounds *d)
{
	struct xml *x = xml_create(r->pool, "document");
	struct fo_info info = {
		.title = word_of(r, "document.rounds.title",
			format_value(r->pool, lang_parse(r->lang), "date-long",
				d->date)),
		.lang = r->lang,
		.created = time(NULL),
		.object_streams = true};
	char now[21];

	text_now(now);
	xml_attr(x, "id", "rounds");
	xml_attr(x, "lang", r->lang);
	xml_attr(x, "printed", now);
	page_brand(x, r->pool, r->config, r->lang);
	xml_open(x, "rounds");
	rounds_attributes(x, d);
	rounds_write(r, x, d, NULL);
	xml_close(x);
	xml_close(x);
	r->response.filename = word_of(r, "document.rounds.file", d->date);
	r->response.type = "application/pdf";
	r->response.body = buffer_create(r->pool);
	return print_pdf(r->pool, r->config, r->render, "rounds", xml_doc(x),
		&info, r->response.body);
}
