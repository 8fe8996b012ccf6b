#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "program.h"

/* U+F000, U+E000 + number, U+F001. */
#define BEGIN "\xef\x80\x80"
#define END "\xef\x80\x81"

enum { CHARACTER = 3, MARK = 3 * CHARACTER };

enum op_kind {
	OP_BYTES,     /* written as they are */
	OP_TEXT,      /* a value, between tags */
	OP_PIECE,     /* bytes of an attribute, not yet escaped */
	OP_VALUE,     /* a value of an attribute */
	OP_ATTRIBUTE, /* all pieces since the last one are its value */
	OP_ADDRESS    /* the same, an address */
};

struct op {
	enum op_kind kind;
	uint32_t at; /* of bytes; of a value its mark */
	uint32_t len;
};

struct program {
	size_t size;
	size_t op_count;
	struct op *ops;
	struct mark *marks;
	char *bytes;
};

static const char *
add(struct marks *m, struct mark mark)
{
	size_t n = m->count;

	if (n == MARKS_MAX) {
		m->failed = true;
		return "";
	}
	m->items[m->count++] = mark;
	return pool_printf(m->pool, BEGIN "\xee%c%c" END,
		(char)(0x80 | (n >> 6)), (char)(0x80 | (n & 63)));
}

const char *
marks_add(struct marks *m, size_t value)
{
	return add(m, (struct mark){MARK_AS_IS, value, NULL});
}

bool
marks_in(const char *text)
{
	return strstr(text, BEGIN) || strstr(text, END);
}

/* The mark that stands at s whole; or -1. */
static int
mark_at(const char *s)
{
	const unsigned char *u = (const unsigned char *)s + CHARACTER;

	if (strnlen(s, MARK) < MARK || strncmp(s, BEGIN, CHARACTER) != 0 ||
		u[0] != 0xee || strncmp(s + 2 * CHARACTER, END, CHARACTER) != 0)
		return -1;
	return (u[1] & 0x3f) << 6 | (u[2] & 0x3f);
}

const char *
marks_through(struct marks *m, enum mark_change change, const char *type,
	const char *text)
{
	int mark = mark_at(text);

	if (mark < 0 || text[MARK] || (type && marks_in(type))) {
		m->failed = true;
		return text;
	}
	if (change == MARK_FORMAT && !format_has(type))
		return text;
	return add(m, (struct mark){change, (size_t)mark,
			      pool_strdup(m->pool, type)});
}

/* What the result is cut into. */
struct cutter {
	const struct marks *marks;
	struct pool *pool;
	struct buffer *bytes; /* html_write() appends here */
	struct buffer *ops;
	size_t cut; /* up to here they belong to an op */
	bool failed;
};

static void
add_op(struct cutter *c, enum op_kind kind, size_t at, size_t len)
{
	struct op op = {kind, (uint32_t)at, (uint32_t)len};

	buffer_add(c->ops, &op, sizeof(op));
}

/* The bytes that were written since the last cut. */
static void
cut(struct cutter *c, enum op_kind kind)
{
	if (c->bytes->len > c->cut)
		add_op(c, kind, c->cut, c->bytes->len - c->cut);
	c->cut = c->bytes->len;
}

/* The text up to the next mark, and that mark; -1: there is none. */
static int
next_mark(struct cutter *c, const char **text, const char **before)
{
	const char *at = strstr(*text, BEGIN);
	int mark = -1;

	*before = pool_strndup(
		c->pool, *text, at ? (size_t)(at - *text) : strlen(*text));
	if (at) {
		mark = mark_at(at);
		if (mark < 0 || (size_t)mark >= c->marks->count)
			c->failed = true;
	}
	if (strstr(*before, END))
		c->failed = true;
	*text = at && !c->failed ? at + MARK : "";
	return mark;
}

static bool
see_text(void *arg, const char *text)
{
	struct cutter *c = arg;
	const char *before;

	if (!marks_in(text))
		return false;
	while (*text) {
		int mark = next_mark(c, &text, &before);

		html_text(c->bytes, before);
		cut(c, OP_BYTES);
		if (mark >= 0)
			add_op(c, OP_TEXT, (size_t)mark, 0);
	}
	return true;
}

static bool
see_attribute(void *arg, const char *value, bool address)
{
	struct cutter *c = arg;
	const char *before;

	if (!marks_in(value))
		return false;
	cut(c, OP_BYTES);
	while (*value) {
		int mark = next_mark(c, &value, &before);

		buffer_puts(c->bytes, before);
		cut(c, OP_PIECE);
		if (mark >= 0)
			add_op(c, OP_VALUE, (size_t)mark, 0);
	}
	add_op(c, address ? OP_ADDRESS : OP_ATTRIBUTE, 0, 0);
	return true;
}

static size_t
types_length(const struct marks *m)
{
	size_t len = 0;

	for (size_t i = 0; i < m->count; i++)
		len += m->items[i].type ? strlen(m->items[i].type) + 1 : 0;
	return len;
}

/* All in one piece of memory. */
static struct program *
assemble(const struct cutter *c)
{
	const struct marks *m = c->marks;
	size_t marks = m->count * sizeof(m->items[0]);
	size_t size = sizeof(struct program) + marks + c->ops->len +
		      c->bytes->len + types_length(m);
	struct program *p = memory_alloc(size);
	char *types;

	p->size = size;
	p->op_count = c->ops->len / sizeof(struct op);
	p->marks = (struct mark *)(void *)(p + 1);
	p->ops = (struct op *)(void *)(p->marks + m->count);
	p->bytes = (char *)(p->ops + p->op_count);
	memcpy(p->marks, m->items, marks);
	memcpy(p->ops, c->ops->data, c->ops->len);
	memcpy(p->bytes, c->bytes->data, c->bytes->len);
	types = p->bytes + c->bytes->len;
	for (size_t i = 0; i < m->count; i++) {
		if (!p->marks[i].type)
			continue;
		p->marks[i].type = types;
		types = stpcpy(types, m->items[i].type) + 1;
	}
	return p;
}

struct program *
program_create(const struct marks *m, const xmlNode *node)
{
	struct pool *pool = pool_create();
	struct cutter c = {.marks = m,
		.pool = pool,
		.bytes = buffer_create(pool),
		.ops = buffer_create(pool)};
	const struct html_eye eye = {see_text, see_attribute, &c};
	struct program *p = NULL;

	for (node = node->children; node; node = node->next)
		html_write(c.bytes, node, &eye);
	cut(&c, OP_BYTES);
	if (!c.failed && !m->failed && !marks_in(c.bytes->data))
		p = assemble(&c);
	pool_destroy(pool);
	return p;
}

struct program *
program_none(void)
{
	struct program *p = memory_alloc(sizeof(*p));

	p->size = sizeof(*p);
	return p;
}

bool
program_is_none(const struct program *p)
{
	return p->op_count == 0;
}

void
program_free(void *p)
{
	free(p);
}

size_t
program_size(const struct program *p)
{
	return p->size;
}

/* What a run has at hand. */
struct run {
	const struct program *program;
	struct pool *pool;
	enum lang lang;
	const char *const *values;
};

static const char *
value_of(const struct run *r, size_t mark)
{
	const struct mark *m = &r->program->marks[mark];
	const char *value;

	if (m->change == MARK_AS_IS)
		return r->values[m->of];
	value = value_of(r, m->of); /* made before, so it is a lower one */
	if (m->change == MARK_FORMAT)
		return format_value(r->pool, r->lang, m->type, value);
	if (m->change == MARK_TEL)
		return format_tel(r->pool, value);
	if (m->change == MARK_MAILTO)
		return format_mailto(r->pool, value);
	return format_unbroken(r->pool, value);
}

/* The value of an attribute in one: the pieces from op on. */
static const char *
join(const struct run *r, const struct op *op)
{
	struct buffer *b;

	if (op->kind == OP_VALUE && op[1].kind >= OP_ATTRIBUTE)
		return value_of(r, op->at);
	b = buffer_create(r->pool);
	for (; op->kind < OP_ATTRIBUTE; op++) {
		if (op->kind == OP_PIECE)
			buffer_add(b, r->program->bytes + op->at, op->len);
		else
			buffer_puts(b, value_of(r, op->at));
	}
	return b->data;
}

void
program_run(const struct program *p, struct pool *pool, enum lang lang,
	const char *const values[], struct buffer *out)
{
	const struct run r = {p, pool, lang, values};
	const struct op *end = p->ops + p->op_count;

	for (const struct op *op = p->ops; op < end; op++) {
		const struct op *first = op;

		if (op->kind == OP_BYTES) {
			buffer_add(out, p->bytes + op->at, op->len);
			continue;
		}
		if (op->kind == OP_TEXT) {
			html_text(out, value_of(&r, op->at));
			continue;
		}
		while (op->kind < OP_ATTRIBUTE)
			op++;
		html_attribute(out, join(&r, first), op->kind == OP_ADDRESS);
	}
}
