#ifndef RULES_AID_STATE_H
#define RULES_AID_STATE_H

#include <stdbool.h>

#include "request_state.h"

/*
 * An aid's status and place follow the work on it, and decide what can be
 * asked for it. Names are those of the table aid and the texts
 * aid.status.NAME.
 */
enum aid_status {
	AID_IN_USE,
	AID_IN_DEPOT,
	AID_IN_TRANSPORT,
	AID_IN_CLEANING,
	AID_IN_REPAIR,
	AID_OUT_OF_SERVICE,
	AID_SCRAPPED,
	AID_STATUS_COUNT
};

const char *aid_status_name(enum aid_status);
enum aid_status aid_status_parse(const char *); /* COUNT: none such */

/* The moments in a request's life that an aid follows. */
enum aid_moment {
	AID_START,  /* planned -> in_progress */
	AID_DONE,   /* -> done, also when no fault was found */
	AID_STOPPED /* in progress, then: could not, cancelled */
};

enum aid_place {
	AID_STAYS,
	AID_GOES_TO,	/* the place the request names */
	AID_TO_SUPPLIER /* a depot of the supplier's */
};

struct aid_effect {
	enum aid_status status;
	enum aid_place place;
	bool ends_rental; /* collected: it leaves the organisation's list */
};

/*
 * What the work does to an aid of this status. An inspection does nothing
 * here: its result does (inspection.h). in_depot: the place where it
 * stands is a depot; to_depot: the one it goes to is. workshop: it was taken
 * along to be repaired. An aid out of service or scrapped stays so.
 */
struct aid_effect aid_effect(enum request_kind, enum aid_moment,
	enum aid_status, bool in_depot, bool to_depot, bool workshop);

struct aid_facts {
	enum aid_status status;
	bool rented;	 /* the supplier's, on the organisation's list */
	bool moving;	 /* a move, depot or pick-up request is under way */
	bool inspecting; /* an inspection is asked for already */
};

/*
 * May an institution ask this service for it (I13)? NULL, or the reason,
 * text action.KIND.refused.ID:
 *   in_use, in_depot, …  its status does not allow it
 *   owned   a pick-up is for what is rented
 *   moving  another request takes it elsewhere
 *   inspecting  its inspection is asked for already
 *   kind    no service on an aid that institutions ask for
 */
const char *aid_service_refused(enum request_kind, const struct aid_facts *);

/* What the branch does to an aid by hand (S7). */
enum aid_deed { AID_CORRECT, AID_RELOCATE, AID_SCRAP, AID_DEEDS };

/*
 * May it? moving: a request takes it elsewhere; asked: some request for it is
 * under way. NULL, or the reason, text aid.refused.ID: scrapped, moving, asked.
 */
const char *aid_hand_refused(
	enum aid_deed, enum aid_status, bool moving, bool asked);

/* Does it take the aid elsewhere, so that one at a time is enough? */
bool aid_service_moves(enum request_kind);

#endif
