#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "value.h"

/* Above the largest page that PDF allows. */
static const double length_max = 14400;

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Without the locale, exponents, "inf" and hexadecimals of strtod(). */
static const char *
read_number(const char *s, double *result)
{
	size_t len = strspn(s, "+-");
	size_t digits = strspn(s + len, "0123456789.");
	char copy[32];

	if (len > 1 || digits == 0 || len + digits >= sizeof(copy))
		return NULL;
	memcpy(copy, s, len + digits);
	copy[len + digits] = '\0';
	if (strspn(copy + len, ".") == digits ||
		strchr(copy, '.') != strrchr(copy, '.'))
		return NULL;
	*result = g_ascii_strtod(copy, NULL);
	return s + len + digits;
}

bool
fo_value_number(const char *s, double *result)
{
	double value;
	const char *end = read_number(s, &value);

	if (!end || *end)
		return false;
	*result = value;
	return true;
}

bool
fo_value_int(const char *s, int min, int max, int *result)
{
	double value;

	if (!fo_value_number(s, &value) || value < min || value > max ||
		value != floor(value))
		return false;
	*result = (int)value;
	return true;
}

static bool
proportion(const char *s, struct fo_length *result)
{
	static const char name[] = "proportional-column-width(";
	double value;
	const char *end;

	if (strncmp(s, name, sizeof(name) - 1) != 0)
		return false;
	end = read_number(s + sizeof(name) - 1, &value);
	if (!end || strcmp(end, ")") != 0 || value <= 0)
		return false;
	result->value = value;
	result->unit = FO_PROPORTION;
	return true;
}

bool
fo_value_length(const char *s, double em, struct fo_length *result)
{
	static const struct {
		char name[3];
		double points;
	} units[] = {{"pt", 1}, {"mm", 72 / 25.4}, {"cm", 72 / 2.54},
		{"in", 72}, {"px", 0.75}};
	double value;
	const char *end = read_number(s, &value);

	if (!end)
		return proportion(s, result);
	if (fabs(value) > length_max)
		return false;
	if (!*end && value == 0) {
		*result = (struct fo_length){0, FO_POINTS};
		return true;
	}
	if (strcmp(end, "%") == 0) {
		*result = (struct fo_length){value, FO_PERCENT};
		return true;
	}
	if (strcmp(end, "em") == 0) {
		*result = (struct fo_length){value * em, FO_POINTS};
		return true;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(end, units[i].name) == 0) {
			*result = (struct fo_length){
				value * units[i].points, FO_POINTS};
			return true;
		}
	}
	return false;
}

bool
fo_value_points(const char *s, double em, double *result)
{
	struct fo_length length;

	if (!fo_value_length(s, em, &length) || length.unit != FO_POINTS ||
		fabs(length.value) > length_max)
		return false;
	*result = length.value;
	return true;
}

bool
fo_value_color(const char *s, unsigned *result)
{
	size_t len = strlen(s);
	unsigned value;

	if (strcmp(s, "black") == 0 || strcmp(s, "white") == 0) {
		*result = *s == 'b' ? 0 : 0xffffff;
		return true;
	}
	if (*s != '#' || (len != 4 && len != 7) ||
		strspn(s + 1, "0123456789abcdefABCDEF") != len - 1)
		return false;
	value = (unsigned)strtoul(s + 1, NULL, 16);
	if (len == 4)
		value = (value & 0xf00) * 0x1100 + (value & 0xf0) * 0x110 +
			(value & 0xf) * 0x11;
	*result = value;
	return true;
}

const char *
fo_value_word(const char *s, size_t *len)
{
	size_t n = 0;
	int depth = 0;

	while (is_space(*s))
		s++;
	while (s[n] && (depth > 0 || !is_space(s[n]))) {
		depth += (s[n] == '(') - (s[n] == ')');
		n++;
	}
	*len = n;
	return s;
}

bool
fo_value_edge(const char *s, double em, struct fo_edge *result)
{
	struct fo_edge edge = {.width = 1};
	bool styled = false;
	size_t len;

	for (s = fo_value_word(s, &len); len;
		s = fo_value_word(s + len, &len)) {
		char word[32];

		if (len >= sizeof(word))
			return false;
		memcpy(word, s, len);
		word[len] = '\0';
		if (strcmp(word, "none") == 0) {
			*result = (struct fo_edge){0};
			return true;
		}
		if (strcmp(word, "solid") == 0 || strcmp(word, "dashed") == 0) {
			edge.dashed = *word == 'd';
			styled = true;
		} else if (!fo_value_color(word, &edge.color) &&
			   (!fo_value_points(word, em, &edge.width) ||
				   edge.width < 0)) {
			return false;
		}
	}
	/* border-style is none where the shorthand doesn't say. */
	if (!styled)
		return false;
	*result = edge;
	return true;
}
