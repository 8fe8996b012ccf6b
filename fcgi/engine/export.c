#include <string.h>

#include <sodium.h>

#include "../access/access.h"
#include "../access/session.h"
#include "../core/http.h"
#include "../core/text.h"
#include "detail.h"
#include "export.h"
#include "page.h"

enum { CODE_BYTES = 16 };

/* The same address for the same account in the same membership. */
static void
key_of(const struct request *r, unsigned char key[32])
{
	const char *text = pool_printf(r->pool, "%lld %lld %s %s%s?%s",
		(long long)r->who->account, (long long)r->who->membership,
		r->lang, r->path, http_suffix(r->format), r->query);

	crypto_hash_sha256(key, (const unsigned char *)text, strlen(text));
}

static enum rc
insert(struct request *r, const struct db_arg *key, const char *name,
	const char *title, const char *about)
{
	unsigned char code[CODE_BYTES];

	randombytes_buf(code, sizeof(code));
	return db_exec(r->db, SQL_EXPORT_INSERT,
		DB_ARGS(*key,
			db_text("code",
				text_base64url(r->pool, code, sizeof(code))),
			db_int("account", r->who->account),
			db_int("membership", r->who->membership),
			db_text("lang", r->lang), db_text("path", r->path),
			db_text("query", r->query),
			db_text("format", http_suffix(r->format) + 1),
			db_text("name", name), db_text("title", title),
			db_text("about", about), db_text("address", r->address),
			db_int("most", EXPORT_WAITING_MAX)),
		NULL);
}

enum rc
export_ask(struct request *r, const char *name, const char *title,
	const char *about)
{
	unsigned char bytes[32];
	struct db_row row;
	struct db_arg key;
	enum rc rc;

	key_of(r, bytes);
	key = db_bytes("key", bytes, sizeof(bytes));
	rc = db_exec(r->db, SQL_EXPORT_FORGET, DB_ARGS(key), NULL);
	if (!rc)
		rc = insert(r, &key, name, title, about);
	if (!rc)
		rc = db_one(
			r->db, r->pool, SQL_EXPORT_ASKED, DB_ARGS(key), &row);
	if (rc == RC_NOTFOUND) {
		rc = session_notice(r, "warn", "export.many", NULL);
		request_redirect(r, "/exports");
	} else if (!rc) {
		request_redirect(r, "/exports/%s", db_str0(row, "code"));
	}
	return rc;
}

void
export_write_button(struct request *r, const char *id, const char *icon,
	const char *path, enum format format, const char *query)
{
	const char *of = pool_printf(r->pool, "%s%s%s%s", path,
		http_suffix(format), *query ? "?" : "", query);

	xml_open(r->xml, "action");
	xml_attr(r->xml, "id", id);
	xml_attr(r->xml, "method", "post");
	xml_attr(r->xml, "action",
		pool_printf(r->pool, "/exports?of=%s",
			text_urlencode(r->pool, of)));
	xml_attr(r->xml, "key", page_form_key(r));
	xml_attr(r->xml, "look", "main");
	xml_attr(r->xml, "icon", icon);
	xml_close(r->xml);
}

static void
write_why(struct request *r, int rows)
{
	const char *format = http_suffix(r->format) + 1;
	struct xml *x = r->xml;

	xml_open(x, "notes");
	xml_open(x, "note");
	xml_attr(x, "id", pool_printf(r->pool, "export.long.%s", format));
	xml_attr(x, "kind", "info");
	detail_arg(x, "number", NULL, pool_printf(r->pool, "%d", rows));
	xml_close(x);
	xml_close(x);
}

static void
write_buttons(struct request *r, const char *href)
{
	struct xml *x = r->xml;

	xml_open(x, "actions");
	xml_attr(x, "id", "export");
	export_write_button(
		r, "export.make", "file-plus", r->path, r->format, r->query);
	xml_open(x, "action");
	xml_attr(x, "id", "export.list");
	xml_attr(x, "href", href);
	xml_attr(x, "look", "quiet");
	xml_close(x);
	xml_close(x);
}

void
export_offer(struct request *r, const char *title, const char *about,
	const char *href, int rows)
{
	page_begin(r, "export-offer");
	page_title_arg(r, NULL, NULL, title);
	page_crumb(r, NULL, href, title);
	page_crumb(r, "export", NULL, NULL);
	write_why(r, rows);
	if (*about) {
		xml_open(r->xml, "detail");
		xml_attr(r->xml, "id", "export");
		detail_item(r->xml, "about", "text", NULL, about);
		xml_close(r->xml);
	}
	write_buttons(r, href);
}

bool
export_later(struct request *r, const char *title, const char *about,
	const char *href, int64_t rows, int most, enum rc *rc)
{
	const char *name = r->response.filename;

	*rc = RC_OK;
	if (r->export || (rows <= most && !r->asks_export))
		return false;
	r->response.filename = NULL;
	if (rows <= most) /* It has become short: no need to ask for it. */
		request_redirect(r, "%s%s%s%s", r->path, http_suffix(r->format),
			*r->query ? "?" : "", r->query);
	else if (r->asks_export)
		*rc = export_ask(r, name, title, about);
	else
		export_offer(r, title, about, href, most);
	return true;
}

enum rc
export_progress(struct request *r, int64_t done)
{
	return r->export ? r->export->progress(r->export, done) : RC_OK;
}
