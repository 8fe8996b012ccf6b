#ifndef INSTITUTION_AIDS_H
#define INSTITUTION_AIDS_H

#include "../../core/request.h"

/* The pages of an aid (I11, I12): /aids/{id} and /aids/{id}/history. */
enum rc aid_page(struct request *);
enum rc aid_history_page(struct request *);

/* /q/{code}, what the QR code of an aid says: 303 to its page (X1). */
enum rc aid_label(struct request *);

#endif
