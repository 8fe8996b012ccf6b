#include <string.h>

#include "../core/render.h"
#include "../engine/page.h"
#include "account_view.h"
#include "request_view.h"

/* A location stands before what lies in it. */
static bool
is_top(struct db_row place)
{
	return db_num(place, "top") == db_num(place, "id");
}

/* Was that box ticked in what was sent? */
static bool
was_sent(const struct request *r, const char *box, const char *id)
{
	for (size_t i = 0; i < r->post.count; i++)
		if (!strcmp(r->post.items[i].name, box) &&
			!strcmp(r->post.items[i].value, id))
			return true;
	return false;
}

static void
open_place(struct request *r, struct db_row p, bool sent)
{
	const char *id = db_str0(p, "id");
	bool top = is_top(p);
	bool ticked = db_num(p, top ? "whole" : "ticked") != 0;

	if (sent)
		ticked = was_sent(r, top ? "whole" : "place", id);
	xml_open(r->xml, "place");
	xml_attr(r->xml, "name", db_str0(p, "name"));
	xml_attr(r->xml, "note",
		request_address(r->pool, db_str(p, "street"),
			db_str(p, "postcode"), db_str(p, "city")));
	xml_attr(r->xml, "value", id);
	xml_attr(r->xml, "ticked", ticked ? "yes" : NULL);
}

void
ticks_write(struct request *r, const char *id, const struct db_rows *places,
	const char *cancel, const char *version, bool sent)
{
	struct xml *x = r->xml;
	int depth;

	xml_open(x, "form");
	xml_attr(x, "id", id);
	xml_attr(x, "action", r->path);
	xml_attr(x, "key", page_form_key(r));
	xml_attr(x, "cancel", cancel);
	xml_attr(x, "guard", "yes");
	xml_open(x, "field");
	xml_attr(x, "name", "version");
	xml_attr(x, "type", "hidden");
	xml_elem(x, "value", version);
	xml_close(x);
	xml_open(x, "ticks");
	xml_attr(x, "id", "places");
	depth = xml_depth(x);
	for (size_t i = 0; i < places->count; i++) {
		struct db_row p = db_row(places, i);

		xml_close_to(x, is_top(p) ? depth : depth + 1);
		open_place(r, p, sent);
	}
	xml_close_to(x, depth);
	xml_close(x);
	xml_close(x);
}

bool
ticks_read(struct request *r, const struct db_rows *places,
	struct account_place *ticked, size_t *count)
{
	size_t sent = 0, found = 0;
	bool whole = false;

	*count = 0;
	for (size_t i = 0; i < r->post.count; i++)
		sent += !strcmp(r->post.items[i].name, "whole") ||
			!strcmp(r->post.items[i].name, "place");
	for (size_t i = 0; i < places->count; i++) {
		struct db_row p = db_row(places, i);
		bool top = is_top(p);
		bool is =
			was_sent(r, top ? "whole" : "place", db_str0(p, "id"));

		if (top)
			whole = is;
		found += is;
		if (is && (top || !whole))
			ticked[(*count)++] =
				(struct account_place){db_num(p, "id"), top};
	}
	return sent == found;
}

/* What of the i-th dependant leans on it, up to the next one's name. */
static const char *
kinds_of(struct request *r, const struct db_rows *rows, size_t *i)
{
	int64_t membership = db_num(db_row(rows, *i), "membership");
	const char *kinds = "", *last = "";

	for (; *i < rows->count; ++*i) {
		struct db_row row = db_row(rows, *i);
		const char *what = db_str0(row, "what");

		if (db_num(row, "membership") != membership)
			break;
		if (!strcmp(what, last))
			continue;
		last = what;
		kinds = pool_printf(r->pool, "%s%s%s", kinds,
			*kinds ? ", " : "",
			words_text(render_words(r->render), r->pool,
				lang_parse(r->lang),
				pool_printf(r->pool, "account.leans.%s", what),
				0, NULL));
	}
	return kinds;
}

void
account_write_dependants(struct request *r, const struct db_rows *dependants)
{
	if (!dependants->count)
		return;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "dependants");
	for (size_t i = 0; i < dependants->count;) {
		const char *name = db_str0(db_row(dependants, i), "name");

		xml_open(r->xml, "place");
		xml_attr(r->xml, "name", name);
		xml_attr(r->xml, "note", kinds_of(r, dependants, &i));
		xml_close(r->xml);
	}
	xml_close(r->xml);
}
