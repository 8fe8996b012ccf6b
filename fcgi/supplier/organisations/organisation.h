#ifndef SUPPLIER_ORGANISATIONS_ORGANISATION_H
#define SUPPLIER_ORGANISATIONS_ORGANISATION_H

#include <stdint.h>

#include "../../core/request.h"
#include "../../rules/organisation.h"

/* An organisation, and what its pages share. */
struct organisation {
	int64_t id, version;
	const char *code, *kind, *name;
	int64_t parent_id, branch_id, advisor_id; /* 0: none */
	const char *parent, *parent_code, *branch, *advisor;
	bool parent_visible;
	const char *second_factor;
	bool sms_allowed;     /* as second factor */
	int64_t password_min; /* characters */
	int64_t payment_days;
	bool active;
	int64_t accounts;
	struct in_use use;
};

/* By its code, in scope. RC_NOTFOUND. */
enum rc organisation_get(
	struct request *, const char *code, struct organisation *);

const char *organisation_href(struct pool *, const char *code);

/* The crumbs of a page below it: the text crumb.ID comes last. */
void organisation_crumbs(
	struct request *, const char *code, const char *name, const char *id);

/* 303 to its page, with the message of that id for its name. */
enum rc organisation_leave(struct request *, const char *code,
	const char *message, const char *name);

/* "12" as a field shows it. */
const char *organisation_number(struct pool *, int64_t);

/* Locks it, so that changes of its places and contracts come one after the
 * other. */
enum rc organisation_lock(struct request *, int64_t id);

#endif
