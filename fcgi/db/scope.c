#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../core/buffer.h"
#include "scope.h"

enum { ENTITIES_MAX = 40, TABLES_MAX = 100, PORTALS = 4, DEPTH_MAX = 3 };

static const char *const portal_names[PORTALS] = {
	NULL, "institution", "professional", "supplier"};

struct entity {
	const char *name;
	int group; /* of the tables that it is of */
	const char *predicate[PORTALS];
};

struct table {
	const char *name;
	int group; /* the "-- tables:" line; 0: shared */
};

static struct entity entities[ENTITIES_MAX];
static size_t entity_count;
static struct table tables[TABLES_MAX];
static size_t table_count;
static int group_count;

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static struct entity *
entity_find(const char *name, size_t len)
{
	for (size_t i = 0; i < entity_count; i++)
		if (strlen(entities[i].name) == len &&
			!strncmp(entities[i].name, name, len))
			return &entities[i];
	return NULL;
}

static void
complain(
	char *errors, size_t size, const char *file, int line, const char *what)
{
	size_t used = strlen(errors);

	if (used < size)
		snprintf(errors + used, size - used, "%s:%d: %s\n", file, line,
			what);
}

/* Where the predicate of the block that begins here goes; NULL: wrong. */
static const char **
block_begin(struct pool *p, char *words)
{
	char *save;
	const char *name = strtok_r(words, " \t", &save);
	const char *portal = strtok_r(NULL, " \t", &save);
	struct entity *e;

	if (!name || !portal)
		return NULL;
	e = entity_find(name, strlen(name));
	if (!e) {
		if (entity_count == ENTITIES_MAX)
			return NULL;
		e = &entities[entity_count++];
		e->name = pool_strdup(p, name);
		e->group = group_count;
	}
	for (int i = 1; i < PORTALS; i++)
		if (!strcmp(portal_names[i], portal))
			return e->predicate[i] ? NULL : &e->predicate[i];
	return NULL;
}

static const struct table *
table_find(const char *name, size_t len)
{
	for (size_t i = 0; i < table_count; i++)
		if (strlen(tables[i].name) == len &&
			!strncasecmp(tables[i].name, name, len))
			return &tables[i];
	return NULL;
}

enum scope_kind
scope_kind(const char *name, size_t len)
{
	const struct table *t = table_find(name, len);

	if (!t)
		return SCOPE_UNKNOWN;
	return t->group ? SCOPE_TENANT : SCOPE_SHARED;
}

bool
scope_is_of(const char *entity, size_t entity_len, const char *table,
	size_t table_len)
{
	const struct entity *e = entity_find(entity, entity_len);
	const struct table *t = table_find(table, table_len);

	return e && t && t->group && e->group == t->group;
}

/* False: one stands in a list already. */
static bool
tables_add(struct pool *p, char *words, int group)
{
	char *save;

	for (char *w = strtok_r(words, " \t", &save); w;
		w = strtok_r(NULL, " \t", &save)) {
		if (table_count == TABLES_MAX || table_find(w, strlen(w)))
			return false;
		tables[table_count++] =
			(struct table){pool_strdup(p, w), group};
	}
	return true;
}

/* A line of tables; *good false: it is wrong. */
static bool
read_tables(struct pool *p, char *line, bool *good)
{
	if (!strncmp(line, "-- tables:", 10))
		*good = tables_add(p, line + 10, ++group_count);
	else if (!strncmp(line, "-- shared:", 10))
		*good = tables_add(p, line + 10, 0);
	else
		return false;
	return true;
}

enum rc
scope_read(struct pool *p, const char *file, char *errors, size_t size)
{
	FILE *f = fopen(file, "re");
	struct buffer *text = buffer_create(p);
	const char **target = NULL;
	char *line = NULL;
	size_t room = 0;
	int number = 0;
	bool good = true, known = true;

	memset(entities, 0, sizeof(entities));
	entity_count = 0;
	table_count = 0;
	group_count = 0;
	if (!f) {
		complain(errors, size, file, 0, strerror(errno));
		return RC_FAIL;
	}
	while (getline(&line, &room, f) >= 0) {
		bool block = !strncmp(line, "-- :", 4);

		number++;
		line[strcspn(line, "\r\n")] = '\0';
		if (block && target) {
			*target = pool_strdup(p, text->data);
			target = NULL;
		}
		if (block) {
			buffer_clear(text);
			target = block_begin(p, line + 4);
			if (!target) {
				complain(errors, size, file, number,
					"not a block of its own");
				good = false;
			}
		} else if (read_tables(p, line, &known)) {
			if (!known)
				complain(errors, size, file, number,
					"a table stands in a list already");
			good &= known;
		} else if (strncmp(line, "--", 2) != 0 && target) {
			buffer_puts(text, line);
			buffer_putc(text, '\n');
		}
	}
	if (target)
		*target = pool_strdup(p, text->data);
	free(line);
	fclose(f);
	return good ? RC_OK : RC_FAIL;
}

/* As many arguments as there is room for; none: nothing is in the list. */
static void
add_list(struct buffer *out, const char *name, size_t len, size_t room)
{
	if (!room)
		buffer_puts(out, "NULL");
	for (size_t i = 0; i < room; i++)
		buffer_printf(out, "%s:scope_%.*s_%zu", i ? ", " : "", (int)len,
			name, i);
}

static bool add_predicate(struct buffer *, const char *, const char *, size_t,
	struct scope_view, int depth);

/* {entity alias}: its predicate in place. */
static bool
add_other(struct buffer *out, const char *token, size_t len,
	struct scope_view view, int depth)
{
	size_t name = strcspn(token, " ");
	const struct entity *e = entity_find(token, name);

	return e && e->predicate[view.portal] && depth < DEPTH_MAX &&
	       add_predicate(out, e->predicate[view.portal], token + name + 1,
		       len - name - 1, view, depth + 1);
}

/*
 * Copies a predicate, its tokens replaced. False: {ticked} does not end, or an
 * entity in it is none.
 */
static bool
add_predicate(struct buffer *out, const char *s, const char *alias,
	size_t alias_len, struct scope_view view, int depth)
{
	static const char begin[] = "{ticked}", end[] = "{/ticked}";

	buffer_putc(out, '(');
	while (*s) {
		size_t len = strcspn(s, "}") + 1;

		if (*s != '{') {
			buffer_putc(out, *s++);
			continue;
		}
		if (!strncmp(s, "{a}", 3)) {
			buffer_add(out, alias, alias_len);
		} else if (!strncmp(s, begin, sizeof(begin) - 1)) {
			if (!strstr(s, end))
				return false;
			if (!view.room) /* none is asked for */
				len = (size_t)(strstr(s, end) - s);
		} else if (memchr(s, ' ', len)) {
			if (!add_other(out, s + 1, len - 2, view, depth))
				return false;
		} else if (strncmp(s, end, sizeof(end) - 1) != 0) {
			add_list(out, s + 1, len - 2, view.room);
		}
		s += len;
	}
	buffer_putc(out, ')');
	return true;
}

/* Expands the token at s (behind "{scope:"); NULL: it is wrong. */
static const char *
expand_token(struct buffer *out, const char *s, struct scope_view view)
{
	size_t name = strcspn(s, " }");
	const char *alias = s + name + strspn(s + name, " ");
	size_t alias_len = strcspn(alias, " }");
	const char *end = strchr(alias, '}');
	struct entity *e = entity_find(s, name);
	bool good = true;

	if (!end || !e || !alias_len)
		return NULL;
	if (view.portal == DB_NOBODY || !e->predicate[view.portal])
		buffer_puts(out, "FALSE");
	else
		good = add_predicate(out, e->predicate[view.portal], alias,
			alias_len, view, 0);
	return good ? end + 1 : NULL;
}

const char *
scope_quoted_end(const char *s)
{
	char q = *s++;

	while (*s && *s != q)
		s += *s == '\\' && s[1] ? 2 : 1;
	return *s ? s + 1 : s;
}

/* Not fewer than there are. */
static size_t
names_max(const char *s)
{
	size_t n = 1;

	for (; *s; s++)
		n += *s == ':';
	return n;
}

static void
replace_names(struct pool *p, const char *s, struct scope_statement *st)
{
	struct buffer *out = buffer_create(NULL);
	const char **names = pool_calloc(p, names_max(s), sizeof(*names));

	st->count = 0;
	while (*s) {
		if (*s == '\'' || *s == '"' || *s == '`') {
			const char *end = scope_quoted_end(s);

			buffer_add(out, s, (size_t)(end - s));
			s = end;
		} else if (*s == ':' && isalpha((unsigned char)s[1])) {
			const char *end = s + 1;

			while (is_word(*end))
				end++;
			names[st->count++] =
				pool_strndup(p, s + 1, (size_t)(end - s - 1));
			buffer_putc(out, '?');
			s = end;
		} else {
			buffer_putc(out, *s++);
		}
	}
	st->sql = pool_strndup(p, out->data, out->len);
	st->names = names;
	buffer_free(out);
}

enum rc
scope_expand(struct pool *p, const char *text, struct scope_view view,
	struct scope_statement *st, char *error, size_t size)
{
	/* Many are kept for good: no room between them. */
	struct buffer *out = buffer_create(NULL);
	const char *s = text;

	while (s && *s) {
		const char *end = s + 1;

		if (!strncmp(s, "{scope:", 7))
			end = expand_token(out, s + 7, view);
		else
			buffer_putc(out, *s);
		if (!end)
			snprintf(error, size, "wrong scope at '%.30s'", s);
		s = end;
	}
	if (s)
		replace_names(p, out->data, st);
	buffer_free(out);
	return s ? RC_OK : RC_FAIL;
}
