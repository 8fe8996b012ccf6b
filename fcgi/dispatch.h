#ifndef DISPATCH_H
#define DISPATCH_H

#include "core/http.h"
#include "core/request.h"

/*
 * One request from its parse to its whole answer: session, route, method and
 * CSRF, right, form key and transaction, page and its transform. The caller
 * sets pool, config, db and render; afterwards r->response holds status,
 * location or type and body, to be sent with http_head(). Never fails:
 * errors have pages, and where no page can be drawn a few fixed words.
 */
void dispatch(struct request *, const struct http_input *);

/* GET /health: the process answers. GET /ready: the database too. */
enum rc health_page(struct request *);
enum rc ready_page(struct request *);

/* GET /: on to the first page of the account's menu. */
enum rc home_page(struct request *);

#endif
