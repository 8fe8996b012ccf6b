#ifndef SEED_TSV_H
#define SEED_TSV_H

#include "core/pool.h"

/*
 * A file of lines with fields between tabs; lines that begin with # are
 * comments. The texts live in the pool.
 */
enum { TSV_FIELDS = 16 };

struct tsv {
	const char *path;
	char *rest;
	int line;
	struct pool *pool;
	int count;
	const char *field[TSV_FIELDS]; /* count of them, the others "" */
};

/* dir/name; a file that can't be read is told and ends the program. */
struct tsv tsv_open(struct pool *, const char *dir, const char *name);

/* The next line; 0 at the end. */
int tsv_next(struct tsv *);

/* A number in a field. */
int tsv_number(const struct tsv *, int field);

/* Says what is wrong in this line, and ends the program. */
_Noreturn void tsv_fail(const struct tsv *, const char *what);

#endif
