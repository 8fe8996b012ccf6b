#include <stdlib.h>
#include <string.h>

#include "reach.h"

enum { ROOM = 4, ROOM_TIMES = 4 };

/* whole: with all that lies in it, or belongs to it. */
struct reached {
	int64_t id;
	int64_t location;
	bool whole;
};

void
reach_keep(struct reach *r, const struct db_rows *rows)
{
	r->at = memory_alloc((rows->count + 1) * sizeof(*r->at));
	for (size_t i = 0; i < rows->count; i++)
		r->at[i] = (struct reached){db_num(db_row(rows, i), "id"),
			db_num(db_row(rows, i), "location_id"),
			db_num(db_row(rows, i), "whole") != 0};
	r->count = rows->count;
	r->known = true;
}

void
reach_forget(struct reach *r)
{
	free(r->at);
	*r = (struct reach){0};
}

void
reach_key(const struct reach *r, struct buffer *key)
{
	for (size_t i = 0; i < r->count; i++) {
		const int64_t one[] = {
			r->at[i].id, r->at[i].location, r->at[i].whole};

		buffer_add(key, one, sizeof(one));
	}
}

size_t
reach_room(const struct reach *r)
{
	size_t room = ROOM;

	while (room < r->count)
		room *= ROOM_TIMES;
	return room;
}

bool
reach_arg(const struct reach *r, const char *name, struct db_arg *arg)
{
	static const struct reached none = {0};
	const char *number = strrchr(name, '_') + 1;
	size_t i = strtoul(number, NULL, 10);
	const struct reached *one = i < r->count ? &r->at[i] : &none;
	size_t len = (size_t)(number - name);

	if (!strncmp(name, "scope_places_", len) ||
		!strncmp(name, "scope_organisations_", len))
		*arg = db_int(name, one->id);
	else if (!strncmp(name, "scope_whole_places_", len) ||
		 !strncmp(name, "scope_whole_organisations_", len))
		*arg = db_int(name, one->whole ? one->id : 0);
	else if (!strncmp(name, "scope_locations_", len))
		*arg = db_int(name, one->location);
	else
		return false;
	return true;
}
