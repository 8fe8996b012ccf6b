#ifndef DOMAIN_REQUEST_REPORT_H
#define DOMAIN_REQUEST_REPORT_H

#include "request.h"

/*
 * What the branch reports of lines, for request_move(): how it stands for the
 * request, and what is written of it.
 */
struct reporting {
	const struct request_report *at;
	size_t count;
	enum request_event event; /* that it is for the request */
	bool left;		  /* of some lines nothing was reported */
	const char *reasons;	  /* why some could not be done; NULL */
	const char *cost_cents;	  /* of all, with what was before; NULL */
};

/*
 * Of a change that reports lines: true. A whole one (all lines, or the aids of
 * an inspection) is made into reports too. *refused: state (a line that is not
 * open, or twice), work (no text), reason (could not, without one).
 */
bool request_reporting(struct request *, const struct service_request *,
	const struct request_change *, struct reporting *,
	const char **refused);

/* The lines, their parts and their aids, on that day. */
enum rc request_report(struct request *, const struct service_request *,
	const struct reporting *, const char *day);

#endif
