#include <string.h>

#include "../access/access.h"
#include "../core/format.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/form.h"
#include "../engine/page.h"
#include "../rules/message.h"
#include "message.h"
#include "request_tell.h"
#include "request_view.h"

static bool
is_supplier(const struct request *r)
{
	return r->who->portal == DB_SUPPLIER;
}

static const char *
side_of(const struct request *r)
{
	return is_supplier(r) ? "supplier" : "customer";
}

/* What ended does not change any more. */
bool
message_may(const struct service_request *sr)
{
	char ended[11], today[11];

	memcpy(ended, sr->changed_at, 10);
	ended[10] = '\0';
	text_today(today);
	return message_allowed(request_ended(sr->state) ? ended : NULL, today);
}

static enum rc
mark_branch(struct request *r, const struct service_request *sr)
{
	enum rc rc = db_exec(r->db, SQL_MESSAGE_MARK_BRANCH,
		DB_ARGS(db_int("request", sr->id),
			db_int("branch", sr->branch_id)),
		NULL);

	return rc ? rc : request_tell_message(r, sr, NULL);
}

static enum rc
mark_customers(struct request *r, const struct service_request *sr)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_MESSAGE_CUSTOMERS,
		DB_ARGS(db_int("account", r->who->account),
			db_int("requester", sr->requester_id),
			db_int("request", sr->id),
			db_int("organisation", sr->organisation_id)),
		&rows);

	for (size_t i = 0; !rc && i < rows.count; i++)
		rc = db_exec(r->db, SQL_MESSAGE_MARK,
			DB_ARGS(db_int("account",
					db_num(db_row(&rows, i), "id")),
				db_int("request", sr->id)),
			NULL);
	if (!rc)
		rc = db_exec(r->db, SQL_MESSAGE_ANSWERED,
			DB_ARGS(db_int("request", sr->id)), NULL);
	return rc ? rc : request_tell_message(r, sr, &rows);
}

enum rc
message_send(struct request *r, const struct service_request *sr,
	const char *text, const struct attachments *files)
{
	struct attachment_place at = {.number = sr->number, .kind = "message"};
	uint64_t count;
	enum rc rc = db_exec(r->db, SQL_MESSAGE_TOUCH,
		DB_ARGS(db_int("request", sr->id)), &count);

	if (!rc && !count)
		rc = RC_NOTFOUND;
	if (!rc)
		rc = db_exec(r->db, SQL_MESSAGE_INSERT,
			DB_ARGS(db_int("request", sr->id),
				db_int("organisation", sr->organisation_id),
				db_text("side", side_of(r)),
				db_int("account", r->who->account),
				db_text("author", r->who->name),
				db_text("text", text)),
			NULL);
	if (rc)
		return rc;
	at.message_id = db_insert_id(r->db);
	rc = attachments_attach(r, files, &at);
	if (rc)
		return rc;
	return is_supplier(r) ? mark_customers(r, sr) : mark_branch(r, sr);
}

/* What the message of this id came with. */
static void
write_enclosed(struct request *r, const struct service_request *sr,
	const char *base, int64_t id, const struct db_rows *photos,
	const struct db_rows *files)
{
	for (size_t i = 0; i < photos->count; i++)
		if (db_num(db_row(photos, i), "message_id") == id)
			photo_write(r, sr, base, db_row(photos, i));
	for (size_t i = 0; i < files->count; i++)
		if (db_num(db_row(files, i), "message_id") == id)
			attachment_write(r, sr, base, db_row(files, i), false);
}

static void
write_message(struct request *r, const struct service_request *sr,
	const char *base, struct db_row row, const struct db_rows *photos,
	const struct db_rows *files)
{
	struct xml *x = r->xml;
	const char *side = db_str0(row, "side");

	xml_open(x, "message");
	xml_attr(x, "at", db_str0(row, "at"));
	xml_attr(x, "by", db_str0(row, "author"));
	xml_attr(x, "side", side);
	xml_attr(x, "own", strcmp(side, side_of(r)) ? NULL : "yes");
	xml_elem(x, "text", db_str0(row, "text"));
	write_enclosed(r, sr, base, db_num(row, "id"), photos, files);
	xml_close(x);
}

static enum rc
write_thread(struct request *r, const struct service_request *sr,
	const char *base, const struct db_rows *photos,
	const struct db_rows *files)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_MESSAGE_LIST,
		DB_ARGS(db_int("request", sr->id)), &rows);

	if (rc)
		return rc;
	xml_open(r->xml, "thread");
	xml_attr(r->xml, "id", side_of(r));
	for (size_t i = 0; i < rows.count; i++)
		write_message(r, sr, base, db_row(&rows, i), photos, files);
	xml_close(r->xml);
	if (!rows.count)
		return RC_OK;
	return db_exec(r->db, SQL_MESSAGE_SEEN,
		DB_ARGS(db_int("account", r->who->account),
			db_int("request", sr->id), db_text("side", side_of(r)),
			db_int("last",
				db_num(db_row(&rows, rows.count - 1), "id"))),
		NULL);
}

static void
write_files(struct request *r, const struct service_request *sr,
	const char *base, const struct db_rows *files)
{
	if (!files->count)
		return;
	xml_open(r->xml, "files");
	xml_attr(r->xml, "id", "request");
	for (size_t i = 0; i < files->count; i++)
		attachment_write(r, sr, base, db_row(files, i), true);
	xml_close(r->xml);
}

static void
write_closed(struct request *r, const struct service_request *sr)
{
	xml_open(r->xml, "notes");
	note_open(r->xml, "messages-closed", "plain", NULL,
		is_supplier(r) ? NULL : format_tel(r->pool, sr->branch_phone));
	detail_arg(r->xml, "phone", NULL,
		is_supplier(r) ? sr->requester_phone : sr->branch_phone);
	xml_close(r->xml);
	xml_close(r->xml);
}

static enum rc
write_section(struct request *r, const struct service_request *sr,
	const char *base, const struct db_rows *photos, struct form *f)
{
	struct db_rows files;
	enum rc rc = attachments_list(r, sr, &files);

	if (rc)
		return rc;
	xml_open(r->xml, "section");
	xml_attr(r->xml, "id", "messages");
	rc = write_thread(r, sr, base, photos, &files);
	if (!rc && f)
		rc = form_write(f);
	else if (!rc)
		write_closed(r, sr);
	xml_close(r->xml);
	if (!rc)
		write_files(r, sr, base, &files);
	return rc;
}

/* own: on a page of its own, which one can leave. */
static struct form *
begin(struct request *r, const struct service_request *sr, const char *base,
	bool own)
{
	const char *back = pool_printf(r->pool, "%s/%s", base, sr->number);
	struct form *f = form_begin(
		r, "message", pool_printf(r->pool, "%s/message", back));

	if (own)
		form_cancel(f, pool_printf(r->pool, "%s#messages", back));
	return f;
}

enum rc
messages_write(struct request *r, const struct service_request *sr,
	const struct request_portal *portal, const struct db_rows *photos)
{
	struct form *f = NULL;

	if (message_may(sr)) {
		f = begin(r, sr, portal->base, false);
		attachments_begin(f);
	}
	return write_section(r, sr, portal->base, photos, f);
}

static enum rc
write_page(struct request *r, const struct request_portal *portal,
	const struct service_request *sr, struct form *f)
{
	struct db_rows photos;
	enum rc rc = request_audit(r, sr, "view");

	if (!rc)
		rc = photos_list(r, sr, &photos);
	if (rc)
		return rc;
	page_begin(r, "message");
	page_intro(r, "code", NULL, sr->number);
	page_crumb(r, portal->list, portal->list_href, NULL);
	page_crumb(r, NULL,
		pool_printf(r->pool, "%s/%s", portal->base, sr->number),
		sr->number);
	page_crumb(r, "message", NULL, NULL);
	xml_open(r->xml, "main");
	rc = write_section(r, sr, portal->base, &photos, f);
	xml_close(r->xml);
	request_write_aside(r, sr);
	return rc;
}

/* It is too late: the request's page says so. */
static enum rc
turn_away(struct request *r, const struct request_portal *portal,
	const struct service_request *sr)
{
	enum rc rc = session_notice(r, "warn", "message.closed", NULL);

	if (rc)
		return rc;
	request_redirect(r, "%s/%s", portal->base, sr->number);
	return RC_REFUSED;
}

enum rc
message_form(struct request *r, const struct request_portal *portal)
{
	struct service_request sr;
	struct form *f;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (rc)
		return rc;
	if (!message_may(&sr))
		return turn_away(r, portal, &sr);
	f = begin(r, &sr, portal->base, true);
	attachments_begin(f);
	return write_page(r, portal, &sr, f);
}

static enum rc
send(struct request *r, const struct request_portal *portal,
	const struct service_request *sr, const struct form *f,
	const struct attachments *files)
{
	enum rc rc = message_send(r, sr, form_get(f, "text"), files);

	if (!rc)
		rc = session_notice(r, "ok",
			is_supplier(r) ? "message.sent-customer"
				       : "message.sent-supplier",
			NULL);
	if (rc)
		return rc;
	request_redirect(r, "%s/%s#messages", portal->base, sr->number);
	return RC_OK;
}

enum rc
message_form_post(struct request *r, const struct request_portal *portal)
{
	struct attachments files = {0};
	struct service_request sr;
	struct form *f;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (rc)
		return rc;
	if (!message_may(&sr))
		return turn_away(r, portal, &sr);
	f = begin(r, &sr, portal->base, true);
	rc = form_read(f);
	if (rc == RC_FAIL)
		return rc;
	if (attachments_read(r, f, "files", true, sr.organisation_id, &files))
		return RC_FAIL;
	if (!rc && !form_failed(f))
		return send(r, portal, &sr, f, &files);
	rc = write_page(r, portal, &sr, f);
	if (rc)
		return rc;
	/* What it keeps is kept. */
	return files.count ? RC_REFUSED : RC_INVALID;
}
