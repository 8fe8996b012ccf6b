#ifndef DOMAIN_ACCOUNT_H
#define DOMAIN_ACCOUNT_H

#include "../access/access.h"
#include "../rules/account.h"

/*
 * The life of an account, for the portals that manage accounts and for the
 * nightly job. Every function that changes something runs in the caller's
 * transaction, on an account that account_lock() or account_of_job() gave;
 * it writes its record (audit_account) and its mails. Rights are read anew
 * at each request, so a change holds at once in open sessions.
 *
 * Where it is refused: RC_INVALID, nothing was changed, and *refused is the
 * reason, text message.account.refused.ID (rules/account.h). Else RC_OK, or
 * RC_FAIL.
 */
struct account {
	int64_t id;
	int64_t version;
	const char *code; /* in its address */
	enum account_state state;
	const char *email;  /* NULL: ended, or waits to be linked */
	const char *wanted; /* waits to be linked: the address; else NULL */
	const char *name;
	const char *phone; /* may be NULL */
	const char *lang;
	const char *created_at;	   /* UTC, as the database has it */
	const char *last_login_at; /* NULL: never */
	const char *link_until;	   /* the activation link works; or NULL */
	bool has_password;	   /* was activated once */
	bool has_factor;
	bool elsewhere; /* it also belongs to what r->who does not manage */
	const struct db_rows *keepers; /* account_lock()'s own; else NULL */
};

/* One belonging of an account to a portal: the person's role there. */
struct account_member {
	int64_t id;
	int64_t version;
	const char *portal;   /* institution, professional, supplier */
	int64_t organisation; /* 0: the supplier's staff */
	const char *organisation_code;
	const char *organisation_name;
	int64_t branch; /* staff: 0 is every one */
	const char *role;
	const char *reason;	/* self_employed, hired, secondment; NULL */
	bool all_places;	/* ticked; role may see all without it */
	const char *visibility; /* organisation, places, own (C15) */
	bool may_authorise_orders;
	bool active;
};

/*
 * The account of that code, where r->who manages a membership of it
 * (scope: membership). RC_NOTFOUND. account_lock() holds it for the
 * transaction: what is read then stays so.
 */
enum rc account_get(struct request *, const char *code, struct account *);
enum rc account_lock(struct request *, const char *code, struct account *);

/* For the jobs, by its id: locked, whoever's it is. */
enum rc account_of_job(struct request *, int64_t id, struct account *);

/* The memberships of it that r->who manages, active or not. */
enum rc account_members(struct request *, const struct account *,
	const struct account_member **members, size_t *count);

/* One optimistic lock for both: "3-7". A change counts either up. */
const char *account_version(
	struct pool *, const struct account *, const struct account_member *);

/* What a role may, by access/rights.xml. */
struct account_role account_role_of(const char *portal, const char *role);

/*
 * Would r->who be allowed to give that role in that portal? Who manages
 * accounts: an institution's its own roles; the supplier's those of
 * institutions and professionals; who manages staff: those of the supplier.
 */
bool account_may_give(
	const struct request *, const char *portal, const char *role);

/* An account to be made, or a membership to be added. */
struct account_draft {
	const char *email; /* checked by contact_email() */
	const char *name;
	const char *lang;     /* NULL: nl */
	const char *portal;   /* and role: account_may_give() */
	int64_t organisation; /* in r->who's scope; 0: staff */
	int64_t branch;	      /* staff; 0: every one */
	const char *role;
	const char *reason;	/* C8, of a second organisation; or NULL */
	const char *visibility; /* NULL: organisation */
	bool all_places;
	bool may_authorise_orders;
};

/*
 * Makes the account, invited, with its membership; sends the activation
 * mail. *made: the account, held. RC_DENIED: r->who may not give that
 * role. Where the address has an account:
 *
 *   one of those that r->who manages    RC_CONFLICT, *made is that account
 *   elsewhere                           as if it were new, so that nothing
 *       is told of other organisations: but the account made has no address
 *       (wanted), and can't log in until account_link_waiting(). Who has the
 *       address and the branch are mailed.
 */
enum rc account_invite(struct request *, const struct account_draft *,
	struct account *made, const char **refused);

/*
 * Adds a membership to an account (C8); the person is mailed. RC_CONFLICT:
 * it has one there. RC_DENIED as above. Email and name of the draft are not
 * used.
 */
enum rc account_join(struct request *, const struct account *,
	const struct account_draft *, const char **refused);

/*
 * A waiting account (wanted) becomes a membership of the account that has
 * the address, for that reason (C8): what was set for it carries over, the
 * waiting account ends, the person is mailed. RC_NOTFOUND: nobody has that
 * address any more: account_readdress() it.
 */
enum rc account_link_waiting(struct request *, const struct account *,
	const char *reason, const char **refused);

/* After link_use(), when the password was set: active, and the mail that
 * says so. r->who is NULL. */
enum rc account_activate(
	struct request *, int64_t account, const char **refused);

/* A new activation link; the old ones end. */
enum rc account_resend(
	struct request *, const struct account *, const char **refused);

/* Another name; refused "elsewhere" to an institution where the account is
 * not its alone. */
enum rc account_rename(struct request *, const struct account *,
	const char *name, const char **refused);

/*
 * Role, ticked right and what is narrowed of a membership (draft: portal,
 * organisation, email, name and lang are not used). Authorisers and budgets
 * that the new role can't have go; RC_DENIED as above.
 */
enum rc account_member_change(struct request *, const struct account *,
	const struct account_member *, const struct account_draft *,
	const char **refused);

/*
 * Who authorises which service: authorisers[i] is the account for
 * account_services[i], 0: nobody needs to. RC_DENIED: one of them is no
 * account_is_authoriser(), so the form was made by hand.
 */
enum rc account_member_services(struct request *, const struct account *,
	const struct account_member *,
	const int64_t authorisers[ACCOUNT_SERVICES], const char **refused);

/* The steps of its budget; count 0: no limit, one step from 0: each order. */
enum rc account_member_budget(struct request *, const struct account *,
	const struct account_member *, const struct account_step *steps,
	int count, const char **refused);

/*
 * The places ticked: a location as a whole (all that lies in it, also
 * later), or single places. RC_DENIED: not one of the organisation's.
 */
struct account_place {
	int64_t id;
	bool whole;
};
enum rc account_member_places(struct request *, const struct account *,
	const struct account_member *, const struct account_place *places,
	size_t count, const char **refused);

/*
 * Columns membership, code and name of who depends, organisation_id, what (a
 * kind of service, order, or waiting: a request that waits for its verdict),
 * from_cents: those with that account as authoriser in that organisation (0:
 * in every one).
 */
enum rc account_dependants(struct request *, int64_t account,
	int64_t organisation, struct db_rows *);

/*
 * Columns id, code, name, email, role, may_authorise_orders, depends (on that
 * one): the accounts of the organisation but that one (0: none left out). Whom
 * of them one may name says account_is_authoriser(), for orders or for
 * services; who may take over from that one, account_is_successor(): all
 * that depends on it, and not depending on it themselves.
 */
enum rc account_authorisers(
	struct request *, int64_t organisation, int64_t but, struct db_rows *);
bool account_is_authoriser(struct db_row, bool orders);
bool account_is_successor(struct db_row, const struct db_rows *dependants);

/*
 * Another authoriser in its place, in that organisation: in services,
 * budgets and what waits for a verdict now; the successor is mailed.
 * RC_DENIED: it is no account_is_successor().
 */
enum rc account_succeed(struct request *, const struct account *,
	int64_t organisation, int64_t successor);

/*
 * Whole account. By hand, refused "successor" while others depend on it; by
 * the job (r->who NULL) their administrators are mailed instead. Sessions and
 * links end; the person is mailed (mail.account.EVENT): event closed, idle.
 */
enum rc account_deactivate(struct request *, const struct account *,
	const char *event, const char **refused);

/* Active again; who never was gets a new activation mail. */
enum rc account_reactivate(
	struct request *, const struct account *, const char **refused);

/*
 * One membership: access to that organisation ends, or is back. With its
 * last active one the account is deactivated, with its first active again;
 * refused "elsewhere" to an institution where somebody else closed an
 * account that is not its alone.
 */
enum rc account_member_close(struct request *, const struct account *,
	const struct account_member *, const char **refused);
enum rc account_member_open(struct request *, const struct account *,
	const struct account_member *, const char **refused);

/*
 * Another address (C4): what hangs on the person stays, the second factor
 * too; the password goes, sessions end. The old address gets a notice, the new
 * one the activation mail. RC_CONFLICT: another account has it.
 */
enum rc account_readdress(struct request *, const struct account *,
	const char *email, const char **refused);

/* The second factor and recovery codes go, sessions end (C6). */
enum rc account_reset_factor(
	struct request *, const struct account *, const char **refused);

/*
 * Ends it for good: a confirmation (event ended, or expired by the job) to
 * the last address, then all that is personal goes. What it did stays, under
 * its key. Whoever adds a table of an account's own adds it here.
 */
enum rc account_end(struct request *, const struct account *, const char *event,
	const char **refused);

#endif
