#ifndef INSTITUTION_LOCATIONS_LOCATIONS_H
#define INSTITUTION_LOCATIONS_LOCATIONS_H

#include "../../core/request.h"

/*
 * 'Locaties': what the organisation has, and what is asked to have changed of
 * it (I7).
 */

/* GET /locations: the locations, and the requests so far. */
enum rc locations_page(struct request *);

/* GET and POST /locations/{id}/change, /locations/new */
enum rc location_change_form(struct request *);
enum rc location_ask_new(struct request *);

/* GET /locations/changes/{number}; GET and POST …/withdraw */
enum rc location_request_page(struct request *);
enum rc location_withdraw(struct request *);

#endif
