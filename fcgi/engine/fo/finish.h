#ifndef ENGINE_FO_FINISH_H
#define ENGINE_FO_FINISH_H

#include "paint.h"

/*
 * Makes of Cairo's file a tagged one after PDF/UA-1 and PDF/A-2a, by qpdf,
 * in memory: structure tree, links, language, metadata, output intent.
 * Appends it to out; cairo is changed.
 */
void fo_finish(struct fo_job *, const struct fo_page *pages,
	struct tag *document, struct buffer *cairo, struct buffer *out);

#endif
