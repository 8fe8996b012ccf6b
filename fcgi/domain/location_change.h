#ifndef DOMAIN_LOCATION_CHANGE_H
#define DOMAIN_LOCATION_CHANGE_H

#include <stdint.h>

#include "../core/request.h"
#include "../rules/location_change.h"

/*
 * A location change request (I7, S4): what the institution asked stays as it
 * was asked.
 */
struct location_change {
	int64_t id, version;
	const char *number;
	int64_t organisation_id;
	const char *organisation, *code;
	const char *kind; /* add, change, remove */
	enum location_state state;
	int64_t place_id;  /* 0: not there yet */
	const char *place; /* its name now */
	const char *now_street, *now_postcode, *now_city;
	const char *name;		      /* as asked; NULL of a removal */
	const char *street, *postcode, *city; /* as asked */
	const char *departments;	      /* of an addition, a line each */
	const char *explanation;
	const char *requester, *requester_phone, *requester_email;
	const char *requester_lang;
	const char *advisor, *advisor_email, *advisor_lang;
	const char *branch, *branch_email, *branch_phone;
	const char *asked_at;
	const char *answered_by, *answered_at; /* NULL: waits */
	const char *reason;
};

/* By its number, in scope. RC_NOTFOUND. */
enum rc location_change_get(
	struct request *, const char *number, struct location_change *);

/*
 * Asks for it, in the name of r->who's organisation: kind, place_id, what is
 * asked and the explanation of *c are used; the rest of it is filled. Mails
 * are queued. RC_CONFLICT: there is one for that place that waits;
 * *c is that one. RC_DENIED.
 */
enum rc location_change_ask(struct request *, struct location_change *c);

/*
 * Answers it or takes it back; place_id of *c is kept, reason may be NULL.
 * RC_INVALID: *refused says why (rules/location_change.h). RC_CONFLICT:
 * changed meanwhile.
 */
enum rc location_change_move(struct request *, struct location_change *,
	enum location_event, const char *reason, const char **refused);

/* What r->who may do with it now. */
bool location_change_may(const struct request *, const struct location_change *,
	enum location_event);

/* <detail>s of what was asked and how it is now, <timeline> of its course. */
void location_change_write(struct request *, const struct location_change *);
void location_change_timeline(struct request *, const struct location_change *);

#endif
