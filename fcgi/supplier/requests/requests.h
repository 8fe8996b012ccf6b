#ifndef SUPPLIER_REQUESTS_REQUESTS_H
#define SUPPLIER_REQUESTS_REQUESTS_H

#include "../../core/request.h"

/*
 * The branch's work on service requests (S5, S6): the work list is
 * work.list.xml; here are the page of one request and the forms by which
 * it goes on, at /supplier/requests/{number}/….
 */
enum rc work_list(struct request *);
enum rc work_page(struct request *);

/* What both sides say about it (domain/message.h). */
enum rc work_message(struct request *);
enum rc work_message_post(struct request *);

/*
 * The search of the page's head, ?request=: 303 to the request of that
 * number, else to the list by object number, or by part of a number.
 */
enum rc work_search(struct request *);

enum rc work_form(struct request *);
enum rc work_post(struct request *);

/*
 * 'Gereedmelden' (S5): of one line, at …/done where there is but one, or at
 * …/lines/{n}; of several at once: …/report.
 */
enum rc done_page(struct request *);
enum rc report_page(struct request *);

/*
 * How the aids of an inspection ended, some or all of them at once:
 * /supplier/requests/{number}/inspect (X3).
 */
enum rc inspect_page(struct request *);

/* The way to the page of a form of the request with that number. */
void work_crumbs(struct request *, const char *number, const char *id);

/* Corrections: several fields at once, each an event of its own. */
enum rc correct_page(struct request *);
enum rc correct_post(struct request *);

#endif
