#include <stdlib.h>
#include <string.h>

#include "places.h"

enum { ROOM = 4, ROOM_TIMES = 4 };

/* whole: with all that lies in it. */
struct place {
	int64_t id;
	int64_t location;
	bool whole;
};

void
places_keep(struct places *p, const struct db_rows *rows)
{
	p->at = memory_alloc((rows->count + 1) * sizeof(*p->at));
	for (size_t i = 0; i < rows->count; i++)
		p->at[i] = (struct place){db_num(db_row(rows, i), "place_id"),
			db_num(db_row(rows, i), "location_id"),
			db_num(db_row(rows, i), "whole_subtree") != 0};
	p->count = rows->count;
	p->known = true;
}

void
places_forget(struct places *p)
{
	free(p->at);
	*p = (struct places){0};
}

void
places_key(const struct places *p, struct buffer *key)
{
	for (size_t i = 0; i < p->count; i++) {
		const int64_t place[] = {
			p->at[i].id, p->at[i].location, p->at[i].whole};

		buffer_add(key, place, sizeof(place));
	}
}

size_t
places_room(const struct places *p)
{
	size_t room = ROOM;

	while (room < p->count)
		room *= ROOM_TIMES;
	return room;
}

bool
places_arg(const struct places *p, const char *name, struct db_arg *arg)
{
	static const struct place none = {0};
	const char *number = strrchr(name, '_') + 1;
	size_t i = strtoul(number, NULL, 10);
	const struct place *place = i < p->count ? &p->at[i] : &none;
	size_t len = (size_t)(number - name);

	if (!strncmp(name, "scope_places_", len))
		*arg = db_int(name, place->id);
	else if (!strncmp(name, "scope_whole_places_", len))
		*arg = db_int(name, place->whole ? place->id : 0);
	else if (!strncmp(name, "scope_locations_", len))
		*arg = db_int(name, place->location);
	else
		return false;
	return true;
}
