#ifndef ENGINE_DESCRIPTOR_H
#define ENGINE_DESCRIPTOR_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "../core/buffer.h"
#include "../core/pool.h"
#include "../core/rc.h"
#include "../db/db.h"

/*
 * What lists and forms share: their descriptors are small XML files below
 * root/fcgi, read once at start, and both choose from statements.
 */

/*
 * Gives every file below root/fcgi with that ending to load(), parsed,
 * in the order of their paths. RC_FAIL where one isn't XML.
 */
enum rc descriptor_each(const char *root, const char *ending,
	void (*load)(void *, const char *file, xmlNode *top), void *arg,
	struct buffer *errors);

/* "file:line: what 'name'", one line. */
void descriptor_error(struct buffer *errors, const char *file, const xmlNode *,
	const char *what, const char *name);

/* Copy of an attribute, or NULL. */
const char *descriptor_attr(struct pool *, const xmlNode *, const char *name);
bool descriptor_yes(const xmlNode *, const char *name);
bool descriptor_is(const xmlNode *, const char *element);

/* How many elements of that name are in it, at any depth. */
size_t descriptor_count(const xmlNode *, const char *element);

/* Complains of every attribute that is not in the NULL-ended list. */
void descriptor_known(const char *file, const xmlNode *,
	const char *const *names, struct buffer *errors);

/* Text of the element itself, white space runs folded, trimmed. */
const char *descriptor_text(struct pool *, const xmlNode *);

/* The statement of that name; -1: none. */
int descriptor_statement(const char *name);

#endif
