#ifndef INSTITUTION_REQUESTS_REQUESTS_H
#define INSTITUTION_REQUESTS_REQUESTS_H

#include "../../core/request.h"

/*
 * One service request, at /requests/{number}, for institutions and for
 * professionals: its page and PDF, what is shown after submitting, sending
 * it by mail, and what requester and authoriser answer.
 */
enum rc request_page(struct request *);
enum rc request_sent_page(struct request *);

/* What both sides say about it (domain/message.h). */
enum rc request_message(struct request *);
enum rc request_message_post(struct request *);

enum rc send_page(struct request *);
enum rc send_post(struct request *);

/* agree, other-date, withdraw, approve, reject: the end of the path. */
enum rc answer_page(struct request *);
enum rc answer_post(struct request *);

#endif
