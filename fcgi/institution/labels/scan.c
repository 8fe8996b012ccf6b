#include "../../access/access.h"
#include "../../access/session.h"
#include "../../core/text.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "labels.h"

/*
 * Whom to phone; for who isn't signed in the way to the aid. Nothing on it is
 * of the aid.
 */
static enum rc
write_phone(struct request *r, const char *page, bool login)
{
	struct xml *x;

	page_begin(r, page);
	x = r->xml;
	detail_open(x, "scan");
	detail_item(x, "supplier", "text", NULL, r->config->brand.name);
	detail_item(x, "phone", "phone", NULL, r->config->brand.phone);
	xml_close(x);
	if (!login)
		return RC_OK;
	xml_open(x, "actions");
	xml_attr(x, "id", "scan");
	action_link(x, "scan-login", "main", "key-round",
		pool_printf(r->pool, "/login?next=%s",
			text_urlencode(r->pool, request_target(r))));
	xml_close(x);
	return RC_OK;
}

/*
 * Without an account the code is not looked up: so the page can't tell
 * whether there is such an aid.
 */
enum rc
label_scanned(struct request *r)
{
	bool may = access_may(r, RIGHT_AID_VIEW);
	struct db_row row;
	enum rc rc;

	if (!r->who || !r->who->complete)
		return write_phone(r, "scan", true);
	rc = db_one(r->db, r->pool, SQL_AID_BY_LABEL,
		DB_ARGS(db_text("code", r->args[0])), &row);
	if (rc == RC_NOTFOUND) {
		/* The same of an aid that is elsewhere. */
		r->response.status = 404;
		return write_phone(r, "scan-unknown", false);
	}
	if (rc)
		return rc;
	if (may && r->who->portal == DB_INSTITUTION)
		request_redirect(r, "/aids/%s", db_str0(row, "number"));
	else if (may && r->who->portal == DB_SUPPLIER)
		request_redirect(r, "%s%s",
			access_may(r, RIGHT_WORK_VIEW)
				? "/supplier/requests?aid="
				: "/supplier/aids/",
			db_str0(row, "number"));
	else
		return write_phone(r, "scan", false);
	return RC_OK;
}
