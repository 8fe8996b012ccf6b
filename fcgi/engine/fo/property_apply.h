#ifndef ENGINE_FO_APPLY_H
#define ENGINE_FO_APPLY_H

#include "property.h"

/*
 * Private to property*.c: how a value is put in place. Each fo_apply
 * answers whether it could read the value; arg says which one of several
 * properties it is.
 */
struct reader {
	struct fo_job *job;
	struct fo_props *props;
	enum fo_element element;
};

/* An enum fo_side, or ALL four. */
enum { ALL = 4 };

enum fo_text_switch_arg { ITALIC, UNDERLINE, HYPHENATE, NO_WRAP, LINE_FEEDS };

enum fo_keep_arg { TOGETHER, NEXT, PREVIOUS, BREAK_BEFORE, BREAK_AFTER };

enum fo_string_arg { MASTER, ID, FLOW, SRC, HREF, ALT };

enum fo_count_arg { SPAN, REPEATED, FIRST_PAGE };

enum fo_size_arg {
	WIDTH,
	HEIGHT,
	COLUMN,
	CONTENT_WIDTH,
	CONTENT_HEIGHT,
	PAGE_WIDTH,
	PAGE_HEIGHT,
	EXTENT,
	DISTANCE,
	SEPARATION
};

bool fo_apply_font_size(struct reader *, const char *, int arg);
bool fo_apply_line_height(struct reader *, const char *, int arg);
bool fo_apply_font_family(struct reader *, const char *, int arg);
bool fo_apply_font_weight(struct reader *, const char *, int arg);
bool fo_apply_text_align(struct reader *, const char *, int arg);
bool fo_apply_lines(struct reader *, const char *, int arg);
bool fo_apply_color(struct reader *, const char *, int arg);
bool fo_apply_text_switch(struct reader *, const char *, int arg);
bool fo_apply_language(struct reader *, const char *, int arg);
bool fo_apply_padding(struct reader *, const char *, int arg);
bool fo_apply_margin(struct reader *, const char *, int arg);
bool fo_apply_border(struct reader *, const char *, int arg);
bool fo_apply_radius(struct reader *, const char *, int arg);
bool fo_apply_background(struct reader *, const char *, int arg);
bool fo_apply_space(struct reader *, const char *, int arg);
bool fo_apply_keep(struct reader *, const char *, int arg);
bool fo_apply_role(struct reader *, const char *, int arg);
bool fo_apply_place(struct reader *, const char *, int arg);
bool fo_apply_string(struct reader *, const char *, int arg);
bool fo_apply_count(struct reader *, const char *, int arg);
bool fo_apply_size(struct reader *, const char *, int arg);
bool fo_apply_separate(struct reader *, const char *, int arg);
bool fo_apply_only(struct reader *, const char *, int arg);
bool fo_apply_indent(struct reader *, const char *, int arg);

/* Helpers: the index of a word in a list up to NULL; */
bool fo_one_of(const char *value, const char *const *words, int *result);

/* yes is true, no is false, another word is wrong; */
bool fo_is_true(
	const char *value, const char *yes, const char *no, bool *result);

/* and a length of at least min points. */
bool fo_read_points(
	struct reader *, const char *value, double min, double *result);

#endif
