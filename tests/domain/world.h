#ifndef TESTS_DOMAIN_WORLD_H
#define TESTS_DOMAIN_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/access.h"
#include "core/config.h"
#include "core/request.h"
#include "domain/request.h"

/*
 * A database of its own on TEST_DB_SOCKET with the real tables, a supplier
 * with two branches, two customers, and the people below. What a test
 * commits stays until world_open() of the next one makes all anew.
 */
int world_open(void **state);
int world_close(void **state);

/* After fork(): connections of the child's own, and their end. */
void world_again(void);
void world_leave(void);

#define WORLD_TEST(f)                                                          \
	cmocka_unit_test_setup_teardown(f, world_open, world_close)

extern struct pool *pool;
extern struct db *db;
extern struct config config;
extern struct render *render;

/* Ids of the world. */
extern int64_t lindenhof, terpen;		/* organisations */
extern int64_t havenzicht, duin, wierde, depot; /* places of lindenhof */
extern int64_t terphoeve;			/* of terpen */
extern int64_t our_depot;			/* the supplier's */

enum person {
	MARIJKE, /* role 2 of lindenhof, nobody needs to authorise */
	FATIMA,	 /* role 4 of lindenhof; Pieter authorises repairs */
	PIETER,	 /* role 3 of lindenhof */
	TINEKE,	 /* role 2 of terpen */
	ROB,	 /* planner of the branch of both */
	WIETSE,	 /* planner of another branch */
	SAMIRA,	 /* customer service, every branch */
	PEOPLE
};

/* A new HTTP request by that person; the last one's memory stays. */
struct request *as(enum person);
int64_t account_of(enum person);

/* An aid at that place; rented: the supplier's, rented since a month. */
int64_t add_aid(int64_t number, int64_t place, const char *status, bool rented);

/* A repair asked by that person; its number. Commits. */
const char *ask_repair(enum person, int64_t aid, int64_t place);

/* Commits; RC of request_submit(). */
enum rc submit(enum person, const struct request_draft *);
extern const char *submitted, *refused;

/* Moves the request on from its version now, and commits. */
enum rc move(enum person, const char *number, struct request_change);
struct service_request read_as(enum person, const char *number);

/* printf style, outside the person's transaction. */
int64_t run(const char *sql, ...) __attribute__((format(printf, 1, 2)));
int64_t count(const char *sql, ...) __attribute__((format(printf, 1, 2)));
const char *value(const char *sql, ...) __attribute__((format(printf, 1, 2)));

#endif
