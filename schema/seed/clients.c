#include <stdio.h>
#include <string.h>

#include "seed.h"

/*
 * Who is in care. A client's row follows from the id alone; a location's
 * clients have ids in a row.
 */

enum { CLIENTS_PER_HUNDRED_AIDS = 27 };

void
clients_plan(struct world *w)
{
	for (int id = 1; id <= w->aids.count; id++) {
		int place = GET(w->aids, id)->place;
		int location = GET(w->places, place)->location;

		if (location)
			GET(w->places, location)->client_count++;
	}
	for (int id = 1; id <= w->places.count; id++) {
		struct place *p = GET(w->places, id);

		if (p->kind != PLACE_LOCATION)
			continue;
		p->client_count =
			p->client_count * CLIENTS_PER_HUNDRED_AIDS / 100 + 2;
		p->clients = w->client_count + 1;
		w->client_count += p->client_count;
	}
}

int
client_at(const struct world *w, int place, struct rng *r)
{
	int location = GET(w->places, place)->location;
	const struct place *p;

	if (!location)
		return 0;
	p = GET(w->places, location);
	return p->clients + rng_below(r, p->client_count);
}

static void
write_client(const struct world *w, struct batch *b, int id, int location)
{
	static const char initials[] = "AAABBCDEEFGGHHIJJJKLMMNOPRSTTWY";
	struct rng r = rng_for(SALT_CLIENT, (uint64_t)id);
	const char *title = rng_chance(&r, 680) ? "Mw." : "Dhr.";
	const char *surname = name_of(w, NAME_SURNAME, &r);
	char a = initials[rng_below(&r, sizeof(initials) - 1)];
	char c = initials[rng_below(&r, sizeof(initials) - 1)];
	char name[100], room[20];
	int born = day_parse("1930-01-01") + rng_below(&r, 21 * 365);

	if (rng_chance(&r, 400))
		snprintf(name, sizeof(name), "%s %c.%c. %s", title, a, c,
			surname);
	else
		snprintf(name, sizeof(name), "%s %c. %s", title, a, surname);
	snprintf(room, sizeof(room), "%d%02d", rng_below(&r, 4),
		rng_between(&r, 1, 40));
	BATCH_ROW(b, v_number(id), v_number(GET(w->places, location)->org),
		v_number(location), v_text(name), v_day(born), v_text(room),
		v_moment(moment(w->today - w->history - rng_between(&r, 1, 700),
			11, 20)));
}

void
clients_write(const struct world *w)
{
	struct batch *b = batch_open(w->db, "client",
		"id,organisation_id,location_id,name,born,room,created_at");

	for (int id = 1; id <= w->places.count; id++) {
		const struct place *p = GET(w->places, id);

		for (int i = 0; i < p->client_count; i++)
			write_client(w, b, p->clients + i, id);
	}
	batch_close(b);
}
