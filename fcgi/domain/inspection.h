#ifndef DOMAIN_INSPECTION_H
#define DOMAIN_INSPECTION_H

#include <stdint.h>

#include "../core/request.h"
#include "../rules/inspection.h"

struct service_request;

/* One inspection, as it is entered. */
struct inspection {
	int64_t aid_id;
	enum inspection_result result;
	const char *day; /* when it was done */
	/* NULL: none. Kept only where it was not rejected. */
	const char *next;
	const char *inspector;
	const char *remark;	/* NULL: none */
	const char *cost_cents; /* NULL: none */
};

/*
 * Writes it: the aid's status, its last and next inspection, its history, and
 * the row that a certificate is made from. Of the request (NULL: of none) the
 * aid's line is done. The aid is locked and was read in scope, and
 * inspection_refused() found nothing; what is scrapped or gone is RC_NOTFOUND.
 */
enum rc inspection_enter(struct request *, const struct service_request *,
	const struct inspection *);

/* What inspection_refused() asks of an aid besides what is entered. */
struct inspection_aid {
	int64_t id;
	const char *number;
	const char *name; /* make and type */
	const char *serial;
	const char *location; /* or NULL */
	const char *place;
	const char *organisation; /* whose list it stands on, or NULL */
	const char *status;
	const char *last; /* NULL: never inspected */
	const char *last_result;
	const char *due; /* NULL: not */
	int months;
	int64_t version;
};

/* By object number, in scope, not scrapped. RC_OK, RC_NOTFOUND or RC_FAIL. */
enum rc inspection_aid(
	struct request *, const char *number, struct inspection_aid *);

/*
 * Answers the certificate of that number as PDF, in the account's language:
 * RC_NOTFOUND where the inspection isn't in its scope. In another format it
 * leads there.
 */
enum rc inspection_certificate(struct request *, const char *number);

#endif
