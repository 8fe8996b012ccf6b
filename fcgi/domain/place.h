#ifndef DOMAIN_PLACE_H
#define DOMAIN_PLACE_H

#include <stdint.h>

#include "../core/request.h"
#include "../rules/organisation.h"

/*
 * The locations, departments and depots of organisations (S2, I7). What is
 * changed here is what every account sees next.
 */
enum { PLACE_NAME_MAX = 100 };

struct place {
	int64_t id, version, organisation_id;
	int64_t location_id; /* itself where it is one */
	const char *kind;    /* location, department, depot */
	const char *name;
	const char *street, *postcode, *city; /* NULL: those of the location */
	const char *location;		      /* its name */
	const char *organisation, *code;      /* its name and code */
	bool active;
	bool location_active;
};

/* A place of an organisation, by the id as it stands in an address; in scope.
 * RC_NOTFOUND. */
enum rc place_get(struct request *, const char *id, struct place *);

/* What stands at it, or in it where it is a location. */
enum rc place_use(struct request *, const struct place *, struct in_use *);

/*
 * All below are for the caller's transaction, lock the organisation, and
 * write the place's history. RC_INVALID: *refused says why, "name" (there is
 * an active one of that name beside it), and for place_close() what
 * organisation_end_refused() says.
 */

/* p: organisation_id, kind, location_id (0: a location), name, address;
 * receives the id. */
enum rc place_add(struct request *, struct place *p, const char **refused);

/*
 * Name and address of p as it is to be, in place of those of was. The name
 * goes along to the aids there. RC_CONFLICT: changed meanwhile.
 */
enum rc place_change(struct request *, const struct place *was,
	const struct place *p, const char **refused);

/* No place to go to or to ask for any more, with what lies in it. */
enum rc place_close(
	struct request *, const struct place *, const char **refused);

/* Open again; what lies in it stays closed. */
enum rc place_reopen(
	struct request *, const struct place *, const char **refused);

#endif
