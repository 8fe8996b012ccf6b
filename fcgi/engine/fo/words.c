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

/* Is white space wanted here, after what stands already? */
static bool
takes_space(const struct buffer *b)
{
	return b->len > 0 && b->data[b->len - 1] != ' ' &&
	       b->data[b->len - 1] != '\n';
}

static void
add_space(struct buffer *b, bool line_feed)
{
	if (!line_feed) {
		if (takes_space(b))
			buffer_putc(b, ' ');
		return;
	}
	if (b->len > 0 && b->data[b->len - 1] == ' ')
		b->len--;
	buffer_putc(b, '\n');
}

/* One character above ASCII, as it can be drawn. */
static void
add_char(const struct fo_fonts *fonts, gunichar c, struct buffer *b)
{
	char utf8[6];

	switch (g_unichar_type(c)) {
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		add_space(b, false);
		return;
	case G_UNICODE_CONTROL:
		return;
	case G_UNICODE_FORMAT:
		/* Of those that are never seen, the ones that part words. */
		if (c != 0xad && c != 0x200b && c != 0x2060)
			return;
		break;
	case G_UNICODE_SPACE_SEPARATOR:
		if (!fo_fonts_cover(fonts, c))
			c = c == 0x202f ? 0xa0 : ' ';
		break;
	default:
		if ((c >= 0xfe00 && c <= 0xfe0f) || c >= 0xe0100)
			return; /* variation selectors */
		if (c == 0xfffc || !fo_fonts_cover(fonts, c)) {
			buffer_puts(b, fo_fonts_replacement(fonts));
			return;
		}
	}
	buffer_add(b, utf8, (size_t)g_unichar_to_utf8(c, utf8));
}

static void
add_text(struct fo_job *job, const struct fo_inline *in, struct buffer *b)
{
	const char *s = in->text;

	while (*s) {
		size_t plain = 0;

		while (s[plain] > ' ' && s[plain] < 0x7f)
			plain++;
		buffer_add(b, s, plain);
		s += plain;
		if (*s == '\0')
			break;
		if (*s == ' ' || *s == '\t')
			add_space(b, false);
		else if (*s == '\n')
			add_space(b, in->style->line_feeds);
		else if ((unsigned char)*s >= 0x80)
			add_char(job->fo->fonts, g_utf8_get_char(s), b);
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
add_part(struct fo_job *job, const struct fo_inline *in, struct buffer *b)
{
	char digits[16];
	size_t start = b->len;

	switch (in->kind) {
	case FO_TEXT:
		add_text(job, in, b);
		/* A line feed takes away the space before it. */
		if (start > b->len)
			start = b->len;
		if (in->style->hyphenate &&
			strncmp(in->style->lang, "nl", 2) == 0)
			hyphenate(job, b, start);
		break;
	case FO_NUMBER:
	case FO_LAST:
		number_text(job, in, digits);
		buffer_puts(b, digits);
		break;
	case FO_IMAGE:
	case FO_BOX_START:
	case FO_BOX_END:
		buffer_puts(b, object);
		break;
	}
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
	struct buffer *b = buffer_create(job->pool);
	size_t inlines = 0;

	for (const struct fo_inline *in = paragraph->inlines; in; in = in->next)
		inlines++;
	w->text = b;
	w->count = 0;
	w->parts = pool_calloc(job->pool, inlines, sizeof(*w->parts));
	for (const struct fo_inline *in = paragraph->inlines; in;
		in = in->next) {
		struct fo_part *part = &w->parts[w->count];
		size_t start = b->len;

		add_part(job, in, b);
		part->in = in;
		part->index = w->count++;
		part->start = (unsigned)(start < b->len ? start : b->len);
		part->end = (unsigned)b->len;
	}
	while (b->len > 0 && !takes_space(b))
		b->len--;
	b->data[b->len] = '\0';
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
