#ifndef DOMAIN_DOCUMENT_H
#define DOMAIN_DOCUMENT_H

#include <stdint.h>

#include "../core/request.h"
#include "request.h"

/*
 * Documents once issued don't change: the XML (schema/rng/document.rng) is
 * kept per version and language of its subject, the bytes are drawn from it
 * at the first use and kept with their hash.
 */

/* It names the client: not for an account that may not see clients. */
bool document_may(const struct request *, const struct service_request *);

/*
 * The document of a request as it is now: made where this version has none
 * in this language yet. The account sees the request; RC_DENIED where it may
 * not have the document.
 */
enum rc document_issue(struct request *, const struct service_request *,
	const char *lang, int64_t *id);

struct document {
	const char *name; /* of the file: aanvraag-2026-000123.pdf */
	const char *pdf;
	size_t len;
};

/*
 * Its bytes, drawn and kept where nobody did before. Not scoped: the caller
 * had the id from document_issue(), or is the job that mails it. The same
 * XML gives the same bytes.
 */
enum rc document_pdf(struct pool *, struct db *, struct render *,
	const struct config *, int64_t id, struct document *);

/* What a document is made of, besides its XML. */
struct document_subject {
	const char *kind; /* request, certificate: xslt/print/KIND.fo.xsl */
	int64_t id;
	int64_t version;
	int64_t organisation_id; /* 0: nobody's */
	const char *name;	 /* of the file */
	const char *title;
};

/*
 * Keeps it, in that language; issued as text_now(). Where somebody was first
 * *id is theirs. The subject was read in scope.
 */
enum rc document_keep(struct request *, const struct document_subject *,
	const char *lang, const char *issued, xmlDoc *, int64_t *id);

/* Answers the PDF of a document that was issued. */
enum rc document_send(struct request *, int64_t id);

/* Answers the PDF of the request as it is now, in the account's language. */
enum rc document_answer(struct request *, const struct service_request *);

#endif
