#ifndef ENGINE_FO_VALUE_H
#define ENGINE_FO_VALUE_H

#include "property.h"

/*
 * Words of attribute values. Each answers false, and leaves the result
 * alone, where the text is something else.
 */

/* A plain number, all of the text. */
bool fo_value_number(const char *, double *result);

/* A whole number from min to max. */
bool fo_value_int(const char *, int min, int max, int *result);

/*
 * 12pt 4mm 1cm 1in 16px 1.5em 40% 0 proportional-column-width(2); em is the
 * font size for em.
 */
bool fo_value_length(const char *, double em, struct fo_length *result);

/* As above, but only a fixed length. */
bool fo_value_points(const char *, double em, double *result);

/* #rgb #rrggbb black white */
bool fo_value_color(const char *, unsigned *result);

/* "0.5pt solid #a0a0a0" in any order; none. Width 1pt where not given. */
bool fo_value_edge(const char *, double em, struct fo_edge *result);

/*
 * The next word, parted by white space; len 0 at the end. Parentheses hold
 * a word together.
 */
const char *fo_value_word(const char *text, size_t *len);

#endif
