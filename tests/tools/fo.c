/*
 * fo FILE.fo FILE.pdf [BRAND-DIRECTORY [TIMES]]
 * Draws one XSL-FO document, for tests and to compare with others; with
 * TIMES also says how long it takes when warm.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libxml/parser.h>

#include "engine/fo/fo.h"

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
draw(struct fo *fo, const xmlDoc *doc, const char *path)
{
	struct fo_info info = {
		.title = path, .lang = "nl", .created = 1763776200};
	struct pool *pool = pool_create();
	struct buffer *pdf = buffer_create(pool);
	char error[200];
	enum rc rc = fo_render(fo, pool, doc, &info, pdf, error, sizeof(error));
	FILE *f = rc == RC_OK ? fopen(path, "wb") : NULL;

	if (rc != RC_OK) {
		fprintf(stderr, "%s\n", error);
	} else if (!f || fwrite(pdf->data, 1, pdf->len, f) != pdf->len ||
		   fclose(f) != 0) {
		perror(path);
		rc = RC_FAIL;
	}
	pool_destroy(pool);
	return rc == RC_OK ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct fo_config config = {.brand = argc > 3 ? argv[3] : NULL};
	int times = argc > 4 ? atoi(argv[4]) : 0;
	struct pool *worker = pool_create();
	struct buffer *errors = buffer_create(worker);
	double *took = pool_calloc(worker, (size_t)times + 1, sizeof(*took));
	double *busy = pool_calloc(worker, (size_t)times + 1, sizeof(*busy));
	struct fo *fo;
	xmlDoc *doc;
	int status;

	if (argc < 3) {
		fprintf(stderr, "fo FILE.fo FILE.pdf [BRAND [TIMES]]\n");
		return 2;
	}
	fo = fo_load(worker, &config, errors);
	doc = xmlReadFile(argv[1], NULL, XML_PARSE_NONET);
	if (!fo || !doc) {
		fprintf(stderr, "%s", errors->data);
		return 1;
	}
	status = draw(fo, doc, argv[2]);
	for (int i = 0; i < times && status == 0; i++) {
		took[i] = now(CLOCK_MONOTONIC);
		busy[i] = now(CLOCK_PROCESS_CPUTIME_ID);
		status = draw(fo, doc, argv[2]);
		took[i] = now(CLOCK_MONOTONIC) - took[i];
		busy[i] = now(CLOCK_PROCESS_CPUTIME_ID) - busy[i];
	}
	if (times > 0) {
		qsort(took, (size_t)times, sizeof(*took), compare);
		qsort(busy, (size_t)times, sizeof(*busy), compare);
		printf("%d times, median: %.1f ms, of which processor %.1f ms; "
		       "%zu bytes of text kept\n",
			times, took[times / 2], busy[times / 2],
			fo_cached(fo));
	}
	xmlFreeDoc(doc);
	pool_destroy(worker);
	xmlCleanupParser();
	return status;
}
