#include <math.h>
#include <string.h>

#include "seed.h"

/*
 * Branches, organisations and their places: those of places.tsv, and for a
 * larger size more of them by chance.
 */

enum { DEMO_SIZE = 5000, DEMO_ORGS = 3, LOCATION_AIDS = 600 };

static bool
demo_size(const struct world *w)
{
	return w->size == DEMO_SIZE && w->org_count == DEMO_ORGS;
}

struct loading {
	struct world *w;
	int branch, org, location;
};

static int
branch_by_code(const struct world *w, const char *code)
{
	for (int i = 0; i < w->branches.count; i++)
		if (strcmp(w->branches.at[i].code, code) == 0)
			return i + 1;
	return 0;
}

static struct place *
add_place(struct world *w, int org, enum place_kind kind, const char *name)
{
	struct place *p = ADD(w->places);

	p->org = org;
	p->kind = kind;
	p->name = name;
	if (org)
		GET(w->orgs, org)->place_count++;
	return p;
}

static void
load_branch(struct loading *l, const struct tsv *t)
{
	struct branch *b = ADD(l->w->branches);

	b->code = t->field[1];
	b->name = t->field[2];
	b->street = t->field[3];
	b->postcode = t->field[4];
	b->city = t->field[5];
	b->phone = t->field[6];
	b->email = t->field[7];
	l->branch = l->w->branches.count;
}

static void
load_store(struct loading *l, const struct tsv *t)
{
	struct branch *b = GET(l->w->branches, l->branch);
	struct place *p = add_place(l->w, 0, PLACE_DEPOT, t->field[1]);

	p->branch = l->branch;
	p->street = b->street;
	p->postcode = b->postcode;
	p->city = b->city;
	b->store = l->w->places.count;
}

static void
load_mechanic(struct loading *l, const struct tsv *t)
{
	struct branch *b = GET(l->w->branches, l->branch);
	struct mechanic *m = ADD(l->w->mechanics);

	m->branch = l->branch;
	m->name = t->field[1];
	m->phone = t->field[2];
	if (!b->mechanic_count++)
		b->mechanics = l->w->mechanics.count;
}

static void
load_location(struct loading *l, const struct tsv *t)
{
	struct place *p = add_place(l->w, l->org, PLACE_LOCATION, t->field[1]);

	p->street = t->field[2];
	p->postcode = t->field[3];
	p->city = t->field[4];
	p->weight = tsv_number(t, 5);
	l->location = p->location = l->w->places.count;
}

static void
load_room(struct loading *l, const struct tsv *t)
{
	bool depot = strcmp(t->field[0], "depot") == 0;
	struct place *p = add_place(l->w, l->org,
		depot ? PLACE_DEPOT : PLACE_DEPARTMENT, t->field[1]);

	p->location = l->location;
	if (!depot)
		p->weight = tsv_number(t, 2);
}

/*
 * A location's weight is that of its departments together. The sums, by
 * organisation, are what place_department() chooses by.
 */
static void
spread_weights(struct world *w)
{
	for (int id = 1; id <= w->places.count; id++) {
		struct place *location = GET(w->places, id);
		int sum = 0, last = id;

		if (location->kind != PLACE_LOCATION)
			continue;
		while (last < w->places.count &&
			GET(w->places, last + 1)->location == id)
			sum += GET(w->places, ++last)->weight;
		for (int i = id + 1; i <= last && sum; i++) {
			struct place *p = GET(w->places, i);

			p->weight = p->weight * location->weight * 100 / sum;
		}
		location->weight = 0;
	}
	for (int id = 1; id <= w->places.count; id++) {
		const struct place *p = GET(w->places, id);
		bool first = id == 1 || GET(w->places, id - 1)->org != p->org;

		*ADD(w->place_sums) =
			p->weight + (first ? 0 : w->place_sums.at[id - 2]);
	}
}

static void
more_locations(struct world *w, int org, int count)
{
	struct rng r = rng_for(SALT_PLACE, (uint64_t)org);

	for (int i = 0; i < count; i++) {
		struct place *p = add_place(w, org, PLACE_LOCATION,
			pool_printf(w->pool, "%s %d",
				name_of(w, NAME_LOCATION, &r), i + 1));
		int location = w->places.count;
		int rooms = rng_between(&r, 3, 9);

		p->location = location;
		p->weight = rng_between(&r, 200, 900);
		p->street = pool_printf(w->pool, "%s %d",
			name_of(w, NAME_STREET, &r), rng_between(&r, 1, 240));
		p->postcode = pool_printf(w->pool, "%d %c%c",
			rng_between(&r, 8000, 9999), 'A' + rng_below(&r, 18),
			'B' + rng_below(&r, 20));
		p->city = name_of(w, NAME_TOWN, &r);
		for (int k = 0; k < rooms; k++) {
			p = add_place(w, org, PLACE_DEPARTMENT,
				w->names[NAME_DEPARTMENT].at[k]);
			p->location = location;
			p->weight = rng_between(&r, 8, 24);
		}
		if (rng_chance(&r, 500)) {
			p = add_place(w, org, PLACE_DEPOT, "Depot");
			p->location = location;
		}
	}
}

/* As real customers are: few great ones, many small ones. */
static int
share_of(const struct world *w, int i)
{
	double sum = 0;

	if (w->sizes)
		return w->sizes[i];
	for (int k = 0; k < w->org_count; k++)
		sum += pow(k + 1, -0.8);
	return (int)(w->size * pow(i + 1, -0.8) / sum);
}

/* No more lines follow for the last organisation. */
static void
finish_org(struct world *w)
{
	const struct org *o;
	int locations = 0;

	if (!w->orgs.count || demo_size(w))
		return;
	o = GET(w->orgs, w->orgs.count);
	for (int i = 0; i < o->place_count; i++)
		locations +=
			GET(w->places, o->places + i)->kind == PLACE_LOCATION;
	more_locations(
		w, w->orgs.count, 1 + o->size / LOCATION_AIDS - locations);
}

static struct org *
add_org(struct world *w)
{
	struct org *o;

	finish_org(w);
	o = ADD(w->orgs);
	o->places = w->places.count + 1;
	o->size = share_of(w, w->orgs.count - 1);
	return o;
}

static void
load_org(struct loading *l, const struct tsv *t)
{
	struct org *o = add_org(l->w);

	o->code = t->field[1];
	o->branch = branch_by_code(l->w, t->field[2]);
	if (!o->branch)
		tsv_fail(t, "no such branch");
	o->name = t->field[3];
	if (demo_size(l->w))
		o->size = tsv_number(t, 4);
	o->contracts = t->field[5];
	l->org = l->w->orgs.count;
}

static void
load_file(struct world *w)
{
	static const struct {
		const char *line;
		void (*load)(struct loading *, const struct tsv *);
	} kinds[] = {{"branch", load_branch}, {"store", load_store},
		{"mechanic", load_mechanic}, {"organisation", load_org},
		{"location", load_location}, {"department", load_room},
		{"depot", load_room}};
	struct tsv t = tsv_open(w->pool, w->dir, "places.tsv");
	struct loading l = {.w = w};

	while (tsv_next(&t)) {
		size_t i = 0;

		while (i < sizeof(kinds) / sizeof(kinds[0]) &&
			strcmp(kinds[i].line, t.field[0]) != 0)
			i++;
		if (i == sizeof(kinds) / sizeof(kinds[0]))
			tsv_fail(&t, "no such kind of line");
		kinds[i].load(&l, &t);
	}
}

static void
invent_org(struct world *w)
{
	struct org *o = add_org(w);
	int i = w->orgs.count - 1, towns = w->names[NAME_TOWN].count;

	o->code = pool_printf(w->pool, "klant%d", w->orgs.count);
	o->name = pool_printf(w->pool, "%s %s",
		w->names[NAME_CUSTOMER]
			.at[i / towns % w->names[NAME_CUSTOMER].count],
		w->names[NAME_TOWN].at[i % towns]);
	o->contracts = "ad,rent,price";
	o->branch = 1 + i % w->branches.count;
}

void
places_load(struct world *w)
{
	int left = w->size;

	load_file(w);
	while (w->orgs.count < w->org_count)
		invent_org(w);
	finish_org(w);
	spread_weights(w);
	for (int i = 0; i < w->orgs.count; i++)
		left -= w->orgs.at[i].size;
	w->orgs.at[0].size += left;
}

int
place_by_name(const struct world *w, int org, const char *name)
{
	const struct org *o = GET(w->orgs, org);
	const char *slash = strchr(name, '/');
	size_t len = slash ? (size_t)(slash - name) : strlen(name);
	int location = 0;

	for (int id = o->places; id < o->places + o->place_count; id++) {
		const struct place *p = GET(w->places, id);

		if (p->kind == PLACE_LOCATION)
			location =
				strlen(p->name) == len &&
						memcmp(p->name, name, len) == 0
					? id
					: 0;
		if (location && (!slash || strcmp(slash + 1, p->name) == 0))
			return id;
	}
	return 0;
}

int
place_department(const struct world *w, int org, int not, struct rng *r)
{
	const struct org *o = GET(w->orgs, org);
	int id;

	do
		id = o->places + rng_pick(r, &w->place_sums.at[o->places - 1],
					 o->place_count);
	while (id == not );
	return id;
}

int
place_own_depot(const struct world *w, int org, struct rng *r)
{
	const struct org *o = GET(w->orgs, org);
	int first = rng_below(r, o->place_count);

	for (int i = 0; i < o->place_count; i++) {
		int id = o->places + (first + i) % o->place_count;

		if (GET(w->places, id)->kind == PLACE_DEPOT)
			return id;
	}
	return 0;
}

static void
write_orgs(const struct world *w)
{
	struct batch *org = batch_open(w->db, "organisation",
		"id,code,kind,name,branch_id,advisor_id");
	struct batch *contract = batch_open(
		w->db, "contract", "organisation_id,kind,valid_from");
	const char *from =
		pool_printf(w->pool, "%d-01-01", day_year(w->today) - 2);

	for (int id = 1; id <= w->orgs.count; id++) {
		const struct org *o = GET(w->orgs, id);
		char *rest = pool_strdup(w->pool, o->contracts), *kind;

		BATCH_ROW(org, v_number(id), v_text(o->code),
			v_text("institution"), v_text(o->name),
			v_number(o->branch), v_id(o->advisor));
		while ((kind = strsep(&rest, ",")))
			BATCH_ROW(contract, v_number(id), v_text(kind),
				v_text(from));
	}
	batch_close(org);
	batch_close(contract);
}

static void
write_mechanics(const struct world *w)
{
	struct batch *mechanic =
		batch_open(w->db, "mechanic", "id,branch_id,name,phone");

	for (int id = 1; id <= w->mechanics.count; id++) {
		const struct mechanic *m = GET(w->mechanics, id);

		BATCH_ROW(mechanic, v_number(id), v_number(m->branch),
			v_text(m->name), v_text(m->phone));
	}
	batch_close(mechanic);
}

void
places_write(const struct world *w)
{
	static const char *const kinds[] = {"location", "department", "depot"};
	struct batch *branch = batch_open(w->db, "branch",
		"id,code,name,street,postcode,city,phone,email");
	struct batch *place = batch_open(w->db, "place",
		"id,organisation_id,location_id,branch_id,kind,name,street,"
		"postcode,city");

	for (int id = 1; id <= w->branches.count; id++) {
		const struct branch *b = GET(w->branches, id);

		BATCH_ROW(branch, v_number(id), v_text(b->code),
			v_text(b->name), v_text(b->street), v_text(b->postcode),
			v_text(b->city), v_text(b->phone), v_text(b->email));
	}
	for (int id = 1; id <= w->places.count; id++) {
		const struct place *p = GET(w->places, id);

		BATCH_ROW(place, v_number(id), v_id(p->org), v_id(p->location),
			v_id(p->branch), v_text(kinds[p->kind]),
			v_text(p->name), v_text(p->street), v_text(p->postcode),
			v_text(p->city));
	}
	batch_close(branch);
	batch_close(place);
	write_mechanics(w);
	write_orgs(w);
}
