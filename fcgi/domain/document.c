#include <string.h>

#include <libxml/parser.h>

#include "../access/access.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../engine/print.h"
#include "document.h"
#include "document_request.h"
#include "photo.h"

/* {1}: the kind of the request, {2}: its number as people read it. */
static const char *
title_of(struct request *r, const struct service_request *sr, enum lang lang)
{
	struct words *words = render_words(r->render);
	const char *args[2];

	args[0] = words_text(words, r->pool, lang,
		pool_printf(r->pool, "request.kind.%s",
			request_kind_name(sr->kind)),
		0, NULL);
	args[1] = format_code(r->pool, sr->number);
	return words_text(
		words, r->pool, lang, "document.request.title", 2, args);
}

static const char *
file_name(struct request *r, const struct service_request *sr, enum lang lang)
{
	return words_text(render_words(r->render), r->pool, lang,
		"document.request.file", 1, &sr->number);
}

enum rc
document_keep(struct request *r, const struct document_subject *s,
	const char *lang, const char *issued, xmlDoc *doc, int64_t *id)
{
	xmlChar *bytes = NULL;
	int len = 0;
	enum rc rc;

	xmlDocDumpMemoryEnc(doc, &bytes, &len, "UTF-8");
	if (!bytes)
		return RC_FAIL;
	rc = db_exec(r->db, SQL_DOCUMENT_INSERT,
		DB_ARGS(db_id("organisation", s->organisation_id),
			db_text("kind", s->kind), db_int("subject", s->id),
			db_int("version", s->version), db_text("lang", lang),
			db_text("issued", pool_printf(r->pool, "%.10s %.8s",
						  issued, issued + 11)),
			db_text("name", s->name), db_text("title", s->title),
			db_bytes("xml", bytes, (size_t)len)),
		NULL);
	xmlFree(bytes);
	*id = db_insert_id(r->db);
	return rc;
}

static enum rc
insert(struct request *r, const struct service_request *sr, const char *lang,
	int64_t *id)
{
	enum lang l = lang_parse(lang);
	const struct document_subject subject = {"request", sr->id, sr->version,
		sr->organisation_id, file_name(r, sr, l), title_of(r, sr, l)};
	char now[21];
	xmlDoc *doc;

	text_now(now);
	doc = document_request(r, sr, lang, now);
	return doc ? document_keep(r, &subject, lang, now, doc, id) : RC_FAIL;
}

bool
document_may(const struct request *r, const struct service_request *sr)
{
	return !sr->client_id || access_may(r, RIGHT_CLIENT_VIEW);
}

enum rc
document_issue(struct request *r, const struct service_request *sr,
	const char *lang, int64_t *id)
{
	struct db_row row;
	enum rc rc;

	if (!document_may(r, sr))
		return RC_DENIED;
	rc = db_one(r->db, r->pool, SQL_DOCUMENT_FIND,
		DB_ARGS(db_text("kind", "request"), db_int("subject", sr->id),
			db_int("version", sr->version), db_text("lang", lang)),
		&row);
	if (rc == RC_NOTFOUND)
		return insert(r, sr, lang, id);
	if (rc == RC_OK)
		*id = db_num(row, "id");
	return rc;
}

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static enum rc
draw(struct pool *p, struct db *db, const struct config *config,
	struct render *render, struct db_row row, struct buffer *pdf)
{
	struct db_value xml = db_val(row, "xml");
	const struct fo_info info = {
		.title = db_str0(row, "title"),
		.lang = db_str0(row, "lang"),
		.created = (time_t)db_num(row, "issued"),
	};
	xmlDoc *doc = xmlReadMemory(
		xml.text, (int)xml.len, "document.xml", NULL, XML_PARSE_NONET);

	if (!doc)
		return RC_FAIL;
	pool_cleanup(p, free_doc, doc);
	if (!strcmp(db_str0(row, "subject_kind"), "request") &&
		photos_fill(p, db, doc, db_num(row, "subject_id")))
		return RC_FAIL;
	return print_pdf(p, config, render, db_str0(row, "subject_kind"), doc,
		&info, pdf);
}

enum rc
document_pdf(struct pool *p, struct db *db, struct render *render,
	const struct config *config, int64_t id, struct document *d)
{
	struct buffer *pdf = buffer_create(p);
	struct db_row row;
	enum rc rc = db_one(
		db, p, SQL_DOCUMENT_GET, DB_ARGS(db_int("id", id)), &row);

	if (rc)
		return rc;
	d->name = db_str0(row, "name");
	if (!db_is_null(row, "pdf")) {
		d->pdf = db_val(row, "pdf").text;
		d->len = db_val(row, "pdf").len;
		return RC_OK;
	}
	rc = draw(p, db, config, render, row, pdf);
	if (!rc)
		rc = db_exec(db, SQL_DOCUMENT_KEEP,
			DB_ARGS(db_int("id", id),
				db_bytes("pdf", pdf->data, pdf->len)),
			NULL);
	d->pdf = pdf->data;
	d->len = pdf->len;
	return rc;
}

enum rc
document_send(struct request *r, int64_t id)
{
	struct document d;
	enum rc rc = document_pdf(r->pool, r->db, r->render, r->config, id, &d);

	if (rc)
		return rc;
	r->response.type = "application/pdf";
	r->response.filename = d.name;
	r->response.body = buffer_create(r->pool);
	buffer_add(r->response.body, d.pdf, d.len);
	return RC_OK;
}

enum rc
document_answer(struct request *r, const struct service_request *sr)
{
	int64_t id;
	enum rc rc = document_issue(r, sr, r->lang, &id);

	return rc ? rc : document_send(r, id);
}
