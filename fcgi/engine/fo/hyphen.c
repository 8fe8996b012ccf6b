#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <hyphen.h>

#include "hyphen.h"

/* Letters that stay together before and after the hyphen; word limits. */
enum { BEFORE = 2, AFTER = 2, LETTERS_MIN = 5, LETTERS_MAX = 100 };

struct fo_hyphens {
	HyphenDict *dict;
};

static void
free_hyphens(void *arg)
{
	hnj_hyphen_free(arg);
}

struct fo_hyphens *
fo_hyphens_load(struct pool *p, const char *file, struct buffer *errors)
{
	struct fo_hyphens *h = pool_alloc(p, sizeof(*h));

	h->dict = hnj_hyphen_load(file);
	if (!h->dict) {
		buffer_printf(errors, "%s: no hyphenation patterns\n", file);
		return NULL;
	}
	pool_cleanup(p, free_hyphens, h->dict);
	return h;
}

/*
 * The word in lower case in the encoding of the patterns, Latin-1 or UTF-8.
 * -1 where it has a letter that Latin-1 hasn't.
 */
static int
encode(const struct fo_hyphens *h, const gunichar *word, int letters, char *out)
{
	int len = 0;

	for (int i = 0; i < letters; i++) {
		gunichar c = g_unichar_tolower(word[i]);

		if (h->dict->utf8)
			len += g_unichar_to_utf8(c, out + len);
		else if (c < 256)
			out[len++] = (char)(unsigned char)c;
		else
			return -1;
	}
	out[len] = '\0';
	return len;
}

/* breaks[i]: a hyphen may stand after letter i. */
static void
find_breaks(const struct fo_hyphens *h, const gunichar *word, int letters,
	bool *breaks)
{
	char bytes[LETTERS_MAX * 6 + 1];
	char marks[LETTERS_MAX * 6 + 6] = {0};
	char **replace = NULL;
	int *position = NULL;
	int *cut = NULL;
	int len = encode(h, word, letters, bytes);

	memset(breaks, 0, LETTERS_MAX * sizeof(*breaks));
	if (len < 0 || hnj_hyphen_hyphenate2(h->dict, bytes, len, marks, NULL,
			       &replace, &position, &cut) != 0)
		return;
	for (int i = BEFORE - 1; i < letters - AFTER; i++) {
		/*
		 * Where the spelling would change (omaatje, oma-tje) the
		 * text would no longer be what was written.
		 */
		breaks[i] = (marks[i] & 1) && !(replace && replace[i]);
	}
	for (int i = 0; replace && i < len; i++)
		free(replace[i]);
	free(replace);
	free(position);
	free(cut);
}

static void
add_word(const struct fo_hyphens *h, const gunichar *word, int letters,
	const char *text, size_t len, struct buffer *out)
{
	bool breaks[LETTERS_MAX];
	const char *p = text;

	if (letters < LETTERS_MIN || letters > LETTERS_MAX) {
		buffer_add(out, text, len);
		return;
	}
	find_breaks(h, word, letters, breaks);
	for (int i = 0; i < letters; i++) {
		const char *next = g_utf8_next_char(p);

		buffer_add(out, p, (size_t)(next - p));
		if (breaks[i])
			buffer_puts(out, "\u00AD");
		p = next;
	}
}

/* Between spaces: an address or a code is not a word. */
static bool
has_words_only(const char *s, const char *end)
{
	for (; s < end; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);

		if (c == '@' || c == '/' || c == '_' || c == 0xad ||
			(c < 128 && g_ascii_isdigit((char)c)))
			return false;
	}
	return true;
}

static void
add_token(const struct fo_hyphens *h, const char *s, const char *end,
	struct buffer *out)
{
	gunichar word[LETTERS_MAX + 1];
	const char *start = s;
	int letters = 0;

	while (s < end) {
		gunichar c = g_utf8_get_char(s);
		const char *next = g_utf8_next_char(s);

		if (g_unichar_isalpha(c)) {
			if (letters <= LETTERS_MAX)
				word[letters++] = c;
		} else {
			add_word(h, word, letters, start, (size_t)(s - start),
				out);
			buffer_add(out, s, (size_t)(next - s));
			start = next;
			letters = 0;
		}
		s = next;
	}
	add_word(h, word, letters, start, (size_t)(end - start), out);
}

void
fo_hyphens_add(const struct fo_hyphens *h, const char *text, size_t len,
	struct buffer *out)
{
	const char *end = text + len;

	while (text < end) {
		size_t space = strspn(text, " \n");
		const char *word;

		if (space > (size_t)(end - text))
			space = (size_t)(end - text);
		buffer_add(out, text, space);
		text = word = text + space;
		while (text < end && *text != ' ' && *text != '\n')
			text++;
		if (has_words_only(word, text))
			add_token(h, word, text, out);
		else
			buffer_add(out, word, (size_t)(text - word));
	}
}
