#include <string.h>

#include "content.h"

enum token { END, NAME, OTHER, WORD };

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' ||
	       c == '\0';
}

static bool
is_regular(char c)
{
	return !is_space(c) && !memchr("()<>[]{}/%", c, 10);
}

static const char *
skip_string(const char *s, const char *end)
{
	int depth = 0;

	for (; s < end; s++) {
		if (*s == '\\')
			s++;
		else if (*s == '(')
			depth++;
		else if (*s == ')' && --depth == 0)
			return s + 1;
	}
	return end;
}

/* *start is where the token begins; answers where it ends. */
static const char *
next_token(
	const char *s, const char *end, const char **start, enum token *token)
{
	while (s < end && is_space(*s))
		s++;
	*start = s;
	*token = s < end ? OTHER : END;
	if (s == end)
		return s;
	if (*s == '(')
		return skip_string(s, end);
	if (*s == '<' && s + 1 < end && s[1] == '<')
		return s + 2;
	if (*s == '<') {
		const char *close = memchr(s, '>', (size_t)(end - s));

		return close ? close + 1 : end;
	}
	if (*s == '/' || is_regular(*s)) {
		*token = *s == '/' ? NAME : WORD;
		for (s++; s < end && is_regular(*s); s++)
			;
		return s;
	}
	return s + 1;
}

static bool
is_token(const char *start, const char *end, const char *text)
{
	size_t len = strlen(text);

	return (size_t)(end - start) == len && memcmp(start, text, len) == 0;
}

static void
add_mark(const struct fo_painted *p, struct buffer *out)
{
	switch (p->piece) {
	case FO_PIECE_CONTENT:
		buffer_printf(out, "/%s <</MCID %d>> ", fo_role_name(p->role),
			p->number);
		break;
	case FO_PIECE_LAYOUT:
		buffer_puts(out, "/Artifact <</Type/Layout>> ");
		break;
	case FO_PIECE_PAGINATION:
		buffer_puts(out, "/Artifact <</Type/Pagination>> ");
		break;
	}
}

bool
fo_content_mark(const char *content, size_t len, struct fo_piece_log *log,
	struct buffer *out)
{
	const char *end = content + len;
	const char *copied = content;
	const char *operands = NULL; /* of the operator to come */
	const char *more = NULL;     /* at the end of the piece that is open */
	bool numbered = false;
	enum token token = OTHER;
	int pieces = 0;

	for (const char *s = content; token != END;) {
		const char *start;

		s = next_token(s, end, &start, &token);
		if (!operands)
			operands = start;
		if (token == NAME && is_token(start, s, "/MCID"))
			numbered = true;
		if (token != WORD || memchr("0123456789+-.", *start, 13))
			continue;
		if (numbered && is_token(start, s, "BDC")) {
			if (pieces == log->count)
				return false;
			buffer_add(out, copied, (size_t)(operands - copied));
			more = log->list[pieces].more;
			add_mark(&log->list[pieces++], out);
			copied = start;
		}
		if (more && is_token(start, s, "EMC")) {
			buffer_add(out, copied, (size_t)(start - copied));
			buffer_puts(out, more);
			copied = start;
			more = NULL;
		}
		operands = NULL;
		numbered = false;
	}
	buffer_add(out, copied, (size_t)(end - copied));
	/* Where nothing can be seen Cairo leaves out the marks as well. */
	if (pieces == 0)
		log->count = 0;
	return pieces == log->count;
}
