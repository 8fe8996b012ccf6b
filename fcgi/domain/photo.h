#ifndef DOMAIN_PHOTO_H
#define DOMAIN_PHOTO_H

#include <time.h>

#include "../db/db.h"
#include "request.h"

/*
 * Photos with a request (X1, C16): sent with its form, made by
 * `hulpbalie-photo` (photo_program.h) into JPEG without metadata, kept in the
 * database, and seen by whoever sees the request.
 */
enum { PHOTO_BYTES_MOST = 10 << 20 };

struct attachment_place;

/*
 * Makes a photo of what was sent, before that time, and keeps it for the
 * account until it is attached. RC_OK also where *error says why it can't be
 * one: photo-…; else *code. RC_FAIL.
 */
enum rc photo_take(struct request *, const struct upload *,
	int64_t organisation, time_t until, const char **code,
	const char **error);

/* Is one of that code kept? RC_OK, RC_NOTFOUND or RC_FAIL. */
enum rc photo_kept(struct request *, const char *code, int64_t organisation);

/* attachment.h */
enum rc photo_attach(struct request *, const char *code, int64_t position,
	const struct attachment_place *);

/* All of the request: position width height kind message_id line_id. */
enum rc photos_list(
	struct request *, const struct service_request *, struct db_rows *);

/* <photo>: at base/NUMBER/photos/N, a small one with ?size=small. */
void photo_write(struct request *, const struct service_request *,
	const char *base, struct db_row);

/*
 * <photos id="kind"> of those of a kind, where there are any. The client may
 * be on them: request_audit() comes first.
 */
void photos_write(struct request *, const struct service_request *,
	const char *base, const char *kind, const struct db_rows *);

/* For its document, which names them: <photos><photo n width height/>. */
enum rc photos_name(
	struct request *, const struct service_request *, struct xml *);

/* Puts the small ones of that request into such a document, as @src. */
enum rc photos_fill(struct pool *, struct db *, xmlDoc *, int64_t request_id);

/* Handler of …/{number}/photos/{n}: that picture, as ?size= says. */
enum rc photo_page(struct request *);

#endif
