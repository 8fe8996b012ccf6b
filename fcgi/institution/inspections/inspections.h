#ifndef INSTITUTION_INSPECTIONS_H
#define INSTITUTION_INSPECTIONS_H

#include "../../core/request.h"

/*
 * Inspections for the institution (X3): the overview, inspections.list.xml,
 * with the way to ask for them.
 */
enum rc inspections_page(struct request *);

/*
 * GET and POST of /inspections/request: one request for all that is due at a
 * location; ?location= and period= fill it in. Nothing is asked for twice.
 */
enum rc inspection_request(struct request *);

/* /certificates/{number}.pdf, of an inspection in scope. */
enum rc institution_certificate(struct request *);

#endif
