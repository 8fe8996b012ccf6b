#ifndef INSTITUTION_ACCOUNTS_MEMBER_H
#define INSTITUTION_ACCOUNTS_MEMBER_H

#include "../../domain/account.h"
#include "../../engine/form.h"

/* What the pages of one account share. */
struct member {
	struct account account;
	const struct account_member *m; /* of the organisation of r->who */
	bool own;			/* of who asks */
};

/* The account that r->args[0] names; in a POST it is locked. */
enum rc member_find(struct request *, struct member *);

/* What it is to its organisation: deactivated also where only its membership
 * is. */
enum account_state member_state(const struct member *);

/* Opens the page: title, badge, crumbs; last: the crumb of a page below the
 * account's own, or NULL. The view is written to the log. */
enum rc member_page(struct request *, const struct member *, const char *id,
	const char *last);

/* The tabs of the account's pages; current: details or places. */
void member_tabs(struct request *, const struct member *, const char *current);

/* The lock of the form: version. RC_INVALID: changed meanwhile, the page says
 * so, and its form has the new version. */
void member_set_version(struct request *, const struct member *, struct form *);
enum rc member_check_version(
	struct request *, const struct member *, struct form *);

/* The words for a refusal of the domain, above the page. */
void member_refused(struct request *, const char *refused);

/* Offers who may take over from it. */
enum rc member_offer_successors(struct request *, const struct member *,
	struct form *, const struct db_rows *dependants);

/* The id of the account that has that code among those rows (id, code); 0. */
int64_t member_by_code(const struct db_rows *, const char *code);

#endif
