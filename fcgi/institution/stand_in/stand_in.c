#include <string.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../domain/account.h"
#include "../../domain/stand_in.h"
#include "../../engine/form.h"
#include "../../engine/page.h"
#include "../../rules/date.h"
#include "stand_in.h"

/* Those who may authorise, besides oneself. */
static enum rc
add_options(struct request *r, struct form *f)
{
	struct db_rows rows;
	enum rc rc = account_authorisers(
		r, r->who->organisation, r->who->account, &rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		if (account_is_authoriser(row, false))
			form_option(f, "stand_in", db_str0(row, "id"),
				db_str0(row, "name"));
	}
	return rc;
}

static enum rc
begin_form(struct request *r, struct form **form)
{
	struct form *f = form_begin(r, "stand-in", "/account/stand-in");
	char *today = pool_alloc(r->pool, DATE_SIZE);
	char *last = pool_alloc(r->pool, DATE_SIZE);
	struct stand_in now;
	enum rc rc = stand_in_get(r, &now);

	if (rc == RC_FAIL)
		return rc;
	text_today(today);
	date_latest(today, last);
	form_bounds(f, "from", rc ? today : NULL, last);
	form_bounds(f, "until", today, last);
	form_default(f, "from", rc ? today : now.from_on);
	if (!rc) {
		form_default(f, "until", now.until_on);
		form_default(f, "stand_in",
			pool_printf(r->pool, "%lld", (long long)now.account));
	}
	form_cancel(f, "/account");
	*form = f;
	return add_options(r, f);
}

static enum rc
write(struct request *r, struct form *f)
{
	page_begin(r, "stand-in");
	page_crumb(r, "account", "/account", NULL);
	page_crumb(r, "stand-in", NULL, NULL);
	return form_write(f);
}

enum rc
stand_in_page(struct request *r)
{
	struct form *f;
	enum rc rc = begin_form(r, &f);

	return rc ? rc : write(r, f);
}

enum rc
stand_in_post(struct request *r)
{
	struct form *f;
	struct stand_in s;
	enum rc rc = begin_form(r, &f);

	if (!rc)
		rc = form_read(f);
	if (!rc && strcmp(form_get(f, "until"), form_get(f, "from")) < 0)
		form_fail(f, "until", "order", NULL, NULL);
	if (rc == RC_INVALID || (!rc && form_failed(f)))
		return write(r, f) ? RC_FAIL : RC_INVALID;
	if (rc)
		return rc;
	s = (struct stand_in){form_int(f, "stand_in"), NULL,
		form_get(f, "from"), form_get(f, "until")};
	rc = stand_in_set(r, &s);
	if (!rc)
		rc = session_notice(r, "ok", "stand-in.saved", NULL);
	if (!rc)
		request_redirect(r, "/account");
	return rc;
}

enum rc
stand_in_end_post(struct request *r)
{
	enum rc rc = stand_in_end(r);

	/* It may have ended by itself. */
	if (rc == RC_NOTFOUND)
		rc = RC_OK;
	if (!rc)
		rc = session_notice(r, "ok", "stand-in.ended", NULL);
	if (!rc)
		request_redirect(r, "/account");
	return rc;
}
