#ifndef DOMAIN_REQUEST_TELL_H
#define DOMAIN_REQUEST_TELL_H

#include "request.h"

/*
 * Queues the mails on what happened to a request (states.md, told): one to
 * each address, in its language, without the client's data. told: enum
 * request_told, or'ed. reason and day: those of the event, or NULL. before:
 * the other day that was agreed until now, where work is planned anew.
 */
enum rc request_tell(struct request *, const struct service_request *,
	enum request_event, unsigned told, const char *reason, const char *day,
	const char *before);

struct db_rows;

/*
 * That there is a message, to those (id email name lang); NULL: to the branch.
 */
enum rc request_tell_message(struct request *, const struct service_request *,
	const struct db_rows *people);

/* Writes <arg>…: number, kind, date (of the event, planned or wished). */
void request_write_args(
	struct xml *, const struct service_request *, const char *day);

/* What is told of it: a wished date that is proposed is planned at once. */
enum request_event request_told_event(
	const struct service_request *, enum request_event);

/* <detail id="request"> of a mail: what, where, when. */
void request_write_brief(
	struct xml *, struct pool *, const struct service_request *);

/* <aside> with that alone, beside a form. */
void request_write_aside(struct request *, const struct service_request *);

#endif
