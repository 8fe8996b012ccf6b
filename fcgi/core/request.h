#ifndef CORE_REQUEST_H
#define CORE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "config.h"
#include "pool.h"
#include "rc.h"
#include "xml.h"

struct audit_view;
struct db;
struct export_run;
struct identity;
struct page;
struct render;
struct route;

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST };
enum format { FORMAT_HTML, FORMAT_XML, FORMAT_PDF, FORMAT_XLSX };

enum {
	REQUEST_BODY_MAX = 64 * 1024,	 /* a form without files */
	REQUEST_UPLOAD_MAX = 512 * 1024, /* one with files */
	REQUEST_TABLE_MAX = 2 << 20,	 /* … with a table: ROUTE_TABLE */
	REQUEST_PHOTOS_MAX = 51 << 20,	 /* … with photos: ROUTE_PHOTOS */
	REQUEST_FILES_MAX = 20,
	REQUEST_QUERY_MAX = 7 * 1024, /* of the 8 KB of a request line */
	REQUEST_PATH_MAX = 1024,
	REQUEST_PARAMS_MAX = 500,
	REQUEST_PATH_ARGS = 4,
	REQUEST_ID_SIZE = 17
};

/* Decoded; valid UTF-8 without control characters, else the request was
 * answered with 400 before any handler. */
struct param {
	const char *name;
	const char *value;
};

struct params {
	size_t count;
	struct param *items;
};

/* A file of a form: its bytes are what was sent, unlooked at. */
struct upload {
	const char *name;     /* of the field */
	const char *filename; /* "": none was chosen */
	const char *bytes;
	size_t len;
};

struct uploads {
	size_t count;
	struct upload items[REQUEST_FILES_MAX];
};

/* The first value of that name, or NULL. */
const char *params_get(const struct params *, const char *name);

struct response {
	int status;	      /* 0: the dispatcher chooses from the rc */
	const char *type;     /* of the body, where a handler wrote it itself */
	const char *location; /* 303 */
	const char *filename; /* Content-Disposition: attachment */
	struct buffer *body;
	struct buffer *headers; /* further lines, each ending in CR LF */
};

/*
 * One request, from its parse to its answer. All memory is the pool's.
 */
struct request {
	struct pool *pool;
	char id[REQUEST_ID_SIZE]; /* in the log and on the page */
	enum method method;
	enum format format;
	const char *path;  /* without the ending of the format */
	const char *query; /* as it came, may be "" */
	struct params get;
	struct params post;
	struct uploads files; /* of a route with ROUTE_UPLOAD */
	const char *boundary; /* of a form with files; NULL: it is none */
	const char *upload;   /* … as it came */
	size_t upload_len;
	int upload_file;  /* that holds it; 0: none, it is in the pool */
	const char *body; /* raw, for the form key's hash */
	size_t body_len;
	const char *address; /* of the client */
	const char *agent;
	const char *cookie;	   /* value of the session cookie, or NULL */
	const char *cookies;	   /* all, as the header has them; may be "" */
	const char *if_none_match; /* as the header has it; may be "" */
	const char *if_modified_since;
	const char *args[REQUEST_PATH_ARGS]; /* what {…} of the route matched */
	const char *lang;
	bool form_token; /* CSRF and form key were checked */

	const struct config *config;
	struct db *db;
	struct render *render;
	const struct route *route;
	struct export_run *export; /* drawn in the background; NULL: at once */
	bool asks_export;	   /* for a file that is too long to wait for */
	struct identity *who;	   /* NULL: not signed in */
	struct audit_view *views;  /* what audit_again() writes */

	/*
	 * The page. page_begin() (engine/page.h) opens it; the handler adds to
	 * the open <body>.
	 */
	struct xml *xml;
	const char *page_id;
	struct page *page;
	const char *title; /* data; NULL: the text page.ID.title */

	struct response response;
};

/* A new id: 64 random bits. */
void request_name(char id[REQUEST_ID_SIZE]);

/* The value of that cookie, or NULL. */
const char *request_cookie(const struct request *, const char *name);

/* The address that was asked for: path, ending of the format, query. */
const char *request_target(const struct request *);

/* A path on this site, as a redirect may take it? NULL is none. */
bool request_local(const char *path);

/* 303 to a path of ours (printf style; values must be URL-encoded). What
 * is not request_local() is logged and becomes "/". */
void request_redirect(struct request *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds "Name: value"; a CR or LF in the value ends it. */
void request_header(struct request *, const char *name, const char *value);

/*
 * Parses a query or form body into params. RC_OK, or RC_INVALID: too many,
 * a bad escape, bad UTF-8, or a control character.
 */
enum rc params_parse(
	struct pool *, const char *text, size_t len, struct params *);

#endif
