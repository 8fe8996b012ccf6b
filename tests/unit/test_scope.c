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
	return read_scopes("-- tables: aid request\n"
			   "-- :aid institution\n"
			   "{a}.holder_id = :scope_organisation\n"
			   "-- :aid supplier\n"
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
		scope_expand(pool, text, portal, &st, error, sizeof(error)),
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
		assert_int_equal(scope_expand(pool, wrong[i], DB_SUPPLIER, &st,
					 error, sizeof(error)),
			RC_FAIL);
}

static void
test_tenants_tables_are_found_wherever_they_stand(void **state)
{
	static const char *const with[] = {"SELECT 1 FROM aid",
		"SELECT 1 FROM place p JOIN\n aid a ON TRUE",
		"UPDATE request SET x = 1", "INSERT INTO aid VALUES (1)",
		"DELETE FROM request WHERE id = :id",
		"SELECT (SELECT 1 FROM AID)"};
	static const char *const without[] = {"SELECT aid FROM place",
		"SELECT 1 FROM aid_label", "SELECT ' FROM aid'"};

	(void)state;
	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++)
		assert_non_null(scope_tenant_table(pool, with[i]));
	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++)
		assert_null(scope_tenant_table(pool, without[i]));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_token_becomes_the_portals_predicate, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			test_nobody_and_portals_without_predicate_see_nothing,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_colons_in_strings_are_no_arguments, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			test_wrong_tokens_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_tenants_tables_are_found_wherever_they_stand,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_a_block_twice_or_of_no_portal_is_named_by_line,
			setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
