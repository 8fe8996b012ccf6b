#include <stddef.h>
#include <string.h>

#include "account.h"

#define S(state) (1U << ACCOUNT_##state)
#define LIVING (S(INVITED) | S(ACTIVE) | S(DEACTIVATED))

/* What an event asks of the facts. */
enum {
	NOT_OWN = 1,  /* somebody else does it */
	KEEPS = 2,    /* not the last keeper */
	SUCCEEDED = 4 /* nobody depends on it any more */
};

enum { TO_SAME = ACCOUNT_STATES, TO_BEFORE };

static const struct rule {
	unsigned from;
	unsigned asks;
	int to;
} rules[ACCOUNT_EVENTS] = {
	[ACCOUNT_ACTIVATE] = {S(INVITED), 0, ACCOUNT_ACTIVE},
	[ACCOUNT_RESEND] = {S(INVITED), 0, TO_SAME},
	[ACCOUNT_CHANGE] = {LIVING, 0, TO_SAME},
	[ACCOUNT_DEACTIVATE] = {S(INVITED) | S(ACTIVE),
		NOT_OWN | KEEPS | SUCCEEDED, ACCOUNT_DEACTIVATED},
	[ACCOUNT_REACTIVATE] = {S(DEACTIVATED), NOT_OWN, TO_BEFORE},
	[ACCOUNT_READDRESS] = {LIVING, NOT_OWN, ACCOUNT_INVITED},
	[ACCOUNT_RESET_FACTOR] = {LIVING, NOT_OWN, TO_SAME},
	[ACCOUNT_END] = {LIVING, NOT_OWN | KEEPS | SUCCEEDED, ACCOUNT_ENDED},
};

const char *const account_services[ACCOUNT_SERVICES + 1] = {
	"repair", "move", "from_depot", "to_depot", "pick_up", NULL};

bool
account_may(enum account_state state, enum account_event event)
{
	return rules[event].from & (1U << state);
}

static const char *
refused(const struct rule *rule, enum account_state state,
	const struct account_facts *f)
{
	if (!(rule->from & (1U << state)))
		return "state";
	/* The life cycle ends what nobody uses, whoever leans on it. */
	if (f->by_job)
		return NULL;
	if ((rule->asks & NOT_OWN) && f->own)
		return "own";
	if ((rule->asks & KEEPS) && f->last_keeper)
		return "last";
	if ((rule->asks & SUCCEEDED) && f->depended_on)
		return "successor";
	return NULL;
}

struct account_verdict
account_rule(enum account_state state, enum account_event event,
	const struct account_facts *facts)
{
	const struct rule *rule = &rules[event];
	struct account_verdict v = {refused(rule, state, facts), state};

	if (v.refused || rule->to == TO_SAME)
		return v;
	if (rule->to == TO_BEFORE)
		v.next = facts->has_password ? ACCOUNT_ACTIVE : ACCOUNT_INVITED;
	else
		v.next = (enum account_state)rule->to;
	return v;
}

const char *
account_steps_refused(
	const struct account_step *steps, int count, long long own, int *index)
{
	*index = 0;
	if (count > ACCOUNT_STEPS_MAX)
		return "many";
	for (int i = 0; i < count; i++) {
		*index = i;
		if (steps[i].from_cents < 0)
			return "negative";
		if (steps[i].authoriser == own)
			return "self";
		for (int j = 0; j < i; j++)
			if (steps[j].from_cents == steps[i].from_cents)
				return "twice";
	}
	return NULL;
}

const char *
account_role_refused(const struct account_role *old,
	const struct account_role *new, bool new_ticked,
	const struct account_depends *depends,
	const struct account_facts *facts)
{
	if (facts->own)
		return "own";
	if (facts->last_keeper && old->keeps && !new->keeps)
		return "last";
	if (depends->services && !new->may_services)
		return "successor";
	if (depends->orders && !(new->may_orders &&new_ticked))
		return "successor";
	return NULL;
}

static const char *const states[ACCOUNT_STATES] = {
	"invited", "active", "deactivated", "ended"};

static const char *const events[ACCOUNT_EVENTS] = {"activate", "resend",
	"change", "deactivate", "reactivate", "readdress", "reset_factor",
	"end"};

const char *
account_state_name(enum account_state state)
{
	return states[state];
}

const char *
account_event_name(enum account_event event)
{
	return events[event];
}

enum account_state
account_state_parse(const char *name)
{
	int i = 0;

	while (i < ACCOUNT_STATES && (!name || strcmp(states[i], name) != 0))
		i++;
	return (enum account_state)i;
}
