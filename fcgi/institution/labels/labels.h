#ifndef INSTITUTION_LABELS_H
#define INSTITUTION_LABELS_H

#include "../../core/request.h"

/*
 * Labels with a QR code (X1). Each page asks which labels are in the printer;
 * the same address with .pdf, ?size= and ?first= is what is printed.
 */

/*
 * /aids/labels: of all aids that the list shows with the same filters. Above
 * exports.pdf_rows they are drawn in the background.
 */
enum rc labels_page(struct request *);

/* /aids/{id}/label: of one aid. */
enum rc label_page(struct request *);

/*
 * /q/{id}, what the code on a label says: 303 to the aid's page, for the
 * supplier to the work on it. Without an account, or a page for it: whom to
 * phone.
 */
enum rc label_scanned(struct request *);

#endif
