#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seed.h"

/* The aids: what the customers have, own and rented, and free stock. */

enum {
	OWN_DAYS = 3650, /* the oldest own aid */
	RENTAL_DAYS = 2600,
	STOCK_PERCENT = 12, /* of what is rented out, free in the depots */
	OWN_NUMBERS = 164000,
	RENTAL_NUMBERS = 300000,
	NUMBERS_A_DAY = 15
};

void
aid_put(const struct world *w, struct aid *a, int place)
{
	a->place = place;
	if (!a->holder)
		a->home = 0;
	else if (GET(w->places, place)->org)
		a->home = place;
}

static void
make_own(struct world *w, struct aid *a, int org, struct rng *r)
{
	a->owner = a->holder = org;
	a->bought = rng_chance(r, 200)
			    ? w->last - rng_below(r, w->history)
			    : w->last - rng_between(r, w->history, OWN_DAYS);
	a->bought = day_workday_before(a->bought);
	aid_put(w, a, place_department(w, org, 0, r));
	a->status = AID_IN_USE;
}

static void
make_rental(struct world *w, struct aid *a, int org, int branch, struct rng *r)
{
	a->holder = org;
	a->bought =
		day_workday_before(w->last - rng_between(r, 300, RENTAL_DAYS));
	aid_put(w, a,
		org ? place_department(w, org, 0, r)
		    : GET(w->branches, branch)->store);
	a->status = org ? AID_IN_USE : AID_IN_DEPOT;
}

static struct aid *
add_aid(struct world *w, int product, int branch)
{
	struct aid *a = ADD(w->aids);

	a->product = product;
	a->branch = branch;
	return a;
}

/* Those of the mock-ups and the manual. */
static int
make_showcase(struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "showcase.tsv");
	int count = 0;

	while (tsv_next(&t)) {
		struct aid *a = add_aid(w, product_by_number(w, t.field[1]),
			GET(w->orgs, 1)->branch);
		int place;

		a->showcase = true;
		a->number = tsv_number(&t, 0);
		a->serial = t.field[2];
		a->owner = a->holder = 1;
		place = place_by_name(w, 1, t.field[3]);
		if (!place)
			tsv_fail(&t, "no such place");
		aid_put(w, a, place);
		a->bought = w->today - tsv_number(&t, 4);
		a->inspected = w->today - tsv_number(&t, 5);
		a->status = GET(w->places, a->place)->kind == PLACE_DEPOT
				    ? AID_IN_DEPOT
				    : AID_IN_USE;
		count++;
	}
	return count;
}

static void
make_stock(struct world *w, const int *rented)
{
	for (int branch = 1; branch <= w->branches.count; branch++) {
		int count = rented[branch] * STOCK_PERCENT / 100;

		while (count > 0) {
			struct rng r =
				rng_for(SALT_AID, (uint64_t)w->aids.count + 1);
			int product = 1 + rng_pick(&r, w->product_sums.at,
						  w->products.count);

			if (!rng_chance(
				    &r, 10 * GET(w->products, product)->rented))
				product = product_by_number(w, "33110");
			make_rental(
				w, add_aid(w, product, branch), 0, branch, &r);
			count--;
		}
	}
}

static const struct aid *sort_aids;

static int
by_bought(const void *a, const void *b)
{
	int i = *(const int *)a, k = *(const int *)b;
	int x = sort_aids[i - 1].bought, y = sort_aids[k - 1].bought;

	return x != y ? x - y : i - k;
}

static bool
taken(const struct world *w, int number)
{
	const struct org *o = GET(w->orgs, 1);

	for (int id = o->aids; GET(w->aids, id)->showcase; id++)
		if (GET(w->aids, id)->number == number)
			return true;
	return false;
}

/* Object numbers rise with the day of purchase; rented ones are apart. */
static void
number_aids(struct world *w, bool rented, int first)
{
	int *ids = memory_alloc(sizeof(int) * (size_t)w->aids.count);
	int count = 0, number = first, a_day;

	for (int id = 1; id <= w->aids.count; id++) {
		const struct aid *a = GET(w->aids, id);

		if (!a->showcase && !a->owner == rented)
			ids[count++] = id;
	}
	sort_aids = w->aids.at;
	qsort(ids, (size_t)count, sizeof(int), by_bought);
	a_day = NUMBERS_A_DAY + count * 3 / 2 / OWN_DAYS;
	for (int i = 0; i < count; i++) {
		struct aid *a = GET(w->aids, ids[i]);
		struct rng r = rng_for(SALT_AID, (uint64_t)a->bought);
		int by_day = first + rng_below(&r, a_day) +
			     (a->bought - (w->last - OWN_DAYS)) * a_day;

		number = number + 1 > by_day ? number + 1 : by_day;
		while (taken(w, number))
			number++;
		a->number = number;
	}
	free(ids);
}

void
aids_make(struct world *w)
{
	int *rented = pool_calloc(
		w->pool, (size_t)w->branches.count + 1, sizeof(int));

	for (int org = 1; org <= w->orgs.count; org++) {
		struct org *o = GET(w->orgs, org);
		int left = o->size;

		o->aids = w->aids.count + 1;
		if (org == 1)
			left -= make_showcase(w);
		while (left-- > 0) {
			struct rng r =
				rng_for(SALT_AID, (uint64_t)w->aids.count + 1);
			int product = 1 + rng_pick(&r, w->product_sums.at,
						  w->products.count);
			struct aid *a = add_aid(w, product, o->branch);

			if (rng_chance(&r,
				    10 * GET(w->products, product)->rented)) {
				make_rental(w, a, org, o->branch, &r);
				rented[o->branch]++;
			} else {
				make_own(w, a, org, &r);
			}
		}
	}
	make_stock(w, rented);
	number_aids(w, false, OWN_NUMBERS);
	number_aids(w, true,
		w->aids.count < 100000 ? RENTAL_NUMBERS : 100 * RENTAL_NUMBERS);
}

/* By age, and a little by luck. */
static const char *
condition(const struct world *w, const struct aid *a, struct rng *r)
{
	int years = (w->today - a->bought) / 365 + rng_below(r, 3);

	if (years < 2)
		return "new";
	if (years < 7 || rng_chance(r, 400))
		return "good";
	return years < 10 ? "worn" : "poor";
}

static void
label(struct rng *r, char code[17])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789-_";

	for (int i = 0; i < 16; i++)
		code[i] = letters[rng_below(r, 64)];
	code[16] = '\0';
}

static void
write_aid(const struct world *w, struct batch *b, int id)
{
	const struct aid *a = GET(w->aids, id);
	const struct product *p = GET(w->products, a->product);
	const struct category *c = GET(w->categories, p->category);
	struct rng r = rng_for(SALT_TEXT, (uint64_t)id);
	bool rented = a->holder && !a->owner;
	char code[17], serial[40], type[150];
	int price = p->price / 100 * rng_between(&r, 90, 100);
	int location = a->home ? GET(w->places, a->home)->location : 0;
	const struct category *upper = GET(w->categories, c->parent);

	snprintf(type, sizeof(type), "%s %s", p->make, p->type);
	label(&r, code);
	snprintf(serial, sizeof(serial), "%s-%04d-%04d", p->serial,
		id / 10000 * 100 + rng_below(&r, 100), id % 10000);
	BATCH_ROW(b, v_number(id), v_number(a->number), v_text(code),
		v_number(a->product), v_number(c->parent),
		v_number(p->category), v_text(a->serial ? a->serial : serial),
		v_id(a->owner), v_id(a->holder), v_id(location), v_id(a->home),
		v_number(a->place), v_number(a->branch),
		v_text(aid_status_name((enum aid_status)a->status)),
		v_text(condition(w, a, &r)), v_day(a->owner ? a->bought : 0),
		v_id(a->owner ? price : 0), v_day(rented ? a->rent_from : 0),
		v_id(rented ? p->day_price : 0), v_day(a->inspected),
		v_text(a->rejected     ? "rejected"
			: a->inspected ? "approved"
				       : NULL),
		v_day(a->due), v_text(type), v_text(upper->nl),
		v_text(upper->en), v_text(c->nl), v_text(c->en),
		v_text(location ? GET(w->places, location)->name : NULL),
		v_text(GET(w->places, a->place)->name));
}

void
aids_write(const struct world *w)
{
	struct batch *b = batch_open(w->db, "aid",
		"id,number,label_code,product_id,category_id,subcategory_id,"
		"serial,owner_id,holder_id,location_id,home_place_id,place_id,"
		"branch_id,status,condition_grade,bought_on,price_cents,"
		"rent_from,day_cents,inspected_on,inspection_result,inspection_"
		"due,type_name,"
		"category_nl,category_en,subcategory_nl,subcategory_en,"
		"location_name,place_name");
	struct batch *rental = batch_open(w->db, "rental",
		"id,organisation_id,aid_id,client_id,day_cents,scheme,"
		"started_on,ended_on,collected_on,signed_off_on");

	for (int id = 1; id <= w->aids.count; id++)
		write_aid(w, b, id);
	for (int id = 1; id <= w->rentals.count; id++) {
		const struct rental *r = GET(w->rentals, id);

		BATCH_ROW(rental, v_number(id), v_number(r->org),
			v_number(r->aid), v_id(r->client),
			v_number(r->day_price), v_text(r->scheme),
			v_day(r->started), v_day(r->ended), v_day(r->collected),
			v_day(r->signed_off));
	}
	batch_close(b);
	batch_close(rental);
}
