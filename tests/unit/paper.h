#ifndef TESTS_UNIT_PAPER_H
#define TESTS_UNIT_PAPER_H

#include "engine/fo/fo.h"

/*
 * For tests of documents: draws XSL-FO and reads the PDF back. What it
 * gives lives until paper_close(). A failure of its own ends the test.
 */
extern struct fo *paper_fo;
extern struct pool *paper_pool;

/* Group set-up and tear-down. */
int paper_open(void **state);
int paper_close(void **state);

/* Blocks in the flow of an A4 with 20 mm around and a footer, 10 pt. */
xmlDoc *paper_flow(const char *blocks);

/* Draws the flow; must succeed. */
struct buffer *paper_draw(const char *blocks);

/* Draws the flow; must fail, with this. */
const char *paper_error(const char *blocks);

/* The document of that name in tests/fixtures/print/, any other file. */
struct buffer *paper_draw_doc(xmlDoc *);

/* What other programs read in the PDF; arguments between. */
const char *paper_text(const struct buffer *pdf);
const char *paper_run(
	const struct buffer *pdf, const char *program, const char *after);

int paper_pages(const struct buffer *pdf);

/* The content of a page, decoded. */
const char *paper_content(const struct buffer *pdf, int page);

/* How often the text occurs. */
int paper_count(const char *text, const char *what);

#endif
