#ifndef RULES_LOCATION_CHANGE_H
#define RULES_LOCATION_CHANGE_H

#include <stdbool.h>

/*
 * What an institution asks to have changed of its locations (I7), and how the
 * supplier answers (S4): asked -> done, declined or withdrawn. The names are
 * those of the table location_change, of the texts location-change.state.NAME
 * and of the mails.
 */
enum location_state {
	LOCATION_NONE, /* before it is asked: no row has this state */
	LOCATION_ASKED,
	LOCATION_DONE,
	LOCATION_DECLINED,
	LOCATION_WITHDRAWN,
	LOCATION_STATES
};

enum location_event {
	LOCATION_ASK,
	LOCATION_CARRY_OUT,
	LOCATION_DECLINE,
	LOCATION_WITHDRAW,
	LOCATION_EVENTS
};

/* What an account is to it. */
enum location_actor {
	LOCATION_BY_ORGANISATION = 1, /* who may ask for it there */
	LOCATION_BY_SUPPLIER = 2
};

enum location_told {
	LOCATION_TELLS_REQUESTER = 1,
	LOCATION_TELLS_BRANCH = 2,
	LOCATION_TELLS_ADVISOR = 4
};

/* refused NULL, or "state", "actor", "reason" (wants one). */
struct location_verdict {
	const char *refused;
	enum location_state next;
	unsigned told; /* enum location_told, or'ed */
};

struct location_verdict location_rule(enum location_state, enum location_event,
	unsigned actors, bool has_reason);

const char *location_state_name(enum location_state);
const char *location_event_name(enum location_event);

/* LOCATION_STATES where there is none. */
enum location_state location_state_parse(const char *);

#endif
