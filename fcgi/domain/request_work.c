#include "../access/access.h"
#include "../core/buffer.h"
#include "../engine/detail.h"
#include "request_view.h"

/* A line each: 2 × name (article). */
static const char *
parts_of(struct request *r, const struct request_line *line)
{
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < line->part_count; i++) {
		const struct request_part *p = &line->parts[i];

		buffer_printf(b, "%s%lld × %s", i ? "\n" : "",
			(long long)p->quantity, p->name);
		if (p->article)
			buffer_printf(b, " (%s)", p->article);
	}
	return b->len ? b->data : NULL;
}

void
request_write_report(struct request *r, struct xml *x,
	const struct request_line *line, bool cost)
{
	detail_item(x, "cause", "lines", NULL, line->cause);
	detail_item(x, "parts", "lines", NULL, parts_of(r, line));
	if (line->meter.unit)
		detail_item(x,
			pool_printf(r->pool, "meter_%s", line->meter.unit),
			"number", NULL,
			pool_printf(r->pool, "%lld",
				(long long)line->meter.reading));
	detail_item(x, "next", "date", NULL, line->next_inspection);
	if (cost && access_may(r, RIGHT_COST_VIEW))
		detail_item(x, "cost", "money", NULL, line->cost_cents);
}

void
request_write_line(struct request *r, struct xml *x,
	const struct request_line *line, bool cost)
{
	if (line->outcome == OUTCOME_COUNT)
		return;
	detail_open(x, "request-line");
	detail_arg(x, "text", NULL,
		pool_printf(r->pool, "%s %s", line->make, line->type));
	detail_arg(x, "code", NULL, line->number ? line->number : "–");
	detail_item(x, "finding", "state", "request.outcome",
		line_outcome_name(line->outcome));
	detail_item(x, "done", "date", NULL, line->done_on);
	detail_item(x, "work", "lines", NULL, line->work_done);
	request_write_report(r, x, line, cost);
	xml_close(x);
}
