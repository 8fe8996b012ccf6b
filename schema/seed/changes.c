#include <stdlib.h>
#include <string.h>

#include "seed.h"

/*
 * What customers asked to have changed of their locations: those of
 * changes.tsv, the oldest first.
 */

static int
org_of(const struct world *w, const struct tsv *t)
{
	for (int i = 0; i < w->orgs.count; i++)
		if (strcmp(w->orgs.at[i].code, t->field[1]) == 0)
			return i + 1;
	tsv_fail(t, "no such organisation");
}

static int
asker_of(const struct world *w, const struct tsv *t)
{
	for (int i = 0; i < w->accounts.count; i++)
		if (strcmp(w->accounts.at[i].email, t->field[5]) == 0)
			return i + 1;
	tsv_fail(t, "no such account");
}

static struct value
v_given(const struct tsv *t, int field)
{
	return v_text(strcmp(t->field[field], "-") ? t->field[field] : NULL);
}

/* Lines, where the file has semicolons. */
static struct value
v_lines(const struct world *w, const struct tsv *t, int field)
{
	char *lines = pool_strdup(w->pool, t->field[field]);

	if (!strcmp(lines, "-"))
		return v_text(NULL);
	for (char *s = lines; *s; s++)
		if (*s == ';')
			*s = '\n';
	return v_text(lines);
}

static void
write_change(const struct world *w, const struct tsv *t, struct batch *batch,
	int number)
{
	int org = org_of(w, t);
	int day = w->today - tsv_number(t, 6);
	bool add = strcmp(t->field[2], "add") == 0;
	bool asked = strcmp(t->field[4], "asked") == 0;
	int place = add ? 0 : place_by_name(w, org, t->field[3]);

	if (!add && !place)
		tsv_fail(t, "no such location");
	BATCH_ROW(batch,
		v_text(pool_printf(
			w->pool, "L%d-%04d", day_year(w->today), number)),
		v_number(org), v_text(t->field[2]), v_text(t->field[4]),
		v_id(place), v_given(t, 7), v_given(t, 8), v_given(t, 9),
		v_given(t, 10), v_lines(w, t, 11), v_text(t->field[12]),
		v_number(asker_of(w, t)), v_moment(moment(day, 10, 20)),
		v_id(asked ? 0 : GET(w->orgs, org)->advisor),
		v_moment(asked ? 0 : moment(day + 1, 9, 40)), v_given(t, 13));
}

void
changes_write(const struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "changes.tsv");
	struct batch *change = batch_open(w->db, "location_change",
		"number,organisation_id,kind,state,place_id,name,street,"
		"postcode,city,departments,explanation,requester_id,asked_at,"
		"answered_by,answered_at,reason");
	struct batch *counter;
	int count = 0;

	while (tsv_next(&t))
		write_change(w, &t, change, ++count);
	batch_close(change);
	counter = batch_open(w->db, "counter", "series,year,value");
	BATCH_ROW(counter, v_text("location"), v_number(day_year(w->today)),
		v_number(count));
	batch_close(counter);
}
