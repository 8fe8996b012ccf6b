#ifndef DOMAIN_REQUEST_ACTION_H
#define DOMAIN_REQUEST_ACTION_H

#include "request.h"

/*
 * What a portal lets its users do with a request: each action has the
 * address BASE/NUMBER/ID, where GET shows the form ID.form.xml (with a
 * hidden field version) and POST carries it out. Names of fields: reason
 * day part mechanic workshop.
 */
enum request_field {
	FIELD_OF_REASON = 1,
	FIELD_OF_DAY = 2,
	FIELD_OF_PART = 4,
	FIELD_OF_MECHANIC = 8,
	FIELD_OF_WORKSHOP = 16,
	FIELD_OF_WORK = 32,    /* of one line: a form of the portal's own */
	FIELD_OF_RESULTS = 64, /* of an inspection: one too */
	FIELD_OF_LINES = 128   /* of several lines: one too */
};

struct request_action {
	const char *id; /* of address, page, form and button; NULL ends */
	enum request_event event;
	unsigned fields;  /* enum request_field, or'ed */
	bool direct;	  /* the button itself posts: nothing to fill in */
	const char *look; /* of the button */
	const char *icon;
};

struct request_portal {
	const char *base; /* /requests, /supplier/requests */
	const char *list; /* where the crumbs begin: id and address */
	const char *list_href;
	const char *id; /* of the <actions> */
	const struct request_action *actions;
};

/* <actions>: those that state and account allow now. */
void request_write_actions(struct request *, const struct service_request *,
	const struct request_portal *);

/*
 * GET and POST of the action that the path ends with. A request that went
 * on meanwhile is shown with a message and status 409, and nothing of what
 * was sent is written.
 */
enum rc request_action_page(struct request *, const struct request_portal *);
enum rc request_action_post(struct request *, const struct request_portal *);

#endif
