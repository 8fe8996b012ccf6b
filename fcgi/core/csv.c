#include <stdint.h>
#include <string.h>

#include "buffer.h"
#include "csv.h"
#include "text.h"

/* Windows-1252 from 0x80; 0: nothing. The rest is that of Unicode. */
static const uint16_t high[32] = {0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026,
	0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
	0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

static void
put(struct buffer *out, unsigned c)
{
	if (c < 0x80) {
		buffer_putc(out, (char)c);
	} else if (c < 0x800) {
		buffer_putc(out, (char)(0xc0 | c >> 6));
		buffer_putc(out, (char)(0x80 | (c & 0x3f)));
	} else {
		buffer_putc(out, (char)(0xe0 | c >> 12));
		buffer_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buffer_putc(out, (char)(0x80 | (c & 0x3f)));
	}
}

static const char *
from_windows(struct pool *p, const char *bytes, size_t len)
{
	struct buffer *out = buffer_create(p);

	for (size_t i = 0; i < len; i++) {
		unsigned c = (unsigned char)bytes[i];

		if (c >= 0x80 && c < 0xa0)
			c = high[c - 0x80];
		if (!c)
			return NULL;
		put(out, c);
	}
	buffer_putc(out, '\0');
	return out->data;
}

const char *
csv_decode(struct pool *p, const char *bytes, size_t len)
{
	const char *text;

	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		len -= 3;
	}
	if (memchr(bytes, '\0', len))
		return NULL;
	text = text_valid(bytes, len) ? pool_strndup(p, bytes, len)
				      : from_windows(p, bytes, len);
	return text && text_clean(text, strlen(text)) ? text : NULL;
}

static char
separator_of(const char *text)
{
	static const char marks[] = ";,\t";
	size_t counts[sizeof(marks)] = {0};
	size_t best = 0;
	bool quoted = false;

	for (const char *s = text; *s && (quoted || !strchr("\r\n", *s)); s++) {
		const char *mark = strchr(marks, *s);

		quoted ^= *s == '"';
		if (mark && !quoted)
			counts[mark - marks]++;
	}
	for (size_t i = 1; i < sizeof(marks) - 1; i++)
		if (counts[i] > counts[best])
			best = i;
	return marks[best];
}

struct reading {
	struct pool *pool;
	const char *s;
	char separator;
	int line;
};

static bool
at_end(const struct reading *r)
{
	return !*r->s || *r->s == '\r' || *r->s == '\n';
}

/* NULL: its quote is never closed, or text stands behind it. */
static const char *
read_quoted(struct reading *r)
{
	struct buffer *out = buffer_create(r->pool);

	for (r->s++;; r->s++) {
		if (!*r->s)
			return NULL;
		if (*r->s == '"' && *++r->s != '"')
			break;
		r->line += *r->s == '\n';
		buffer_putc(out, *r->s);
	}
	while (*r->s == ' ')
		r->s++;
	if (!at_end(r) && *r->s != r->separator)
		return NULL;
	buffer_putc(out, '\0');
	return text_trim(r->pool, out->data);
}

static const char *
read_cell(struct reading *r)
{
	const char *begin = r->s;

	if (*r->s == '"')
		return read_quoted(r);
	while (!at_end(r) && *r->s != r->separator)
		r->s++;
	return text_trim(
		r->pool, pool_strndup(r->pool, begin, (size_t)(r->s - begin)));
}

static size_t
cells_in(const struct reading *r)
{
	size_t count = 1;

	for (const char *s = r->s; *s && *s != '\n'; s++)
		count += *s == r->separator;
	return count;
}

/* RC_NOTFOUND: the line was empty. */
static enum rc
read_row(struct reading *r, struct csv_row *row)
{
	size_t most = cells_in(r) + 64;
	bool full = false;

	*row = (struct csv_row){
		r->line, 0, pool_calloc(r->pool, most, sizeof(*row->cells))};
	for (;;) {
		const char *cell = read_cell(r);

		if (!cell || row->count == most)
			return RC_INVALID;
		full = full || *cell;
		row->cells[row->count++] = cell;
		if (*r->s != r->separator)
			break;
		r->s++;
	}
	if (*r->s == '\r')
		r->s++;
	if (*r->s == '\n')
		r->s++;
	r->line++;
	return full ? RC_OK : RC_NOTFOUND;
}

enum rc
csv_parse(struct pool *p, const char *text, size_t most, struct csv *csv,
	int *line)
{
	struct reading r = {p, text, separator_of(text), 1};

	csv->count = 0;
	csv->rows = pool_calloc(p, most + 1, sizeof(*csv->rows));
	while (*r.s) {
		struct csv_row *row = &csv->rows[csv->count];
		enum rc rc;

		*line = r.line;
		rc = read_row(&r, row);
		if (rc == RC_INVALID)
			return rc;
		if (rc == RC_OK && csv->count++ == most)
			return RC_INVALID;
	}
	return RC_OK;
}
