#include <stddef.h>
#include <string.h>

#include "aid_state.h"

static const char *const names[AID_STATUS_COUNT] = {"in_use", "in_depot",
	"in_transport", "in_cleaning", "in_repair", "out_of_service",
	"scrapped"};

const char *
aid_status_name(enum aid_status status)
{
	return names[status];
}

enum aid_status
aid_status_parse(const char *name)
{
	int i = 0;

	while (i < AID_STATUS_COUNT && (!name || strcmp(names[i], name) != 0))
		i++;
	return (enum aid_status)i;
}

/* How the work on the aid shows while it goes on, and where it ends. */
struct work {
	bool moves;    /* in transport, then at the place it goes to */
	bool collects; /* in transport, then to be cleaned at the supplier */
	bool repairs;  /* in repair where it was taken along */
	bool cleans;
};

static const struct work works[KIND_COUNT] = {
	[KIND_REPAIR] = {.repairs = true},
	[KIND_ADAPTATION] = {.repairs = true},
	[KIND_MOVE] = {.moves = true},
	[KIND_FROM_DEPOT] = {.moves = true},
	[KIND_TO_DEPOT] = {.moves = true},
	[KIND_RENTAL] = {.moves = true},
	[KIND_DELIVERY] = {.moves = true},
	[KIND_PICK_UP] = {.collects = true},
	[KIND_CLEANING] = {.cleans = true},
};

static enum aid_status
at_rest(bool depot)
{
	return depot ? AID_IN_DEPOT : AID_IN_USE;
}

static void
start(struct aid_effect *e, const struct work *w, bool workshop)
{
	if (w->moves || w->collects)
		e->status = AID_IN_TRANSPORT;
	else if (w->cleans)
		e->status = AID_IN_CLEANING;
	else if (w->repairs && workshop)
		e->status = AID_IN_REPAIR;
}

static void
done(struct aid_effect *e, const struct work *w, bool in_depot, bool to_depot)
{
	if (w->moves) {
		e->status = at_rest(to_depot);
		e->place = AID_GOES_TO;
	} else if (w->collects) {
		e->status = AID_IN_CLEANING;
		e->place = AID_TO_SUPPLIER;
		e->ends_rental = true;
	} else if (w->cleans || (w->repairs && e->status == AID_IN_REPAIR)) {
		e->status = at_rest(in_depot);
	}
}

/* Back to where it was; what was not cleaned in a depot still must be. */
static void
stopped(struct aid_effect *e, const struct work *w, bool in_depot)
{
	if (((w->moves || w->collects) && e->status == AID_IN_TRANSPORT) ||
		(w->repairs && e->status == AID_IN_REPAIR) ||
		(w->cleans && !in_depot))
		e->status = at_rest(in_depot);
}

struct aid_effect
aid_effect(enum request_kind kind, enum aid_moment moment,
	enum aid_status status, bool in_depot, bool to_depot, bool workshop)
{
	struct aid_effect e = {.status = status, .place = AID_STAYS};
	const struct work *w = &works[kind];

	if (moment == AID_START)
		start(&e, w, workshop);
	else if (moment == AID_DONE)
		done(&e, w, in_depot, to_depot);
	else
		stopped(&e, w, in_depot);
	if (status == AID_OUT_OF_SERVICE || status == AID_SCRAPPED)
		e.status = status;
	return e;
}

/* In which status each service makes sense, and what it has to do with. */
#define A(status) (1U << AID_##status)

static const struct service {
	unsigned statuses;
	bool moves;
	bool for_rented;
} services[KIND_COUNT] = {
	[KIND_REPAIR] = {A(IN_USE) | A(IN_DEPOT), false, false},
	[KIND_MOVE] = {A(IN_USE), true, false},
	[KIND_FROM_DEPOT] = {A(IN_DEPOT), true, false},
	[KIND_TO_DEPOT] = {A(IN_USE), true, false},
	[KIND_PICK_UP] = {A(IN_USE) | A(IN_DEPOT), true, true},
	[KIND_INSPECTION] = {A(IN_USE) | A(IN_DEPOT), false, false},
};

bool
aid_service_moves(enum request_kind kind)
{
	return services[kind].moves;
}

const char *
aid_service_refused(enum request_kind kind, const struct aid_facts *f)
{
	const struct service *s = &services[kind];

	if (!s->statuses)
		return "kind";
	if (s->for_rented && !f->rented)
		return "owned";
	if (!(s->statuses & (1U << f->status)))
		return names[f->status];
	if (s->moves && f->moving)
		return "moving";
	if (kind == KIND_INSPECTION && f->inspecting)
		return "inspecting";
	return NULL;
}

const char *
aid_hand_refused(
	enum aid_deed deed, enum aid_status status, bool moving, bool asked)
{
	if (status == AID_SCRAPPED)
		return "scrapped";
	if (deed == AID_RELOCATE && moving)
		return "moving";
	return deed == AID_SCRAP && asked ? "asked" : NULL;
}
