#ifndef DOMAIN_MECHANIC_H
#define DOMAIN_MECHANIC_H

#include <stdint.h>

#include "../db/db.h"
#include "../engine/form.h"

/*
 * Who does a branch's work (S5). What is planned names the mechanic; a
 * request keeps the name, so that its history stays true.
 */
struct mechanic {
	int64_t id; /* 0: a new one */
	int64_t version;
	int64_t branch_id;
	const char *branch;
	const char *name;
	const char *phone; /* as contact_phone() gives it, or NULL */
	bool ended;
	int64_t planned; /* requests that still name this one */
};

/* In scope, by the id in an address. RC_OK, RC_NOTFOUND or RC_FAIL. */
enum rc mechanic_get(struct request *, const char *id, struct mechanic *);

/* Those of a branch, and what each has on a day. */
struct mechanic_day {
	int64_t branch_id;
	int64_t current;  /* one of them even after an end; 0: none */
	const char *date; /* NULL: no day */
	int64_t but;	  /* a request that does not count; 0: none */
	/* What was found: value, label, and how many requests: morning,
	 * afternoon, day (all of it), and busy, all three. */
	struct db_rows rows;
};

/*
 * Those who work there now, as options of a select field: their ids, with how
 * busy they are on the day, if there is one. One statement.
 */
enum rc mechanic_options(struct request *, struct form *, const char *field,
	struct mechanic_day *);

/* The name of one of that branch. RC_OK, RC_NOTFOUND or RC_FAIL. */
enum rc mechanic_name(
	struct request *, int64_t branch_id, int64_t id, const char **name);

/*
 * Adds a mechanic; one of that name who ended comes back. RC_INVALID: there
 * is one of that name.
 */
enum rc mechanic_add(struct request *, const struct mechanic *);

/*
 * Another name or phone; what is still to be done then has the new name.
 * RC_INVALID: as above; RC_CONFLICT: somebody was first.
 */
enum rc mechanic_change(struct request *, const struct mechanic *);

/* Ends: what was planned, and not begun, has no mechanic then. */
enum rc mechanic_end(struct request *, const struct mechanic *);

#endif
