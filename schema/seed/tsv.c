#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tsv.h"

static char *
read_file(struct pool *pool, FILE *f)
{
	char *text = NULL;
	size_t len = 0, room = 0;
	char *copy;

	for (;;) {
		size_t got;

		if (room - len < 4096)
			text = memory_grow(text, room += 65536);
		got = fread(text + len, 1, room - len - 1, f);
		if (got == 0)
			break;
		len += got;
	}
	copy = pool_strndup(pool, text, len);
	free(text);
	return copy;
}

struct tsv
tsv_open(struct pool *pool, const char *dir, const char *name)
{
	struct tsv t = {0};
	FILE *f;

	t.pool = pool;
	t.path = pool_printf(pool, "%s/%s", dir, name);
	f = fopen(t.path, "re");
	if (!f) {
		fprintf(stderr, "seed: %s: %s\n", t.path, strerror(errno));
		exit(1);
	}
	t.rest = read_file(pool, f);
	fclose(f);
	return t;
}

int
tsv_next(struct tsv *t)
{
	char *line;

	do {
		line = strsep(&t->rest, "\n");
		t->line++;
	} while (line && (!*line || *line == '#'));
	if (!line)
		return 0;
	for (int i = 0; i < TSV_FIELDS; i++)
		t->field[i] = "";
	t->count = 0;
	while (line) {
		if (t->count == TSV_FIELDS)
			tsv_fail(t, "too many fields");
		t->field[t->count++] = strsep(&line, "\t");
	}
	return 1;
}

int
tsv_number(const struct tsv *t, int field)
{
	int64_t n = 0;

	if (!text_int(t->field[field], &n) || n < INT32_MIN || n > INT32_MAX)
		tsv_fail(t, "not a number");
	return (int)n;
}

void
tsv_fail(const struct tsv *t, const char *what)
{
	fprintf(stderr, "%s:%d: %s\n", t->path, t->line, what);
	exit(1);
}
