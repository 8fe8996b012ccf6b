/* Every brand's theme keeps the contrast that the portal promises. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <glob.h>

#define AA 4.5

static char tokens[32768];
static char theme[8192];

static void
read_file(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, size - 1, f);
	text[n] = '\0';
	fclose(f);
}

/* The six digits after "--NAME: #". */
static const char *
find_token(const char *css, const char *name)
{
	char start[40];
	const char *s;

	snprintf(start, sizeof(start), "--%s: #", name);
	s = strstr(css, start);
	return s ? s + strlen(start) : NULL;
}

static double
channel(const char *hex)
{
	char two[3] = {hex[0], hex[1], '\0'};
	double c = (double)strtol(two, NULL, 16) / 255;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* WCAG 2 relative luminance; the theme's value goes before the portal's. */
static double
luminance(const char *name)
{
	const char *hex = find_token(theme, name);

	if (!hex)
		hex = find_token(tokens, name);
	if (!hex)
		fail_msg("no token %s", name);
	return 0.2126 * channel(hex) + 0.7152 * channel(hex + 2) +
	       0.0722 * channel(hex + 4);
}

static void
check_pair(const char *file, const char *text, const char *ground, double least)
{
	double a = luminance(text), b = luminance(ground);
	double ratio = (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);

	if (ratio < least)
		fail_msg("%s: %s on %s is %.1f, wants %.1f", file, text, ground,
			ratio, least);
}

static void
check_theme(const char *file)
{
	static const struct {
		const char *text, *ground;
		double least;
	} pairs[] = {
		{"brand", "paper", AA},
		{"brand", "canvas", AA},
		{"brand", "brand-tint", AA},
		{"brand-strong", "brand-tint", AA},
		{"on-brand", "brand", AA},
		{"on-brand", "brand-strong", AA},
		{"ink-soft", "brand-tint", AA},
		{"on-accent", "accent", AA},
		{"ink", "canvas", AA},
		{"ink-soft", "sunken", AA},
		{"ok", "ok-tint", AA},
		{"info", "info-tint", AA},
		{"warn", "warn-tint", AA},
		{"bad", "bad-tint", AA},
		{"bad", "paper", AA},
		{"rest", "rest-tint", AA},
		{"line-field", "paper", 3},
		{"line-field", "canvas", 3},
		{"focus", "paper", 3},
		{"focus-halo", "brand-strong", 3},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		check_pair(
			file, pairs[i].text, pairs[i].ground, pairs[i].least);
}

static void
test_contrast(void **state)
{
	glob_t files;

	(void)state;
	read_file("xslt/static/css/tokens.css", tokens, sizeof(tokens));
	assert_int_equal(glob("conf/brand/*/theme.css", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		read_file(files.gl_pathv[i], theme, sizeof(theme));
		check_theme(files.gl_pathv[i]);
	}
	globfree(&files);
}

/* A theme changes who we are, never what a colour means. */
static void
test_only_identity(void **state)
{
	static const char *const fixed[] = {"--ok", "--info", "--warn", "--bad",
		"--rest", "--focus", "--ink", "--s1", "--t-m"};
	glob_t files;

	(void)state;
	assert_int_equal(glob("conf/brand/*/theme.css", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		read_file(files.gl_pathv[i], theme, sizeof(theme));
		for (size_t n = 0; n < sizeof(fixed) / sizeof(*fixed); n++)
			assert_null(strstr(theme, fixed[n]));
	}
	globfree(&files);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_only_identity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
