#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "core/http.h"
#include "core/request.h"

/*
 * What the targets share. A target is a file fuzz_NAME.c with the function
 * below; it is linked with libFuzzer (make fuzz) or with replay.c, which runs
 * it on the kept inputs of corpus/NAME and on small changes of them.
 */
int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Ends the process where what must hold does not. */
#define MUST(condition)                                                        \
	((condition) ? (void)0 : fuzz_failed(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_failed(const char *file, int line, const char *what);

/* A pool that is emptied by the next call. */
struct pool *fuzz_pool(void);

/*
 * A request of somebody of an institution who may do everything there, in
 * fuzz_pool(). Statements with options answer 1, 2 and 3; no database is
 * asked.
 */
struct request *fuzz_request(void);

/* The input as text with a NUL behind it, in the pool. */
char *fuzz_text(struct pool *, const uint8_t *, size_t);

/*
 * The descriptor, below fcgi/, of that ending (".list.xml", one for a target)
 * which the text names up to its '?', or any by its first byte. *rest: what
 * follows the '?', or all.
 */
const char *fuzz_pick(const char *ending, const char *text, const char **rest);

/* The document, with the root element the page has; must parse again. */
void fuzz_xml_is_whole(struct request *);

#endif
