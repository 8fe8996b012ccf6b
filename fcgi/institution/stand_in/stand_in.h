#ifndef INSTITUTION_STAND_IN_H
#define INSTITUTION_STAND_IN_H

#include "../../core/request.h"

/*
 * An authoriser who will be away (X6): GET and POST /account/stand-in:
 * stand_in, from, until; POST /account/stand-in/end.
 */
enum rc stand_in_page(struct request *);
enum rc stand_in_post(struct request *);
enum rc stand_in_end_post(struct request *);

#endif
