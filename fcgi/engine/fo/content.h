#ifndef ENGINE_FO_CONTENT_H
#define ENGINE_FO_CONTENT_H

#include "paint.h"

/*
 * Private to finish.c: the content stream of a page with Cairo's marks
 * replaced by ours, one for each painted piece: marked content of the
 * structure tree, or an artifact; what a piece has more stands at its end.
 * On a page where nothing can be seen there are none, and the log is emptied.
 * False where they are not the same number.
 */
bool fo_content_mark(const char *content, size_t len, struct fo_piece_log *,
	struct buffer *out);

#endif
