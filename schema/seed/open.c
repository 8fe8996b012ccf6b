#include <string.h>

#include "course.h"
#include "seed.h"

/*
 * What is under way today: work of every kind in every state, so much of it
 * as a customer's size asks for.
 */

enum {
	CUSTOMER_SIZE = 2600,
	TRIES = 4000,
	EVERY_STATE_ORGS = 2,
	DUE_DAYS = 40
};

enum {
	APPROVAL = 1, /* the requester needs it */
	WLZ = 2,
	OWN = 4, /* the organisation does it */
	WORKSHOP = 8,
	PRODUCT = 16, /* no aid yet */
	LATE = 32     /* its day has passed */
};

static const struct need {
	enum request_kind kind;
	enum portal_kind portal;
	enum request_state state;
	int count; /* for CUSTOMER_SIZE aids */
	unsigned flags;
	enum request_state held;
} needs[] = {
	{KIND_REPAIR, IN_INSTITUTION, STATE_AWAITING_APPROVAL, 5, APPROVAL, 0},
	{KIND_REPAIR, IN_PROFESSIONAL, STATE_AWAITING_SIGNATURE, 3, WLZ, 0},
	{KIND_REPAIR, IN_PROFESSIONAL, STATE_SIGNATURE_REFUSED, 2, WLZ, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_SUBMITTED, 10, 0, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_ACCEPTED, 8, 0, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_PROPOSED, 6, 0, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_PLANNED, 16, 0, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_IN_PROGRESS, 7, WORKSHOP, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_IN_PROGRESS, 2, 0, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_SUBMITTED, 1, LATE, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_ACCEPTED, 2, LATE, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_PLANNED, 2, LATE, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_ON_HOLD, 3, 0, STATE_ACCEPTED},
	{KIND_REPAIR, IN_INSTITUTION, STATE_ON_HOLD, 2, 0, STATE_PLANNED},
	{KIND_REPAIR, IN_INSTITUTION, STATE_ON_HOLD, 2, WORKSHOP,
		STATE_IN_PROGRESS},
	{KIND_REPAIR, IN_INSTITUTION, STATE_REJECTED, 2, APPROVAL, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_WITHDRAWN, 2, APPROVAL, 0},
	{KIND_REPAIR, IN_INSTITUTION, STATE_CANCELLED, 2, 0, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_AWAITING_APPROVAL, 3, APPROVAL, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_SUBMITTED, 3, 0, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_ACCEPTED, 2, 0, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_PROPOSED, 2, 0, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_PLANNED, 6, 0, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_IN_PROGRESS, 2, 0, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_OWN_PLANNED, 4, OWN, 0},
	{KIND_MOVE, IN_INSTITUTION, STATE_ON_HOLD, 1, 0, STATE_SUBMITTED},
	{KIND_MOVE, IN_INSTITUTION, STATE_REJECTED, 1, APPROVAL, 0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_AWAITING_APPROVAL, 2, APPROVAL,
		0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_SUBMITTED, 3, 0, 0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_ACCEPTED, 2, 0, 0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_PROPOSED, 1, 0, 0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_PLANNED, 5, 0, 0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_IN_PROGRESS, 2, 0, 0},
	{KIND_FROM_DEPOT, IN_INSTITUTION, STATE_OWN_PLANNED, 2, OWN, 0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_AWAITING_APPROVAL, 2, APPROVAL,
		0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_SUBMITTED, 2, 0, 0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_ACCEPTED, 2, 0, 0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_PROPOSED, 1, 0, 0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_PLANNED, 5, 0, 0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_IN_PROGRESS, 2, 0, 0},
	{KIND_TO_DEPOT, IN_INSTITUTION, STATE_OWN_PLANNED, 2, OWN, 0},
	{KIND_PICK_UP, IN_INSTITUTION, STATE_AWAITING_APPROVAL, 1, APPROVAL, 0},
	{KIND_PICK_UP, IN_INSTITUTION, STATE_SUBMITTED, 3, 0, 0},
	{KIND_PICK_UP, IN_PROFESSIONAL, STATE_SUBMITTED, 1, 0, 0},
	{KIND_PICK_UP, IN_INSTITUTION, STATE_ACCEPTED, 2, 0, 0},
	{KIND_PICK_UP, IN_INSTITUTION, STATE_PROPOSED, 1, 0, 0},
	{KIND_PICK_UP, IN_INSTITUTION, STATE_PLANNED, 5, 0, 0},
	{KIND_PICK_UP, IN_INSTITUTION, STATE_IN_PROGRESS, 1, 0, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_AWAITING_SIGNATURE, 4, WLZ, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_SIGNATURE_REFUSED, 1, WLZ, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_SUBMITTED, 2, WLZ, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_ACCEPTED, 2, WLZ, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_PROPOSED, 1, 0, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_PLANNED, 3, WLZ, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_IN_PROGRESS, 2, WLZ | WORKSHOP,
		0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_DONE, 30, WLZ, 0},
	{KIND_ADAPTATION, IN_PROFESSIONAL, STATE_DONE, 6, 0, 0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_AWAITING_SIGNATURE, 6, WLZ | PRODUCT,
		0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_SIGNATURE_REFUSED, 1, WLZ | PRODUCT,
		0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_SUBMITTED, 2, WLZ | PRODUCT, 0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_ACCEPTED, 2, WLZ | PRODUCT, 0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_PLANNED, 4, WLZ | PRODUCT, 0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_IN_PROGRESS, 1, WLZ | PRODUCT, 0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_DONE, 24, WLZ | PRODUCT, 0},
	{KIND_DELIVERY, IN_SUPPLIER, STATE_CANCELLED, 1, WLZ | PRODUCT, 0},
	{KIND_RENTAL, IN_PROFESSIONAL, STATE_SUBMITTED, 3, PRODUCT, 0},
	{KIND_RENTAL, IN_PROFESSIONAL, STATE_ACCEPTED, 2, PRODUCT, 0},
	{KIND_RENTAL, IN_PROFESSIONAL, STATE_PLANNED, 3, PRODUCT, 0},
	{KIND_INSPECTION, IN_SUPPLIER, STATE_ACCEPTED, 6, 0, 0},
	{KIND_INSPECTION, IN_SUPPLIER, STATE_PLANNED, 40, 0, 0},
	{KIND_INSPECTION, IN_SUPPLIER, STATE_PLANNED, 2, LATE, 0},
	{KIND_INSPECTION, IN_SUPPLIER, STATE_IN_PROGRESS, 2, 0, 0},
	{KIND_INSPECTION, IN_SUPPLIER, STATE_ON_HOLD, 1, 0, STATE_PLANNED},
	{KIND_CLEANING, IN_SUPPLIER, STATE_ACCEPTED, 2, 0, 0},
	{KIND_CLEANING, IN_SUPPLIER, STATE_PLANNED, 4, 0, 0},
	{KIND_CLEANING, IN_SUPPLIER, STATE_IN_PROGRESS, 4, 0, 0},
};

/* Where it is on its way today, whether or not it is put off. */
static enum request_state
reached(const struct need *n)
{
	return n->state == STATE_ON_HOLD ? n->held : n->state;
}

static bool
fits(const struct world *w, const struct need *n, int id, struct rng *r)
{
	const struct aid *a = GET(w->aids, id);
	const struct category *c = product_category(w, a->product);
	bool stored = a->status == AID_IN_DEPOT;

	if (a->busy || a->showcase || (a->status != AID_IN_USE && !stored))
		return false;
	switch (n->kind) {
	case KIND_REPAIR:
		return !stored &&
		       rng_chance(r, 3 * life_repairs(w, a->product));
	case KIND_FROM_DEPOT:
		return stored && a->owner;
	case KIND_MOVE:
	case KIND_TO_DEPOT:
	case KIND_CLEANING:
		return !stored && a->owner;
	case KIND_PICK_UP:
		return !stored && !a->owner;
	case KIND_ADAPTATION:
		return !stored && a->owner &&
		       (strncmp(c->key, "wheelchair", 10) == 0 ||
			       strcmp(c->key, "chair.comfort") == 0);
	case KIND_INSPECTION:
		return a->due && a->due < w->today + DUE_DAYS;
	default:
		return false;
	}
}

/* When it was asked and for when, so that it can be where it is today. */
static void
set_days(const struct world *w, const struct need *n, struct job *j,
	struct rng *r)
{
	int first = day_workday(w->today), asked, ago = 0;

	switch (n->flags & LATE ? STATE_COUNT : reached(n)) {
	case STATE_COUNT:
		j->wished = day_workday_before(w->last - rng_below(r, 4));
		j->exact = true;
		ago = w->last - j->wished + rng_between(r, 3, 8);
		break;
	case STATE_PLANNED:
	case STATE_OWN_PLANNED:
		j->wished = day_add_workdays(first, rng_below(r, 15));
		ago = rng_between(r, 2, 8);
		break;
	case STATE_IN_PROGRESS:
		j->wished = w->last;
		if (n->flags & WORKSHOP || n->kind == KIND_CLEANING)
			j->wished =
				day_workday_before(w->last - rng_below(r, 5));
		j->exact = true;
		ago = w->last - j->wished + rng_between(r, 4, 12);
		break;
	case STATE_DONE:
	case STATE_CANCELLED:
	case STATE_REJECTED:
	case STATE_WITHDRAWN:
		ago = rng_between(r, 14, n->state == STATE_DONE ? 400 : 40);
		j->wished = 0;
		break;
	default:
		j->wished = day_add_workdays(first, rng_between(r, 1, 12));
		ago = rng_below(r, 6);
		break;
	}
	asked = day_workday_before(w->last - ago);
	j->created = moment(asked, rng_between(r, 8, 15), rng_below(r, 60));
	if (!j->wished)
		j->wished = day_add_workdays(asked, rng_between(r, 3, 8));
}

/* Earlier until all that happened lies before today. */
static bool
settle(const struct world *w, struct job *j, int idle)
{
	for (int i = 0; i < 30; i++) {
		struct course c = course_of(w, j);
		int day = moment_day(j->created);

		if (day <= idle)
			return false;
		if (moment_day(course_end(&c)) <= w->last)
			return true;
		j->created -= (int64_t)(day - day_workday_before(day - 1)) *
			      DAY_MINUTES;
	}
	return false;
}

static bool
set_requester(const struct world *w, const struct need *n, struct job *j,
	struct rng *r)
{
	if (n->portal != IN_SUPPLIER)
		return job_ask(w, j, n->portal, n->flags & APPROVAL, r);
	j->portal = IN_SUPPLIER;
	j->requester = GET(w->branches, GET(w->orgs, j->org)->branch)->planner;
	if (n->kind == KIND_INSPECTION)
		j->client = 0;
	if (!(n->flags & WLZ))
		return true;
	/* The professional it is made with signs; the advisor asks. */
	if (!job_ask(w, j, IN_PROFESSIONAL, false, r))
		return false;
	j->portal = IN_SUPPLIER;
	j->requester = GET(w->orgs, j->org)->advisor;
	return true;
}

static void
set_goal(const struct need *n, struct job *j)
{
	j->state = (unsigned char)n->state;
	j->held = (unsigned char)(n->state == STATE_ON_HOLD ? n->held
							    : STATE_COUNT);
	j->wlz = n->flags & WLZ;
	j->own = n->flags & OWN;
	j->workshop = n->flags & WORKSHOP;
}

static void
follow(struct world *w, const struct need *n, const struct job *j)
{
	struct aid *a = GET(w->aids, j->aid);
	bool in_depot = GET(w->places, a->place)->kind == PLACE_DEPOT;
	bool to_depot =
		j->to_place && GET(w->places, j->to_place)->kind == PLACE_DEPOT;

	if (request_ended(n->state)) {
		struct course c = course_of(w, j);

		a->idle = moment_day(course_end(&c));
		return;
	}
	a->busy = true;
	if (reached(n) != STATE_IN_PROGRESS)
		return;
	a->status = (unsigned char)aid_effect(n->kind, AID_START,
		(enum aid_status)a->status, in_depot, to_depot, j->workshop)
			    .status;
	if (n->kind == KIND_PICK_UP)
		GET(w->rentals, a->rental)->ended = j->wished;
}

static bool
make_on_aid(struct world *w, const struct need *n, int org, struct rng *r)
{
	const struct org *o = GET(w->orgs, org);

	for (int i = 0; i < TRIES; i++) {
		int id = o->aids + rng_below(r, o->size);
		struct job j;

		if (!fits(w, n, id, r))
			continue;
		j = job_for(w, id, n->kind, moment(w->last, 9, 0));
		if (n->kind == KIND_MOVE || n->kind == KIND_FROM_DEPOT)
			j.to_place = place_department(w, org, j.place, r);
		else if (n->kind == KIND_TO_DEPOT)
			j.to_place = life_depot(w, id, r);
		if (n->portal == IN_PROFESSIONAL && !j.client)
			j.client = client_at(w, j.place, r);
		set_goal(n, &j);
		set_days(w, n, &j, r);
		if (!set_requester(w, n, &j, r) ||
			!settle(w, &j, GET(w->aids, id)->idle))
			continue;
		job_keep(w, &j);
		follow(w, n, &j);
		return true;
	}
	return false;
}

/* What is delivered or rented is not one of the aids yet. */
static bool
make_of_product(struct world *w, const struct need *n, int org, struct rng *r)
{
	static const char *const wlz[] = {
		"20417", "20140", "20141", "18810", "30120", "50121", "20421"};
	struct job j = {.org = org,
		.kind = (unsigned char)n->kind,
		.seed = (unsigned)w->jobs.count + 1,
		.rented = n->kind == KIND_RENTAL};

	j.place = j.to_place = place_department(w, org, 0, r);
	j.client = client_at(w, j.place, r);
	j.product = product_by_number(
		w, n->kind == KIND_DELIVERY ? wlz[rng_below(r, 7)] : "33110");
	set_goal(n, &j);
	set_days(w, n, &j, r);
	if (!set_requester(w, n, &j, r) || !settle(w, &j, 0))
		return false;
	job_keep(w, &j);
	return true;
}

void
open_make(struct world *w)
{
	for (int org = 1; org <= w->orgs.count; org++) {
		struct rng r = rng_for(SALT_OPEN, (uint64_t)org << 32);
		int size = GET(w->orgs, org)->size;

		for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
			const struct need *n = &needs[i];
			int count = (n->count * size + CUSTOMER_SIZE / 2) /
				    CUSTOMER_SIZE;

			if (count == 0 && org <= EVERY_STATE_ORGS)
				count = 1;
			while (count-- > 0)
				if (n->flags & PRODUCT)
					make_of_product(w, n, org, &r);
				else
					make_on_aid(w, n, org, &r);
		}
	}
}
