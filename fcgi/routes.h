#ifndef ROUTES_H
#define ROUTES_H

#include <stdio.h>

#include "access/access.h"
#include "core/request.h"

enum {
	ROUTE_XML = 1,	/* answers as .xml too */
	ROUTE_PDF = 2,	/* … as .pdf, by the documents pool */
	ROUTE_XLSX = 4, /* … as .xlsx, by the documents pool */
	ROUTE_NO_HTML = 8,
	ROUTE_BARE = 16,   /* without session: the health of the process */
	ROUTE_UPLOAD = 32, /* a POST that takes files (core/multipart.h) */
	ROUTE_PHOTOS = 64, /* … and large ones: REQUEST_PHOTOS_MAX */
	ROUTE_TABLE = 256, /* … and long tables: REQUEST_TABLE_MAX */
	ROUTE_FRESH = 128, /* wants a fresh code (access/step_up.h) */
	ROUTE_LATER = 512, /* a long one is asked for, and made in the
			      background: export_later() */
	ROUTE_FILES = ROUTE_PDF | ROUTE_XLSX | ROUTE_LATER /* of a list */
};

/*
 * One line per address. path: "/aids/{id}"; each {…} matches one segment of
 * letters, digits, - and _, and lands in r->args in order. portal
 * DB_NOBODY: any. A route of another portal, or whose right the account
 * lacks, is 403 for it; a row out of scope is 404 (the handler's db_one()).
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

/* The last one has no path. */
extern const struct route routes[];

/*
 * Finds the route of the request's method and path, that of the account's
 * portal before that of another, and fills r->route and r->args. NULL: none;
 * *known: the path is one of another method.
 */
const struct route *route_find(struct request *, bool *known);

/* What a form with files may hold at the request's path, in bytes. */
int64_t route_upload_most(const struct request *);

/*
 * One line a route, its fields apart by tabs: method, path, portal ("any"),
 * right, formats by commas.
 */
void routes_print(FILE *);

#endif
