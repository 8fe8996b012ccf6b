#include <string.h>

#include "../../access/session.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "accounts.h"
#include "managed.h"

/* What one session of the account sees: asked by the scopes themselves. */
struct sight {
	const struct account_member *member;
	const char *why;	      /* text explain.WHY */
	struct db_rows organisations; /* id, name, aids, requests */
	struct db_rows *places;	      /* of each */
};

/* Role first, then what is ticked, then what is narrowed. */
static const char *
why_of(const struct request *r, const struct account_member *m)
{
	if (!strcmp(m->portal, "professional"))
		return pool_printf(r->pool, "professional.%s", m->visibility);
	if (!strcmp(m->role, "admin") || !strcmp(m->role, "1"))
		return "role";
	return m->all_places ? "all" : "ticked";
}

static enum rc
look(struct request *r, struct sight *s)
{
	enum rc rc = db_select(r->db, r->pool, SQL_EXPLAIN_ORGANISATIONS,
		DB_NO_ARGS, &s->organisations);

	if (rc)
		return rc;
	s->places = pool_calloc(
		r->pool, s->organisations.count + 1, sizeof(*s->places));
	for (size_t i = 0; !rc && i < s->organisations.count; i++)
		rc = db_select(r->db, r->pool, SQL_EXPLAIN_PLACES,
			DB_ARGS(db_int("organisation",
				db_num(db_row(&s->organisations, i), "id"))),
			&s->places[i]);
	return rc;
}

/*
 * As that account, then as oneself again, whatever comes of it. RC_NOTFOUND:
 * it can't log in there.
 */
static enum rc
look_as(struct request *r, const struct account *a, struct sight *s)
{
	const struct db_scope own = *db_get_scope(r->db);
	struct identity *who = r->who;
	enum rc rc = session_as(r, a->id, s->member->id);

	if (!rc)
		rc = look(r, s);
	r->who = who;
	db_set_scope(r->db, &own);
	return rc;
}

static void
write_places(struct request *r, const char *organisation,
	const struct db_rows *places)
{
	int depth = xml_depth(r->xml);

	if (!places->count)
		return;
	xml_open(r->xml, "tree");
	xml_attr(r->xml, "id", "explain");
	detail_arg(r->xml, NULL, NULL, organisation);
	for (size_t i = 0; i < places->count; i++) {
		struct db_row p = db_row(places, i);
		bool top = db_num(p, "top") == db_num(p, "id");

		xml_close_to(r->xml, top ? depth + 1 : depth + 2);
		xml_open(r->xml, "place");
		xml_attr(r->xml, "name", db_str0(p, "name"));
		xml_attr(r->xml, "note",
			request_address(r->pool, db_str(p, "street"),
				db_str(p, "postcode"), db_str(p, "city")));
		xml_attr(r->xml, "aids", db_str0(p, "aids"));
	}
	xml_close_to(r->xml, depth);
}

static void
write_why(struct request *r, const struct sight *s)
{
	const struct account_member *m = s->member;

	detail_item(r->xml, "portal", "state", "portal", m->portal);
	detail_item(r->xml, "role", "state", "account.role", m->role);
	detail_item(r->xml, "why", "state", "explain", s->why);
	detail_item(r->xml, "reason", "state", "membership.reason", m->reason);
}

/* A membership of which nothing is seen now: why. */
static void
write_blind(struct request *r, const struct account *a,
	const struct account_member *m)
{
	const char *why = "organisation";

	if (!m->active)
		why = "membership";
	if (a->state != ACCOUNT_ACTIVE)
		why = pool_printf(
			r->pool, "state.%s", account_state_name(a->state));
	detail_open(r->xml, "explain");
	detail_arg(r->xml, NULL, NULL, m->organisation_name);
	detail_item(r->xml, "portal", "state", "portal", m->portal);
	detail_item(r->xml, "role", "state", "account.role", m->role);
	detail_item(r->xml, "nothing", "state", "explain.nothing", why);
	xml_close(r->xml);
}

static void
write_sight(struct request *r, const struct sight *s)
{
	for (size_t i = 0; i < s->organisations.count; i++) {
		struct db_row o = db_row(&s->organisations, i);

		/* A professional's session shows all of them at once. */
		if (db_num(o, "id") != s->member->organisation)
			continue;
		detail_open(r->xml, "explain");
		detail_arg(r->xml, NULL, NULL, db_str0(o, "name"));
		write_why(r, s);
		detail_item(r->xml, "aids", "number", NULL, db_str0(o, "aids"));
		detail_item(r->xml, "requests", "number", NULL,
			db_str0(o, "requests"));
		xml_close(r->xml);
		write_places(r, db_str0(o, "name"), &s->places[i]);
	}
}

static enum rc
explain(struct request *r, const struct account *a,
	const struct account_member *m)
{
	struct sight s = {.member = m, .why = why_of(r, m)};
	enum rc rc = look_as(r, a, &s);

	if (rc == RC_NOTFOUND)
		write_blind(r, a, m);
	else if (!rc)
		write_sight(r, &s);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc
office_explain(struct request *r)
{
	struct managed m;
	enum rc rc = managed_find(r, r->args[0], &m);

	if (!rc)
		rc = managed_page(r, &m, "office-explain", "office-explain");
	if (rc)
		return rc;
	page_badge(r, "account.state", account_state_name(m.account.state));
	for (size_t i = 0; !rc && i < m.count; i++)
		rc = explain(r, &m.account, &m.members[i]);
	return rc;
}
