/*
 * fo SHEET FILE.xml OUT [TIMES], from the root of the checkout
 * Runs xslt/print/SHEET.fo.xsl on a document (tests/fixtures/print/) and
 * draws it; SHEET - where the file is XSL-FO already. OUT is a PDF, or where
 * its name ends in .fo the formatting objects, for another formatter. With
 * TIMES also says how long it takes when all is loaded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <libxml/parser.h>

#include "core/log.h"
#include "core/render.h"
#include "engine/fo/fo.h"

static const char brand[] = "conf/brand/zorgmiddelen-noord";

struct tool {
	struct render *render;
	struct fo *fo;
	const char *sheet;
	xmlDoc *doc;
	const char *out;
};

static double
now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
save(const char *path, const char *bytes, size_t len)
{
	FILE *f = fopen(path, "wb");
	int failed = !f || fwrite(bytes, 1, len, f) != len;

	if (f)
		failed |= fclose(f) != 0;
	if (failed)
		perror(path);
	return failed;
}

static int
draw(const struct tool *t, struct pool *pool)
{
	const struct fo_info info = {
		.title = t->out, .lang = "nl", .created = 1795316400};
	struct buffer *pdf = buffer_create(pool);
	xmlDoc *tree = t->doc;
	char error[200] = "no such stylesheet, or it failed";

	if (strcmp(t->sheet, "-") != 0 &&
		render_fo(t->render, pool, t->sheet, t->doc, &tree)) {
		fprintf(stderr, "%s\n", error);
		return 1;
	}
	if (strstr(t->out, ".fo") && xmlSaveFile(t->out, tree) > 0)
		return 0;
	if (fo_render(t->fo, pool, tree, &info, pdf, error, sizeof(error))) {
		fprintf(stderr, "%s\n", error);
		return 1;
	}
	return save(t->out, pdf->data, pdf->len);
}

static int
measure(const struct tool *t, struct pool *worker, int times)
{
	double *took = pool_calloc(worker, (size_t)times, sizeof(*took));
	double *busy = pool_calloc(worker, (size_t)times, sizeof(*busy));
	struct pool *pool = pool_create();
	struct rusage usage;

	for (int i = 0; i < times; i++) {
		took[i] = now(CLOCK_MONOTONIC);
		busy[i] = now(CLOCK_PROCESS_CPUTIME_ID);
		if (draw(t, pool))
			return 1;
		pool_reset(pool);
		took[i] = now(CLOCK_MONOTONIC) - took[i];
		busy[i] = now(CLOCK_PROCESS_CPUTIME_ID) - busy[i];
	}
	pool_destroy(pool);
	qsort(took, (size_t)times, sizeof(*took), compare);
	qsort(busy, (size_t)times, sizeof(*busy), compare);
	getrusage(RUSAGE_SELF, &usage);
	printf("%d times, median %.1f ms, of which processor %.1f ms; %zu "
	       "bytes of text kept, %ld MB at most\n",
		times, took[times / 2], busy[times / 2], fo_cached(t->fo),
		usage.ru_maxrss / 1024);
	return 0;
}

int
main(int argc, char **argv)
{
	const struct fo_config config = {.brand = brand};
	struct pool *worker = pool_create();
	struct buffer *errors = buffer_create(worker);
	struct tool t = {0};
	int status = 1;

	if (argc < 4) {
		fprintf(stderr, "fo SHEET FILE.xml OUT [TIMES]\n");
		return 2;
	}
	log_open("-");
	t.sheet = argv[1];
	t.out = argv[3];
	t.fo = fo_load(worker, &config, errors);
	t.doc = xmlReadFile(argv[2], NULL, XML_PARSE_NONET);
	if (strcmp(t.sheet, "-") != 0)
		t.render = render_load(worker, ".", errors);
	fputs(errors->data, stderr);
	if (t.fo && t.doc && (t.render || strcmp(t.sheet, "-") == 0)) {
		struct pool *pool = pool_create();

		status = draw(&t, pool);
		pool_destroy(pool);
		if (!status && argc > 4)
			status = measure(&t, worker, atoi(argv[4]));
	}
	xmlFreeDoc(t.doc);
	pool_destroy(worker);
	return status;
}
