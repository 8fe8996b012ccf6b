#ifndef SUPPLIER_AIDS_H
#define SUPPLIER_AIDS_H

#include "../../core/request.h"

/*
 * The branch's aids (S7). {id} is the object number; one of another branch
 * is RC_NOTFOUND.
 */

/* GET /supplier/aids: the list, and 'Hulpmiddel toevoegen' with the right. */
enum rc managed_aids_page(struct request *);

/* GET /supplier/aids/{id}: the aid with its whole life. */
enum rc managed_aid_page(struct request *);

/* GET and POST /supplier/aids/new: product, serial, number (empty: the next),
 * condition, holder, place, ownership, bought_on, price, rent_from,
 * day_price. */
enum rc aid_new_page(struct request *);
enum rc aid_new_post(struct request *);

/* GET and POST /supplier/aids/{id}/correct, /move, /scrap: version, reason,
 * and what it becomes. */
enum rc aid_deed(struct request *);

/* GET and POST /supplier/aids/import, /template behind it: engine/import.h, a
 * table of aids (aid_rows.h). */
enum rc aid_import_page(struct request *);
enum rc aid_import_post(struct request *);
enum rc aid_import_template(struct request *);

#endif
