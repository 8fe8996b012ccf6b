#ifndef SUPPLIER_INSPECTIONS_H
#define SUPPLIER_INSPECTIONS_H

#include "../../core/request.h"

/*
 * Inspections for the branch (X3): what is due at its customers is
 * inspections-due.list.xml.
 *
 * GET and POST of /supplier/inspections/{object number}: one that was done
 * without a request, entered by the planner.
 */
enum rc inspection_page(struct request *);

/* /supplier/certificates/{number}.pdf, of an inspection in scope. */
enum rc supplier_certificate(struct request *);

#endif
