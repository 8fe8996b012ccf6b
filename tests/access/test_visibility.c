/*
 * Who sees what: every predicate of scope.sql on a small world (design 6).
 * Organisation A has locations 1 (departments 11, 12) and 2 (21), B has 3
 * (31); A's branch is not B's. Things are named after where they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static int64_t a, b, branch_b;
static int64_t me, colleague, advisor;
static int64_t place1, place11, place12, place2, place21, place3, place31;
static int64_t depot, product;

static int64_t
add_organisation(const char *name, int64_t its_branch)
{
	return run("INSERT INTO organisation (code, name, branch_id, "
		   "advisor_id) VALUES ('t-%s', '%s', %d, %d)",
		name, name, (int)its_branch, (int)advisor);
}

/* location 0: it is one itself. */
static int64_t
add_place(int64_t owner, int64_t location, const char *name)
{
	int64_t id = run(
		"INSERT INTO place (organisation_id, location_id, kind, name) "
		"VALUES (%d, NULLIF(%d, 0), '%s', '%s')",
		(int)owner, (int)location, location ? "department" : "location",
		name);

	if (!location)
		run("UPDATE place SET location_id = id WHERE id = %d", (int)id);
	return id;
}

static int64_t
add_aid(const char *name, int64_t holder, int64_t place, int64_t its_branch)
{
	static int number = 900000;

	number++;
	return run("INSERT INTO aid (number, label_code, product_id, "
		   "category_id, subcategory_id, serial, holder_id, "
		   "location_id, home_place_id, place_id, branch_id, "
		   "status) SELECT %d, "
		   "'t%d', p.id, p.category_id, p.category_id, 't-%s', "
		   "NULLIF(%d, 0), l.location_id, l.id, l.id, %d, 'in_use' "
		   "FROM product p JOIN place l ON l.id = %d WHERE p.id = %d",
		number, number, name, (int)holder, (int)its_branch, (int)place,
		(int)product);
}

static int64_t
add_client(const char *name, int64_t owner, int64_t location)
{
	return run("INSERT INTO client (organisation_id, location_id, name) "
		   "VALUES (%d, NULLIF(%d, 0), 't-%s')",
		(int)owner, (int)location, name);
}

/* With its line, event, document, steps. */
static void
add_request(const char *name, int64_t owner, int64_t place, int64_t aid,
	int64_t requester, int64_t approver)
{
	int64_t id = run(
		"INSERT INTO request (number, portal, kind, state, "
		"organisation_id, branch_id, location_id, place_id, "
		"requester_id, approver_id, contact_name, contact_phone, "
		"contact_email, wished_on) SELECT 't-%s', 'institution', "
		"'repair', 'submitted', o.id, o.branch_id, l.location_id, "
		"l.id, %d, NULLIF(%d, 0), '', '', '', '2026-12-01' "
		"FROM organisation o JOIN place l ON l.id = %d "
		"WHERE o.id = %d",
		name, (int)requester, (int)approver, (int)place, (int)owner);

	run("INSERT INTO request_line (request_id, organisation_id, aid_id, "
	    "state, wished_on, asked_at, kind, location_id, place_id, "
	    "requester_id, approver_id, location_name, place_name) "
	    "SELECT q.id, %d, %d, 't-%s', q.wished_on, q.created_at, q.kind, "
	    "q.location_id, q.place_id, "
	    "q.requester_id, q.approver_id, '', '' FROM request q "
	    "WHERE q.id = %d",
		(int)owner, (int)aid, name, (int)id);
	run("INSERT INTO document (organisation_id, subject_kind, subject_id, "
	    "version, lang, xml) VALUES (%d, 'request', %d, 1, 'nl', 't-%s')",
		(int)owner, (int)id, name);
	run("INSERT INTO event (subject_kind, subject_id, organisation_id, "
	    "name, from_state, to_state, reason) VALUES ('request', %d, %d, "
	    "'submit', 'draft', 'submitted', 't-%s')",
		(int)id, (int)owner, name);
	run("INSERT INTO aid_event (aid_id, organisation_id, request_id, "
	    "kind, summary, asked_on) VALUES (%d, %d, %d, 'repair', 't-%s', "
	    "'2026-11-01')",
		(int)aid, (int)owner, (int)id, name);
}

static void
add_rental(const char *name, int64_t owner, int64_t aid, int64_t client)
{
	run("INSERT INTO rental (organisation_id, aid_id, client_id, "
	    "day_cents, started_on) VALUES (%d, %d, NULLIF(%d, 0), %s, "
	    "'2026-01-01')",
		(int)owner, (int)aid, (int)client, name);
}

static void
make_products(void)
{
	int64_t category = run("INSERT INTO category (iso9999) VALUES (NULL)");

	product = run("INSERT INTO product (number, category_id, make, type) "
		      "VALUES ('t-1', %d, 'Tillo', '200')",
		(int)category);
}

static void
make_world(void)
{
	int64_t aid11, aid31, moved;

	make_products();
	branch_b = run("INSERT INTO branch (code, name, street, postcode, "
		       "city, phone, email) VALUES ('t-2', 'B', '', '', '', "
		       "'', 'b@b.example')");
	advisor = add_account("t-advisor@s.example");
	me = add_account("t-me@a.example");
	colleague = add_account("t-colleague@a.example");
	a = add_organisation("a", branch);
	b = add_organisation("b", branch_b);
	run("INSERT INTO membership (account_id, portal, organisation_id, "
	    "role) VALUES (%d, 'institution', %d, '2')",
		(int)colleague, (int)a);
	place1 = add_place(a, 0, "t-1");
	place11 = add_place(a, place1, "t-11");
	place12 = add_place(a, place1, "t-12");
	place2 = add_place(a, 0, "t-2");
	place21 = add_place(a, place2, "t-21");
	place3 = add_place(b, 0, "t-3");
	place31 = add_place(b, place3, "t-31");
	depot = run("INSERT INTO place (kind, name, branch_id) VALUES "
		    "('depot', 't-depot', %d)",
		(int)branch);

	add_aid("1", a, place1, branch);
	aid11 = add_aid("11", a, place11, branch);
	add_aid("12", a, place12, branch);
	add_aid("21", a, place21, branch);
	aid31 = add_aid("31", b, place31, branch_b);
	add_aid("depot", 0, depot, branch);
	moved = add_aid("moved", b, place31, branch_b);

	add_client("0", a, 0);
	add_client("1", a, place1);
	add_client("2", a, place2);
	add_client("3", b, place3);

	add_request("11", a, place11, aid11, colleague, 0);
	add_request("21", a, place21, aid11, colleague, 0);
	add_request("mine", a, place21, aid11, me, 0);
	add_request("verdict", a, place21, aid11, colleague, me);
	add_request("31", b, place31, aid31, advisor, 0);
	/* A bed that A had rented before B did. */
	add_request("moved-a", a, place11, moved, colleague, 0);
	add_request("moved-b", b, place31, moved, advisor, 0);

	add_rental("11", a, aid11, 0);
	add_rental("31", b, aid31, 0);
	add_rental("90", a, moved, 0);
}

/* Signs in with a membership that sees nothing yet. */
static int64_t
enter(enum db_portal portal, int64_t owner, bool all)
{
	static const char *const names[] = {
		"", "institution", "professional", "supplier"};
	int64_t membership = run(
		"INSERT INTO membership (account_id, portal, organisation_id, "
		"role) VALUES (%d, '%s', NULLIF(%d, 0), '2')",
		(int)me, names[portal], (int)owner);

	db_set_scope(
		db, &(struct db_scope){portal, me, membership, owner, 0, all});
	return membership;
}

/* What is seen is decided once a request. */
static void
next_request(void)
{
	struct db_scope scope = *db_get_scope(db);

	db_set_scope(db, &scope);
}

static void
tick(int64_t membership, int64_t place, bool whole)
{
	run("INSERT INTO membership_place (membership_id, place_id, "
	    "whole_subtree) VALUES (%d, %d, %d)",
		(int)membership, (int)place, whole);
	next_request();
}

/* What the scope lets through of our rows, without "t-". */
static void
sees(const char *entity, const char *want)
{
	static const struct {
		const char *entity, *table, *name;
	} tables[] = {
		{"aid", "aid", "serial"},
		{"request", "request", "number"},
		{"request_line", "request_line", "state"},
		{"action", "request_line", "state"},
		{"aid_event", "aid_event", "summary"},
		{"document", "document", "xml"},
		{"event", "event", "reason"},
		{"client", "client", "name"},
		{"rental", "rental", "CONCAT('t-', x.day_cents)"},
		{"place", "place", "name"},
		{"my_place", "place", "name"},
		{"organisation", "organisation", "code"},
		{"account", "account", "email"},
	};
	size_t i = 0;
	const char *got;

	while (strcmp(tables[i].entity, entity) != 0)
		i++;
	got = value("SELECT GROUP_CONCAT(SUBSTR(n, 3) ORDER BY n SEPARATOR "
		    "' ') FROM (SELECT CONVERT(%s USING utf8mb4) AS n "
		    "FROM %s x WHERE {scope:%s x}) t WHERE n LIKE 't-%%'",
		tables[i].name, tables[i].table, entity);
	if (strcmp(got, want) != 0)
		fail_msg("%s: sees [%s], should [%s]", entity, got, want);
}

/* All that hangs on requests. */
static void
sees_requests(const char *want)
{
	sees("request", want);
	sees("request_line", want);
	if (db_get_scope(db)->portal == DB_INSTITUTION)
		sees("action", want);
	sees("document", want);
	sees("event", want);
}

static void
nobody(void **state)
{
	static const char *const entities[] = {"aid", "request", "request_line",
		"aid_event", "document", "event", "client", "rental", "place",
		"my_place", "organisation", "account"};

	(void)state;
	make_world();
	db_set_scope(db, &(struct db_scope){0});
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		sees(entities[i], "");
}

static void
whole_organisation(void **state)
{
	(void)state;
	make_world();
	enter(DB_INSTITUTION, a, true);
	sees("aid", "1 11 12 21");
	sees_requests("11 21 mine moved-a verdict");
	sees("aid_event", "11 21 mine moved-a verdict");
	sees("client", "0 1 2");
	sees("rental", "11 90");
	sees("place", "1 11 12 2 21 depot");
	sees("my_place", "1 11 12 2 21");
	sees("organisation", "a");
	sees("account", "advisor@s.example colleague@a.example me@a.example");
}

static void
the_other_organisation(void **state)
{
	(void)state;
	make_world();
	enter(DB_INSTITUTION, b, true);
	sees("aid", "31 moved");
	/* Not mine: I asked for it as one of A. */
	sees_requests("31 moved-b");
	sees("aid_event", "31 moved-b");
	sees("client", "3");
	sees("rental", "31");
	sees("place", "3 31 depot");
	sees("organisation", "b");
}

static void
no_place_ticked(void **state)
{
	(void)state;
	make_world();
	enter(DB_INSTITUTION, a, false);
	sees("aid", "");
	sees_requests("mine verdict");
	sees("aid_event", "");
	sees("client", "0");
	sees("rental", "");
	sees("my_place", "");
	sees("place", "1 11 12 2 21 depot");
}

static void
a_department(void **state)
{
	(void)state;
	make_world();
	tick(enter(DB_INSTITUTION, a, false), place11, false);
	sees("aid", "11");
	sees_requests("11 mine moved-a verdict");
	sees("aid_event", "11 21 mine verdict");
	sees("client", "0 1");
	sees("rental", "11");
	sees("my_place", "1 11");
}

/* I9: in a depot of the supplier's it is still on its place's list. */
static void
stored_with_the_supplier(void **state)
{
	int64_t membership;

	(void)state;
	make_world();
	run("UPDATE aid SET place_id = %d, status = 'in_depot' WHERE "
	    "serial = 't-11'",
		(int)depot);
	membership = enter(DB_INSTITUTION, a, false);
	tick(membership, place21, false);
	sees("aid", "21");
	tick(membership, place11, false);
	sees("aid", "11 21");
	sees("aid_event", "11 21 mine verdict");
	sees("rental", "11");
	membership = enter(DB_PROFESSIONAL, a, false);
	run("UPDATE membership SET visibility = 'places' WHERE id = %d",
		(int)membership);
	tick(membership, place1, true);
	sees("aid", "1 11 12");
}

static void
a_location_alone(void **state)
{
	(void)state;
	make_world();
	tick(enter(DB_INSTITUTION, a, false), place1, false);
	sees("aid", "1");
	sees_requests("mine verdict");
	sees("my_place", "1");
}

static void
a_location_with_all_in_it(void **state)
{
	int64_t membership;

	(void)state;
	make_world();
	membership = enter(DB_INSTITUTION, a, false);
	tick(membership, place1, true);
	sees("aid", "1 11 12");
	sees_requests("11 mine moved-a verdict");
	sees("client", "0 1");
	sees("my_place", "1 11 12");
	tick(membership, place2, true);
	sees("aid", "1 11 12 21");
	sees("my_place", "1 11 12 2 21");
}

/* A tick at a place of another organisation opens nothing. */
static void
a_foreign_place(void **state)
{
	(void)state;
	make_world();
	tick(enter(DB_INSTITUTION, a, false), place3, true);
	sees("aid", "");
	sees("client", "0");
	sees("my_place", "");
	sees_requests("mine verdict");
}

/* Ticks of somebody else's membership are not mine. */
static void
foreign_ticks(void **state)
{
	(void)state;
	make_world();
	tick(strtoll(value("SELECT id FROM membership WHERE account_id = %d",
			     (int)colleague),
		     NULL, 10),
		place1, true);
	enter(DB_INSTITUTION, a, false);
	sees("aid", "");
	sees("my_place", "");
}

static void
professional(void **state)
{
	int64_t first;

	(void)state;
	make_world();
	first = enter(DB_PROFESSIONAL, a, false);
	sees("aid", "1 11 12 21");
	sees_requests("11 21 mine moved-a verdict");
	sees("aid_event", "11 21 mine moved-a verdict");
	sees("client", "0 1 2");
	sees("rental", "11 90");
	sees("organisation", "a");
	sees("my_place", "1 11 12 2 21");
	sees("account", "advisor@s.example me@a.example");

	enter(DB_PROFESSIONAL, b, false);
	sees("aid", "1 11 12 21 31 moved");
	sees_requests("11 21 31 mine moved-a moved-b verdict");
	sees("client", "0 1 2 3");
	sees("organisation", "a b");

	run("UPDATE membership SET active = FALSE WHERE id = %d", (int)first);
	next_request();
	sees("aid", "31 moved");
	sees_requests("31 moved-b");
	sees("client", "3");
	sees("organisation", "b");
}

/* All that was seen by way of an organisation goes with it (C15). */
static void
an_organisation_that_ended(void **state)
{
	static const char *const entities[] = {"aid", "aid_event", "client",
		"rental", "my_place", "organisation"};

	(void)state;
	make_world();
	enter(DB_PROFESSIONAL, a, false);
	enter(DB_PROFESSIONAL, b, false);
	run("UPDATE organisation SET active = FALSE WHERE id = %d", (int)a);
	next_request();
	sees("aid", "31 moved");
	sees_requests("31 moved-b");
	sees("client", "3");
	sees("organisation", "b");
	sees("place", "3 31 depot");
	run("UPDATE organisation SET active = FALSE WHERE id = %d", (int)b);
	next_request();
	sees_requests("");
	sees("place", "depot");
	sees("account", "me@a.example");
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		sees(entities[i], "");
}

/* A membership of the institution's portal opens nothing here. */
static void
portals_apart(void **state)
{
	(void)state;
	make_world();
	enter(DB_INSTITUTION, a, true);
	db_set_scope(
		db, &(struct db_scope){DB_PROFESSIONAL, me, 0, a, 0, true});
	sees("aid", "");
	sees_requests("");
	sees("client", "");
	sees("organisation", "");
}

static void
professional_with_places(void **state)
{
	int64_t membership;

	(void)state;
	make_world();
	membership = enter(DB_PROFESSIONAL, a, false);
	run("UPDATE membership SET visibility = 'places' WHERE id = %d",
		(int)membership);
	sees("aid", "11");
	sees_requests("mine");
	tick(membership, place2, true);
	sees("aid", "11 21");
	sees_requests("21 mine verdict");
	sees("client", "0 2");
	sees("my_place", "2 21");
}

static void
professional_with_own(void **state)
{
	int64_t membership;

	(void)state;
	make_world();
	membership = enter(DB_PROFESSIONAL, a, false);
	run("UPDATE membership SET visibility = 'own' WHERE id = %d",
		(int)membership);
	tick(membership, place1, true);
	sees("aid", "11");
	sees_requests("mine");
	sees("aid_event", "mine");
	sees("client", "");
	sees("rental", "11");
}

static void
supplier(void **state)
{
	(void)state;
	make_world();
	enter(DB_SUPPLIER, 0, true);
	sees("aid", "1 11 12 21 31 depot moved");
	sees_requests("11 21 31 mine moved-a moved-b verdict");
	sees("client", "0 1 2 3");
	sees("place", "1 11 12 2 21 3 31 depot");
	sees("organisation", "a b lindenhof");

	db_set_scope(
		db, &(struct db_scope){DB_SUPPLIER, me, 0, 0, branch_b, true});
	sees("aid", "31 moved");
	sees_requests("31 moved-b");
	sees("aid_event", "31 moved-a moved-b");
	sees("client", "3");
	sees("rental", "31");
	sees("place", "3 31");
	sees("organisation", "b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(nobody),
		FIXTURE_TEST(whole_organisation),
		FIXTURE_TEST(the_other_organisation),
		FIXTURE_TEST(no_place_ticked),
		FIXTURE_TEST(a_department),
		FIXTURE_TEST(stored_with_the_supplier),
		FIXTURE_TEST(a_location_alone),
		FIXTURE_TEST(a_location_with_all_in_it),
		FIXTURE_TEST(a_foreign_place),
		FIXTURE_TEST(foreign_ticks),
		FIXTURE_TEST(professional),
		FIXTURE_TEST(portals_apart),
		FIXTURE_TEST(an_organisation_that_ended),
		FIXTURE_TEST(professional_with_places),
		FIXTURE_TEST(professional_with_own),
		FIXTURE_TEST(supplier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
