#ifndef SUPPLIER_ORGANISATIONS_ORGANISATIONS_H
#define SUPPLIER_ORGANISATIONS_ORGANISATIONS_H

#include "../../core/request.h"

/*
 * Organisations, their places and contracts, as the supplier keeps them
 * (S2). Addresses hold the organisation's code.
 */

/* GET /supplier/organisations */
enum rc organisations_page(struct request *);

/* GET and POST /supplier/organisations/new */
enum rc organisation_new(struct request *);

/* GET /supplier/organisations/{code} */
enum rc organisation_page(struct request *);

/* GET and POST …/edit, …/end and …/resume */
enum rc organisation_edit(struct request *);
enum rc organisation_end(struct request *);
enum rc organisation_resume(struct request *);

/* GET and POST …/contracts/new, /supplier/contracts/{id} */
enum rc contract_new(struct request *);
enum rc contract_edit(struct request *);

/* GET and POST …/locations/new, /supplier/places/{id}/departments/new, and
 * of any place /supplier/places/{id}/edit, /close and /reopen */
enum rc location_new(struct request *);
enum rc department_new(struct request *);
enum rc place_edit(struct request *);
enum rc place_closing(struct request *);
enum rc place_reopening(struct request *);

#endif
