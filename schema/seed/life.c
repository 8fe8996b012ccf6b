#include <limits.h>
#include <string.h>

#include "course.h"
#include "seed.h"

/*
 * What happened to each aid in these years. Every job ends before today; what
 * would not have ended yet does not begin: open.c makes what is under way.
 */

enum { DEPOT_DAYS = 150, MOST_RENTALS = 32 };

/* Of how often, in a thousand aids a year. */
static const struct rate {
	const char *category; /* key, or how it begins */
	int repair;
} rates[] = {{"lift", 350}, {"sling", 70}, {"bed.part", 60}, {"bed", 220},
	{"wheelchair", 330}, {"ad", 180}, {"sanitary", 140}, {"transfer", 60},
	{"walking", 120}, {"chair", 150}, {"table", 60}, {"exercise", 180}};

enum { MOVE_RATE = 110, TO_DEPOT_RATE = 150, CLEANING_RATE = 60 };

struct life {
	struct world *w;
	int id;
	struct rng r;
	int day;	/* all before is decided */
	int until;	/* nothing begins after it */
	int inspection; /* the next one begins; INT_MAX: none */
	int months;
};

static struct aid *
aid_of(const struct life *l)
{
	return GET(l->w->aids, l->id);
}

static void
mark(struct world *w, const struct mark *m)
{
	*ADD(w->marks) = *m;
}

int
life_repairs(const struct world *w, int product)
{
	const char *key = product_category(w, product)->key;
	size_t i = 0;

	while (strncmp(rates[i].category, key, strlen(rates[i].category)) != 0)
		i++;
	return rates[i].repair;
}

/* A moment that people in care ask at. */
static int64_t
asked(struct life *l, int day)
{
	if (!rng_chance(&l->r, 60))
		day = day_workday(day);
	return moment(day, rng_between(&l->r, 7, 20), rng_below(&l->r, 60));
}

/*
 * Keeps the job where it ends in time. *end receives its last day, also
 * where it was withdrawn or refused.
 */
static bool
keep(struct life *l, const struct job *j, int *end)
{
	struct course c = course_of(l->w, j);

	*end = moment_day(course_end(&c));
	if (*end > l->w->last)
		return false;
	job_keep(l->w, j);
	aid_of(l)->idle = *end;
	return j->state == STATE_DONE;
}

static void
set_inspected(struct life *l, int day)
{
	struct aid *a = aid_of(l);

	a->inspected = day;
	a->due = day_add_months(day, l->months);
	l->inspection = a->due - rng_between(&l->r, 14, 35);
	/* Forgotten: it shows as overdue. */
	if (rng_chance(&l->r, 35))
		l->inspection = INT_MAX;
}

/* Where the inspections before these years left it. */
static void
begin_inspections(struct life *l, int first)
{
	struct aid *a = aid_of(l);
	int cycle;

	l->inspection = INT_MAX;
	l->months = product_category(l->w, a->product)->months;
	if (!l->months)
		return;
	cycle = l->months * 30;
	while (first + cycle < l->day)
		first += cycle;
	set_inspected(l, day_workday_before(first));
	if (l->inspection < l->day)
		l->inspection = l->day;
}

static void
inspect(struct life *l, int day)
{
	const struct aid *a = aid_of(l);
	struct job j = job_for(l->w, l->id, KIND_INSPECTION,
		moment(day_workday(day), rng_between(&l->r, 8, 16), 15));
	int end;

	j.portal = IN_SUPPLIER;
	j.requester = GET(l->w->branches, a->branch)->planner;
	j.client = 0;
	j.wished = day_workday(day + rng_between(&l->r, 7, 20));
	if (keep(l, &j, &end))
		set_inspected(l, end);
	else
		l->inspection = INT_MAX;
	l->day = end + 1;
}

/* Some jobs come to nothing. */
static void
fail_some(struct life *l, struct job *j)
{
	if (j->approver && rng_chance(&l->r, 60))
		j->state = STATE_REJECTED;
	else if (j->approver && rng_chance(&l->r, 40))
		j->state = STATE_WITHDRAWN;
	else if (rng_chance(&l->r, 25))
		j->state = STATE_CANCELLED;
}

static bool
ask(struct life *l, struct job *j)
{
	bool approval = rng_chance(&l->r, 300);

	if (j->kind == KIND_REPAIR && rng_chance(&l->r, 80) &&
		job_ask(l->w, j, IN_PROFESSIONAL, false, &l->r)) {
		j->wlz = j->client && rng_chance(&l->r, 700);
		return true;
	}
	return job_ask(l->w, j, IN_INSTITUTION, approval, &l->r) ||
	       job_ask(l->w, j, IN_INSTITUTION, !approval, &l->r);
}

static void
repair(struct life *l, int day)
{
	struct job j = job_for(l->w, l->id, KIND_REPAIR, asked(l, day));
	int end = day;

	if (ask(l, &j)) {
		j.workshop = rng_chance(&l->r, 200);
		fail_some(l, &j);
		keep(l, &j, &end);
	}
	l->day = end + 3;
}

static void
clean(struct life *l, int day)
{
	struct job j = job_for(l->w, l->id, KIND_CLEANING,
		moment(day_workday(day), 10, rng_below(&l->r, 60)));
	int end;

	j.portal = IN_SUPPLIER;
	j.requester = GET(l->w->branches, aid_of(l)->branch)->planner;
	keep(l, &j, &end);
	l->day = end + 3;
}

/* From its place to another one, when that ends in time. */
static void
go_to(struct life *l, enum request_kind kind, int day, int place)
{
	struct job j = job_for(l->w, l->id, kind, asked(l, day));
	struct aid *a = aid_of(l);
	int end = day;

	j.to_place = place;
	if (place && ask(l, &j)) {
		j.own = rng_chance(&l->r, 350);
		fail_some(l, &j);
		if (keep(l, &j, &end)) {
			aid_put(l->w, a, place);
			a->status =
				GET(l->w->places, place)->kind == PLACE_DEPOT
					? AID_IN_DEPOT
					: AID_IN_USE;
		}
	}
	l->day = end + 3;
}

int
life_depot(const struct world *w, int aid, struct rng *r)
{
	const struct aid *a = GET(w->aids, aid);
	int own = place_own_depot(w, a->holder, r);

	if (own && !rng_chance(r, 120))
		return own;
	return GET(w->branches, a->branch)->store;
}

static void
something(struct life *l, int day)
{
	const struct aid *a = aid_of(l);
	int sums[4], what;

	if (a->status == AID_IN_DEPOT) {
		go_to(l, KIND_FROM_DEPOT, day,
			place_department(l->w, a->holder, a->place, &l->r));
		return;
	}
	sums[0] = life_repairs(l->w, a->product);
	sums[1] = sums[0] + CLEANING_RATE;
	sums[2] = sums[1] + (a->owner ? MOVE_RATE : 0);
	sums[3] = sums[2] + (a->owner ? TO_DEPOT_RATE : 0);
	what = rng_pick(&l->r, sums, 4);
	if (what == 0)
		repair(l, day);
	else if (what == 1)
		clean(l, day);
	else if (what == 2)
		go_to(l, KIND_MOVE, day,
			place_department(l->w, a->holder, a->place, &l->r));
	else
		go_to(l, KIND_TO_DEPOT, day, life_depot(l->w, l->id, &l->r));
}

static int
next_event(struct life *l)
{
	const struct aid *a = aid_of(l);
	int rate = life_repairs(l->w, a->product) + CLEANING_RATE;

	if (a->status == AID_IN_DEPOT)
		return l->day + rng_wait(&l->r, DEPOT_DAYS);
	if (a->owner)
		rate += MOVE_RATE + TO_DEPOT_RATE;
	return l->day + rng_wait(&l->r, 365000.0 / rate);
}

/* Up to l->until. */
static void
live(struct life *l)
{
	for (;;) {
		int day = next_event(l);
		int inspection =
			l->inspection > l->day ? l->inspection : l->day;

		if (inspection <= day && l->inspection != INT_MAX) {
			if (inspection > l->until)
				return;
			inspect(l, inspection);
		} else if (day <= l->until) {
			something(l, day);
		} else {
			return;
		}
	}
}

/* A few are lost, worn out or called back in the end. */
static void
end_some(struct life *l)
{
	struct aid *a = aid_of(l);
	int day = day_workday_before(l->w->last - rng_between(&l->r, 2, 90));
	bool scrapped = rng_chance(&l->r, 400);
	struct mark m = {.aid = l->id, .org = a->holder, .from = a->place};

	if (!rng_chance(&l->r, 16) || day < l->day)
		return;
	a->status = scrapped ? AID_SCRAPPED : AID_OUT_OF_SERVICE;
	m.kind = scrapped ? "scrapped" : "out_of_service";
	m.summary = phrase(l->w,
		scrapped ? PHRASE_SCRAPPED : PHRASE_OUT_OF_SERVICE, &l->r);
	m.asked = m.done = day;
	if (l->months && strncmp(m.summary, "Afgekeurd", 9) == 0) {
		m.kind = "inspection";
		a->inspected = day;
		a->due = 0;
		a->rejected = true;
	}
	mark(l->w, &m);
}

static void
registered(struct world *w, int id)
{
	const struct aid *a = GET(w->aids, id);

	mark(w, &(struct mark){.aid = id,
			.org = a->owner,
			.kind = "registered",
			.summary = "",
			.asked = a->bought,
			.done = a->bought});
}

static void
live_own(struct life *l)
{
	struct aid *a = aid_of(l);
	int begin = l->w->last - l->w->history;

	registered(l->w, l->id);
	l->day = a->bought > begin ? a->bought + 1 : begin;
	a->idle = a->bought;
	l->until = l->w->last;
	begin_inspections(l, a->bought);
	if (a->bought < begin && rng_chance(&l->r, 60)) {
		aid_put(l->w, a, life_depot(l->w, l->id, &l->r));
		a->status = AID_IN_DEPOT;
	}
	live(l);
	end_some(l);
}

/* A rental: from when until it is asked to be picked up; 0: it runs. */
struct stay {
	int org, from, until;
};

static int
some_org(struct life *l)
{
	int sums[ORGS_MAX], sum = 0;

	for (int i = 0; i < l->w->orgs.count; i++) {
		const struct org *o = &l->w->orgs.at[i];

		sum += o->branch == aid_of(l)->branch ? o->size : 0;
		sums[i] = sum;
	}
	return 1 + rng_pick(&l->r, sums, l->w->orgs.count);
}

/* Backwards from today; answers how many, the last one first. */
static int
plan_stays(struct life *l, struct stay *stays)
{
	const struct aid *a = aid_of(l);
	int begin = l->w->last - l->w->history;
	int first = a->bought > begin ? a->bought : begin;
	int from = l->w->last + 10, count = 0;

	if (a->holder) {
		int days = 6 + rng_wait(&l->r, 170);

		from = l->w->last - days;
		if (from < a->bought + 14)
			from = a->bought + 14;
		from = day_workday_before(from);
		stays[count++] = (struct stay){a->holder, from, 0};
	}
	while (count < MOST_RENTALS) {
		int until = from - rng_between(&l->r, 45, 100);

		from = day_workday(until - rng_between(&l->r, 21, 260));
		if (from < first + 14)
			break;
		stays[count++] = (struct stay){some_org(l), from, until};
	}
	return count;
}

static const char *
scheme_of(const struct world *w, const struct aid *a)
{
	const char *place = GET(w->places, a->place)->name;

	if (strncmp(product_category(w, a->product)->key, "ad", 2) == 0)
		return "ad";
	if (strncmp(place, "GRZ", 3) == 0)
		return "grz";
	return strncmp(place, "ELV", 3) == 0 ? "elv" : "other";
}

/* Asked for by a professional, or come with an order; answers the day. */
static int
deliver(struct life *l, int day)
{
	const struct aid *a = aid_of(l);
	int before = day;
	struct job j;
	int end;

	for (int n = 0; n < 4; n++)
		before = day_workday_before(before - 1);
	j = job_for(l->w, l->id, KIND_RENTAL,
		moment(before, rng_between(&l->r, 8, 16), 40));
	j.to_place = a->place;
	j.wished = day;
	j.exact = true;
	if (rng_chance(&l->r, 500) &&
		job_ask(l->w, &j, IN_PROFESSIONAL, false, &l->r) &&
		keep(l, &j, &end))
		return end;
	mark(l->w, &(struct mark){.aid = l->id,
			   .org = a->holder,
			   .kind = "delivery",
			   .summary = phrase(l->w, PHRASE_DELIVERED, &l->r),
			   .asked = before,
			   .done = day,
			   .from = GET(l->w->branches, a->branch)->store,
			   .to = a->place});
	return day;
}

/* Picked up, cleaned, back in stock. */
static void
collect(struct life *l, int day)
{
	struct aid *a = aid_of(l);
	struct rental *rental = GET(l->w->rentals, a->rental);
	struct job j = job_for(l->w, l->id, KIND_PICK_UP, asked(l, day));
	int store = GET(l->w->branches, a->branch)->store;
	int end;

	/* The next customer waits. */
	j.exact = true;
	if (!job_ask(l->w, &j, IN_INSTITUTION, false, &l->r) ||
		!keep(l, &j, &end))
		seed_fail("aid %d: a rental can't end", a->number);
	rental->ended = j.wished < end ? j.wished : end;
	rental->collected = end;
	day = end + rng_between(&l->r, 5, 20);
	rental->signed_off = day <= l->w->last ? day : 0;
	day = day_add_workdays(end, rng_between(&l->r, 1, 4));
	a->holder = a->client = a->rental = a->rent_from = 0;
	aid_put(l->w, a, store);
	a->status = day <= l->w->last ? AID_IN_DEPOT : AID_IN_CLEANING;
	mark(l->w, &(struct mark){.aid = l->id,
			   .kind = "cleaning",
			   .summary = phrase(l->w, PHRASE_CLEANED, &l->r),
			   .asked = end,
			   .done = day <= l->w->last ? day : 0,
			   .from = store});
}

static void
stay(struct life *l, const struct stay *s, int place)
{
	struct aid *a = aid_of(l);
	struct rental *rental;

	a->holder = s->org;
	aid_put(l->w, a, place);
	a->client = client_at(l->w, place, &l->r);
	a->status = AID_IN_USE;
	if (l->months)
		set_inspected(l, day_workday_before(s->from - 2));
	a->rent_from = a->idle = deliver(l, s->from);
	rental = ADD(l->w->rentals);
	a->rental = l->w->rentals.count;
	rental->org = s->org;
	rental->aid = l->id;
	rental->client = a->client;
	rental->day_price = GET(l->w->products, a->product)->day_price;
	rental->scheme = scheme_of(l->w, a);
	rental->started = a->rent_from;
	l->day = a->rent_from + 5;
	/* What is under way must be over before it is picked up. */
	l->until = s->until ? s->until - 30 : l->w->last;
	live(l);
	if (s->until)
		collect(l, s->until > l->day ? s->until : l->day);
}

static void
live_rented(struct life *l)
{
	struct aid *a = aid_of(l);
	struct stay stays[MOST_RENTALS];
	int place = a->place;
	int count = plan_stays(l, stays);

	registered(l->w, l->id);
	l->day = a->bought;
	begin_inspections(l, a->bought);
	while (count-- > 0)
		stay(l, &stays[count],
			stays[count].until ? place_department(l->w,
						     stays[count].org, 0, &l->r)
					   : place);
}

/* What the mock-ups tell of it, and the inspection a year before. */
static void
live_showcase(struct life *l, int from, int moved)
{
	struct aid *a = aid_of(l);
	int inspected = a->inspected, place = a->place;

	registered(l->w, l->id);
	l->months = product_category(l->w, a->product)->months;
	for (int years = 1; years >= 0 && l->months; years--) {
		int day = day_workday_before(inspected - years * 364);
		struct job j = job_for(l->w, l->id, KIND_INSPECTION,
			moment(day_workday_before(day - 21), 11, 5));
		int end;

		if (day < a->bought)
			continue;
		j.portal = IN_SUPPLIER;
		j.requester = GET(l->w->branches, a->branch)->planner;
		j.client = 0;
		j.wished = day;
		j.exact = true;
		keep(l, &j, &end);
	}
	a->due = l->months ? day_add_months(inspected, l->months) : 0;
	if (from) {
		aid_put(l->w, a, from);
		go_to(l, KIND_MOVE, l->w->today - moved, place);
		aid_put(l->w, a, place);
	}
}

static void
live_showcases(struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "showcase.tsv");
	int id = GET(w->orgs, 1)->aids;

	for (; tsv_next(&t); id++) {
		struct life l = {.w = w,
			.id = id,
			.r = rng_for(SALT_LIFE, (uint64_t)id)};
		bool came = t.count > 6;

		live_showcase(&l, came ? place_by_name(w, 1, t.field[6]) : 0,
			came ? tsv_number(&t, 7) : 0);
	}
}

void
life_make(struct world *w)
{
	live_showcases(w);
	for (int id = 1; id <= w->aids.count; id++) {
		const struct aid *a = GET(w->aids, id);
		struct life l = {.w = w,
			.id = id,
			.r = rng_for(SALT_LIFE, (uint64_t)id)};

		if (a->showcase)
			continue;
		if (a->owner)
			live_own(&l);
		else
			live_rented(&l);
	}
}
