/*
 * Two at once on the same aids: everybody locks the aids first, in the order
 * of their ids, so that one waits for the other and no two wait for each
 * other. The server counts where they would have.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

enum { CHILDREN = 3, TIMES = 40 };

static int64_t
deadlocks(void)
{
	return count("SELECT VARIABLE_VALUE FROM "
		     "information_schema.GLOBAL_STATUS "
		     "WHERE VARIABLE_NAME = 'INNODB_DEADLOCKS'");
}

/* A process of its own for each, which answers how many did not go well. */
static int
at_once(int (*const *bodies)(int))
{
	pid_t pids[CHILDREN];
	int status, bad = 0;

	for (int i = 0; i < CHILDREN; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			world_again();
			status = bodies[i](i);
			world_leave();
			_exit(status > 100 ? 100 : status);
		}
		assert_true(pids[i] > 0);
	}
	for (int i = 0; i < CHILDREN; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		bad += WIFEXITED(status) ? WEXITSTATUS(status) : 100;
	}
	return bad;
}

static void
meet(int (*const *bodies)(int))
{
	int64_t before = deadlocks();

	assert_int_equal(at_once(bodies), 0);
	assert_int_equal(deadlocks() - before, 0);
}

static struct request_draft
draft(enum request_kind kind, const int64_t *aids, size_t count)
{
	return (struct request_draft){
		.kind = kind,
		.aid_ids = aids,
		.aid_count = count,
		.place_id = duin,
		.to_place_id = kind == KIND_REPAIR ? 0 : wierde,
		.contact_name = "Jan Hoekstra",
		.contact_phone = "0612345678",
		.contact_email = "jan@lindenhof.example",
		.description = "De accu laadt niet op.",
		.wished_on = "2027-01-12",
	};
}

static int64_t aids[CHILDREN * TIMES + 1];

static int
asks_repairs(int child)
{
	struct request_draft d = draft(KIND_REPAIR, aids, 1);
	int bad = 0;

	(void)child;
	for (int i = 0; i < TIMES; i++)
		bad += submit(MARIJKE, &d) != RC_OK;
	return bad;
}

/* Each repair that comes: accepted, and cancelled again. */
static int
accepts(int child)
{
	int bad = 0;

	(void)child;
	for (int i = 0; i < TIMES; i++) {
		const char *n = "";

		for (int tries = 0; !*n && tries < 2000; tries++) {
			n = value("SELECT MIN(number) FROM request "
				  "WHERE state = 'submitted'");
			if (!*n)
				usleep(5000);
		}
		bad += move(ROB, n,
			       (struct request_change){
				       .event = EVENT_ACCEPT}) != RC_OK;
		bad += move(ROB, n,
			       (struct request_change){.event = EVENT_CANCEL,
				       .reason = "Dubbel."}) != RC_OK;
	}
	return bad;
}

static void
who_asks_and_who_accepts(void **state)
{
	(void)state;
	aids[0] = add_aid(204817, duin, "in_use", false);
	meet((int (*const[CHILDREN])(int)){
		asks_repairs, asks_repairs, accepts});
}

/* Aids that nothing was asked for yet, and new clients: side by side in the
 * index. */
static int
asks_moves(int child)
{
	int bad = 0;

	for (int i = 0; i < TIMES; i++) {
		struct request_draft d =
			draft(KIND_MOVE, &aids[1 + i * CHILDREN + child], 1);

		d.client_name = pool_printf(pool, "Dhr. %d-%d", i, child);
		bad += submit(MARIJKE, &d) != RC_OK;
	}
	return bad;
}

static void
who_asks_for_neighbours(void **state)
{
	(void)state;
	for (int i = 1; i <= CHILDREN * TIMES; i++)
		aids[i] = add_aid(300000 + i, duin, "in_use", false);
	meet((int (*const[CHILDREN])(int)){asks_moves, asks_moves, asks_moves});
	assert_int_equal(count("SELECT COUNT(DISTINCT aid_id) FROM "
			       "request_line"),
		CHILDREN * TIMES);
}

/* The same aids, the other way round in each second request. */
static int
asks_for_several(int child)
{
	const int64_t list[] = {
		aids[child == 1 ? 3 : 1], aids[2], aids[child == 1 ? 1 : 3]};
	struct request_draft d = draft(KIND_REPAIR, list, 3);
	int bad = 0;

	for (int i = 0; i < TIMES; i++)
		bad += submit(MARIJKE, &d) != RC_OK;
	return bad;
}

static void
who_asks_for_several(void **state)
{
	(void)state;
	for (int i = 1; i <= 3; i++)
		aids[i] = add_aid(400000 + i, duin, "in_use", false);
	meet((int (*const[CHILDREN])(int)){
		asks_for_several, asks_for_several, accepts});
}

/* One is taken away by one of them alone. */
static int
takes_away(int child)
{
	struct request_draft d = draft(KIND_MOVE, aids, 1);
	enum rc rc = submit(MARIJKE, &d);

	(void)child;
	if (rc == RC_OK)
		return 0;
	return rc == RC_INVALID && !strcmp(refused, "moving") ? 0 : 1;
}

static void
who_moves_one_aid(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++) {
		aids[0] = add_aid(500000 + i, duin, "in_use", false);
		meet((int (*const[CHILDREN])(int)){
			takes_away, takes_away, takes_away});
		assert_int_equal(count("SELECT COUNT(*) FROM request_line "
				       "WHERE aid_id = %d",
					 (int)aids[0]),
			1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(who_asks_and_who_accepts),
		WORLD_TEST(who_asks_for_neighbours),
		WORLD_TEST(who_asks_for_several),
		WORLD_TEST(who_moves_one_aid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
