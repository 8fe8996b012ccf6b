#ifndef ENGINE_FO_WORDS_H
#define ENGINE_FO_WORDS_H

#include "tree.h"

/*
 * A paragraph as one string for Pango, and which part of it is whose.
 * White space is collapsed, characters that no font has are replaced,
 * words have soft hyphens. An image and the ends of an inline's box are
 * U+FFFC each.
 */
struct fo_part {
	const struct fo_inline *in;
	int index;	     /* of the inline in the paragraph */
	unsigned start, end; /* bytes; never empty */
};

struct fo_words {
	struct buffer *text;
	struct fo_part *parts;
	int count;
};

void fo_words_read(
	struct fo_job *, const struct fo_node *paragraph, struct fo_words *);

/* The width that an inline of one U+FFFC takes. */
double fo_words_width(const struct fo_inline *);

/*
 * All that the lay-out of the paragraph depends on, as bytes. An inline's
 * text is as in the document: whitespace and all.
 */
void fo_words_key(struct fo_job *, const struct fo_node *paragraph,
	double width, struct buffer *key);

#endif
