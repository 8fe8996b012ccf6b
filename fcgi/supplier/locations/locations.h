#ifndef SUPPLIER_LOCATIONS_LOCATIONS_H
#define SUPPLIER_LOCATIONS_LOCATIONS_H

#include "../../core/request.h"

/*
 * Location change requests, as the supplier answers them (S4): the list is
 * location-changes.list.xml.
 */

/* GET /supplier/location-changes/{number} */
enum rc location_answer_page(struct request *);

/* GET and POST …/carry-out: the form holds what was asked, and what is sent is
 * done at once; and …/decline, with a reason. */
enum rc location_carry_out(struct request *);
enum rc location_decline(struct request *);

#endif
