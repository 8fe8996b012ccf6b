#ifndef DOMAIN_ACCOUNT_OF_H
#define DOMAIN_ACCOUNT_OF_H

#include "account.h"

/* What the files of domain/account share, and nobody else calls. */

/* Would the organisation (m NULL: any of them) be left without a keeper? */
bool account_of_last_keeper(
	const struct account *, const struct account_member *);

/* m NULL: the account as a whole, else its place in that organisation. */
enum rc account_of_facts(struct request *, const struct account *,
	const struct account_member *m, struct account_facts *);

/* RC_INVALID with the reason where the rules refuse it. */
enum rc account_of_judge(struct request *, const struct account *,
	const struct account_member *m, enum account_event,
	enum account_state *next, const char **refused);

/* A statement whose one argument is :account. */
enum rc account_of_exec(struct request *, const struct account *, enum sql);

enum rc account_of_state(
	struct request *, const struct account *, enum account_state);

/* A mail to its address, where it has one, and its record. */
enum rc account_of_tell(struct request *, const struct account *,
	const char *event, const char *href, const char *about);

/* The mail with a new link; organisation NULL: the supplier's name. */
enum rc account_of_invite(
	struct request *, const struct account *, const char *organisation);

/* As account_deactivate() and account_reactivate(), when that was judged. */
enum rc account_of_deactivate(
	struct request *, const struct account *, const char *event);
enum rc account_of_reactivate(
	struct request *, const struct account *, enum account_state next);

/* All that is personal goes, without a word. */
enum rc account_of_strip(struct request *, const struct account *);

#endif
