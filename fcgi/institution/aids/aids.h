#ifndef INSTITUTION_AIDS_H
#define INSTITUTION_AIDS_H

#include "../../core/request.h"

/* /aids, 'Mijn hulpmiddelen' (I9, I10). */
enum rc aids_page(struct request *);

/* The pages of an aid (I11, I12): /aids/{id} and /aids/{id}/history. */
enum rc aid_page(struct request *);
enum rc aid_history_page(struct request *);

/*
 * The search of the page's head, ?number=: 303 to the one aid, by its number
 * or what its label says, or to the request; else to the list filtered.
 */
enum rc aid_search(struct request *);

#endif
