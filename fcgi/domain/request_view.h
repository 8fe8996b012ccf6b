#ifndef DOMAIN_REQUEST_VIEW_H
#define DOMAIN_REQUEST_VIEW_H

#include "request.h"

/*
 * What the pages of all portals show of a request, written where the HTTP
 * request's XML is open. Client's data is among it: request_audit() comes
 * first, and without its record there is no answer.
 */
enum rc request_audit(
	struct request *, const struct service_request *, const char *action);

/* Title and badge: the number, the state; intro: kind and aid. */
void request_page_title(struct request *, const struct service_request *);

/*
 * <detail>s: request-work from the day that a date is known, request (what,
 * where, when, for whom), request-aid; of several <lines id="request-aids">,
 * each with its own state, and request-line for those of which more was
 * reported. aids: what comes before /NUMBER in the address of an aid's page;
 * NULL: no links to
 * aids. certificates: the same for those of inspections.
 */
void request_write_detail(struct request *, const struct service_request *,
	const char *aids, const char *certificates);

/* Where it is; where its aids are at several locations it says so. */
const char *request_location(struct request *, const struct service_request *);

/* 'De Wierde, ELV Hof': departments of locations share names. */
const char *request_place_name(
	struct pool *, const char *location, const char *place);

/*
 * Of what was reported of a line: cause, parts, meter, next inspection; cost
 * with the right and where it is wanted.
 */
void request_write_report(
	struct request *, struct xml *, const struct request_line *, bool cost);

/*
 * <detail id="request-line"> with its title's arguments, of a line of several
 * that was reported.
 */
void request_write_line(
	struct request *, struct xml *, const struct request_line *, bool cost);

/* Where a mechanic's day stands. */
const char *request_day_list(
	struct request *, const char *date, int64_t mechanic);

/* On one line, the postcode unbroken; NULL where there is no street. */
const char *request_address(struct pool *, const char *street,
	const char *postcode, const char *city);

/*
 * <timeline id="request">: what happened (steps named after the events),
 * where it is (after the state) and what comes (next.plan, next.work).
 */
enum rc request_write_timeline(
	struct request *, const struct service_request *);

/* The same of what happened alone, into a document. */
enum rc request_write_history(
	struct request *, const struct service_request *, struct xml *);

/* <note id="request-urgent">: phone, and how (C24). Into <notes>. */
void request_note_urgent(struct request *, const struct service_request *);

/*
 * Whom to phone (C23, C24): <notes> request-cancel and, where wanted,
 * request-urgent, and <detail id="request-phone">.
 */
void request_write_phone(
	struct request *, const struct service_request *, bool urgent);

#endif
