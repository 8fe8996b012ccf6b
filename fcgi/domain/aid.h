#ifndef DOMAIN_AID_H
#define DOMAIN_AID_H

#include <stdint.h>

#include "../core/request.h"
#include "../rules/aid_state.h"
#include "../rules/meter.h"

struct request_report;
struct service_request;

/* One aid as its page shows it; texts may be NULL where marked so. */
struct aid {
	int64_t id;
	const char *number;
	const char *label_code; /* for /q/{code} */
	int64_t product_id;
	const char *product_number;
	const char *make;
	const char *type;
	const char *category; /* in the language of the request */
	const char *subcategory;
	const char *iso9999; /* of the subcategory, or NULL */
	const char *serial;
	enum aid_status status;
	int64_t owner_id;     /* 0: the supplier's */
	const char *owner;    /* NULL: the supplier's */
	int64_t holder_id;    /* 0: nobody's */
	const char *holder;   /* or NULL */
	int64_t location_id;  /* of its home; 0: nobody's aid */
	const char *location; /* or NULL */
	const char *home;     /* the place it belongs to, or NULL */
	int64_t place_id;     /* where it stands */
	const char *place;
	const char *place_kind; /* location, department, depot */
	bool stored;		/* in a depot of the supplier's */
	int64_t branch_id;
	const char *condition; /* new, good, worn, poor */
	const char *bought_on; /* or NULL, as those below */
	const char *price_cents;
	const char *rent_from;
	const char *day_cents;
	const char *inspected_on;
	const char *inspection_result; /* of the last one */
	const char *inspection_due;
	struct meter meter; /* unit NULL: never read */
	const char *meter_on;
	bool moving; /* a move, depot or pick-up request is under way */
	int64_t version;
};

/* By object number, in scope: RC_OK, RC_NOTFOUND or RC_FAIL. */
enum rc aid_find(struct request *, const char *number, struct aid *);

/* What may be asked for it: arguments of aid_service_refused(). */
struct aid_facts aid_facts(const struct aid *);

/* Its meter, and when it was read, into the open <detail>. */
void aid_write_meter(struct xml *, struct pool *, const struct aid *);

/* For domain/request_*.c, in the transaction of a request. */

/*
 * Locks the aids until the transaction ends. Whoever asks for something for
 * aids, or changes a request for them, locks them before any other row that
 * another may want: so two of them come one after the other, and never wait
 * for each other. An id of 0, or of no aid, is passed over.
 */
enum rc aid_lock(struct request *, const int64_t *ids, size_t count);

/*
 * Asks whether that organisation (0: whichever has it) may ask this for an
 * aid that is locked: RC_OK, with the organisation and the location it belongs
 * to; RC_INVALID with the reason of aid_service_refused(); RC_NOTFOUND out
 * of scope or on another's list.
 */
enum rc aid_ask(struct request *, int64_t id, enum request_kind,
	int64_t *organisation, int64_t *location, const char **refused);

/* The history of the aids of a request that was made just now. */
enum rc aid_asked(struct request *, const struct service_request *);

/*
 * Lets the aids of a request's lines that were not done follow its work:
 * status, place, holder, rental. The request was changed by this account in
 * this transaction.
 */
enum rc aid_follow(
	struct request *, const struct service_request *, enum aid_moment);

/*
 * The same of one of them whose work is reported, with its history, its meter
 * and its next inspection.
 */
enum rc aid_report(struct request *, const struct service_request *,
	int64_t aid, const char *day, const struct request_report *);

#endif
