#include <string.h>

#include "font.h"
#include "property_apply.h"
#include "value.h"

/* What is inherited. */

bool
fo_one_of(const char *value, const char *const *words, int *result)
{
	for (int i = 0; words[i]; i++) {
		if (strcmp(value, words[i]) == 0) {
			*result = i;
			return true;
		}
	}
	return false;
}

bool
fo_is_true(const char *value, const char *yes, const char *no, bool *result)
{
	if (strcmp(value, yes) != 0 && strcmp(value, no) != 0)
		return false;
	*result = strcmp(value, yes) == 0;
	return true;
}

bool
fo_apply_font_size(struct reader *r, const char *value, int arg)
{
	struct fo_style *s = &r->props->style;
	struct fo_length length;

	(void)arg;
	if (!fo_value_length(value, s->size, &length))
		return false;
	if (length.unit == FO_PERCENT)
		length.value *= s->size / 100;
	if (length.unit == FO_PROPORTION || length.value < 1 ||
		length.value > 500)
		return false;
	s->size = length.value;
	return true;
}

bool
fo_apply_line_height(struct reader *r, const char *value, int arg)
{
	struct fo_style *s = &r->props->style;
	struct fo_length length;
	double factor;

	(void)arg;
	if (strcmp(value, "normal") == 0)
		value = "1.2";
	if (fo_value_number(value, &factor)) {
		if (factor < 0.5 || factor > 10)
			return false;
		s->line = factor;
		s->pitch = 0;
		return true;
	}
	if (!fo_value_length(value, s->size, &length) ||
		length.unit == FO_PROPORTION || length.value <= 0)
		return false;
	s->line = 0;
	s->pitch = length.unit == FO_PERCENT ? length.value * s->size / 100
					     : length.value;
	return true;
}

bool
fo_apply_font_family(struct reader *r, const char *value, int arg)
{
	int family = fo_font_family(r->job->fo, value);

	(void)arg;
	if (family < 0)
		return false;
	r->props->style.family = family;
	return true;
}

bool
fo_apply_font_weight(struct reader *r, const char *value, int arg)
{
	int weight;

	(void)arg;
	if (strcmp(value, "normal") == 0)
		weight = 400;
	else if (strcmp(value, "bold") == 0)
		weight = 700;
	else if (!fo_value_int(value, 100, 900, &weight) || weight % 100)
		return false;
	r->props->style.weight = weight;
	return true;
}

bool
fo_apply_text_align(struct reader *r, const char *value, int arg)
{
	static const char *const words[] = {
		"start", "left", "center", "end", "right", "justify", NULL};
	static const enum fo_align aligns[] = {FO_ALIGN_START, FO_ALIGN_START,
		FO_ALIGN_CENTER, FO_ALIGN_END, FO_ALIGN_END, FO_ALIGN_JUSTIFY};
	int i;

	(void)arg;
	if (!fo_one_of(value, words, &i))
		return false;
	r->props->style.align = aligns[i];
	return true;
}

bool
fo_apply_lines(struct reader *r, const char *value, int arg)
{
	struct fo_style *s = &r->props->style;

	return fo_value_int(value, 1, 20, arg ? &s->widows : &s->orphans);
}

bool
fo_apply_color(struct reader *r, const char *value, int arg)
{
	(void)arg;
	return fo_value_color(value, &r->props->style.color);
}

bool
fo_apply_text_switch(struct reader *r, const char *value, int arg)
{
	struct fo_style *s = &r->props->style;

	switch ((enum fo_text_switch_arg)arg) {
	case ITALIC:
		return fo_is_true(value, "italic", "normal", &s->italic);
	case UNDERLINE:
		return fo_is_true(value, "underline", "none", &s->underline);
	case HYPHENATE:
		return fo_is_true(value, "true", "false", &s->hyphenate);
	case NO_WRAP:
		return fo_is_true(value, "no-wrap", "wrap", &s->no_wrap);
	case LINE_FEEDS:
		return fo_is_true(
			value, "preserve", "treat-as-space", &s->line_feeds);
	}
	return false;
}

bool
fo_apply_language(struct reader *r, const char *value, int arg)
{
	struct fo_style *s = &r->props->style;
	size_t len = strlen(value);

	(void)arg;
	if (len < 2 || len >= sizeof(s->lang) ||
		strspn(value, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != len)
		return false;
	memset(s->lang, 0, sizeof(s->lang));
	memcpy(s->lang, value, len);
	return true;
}
