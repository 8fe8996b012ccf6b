#include <stdlib.h>
#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../domain/aid.h"
#include "../../domain/request.h"
#include "../../domain/request_view.h"
#include "../../engine/detail.h"
#include "../../engine/form.h"
#include "../../engine/list.h"
#include "../../engine/list_select.h"
#include "../../engine/page.h"
#include "verdicts.h"

/* By the end of the path. */
struct verdict {
	const char *id; /* of one: its form, page and address */
	const char *form;
	enum request_event event;
	const char *done_one, *done_many; /* what is told then */
};

static const struct verdict verdicts[] = {
	{"approve", "approve-many", EVENT_APPROVE, "request.approve",
		"approvals.approve"},
	{"reject", "reject-many", EVENT_REJECT, "request.reject",
		"approvals.reject"},
};

/* Those picked that wait for it, and those that do not any more. */
struct waiting {
	const struct verdict *verdict;
	size_t count;
	struct service_request *items;
	size_t gone_count;
	const char **gone; /* numbers */
};

static const struct verdict *
verdict_of(const struct request *r)
{
	return &verdicts[strcmp(strrchr(r->path, '/') + 1, "reject") == 0];
}

enum rc
approvals_page(struct request *r)
{
	page_begin(r, "approvals");
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "approvals");
	xml_attr(r->xml, "place", "head");
	action_link(r->xml, "stand-in", "quiet", "users", "/account/stand-in");
	xml_close(r->xml);
	return list_run(r, "approvals", r->path, DB_NO_ARGS);
}

/* Nobody answers what he asked himself. */
static bool
waits(const struct request *r, const struct verdict *v,
	const struct service_request *sr)
{
	return sr->requester_id != r->who->account &&
	       request_may(sr->state, v->event, request_actors(r, sr));
}

static enum rc
turn_back(struct request *r, const char *notice)
{
	enum rc rc = session_notice(r, "warn", notice, NULL);

	if (rc)
		return rc;
	request_redirect(r, "/approvals");
	return RC_REFUSED;
}

/* With as many ticked as may be: none is left out unseen. What a form led to
 * is kept, and is shorter. */
static enum rc
turn_back_full(struct request *r, const struct picks *picks)
{
	enum rc rc = session_notice(r, "warn", "list.picked-most",
		pool_printf(r->pool, "%d", PICKS_MAX), NULL);

	if (rc)
		return rc;
	request_redirect(r, "/approvals%s%s",
		r->method == METHOD_POST ? "" : "?pick=",
		r->method == METHOD_POST ? "" : picks_text(r->pool, picks));
	return RC_REFUSED;
}

/* RC_REFUSED: a redirect was set. */
static enum rc
find(struct request *r, struct waiting *w)
{
	struct picks picks;
	enum rc rc = RC_OK;

	*w = (struct waiting){.verdict = verdict_of(r)};
	picks_read(r, &picks);
	if (picks.more)
		return turn_back_full(r, &picks);
	w->items = pool_calloc(r->pool, picks.count + 1, sizeof(*w->items));
	w->gone = pool_calloc(r->pool, picks.count + 1, sizeof(*w->gone));
	for (size_t i = 0; !rc && i < picks.count; i++) {
		struct service_request *sr = &w->items[w->count];

		rc = request_get(r, picks.keys[i], sr);
		if (!rc && waits(r, w->verdict, sr))
			w->count++;
		else if (!rc)
			w->gone[w->gone_count++] = sr->number;
	}
	if (rc)
		return rc;
	if (!picks.count)
		return turn_back(r, "list.picked-none");
	if (picks.count > 1 || r->method == METHOD_POST)
		return RC_OK;
	request_redirect(r, "/requests/%s/%s", picks.keys[0], w->verdict->id);
	return RC_REFUSED;
}

static const char *
query_of(struct request *r, const struct waiting *w)
{
	struct picks picks = {0};

	for (size_t i = 0; i < w->count; i++)
		picks_add(r->pool, &picks, w->items[i].number);
	return pool_printf(r->pool, "?pick=%s", picks_text(r->pool, &picks));
}

static const char *
versions_of(struct request *r, const struct waiting *w)
{
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < w->count; i++)
		buffer_printf(b, "%s%lld", i ? "." : "",
			(long long)w->items[i].version);
	return b->data;
}

static struct form *
begin_form(struct request *r, const struct waiting *w)
{
	const char *query = query_of(r, w);
	struct form *f = form_begin(r, w->verdict->form,
		pool_printf(r->pool, "%s%s", r->path, query));

	form_default(f, "versions", versions_of(r, w));
	form_cancel(f, pool_printf(r->pool, "/approvals%s", query));
	return f;
}

/* What, for whom, by whom. */
static void
write_one(struct request *r, const struct service_request *sr)
{
	const struct request_line *first = sr->line_count ? sr->lines : NULL;
	struct xml *x = r->xml;

	line_open(x, sr->number,
		pool_printf(r->pool, "/requests/%s", sr->number),
		first ? pool_printf(r->pool, "%s %s", first->make, first->type)
		      : "",
		NULL, NULL);
	if (sr->line_count > 1)
		line_part(x, "others", "number", NULL,
			pool_printf(r->pool, "%zu", sr->line_count - 1));
	line_part(
		x, NULL, "state", "request.kind", request_kind_name(sr->kind));
	line_part(x, NULL, "text", NULL, request_location(r, sr));
	line_part(x, "requester", "text", NULL, sr->requester);
	if (access_may(r, RIGHT_CLIENT_VIEW))
		line_part(x, "client", "text", NULL, sr->client);
	line_part(x, "wished", "date", NULL, sr->wished_on);
	xml_close(x);
}

static enum rc
log_clients(struct request *r, const struct waiting *w)
{
	int64_t *ids = pool_calloc(r->pool, w->count + 1, sizeof(*ids));

	for (size_t i = 0; i < w->count; i++)
		ids[i] = w->items[i].client_id;
	return audit_clients(r, "view", "list approvals", ids, w->count);
}

static enum rc
write_page(struct request *r, const struct waiting *w, struct form *f)
{
	enum rc rc = log_clients(r, w);

	if (rc)
		return rc;
	page_begin(r, w->verdict->form);
	page_intro(r, "number", NULL, pool_printf(r->pool, "%zu", w->count));
	page_crumb(r, "approvals",
		pool_printf(r->pool, "/approvals%s", query_of(r, w)), NULL);
	page_crumb(r, w->verdict->id, NULL, NULL);
	xml_open(r->xml, "lines");
	xml_attr(r->xml, "id", "approvals");
	for (size_t i = 0; i < w->count; i++)
		write_one(r, &w->items[i]);
	xml_close(r->xml);
	return form_write(f);
}

/* Those that went on meanwhile, as they are shown. */
static const char *
gone_text(struct request *r, const struct waiting *w)
{
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < w->gone_count; i++)
		buffer_printf(b, "%s%s", i ? ", " : "",
			format_code(r->pool, w->gone[i]));
	return b->data;
}

enum rc
verdicts_page(struct request *r)
{
	struct waiting w;
	enum rc rc = find(r, &w);

	if (rc)
		return rc;
	if (!w.count)
		return turn_back(r, "approvals.gone-all");
	if (w.gone_count)
		page_message(
			r, "warn", "approvals.gone", gone_text(r, &w), NULL);
	return write_page(r, &w, begin_form(r, &w));
}

static void
forget(struct waiting *w, size_t i)
{
	w->gone[w->gone_count++] = w->items[i].number;
	w->count--;
	memmove(&w->items[i], &w->items[i + 1],
		(w->count - i) * sizeof(*w->items));
}

/* Those that are not as the page showed them are gone too. */
static void
check_versions(struct request *r, struct waiting *w, const char *versions)
{
	struct picks picks;
	size_t kept = 0;

	picks_read(r, &picks);
	for (size_t i = 0; i < picks.count; i++) {
		char *end = NULL;
		int64_t version = versions ? strtoll(versions, &end, 10) : 0;

		versions = end && *end == '.' ? end + 1 : NULL;
		if (kept == w->count ||
			strcmp(w->items[kept].number, picks.keys[i]) != 0)
			continue;
		if (w->items[kept].version == version)
			kept++;
		else
			forget(w, kept);
	}
}

/* Nothing was done: the form, as it was filled in, is for the others. */
static enum rc
write_changed(struct request *r, const struct waiting *w, struct form *f)
{
	enum rc rc;

	if (!w->count)
		return turn_back(r, "approvals.gone-all");
	page_message(r, "warn", "approvals.changed", gone_text(r, w), NULL);
	form_action(f, pool_printf(r->pool, "%s%s", r->path, query_of(r, w)));
	form_default(f, "versions", versions_of(r, w));
	r->response.status = 409;
	rc = write_page(r, w, f);
	return rc ? rc : RC_INVALID;
}

/* Of all of them at once: two who answer come one after the other. */
static enum rc
lock_aids(struct request *r, const struct waiting *w)
{
	size_t count = 0, n = 0;
	int64_t *ids;

	for (size_t i = 0; i < w->count; i++)
		count += w->items[i].line_count;
	ids = pool_calloc(r->pool, count + 1, sizeof(*ids));
	for (size_t i = 0; i < w->count; i++)
		for (size_t k = 0; k < w->items[i].line_count; k++)
			ids[n++] = w->items[i].lines[k].aid_id;
	return aid_lock(r, ids, n);
}

/* RC_CONFLICT: somebody was first with *failed. */
static enum rc
carry_out(struct request *r, const struct waiting *w, const struct form *f,
	size_t *failed)
{
	bool reject = w->verdict->event == EVENT_REJECT;
	enum rc rc = lock_aids(r, w);

	for (size_t i = 0; !rc && i < w->count; i++) {
		struct service_request sr = w->items[i];
		struct request_change c = {.event = w->verdict->event,
			.version = sr.version,
			.reason = reject ? form_get(f, "reason") : NULL};
		const char *refused;

		*failed = i;
		rc = request_move(r, &sr, &c, &refused);
		if (rc == RC_INVALID)
			rc = RC_CONFLICT;
	}
	return rc;
}

static enum rc
tell_done(struct request *r, const struct waiting *w)
{
	const char *first = format_code(r->pool, w->items[0].number);
	enum rc rc;

	if (w->count == 1)
		rc = session_notice(r, "ok", w->verdict->done_one, first, NULL);
	else
		rc = session_notice(r, "ok", w->verdict->done_many,
			pool_printf(r->pool, "%zu", w->count), NULL);
	if (!rc)
		request_redirect(r, "/approvals");
	return rc;
}

enum rc
verdicts_post(struct request *r)
{
	struct waiting w;
	size_t failed = 0;
	struct form *f;
	enum rc rc = find(r, &w), read;

	if (rc)
		return rc;
	f = begin_form(r, &w);
	read = form_read(f);
	if (read == RC_FAIL)
		return read;
	check_versions(r, &w, form_get(f, "versions"));
	if (w.gone_count)
		return write_changed(r, &w, f);
	if (read) {
		rc = write_page(r, &w, f);
		return rc ? rc : RC_INVALID;
	}
	rc = carry_out(r, &w, f, &failed);
	if (rc == RC_CONFLICT) {
		forget(&w, failed);
		return write_changed(r, &w, f);
	}
	return rc ? rc : tell_done(r, &w);
}
