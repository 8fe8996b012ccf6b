#ifndef DOMAIN_ACCOUNT_VIEW_H
#define DOMAIN_ACCOUNT_VIEW_H

#include "../db/db.h"
#include "account.h"

/*
 * What the pages of an account share in both portals that manage accounts.
 *
 * 'Toegewezen locaties': locations to be ticked as a whole, or what lies in
 * them one by one (I6, C15). The engine's forms know no trees, so this one is
 * written and read here. places: rows with id, name, street, postcode, city,
 * top (the location it lies in, itself where it is one), ticked, whole; each
 * location before what lies in it.
 */

/*
 * <form id> that posts to the page's own address, with this field version.
 * sent: ticked is what this request sent.
 */
void ticks_write(struct request *, const char *id, const struct db_rows *places,
	const char *cancel, const char *version, bool sent);

/*
 * What this request ticked, each place once; single ones of a location that
 * is ticked as a whole go with it. ticked has room for all places. false:
 * something else was sent, by hand.
 */
bool ticks_read(struct request *, const struct db_rows *places,
	struct account_place *ticked, size_t *count);

/* Who depends on it and for what, of account_dependants(), as <tree
 * id="dependants">; nothing where there are none. */
void account_write_dependants(struct request *, const struct db_rows *);

#endif
