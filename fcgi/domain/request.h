#ifndef DOMAIN_REQUEST_H
#define DOMAIN_REQUEST_H

#include <stdint.h>

#include "../core/request.h"
#include "../rules/meter.h"
#include "../rules/request_state.h"

struct inspection;

/*
 * Service requests, for all portals. Everything here works on the database
 * of the HTTP request and within its scope; what writes runs in the
 * transaction of the dispatcher, has no effect outside it, and can be run
 * again as a whole.
 */

/* What a form asks for. Texts belong to the caller. */
struct request_draft {
	enum request_kind kind;
	const int64_t *aid_ids;
	size_t aid_count;
	int64_t place_id;	 /* where the aid is: department or location */
	int64_t to_place_id;	 /* where it goes; 0: nowhere */
	const char *client_name; /* as typed; NULL: for nobody */
	int64_t client_id;	 /* a known record, in place of the name */
	const char *law;	 /* wlz zvw wmo own; NULL */
	bool own_performs;	 /* the organisation does it itself */
	const char *reference;	 /* NULL */
	const char *contact_name;
	const char *contact_phone;
	const char *contact_email;
	const char *description; /* NULL: "" */
	const char *message;	 /* NULL */
	const char *wished_on;	 /* YYYY-MM-DD */
};

/*
 * Writes the request, its lines, its first event, the approval it waits
 * for, the client's record, the aids' history and the mails. *number (in
 * the pool) is what people see: 2026-000123; its page after submitting is
 * /requests/NUMBER/sent.
 * RC_INVALID: *refused says why (a reason of aid_service_refused());
 * RC_NOTFOUND: an aid or place that isn't the account's; RC_FAIL.
 */
enum rc request_submit(struct request *, const struct request_draft *,
	const char **number, const char **refused);

/* A part that was used; article NULL: none given. */
struct request_part {
	const char *name;
	const char *article;
	int64_t quantity;
};

struct request_line {
	int64_t id;
	int64_t aid_id;		/* 0: a product */
	const char *number;	/* object number, or NULL */
	const char *label_code; /* or NULL */
	const char *make;
	const char *type;
	const char *category; /* in the language of the HTTP request */
	const char *serial;   /* or NULL */
	const char *owner;    /* NULL: the supplier's */
	bool visible; /* the aid is in this account's scope: may be linked */
	enum request_state state;
	/* Where the aid stood when it was asked for; or NULL. */
	const char *place;
	const char *location;
	/* Of an inspection that is done; else NULL. */
	const char *certificate; /* its number */
	const char *result;	 /* of enum inspection_result */
	const char *next_on;
	const char *remark;
	/* What the next one is reckoned by. */
	int months;
	const char *inspected_on;   /* NULL: never */
	const char *inspection_due; /* NULL: not */
	struct meter last;	    /* of the aid; unit NULL: never read */
	const char *last_read_on;
	/* As it was reported last; OUTCOME_COUNT: not yet. Texts may be NULL.
	 */
	enum line_outcome outcome;
	const char *done_on;
	const char *work_done; /* or why it could not be done */
	const char *cause;
	struct meter meter; /* unit NULL: not read */
	const char *next_inspection;
	const char *cost_cents;
	size_t part_count;
	const struct request_part *parts;
};

/* One request, read. Texts are NULL where the column may be. */
struct service_request {
	int64_t id;
	int64_t version;
	const char *number;
	const char *portal;
	enum request_kind kind;
	enum request_state state;
	enum request_state held; /* where resume goes; STATE_COUNT: nowhere */
	const char *held_until;
	int64_t organisation_id;
	const char *organisation;
	int64_t branch_id;
	const char *branch, *branch_phone, *branch_email;
	const char *branch_street, *branch_postcode, *branch_city;
	const char *advisor, *advisor_phone, *advisor_email; /* or NULL */
	int64_t location_id;
	const char *location;
	const char *street, *postcode, *city; /* where the mechanic goes */
	int64_t place_id;
	const char *place; /* the department, or the location again */
	int64_t to_place_id;
	const char *to_place, *to_location;
	const char *to_street, *to_postcode, *to_city;
	bool to_depot;
	int64_t client_id;
	const char *client, *client_born, *client_room;
	const char *law;
	bool own_performs;
	const char *reference;
	int64_t requester_id;
	const char *requester, *requester_phone, *requester_email;
	const char *requester_lang;
	int64_t signer_id; /* the professional who must sign; 0: none */
	int64_t approver_id;
	const char *approver;
	bool escalated; /* the administrators may answer too */
	const char *contact_name, *contact_phone, *contact_email;
	const char *description, *message;
	const char *wished_on, *planned_on, *planned_part, *mechanic;
	int64_t mechanic_id; /* 0: nobody yet, or no longer known */
	bool workshop;	     /* taken along to be repaired */
	const char *finding, *work_done, *done_on, *cost_cents;
	const char *created_at, *changed_at;
	size_t line_count;
	const struct request_line *lines;
};

/* At how many locations its aids are: its own, and others. */
size_t request_locations(const struct service_request *);

/* What the planned day is called: proposed, until it is agreed. */
const char *request_day_name(const struct service_request *);

/*
 * By number, in scope, with its lines: RC_OK, RC_NOTFOUND or RC_FAIL. Nothing
 * is locked: request_move() sees when somebody else was first.
 */
enum rc request_get(
	struct request *, const char *number, struct service_request *);

/* What the account is to this request: enum request_actor, or'ed. */
unsigned request_actors(const struct request *, const struct service_request *);

/* How the work on one line ended; texts may be NULL. */
struct request_report {
	int64_t line_id;
	enum line_outcome outcome;
	const char *text;   /* what was done, or why it could not be */
	const char *cause;  /* the fault that was found */
	struct meter meter; /* unit NULL: not read */
	const char *next;   /* its next inspection */
	const char *cost_cents;
	const struct request_part *parts;
	size_t part_count;
};

/* What happens to it, and what goes with it. Unused texts are NULL. */
struct request_change {
	enum request_event event;
	int64_t version; /* the one the form was made from */
	const char *reason;
	const char *day;  /* proposed, planned, another wished, held until */
	const char *part; /* day, morning, afternoon */
	const char *mechanic; /* planned: name and id; NULL, 0: nobody yet */
	int64_t mechanic_id;
	bool workshop; /* start */
	const char *work_done;
	const char *cost_cents;
	/*
	 * done: how some or all lines that are not done yet ended, each once;
	 * what becomes of the request follows (request_report_event()). Without
	 * any it is all of them, with work_done and cost_cents.
	 */
	const struct request_report *reports;
	size_t report_count;
	/* The same of an inspection: those of some of its aids, each on a line
	 * that is not done yet. */
	const struct inspection *inspections;
	size_t inspection_count;
};

/*
 * Moves a request that was read on by the rules: itself, its lines, approval,
 * event, the aids and the mails. *refused: a reason of request_verdict.
 * RC_INVALID: refused; RC_CONFLICT: somebody was first, nothing was
 * written; RC_FAIL. *sr is what it became, but for its lines.
 */
enum rc request_move(struct request *, struct service_request *sr,
	const struct request_change *, const char **refused);

/* The lines that are not done; the one of that position, from 1, or NULL. */
size_t request_open_lines(const struct service_request *);
const struct request_line *request_line_at(
	const struct service_request *, const char *position);

/*
 * A correction by the branch: one field from its old to a new value, state
 * unchanged, an event with both. field: wished_on, description, message,
 * reference, contact_name, contact_phone, contact_email. As request_move();
 * a day that can't be wished for is refused with its reason (rules/date.h),
 * though the branch may agree on today.
 */
enum rc request_correct(struct request *, struct service_request *sr,
	const char *field, const char *value, int64_t version,
	const char **refused);

#endif
