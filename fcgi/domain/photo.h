#ifndef DOMAIN_PHOTO_H
#define DOMAIN_PHOTO_H

#include "request.h"

/*
 * Photos with a request (X1, C16): sent with its form, made by
 * `hulpbalie-photo` (photo_program.h) into JPEG without metadata, kept in the
 * database, and seen by whoever sees the request.
 */
enum { PHOTOS_MOST = 5, PHOTO_BYTES_MOST = 10 << 20 };

/* Those of a form, by their codes; they are kept until it is sent. */
struct photos {
	size_t count;
	const char *codes[PHOTOS_MOST];
	const char *error; /* of a field: photo-…; NULL: all are good */
	const char *file;  /* the one it is about */
};

/*
 * Takes what the form holds in that field of files, besides those it kept
 * before (codes apart by spaces; NULL: none). The good ones are written also
 * where others are not. RC_OK also with an error; RC_FAIL.
 */
enum rc photos_take(
	struct request *, const char *field, const char *kept, struct photos *);

/* The codes as photos_take() reads them again. */
const char *photos_codes(struct request *, const struct photos *);

/* To the request of that number, which was made just now. */
enum rc photos_attach(
	struct request *, const struct photos *, const char *number);

/*
 * <photos>, where there are any: at base/NUMBER/photos/N, small ones with
 * ?size=small. The client may be on them: request_audit() comes first.
 */
enum rc photos_write(
	struct request *, const struct service_request *, const char *base);

/* For its document, which names them: <photos><photo n width height/>. */
enum rc photos_name(
	struct request *, const struct service_request *, struct xml *);

/* Puts the small ones of that request into such a document, as @src. */
enum rc photos_fill(struct pool *, struct db *, xmlDoc *, int64_t request_id);

/* Answers the one of that position, as ?size= says. RC_NOTFOUND. */
enum rc photo_answer(
	struct request *, const struct service_request *, const char *position);

#endif
