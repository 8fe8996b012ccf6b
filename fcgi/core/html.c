#include <string.h>
#include <strings.h>

#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>

#include "html.h"

/* What a byte asks for: 0 is written as it is. */
enum {
	BY_ENTITY = 1,	/* < > & everywhere; control bytes are left out */
	BY_PERCENT = 2, /* in addresses */
};

static inline int
kind_of(unsigned char c)
{
	static const char ascii[] = "\3\3\3\3\3\3\3\3\3\2\2\3\3\2\3\3"
				    "\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3"
				    "\2\0\2\0\2\0\1\0\0\0\0\0\0\0\0\0"
				    "\0\0\0\0\0\0\0\0\0\0\0\0\1\0\1\0"
				    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				    "\0\0\0\0\0\0\0\0\0\0\0\2\2\2\2\0"
				    "\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				    "\0\0\0\0\0\0\0\0\0\0\0\2\2\2\0\2";

	return c < 128 ? ascii[c] : BY_PERCENT;
}

static bool
one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (((name[0] ^ (*names)[0]) & ~0x20) == 0 &&
			strcasecmp(name, *names) == 0)
			return true;
	return false;
}

static bool
is_void(const char *name)
{
	static const char *const names[] = {"area", "base", "basefont", "br",
		"col", "frame", "hr", "img", "input", "isindex", "link", "meta",
		"param", NULL};

	return one_of(name, names);
}

static bool
is_boolean(const char *name)
{
	static const char *const names[] = {"checked", "compact", "declare",
		"defer", "disabled", "ismap", "multiple", "nohref", "noresize",
		"noshade", "nowrap", "readonly", "selected", NULL};

	return one_of(name, names);
}

static bool
is_raw(const char *name)
{
	static const char *const names[] = {"script", "style", NULL};

	return one_of(name, names);
}

static bool
is_address(const char *element, const char *name)
{
	static const char *const names[] = {"href", "action", "src", NULL};

	return one_of(name, names) ||
	       (strcasecmp(name, "name") == 0 && strcasecmp(element, "a") == 0);
}

/* Nothing for a control byte. */
static void
add_entity(struct buffer *out, unsigned char c)
{
	switch (c) {
	case '<':
		buffer_add(out, "&lt;", 4);
		break;
	case '>':
		buffer_add(out, "&gt;", 4);
		break;
	case '&':
		buffer_add(out, "&amp;", 5);
		break;
	default:
		break;
	}
}

static void
add_percent(struct buffer *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char code[] = {'%', digits[c >> 4], digits[c & 15]};

	buffer_add(out, code, sizeof(code));
}

void
html_text(struct buffer *out, const char *text)
{
	for (;;) {
		const char *s = text;

		while (*s && !(kind_of((unsigned char)*s) & BY_ENTITY))
			s++;
		buffer_add(out, text, (size_t)(s - text));
		if (!*s)
			return;
		add_entity(out, (unsigned char)*s);
		text = s + 1;
	}
}

/*
 * What HTML 4 leaves alone in attributes: <!--…--> and &{…}. Its length, or
 * 0. The brackets have no meaning within quotes.
 */
static size_t
left_alone(const char *s)
{
	const char *end = NULL;

	if (strncmp(s, "<!--", 4) == 0)
		end = strstr(s, "-->");
	if (end)
		return (size_t)(end - s) + 3;
	if (s[0] == '&' && s[1] == '{')
		end = strchr(s, '}');
	return end ? (size_t)(end - s) + 1 : 0;
}

static void
add_alone(struct buffer *out, const char *s, size_t len, int kind, bool quote)
{
	for (const char *end = s + len; s < end; s++) {
		if (kind_of((unsigned char)*s) & kind & BY_PERCENT)
			add_percent(out, (unsigned char)*s);
		else if (quote && *s == '"')
			buffer_add(out, "&quot;", 6);
		else
			buffer_putc(out, *s);
	}
}

/* kind: what is escaped; quote: " too. */
static void
add_value(struct buffer *out, const char *s, int kind, bool quote)
{
	while (*s) {
		unsigned char c = (unsigned char)*s;
		size_t alone;

		if (!(kind_of(c) & kind) && !(quote && c == '"')) {
			const char *from = s;

			do
				c = (unsigned char)*++s;
			while (c && !(kind_of(c) & kind) &&
				!(quote && c == '"'));
			buffer_add(out, from, (size_t)(s - from));
			continue;
		}
		alone = left_alone(s);
		if (alone) {
			add_alone(out, s, alone, kind, quote);
			s += alone;
			continue;
		}
		if (kind_of(c) & BY_ENTITY)
			add_entity(out, c);
		else if (kind & BY_PERCENT)
			add_percent(out, c);
		else
			buffer_add(out, "&quot;", 6);
		s++;
	}
}

void
html_attribute(struct buffer *out, const char *value, bool address)
{
	bool twice = !address && strchr(value, '"');
	bool both = twice && strchr(value, '\'');
	char quote = twice && !both ? '\'' : '"';

	if (address)
		while (*value && (unsigned char)*value <= ' ')
			value++;
	buffer_putc(out, quote);
	add_value(out, value, BY_ENTITY | (address ? BY_PERCENT : 0), both);
	buffer_putc(out, quote);
}

static void
add_string(struct buffer *out, const char *s)
{
	buffer_add(out, s, strlen(s));
}

static void
write_attribute(struct buffer *out, const char *element, const xmlAttr *a,
	const struct html_eye *eye)
{
	const char *name = (const char *)a->name;
	const char *value;
	bool address;

	buffer_putc(out, ' ');
	add_string(out, name);
	if (!a->children || is_boolean(name))
		return;
	value = (const char *)a->children->content;
	address = is_address(element, name);
	buffer_putc(out, '=');
	if (!eye || !eye->attribute(eye->arg, value, address))
		html_attribute(out, value, address);
}

static void
write_text(struct buffer *out, const xmlNode *node, const struct html_eye *eye)
{
	const char *text = (const char *)node->content;

	if (!text)
		return;
	if (node->name == xmlStringTextNoenc ||
		(node->parent && is_raw((const char *)node->parent->name)))
		add_string(out, text);
	else if (!eye || !eye->text(eye->arg, text))
		html_text(out, text);
}

/* An element as a stylesheet without namespaces makes it. */
static bool
is_ours(const xmlNode *node)
{
	if (node->ns || node->nsDef)
		return false;
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (a->ns ||
			(a->children && (a->children->type != XML_TEXT_NODE ||
						a->children->next)))
			return false;
	return true;
}

static int
write_bytes(void *out, const char *bytes, int len)
{
	buffer_add(out, bytes, (size_t)len);
	return len;
}

/* All else that there is. */
static void
write_foreign(struct buffer *out, const xmlNode *node)
{
	xmlOutputBuffer *o =
		xmlOutputBufferCreateIO(write_bytes, NULL, out, NULL);

	htmlNodeDumpFormatOutput(
		o, node->doc, (xmlNode *)(uintptr_t)node, "UTF-8", 0);
	xmlOutputBufferClose(o);
}

static void
end_tag(struct buffer *out, const char *name)
{
	buffer_add(out, "</", 2);
	add_string(out, name);
	buffer_putc(out, '>');
}

/* The start tag. Is there more to come of this element? */
static bool
start_tag(struct buffer *out, const xmlNode *node, const struct html_eye *eye)
{
	const char *name = (const char *)node->name;

	buffer_putc(out, '<');
	add_string(out, name);
	for (const xmlAttr *a = node->properties; a; a = a->next)
		write_attribute(out, name, a, eye);
	buffer_putc(out, '>');
	if (is_void(name))
		return false;
	if (node->children)
		return true;
	if (strcasecmp(name, "li") != 0)
		end_tag(out, name);
	return false;
}

/* One node without what is below it; true: go there. */
static bool
write_node(struct buffer *out, const xmlNode *node, const struct html_eye *eye)
{
	switch (node->type) {
	case XML_TEXT_NODE:
		write_text(out, node, eye);
		return false;
	case XML_ELEMENT_NODE:
		if (is_ours(node))
			return start_tag(out, node, eye);
		/* fall through */
	default:
		write_foreign(out, node);
		return false;
	}
}

void
html_write(struct buffer *out, const xmlNode *root, const struct html_eye *eye)
{
	const xmlNode *node = root;

	for (;;) {
		if (write_node(out, node, eye)) {
			node = node->children;
			continue;
		}
		while (node != root && !node->next) {
			node = node->parent;
			end_tag(out, (const char *)node->name);
		}
		if (node == root)
			return;
		node = node->next;
	}
}
