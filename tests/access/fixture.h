#ifndef TESTS_ACCESS_FIXTURE_H
#define TESTS_ACCESS_FIXTURE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "access/access.h"

/*
 * The tables of schema/sql, in the database that TEST_DB_SOCKET and
 * TEST_DB_NAME name (made there where they are missing), and a little world
 * in them. Each test runs in a transaction that is undone.
 */
int fixture_open(void **state);
int fixture_close(void **state);

#define FIXTURE_TEST(f)                                                        \
	cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

extern struct pool *pool;
extern struct db *db;
extern struct config config;

/*
 * The request of a browser that keeps its cookie; a new one begins with
 * browse(), which takes over what the last answer set, and loads the
 * session.
 */
extern struct request *r;
void browse(void);
void forget_cookie(void);
void forget_device(void); /* and the cookie */

/* printf style. run() answers the id of the row inserted; value() the first
 * column of the first row, "" for NULL, and fails without a row. */
int64_t run(const char *sql, ...) __attribute__((format(printf, 1, 2)));
const char *value(const char *sql, ...) __attribute__((format(printf, 1, 2)));
int64_t count(const char *sql, ...) __attribute__((format(printf, 1, 2)));

/* The world: a supplier with one branch and an organisation. */
extern int64_t branch, organisation;

#define PASSWORD "hulpbalie-demo-2026"
#define SECRET "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

/* An active account with PASSWORD. */
int64_t add_account(const char *email);
/* role of the institution's portal */
int64_t add_membership(int64_t account, const char *role);
/* SECRET, sealed under the key of that id. */
void add_factor(int64_t account, const char *key_id);

/* The code of SECRET so many steps of the clock from now. */
const char *code_at(int steps);

#endif
