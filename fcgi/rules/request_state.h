#ifndef RULES_REQUEST_STATE_H
#define RULES_REQUEST_STATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What a service request can be, who moves it on, and who is told. The names
 * are those of the tables request and event, of the texts request.state.NAME
 * and request.kind.NAME, and of the steps timeline.request.NAME.
 */
enum request_kind {
	KIND_REPAIR,
	KIND_MOVE,
	KIND_FROM_DEPOT,
	KIND_TO_DEPOT,
	KIND_PICK_UP,
	KIND_ADAPTATION,
	KIND_RENTAL,
	KIND_DELIVERY,
	KIND_INSPECTION,
	KIND_CLEANING,
	KIND_COUNT
};

enum request_state {
	STATE_DRAFT, /* only before it is there: no row has this state */
	STATE_AWAITING_APPROVAL,
	STATE_AWAITING_SIGNATURE,
	STATE_SIGNATURE_REFUSED,
	STATE_SUBMITTED,
	STATE_ACCEPTED,
	STATE_PROPOSED,
	STATE_PLANNED,
	STATE_IN_PROGRESS,
	STATE_DONE,
	STATE_ON_HOLD,
	STATE_OWN_PLANNED,
	STATE_REJECTED,
	STATE_WITHDRAWN,
	STATE_CANCELLED,
	STATE_COUNT
};

enum request_event {
	EVENT_SUBMIT,
	EVENT_APPROVE,
	EVENT_REJECT,
	EVENT_WITHDRAW,
	EVENT_SIGN,
	EVENT_REFUSE,
	EVENT_OFFER,	/* the branch offers it again for signing */
	EVENT_TAKE_OFF, /* the branch takes a refused one off the list */
	EVENT_ACCEPT,
	EVENT_PROPOSE,
	EVENT_AGREE,
	EVENT_OTHER_DATE,
	EVENT_PLAN,
	EVENT_START,
	EVENT_DONE,
	EVENT_NO_FAULT,
	EVENT_COULD_NOT,
	EVENT_PARTLY, /* some lines were reported, or not all could be done */
	EVENT_HOLD,
	EVENT_RESUME,
	EVENT_CANCEL,
	EVENT_CORRECT,
	EVENT_COUNT
};

/* What an account is to this request; one may be several at once. */
enum request_actor {
	ACTOR_REQUESTER = 1,
	ACTOR_ORGANISATION = 2, /* of the requester's organisation */
	ACTOR_AUTHORISER = 4,	/* asked for approval, or the stand-in */
	ACTOR_PROFESSIONAL = 8, /* who must sign */
	ACTOR_BRANCH = 16,
	ACTOR_PLANNER = 32,
	ACTOR_MECHANIC = 64
};

enum request_told {
	TOLD_REQUESTER = 1,
	TOLD_CONTACT = 2,
	TOLD_AUTHORISER = 4,
	TOLD_PROFESSIONAL = 8,
	TOLD_BRANCH = 16 /* the planner too: by the branch's address */
};

/* What the move depends on besides state, event and actor. */
struct request_facts {
	bool needs_approval; /* submit: an authoriser stands for it */
	bool wlz;	     /* submit, approve: must be signed */
	bool own_performs;   /* submit, approve: the organisation does it */
	bool wished_day;     /* propose: it is the day that was wished */
	bool has_reason;
	bool has_day;
	bool has_work_done; /* done: what was done */
	bool lines_left;    /* partly: of some lines nothing was reported */
	enum request_state held; /* resume: where it was */
};

/*
 * refused NULL: it goes to next, and told (enum request_told) hear of it.
 * Otherwise the reason, text request.refused.ID:
 *   state   not possible in this state
 *   actor   possible, but not by this actor
 *   reason  wants a reason
 *   day     wants a date
 *   work    wants what was done
 */
struct request_verdict {
	const char *refused;
	enum request_state next;
	unsigned told;
};

/* actors: enum request_actor, or'ed. */
struct request_verdict request_rule(enum request_state, enum request_event,
	unsigned actors, const struct request_facts *);

/* May these actors do it in this state, reason and day aside? */
bool request_may(enum request_state, enum request_event, unsigned actors);

/*
 * How the work on one line ended, as the branch reports it; names are those of
 * the table request_line and of the texts request.outcome.NAME.
 */
enum line_outcome {
	OUTCOME_DONE,
	OUTCOME_NO_FAULT,
	OUTCOME_COULD_NOT,
	OUTCOME_COUNT
};

const char *line_outcome_name(enum line_outcome);
enum line_outcome line_outcome_parse(const char *); /* COUNT: none */

/* Where the line goes: done, or back to where a new date is sought. */
enum request_state line_state(enum line_outcome);

/* How the lines of a request stand after a report. */
struct request_lines {
	size_t left; /* nothing reported in this round */
	size_t ended[OUTCOME_COUNT];
};

/*
 * What a report is for the request: while lines are left, or where some are
 * done and others could not be, partly; else as all of them ended.
 */
enum request_event request_report_event(const struct request_lines *);

/* One of the states that submitting leads to. */
bool request_begins(enum request_state);

/* No event leads out of it. */
bool request_ended(enum request_state);

/* Does it still come to that state, of the way to its being done? */
bool request_is_before(enum request_state, enum request_state);

const char *request_state_name(enum request_state);
const char *request_event_name(enum request_event);
const char *request_kind_name(enum request_kind);

/* By name; COUNT of the enum where there is none (NULL too). */
enum request_state request_state_parse(const char *);
enum request_event request_event_parse(const char *);
enum request_kind request_kind_parse(const char *);

#endif
