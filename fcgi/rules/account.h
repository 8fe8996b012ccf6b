#ifndef RULES_ACCOUNT_H
#define RULES_ACCOUNT_H

#include <stdbool.h>

/*
 * What an account can be and what happens to it. The names are those of the
 * table account, of the texts account.state.NAME and of the mails
 * mail.account.NAME.
 */
enum account_state {
	ACCOUNT_INVITED, /* waits for its password to be set */
	ACCOUNT_ACTIVE,
	ACCOUNT_DEACTIVATED,
	ACCOUNT_ENDED, /* stripped: only the key of what it did is left */
	ACCOUNT_STATES
};

enum account_event {
	ACCOUNT_ACTIVATE,   /* the password was set by the link */
	ACCOUNT_RESEND,	    /* a new link to activate it */
	ACCOUNT_CHANGE,	    /* name, role, places, authorisers, budget */
	ACCOUNT_DEACTIVATE, /* by hand, or 6 months unused (C9) */
	ACCOUNT_REACTIVATE,
	ACCOUNT_READDRESS,    /* another address (C4) */
	ACCOUNT_RESET_FACTOR, /* the second factor anew (C6) */
	ACCOUNT_END,	      /* by hand (C7), or 2 years unused (C9) */
	ACCOUNT_EVENTS
};

/* What the rules depend on. A keeper is who manages the accounts of an
 * organisation, or of the supplier's staff: someone must. */
struct account_facts {
	bool by_job;	   /* nobody did it: the life cycle of C9 */
	bool own;	   /* to the account of who does it */
	bool has_password; /* was activated once */
	bool last_keeper;  /* the only active one, of an active organisation */
	bool depended_on;  /* others have this account as authoriser */
};

/*
 * refused NULL: it goes to next. Otherwise the reason, text
 * account.refused.ID:
 *   state      not possible in this state
 *   own        one doesn't take or give oneself access
 *   last       the organisation would be left without a keeper
 *   successor  others depend on it: who takes over?
 */
struct account_verdict {
	const char *refused;
	enum account_state next;
};

struct account_verdict account_rule(
	enum account_state, enum account_event, const struct account_facts *);

/* Is it possible in this state, whoever does it? */
bool account_may(enum account_state, enum account_event);

/* What a role gives and takes, from the table of rights. */
struct account_role {
	bool keeps;	     /* manages accounts (or staff) */
	bool may_services;   /* authorise the services of others */
	bool may_orders;     /* authorise their orders, when ticked */
	bool may_have_limit; /* a budget limit can be set */
};

/* The kinds of service that one may need authorisation for (I5). */
enum { ACCOUNT_SERVICES = 5, ACCOUNT_STEPS_MAX = 50 };
extern const char *const account_services[ACCOUNT_SERVICES + 1];

/* One step of a budget: from this amount on, that account authorises. */
struct account_step {
	long long from_cents;
	long long authoriser;
};

/*
 * NULL, or why the steps won't do, at *index: "twice" (an amount that an
 * earlier step has), "negative", "self" (authorised by whose it is), "many".
 */
const char *account_steps_refused(
	const struct account_step *, int count, long long own, int *index);

/*
 * What another role would do to a membership. NULL, or
 *   own        one's own role
 *   last       the last keeper would not keep any more
 *   successor  it loses a right to authorise that others depend on
 */
struct account_depends {
	bool services; /* others name it for services */
	bool orders;   /* for orders, in a step of their budget */
};
const char *account_role_refused(const struct account_role *old,
	const struct account_role *new, bool new_ticked,
	const struct account_depends *, const struct account_facts *);

const char *account_state_name(enum account_state);
const char *account_event_name(enum account_event);
/* By name; ACCOUNT_STATES where there is none (NULL too). */
enum account_state account_state_parse(const char *);

#endif
