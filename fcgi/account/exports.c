#include <inttypes.h>
#include <string.h>

#include "../access/access.h"
#include "../access/step_up.h"
#include "../core/http.h"
#include "../engine/detail.h"
#include "../engine/export.h"
#include "../engine/page.h"
#include "../routes.h"
#include "account.h"

/*
 * What the account may see now is what it might when this was drawn, and the
 * right that its address asks for is still there. Does that address want a
 * fresh code?
 */
static enum rc
check_rights(struct request *r, struct db_row e, bool *good, bool *fresh)
{
	struct request asked = *r;
	struct db_row now;
	bool known;
	enum rc rc = db_one(r->db, r->pool, SQL_EXPORT_RIGHTS,
		DB_ARGS(db_int("membership", r->who->membership)), &now);

	if (rc)
		return rc;
	asked.method = METHOD_GET;
	asked.path = db_str0(e, "path");
	*good = route_find(&asked, &known) &&
		access_may(r, asked.route->right) &&
		!strcmp(db_str0(e, "rights"), db_str0(now, "rights"));
	*fresh = *good && asked.route->formats & ROUTE_FRESH;
	return RC_OK;
}

static enum format
format_of(const char *name)
{
	return strcmp(name, "pdf") == 0 ? FORMAT_PDF : FORMAT_XLSX;
}

static bool
is_waiting(struct db_row e)
{
	return db_is_null(e, "ready") &&
	       strcmp(db_str0(e, "state"), "failed") != 0;
}

static const char *
file_href(struct request *r, struct db_row e)
{
	return pool_printf(r->pool, "/exports/%s.%s", db_str0(e, "code"),
		db_str0(e, "format"));
}

/* The list as it was on the screen. */
static const char *
list_href(struct request *r, struct db_row e)
{
	const char *query = db_str0(e, "query");

	return pool_printf(r->pool, "%s%s%s", db_str0(e, "path"),
		*query ? "?" : "", query);
}

static void
write_progress(struct request *r, struct db_row e)
{
	xml_open(r->xml, "progress");
	xml_attr(r->xml, "id",
		pool_printf(r->pool, "export.%s", db_str0(e, "state")));
	if (db_num(e, "done") && db_num(e, "total")) {
		xml_attr_int(r->xml, "value", db_num(e, "done"));
		xml_attr_int(r->xml, "max", db_num(e, "total"));
	}
	detail_arg(r->xml, "number", NULL, db_str(e, "done"));
	detail_arg(r->xml, "number", NULL, db_str(e, "total"));
	xml_close(r->xml);
}

static void
write_note(struct request *r, const char *id, const char *kind,
	const char *href, const char *type, const char *arg)
{
	xml_open(r->xml, "notes");
	xml_open(r->xml, "note");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "kind", kind);
	xml_attr(r->xml, "href", href);
	detail_arg(r->xml, type, NULL, arg);
	xml_close(r->xml);
	xml_close(r->xml);
}

static void
write_detail(struct request *r, struct db_row e)
{
	xml_open(r->xml, "detail");
	xml_attr(r->xml, "id", "export");
	detail_item(r->xml, "about", "text", NULL, db_str(e, "about"));
	detail_item(r->xml, "format", "state", "export", db_str(e, "format"));
	detail_item(r->xml, "rows", "number", NULL, db_str(e, "total"));
	detail_item(r->xml, "asked", "datetime", NULL, db_str(e, "asked"));
	detail_item(r->xml, "ready", "datetime", NULL, db_str(e, "ready"));
	if (!is_waiting(e))
		detail_item(r->xml, "expires", "datetime", NULL,
			db_str(e, "expires"));
	xml_close(r->xml);
}

static void
write_link(struct request *r, const char *id, const char *icon,
	const char *look, const char *href)
{
	xml_open(r->xml, "action");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "href", href);
	xml_attr(r->xml, "icon", icon);
	xml_attr(r->xml, "look", look);
	xml_close(r->xml);
}

static void
write_actions(struct request *r, struct db_row e, const char *state)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "export");
	if (!strcmp(state, "ready"))
		write_link(r, "export.download", "download", "main",
			file_href(r, e));
	if (!strcmp(state, "failed"))
		export_write_button(r, "export.again", "rotate-ccw",
			db_str0(e, "path"), format_of(db_str0(e, "format")),
			db_str0(e, "query"));
	write_link(r, "export.list", NULL, "quiet", list_href(r, e));
	xml_open(r->xml, "action");
	xml_attr(r->xml, "id",
		is_waiting(e) ? "export.cancel" : "export.delete");
	xml_attr(r->xml, "method", "post");
	xml_attr(r->xml, "action",
		pool_printf(r->pool, "/exports/%s/delete", db_str0(e, "code")));
	xml_attr(r->xml, "key", page_form_key(r));
	xml_attr(r->xml, "look", "quiet");
	xml_close(r->xml);
	xml_close(r->xml);
}

static void
write_page(struct request *r, struct db_row e, bool good)
{
	bool ready = !strcmp(db_str0(e, "state"), "ready");
	const char *state = ready && !good ? "failed" : db_str0(e, "state");
	const char *reason = ready ? "rights" : db_str0(e, "reason");

	page_begin(r, "export");
	page_title_arg(r, NULL, NULL, db_str0(e, "title"));
	page_badge(r, "export.state", state);
	page_crumb(r, "exports", "/exports", NULL);
	page_crumb(r, NULL, NULL, db_str0(e, "title"));
	if (is_waiting(e))
		write_progress(r, e);
	if (!strcmp(state, "failed"))
		write_note(r, pool_printf(r->pool, "export.%s", reason), "bad",
			list_href(r, e), NULL, NULL);
	if (db_num(e, "cut"))
		write_note(r,
			pool_printf(
				r->pool, "export.cut.%s", db_str0(e, "format")),
			"warn", list_href(r, e), "number", db_str(e, "total"));
	write_detail(r, e);
	write_actions(r, e, state);
}

static enum rc
add_part(struct request *r, struct db_row e, int position)
{
	struct pool *p = pool_create();
	struct db_row part;
	enum rc rc = db_one(r->db, p, SQL_EXPORT_PART,
		DB_ARGS(db_int("id", db_num(e, "id")),
			db_int("position", position)),
		&part);

	if (!rc)
		buffer_add(r->response.body, db_val(part, "bytes").text,
			db_val(part, "bytes").len);
	pool_destroy(p);
	return rc;
}

static enum rc
answer_file(struct request *r, struct db_row e)
{
	size_t size = (size_t)db_num(e, "size");
	enum rc rc;

	request_header(r, "Repr-Digest",
		pool_printf(r->pool, "sha-256=:%s:", db_str0(e, "sha256")));
	rc = audit_account(r, r->who->account, "view",
		pool_printf(r->pool, "export %s %s", db_str0(e, "code"),
			db_str0(e, "title")),
		true);

	r->response.body = buffer_create(r->pool);
	for (int i = 0; !rc && r->response.body->len < size; i++)
		rc = add_part(r, e, i);
	if (!rc)
		rc = db_exec(r->db, SQL_EXPORT_FETCHED,
			DB_ARGS(db_int("id", db_num(e, "id"))), NULL);
	r->response.filename = db_str0(e, "name");
	r->response.type = r->format == FORMAT_PDF
				   ? "application/pdf"
				   : "application/vnd.openxmlformats-"
				     "officedocument.spreadsheetml.sheet";
	return rc;
}

enum rc
export_page(struct request *r)
{
	bool good = false, fresh = false;
	struct db_row e;
	enum rc rc = db_one(r->db, r->pool, SQL_EXPORT_GET,
		DB_ARGS(db_text("code", r->args[0])), &e);

	if (!rc)
		rc = check_rights(r, e, &good, &fresh);
	if (rc)
		return rc;
	if (r->format == FORMAT_HTML || r->format == FORMAT_XML) {
		write_page(r, e, good);
		return RC_OK;
	}
	if (fresh && !step_up(r))
		return RC_OK;
	if (good && !strcmp(db_str0(e, "state"), "ready") &&
		!strcmp(db_str0(e, "format"), http_suffix(r->format) + 1))
		return answer_file(r, e);
	request_redirect(r, "/exports/%s", db_str0(e, "code"));
	return RC_OK;
}

/* The GET of that address, as if it had come by itself. */
static enum rc
make_request(struct request *r, const char *of, struct request *list)
{
	size_t len = strcspn(of, "?");
	const char *dot = memrchr(of, '.', len);
	size_t path = dot ? (size_t)(dot - of) : len;
	const char *ending = pool_strndup(r->pool, of + path, len - path);

	if (!request_local(of) ||
		(strcmp(ending, ".pdf") != 0 && strcmp(ending, ".xlsx") != 0))
		return RC_NOTFOUND;
	*list = *r;
	list->method = METHOD_GET;
	list->path = pool_strndup(r->pool, of, path);
	list->query = of[len] ? of + len + 1 : "";
	list->format = format_of(ending + 1);
	list->get = (struct params){0};
	list->asks_export = true;
	return params_parse(
		r->pool, list->query, strlen(list->query), &list->get);
}

/* May the account have such a file of it? */
static enum rc
find_route(struct request *list)
{
	unsigned format = list->format == FORMAT_PDF ? ROUTE_PDF : ROUTE_XLSX;
	bool known;

	if (!route_find(list, &known) || !(list->route->formats & format) ||
		!(list->route->formats & ROUTE_LATER) ||
		list->route->portal != list->who->portal)
		return RC_NOTFOUND;
	return access_may(list, list->route->right) ? RC_OK : RC_DENIED;
}

enum rc
export_ask_post(struct request *r)
{
	const char *of = params_get(&r->get, "of");
	struct request list;
	enum rc rc = of ? make_request(r, of, &list) : RC_NOTFOUND;

	if (!rc)
		rc = find_route(&list);
	if (!rc && (!(list.route->formats & ROUTE_FRESH) || step_up(&list)))
		rc = list.route->handler(&list);
	if (rc)
		return rc;
	if (!list.response.location)
		return RC_NOTFOUND;
	r->response = list.response;
	r->response.filename = NULL;
	return RC_OK;
}

enum rc
export_delete_post(struct request *r)
{
	uint64_t changed;
	enum rc rc = db_exec(r->db, SQL_EXPORT_DELETE,
		DB_ARGS(db_text("code", r->args[0])), &changed);

	if (!rc && !changed)
		rc = RC_NOTFOUND;
	if (!rc)
		rc = session_notice(r, "ok", "export.deleted", NULL);
	if (!rc)
		request_redirect(r, "/exports");
	return rc;
}
