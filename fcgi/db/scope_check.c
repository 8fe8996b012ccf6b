#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "scope.h"

/*
 * Reads a statement as far as it must to know each table in it: the words
 * behind FROM, JOIN, INTO and UPDATE, and what a comma adds to them, at any
 * depth of brackets. What it does not understand it refuses.
 */
enum { DEPTH_MAX = 32, SELECTS_MAX = 64, TABLES_MAX = 64, NAMES_MAX = 16 };

/* A word or a bracketed token, where it stands in the text. */
struct word {
	const char *s;
	size_t len;
};

/* A table somewhere in the statement, and what it is called there. */
struct occurrence {
	struct word table, alias;
	int select;
	bool good;
};

/* {scope:entity alias} */
struct token {
	struct word entity, alias;
	int select;
	int until; /* a query around it that it does not filter; -1: none */
};

/* A bracket that is open; the first is the statement itself. */
struct level {
	int select;
	bool begins_select; /* (SELECT …), not one of an expression */
	bool tables;	    /* in a list of tables */
	bool wanted;	    /* a table comes next */
};

struct check {
	const char *s;
	struct level levels[DEPTH_MAX];
	int depth;
	int parent[SELECTS_MAX];
	bool filters[SELECTS_MAX]; /* past its list of columns */
	int selects;
	struct occurrence tables[TABLES_MAX];
	int table_count;
	struct token tokens[TABLES_MAX];
	int token_count;
	struct word names[NAMES_MAX]; /* of WITH */
	int name_count;
	bool naming; /* in WITH: a name comes next */
	int with;    /* how deep it stands; -1: not in one */
	struct word last;
	char *error;
	size_t size;
};

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static bool
is(struct word w, const char *text)
{
	return strlen(text) == w.len && !strncasecmp(w.s, text, w.len);
}

static bool
is_one_of(struct word w, const char *const *texts)
{
	for (; *texts; texts++)
		if (is(w, *texts))
			return true;
	return false;
}

static bool
same(struct word a, struct word b)
{
	return a.len == b.len && !strncasecmp(a.s, b.s, a.len);
}

static bool
refuse(struct check *c, const char *what, struct word w)
{
	snprintf(c->error, c->size, "%s '%.*s'", what, (int)w.len, w.s);
	return false;
}

static const char *
skip_space(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

/* The word at s, a name in ` too; of no length where there is none. */
static struct word
word_at(const char *s)
{
	struct word w = {s, 0};

	if (*s == '`') {
		w.s = s + 1;
		w.len = strcspn(w.s, "`");
	} else {
		while (is_word(s[w.len]))
			w.len++;
	}
	return w;
}

static const char *
end_of(struct word w)
{
	return w.s + w.len + (w.s[w.len] == '`');
}

static struct level *
now(struct check *c)
{
	return &c->levels[c->depth];
}

static bool
new_select(struct check *c, struct level *l, int parent)
{
	if (c->selects == SELECTS_MAX)
		return refuse(c, "too many queries", (struct word){"", 0});
	c->parent[c->selects] = parent;
	l->select = c->selects++;
	return true;
}

/* What may follow the name of a table, and is no alias of it. */
static const char *const no_alias[] = {"on", "using", "where", "join", "left",
	"right", "inner", "cross", "natural", "straight_join", "set", "group",
	"order", "having", "limit", "union", "except", "intersect", "for",
	"lock", "force", "use", "ignore", "values", "value", "select",
	"returning", "partition", NULL};

static bool
add_table(struct check *c, struct word table)
{
	struct occurrence *o = &c->tables[c->table_count];
	struct word alias;

	c->s = skip_space(end_of(table));
	if (*c->s == '.')
		return refuse(c, "a table of another database", table);
	if (c->table_count == TABLES_MAX)
		return refuse(c, "too many tables", table);
	for (int i = 0; i < c->name_count; i++)
		if (same(c->names[i], table))
			return true;
	if (is(word_at(c->s), "as"))
		c->s = skip_space(c->s + 2);
	alias = word_at(c->s);
	if (!alias.len || is_one_of(alias, no_alias))
		alias = table;
	else
		c->s = end_of(alias);
	*o = (struct occurrence){table, alias, now(c)->select, false};
	c->table_count++;
	return true;
}

/* The word where a table is wanted. */
static bool
read_table(struct check *c, struct word w)
{
	static const char *const before[] = {"ignore", "into", "lateral",
		"low_priority", "high_priority", "delayed", "from", NULL};
	bool into = is(c->last, "into");

	if (*c->s != '`' && is_one_of(w, before)) {
		c->s = end_of(w);
		c->last = w;
		return true;
	}
	now(c)->wanted = false;
	now(c)->tables = !into;
	c->s = skip_space(end_of(w));
	if (*c->s == '(' && !into)
		return is(w, "json_table") ||
		       refuse(c, "not known to be no table", w);
	return add_table(c, w);
}

/* Does a table follow this word? */
static bool
leads_to_table(const struct check *c, const struct level *l, struct word w)
{
	bool first = c->last.len == 0 && c->depth == 0;

	if (is(w, "from"))
		return l->begins_select;
	if (is(w, "insert") || is(w, "replace"))
		return first;
	if (is(w, "join") || is(w, "straight_join"))
		return l->tables;
	if (is(w, "update"))
		return !is(c->last, "key") && !is(c->last, "for");
	return is(w, "into");
}

static bool
read_name(struct check *c, struct word w)
{
	if (c->name_count == NAMES_MAX ||
		scope_kind(w.s, w.len) != SCOPE_UNKNOWN)
		return refuse(c, "no name for WITH:", w);
	c->names[c->name_count++] = w;
	c->naming = false;
	return true;
}

static bool
read_keyword(struct check *c, struct word w)
{
	static const char *const end[] = {
		"where", "set", "group", "having", "order", "limit", NULL};
	static const char *const again[] = {
		"union", "except", "intersect", NULL};
	struct level *l = now(c);

	if (leads_to_table(c, l, w)) {
		l->wanted = true;
		c->filters[l->select] |= is(w, "from") || is(w, "update");
	} else if (is(w, "with") && l->begins_select) {
		c->with = c->depth;
		c->naming = true;
	} else if (is(w, "select") && c->with == c->depth) {
		c->with = -1;
	} else if (l->begins_select && is_one_of(w, end)) {
		l->tables = false;
	} else if (l->begins_select && is_one_of(w, again)) {
		l->tables = false;
		return new_select(c, l, c->parent[l->select]);
	}
	return true;
}

/* A word that is not the name of a table. */
static bool
read_word(struct check *c, struct word w)
{
	bool good = true;

	if (c->naming && !is(w, "recursive"))
		good = read_name(c, w);
	else if (*c->s != '`')
		good = read_keyword(c, w);
	c->last = w;
	c->s = end_of(w);
	return good;
}

static bool
open_bracket(struct check *c)
{
	struct word next = word_at(skip_space(c->s));
	bool select = is(next, "select") || is(next, "with");
	bool into = is(c->last, "into");
	struct level *outer = now(c);
	struct level *l = outer + 1;
	bool join = outer->wanted && !select && !into;

	if (c->depth + 1 == DEPTH_MAX)
		return refuse(c, "too many brackets", next);
	*l = (struct level){outer->select, select, join, join};
	outer->tables |= outer->wanted && !into;
	outer->wanted = false;
	c->depth++;
	return !select || new_select(c, l, outer->select);
}

static bool
read_scope(struct check *c)
{
	struct token *t = &c->tokens[c->token_count];

	t->entity = word_at(c->s + 7);
	t->alias = word_at(skip_space(end_of(t->entity)));
	t->select = now(c)->select;
	c->s += strcspn(c->s, "}");
	if (*c->s != '}')
		return refuse(c, "a token without end", t->entity);
	c->s++;
	t->until = t->select;
	while (t->until >= 0 && c->filters[t->until])
		t->until = c->parent[t->until];
	/* Among the columns it shows something, and leaves nothing out. */
	if (t->until != t->select && ++c->token_count == TABLES_MAX)
		return refuse(c, "too many tokens", t->entity);
	return true;
}

static bool
read_mark(struct check *c)
{
	char mark = *c->s++;

	switch (mark) {
	case '(':
		return open_bracket(c);
	case ')':
		return c->depth-- > 0 ||
		       refuse(c, "too many", (struct word){")", 1});
	case ',':
		c->naming = c->with == c->depth;
		now(c)->wanted = now(c)->tables;
		return true;
	case '.':
	case ':':
	case '@':
		/* A name of its own kind, whatever it reads like. */
		c->s = end_of(word_at(c->s));
		return true;
	case '\'':
	case '"':
		c->s = scope_quoted_end(c->s - 1);
		return true;
	case ';':
	case '#':
		return refuse(c, "not in a statement", (struct word){&mark, 1});
	case '/':
	case '-':
		return (*c->s != '*' && *c->s != '-') ||
		       refuse(c, "not in a statement",
			       (struct word){"a comment", 9});
	default:
		return true;
	}
}

static bool
read_all(struct check *c)
{
	bool good = true;

	while (good && *(c->s = skip_space(c->s))) {
		struct word w = word_at(c->s);

		if (!strncmp(c->s, "{scope:", 7))
			good = read_scope(c);
		else if (!w.len)
			good = read_mark(c);
		else if (now(c)->wanted)
			good = read_table(c, w);
		else
			good = read_word(c, w);
	}
	return good;
}

/* Marks the table that the token is for: the nearest of that name. */
static bool
use_token(struct check *c, const struct token *t)
{
	for (int select = t->select; select != t->until;
		select = c->parent[select])
		for (int i = 0; i < c->table_count; i++) {
			struct occurrence *o = &c->tables[i];

			if (o->select != select || !same(o->alias, t->alias))
				continue;
			o->good = true;
			return scope_is_of(t->entity.s, t->entity.len,
				       o->table.s, o->table.len) ||
			       refuse(c, "the scope is not one of", o->table);
		}
	return refuse(c, "a scope for no table", t->alias);
}

static bool
is_open(const struct occurrence *o)
{
	return !o->good && scope_kind(o->table.s, o->table.len) == SCOPE_TENANT;
}

/* The tables of that alias, or all, need no scope. */
static bool
excuse(struct check *c, struct word alias)
{
	bool found = false;

	for (int i = 0; i < c->table_count; i++) {
		struct occurrence *o = &c->tables[i];

		if (is_open(o) && (is(alias, "none") || same(o->alias, alias)))
			o->good = found = true;
	}
	return found || refuse(c, "a note without need:", alias);
}

/* Lines of aliases, or none, and a reason. */
static bool
use_note(struct check *c, const char *note)
{
	while (*note) {
		size_t len = strcspn(note, "\n");
		struct word w;

		if (!memmem(note, len, ", because ", 10))
			return refuse(c, "no `, because' in the note",
				(struct word){note, len});
		for (const char *s = note; (w = word_at(s)).len;
			s = skip_space(end_of(w)))
			if (!excuse(c, w))
				return false;
		note += len + (note[len] == '\n');
	}
	return true;
}

static bool
judge(struct check *c)
{
	for (int i = 0; i < c->table_count; i++) {
		struct word table = c->tables[i].table;
		struct word alias = c->tables[i].alias;

		if (scope_kind(table.s, table.len) == SCOPE_UNKNOWN)
			return refuse(
				c, "in no list of access/scope.sql:", table);
		if (!is_open(&c->tables[i]))
			continue;
		snprintf(c->error, c->size,
			"no scope on the tenants' table %.*s: want "
			"{scope:... %.*s}, or a note `%.*s, because ...'",
			(int)table.len, table.s, (int)alias.len, alias.s,
			(int)alias.len, alias.s);
		return false;
	}
	return true;
}

enum rc
scope_check(const char *text, const char *note, char *error, size_t size)
{
	struct check c = {.s = text, .with = -1, .error = error, .size = size};
	bool good;

	c.levels[0].begins_select = true;
	good = new_select(&c, &c.levels[0], -1) && read_all(&c);
	for (int i = 0; good && i < c.token_count; i++)
		good = use_token(&c, &c.tokens[i]);
	if (good && note)
		good = use_note(&c, note);
	return good && judge(&c) ? RC_OK : RC_FAIL;
}
