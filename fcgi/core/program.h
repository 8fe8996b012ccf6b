#ifndef CORE_PROGRAM_H
#define CORE_PROGRAM_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "buffer.h"
#include "format.h"
#include "pool.h"

/*
 * A program writes what a template draws, without running it. The template
 * draws once with marks in place of values; what came out is cut at the
 * marks, and from then on values are put in between, formatted and escaped
 * as the place asks.
 *
 * A mark is three characters of the private use area, so that half of one
 * is seen. It may stand in a text or an attribute of the result as it is,
 * or after the functions t:… that format a value, which see through it
 * (marks_through). What else a template does to a value can't be seen here:
 * whoever makes marks knows which values only pass.
 */
enum { MARKS_MAX = 256 };

enum mark_change {
	MARK_AS_IS,
	MARK_FORMAT,  /* format_value() by a type */
	MARK_TEL,     /* format_tel() */
	MARK_MAILTO,  /* format_mailto() */
	MARK_UNBROKEN /* format_unbroken() */
};

struct mark {
	enum mark_change change;
	size_t of; /* AS_IS: which value; else which mark is changed */
	const char *type;
};

struct marks {
	struct pool *pool;
	bool failed; /* something was done to a mark that can't be told */
	size_t count;
	struct mark items[MARKS_MAX];
};

/* The mark for values[value], in the pool. */
const char *marks_add(struct marks *, size_t value);

/* Is there one, or a piece of one, in the text? */
bool marks_in(const char *text);

/*
 * A new mark: the text, which is a mark, changed so. type may be NULL.
 * Where the text is more or less than one mark: failed, and the text.
 */
const char *marks_through(
	struct marks *, enum mark_change, const char *type, const char *text);

struct program;

/*
 * Of what the template drew: the children of node. NULL where the marks
 * can't be told from the rest. Its memory is its own.
 */
struct program *program_create(const struct marks *, const xmlNode *node);
/* Stands for: there can be none; it can't be run. */
struct program *program_none(void);
bool program_is_none(const struct program *);

void program_free(void *);
size_t program_size(const struct program *);

/* Appends HTML. values: as many as marks_add() was told of; never NULL. */
void program_run(const struct program *, struct pool *, enum lang,
	const char *const values[], struct buffer *);

#endif
