#ifndef SUPPLIER_ACCOUNTS_MANAGED_H
#define SUPPLIER_ACCOUNTS_MANAGED_H

#include "../../domain/account.h"
#include "../../engine/edit.h"

/* An account as the back office has it, and what its pages share. */
struct managed {
	struct account account;
	const struct account_member *members; /* that r->who manages */
	size_t count;
	const char *base; /* /supplier/accounts, /supplier/staff */
	bool staff;	  /* one of the supplier's own */
};

/*
 * The account of that code; in a POST it is locked. RC_NOTFOUND: there is
 * none here, or it is one of the other kind: staff is nobody's but the system
 * administrator's, whatever else it belongs to.
 */
enum rc managed_find(struct request *, const char *code, struct managed *);

/* May r->who change the account as a whole, or does it also belong to an
 * organisation of another branch? */
bool managed_whole(const struct request *, const struct managed *);

/* Begins the page, with crumbs; the view is written to the log. last: the
 * crumb of a page below the account's own, or NULL. */
enum rc managed_page(struct request *, const struct managed *, const char *id,
	const char *last);

const char *managed_href(struct pool *, const struct managed *);

/* 303 to its page, with the message of that id for its name. */
enum rc managed_leave(struct request *, const struct managed *,
	const char *kind, const char *message);

/* The words of a refusal of the domain above the page; RC_INVALID. */
enum rc managed_refused(struct request *, const char *refused);

/* The actions that are possible, as buttons. */
void deeds_write(struct request *, const struct managed *);

/* A text in the language of the page. */
const char *managed_word(struct request *, const char *id);

#endif
