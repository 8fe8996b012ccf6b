#ifndef TESTS_FAULT_INJECT_H
#define TESTS_FAULT_INJECT_H

#include <stdbool.h>

/*
 * Faults in a worker, asked for by the request that shall meet them, in a
 * header that no real web server lets through to a portal without this
 * library (LD_PRELOAD):
 *
 *	X-Fault: NAME WHAT N KIND [once]
 *
 * The N-th call of WHAT (database, its COMMIT alone as commit, memory,
 * or memory@FUNCTION: what a function of a library asks for itself) from the
 *request's accept to its answer fails in the manner KIND. NAME is a word of the
 *test's choice: each fault that happened is a line "NAME WHAT N FUNCTION" in
 *FAULT_DIR/happened. once: only the first worker that reaches it fails, so that
 *the next one which the web server tries does not.
 *
 * KIND of a database call (each is counted: connect, prepare, execute,
 * result, query, rollback):
 *
 *	before	the connection breaks, the call is not carried out
 *	after	the call is carried out, then the connection breaks
 *	1213	a deadlock: the server undid the transaction
 *	1205, 2006, 2013, ...	that error; from 2000 on the connection is gone
 *	stays	every call from the N-th on finds no database
 *	dies	the call is carried out, and the worker killed
 *	count	none fails; how many there were is told at the answer
 *
 * "cold-" before WHAT breaks the worker's connection before the request, so
 * that every statement is prepared again within it. KIND of memory: fail,
 * count.
 */

/* One more call of that function: is it the one that fails? */
bool fault_due(const char *what, const char *function);

/* What the request under way asks for; "" where it asks for nothing. */
const char *fault_what(void);

/* The manner: the number of the error, or one of these. */
enum {
	FAULT_BEFORE = 1,
	FAULT_AFTER,
	FAULT_STAYS,
	FAULT_COUNT,
	FAULT_FAIL,
	FAULT_DIES
};
int fault_kind(void);

#endif
