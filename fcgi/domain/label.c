#include <string.h>
#include <time.h>

#include "../core/render.h"
#include "../core/text.h"
#include "../engine/page.h"
#include "../engine/print.h"
#include "../engine/qr.h"
#include "label.h"

/* The formatter draws no more pages than this. */
enum { PAGES_MOST = 1000 };

static const struct label_sheet sheets[] = {
	{"a4-24", 2100, 2970, 0, 5, 700, 370, 0, 3, 8},
	{"a4-14", 2100, 2970, 46, 151, 991, 381, 25, 2, 7},
	{"a4-65", 2100, 2970, 47, 107, 381, 212, 25, 5, 13},
	{"roll-62", 620, 290, 0, 0, 620, 290, 0, 1, 1},
};

const struct label_sheet *
label_sheet_find(const char *id)
{
	for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++)
		if (!strcmp(sheets[i].id, id))
			return &sheets[i];
	return NULL;
}

int
label_room(const struct label_sheet *s)
{
	return s->columns * s->rows;
}

int
label_most(const struct label_sheet *s)
{
	int most = (PAGES_MOST - 1) * label_room(s);

	return most < LABEL_MOST ? most : LABEL_MOST;
}

static void
write_length(struct xml *x, struct pool *p, const char *name, int tenths)
{
	xml_attr(x, name, pool_printf(p, "%d.%dmm", tenths / 10, tenths % 10));
}

static void
open_labels(struct xml *x, struct pool *p, const struct label_sheet *s)
{
	xml_open(x, "labels");
	xml_attr(x, "size", s->id);
	write_length(x, p, "page-width", s->page_width);
	write_length(x, p, "page-height", s->page_height);
	write_length(x, p, "left", s->left);
	write_length(x, p, "top", s->top);
	write_length(x, p, "width", s->width);
	write_length(x, p, "height", s->height);
	if (s->gap)
		write_length(x, p, "gap", s->gap);
	xml_attr_int(x, "columns", s->columns);
}

const char *
label_href(const struct request *r, const char *code)
{
	return pool_printf(r->pool, "%s/q/%s", r->config->origin, code);
}

/* An empty one is a place that is used already, or stays free. */
static enum rc
write_label(struct request *r, struct xml *x, const struct label *l)
{
	xml_open(x, "label");
	if (l) {
		xml_attr(x, "number", l->number);
		xml_attr(x, "type", l->type);
		if (!qr_open(x, r->pool, label_href(r, l->code)))
			return RC_FAIL;
		xml_close(x);
	}
	xml_close(x);
	return RC_OK;
}

static enum rc
write_sheets(struct request *r, struct xml *x, const struct label_sheet *s,
	int first, const struct label *labels, size_t count)
{
	size_t columns = (size_t)s->columns;
	size_t room = columns * (size_t)s->rows;
	size_t skip = (size_t)first - 1;
	enum rc rc = RC_OK;

	for (size_t at = 0; !rc && at < skip + count;) {
		xml_open(x, "sheet");
		for (size_t end = at + room; at < end && at < skip + count;) {
			xml_open(x, "row");
			for (size_t c = 0; !rc && c < columns; c++, at++)
				rc = write_label(r, x,
					at < skip || at >= skip + count
						? NULL
						: &labels[at - skip]);
			xml_close(x);
		}
		xml_close(x);
	}
	return rc;
}

static const char *
word_of(struct request *r, const char *id)
{
	return words_text(render_words(r->render), r->pool, lang_parse(r->lang),
		id, 0, NULL);
}

enum rc
label_answer(struct request *r, const struct label_sheet *s, int first,
	const struct label *labels, size_t count)
{
	struct xml *x = xml_create(r->pool, "document");
	struct fo_info info = {.title = word_of(r, "document.labels.title"),
		.lang = r->lang,
		.created = time(NULL),
		.object_streams = true};
	enum rc rc;

	xml_attr(x, "id", "labels");
	xml_attr(x, "lang", r->lang);
	page_brand(x, r->pool, r->config, r->lang);
	open_labels(x, r->pool, s);
	rc = write_sheets(r, x, s, first, labels, count);
	xml_close(x);
	xml_close(x);
	if (rc)
		return rc;
	r->response.type = "application/pdf";
	r->response.body = buffer_create(r->pool);
	return print_pdf(r->pool, r->config, r->render, "labels", xml_doc(x),
		&info, r->response.body);
}
