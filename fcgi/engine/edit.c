#include "edit.h"
#include "page.h"

static void
show_version(struct request *r, const struct edit *e)
{
	if (e->version)
		form_default(e->form, "version",
			pool_printf(r->pool, "%lld", (long long)e->version));
}

static enum rc
draw_again(struct request *r, const struct edit *e)
{
	enum rc rc = e->draw(r, e->form, e->thing);

	return rc ? rc : RC_INVALID;
}

/* Somebody was first: what was typed stays, to be sent again. */
static enum rc
draw_changed(struct request *r, const struct edit *e)
{
	page_message(r, "warn", "form.changed", NULL);
	show_version(r, e);
	r->response.status = 409;
	return draw_again(r, e);
}

static enum rc
carry_out(struct request *r, const struct edit *e)
{
	enum rc rc = form_read(e->form);

	if (rc == RC_FAIL)
		return rc;
	if (e->take && e->take(r, e->form, e->thing))
		return RC_FAIL;
	if (!rc && form_failed(e->form))
		rc = RC_INVALID;
	if (e->version && form_int(e->form, "version") != e->version)
		return draw_changed(r, e);
	if (!rc)
		rc = e->apply(r, e->form, e->thing);
	if (rc == RC_CONFLICT)
		page_message(r, "warn", "form.changed", NULL);
	return rc == RC_INVALID ? draw_again(r, e) : rc;
}

enum rc
edit_run(struct request *r, const struct edit *e)
{
	if (r->method == METHOD_POST)
		return carry_out(r, e);
	show_version(r, e);
	return e->draw(r, e->form, e->thing);
}
