#include <stdbool.h>
#include <string.h>

#include "render_run.h"

enum { WIDTH = 76 };

struct plain {
	struct buffer *out;
	size_t column; /* characters on the line */
	bool space;    /* a space is due before the next word */
	int breaks;    /* line ends that are due before it */
};

static bool
is_one_of(const xmlNode *node, const char *names)
{
	size_t len = strlen((const char *)node->name);

	for (const char *s = names; (s = strstr(s, (char *)node->name));
		s += len)
		if ((s == names || s[-1] == ' ') && strchr(" ", s[len]))
			return true;
	return false;
}

static void
want_breaks(struct plain *t, int count)
{
	t->space = false;
	if (t->out->len && t->breaks < count)
		t->breaks = count;
}

static size_t
characters(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static void
add_word(struct plain *t, const char *word, size_t len)
{
	size_t width = characters(word, len);

	if (t->space && t->column && t->column + 1 + width > WIDTH) {
		buffer_putc(t->out, '\n');
		t->column = 0;
		t->space = false;
	}
	for (; t->breaks; t->breaks--) {
		buffer_putc(t->out, '\n');
		t->column = 0;
	}
	if (t->space && t->column) {
		buffer_putc(t->out, ' ');
		t->column++;
	}
	buffer_add(t->out, word, len);
	t->column += width;
	t->space = false;
}

static void
add_text(struct plain *t, const char *s)
{
	while (*s) {
		size_t len = strcspn(s, " \t\r\n");

		if (len)
			add_word(t, s, len);
		s += len;
		if (*s) {
			t->space = true;
			s += strspn(s, " \t\r\n");
		}
	}
}

static void add_nodes(struct plain *t, const xmlNode *node);

static void
add_link(struct plain *t, const xmlNode *node)
{
	xmlChar *href = xmlGetNoNsProp(node, BAD_CAST "href");
	xmlChar *words = xmlNodeGetContent(node);

	add_nodes(t, node->children);
	if (href && strncmp((char *)href, "http", 4) == 0 &&
		!xmlStrEqual(href, words)) {
		want_breaks(t, 1);
		add_text(t, (char *)href);
		want_breaks(t, 1);
	}
	xmlFree(words);
	xmlFree(href);
}

static void
add_element(struct plain *t, const xmlNode *node)
{
	if (is_one_of(node, "head style title img"))
		return;
	if (is_one_of(node, "br")) {
		want_breaks(t, 1);
	} else if (is_one_of(node, "p h1 h2 h3 table ul ol")) {
		want_breaks(t, 2);
		add_nodes(t, node->children);
		want_breaks(t, 2);
	} else if (is_one_of(node, "tr li div")) {
		want_breaks(t, 1);
		if (is_one_of(node, "li"))
			add_text(t, "- ");
		add_nodes(t, node->children);
		want_breaks(t, 1);
	} else if (is_one_of(node, "th")) {
		add_nodes(t, node->children);
		add_text(t, ": ");
	} else if (is_one_of(node, "a")) {
		add_link(t, node);
	} else {
		add_nodes(t, node->children);
	}
}

static void
add_nodes(struct plain *t, const xmlNode *node)
{
	for (; node; node = node->next) {
		if (node->type == XML_TEXT_NODE)
			add_text(t, (const char *)node->content);
		else if (node->type == XML_ELEMENT_NODE)
			add_element(t, node);
	}
}

char *
plain_text(struct pool *p, const xmlNode *body)
{
	struct plain t = {.out = buffer_create(p)};

	add_nodes(&t, body->children);
	buffer_putc(t.out, '\n');
	return t.out->data;
}
