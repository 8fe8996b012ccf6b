#include <stdlib.h>
#include <string.h>

#include "access/password.h"
#include "access/seal.h"
#include "seed.h"

/*
 * Who logs in, and what they may. The demo accounts share a password and
 * an authenticator secret; the colleagues, who stand on what they asked
 * for, have neither.
 */

static const char demo_password[] = "hulpbalie-demo-2026";
/* JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP in base32. */
static const unsigned char demo_secret[20] = {0x48, 0x65, 0x6c, 0x6c, 0x6f,
	0x21, 0xde, 0xad, 0xbe, 0xef, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde,
	0xad, 0xbe, 0xef};

static int
account_by_email(const struct world *w, const char *email)
{
	for (int i = 0; i < w->accounts.count; i++)
		if (strcmp(w->accounts.at[i].email, email) == 0)
			return i + 1;
	return 0;
}

static int
org_by_code(const struct world *w, const char *code)
{
	for (int i = 0; i < w->orgs.count; i++)
		if (strcmp(w->orgs.at[i].code, code) == 0)
			return i + 1;
	return 0;
}

static void
load_account(struct world *w, const struct tsv *t)
{
	static const char *const kinds[] = {
		"demo", "colleague", "invited", "deactivated"};
	struct account *a = ADD(w->accounts);
	int kind = 0;

	while (kind < 4 && strcmp(kinds[kind], t->field[4]) != 0)
		kind++;
	if (kind == 4)
		tsv_fail(t, "no such kind of account");
	a->email = t->field[1];
	a->name = t->field[2];
	a->phone = t->field[3];
	a->kind = (enum account_kind)kind;
}

static void
load_staff(struct world *w, struct member *m, const struct tsv *t)
{
	if (strcmp(t->field[2], "-") == 0)
		return;
	for (int i = 0; i < w->branches.count; i++)
		if (strcmp(w->branches.at[i].code, t->field[2]) == 0)
			m->branch = i + 1;
	if (!m->branch)
		tsv_fail(t, "no such branch");
	if (strcmp(t->field[3], "planner") == 0)
		GET(w->branches, m->branch)->planner = m->account;
}

static void
load_member(struct world *w, const struct tsv *t)
{
	static const char *const portals[] = {
		"institution", "professional", "supplier"};
	struct member *m = ADD(w->members);
	int portal = 0;

	while (portal < 3 && strcmp(portals[portal], t->field[1]) != 0)
		portal++;
	if (portal == 3)
		tsv_fail(t, "no such portal");
	m->portal = (enum portal_kind)portal;
	m->account = w->accounts.count;
	m->role = t->field[3];
	m->reason = t->count > 4 && *t->field[4] != '-' ? t->field[4] : NULL;
	m->all_places = strcmp(t->field[5], "*") == 0;
	if (m->portal == IN_SUPPLIER) {
		load_staff(w, m, t);
		return;
	}
	m->org = org_by_code(w, t->field[2]);
	if (!m->org)
		tsv_fail(t, "no such organisation");
	for (int i = 5; i < t->count && !m->all_places; i++) {
		int place = place_by_name(w, m->org, t->field[i]);

		if (!place || m->place_count == MEMBER_PLACES)
			tsv_fail(t, "no such place, or too many");
		m->places[m->place_count++] = place;
	}
}

static void
load_detail(struct world *w, struct member *m, const struct tsv *t)
{
	int by = account_by_email(w, t->field[2]);

	if (strcmp(t->field[0], "orders") == 0) {
		m->may_authorise_orders = true;
	} else if (!by) {
		tsv_fail(t, "no such account above");
	} else if (strcmp(t->field[0], "authoriser") == 0) {
		enum request_kind kind = request_kind_parse(t->field[1]);

		if (kind == KIND_COUNT)
			tsv_fail(t, "no such kind of service");
		m->authoriser[kind] = by;
	} else if (strcmp(t->field[0], "budget") == 0 &&
		   m->budget_count < MEMBER_BUDGETS) {
		m->budget_from[m->budget_count] = tsv_number(t, 1);
		m->budget_by[m->budget_count++] = by;
	} else {
		tsv_fail(t, "no such kind of line");
	}
}

/* One who sees all of an organisation that is not in the file. */
static void
invent_account(struct world *w, int org, const char *box, const char *role,
	enum portal_kind portal)
{
	struct account *a = ADD(w->accounts);
	struct member *m = ADD(w->members);
	struct rng r = rng_for(SALT_ACCOUNT, (uint64_t)w->accounts.count);

	a->email = pool_printf(
		w->pool, "%s@%s.example", box, GET(w->orgs, org)->code);
	a->name = pool_printf(w->pool, "%c. %s", 'A' + rng_below(&r, 20),
		name_of(w, NAME_SURNAME, &r));
	a->phone = pool_printf(w->pool, "050000%04d", 4000 + 10 * org);
	a->kind = ACCOUNT_DEMO;
	m->account = w->accounts.count;
	m->org = org;
	m->role = role;
	m->portal = portal;
	m->all_places = true;
}

static int
by_org(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return x->org != y->org ? x->org - y->org : x->account - y->account;
}

void
accounts_load(struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "accounts.tsv");

	while (tsv_next(&t)) {
		if (strcmp(t.field[0], "account") == 0)
			load_account(w, &t);
		else if (strcmp(t.field[0], "member") == 0)
			load_member(w, &t);
		else
			load_detail(
				w, &w->members.at[w->members.count - 1], &t);
	}
	for (int org = 1; org <= w->orgs.count; org++) {
		GET(w->orgs, org)->advisor = 1;
		if (org <= ORGS_MIN)
			continue;
		invent_account(w, org, "beheer", "admin", IN_INSTITUTION);
		invent_account(w, org, "rol4", "4", IN_INSTITUTION);
		invent_account(w, org, "ergo", "professional", IN_PROFESSIONAL);
	}
	qsort(w->members.at, (size_t)w->members.count, sizeof(struct member),
		by_org);
	for (int id = w->members.count; id >= 1; id--) {
		int org = GET(w->members, id)->org;

		if (!org)
			continue;
		GET(w->orgs, org)->members = id;
		GET(w->orgs, org)->member_count++;
	}
}

bool
member_covers(const struct world *w, const struct member *m, int place)
{
	int location = GET(w->places, place)->location;

	if (m->all_places)
		return true;
	for (int i = 0; i < m->place_count; i++)
		if (m->places[i] == place || m->places[i] == location)
			return true;
	return false;
}

const struct member *
member_for(const struct world *w, int org, enum portal_kind portal,
	enum request_kind kind, int place, bool approval, struct rng *r)
{
	const struct org *o = GET(w->orgs, org);
	const struct member *chosen = NULL;
	int seen = 0;

	for (int i = 0; i < o->member_count; i++) {
		const struct member *m = GET(w->members, o->members + i);

		if (m->portal != portal ||
			GET(w->accounts, m->account)->kind >
				ACCOUNT_COLLEAGUE ||
			!m->authoriser[kind] == approval ||
			!member_covers(w, m, place))
			continue;
		/* Those with few places are the ones who ask most. */
		seen += m->all_places ? 1 : 6;
		if (rng_below(r, seen) < (m->all_places ? 1 : 6))
			chosen = m;
	}
	return chosen;
}

/* The code in its addresses: the same for the same account. */
static const char *
code_of(const struct world *w, int id)
{
	struct rng r = rng_for(SALT_ACCOUNT, (uint64_t)id << 32);

	return pool_printf(
		w->pool, "%016llx", (unsigned long long)rng_next(&r));
}

static void
write_accounts(const struct world *w)
{
	struct batch *account = batch_open(w->db, "account",
		"id,code,email,name,phone,lang,state,password_hash,"
		"password_set_at,last_login_at,created_at");
	struct batch *factor = batch_open(
		w->db, "factor", "account_id,kind,key_id,secret,confirmed_at");
	const struct config_key *key = config_key(w->config, "factor", NULL);
	char hash[PASSWORD_HASH_SIZE];

	if (!key || !password_hash(demo_password, hash))
		seed_fail("no key named factor, or no memory for a hash");
	for (int id = 1; id <= w->accounts.count; id++) {
		static const char *const states[] = {
			"active", "active", "invited", "deactivated"};
		const struct account *a = GET(w->accounts, id);
		struct rng r = rng_for(SALT_ACCOUNT, (uint64_t)id);
		bool demo = a->kind == ACCOUNT_DEMO;
		int made = w->today - w->history - rng_between(&r, 30, 400);
		int ago = rng_between(&r, 1, 12);
		unsigned char sealed[sizeof(demo_secret) + SEAL_EXTRA];

		if (a->kind == ACCOUNT_INVITED)
			made = w->today - 5;
		else if (a->kind == ACCOUNT_DEACTIVATED)
			ago = 210;
		BATCH_ROW(account, v_number(id), v_text(code_of(w, id)),
			v_text(a->email), v_text(a->name), v_text(a->phone),
			v_text("nl"), v_text(states[a->kind]),
			v_text(demo ? hash : NULL),
			v_moment(demo ? moment(made + 1, 10, 12) : 0),
			v_moment(a->kind == ACCOUNT_INVITED
					 ? 0
					 : moment(w->today - ago,
						   rng_between(&r, 7, 20),
						   rng_below(&r, 60))),
			v_moment(moment(made, 9, 30)));
		if (!demo)
			continue;
		if (!seal(key, id, demo_secret, sizeof(demo_secret), sealed))
			seed_fail("can't seal the factor");
		BATCH_ROW(factor, v_number(id), v_text("totp"), v_text(key->id),
			v_bytes(sealed, sizeof(sealed)),
			v_moment(moment(made + 1, 10, 14)));
	}
	batch_close(account);
	batch_close(factor);
}

static void
write_details(const struct world *w, int id, struct batch *place,
	struct batch *authoriser, struct batch *budget)
{
	const struct member *m = GET(w->members, id);

	for (int i = 0; i < m->place_count; i++)
		BATCH_ROW(place, v_number(id), v_number(m->places[i]),
			v_number(GET(w->places, m->places[i])->kind ==
				 PLACE_LOCATION));
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (m->authoriser[kind])
			BATCH_ROW(authoriser, v_number(id),
				v_text(request_kind_name(
					(enum request_kind)kind)),
				v_number(m->authoriser[kind]));
	for (int i = 0; i < m->budget_count; i++)
		BATCH_ROW(budget, v_number(id), v_number(m->budget_from[i]),
			v_number(m->budget_by[i]));
}

void
accounts_write(const struct world *w)
{
	static const char *const portals[] = {
		"institution", "professional", "supplier"};
	struct batch *member = batch_open(w->db, "membership",
		"id,account_id,portal,organisation_id,branch_id,role,reason,"
		"all_places,visibility,may_authorise_orders");
	struct batch *place = batch_open(w->db, "membership_place",
		"membership_id,place_id,whole_subtree");
	struct batch *authoriser = batch_open(w->db, "service_authoriser",
		"membership_id,kind,authoriser_id");
	struct batch *budget = batch_open(
		w->db, "budget_step", "membership_id,from_cents,authoriser_id");

	write_accounts(w);
	for (int id = 1; id <= w->members.count; id++) {
		const struct member *m = GET(w->members, id);

		BATCH_ROW(member, v_number(id), v_number(m->account),
			v_text(portals[m->portal]), v_id(m->org),
			v_id(m->branch), v_text(m->role), v_text(m->reason),
			v_number(m->all_places || m->portal == IN_SUPPLIER),
			v_text(m->portal == IN_INSTITUTION ? "places"
							   : "organisation"),
			v_number(m->may_authorise_orders));
		write_details(w, id, place, authoriser, budget);
	}
	batch_close(member);
	batch_close(place);
	batch_close(authoriser);
	batch_close(budget);
}
