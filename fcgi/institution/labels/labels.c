#include <string.h>

#include "../../core/http.h"
#include "../../core/render.h"
#include "../../core/text.h"
#include "../../domain/aid.h"
#include "../../domain/label.h"
#include "../../engine/detail.h"
#include "../../engine/export.h"
#include "../../engine/form.h"
#include "../../engine/list.h"
#include "../../engine/list_select.h"
#include "../../engine/page.h"
#include "labels.h"

/* The filters of the list, which the form carries along. */
static const char *const filters[] = {"location", "department", "status",
	"number", "category", "subcategory", "type", "rented", "sort"};

enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

/* What is to be printed, and on what. */
struct printing {
	struct form *form;
	const struct label_sheet *sheet;
	int first;
};

static bool
is_page(const struct request *r)
{
	return r->format != FORMAT_PDF;
}

static struct form *
begin_form(struct request *r)
{
	struct form *f = form_begin(
		r, "labels", pool_printf(r->pool, "%s.pdf", r->path));

	form_default(f, "size", "a4-24");
	form_default(f, "first", "1");
	form_bounds(f, "first", "1", NULL);
	return f;
}

/* RC_INVALID: the form has errors, and is to be shown. */
static enum rc
read_form(struct request *r, struct printing *p)
{
	enum rc rc = form_read(p->form);
	int room;

	if (rc)
		return rc;
	p->sheet = label_sheet_find(form_get(p->form, "size"));
	if (!p->sheet)
		return RC_FAIL;
	room = label_room(p->sheet);
	p->first = (int)form_int(p->form, "first");
	if (!p->first)
		p->first = 1;
	if (p->first > room)
		form_fail(p->form, "first", "max", "number",
			pool_printf(r->pool, "%d", room));
	return form_failed(p->form) ? RC_INVALID : RC_OK;
}

/* etiketten-2026-11-22.pdf */
static const char *
file_name(struct request *r, const char *of)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		"document.labels.file", 1, &of);
}

static enum rc
write_labels(struct request *r, struct printing *p, const struct db_rows *rows)
{
	struct label *labels =
		pool_calloc(r->pool, rows->count + 1, sizeof(*labels));

	for (size_t i = 0; i < rows->count; i++) {
		struct db_row row = db_row(rows, i);

		labels[i] = (struct label){db_str0(row, "label_number"),
			db_str0(row, "label_code"), db_str0(row, "label_type")};
	}
	return label_answer(r, p->sheet, p->first, labels, rows->count);
}

static void
write_count(struct request *r, const struct list_rows *found)
{
	page_intro(r, "number", NULL,
		pool_printf(r->pool, "%lld",
			(long long)(found->total > LABEL_MOST ? LABEL_MOST
							      : found->total)));
	xml_open(r->xml, "notes");
	if (found->total == 0)
		note_open(r->xml, "labels.none", "info", NULL, NULL);
	else if (found->total > LABEL_MOST)
		note_open(r->xml, "labels.many", "warn", NULL, NULL);
	else if (found->picked)
		note_open(r->xml, "labels.picked", "plain", NULL, NULL);
	else if (*found->about)
		note_open(r->xml, "labels.about", "plain", NULL, NULL);
	else
		note_open(r->xml, "labels.all", "plain", NULL, NULL);
	if (found->total > LABEL_MOST)
		detail_arg(r->xml, "number", NULL,
			pool_printf(r->pool, "%d", LABEL_MOST));
	else
		detail_arg(r->xml, NULL, NULL, found->about);
	xml_close(r->xml);
	xml_close(r->xml);
}

static enum rc
show_labels(struct request *r, struct printing *p, const struct list_rows *l)
{
	const char *back = pool_printf(r->pool, "/aids%s", l->query);
	bool invalid = form_failed(p->form);
	enum rc rc = RC_OK;

	page_begin(r, "labels");
	page_crumb(r, "aids", back, NULL);
	page_crumb(r, "labels", NULL, NULL);
	if (l->other)
		page_message(r, "warn", "list.ignored", NULL);
	write_count(r, l);
	form_cancel(p->form, back);
	if (l->total > 0 && l->total <= LABEL_MOST)
		rc = form_write(p->form);
	return rc || !invalid ? rc : RC_INVALID;
}

/* At once, or where there are many by the exports' own process. */
static enum rc
print_labels(struct request *r, struct printing *p, const struct list_rows *l)
{
	char today[11];
	const char *title;
	enum rc rc;

	text_today(today);
	r->response.filename = file_name(r, today);
	title = words_text(render_words(r->render), r->pool,
		lang_parse(r->lang), "document.labels.title", 0, NULL);
	if (export_later(r, title, l->about,
		    pool_printf(r->pool, "/aids/labels%s", l->query), l->total,
		    r->config->exports.pdf_rows, &rc))
		return rc;
	if (r->export)
		r->export->total = l->total;
	rc = export_progress(r, 0);
	return rc ? rc : write_labels(r, p, &l->rows);
}

enum rc
labels_page(struct request *r)
{
	struct printing p = {.form = begin_form(r)};
	struct list_rows found;
	struct picks picks;
	enum rc rc = list_rows(r, "aids", LABEL_MOST, !is_page(r), &found);

	for (size_t i = 0; i < FILTERS; i++)
		form_default(
			p.form, filters[i], params_get(&r->get, filters[i]));
	picks_read(r, &picks);
	form_default(p.form, "pick", picks_text(r->pool, &picks));
	if (rc || is_page(r))
		return rc ? rc : show_labels(r, &p, &found);
	if (found.other || !found.total || found.total > LABEL_MOST)
		return show_labels(r, &p, &found);
	rc = read_form(r, &p);
	if (!rc && found.total > label_most(p.sheet)) {
		form_fail(p.form, "size", "many", "number",
			pool_printf(r->pool, "%d", label_most(p.sheet)));
		rc = RC_INVALID;
	}
	if (rc == RC_INVALID)
		return show_labels(r, &p, &found);
	return rc ? rc : print_labels(r, &p, &found);
}

static enum rc
show_label(struct request *r, struct printing *p, const struct aid *a)
{
	const char *back = pool_printf(r->pool, "/aids/%s", a->number);
	bool invalid = form_failed(p->form);
	enum rc rc;

	page_begin(r, "label");
	page_intro(r, "code", NULL, a->number);
	page_intro(
		r, NULL, NULL, pool_printf(r->pool, "%s %s", a->make, a->type));
	page_crumb(r, "aids", "/aids", NULL);
	page_crumb(r, NULL, back, a->number);
	page_crumb(r, "labels", NULL, NULL);
	form_cancel(p->form, back);
	rc = form_write(p->form);
	return rc || !invalid ? rc : RC_INVALID;
}

enum rc
label_page(struct request *r)
{
	struct printing p = {.form = begin_form(r)};
	struct label label;
	struct aid a;
	enum rc rc = aid_find(r, r->args[0], &a);

	for (size_t i = 0; i < FILTERS; i++)
		form_remove(p.form, filters[i]);
	form_remove(p.form, "pick");
	if (rc)
		return rc;
	if (!is_page(r))
		rc = read_form(r, &p);
	if (is_page(r) || rc == RC_INVALID)
		return show_label(r, &p, &a);
	if (rc)
		return rc;
	label = (struct label){a.number, a.label_code,
		pool_printf(r->pool, "%s %s", a.make, a.type)};
	r->response.filename = file_name(r, a.number);
	return label_answer(r, p.sheet, p.first, &label, 1);
}
