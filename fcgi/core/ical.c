#include "ical.h"

enum { LINE_MAX_OCTETS = 75 };

struct line {
	struct buffer *out;
	size_t octets;
};

/* One character, or an escape that must stay whole. */
static void
add(struct line *l, const char *s, size_t len)
{
	if (l->octets + len > LINE_MAX_OCTETS) {
		buffer_puts(l->out, "\r\n ");
		l->octets = 1;
	}
	buffer_add(l->out, s, len);
	l->octets += len;
}

static size_t
char_length(const char *s)
{
	size_t len = 1;

	while (((unsigned char)s[len] & 0xc0) == 0x80)
		len++;
	return len;
}

static void
add_all(struct line *l, const char *s)
{
	for (size_t len; *s; s += len) {
		len = char_length(s);
		add(l, s, len);
	}
}

static void
begin(struct line *l, struct buffer *out, const char *name)
{
	*l = (struct line){out, 0};
	add_all(l, name);
	add(l, ":", 1);
}

void
ical_line(struct buffer *out, const char *name, const char *value)
{
	struct line l;

	begin(&l, out, name);
	add_all(&l, value);
	buffer_puts(out, "\r\n");
}

void
ical_text(struct buffer *out, const char *name, const char *value)
{
	struct line l;

	begin(&l, out, name);
	for (size_t len; *value; value += len) {
		len = char_length(value);
		if (*value == '\n')
			add(&l, "\\n", 2);
		else if (*value == '\\' || *value == ';' || *value == ',')
			add(&l, (const char[]){'\\', *value}, 2);
		else if ((unsigned char)*value >= ' ' && *value != 0x7f)
			add(&l, value, len);
	}
	buffer_puts(out, "\r\n");
}
