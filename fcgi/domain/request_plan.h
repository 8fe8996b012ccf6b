#ifndef DOMAIN_REQUEST_PLAN_H
#define DOMAIN_REQUEST_PLAN_H

#include "mechanic.h"
#include "request.h"

/*
 * The forms by which a branch puts work on a day (S5): fields day and
 * mechanic; off, a tick that it is to be on that day though nobody works then,
 * and off_day, hidden, the day for which that tick was offered.
 */

/* The day that is proposed by itself, what can be planned, and the tick where
 * that day asks for it: set where it is planned so already. */
void request_plan_begin(
	struct request *, const struct service_request *, struct form *);

/* The branch's mechanics, with what each has on the day of the form. */
enum rc request_plan_mechanics(struct request *, const struct service_request *,
	struct form *, struct mechanic_day *);

/*
 * After form_read(): the form has the tick where nobody works that day. Without
 * it, ticked for that very day, such a day is an error, as one in the past is;
 * not where another choice was only asked for (form_refreshed()).
 */
void request_plan_check(struct form *);

/* Before the form is written: no tick where the day does not ask for one. */
void request_plan_offer(struct form *);

/* <busy>: what each has that day, with the way to it. */
void request_plan_write(struct request *, const struct mechanic_day *);

#endif
