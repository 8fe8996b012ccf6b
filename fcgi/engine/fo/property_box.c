#include <string.h>

#include "property_apply.h"
#include "value.h"

/* What is not inherited: boxes, then everything else. */

bool
fo_read_points(struct reader *r, const char *value, double min, double *result)
{
	double length;

	if (!fo_value_points(value, r->props->style.size, &length) ||
		length < min)
		return false;
	*result = length;
	return true;
}

/* One to four words, as in CSS: top, right, bottom, left. */
static bool
four(struct reader *r, const char *value, double min, double result[4])
{
	/* Which word a side takes, by the number of words. */
	static const unsigned char from[5][4] = {
		{0}, {0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
	double values[4];
	size_t count = 0;
	size_t len;

	for (const char *s = fo_value_word(value, &len); len;
		s = fo_value_word(s + len, &len)) {
		char word[24];

		if (count == 4 || len >= sizeof(word))
			return false;
		memcpy(word, s, len);
		word[len] = '\0';
		if (!fo_read_points(r, word, min, &values[count++]))
			return false;
	}
	if (count == 0)
		return false;
	for (int side = 0; side < 4; side++)
		result[side] = values[from[count][side]];
	return true;
}

bool
fo_apply_padding(struct reader *r, const char *value, int arg)
{
	struct fo_box *box = &r->props->box;

	r->props->boxed = true;
	if (arg == ALL)
		return four(r, value, 0, box->padding);
	return fo_read_points(r, value, 0, &box->padding[arg]);
}

bool
fo_apply_margin(struct reader *r, const char *value, int arg)
{
	struct fo_props *p = r->props;
	double sides[4];

	/* Never negative: text would cover other text. */
	if (arg == ALL) {
		if (!four(r, value, 0, sides))
			return false;
		memcpy(p->margin, sides, sizeof(sides));
		p->before = sides[FO_TOP];
		p->after = sides[FO_BOTTOM];
		p->margins = 15;
		return true;
	}
	p->margins |= 1u << arg;
	if (!fo_read_points(r, value, 0, &p->margin[arg]))
		return false;
	if (arg == FO_TOP)
		p->before = p->margin[arg];
	if (arg == FO_BOTTOM)
		p->after = p->margin[arg];
	return true;
}

bool
fo_apply_border(struct reader *r, const char *value, int arg)
{
	struct fo_edge edge;

	r->props->boxed = true;
	if (!fo_value_edge(value, r->props->style.size, &edge))
		return false;
	for (int side = 0; side < 4; side++) {
		if (arg == ALL || arg == side)
			r->props->box.edge[side] = edge;
	}
	return true;
}

bool
fo_apply_radius(struct reader *r, const char *value, int arg)
{
	(void)arg;
	r->props->boxed = true;
	return fo_read_points(r, value, 0, &r->props->box.radius);
}

bool
fo_apply_background(struct reader *r, const char *value, int arg)
{
	struct fo_box *box = &r->props->box;

	(void)arg;
	r->props->boxed = true;
	if (strcmp(value, "transparent") == 0) {
		box->filled = false;
		return true;
	}
	box->filled = true;
	return fo_value_color(value, &box->fill);
}

bool
fo_apply_space(struct reader *r, const char *value, int arg)
{
	struct fo_props *p = r->props;

	return fo_read_points(r, value, 0, arg ? &p->after : &p->before);
}

bool
fo_apply_keep(struct reader *r, const char *value, int arg)
{
	struct fo_props *p = r->props;

	switch ((enum fo_keep_arg)arg) {
	case TOGETHER:
		return fo_is_true(value, "always", "auto", &p->keep_together);
	case NEXT:
		return fo_is_true(value, "always", "auto", &p->keep_next);
	case PREVIOUS:
		return fo_is_true(value, "always", "auto", &p->keep_previous);
	case BREAK_BEFORE:
		return fo_is_true(value, "page", "auto", &p->break_before);
	case BREAK_AFTER:
		return fo_is_true(value, "page", "auto", &p->break_after);
	}
	return false;
}

/* The roles that an element may ask for. */
bool
fo_apply_role(struct reader *r, const char *value, int arg)
{
	(void)arg;
	for (int i = FO_ROLE_SECT; i < FO_ROLES; i++) {
		bool fits;

		if (strcmp(value, fo_role_name((enum fo_role)i)) != 0)
			continue;
		if (r->element == FO_TABLE)
			fits = i == FO_ROLE_NONSTRUCT;
		else if (r->element == FO_TABLE_CELL)
			fits = i == FO_ROLE_TH || i == FO_ROLE_TD;
		else
			fits = i <= FO_ROLE_CAPTION;
		r->props->role = (enum fo_role)i;
		return fits;
	}
	return false;
}

bool
fo_apply_place(struct reader *r, const char *value, int arg)
{
	static const char *const words[] = {"before", "center", "after", NULL};
	int i;

	(void)arg;
	if (!fo_one_of(value, words, &i))
		return false;
	r->props->place = (enum fo_place)i;
	return true;
}

bool
fo_apply_string(struct reader *r, const char *value, int arg)
{
	struct fo_props *p = r->props;

	switch ((enum fo_string_arg)arg) {
	case MASTER:
		p->master = value;
		break;
	case ID:
		p->id = value;
		break;
	case FLOW:
		p->flow = value;
		break;
	case SRC:
		p->src = value;
		break;
	case HREF:
		p->href = value;
		break;
	case ALT:
		p->alt = value;
		return true;
	}
	return *value != '\0';
}

bool
fo_apply_count(struct reader *r, const char *value, int arg)
{
	struct fo_props *p = r->props;

	switch ((enum fo_count_arg)arg) {
	case SPAN:
		return fo_value_int(value, 1, 64, &p->span);
	case REPEATED:
		return fo_value_int(value, 1, 64, &p->repeated);
	case FIRST_PAGE:
		return fo_value_int(value, 1, 99999, &p->first_page);
	}
	return false;
}

bool
fo_apply_size(struct reader *r, const char *value, int arg)
{
	struct fo_props *p = r->props;
	struct fo_length *length = NULL;

	switch ((enum fo_size_arg)arg) {
	case WIDTH:
		length = &p->width;
		break;
	case HEIGHT:
		length = &p->height;
		break;
	case COLUMN:
		length = &p->column;
		break;
	case CONTENT_WIDTH:
		length = &p->content_width;
		break;
	case CONTENT_HEIGHT:
		length = &p->content_height;
		break;
	case PAGE_WIDTH:
		return fo_read_points(r, value, 72, &p->page_width);
	case PAGE_HEIGHT:
		return fo_read_points(r, value, 72, &p->page_height);
	case EXTENT:
		return fo_read_points(r, value, 0, &p->extent);
	case DISTANCE:
		return fo_read_points(r, value, 0, &p->distance);
	case SEPARATION:
		return fo_read_points(r, value, 0, &p->separation);
	}
	return length && fo_value_length(value, p->style.size, length) &&
	       length->value > 0 &&
	       (length->unit == FO_POINTS ||
		       (length->unit == FO_PERCENT &&
			       (arg == WIDTH || arg == COLUMN)) ||
		       (length->unit == FO_PROPORTION && arg == COLUMN));
}

bool
fo_apply_separate(struct reader *r, const char *value, int arg)
{
	(void)arg;
	return fo_is_true(value, "separate", "collapse", &r->props->separate);
}

/* What standard FO needs said, and has one value here. */
bool
fo_apply_only(struct reader *r, const char *value, int arg)
{
	static const char *const values[] = {
		"fixed", "uniform", "label-end()", "body-start()"};

	(void)r;
	return strcmp(value, values[arg]) == 0;
}

/* start-indent and end-indent: only to end what would be inherited. */
bool
fo_apply_indent(struct reader *r, const char *value, int arg)
{
	double length;

	(void)arg;
	return fo_read_points(r, value, 0, &length) && length == 0;
}
