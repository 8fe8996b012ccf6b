#ifndef ENGINE_FO_JOB_H
#define ENGINE_FO_JOB_H

#include "fo.h"

/*
 * One document on its way to PDF. The first failure stands; whoever meets
 * one goes on with harmless values, and each stage looks at failed when it
 * is done. Sizes are in points, y runs down.
 */
struct fo_job {
	struct fo *fo;
	struct pool *pool;
	const struct fo_info *info;
	char *error;
	size_t error_size;
	bool failed;

	struct fo_style_list *styles;
	struct buffer *key; /* of the text being laid out */
	struct link *links; /* clickable areas, as they were drawn */
	struct link **links_end;
	int page;  /* what fo:page-number prints */
	int pages; /* and fo:page-number-citation-last */
};

void fo_fail(struct fo_job *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
