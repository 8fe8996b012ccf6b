#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <libxml/parser.h>
#include <qpdf/qpdf-c.h>

#include "paper.h"

struct fo *paper_fo;
struct pool *paper_pool;

/* The libraries that draw keep fonts until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:librsvg\n";
}

int
paper_open(void **state)
{
	static const struct fo_config config = {
		.brand = "conf/brand/zorgmiddelen-noord"};
	struct buffer *errors;

	(void)state;
	paper_pool = pool_create();
	errors = buffer_create(paper_pool);
	paper_fo = fo_load(paper_pool, &config, errors);
	if (!paper_fo)
		fprintf(stderr, "%s", errors->data);
	return paper_fo ? 0 : -1;
}

int
paper_close(void **state)
{
	(void)state;
	pool_destroy(paper_pool);
	return 0;
}

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

xmlDoc *
paper_flow(const char *blocks)
{
	const char *text = pool_printf(paper_pool,
		"<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'"
		" xmlns:fox='http://xmlgraphics.apache.org/fop/extensions'"
		" xmlns:svg='http://www.w3.org/2000/svg' font-family='Inter'"
		" font-size='10pt' line-height='12pt'><fo:layout-master-set>"
		"<fo:simple-page-master master-name='a4' page-width='210mm'"
		" page-height='297mm' margin='20mm'><fo:region-body "
		"margin-bottom='10mm'/><fo:region-after extent='6mm'/>"
		"</fo:simple-page-master></fo:layout-master-set>"
		"<fo:page-sequence master-reference='a4' id='all'>"
		"<fo:static-content flow-name='xsl-region-after'><fo:block>"
		"blad <fo:page-number/> van "
		"<fo:page-number-citation-last ref-id='all'/></fo:block>"
		"</fo:static-content><fo:flow flow-name='xsl-region-body'>%s"
		"</fo:flow></fo:page-sequence></fo:root>",
		blocks);
	xmlDoc *doc = xmlReadMemory(
		text, (int)strlen(text), "test.fo", NULL, XML_PARSE_NONET);

	assert_non_null(doc);
	pool_cleanup(paper_pool, free_doc, doc);
	return doc;
}

static enum rc
render(const xmlDoc *doc, struct buffer *pdf, char *error, size_t size)
{
	static const struct fo_info info = {.title = "Proef & <co>",
		.lang = "nl",
		.subject = "Een proef",
		.created = 1795316400};

	return fo_render(paper_fo, paper_pool, doc, &info, pdf, error, size);
}

struct buffer *
paper_draw_doc(xmlDoc *doc)
{
	struct buffer *pdf = buffer_create(paper_pool);
	char error[200];

	if (render(doc, pdf, error, sizeof(error)))
		fail_msg("%s", error);
	return pdf;
}

struct buffer *
paper_draw(const char *blocks)
{
	return paper_draw_doc(paper_flow(blocks));
}

const char *
paper_error(const char *blocks)
{
	struct buffer *pdf = buffer_create(paper_pool);
	char error[200] = "";

	assert_int_equal(
		render(paper_flow(blocks), pdf, error, sizeof(error)), RC_FAIL);
	assert_int_equal(pdf->len, 0);
	return pool_strdup(paper_pool, error);
}

const char *
paper_run(const struct buffer *pdf, const char *program, const char *after)
{
	struct buffer *out = buffer_create(paper_pool);
	char name[] = "/tmp/paperXXXXXX";
	int fd = mkstemp(name);
	char bytes[4096];
	size_t len;
	FILE *f;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pdf->data, pdf->len), pdf->len);
	close(fd);
	f = popen(/* NOLINT(cert-env33-c): our own programs and names */
		pool_printf(paper_pool, "%s %s %s 2>&1", program, name, after),
		"r");
	assert_non_null(f);
	while ((len = fread(bytes, 1, sizeof(bytes), f)) > 0)
		buffer_add(out, bytes, len);
	if (pclose(f) != 0)
		fail_msg("%s: %s", program, out->data);
	unlink(name);
	return out->data;
}

const char *
paper_text(const struct buffer *pdf)
{
	return paper_run(pdf, "pdftotext -enc UTF-8", "-");
}

static qpdf_data
read_pdf(const struct buffer *pdf)
{
	qpdf_data q = qpdf_init();

	assert_int_equal(qpdf_read_memory(q, "pdf", pdf->data, pdf->len, NULL),
		QPDF_SUCCESS);
	return q;
}

int
paper_pages(const struct buffer *pdf)
{
	qpdf_data q = read_pdf(pdf);
	int pages = qpdf_get_num_pages(q);

	qpdf_cleanup(&q);
	return pages;
}

const char *
paper_content(const struct buffer *pdf, int page)
{
	qpdf_data q = read_pdf(pdf);
	unsigned char *bytes = NULL;
	size_t len = 0;
	QPDF_BOOL decoded;
	char *copy;

	assert_int_equal(
		qpdf_oh_get_stream_data(q,
			qpdf_oh_get_key(q, qpdf_get_page_n(q, (size_t)page),
				"/Contents"),
			qpdf_dl_generalized, &decoded, &bytes, &len),
		QPDF_SUCCESS);
	copy = pool_strndup(paper_pool, (const char *)bytes, len);
	free(bytes);
	qpdf_cleanup(&q);
	return copy;
}

int
paper_count(const char *text, const char *what)
{
	int count = 0;

	while ((text = strstr(text, what))) {
		text += strlen(what);
		count++;
	}
	return count;
}
