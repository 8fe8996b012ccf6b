#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include <stddef.h>

#include "buffer.h"
#include "format.h"
#include "pool.h"

/*
 * Every visible word, from the files LANG*.xml of one directory:
 * <texts><text id="page.aids.title">Mijn hulpmiddelen</text>…</texts>
 */
struct words;

/*
 * Reads them into the pool. White space runs become one space. Problems go
 * to errors, one a line, as file:line: what (a duplicate id, an element
 * that isn't <text id>, a file that is no XML); they don't stop the
 * reading. Never NULL.
 */
struct words *words_load(
	struct pool *, const char *directory, struct buffer *errors);

/* Names each id that one language has and another lacks, one a line. */
void words_compare(const struct words *, struct buffer *errors);

/* NULL where the id is not known in this language. */
const char *words_find(const struct words *, enum lang, const char *id);

/*
 * The words with {1} to {9} replaced by the arguments; {1} without an
 * argument becomes empty. Other braces stay. An unknown id gives
 * "[[id]]", and is counted and logged (event "text-missing").
 */
char *words_text(struct words *, struct pool *, enum lang, const char *id,
	size_t count, const char *const args[]);

/* As words_text; also replaces {name} for the names of the list. */
struct words_name {
	const char *name; /* NULL ends the list */
	const char *value;
};

char *words_named(struct words *, struct pool *, enum lang, const char *id,
	size_t count, const char *const args[], const struct words_name *);

/* How many unknown ids were asked for since the start. */
size_t words_missing(const struct words *);

#endif
