#include <string.h>

#include "../../core/text.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "member.h"

/*
 * 'Toegewezen locaties' (I6): a location as a whole, or what lies in it one
 * by one. The engine's forms know no trees, so this one is written here.
 */
struct ticking {
	struct member e;
	struct db_rows places;
	bool sent; /* shown as it was sent */
	bool seen_all;
};

static const char *
address_of(struct request *r, struct db_row place)
{
	const char *street = db_str(place, "street");
	const char *city = db_str(place, "city");

	if (!street || !city)
		return street ? street : city;
	return pool_printf(r->pool, "%s, %s", street, city);
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
write_place(
	struct request *r, const struct ticking *t, struct db_row p, bool top)
{
	const char *id = db_str0(p, "id");
	bool ticked = top ? db_num(p, "whole") : db_num(p, "ticked");

	if (t->sent)
		ticked = was_sent(r, top ? "whole" : "place", id);
	xml_open(r->xml, "place");
	xml_attr(r->xml, "name", db_str0(p, "name"));
	xml_attr(r->xml, "note", top ? address_of(r, p) : NULL);
	xml_attr(r->xml, "value", id);
	xml_attr(r->xml, "ticked", ticked ? "yes" : NULL);
}

static void
write_ticks(struct request *r, const struct ticking *t)
{
	int64_t top = 0;

	xml_open(r->xml, "ticks");
	xml_attr(r->xml, "id", "places");
	for (size_t i = 0; i < t->places.count; i++) {
		struct db_row p = db_row(&t->places, i);
		bool inside = db_num(p, "top") == top;

		if (!inside && top)
			xml_close(r->xml);
		top = db_num(p, "top");
		write_place(r, t, p, !inside);
		if (inside)
			xml_close(r->xml);
	}
	if (top)
		xml_close(r->xml);
	xml_close(r->xml);
}

static void
write_form(struct request *r, const struct ticking *t)
{
	struct xml *x = r->xml;

	xml_open(x, "form");
	xml_attr(x, "id", "account-places");
	xml_attr(x, "action", r->path);
	xml_attr(x, "key", page_form_key(r));
	xml_attr(x, "cancel", "/accounts");
	xml_attr(x, "guard", "yes");
	xml_open(x, "field");
	xml_attr(x, "name", "version");
	xml_attr(x, "type", "hidden");
	xml_elem(x, "value", account_version(r->pool, &t->e.account, t->e.m));
	xml_close(x);
	write_ticks(r, t);
	xml_close(x);
}

static enum rc
find(struct request *r, struct ticking *t)
{
	enum rc rc = member_find(r, &t->e);

	t->sent = false;
	if (!rc)
		rc = db_select(r->db, r->pool, SQL_ACCOUNTS_PLACES,
			DB_ARGS(db_int("member", t->e.m->id)), &t->places);
	if (rc)
		return rc;
	t->seen_all = t->e.m->all_places || !strcmp(t->e.m->role, "admin") ||
		      !strcmp(t->e.m->role, "1");
	return RC_OK;
}

static void
write_note(struct request *r, const char *id)
{
	xml_open(r->xml, "notes");
	note_open(r->xml, id, "info", NULL, NULL);
	xml_close(r->xml);
	xml_close(r->xml);
}

static enum rc
write_page(struct request *r, const struct ticking *t)
{
	enum rc rc = member_page(r, &t->e, "account-places", "account-places");

	if (rc)
		return rc;
	member_tabs(r, &t->e, "places");
	if (t->seen_all)
		write_note(r, "account-all-places");
	else if (t->e.own)
		write_note(r, "account-own");
	else
		write_form(r, t);
	return RC_OK;
}

enum rc
account_places_page(struct request *r)
{
	struct ticking t;
	enum rc rc = find(r, &t);

	return rc ? rc : write_page(r, &t);
}

/* What was ticked, each once; single places of a whole location go with it.
 * false: it was made by hand. */
static bool
read_ticks(struct request *r, const struct ticking *t,
	struct account_place *ticked, size_t *count)
{
	size_t sent = 0, found = 0;
	bool whole = false;

	*count = 0;
	for (size_t i = 0; i < r->post.count; i++)
		sent += !strcmp(r->post.items[i].name, "whole") ||
			!strcmp(r->post.items[i].name, "place");
	for (size_t i = 0; i < t->places.count; i++) {
		struct db_row p = db_row(&t->places, i);
		const char *id = db_str0(p, "id");
		bool top = db_num(p, "top") == db_num(p, "id");
		bool is = was_sent(r, top ? "whole" : "place", id);

		if (top)
			whole = is;
		found += is;
		if (is && (top || !whole))
			ticked[(*count)++] =
				(struct account_place){db_num(p, "id"), top};
	}
	return sent == found;
}

static enum rc
save(struct request *r, const struct ticking *t, const char **refused)
{
	struct account_place *ticked =
		pool_calloc(r->pool, t->places.count + 1, sizeof(*ticked));
	size_t count;

	if (!read_ticks(r, t, ticked, &count))
		return RC_DENIED;
	return account_member_places(
		r, &t->e.account, t->e.m, ticked, count, refused);
}

enum rc
account_places_post(struct request *r)
{
	const char *refused = NULL, *sent;
	struct ticking t;
	enum rc rc = find(r, &t);

	if (rc)
		return rc;
	sent = params_get(&r->post, "version");
	t.sent = true;
	if (!sent || strcmp(sent, account_version(
					  r->pool, &t.e.account, t.e.m)) != 0) {
		page_message(r, "warn", "account.changed", NULL);
		r->response.status = 409;
		rc = RC_INVALID;
	}
	if (!rc)
		rc = save(r, &t, &refused);
	if (rc == RC_INVALID) {
		if (refused)
			member_refused(r, refused);
		rc = write_page(r, &t);
		return rc ? rc : RC_INVALID;
	}
	if (!rc)
		rc = session_notice(
			r, "ok", "account.places", t.e.account.name, NULL);
	if (!rc)
		request_redirect(r, "/accounts/%s/places", t.e.account.code);
	return rc;
}
