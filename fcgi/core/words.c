#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "log.h"
#include "words.h"

enum { SLOTS_FIRST = 4096 };

/* Where its words begin in strings; 0: it has none. */
struct entry {
	uint32_t id;
	uint32_t text[LANG_COUNT];
};

/*
 * Each worker holds all of it: what is at hand for it, a hash table of
 * libxml2 for each language, takes more than twice as much.
 */
struct words {
	struct buffer *strings;
	struct buffer *entries;
	uint32_t *slots; /* by hash of id: an index from 1; 0: free */
	size_t slot_count;
	size_t missing;
};

static void
free_words(void *arg)
{
	struct words *w = arg;

	buffer_free(w->strings);
	buffer_free(w->entries);
	free(w->slots);
}

static size_t
count_of(const struct words *w)
{
	return w->entries->len / sizeof(struct entry);
}

static struct entry *
entry_at(const struct words *w, size_t i)
{
	return (struct entry *)(void *)w->entries->data + i;
}

static const char *
string_at(const struct words *w, uint32_t at)
{
	return at ? w->strings->data + at : NULL;
}

/* That of the id, or the free one where it goes (FNV-1a). */
static uint32_t *
slot_of(const struct words *w, const char *id)
{
	uint32_t hash = 2166136261U;
	size_t i;

	for (const char *s = id; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 16777619U;
	i = hash & (w->slot_count - 1);
	while (w->slots[i] &&
		strcmp(string_at(w, entry_at(w, w->slots[i] - 1)->id), id) != 0)
		i = (i + 1) & (w->slot_count - 1);
	return &w->slots[i];
}

static void
make_slots(struct words *w, size_t count)
{
	free(w->slots);
	w->slots = memory_alloc(count * sizeof(w->slots[0]));
	w->slot_count = count;
	for (size_t i = 0; i < count_of(w); i++)
		*slot_of(w, string_at(w, entry_at(w, i)->id)) = (uint32_t)i + 1;
}

static uint32_t
add_string(struct words *w, const char *s)
{
	size_t at = w->strings->len;

	buffer_add(w->strings, s, strlen(s) + 1);
	return (uint32_t)at;
}

static struct entry *
entry_of(struct words *w, const char *id)
{
	uint32_t *slot = slot_of(w, id);
	struct entry e = {0};

	if (*slot)
		return entry_at(w, *slot - 1);
	e.id = add_string(w, id);
	buffer_add(w->entries, &e, sizeof(e));
	*slot = (uint32_t)count_of(w);
	if (2 * count_of(w) > w->slot_count)
		make_slots(w, 2 * w->slot_count);
	return entry_at(w, count_of(w) - 1);
}

/* What the buffers have reserved for more is given back. */
static void
fit(struct buffer *b)
{
	b->size = b->len + 1;
	b->data = memory_grow(b->data, b->size);
}

/* Every run of white space as one space, none at the ends. */
static char *
collapse(char *text)
{
	char *to = text, *copy = text;

	for (const char *s = text; *s; s++) {
		if (!strchr(" \t\r\n", *s))
			*to++ = *s;
		else if (to > copy && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > copy && to[-1] == ' ')
		to--;
	*to = '\0';
	return copy;
}

/* False: it has words in this language. */
static bool
add_words(struct words *w, enum lang lang, const char *id, char *text)
{
	struct entry *e = entry_of(w, id);

	if (e->text[lang])
		return false;
	e->text[lang] = add_string(w, collapse(text));
	return true;
}

static void
add_text(struct words *w, enum lang lang, const char *file, xmlNode *node,
	struct buffer *errors)
{
	xmlChar *id = xmlGetNoNsProp(node, BAD_CAST "id");
	xmlChar *content = xmlNodeGetContent(node);
	long line = xmlGetLineNo(node);

	if (!xmlStrEqual(node->name, BAD_CAST "text") || !id || !*id) {
		buffer_printf(errors, "%s:%ld: expected <text id=\"…\">\n",
			file, line);
	} else if (xmlFirstElementChild(node)) {
		buffer_printf(errors, "%s:%ld: element inside text %s\n", file,
			line, (char *)id);
	} else if (!add_words(w, lang, (char *)id, (char *)content)) {
		buffer_printf(errors, "%s:%ld: text %s stands there twice\n",
			file, line, (char *)id);
	}
	xmlFree(content);
	xmlFree(id);
}

static void
report_xml(const char *file, struct buffer *errors)
{
	const xmlError *e = xmlGetLastError();

	buffer_printf(errors, "%s:%d: %s", file, e ? e->line : 0,
		e && e->message ? e->message : "can't be read\n");
}

static void
load_file(struct words *w, enum lang lang, const char *file,
	struct buffer *errors)
{
	xmlDoc *doc;

	xmlResetLastError();
	doc = xmlReadFile(file, NULL,
		XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR |
			XML_PARSE_NOWARNING);
	if (!doc) {
		report_xml(file, errors);
		return;
	}
	for (xmlNode *n = xmlFirstElementChild(xmlDocGetRootElement(doc)); n;
		n = xmlNextElementSibling(n))
		add_text(w, lang, file, n, errors);
	xmlFreeDoc(doc);
}

static int
is_text_file(const struct dirent *entry)
{
	const char *name = entry->d_name;
	size_t len = strlen(name);

	return len >= 6 && strcmp(name + len - 4, ".xml") == 0 &&
	       (name[2] == '.' || name[2] == '-');
}

static void
load_directory(struct words *w, struct pool *p, const char *directory,
	struct buffer *errors)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_text_file, alphasort);

	if (count <= 0)
		buffer_printf(errors, "%s:0: no texts\n", directory);
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (strncmp(name, lang_code((enum lang)lang), 2) == 0)
				load_file(w, (enum lang)lang,
					pool_printf(
						p, "%s/%s", directory, name),
					errors);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

struct words *
words_load(struct pool *p, const char *directory, struct buffer *errors)
{
	struct words *w = pool_alloc(p, sizeof(*w));

	pool_cleanup(p, free_words, w);
	w->strings = buffer_create(NULL);
	w->entries = buffer_create(NULL);
	buffer_putc(w->strings, '\0');
	make_slots(w, SLOTS_FIRST);
	load_directory(w, p, directory, errors);
	fit(w->strings);
	fit(w->entries);
	return w;
}

void
words_compare(const struct words *w, struct buffer *errors)
{
	for (size_t i = 0; i < count_of(w); i++)
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (!entry_at(w, i)->text[lang])
				buffer_printf(errors, "%s lacks text %s\n",
					lang_code((enum lang)lang),
					string_at(w, entry_at(w, i)->id));
}

const char *
words_find(const struct words *w, enum lang lang, const char *id)
{
	uint32_t slot = *slot_of(w, id);

	return slot ? string_at(w, entry_at(w, slot - 1)->text[lang]) : NULL;
}

/*
 * The value that the brace at s stands for, and its length; NULL where it
 * is an ordinary brace.
 */
static const char *
replacement(const char *s, size_t count, const char *const args[],
	const struct words_name *names, size_t *len)
{
	if (s[1] >= '1' && s[1] <= '9' && s[2] == '}') {
		size_t i = (size_t)(s[1] - '1');

		*len = 3;
		return i < count && args[i] ? args[i] : "";
	}
	for (; names && names->name; names++) {
		size_t n = strlen(names->name);

		if (strncmp(s + 1, names->name, n) == 0 && s[n + 1] == '}') {
			*len = n + 2;
			return names->value ? names->value : "";
		}
	}
	return NULL;
}

char *
words_named(struct words *w, struct pool *p, enum lang lang, const char *id,
	size_t count, const char *const args[], const struct words_name *names)
{
	const char *text = words_find(w, lang, id);
	const char *brace;
	struct buffer *b;

	if (!text) {
		w->missing++;
		log_event(LOG_ERROR, "text-missing", "id", id, "lang",
			lang_code(lang), NULL);
		return pool_printf(p, "[[%s]]", id);
	}
	if (!strchr(text, '{'))
		return pool_strdup(p, text);
	b = buffer_create(p);
	while ((brace = strchr(text, '{'))) {
		size_t len = 1;
		const char *value =
			replacement(brace, count, args, names, &len);

		buffer_add(b, text, (size_t)(brace - text));
		buffer_puts(b, value ? value : "{");
		text = brace + len;
	}
	buffer_puts(b, text);
	return b->data;
}

char *
words_text(struct words *w, struct pool *p, enum lang lang, const char *id,
	size_t count, const char *const args[])
{
	return words_named(w, p, lang, id, count, args, NULL);
}

size_t
words_missing(const struct words *w)
{
	return w->missing;
}
