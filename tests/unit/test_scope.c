/* Scope tokens and named arguments of statements (design 5, 6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/scope.h"

static struct pool *pool;
static char errors[500];

static enum rc
read_scopes(const char *text)
{
	char path[] = "/tmp/test-scope-XXXXXX";
	int fd = mkstemp(path);
	enum rc rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	errors[0] = '\0';
	rc = scope_read(pool, path, errors, sizeof(errors));
	unlink(path);
	return rc;
}

static int
setup(void **state)
{
	(void)state;
	pool = pool_create();
	return read_scopes("-- shared: product counter\n"
			   "-- tables: aid\n"
			   "-- :aid institution\n"
			   "{a}.holder_id = :scope_organisation\n"
			   "-- :aid supplier\n"
			   "TRUE\n"
			   "-- :mine supplier\n"
			   "TRUE\n"
			   "-- tables: request\n"
			   "-- :request supplier\n"
			   "TRUE\n");
}

static int
teardown(void **state)
{
	(void)state;
	pool_destroy(pool);
	return 0;
}

static struct scope_statement
expand(const char *text, enum db_portal portal)
{
	struct scope_statement st;
	char error[100];

	assert_int_equal(
		scope_expand(pool, text, (struct scope_view){portal, 0}, &st,
			error, sizeof(error)),
		RC_OK);
	return st;
}

static void
test_token_becomes_the_portals_predicate(void **state)
{
	struct scope_statement st =
		expand("SELECT 1 FROM aid x WHERE {scope:aid x} AND x.id = :id",
			DB_INSTITUTION);

	(void)state;
	assert_string_equal(st.sql,
		"SELECT 1 FROM aid x WHERE (x.holder_id = ?\n) AND x.id = ?");
	assert_int_equal(st.count, 2);
	assert_string_equal(st.names[0], "scope_organisation");
	assert_string_equal(st.names[1], "id");
}

/* Places that are ticked are values of their own; who sees all has none. */
static void
test_ticked_places_are_lists(void **state)
{
	struct scope_statement st;
	char error[100];

	(void)state;
	assert_int_equal(read_scopes("-- :aid institution\n"
				     "{a}.o = 1{ticked} AND ({a}.p IN "
				     "({places}) OR {a}.l IN "
				     "({whole_places})){/ticked}"),
		RC_OK);
	st = expand("{scope:aid x}", DB_INSTITUTION);
	assert_string_equal(st.sql, "(x.o = 1\n)");
	assert_int_equal(st.count, 0);
	assert_int_equal(scope_expand(pool, "{scope:aid x}",
				 (struct scope_view){DB_INSTITUTION, 2}, &st,
				 error, sizeof(error)),
		RC_OK);
	assert_string_equal(
		st.sql, "(x.o = 1 AND (x.p IN (?, ?) OR x.l IN (?, ?))\n)");
	assert_int_equal(st.count, 4);
	assert_string_equal(st.names[1], "scope_places_1");
	assert_string_equal(st.names[2], "scope_whole_places_0");
	assert_int_equal(read_scopes("-- :aid supplier\n"
				     "{a}.o = 1 {ticked} AND FALSE"),
		RC_OK);
	assert_int_equal(scope_expand(pool, "{scope:aid x}",
				 (struct scope_view){DB_SUPPLIER, 0}, &st,
				 error, sizeof(error)),
		RC_FAIL);
}

static void
test_another_entity_in_a_predicate(void **state)
{
	struct scope_statement st;
	char error[100];

	(void)state;
	assert_int_equal(read_scopes("-- :aid supplier\n{a}.b = :scope_branch\n"
				     "-- :part supplier\n"
				     "EXISTS (SELECT 1 FROM aid y WHERE "
				     "y.id = {a}.aid_id AND {aid y})\n"
				     "-- :loop supplier\n{loop x}\n"
				     "-- :gone supplier\n{ghost x}\n"),
		RC_OK);
	st = expand("{scope:part x}", DB_SUPPLIER);
	assert_string_equal(st.sql,
		"(EXISTS (SELECT 1 FROM aid y WHERE y.id = x.aid_id AND "
		"(y.b = ?\n))\n)");
	assert_string_equal(st.names[0], "scope_branch");
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			scope_expand(pool,
				i ? "{scope:loop x}" : "{scope:gone x}",
				(struct scope_view){DB_SUPPLIER, 0}, &st, error,
				sizeof(error)),
			RC_FAIL);
}

static void
test_nobody_and_portals_without_predicate_see_nothing(void **state)
{
	(void)state;
	assert_string_equal(expand("{scope:aid a}", DB_NOBODY).sql, "FALSE");
	assert_string_equal(
		expand("{scope:aid a}", DB_PROFESSIONAL).sql, "FALSE");
}

static void
test_colons_in_strings_are_no_arguments(void **state)
{
	struct scope_statement st = expand(
		"SELECT DATE_FORMAT(x, '%H:%i:%s'), \":no\", `a:b`, :yes",
		DB_NOBODY);

	(void)state;
	assert_int_equal(st.count, 1);
	assert_string_equal(st.names[0], "yes");
}

static void
test_wrong_tokens_are_refused(void **state)
{
	static const char *const wrong[] = {
		"{scope:ghost g}", "{scope:aid}", "{scope:aid a", "{scope: }"};
	struct scope_statement st;
	char error[100];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(scope_expand(pool, wrong[i],
					 (struct scope_view){DB_SUPPLIER, 0},
					 &st, error, sizeof(error)),
			RC_FAIL);
}

static char why[200];

static enum rc
check(const char *text, const char *note)
{
	why[0] = '\0';
	return scope_check(text, note, why, sizeof(why));
}

/* Each table within a scope of its own, wherever it stands (design 6). */
static void
test_every_tenants_table_has_its_scope(void **state)
{
	static const char *const good[] = {
		"SELECT 1 FROM aid a WHERE {scope:aid a}",
		"SELECT 1 FROM aid WHERE aid.id = :id AND {scope:aid aid}",
		"SELECT 1 FROM product p JOIN aid AS a ON a.p = p.id AND "
		"{scope:mine a}",
		"SELECT (SELECT n FROM aid a WHERE {scope:aid a}) FROM product",
		"SELECT 1 FROM aid a WHERE {scope:aid a} AND EXISTS (SELECT 1 "
		"FROM request a WHERE {scope:request a})",
		"SELECT 1 FROM aid a WHERE EXISTS (SELECT 1 FROM product p "
		"WHERE p.id = a.p AND {scope:aid a})",
		"SELECT 1 FROM product p, aid a WHERE {scope:aid a}",
		"SELECT 1 FROM product p LEFT JOIN (aid a JOIN request r ON "
		"r.a = a.id) ON p.id = a.p WHERE {scope:aid a} AND "
		"{scope:request r}",
		"SELECT 1 FROM aid a WHERE {scope:aid a} UNION "
		"SELECT 1 FROM aid a WHERE {scope:aid a}",
		"(SELECT 1 FROM aid a WHERE {scope:aid a}) UNION ALL "
		"(SELECT 1 FROM request a WHERE {scope:request a}) LIMIT 1",
		"UPDATE aid a SET a.n = 1 WHERE {scope:aid a}",
		"UPDATE aid a JOIN request r ON r.a = a.id SET a.n = 1 "
		"WHERE {scope:aid a} AND {scope:request r}",
		"DELETE FROM request WHERE {scope:request request}",
		"WITH x AS (SELECT n FROM aid a WHERE {scope:aid a}), y AS "
		"(SELECT n FROM x) SELECT 1 FROM x JOIN y ON x.n = y.n",
		"SELECT 1 FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id INT PATH "
		"'$')) ids JOIN aid a ON a.id = ids.id WHERE {scope:aid a}",
		"INSERT INTO counter (n, value) SELECT a.n, 1 FROM aid a WHERE "
		"{scope:aid a} ON DUPLICATE KEY UPDATE value = value + 1",
		"SELECT aid, :from, p.from, EXTRACT(YEAR FROM request), "
		"' FROM aid', \" FROM aid\" FROM product p FOR UPDATE",
		"SELECT 1 FROM `aid` `a` WHERE {scope:aid a}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (check(good[i], NULL))
			fail_msg("%s: %s", good[i], why);
}

/* Each leaves a tenants' table open, or can't be read. */
static const char *const bad[] = {"SELECT 1 FROM aid",
	"SELECT 1 FROM AID a WHERE a.id = 1", "SELECT 1 FROM `aid` a",
	"SELECT 1 FROM other.aid a",
	/* The scope is another's. */
	"SELECT 1 FROM aid a JOIN aid b ON TRUE WHERE {scope:aid a}",
	"SELECT 1 FROM aid a, request r WHERE {scope:aid a}",
	"SELECT 1 FROM product p JOIN product q ON p.a = 1, aid a",
	"SELECT 1 FROM (SELECT 1) x, aid a", "SELECT 1 FROM (product p), aid a",
	"SELECT 1 FROM (product p, aid a)",
	"SELECT 1 FROM product p JOIN product q ON value = 1, aid a",
	"SELECT 1 FROM product p JOIN product q ON `where` = 1, aid a",
	"SELECT 1 FROM JSON_TABLE(:a, '$') j, aid a",
	"SELECT 1 FROM product p JOIN (product q JOIN aid a) ON TRUE",
	"SELECT 1 FROM aid a WHERE {scope:aid a} UNION SELECT 1 FROM aid",
	"SELECT 1 FROM aid WHERE {scope:aid aid} AND (SELECT 1 FROM aid)",
	"SELECT 1 FROM aid WHERE (SELECT 1 FROM aid WHERE {scope:aid aid})",
	"SELECT 1 FROM aid a WHERE {scope:request a}",
	"SELECT 1 FROM aid a WHERE {scope:aid b}",
	/* It leaves nothing out. */
	"SELECT {scope:aid a} FROM aid a",
	"SELECT (SELECT 1 FROM product WHERE {scope:aid a}) FROM aid a",
	"UPDATE aid SET n = 1 WHERE id = :id",
	"UPDATE product p, aid a SET a.n = 1",
	"UPDATE product p JOIN aid a ON TRUE SET a.n = 1",
	"DELETE FROM aid WHERE id = :id",
	"DELETE a FROM product p JOIN aid a ON TRUE",
	"INSERT INTO aid (n) VALUES (1)", "INSERT aid VALUES (1)",
	"INSERT IGNORE INTO aid VALUES (1)", "REPLACE INTO aid VALUES (1)",
	"INSERT INTO counter SELECT 1 FROM aid",
	"WITH x AS (SELECT 1 FROM aid) SELECT 1 FROM x",
	"WITH aid AS (SELECT 1 FROM aid) SELECT 1 FROM aid",
	"WITH x AS (SELECT n, aid FROM product) SELECT 1 FROM aid",
	/* In no list, or not to be read. */
	"SELECT 1 FROM ghost", "SELECT 1 FROM secret(1)",
	"SELECT 1; DELETE FROM aid", "SELECT 1 /*! FROM aid */",
	"SELECT 1 -- FROM", "SELECT 1 # FROM", "SELECT 1)",
	"SELECT 1 FROM aid a WHERE {scope:aid a"};

static void
test_a_table_without_its_scope_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (!check(bad[i], NULL))
			fail_msg("taken: %s", bad[i]);
		assert_string_not_equal(why, "");
	}
}

static void
test_a_note_excuses_what_it_names_and_says_why(void **state)
{
	static const char two[] = "SELECT 1 FROM aid a JOIN request r ON TRUE";
	static const char one[] = "SELECT 1 FROM aid a JOIN request r ON TRUE "
				  "WHERE {scope:aid a}";

	(void)state;
	assert_int_equal(check(two, "none, because nobody asks"), RC_OK);
	assert_int_equal(check(two, "a r, because nobody asks"), RC_OK);
	assert_int_equal(
		check(two, "a, because x\nr, because the aid has it"), RC_OK);
	assert_int_equal(check(one, "r, because the aid has it"), RC_OK);
	assert_int_equal(check(two, "a, because x"), RC_FAIL);
	assert_int_equal(check(two, "a r"), RC_FAIL);
	assert_int_equal(check(two, "a, because x\nr"), RC_FAIL);
	assert_int_equal(check(two, "none"), RC_FAIL);
	assert_int_equal(check(one, "a r, because x"), RC_FAIL);
	assert_int_equal(check(one, "r x, because x"), RC_FAIL);
	assert_int_equal(
		check("SELECT 1 FROM product", "none, because x"), RC_FAIL);
	assert_int_equal(
		check("SELECT 1 FROM ghost", "none, because x"), RC_FAIL);
}

static void
test_a_table_stands_in_one_list(void **state)
{
	(void)state;
	assert_int_equal(scope_kind("AID", 3), SCOPE_TENANT);
	assert_int_equal(scope_kind("product", 7), SCOPE_SHARED);
	assert_int_equal(scope_kind("aids", 4), SCOPE_UNKNOWN);
	assert_int_equal(
		read_scopes("-- tables: aid\n-- shared: place aid\n"), RC_FAIL);
	assert_non_null(strstr(errors, ":2: "));
}

static void
test_a_block_twice_or_of_no_portal_is_named_by_line(void **state)
{
	(void)state;
	assert_int_equal(read_scopes("-- :aid supplier\nTRUE\n"
				     "-- :aid supplier\nTRUE\n"),
		RC_FAIL);
	assert_non_null(strstr(errors, ":3: "));
	assert_int_equal(read_scopes("-- :aid public\nTRUE\n"), RC_FAIL);
	assert_non_null(strstr(errors, ":1: "));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_token_becomes_the_portals_predicate),
		TEST(test_ticked_places_are_lists),
		TEST(test_another_entity_in_a_predicate),
		TEST(test_nobody_and_portals_without_predicate_see_nothing),
		TEST(test_colons_in_strings_are_no_arguments),
		TEST(test_wrong_tokens_are_refused),
		TEST(test_every_tenants_table_has_its_scope),
		TEST(test_a_table_without_its_scope_is_refused),
		TEST(test_a_note_excuses_what_it_names_and_says_why),
		TEST(test_a_table_stands_in_one_list),
		TEST(test_a_block_twice_or_of_no_portal_is_named_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
