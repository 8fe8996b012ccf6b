#include "../../core/format.h"
#include "../../domain/request_tell.h"
#include "../../engine/detail.h"
#include "../../engine/page.h"
#include "lines.h"
#include "requests.h"

const char *
lines_field(struct request *r, const char *field, int row)
{
	return pool_printf(r->pool, "%s-%d", field, row);
}

void
lines_fill(struct request *r, struct form *f, const struct service_request *sr)
{
	size_t open = request_open_lines(sr);
	int row = 0;

	form_set_rows(f, open < LINES_MOST ? (int)open : LINES_MOST);
	for (size_t i = 0; i < sr->line_count && row < LINES_MOST; i++)
		if (sr->lines[i].state != STATE_DONE)
			form_default(f, lines_field(r, "line", ++row),
				pool_printf(r->pool, "%lld",
					(long long)sr->lines[i].id));
}

const struct request_line *
lines_at(struct request *r, const struct form *f,
	const struct service_request *sr, int row)
{
	int64_t id = form_int(f, lines_field(r, "line", row));

	for (size_t i = 0; i < sr->line_count; i++)
		if (sr->lines[i].id == id)
			return &sr->lines[i];
	return NULL;
}

const char *
line_title(struct request *r, const struct request_line *line)
{
	const char *number =
		line->number ? format_code(r->pool, line->number) : "–";

	if (!line->place)
		return pool_printf(
			r->pool, "%s %s · %s", line->make, line->type, number);
	return pool_printf(r->pool, "%s %s · %s · %s", line->make, line->type,
		number, line->place);
}

/* Rows are known by the line that stands in them. */
static void
write_titles(
	struct request *r, struct form *f, const struct service_request *sr)
{
	for (int row = 1; row <= form_rows(f); row++) {
		const struct request_line *line = lines_at(r, f, sr, row);

		if (line)
			form_row_title(f, row, line_title(r, line));
	}
}

static void
write_note(struct request *r, const struct service_request *sr)
{
	size_t open = request_open_lines(sr);

	if (open <= LINES_MOST)
		return;
	xml_open(r->xml, "notes");
	note_open(r->xml, "lines-many", "info", NULL, NULL);
	detail_arg(
		r->xml, "number", NULL, pool_printf(r->pool, "%d", LINES_MOST));
	detail_arg(r->xml, "number", NULL, pool_printf(r->pool, "%zu", open));
	xml_close(r->xml);
	xml_close(r->xml);
}

enum rc
lines_write(struct request *r, struct form *f, const struct service_request *sr,
	const char *id)
{
	enum rc rc;

	write_titles(r, f, sr);
	page_begin(r, id);
	page_intro(r, "code", NULL, sr->number);
	page_intro(r, NULL, NULL, sr->location);
	work_crumbs(r, sr->number, id);
	xml_open(r->xml, "main");
	write_note(r, sr);
	rc = form_write(f);
	xml_close(r->xml);
	request_write_aside(r, sr);
	return rc;
}
