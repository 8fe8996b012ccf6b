#include <string.h>

#include "../../access/access.h"
#include "../../core/http.h"
#include "../../core/text.h"
#include "../../engine/detail.h"
#include "../../engine/list.h"
#include "../../engine/page.h"
#include "audit.h"

enum { NAME_PART_MIN = 3 };

/* What was asked of the log: the address, as it came. */
static enum rc
log_look(struct request *r)
{
	bool screen = r->format == FORMAT_HTML || r->format == FORMAT_XML;

	return audit_account(r, 0, screen ? "view" : "export",
		pool_printf(r->pool, "%s%s%s%s", r->path,
			http_suffix(r->format), *r->query ? "?" : "", r->query),
		true);
}

static void
write_client(struct request *r, struct db_row c)
{
	detail_open(r->xml, "audit-client");
	detail_item(r->xml, "client", "text", NULL, db_str(c, "name"));
	detail_item(r->xml, "born", "date", NULL, db_str(c, "born"));
	detail_item(r->xml, "organisation", "text", NULL,
		db_str(c, "organisation"));
	detail_item(r->xml, "number", "text", NULL, db_str(c, "id"));
	xml_close(r->xml);
}

/* Who the client is that is asked for. */
static enum rc
tell_client(struct request *r)
{
	const char *typed = params_get(&r->get, "client");
	int64_t id;
	struct db_row c;
	enum rc rc;

	if (!typed || !text_int(text_trim(r->pool, typed), &id))
		return RC_OK;
	rc = db_one(r->db, r->pool, SQL_AUDIT_CLIENT, DB_ARGS(db_int("id", id)),
		&c);
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	rc = audit_clients(r, "view", "audit", &id, 1);
	if (!rc)
		write_client(r, c);
	return rc;
}

static enum rc
tell_sealed(struct request *r)
{
	struct db_row last;
	enum rc rc = db_one(
		r->db, r->pool, SQL_AUDIT_SEALED_LAST, DB_NO_ARGS, &last);

	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	xml_open(r->xml, "notes");
	note_open(r->xml, "audit.sealed", "plain", "shield-check", NULL);
	detail_arg(r->xml, "number", NULL, db_str(last, "to_seq"));
	detail_arg(r->xml, "datetime", NULL, db_str(last, "at"));
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}

static void
write_search(struct request *r)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "audit");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "audit.client", "quiet", "search",
		"/supplier/audit/clients");
	xml_close(r->xml);
}

enum rc
audit_page(struct request *r)
{
	enum rc rc;

	rc = log_look(r);
	if (rc)
		return rc;
	if (r->format == FORMAT_PDF || r->format == FORMAT_XLSX)
		return list_page_of(r, "audit", r->path, DB_NO_ARGS);
	page_begin(r, "audit");
	write_search(r);
	rc = tell_client(r);
	if (!rc)
		rc = list_run(r, "audit", r->path, DB_NO_ARGS);
	return rc ? rc : tell_sealed(r);
}

/* Enough to find one by, not to read them all. */
static bool
is_asked(const struct request *r)
{
	const char *of = params_get(&r->get, "organisation");
	const char *name = params_get(&r->get, "name");
	const char *born = params_get(&r->get, "born");
	char date[11];

	return of && *of &&
	       ((name && text_length(text_trim(r->pool, name)) >=
				 NAME_PART_MIN) ||
		       (born && text_date(born, date)));
}

enum rc
audit_clients_page(struct request *r)
{
	bool asked = is_asked(r);
	enum rc rc;

	rc = asked ? log_look(r) : RC_OK;
	if (rc)
		return rc;
	page_begin(r, "audit-clients");
	page_crumb(r, "audit", "/supplier/audit", NULL);
	page_crumb(r, "audit-clients", NULL, NULL);
	return list_run(
		r, "audit-clients", r->path, DB_ARGS(db_int("asked", asked)));
}

static const char *
by_key(struct request *r, const char *name, const char *key)
{
	return key ? pool_printf(r->pool, "/supplier/audit?%s=%s", name, key)
		   : NULL;
}

static void
write_who(struct request *r, struct db_row a)
{
	struct xml *x = r->xml;

	if (db_is_null(a, "actor_id") && !*db_str0(a, "address"))
		return;
	detail_open(x, "audit-who");
	detail_link(x, "who", "text", by_key(r, "who", db_str(a, "actor_id")),
		db_str(a, "who"));
	detail_item(x, "email", "text", NULL, db_str(a, "email"));
	detail_item(x, "number", "text", NULL, db_str(a, "actor_id"));
	detail_item(x, "role", "state",
		pool_printf(r->pool, "role.%s", db_str0(a, "portal")),
		db_str(a, "role"));
	detail_item(x, "member", "text", NULL, db_str(a, "member"));
	detail_item(x, "address", "text", NULL, db_str(a, "address"));
	xml_close(x);
}

static void
write_what(struct request *r, struct db_row a)
{
	struct xml *x = r->xml;

	detail_open(x, "audit-what");
	detail_item(x, "at", "datetime", NULL, db_str(a, "at"));
	detail_item(x, "action", "state", "audit.action", db_str(a, "action"));
	detail_item(x, "right", "state", "right", db_str(a, "access_right"));
	detail_item(x, "request", "text", NULL, db_str(a, "request_id"));
	detail_item(x, "seq", "text", NULL, db_str(a, "seq"));
	detail_item(x, "subject", "lines", NULL, db_str(a, "subject"));
	xml_close(x);
}

static void
write_whose(struct request *r, struct db_row a)
{
	struct xml *x = r->xml;

	if (db_is_null(a, "client_id") && db_is_null(a, "account_id") &&
		db_is_null(a, "organisation"))
		return;
	detail_open(x, "audit-whose");
	detail_link(x, "client", "text",
		by_key(r, "client", db_str(a, "client_id")),
		db_str(a, "client"));
	detail_item(x, "born", "date", NULL, db_str(a, "born"));
	detail_item(x, "client-number", "text", NULL, db_str(a, "client_id"));
	detail_link(x, "account", "text",
		by_key(r, "account", db_str(a, "account_id")),
		db_str(a, "account"));
	detail_item(x, "account-number", "text", NULL, db_str(a, "account_id"));
	detail_item(x, "organisation", "text", NULL, db_str(a, "organisation"));
	xml_close(x);
}

static void
write_seal(struct request *r, struct db_row a)
{
	bool sealed = !db_is_null(a, "batch");

	xml_open(r->xml, "notes");
	note_open(r->xml, sealed ? "audit.batch" : "audit.unsealed",
		sealed ? "ok" : "info", sealed ? "shield-check" : "clock",
		NULL);
	if (sealed) {
		detail_arg(r->xml, "number", NULL, db_str(a, "batch"));
		detail_arg(r->xml, "datetime", NULL, db_str(a, "sealed_at"));
	}
	xml_close(r->xml);
	xml_close(r->xml);
}

enum rc
audit_record_page(struct request *r)
{
	int64_t seq = 0, client;
	struct db_row a;
	enum rc rc;

	rc = log_look(r);
	if (!rc && !text_int(r->args[0], &seq))
		rc = RC_NOTFOUND;
	if (!rc)
		rc = db_one(r->db, r->pool, SQL_AUDIT_RECORD,
			DB_ARGS(db_int("seq", seq)), &a);
	if (rc)
		return rc;
	client = db_num(a, "client_id");
	rc = audit_clients(r, "view", "audit", &client, 1);
	if (rc)
		return rc;
	page_begin(r, "audit-record");
	page_title_arg(r, NULL, NULL, r->args[0]);
	page_badge(r, "audit.outcome", db_str0(a, "outcome"));
	page_crumb(r, "audit", "/supplier/audit", NULL);
	page_crumb(r, NULL, NULL, r->args[0]);
	write_what(r, a);
	write_who(r, a);
	write_whose(r, a);
	write_seal(r, a);
	return RC_OK;
}
