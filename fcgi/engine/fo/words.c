#include <string.h>

#include <glib.h>

#include "font.h"
#include "hyphen.h"
#include "load.h"
#include "words.h"

/* U+FFFC */
static const char object[] = "\xEF\xBF\xBC";

double
fo_words_width(const struct fo_inline *in)
{
	const enum fo_side side = in->kind == FO_BOX_START ? FO_LEFT : FO_RIGHT;

	if (in->kind == FO_IMAGE)
		return in->width;
	return in->box->padding[side] + in->box->edge[side].width;
}

static void
number_text(const struct fo_job *job, const struct fo_inline *in, char text[16])
{
	g_snprintf(
		text, 16, "%d", in->kind == FO_NUMBER ? job->page : job->pages);
}

/* The text as it grows. */
struct adding {
	struct fo_job *job;
	struct buffer *b;
	bool whole; /* may not be broken */
};

/* Is white space wanted here, after what stands already? */
static bool
takes_space(const struct buffer *b)
{
	static const char joined[] = "\u00A0";

	return b->len > 0 && b->data[b->len - 1] != ' ' &&
	       b->data[b->len - 1] != '\n' &&
	       (b->len < 2 || memcmp(b->data + b->len - 2, joined, 2) != 0);
}

static void
add_space(struct adding *a, bool line_feed)
{
	struct buffer *b = a->b;

	if (!line_feed) {
		if (takes_space(b))
			buffer_puts(b, a->whole ? "\u00A0" : " ");
		return;
	}
	if (b->len > 0 && b->data[b->len - 1] == ' ')
		b->len--;
	buffer_putc(b, '\n');
}

/*
 * Around what a line might be broken at stands a word joiner. Pango has an
 * attribute for this, but ends the process where the text is too wide.
 */
static void
join(struct adding *a)
{
	if (a->whole)
		buffer_puts(a->b, "\u2060");
}

static void
add_bytes(struct adding *a, const char *utf8, size_t len, bool letter)
{
	if (!letter)
		join(a);
	buffer_add(a->b, utf8, len);
	if (!letter)
		join(a);
}

/* One character above ASCII, as it can be drawn. */
static void
add_char(struct adding *a, gunichar c)
{
	const struct fo_fonts *fonts = a->job->fo->fonts;
	GUnicodeType type = g_unichar_type(c);
	char utf8[6];

	switch (type) {
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		add_space(a, false);
		return;
	case G_UNICODE_CONTROL:
		return;
	case G_UNICODE_FORMAT:
		/* Of those that are never seen, the ones that part words. */
		if (a->whole || (c != 0xad && c != 0x200b && c != 0x2060))
			return;
		break;
	case G_UNICODE_SPACE_SEPARATOR:
		if (a->whole || c == 0x202f || c == 0xa0)
			c = 0xa0;
		else if (!fo_fonts_cover(fonts, c))
			c = ' ';
		break;
	default:
		if ((c >= 0xfe00 && c <= 0xfe0f) || c >= 0xe0100)
			return; /* variation selectors */
		if (c == 0xfffc || !fo_fonts_cover(fonts, c)) {
			const char *other = fo_fonts_replacement(fonts);

			add_bytes(a, other, strlen(other), false);
			return;
		}
	}
	add_bytes(a, utf8, (size_t)g_unichar_to_utf8(c, utf8),
		g_unichar_isalnum(c) || g_unichar_ismark(c));
}

static void
add_text(struct adding *a, const struct fo_inline *in)
{
	const char *s = in->text;

	while (*s) {
		size_t plain = 0;

		while (s[plain] > ' ' && s[plain] < 0x7f &&
			(!a->whole || g_ascii_isalnum(s[plain])))
			plain++;
		buffer_add(a->b, s, plain);
		s += plain;
		if (*s == '\0')
			break;
		if (*s == ' ' || *s == '\t')
			add_space(a, false);
		else if (*s == '\n')
			add_space(a, in->style->line_feeds);
		else if (*s > ' ' && *s < 0x7f)
			add_bytes(a, s, 1, false);
		else if ((unsigned char)*s >= 0x80)
			add_char(a, g_utf8_get_char(s));
		s = g_utf8_next_char(s);
	}
}

/* What was added from start on gets soft hyphens. */
static void
hyphenate(struct fo_job *job, struct buffer *b, size_t start)
{
	size_t len = b->len - start;
	char *plain = pool_strndup(job->pool, b->data + start, len);

	b->len = start;
	fo_hyphens_add(job->fo->hyphens, plain, len, b);
}

static void
add_part(struct adding *a, const struct fo_inline *in, bool boxed)
{
	struct buffer *b = a->b;
	char digits[16];
	size_t start = b->len;

	a->whole = boxed || in->style->no_wrap;
	switch (in->kind) {
	case FO_TEXT:
		if (boxed)
			join(a);
		add_text(a, in);
		if (boxed)
			join(a);
		/* A line feed takes away the space before it. */
		if (start > b->len)
			start = b->len;
		if (in->style->hyphenate && !a->whole &&
			strncmp(in->style->lang, "nl", 2) == 0)
			hyphenate(a->job, b, start);
		break;
	case FO_NUMBER:
	case FO_LAST:
		number_text(a->job, in, digits);
		buffer_puts(b, digits);
		break;
	case FO_BOX_START:
	case FO_BOX_END:
	case FO_IMAGE:
		buffer_puts(b, object);
		break;
	}
}

static void
trim(struct buffer *b)
{
	while (b->len > 0 && !takes_space(b))
		b->len -= b->data[b->len - 1] == '\xA0' ? 2 : 1;
	b->data[b->len] = '\0';
}

/* Where each part ends once the white space that went is gone. */
static void
clip_parts(struct fo_words *w)
{
	int kept = 0;

	for (int i = 0; i < w->count; i++) {
		struct fo_part part = w->parts[i];

		if (i + 1 < w->count && part.end > w->parts[i + 1].start)
			part.end = w->parts[i + 1].start;
		if (part.end > w->text->len)
			part.end = (unsigned)w->text->len;
		if (part.start < part.end)
			w->parts[kept++] = part;
	}
	w->count = kept;
}

void
fo_words_read(
	struct fo_job *job, const struct fo_node *paragraph, struct fo_words *w)
{
	struct adding a = {job, buffer_create(job->pool), false};
	size_t inlines = 0;
	bool boxed = false;

	for (const struct fo_inline *in = paragraph->inlines; in; in = in->next)
		inlines++;
	w->text = a.b;
	w->count = 0;
	w->parts = pool_calloc(job->pool, inlines, sizeof(*w->parts));
	for (const struct fo_inline *in = paragraph->inlines; in;
		in = in->next) {
		struct fo_part *part = &w->parts[w->count];
		size_t start = a.b->len;

		add_part(&a, in, boxed);
		if (in->kind == FO_BOX_START || in->kind == FO_BOX_END)
			boxed = in->kind == FO_BOX_START;
		part->in = in;
		part->index = w->count++;
		part->start = (unsigned)(start < a.b->len ? start : a.b->len);
		part->end = (unsigned)a.b->len;
	}
	trim(a.b);
	clip_parts(w);
}

void
fo_words_key(struct fo_job *job, const struct fo_node *paragraph, double width,
	struct buffer *key)
{
	buffer_add(key, &width, sizeof(width));
	buffer_add(key, paragraph->style, sizeof(*paragraph->style));
	for (const struct fo_inline *in = paragraph->inlines; in;
		in = in->next) {
		char digits[16];

		buffer_putc(key, (char)('0' + (int)in->kind));
		buffer_add(key, in->style, sizeof(*in->style));
		switch (in->kind) {
		case FO_TEXT:
			buffer_add(key, in->text, strlen(in->text) + 1);
			break;
		case FO_NUMBER:
		case FO_LAST:
			number_text(job, in, digits);
			buffer_add(key, digits, strlen(digits) + 1);
			break;
		case FO_IMAGE:
			buffer_add(key, &in->width, sizeof(in->width));
			buffer_add(key, &in->height, sizeof(in->height));
			break;
		case FO_BOX_START:
		case FO_BOX_END:
			buffer_add(key, in->box, sizeof(*in->box));
			break;
		}
	}
}
