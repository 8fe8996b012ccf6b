#include <string.h>
#include <time.h>

#include <sodium.h>

#include "../access/access.h"
#include "../core/buffer.h"
#include "../core/text.h"
#include "../rules/message.h"
#include "attachment.h"
#include "request_view.h"
#include "request.h"

enum {
	CODE_BYTES = 16,
	SECONDS_ALL = 14 /* of a form's photos: less than a request may take */
};

/* What the files of a form are taken into. */
struct taking {
	struct request *request;
	struct attachments *all;
	bool pdf;
	int64_t organisation;
	time_t until;
};

static void
fail(struct taking *t, const char *error, const char *file)
{
	/* Where others are taken too, 'no photo' is not what is wrong. */
	if (t->pdf && !strncmp(error, "photo-", strlen("photo-")) &&
		strcmp(error, "photo-large") != 0)
		error = pool_printf(
			t->request->pool, "file-%s", error + strlen("photo-"));
	if (t->all->error)
		return;
	t->all->error = error;
	t->all->file = file;
}

static void
add(struct taking *t, const char *code, bool photo)
{
	t->all->items[t->all->count].code = code;
	t->all->items[t->all->count++].photo = photo;
}

static enum rc
file_kept(struct taking *t, const char *code)
{
	struct request *r = t->request;
	struct db_row row;

	return db_one(r->db, r->pool, SQL_ATTACHMENT_KEPT,
		DB_ARGS(db_text("code", code),
			db_int("account", r->who->account),
			db_int("organisation", t->organisation)),
		&row);
}

static enum rc
take_kept(struct taking *t, const char *kept)
{
	char *save;
	char *codes = pool_strdup(t->request->pool, kept);

	for (char *code = strtok_r(codes, " ", &save); code;
		code = strtok_r(NULL, " ", &save)) {
		enum rc rc = photo_kept(t->request, code, t->organisation);
		bool photo = rc == RC_OK;

		if (rc == RC_NOTFOUND && t->pdf)
			rc = file_kept(t, code);
		if (rc == RC_FAIL)
			return rc;
		if (rc || t->all->count == ATTACHMENTS_MOST)
			fail(t, "photo-lost", NULL);
		else
			add(t, code, photo);
	}
	return RC_OK;
}

static enum rc
take_pdf(struct taking *t, const struct upload *u)
{
	struct request *r = t->request;
	unsigned char bytes[CODE_BYTES];
	char *name = pool_alloc(r->pool, strlen(u->filename) + 16);
	const char *code;

	if (u->len > ATTACHMENT_BYTES_MOST) {
		fail(t, "file-size", u->filename);
		return RC_OK;
	}
	randombytes_buf(bytes, sizeof(bytes));
	code = text_base64url(r->pool, bytes, sizeof(bytes));
	message_file_name(u->filename, name);
	if (db_exec(r->db, SQL_ATTACHMENT_INSERT,
		    DB_ARGS(db_text("code", code),
			    db_int("organisation", t->organisation),
			    db_int("account", r->who->account),
			    db_text("name", name),
			    db_int("size", (int64_t)u->len),
			    db_bytes("bytes", u->bytes, u->len)),
		    NULL))
		return RC_FAIL;
	add(t, code, false);
	return RC_OK;
}

static enum rc
take_one(struct taking *t, const struct upload *u)
{
	const char *code, *error;
	enum rc rc;

	if (t->all->count == ATTACHMENTS_MOST) {
		fail(t, "photo-many", NULL);
		return RC_OK;
	}
	if (t->pdf && message_is_pdf(u->bytes, u->len))
		return take_pdf(t, u);
	rc = photo_take(
		t->request, u, t->organisation, t->until, &code, &error);
	if (!rc && error)
		fail(t, error, u->filename);
	else if (!rc)
		add(t, code, true);
	return rc;
}

static enum rc
take(struct taking *t, const char *field, const char *kept)
{
	struct request *r = t->request;
	enum rc rc = kept ? take_kept(t, kept) : RC_OK;

	for (size_t i = 0; !rc && i < r->files.count; i++) {
		const struct upload *u = &r->files.items[i];

		/* An empty one is that of a field where none was chosen. */
		if (r->upload_file && !strcmp(u->name, field) &&
			(u->len || *u->filename))
			rc = take_one(t, u);
	}
	return rc;
}

static const char *
codes_of(struct request *r, const struct attachments *all)
{
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < all->count; i++)
		buffer_printf(b, "%s%s", i ? " " : "", all->items[i].code);
	return b->data;
}

void
attachments_begin(struct form *f)
{
	form_default(f, "kept", NULL);
	form_remove(f, "keep");
}

enum rc
attachments_read(struct request *r, struct form *f, const char *field, bool pdf,
	int64_t organisation, struct attachments *all)
{
	struct taking t = {r, all, pdf, organisation, time(NULL) + SECONDS_ALL};
	bool keep = form_get(f, "keep") != NULL;
	enum rc rc;

	*all = (struct attachments){0};
	rc = take(&t, field, keep ? form_get(f, "kept") : NULL);
	if (rc)
		return rc;
	if (all->error)
		form_fail(f, field, all->error, all->file ? "text" : NULL,
			all->file);
	form_default(f, "kept", codes_of(r, all));
	if (all->count)
		form_default(f, "keep", "yes");
	else
		form_remove(f, "keep");
	return RC_OK;
}

static enum rc
attach(struct request *r, const char *code, int64_t position,
	const struct attachment_place *at)
{
	return db_exec(r->db, SQL_ATTACHMENT_ATTACH,
		DB_ARGS(db_text("number", at->number),
			db_int("position", position),
			db_id("message", at->message_id), db_text("code", code),
			db_int("account", r->who->account)),
		NULL);
}

enum rc
attachments_attach(struct request *r, const struct attachments *all,
	const struct attachment_place *at)
{
	int64_t photo, file;
	struct db_row row;
	enum rc rc;

	if (!all->count)
		return RC_OK;
	rc = db_one(r->db, r->pool, SQL_ATTACHMENT_LAST,
		DB_ARGS(db_text("number", at->number)), &row);
	if (rc)
		return RC_FAIL;
	photo = db_num(row, "photo");
	file = db_num(row, "attachment");
	for (size_t i = 0; !rc && i < all->count; i++)
		rc = all->items[i].photo
			     ? photo_attach(r, all->items[i].code, ++photo, at)
			     : attach(r, all->items[i].code, ++file, at);
	return rc;
}

enum rc
attachments_list(struct request *r, const struct service_request *sr,
	struct db_rows *rows)
{
	return db_select(r->db, r->pool, SQL_ATTACHMENT_LIST,
		DB_ARGS(db_int("request", sr->id)), rows);
}

void
attachment_write(struct request *r, const struct service_request *sr,
	const char *base, struct db_row row, bool by)
{
	struct xml *x = r->xml;
	const char *n = db_str0(row, "position");

	xml_open(x, "file");
	xml_attr(x, "n", n);
	xml_attr(x, "name", db_str0(row, "name"));
	xml_attr(x, "size", db_str0(row, "size"));
	xml_attr(x, "href",
		pool_printf(r->pool, "%s/%s/files/%s", base, sr->number, n));
	if (by) {
		xml_attr(x, "at", db_str(row, "at"));
		xml_attr(x, "by", db_str(row, "author"));
	}
	xml_close(x);
}

enum rc
attachment_page(struct request *r)
{
	struct service_request sr;
	struct db_value bytes;
	struct db_row row;
	int64_t n;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (!rc)
		rc = request_audit(r, &sr, "view");
	if (!rc && !text_int(r->args[1], &n))
		rc = RC_NOTFOUND;
	if (rc)
		return rc;
	rc = db_one(r->db, r->pool, SQL_ATTACHMENT_WHOLE,
		DB_ARGS(db_int("request", sr.id), db_int("position", n)), &row);
	if (rc)
		return rc;
	bytes = db_val(row, "bytes");
	r->response.type = "application/pdf";
	r->response.filename = db_str0(row, "name");
	/* Besides that of every answer: wherever it is opened, it runs nothing.
	 */
	request_header(
		r, "Content-Security-Policy", "sandbox; default-src 'none'");
	r->response.body = buffer_create(r->pool);
	buffer_add(r->response.body, bytes.text, bytes.len);
	return RC_OK;
}
