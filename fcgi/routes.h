#ifndef ROUTES_H
#define ROUTES_H

#include "access/access.h"
#include "core/request.h"

enum {
	ROUTE_XML = 1,  /* answers as .xml too */
	ROUTE_PDF = 2,  /* … as .pdf, by the documents pool */
	ROUTE_XLSX = 4, /* … as .xlsx, by the documents pool */
	ROUTE_NO_HTML = 8
};

/*
 * One line per address. path: "/aids/{id}"; each {…} matches one segment of
 * letters, digits and hyphens, and lands in r->args in order. A route whose
 * right the account lacks is 403 for an address of another role, but a row
 * out of scope is 404 (the handler's db_one()). portal DB_NOBODY: any.
 */
struct route {
	enum method method;
	const char *path;
	enum db_portal portal;
	enum right right;
	unsigned formats;
	enum rc (*handler)(struct request *);
	const char *list; /* in place of a handler: the list of that id */
};

extern const struct route routes[];

/* Finds it, fills r->route and r->args. *known: another method has it. */
const struct route *route_find(struct request *, bool *known);

#endif
