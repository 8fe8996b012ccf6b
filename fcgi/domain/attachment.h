#ifndef DOMAIN_ATTACHMENT_H
#define DOMAIN_ATTACHMENT_H

#include "../engine/form.h"
#include "photo.h"

/*
 * What is sent along with a form: photos, and where they are taken PDF files.
 * The good ones are kept when the form has errors, by their codes, until it is
 * sent; whoever sees the request sees them.
 */
enum { ATTACHMENTS_MOST = 5, ATTACHMENT_BYTES_MOST = 10 << 20 };

struct attachments {
	size_t count;
	struct {
		const char *code;
		bool photo;
	} items[ATTACHMENTS_MOST];
	const char *error; /* of the field: photo-…, file-…; NULL: none */
	const char *file;  /* the one it is about */
};

/*
 * The form's field of files, and its fields keep (a check: those sent before
 * go along) and kept (hidden: their codes), which are shown again with what
 * is kept now. pdf: PDF files are taken too. organisation: whose request it
 * is. RC_OK also where an error was set at the field; RC_FAIL.
 */
enum rc attachments_read(struct request *, struct form *, const char *field,
	bool pdf, int64_t organisation, struct attachments *);

/* As a form is shown before anything was sent. */
void attachments_begin(struct form *);

/* What of the request they belong to. */
struct attachment_place {
	const char *number; /* of the request */
	const char *kind;   /* request, work, message */
	int64_t message_id; /* 0: none */
	int64_t line_id;    /* 0: none */
};

/* The request's row is locked by the caller, or was made just now. */
enum rc attachments_attach(struct request *, const struct attachments *,
	const struct attachment_place *);

/* All files of the request that are no photos, the oldest first: id message_id
 * position name size at by. */
enum rc attachments_list(
	struct request *, const struct service_request *, struct db_rows *);

/* <file>, where the XML is open: at base/NUMBER/files/N. */
void attachment_write(struct request *, const struct service_request *,
	const char *base, struct db_row, bool by);

/* Handler of …/{number}/files/{n}: that one, to be saved as a file. */
enum rc attachment_page(struct request *);

#endif
