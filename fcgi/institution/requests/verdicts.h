#ifndef INSTITUTION_REQUESTS_VERDICTS_H
#define INSTITUTION_REQUESTS_VERDICTS_H

#include "../../core/request.h"

/* 'Autoriseren' (I15), with the way to a stand-in (X6). */
enum rc approvals_page(struct request *);

/*
 * 'Akkoord geven' and 'Afwijzen' of many requests that were picked in
 * 'Autoriseren' (I15), also as stand-in (X6): /approvals/approve and /reject.
 * All of them or none: where one went on meanwhile nothing is done, it is
 * named, and the form is for the others. Each requester is told of his own.
 */
enum rc verdicts_page(struct request *);
enum rc verdicts_post(struct request *);

#endif
