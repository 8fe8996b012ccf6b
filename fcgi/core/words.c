#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/hash.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "log.h"
#include "words.h"

enum { IDS_EXPECTED = 2048 };

struct words {
	struct pool *pool;
	xmlHashTable *tables[LANG_COUNT];
	size_t missing;
};

static void
free_tables(void *arg)
{
	struct words *w = arg;

	for (int i = 0; i < LANG_COUNT; i++)
		xmlHashFree(w->tables[i], NULL);
}

/* A copy with every run of white space as one space, none at the ends. */
static char *
collapse(struct pool *p, const char *s)
{
	char *copy = pool_alloc(p, strlen(s) + 1);
	char *to = copy;

	for (; *s; s++) {
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
	} else if (xmlHashAddEntry(w->tables[lang], id,
			   collapse(w->pool, (char *)content)) < 0) {
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
load_directory(struct words *w, const char *directory, struct buffer *errors)
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
					pool_printf(w->pool, "%s/%s", directory,
						name),
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

	w->pool = p;
	for (int i = 0; i < LANG_COUNT; i++)
		w->tables[i] = xmlHashCreate(IDS_EXPECTED);
	pool_cleanup(p, free_tables, w);
	load_directory(w, directory, errors);
	return w;
}

struct comparison {
	xmlHashTable *other;
	const char *lacks;
	struct buffer *errors;
};

static void
compare_text(void *payload, void *data, const xmlChar *id)
{
	struct comparison *c = data;

	(void)payload;
	if (!xmlHashLookup(c->other, id))
		buffer_printf(c->errors, "%s lacks text %s\n", c->lacks,
			(const char *)id);
}

void
words_compare(const struct words *w, struct buffer *errors)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		for (int j = 0; j < LANG_COUNT; j++) {
			struct comparison c = {
				w->tables[j], lang_code((enum lang)j), errors};

			if (i != j)
				xmlHashScan(w->tables[i], compare_text, &c);
		}
	}
}

const char *
words_find(const struct words *w, enum lang lang, const char *id)
{
	return xmlHashLookup(w->tables[lang], BAD_CAST id);
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
