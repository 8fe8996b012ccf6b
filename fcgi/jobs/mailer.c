#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "../core/log.h"
#include "../domain/document.h"
#include "mail_header.h"
#include "mailer.h"
#include "outbox.h"

/* One mail on its way; what libcurl owns is freed by mail_free(). */
struct sending {
	struct pool *pool;
	const struct config *config;
	struct db_row row;
	struct document document;
	CURL *curl;
	curl_mime *mime;
	struct curl_slist *headers;
	struct curl_slist *to;
	char command[5]; /* the last one that went out, before QUIT */
};

static void
add_header(struct sending *s, const char *name, const char *value)
{
	s->headers = curl_slist_append(
		s->headers, pool_printf(s->pool, "%s: %s", name, value));
}

static void
set_headers(struct sending *s)
{
	const struct config *c = s->config;
	struct pool *p = s->pool;

	add_header(s, "Date",
		mail_header_date(p, (time_t)db_num(s->row, "created")));
	add_header(s, "From",
		mail_header_address(p, c->brand.sender, c->mail.from));
	add_header(s, "To",
		mail_header_address(p, db_str(s->row, "recipient_name"),
			db_str0(s->row, "recipient")));
	add_header(s, "Reply-To",
		mail_header_address(p, c->brand.name, c->brand.email));
	add_header(
		s, "Subject", mail_header_text(p, db_str0(s->row, "subject")));
	add_header(s, "Message-ID", db_str0(s->row, "message_id"));
	add_header(s, "Auto-Submitted", "auto-generated");
	add_header(s, "Content-Language", db_str0(s->row, "lang"));
}

/* Lines end as mail wants them, so that the encoding keeps them. */
static const char *
mail_lines(struct pool *p, const char *text)
{
	struct buffer *out = buffer_create(p);

	for (; *text; text++) {
		if (*text == '\n')
			buffer_putc(out, '\r');
		buffer_putc(out, *text);
	}
	return out->data;
}

static void
add_text(struct sending *s, curl_mime *mime, const char *type, const char *text)
{
	curl_mimepart *part = curl_mime_addpart(mime);

	curl_mime_data(part, mail_lines(s->pool, text), CURL_ZERO_TERMINATED);
	curl_mime_type(part, type);
	curl_mime_encoder(part, "quoted-printable");
}

static void
add_texts(struct sending *s, curl_mime *mime)
{
	add_text(s, mime, "text/plain; charset=UTF-8",
		db_str0(s->row, "body_text"));
	if (!db_is_null(s->row, "body_html"))
		add_text(s, mime, "text/html; charset=UTF-8",
			db_str0(s->row, "body_html"));
}

static void
add_document(struct sending *s, curl_mime *mime)
{
	curl_mimepart *part = curl_mime_addpart(mime);

	curl_mime_data(part, s->document.pdf, s->document.len);
	curl_mime_type(part, "application/pdf");
	curl_mime_filename(part, s->document.name);
	curl_mime_encoder(part, "base64");
}

/* Text and HTML as alternatives; with a document, one part beside it. */
static void
set_body(struct sending *s)
{
	s->mime = curl_mime_init(s->curl);
	if (s->document.pdf) {
		curl_mimepart *part = curl_mime_addpart(s->mime);
		curl_mime *both = curl_mime_init(s->curl);

		add_texts(s, both);
		curl_mime_subparts(part, both);
		curl_mime_type(part, "multipart/alternative");
		add_document(s, s->mime);
	} else {
		add_header(s, "Content-Type", "multipart/alternative");
		add_texts(s, s->mime);
	}
	curl_easy_setopt(s->curl, CURLOPT_MIMEPOST, s->mime);
}

/* To another machine, with a name or with a certificate of its own, never
 * without TLS. */
static void
set_server(struct sending *s)
{
	const struct config *c = s->config;
	bool strict =
		c->mail.user || c->mail.ca || !outbox_is_local(c->mail.url);

	curl_easy_setopt(s->curl, CURLOPT_URL, c->mail.url);
	curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)MAILER_SEND_SECONDS);
	curl_easy_setopt(s->curl, CURLOPT_USE_SSL,
		strict ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
	if (c->mail.user) {
		curl_easy_setopt(s->curl, CURLOPT_USERNAME, c->mail.user);
		curl_easy_setopt(s->curl, CURLOPT_PASSWORD, c->mail.password);
	}
	if (c->mail.ca)
		curl_easy_setopt(s->curl, CURLOPT_CAINFO, c->mail.ca);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM,
		pool_printf(s->pool, "<%s>", c->mail.from));
	s->to = curl_slist_append(NULL,
		pool_printf(s->pool, "<%s>", db_str0(s->row, "recipient")));
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, s->to);
}

/* Keeps the command that the server answers; says nothing. */
static int
on_talk(CURL *curl, curl_infotype type, char *data, size_t size, void *arg)
{
	struct sending *s = arg;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT && size >= 4 &&
		memcmp(data, "QUIT", 4) != 0)
		memcpy(s->command, data, 4);
	return 0;
}

/*
 * The recipient or the content is refused for good. What the server has
 * against us (the log-in, the sender) is a matter of the configuration.
 */
static bool
is_final(const struct sending *s, long code)
{
	return code >= 500 && code < 600 &&
	       (!strcmp(s->command, "RCPT") || !strcmp(s->command, "DATA"));
}

static enum outbox_result
transfer(struct sending *s, const char **error)
{
	long code = 0;
	CURLcode rc;

	s->curl = curl_easy_init();
	if (!s->curl) {
		*error = "out of memory";
		return OUTBOX_LATER;
	}
	set_server(s);
	set_headers(s);
	set_body(s);
	curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
	curl_easy_setopt(s->curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(s->curl, CURLOPT_DEBUGFUNCTION, on_talk);
	curl_easy_setopt(s->curl, CURLOPT_DEBUGDATA, s);
	rc = curl_easy_perform(s->curl);
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
	if (rc == CURLE_OK)
		return OUTBOX_SENT;
	*error = pool_printf(s->pool, "%s (%ld)", curl_easy_strerror(rc), code);
	return is_final(s, code) ? OUTBOX_NEVER : OUTBOX_LATER;
}

static void
free_sending(struct sending *s)
{
	curl_mime_free(s->mime);
	curl_slist_free_all(s->headers);
	curl_slist_free_all(s->to);
	curl_easy_cleanup(s->curl);
}

static enum rc
send_claimed(struct sending *s, struct db *db, struct render *render)
{
	int64_t document = db_num(s->row, "document_id");
	enum outbox_result result = OUTBOX_LATER;
	const char *error = NULL;

	if (document && document_pdf(s->pool, db, render, s->config, document,
				&s->document))
		error = "document not drawn";
	else
		result = transfer(s, &error);
	free_sending(s);
	return outbox_keep(db, s->pool, s->row, result, error);
}

enum rc
mailer_send_one(struct db *db, struct render *render,
	const struct config *config, bool *tried)
{
	struct sending s = {.pool = pool_create(), .config = config};
	bool claimed;
	enum rc rc = outbox_claim(db, s.pool, "mail", &s.row, tried, &claimed);

	if (!rc && claimed)
		rc = send_claimed(&s, db, render);
	pool_destroy(s.pool);
	return rc;
}
