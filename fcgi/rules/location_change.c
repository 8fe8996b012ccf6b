#include <stddef.h>
#include <string.h>

#include "location_change.h"

static const struct rule {
	enum location_event event;
	enum location_state from;
	unsigned actors;
	bool wants_reason;
	enum location_state to;
	unsigned told;
} rules[] = {
	{LOCATION_ASK, LOCATION_NONE, LOCATION_BY_ORGANISATION, false,
		LOCATION_ASKED,
		LOCATION_TELLS_REQUESTER | LOCATION_TELLS_BRANCH |
			LOCATION_TELLS_ADVISOR},
	{LOCATION_CARRY_OUT, LOCATION_ASKED, LOCATION_BY_SUPPLIER, false,
		LOCATION_DONE,
		LOCATION_TELLS_REQUESTER | LOCATION_TELLS_BRANCH |
			LOCATION_TELLS_ADVISOR},
	{LOCATION_DECLINE, LOCATION_ASKED, LOCATION_BY_SUPPLIER, true,
		LOCATION_DECLINED,
		LOCATION_TELLS_REQUESTER | LOCATION_TELLS_BRANCH |
			LOCATION_TELLS_ADVISOR},
	{LOCATION_WITHDRAW, LOCATION_ASKED, LOCATION_BY_ORGANISATION, false,
		LOCATION_WITHDRAWN,
		LOCATION_TELLS_BRANCH | LOCATION_TELLS_ADVISOR},
};

struct location_verdict
location_rule(enum location_state state, enum location_event event,
	unsigned actors, bool has_reason)
{
	struct location_verdict v = {"state", state, 0};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];

		if (r->event != event || r->from != state)
			continue;
		if (!(r->actors & actors))
			v.refused = "actor";
		else if (r->wants_reason && !has_reason)
			v.refused = "reason";
		else
			v = (struct location_verdict){NULL, r->to, r->told};
		return v;
	}
	return v;
}

static const char *const states[LOCATION_STATES] = {
	"none", "asked", "done", "declined", "withdrawn"};

static const char *const events[LOCATION_EVENTS] = {
	"ask", "carry-out", "decline", "withdraw"};

const char *
location_state_name(enum location_state state)
{
	return states[state];
}

const char *
location_event_name(enum location_event event)
{
	return events[event];
}

enum location_state
location_state_parse(const char *name)
{
	int i = 0;

	while (i < LOCATION_STATES && strcmp(states[i], name) != 0)
		i++;
	return (enum location_state)i;
}
