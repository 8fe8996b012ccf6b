#include <string.h>

#include "../../domain/account_view.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "member.h"

/* 'Toegewezen locaties' (I6). */
struct ticking {
	struct member e;
	struct db_rows places;
	bool sent; /* shown as it was sent */
	bool seen_all;
};

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
		ticks_write(r, "account-places", &t->places, "/accounts",
			account_version(r->pool, &t->e.account, t->e.m),
			t->sent);
	return RC_OK;
}

enum rc
account_places_page(struct request *r)
{
	struct ticking t;
	enum rc rc = find(r, &t);

	return rc ? rc : write_page(r, &t);
}

static enum rc
save(struct request *r, const struct ticking *t, const char **refused)
{
	struct account_place *ticked =
		pool_calloc(r->pool, t->places.count + 1, sizeof(*ticked));
	size_t count;

	if (!ticks_read(r, &t->places, ticked, &count))
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
