#ifndef INSTITUTION_SERVICES_SUBJECTS_H
#define INSTITUTION_SERVICES_SUBJECTS_H

#include "../../core/request.h"
#include "../../domain/aid.h"
#include "../../domain/request.h"

/* The aids that a service is asked for: one by its address, or many that were
 * picked in the list (X2). */
struct subject {
	int64_t id;
	const char *number;
	const char *name;  /* make and type */
	const char *where; /* location and place */
	int64_t place_id, location_id;
	const char *location;
	const char *refused; /* why not (aid_service_refused()); NULL: it may */
	const char *running; /* number of such a request that is under way */
};

struct subjects {
	enum request_kind kind;
	bool many;
	bool more;	/* more were picked than there is room for */
	struct aid aid; /* the one */
	size_t count;
	struct subject *items;
	size_t refused_count; /* of those that were picked too */
	struct subject *refused;
};

/* The one in the address: RC_OK, RC_NOTFOUND or RC_FAIL. */
enum rc subjects_one(struct request *, enum request_kind, struct subjects *);

/* Those picked: the same; each in scope, else RC_NOTFOUND. None is RC_OK. */
enum rc subjects_many(struct request *, enum request_kind, struct subjects *);

/*
 * Locks those that may and looks again: what changed meanwhile goes to the
 * refused. RC_OK or RC_FAIL.
 */
enum rc subjects_lock(struct request *, struct subjects *);

/* Where they are, for the request as a whole: the place that they share, else
 * the location that most of them belong to. */
int64_t subjects_place(const struct subjects *);
/* The location that they share; 0: several. */
int64_t subjects_location(const struct subjects *);

/* "?pick=…" of those that may; "" of one. */
const char *subjects_query(struct request *, const struct subjects *);
/* The same of all. */
const char *subjects_query_all(struct request *, const struct subjects *);

/* Numbers of those, as they are shown, with commas. */
const char *subjects_numbers(
	struct request *, const struct subject *, size_t count);

/* <lines id="service-aids">, <lines id="service-refused">. */
void subjects_write(struct request *, const struct subjects *);
void subjects_write_refused(struct request *, const struct subjects *);

#endif
