#ifndef SUPPLIER_AUDIT_AUDIT_H
#define SUPPLIER_AUDIT_AUDIT_H

#include "../../core/request.h"

/*
 * The log of who saw or changed whose data (X9), for the privacy officer.
 * Each look at it is a record of the log itself, and wants a fresh second
 * factor. It names people by their key where they have gone; clients always:
 * who they are is shown where one of them was asked for, and logged.
 */

/* GET /supplier/audit: audit.list.xml; of ?client= says who that is. */
enum rc audit_page(struct request *);

/*
 * GET /supplier/audit/clients: the key of a client, by organisation and part
 * of the name or the day of birth; without those it finds nobody.
 */
enum rc audit_clients_page(struct request *);

/* GET /supplier/audit/{seq}: a record whole, and its seal. */
enum rc audit_record_page(struct request *);

#endif
