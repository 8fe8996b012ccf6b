#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "seed.h"

/* The jobs as rows: numbered by the day they were asked. */

enum {
	COST_MOVE = 3950,
	COST_INSPECTION = 6850,
	COST_CLEANING = 4500,
	COST_CALL = 3500,
	FIRST_YEAR = 2000,
	YEARS = 200
};

static const char *const portals[] = {
	"institution", "professional", "supplier"};

struct job
job_for(const struct world *w, int aid, enum request_kind kind, int64_t created)
{
	const struct aid *a = GET(w->aids, aid);
	struct job j = {.created = created,
		.org = a->holder,
		.aid = aid,
		.product = a->product,
		.place = a->place,
		.client = a->client,
		.seed = (unsigned)w->jobs.count + 1,
		.kind = (unsigned char)kind,
		.state = STATE_DONE,
		.held = STATE_COUNT,
		.rented = !a->owner};
	struct rng r = rng_for(SALT_OPEN, j.seed);

	j.wished = day_add_workdays(moment_day(created), rng_between(&r, 2, 9));
	if (!j.client && rng_chance(&r, 300))
		j.client = client_at(w, a->place, &r);
	return j;
}

bool
job_ask(const struct world *w, struct job *j, enum portal_kind portal,
	bool approval, struct rng *r)
{
	bool stored = !GET(w->places, j->place)->location;
	const struct member *m =
		member_for(w, j->org, portal, (enum request_kind)j->kind,
			stored ? j->to_place : j->place, approval, r);

	if (!m)
		return false;
	j->portal = (unsigned char)portal;
	j->requester = m->account;
	j->approver = m->authoriser[j->kind];
	j->signer = portal == IN_PROFESSIONAL ? m->account : 0;
	return true;
}

void
job_keep(struct world *w, const struct job *j)
{
	*ADD(w->jobs) = *j;
}

static int
in_time(const void *a, const void *b)
{
	const struct job *x = a, *y = b;

	if (x->created != y->created)
		return x->created < y->created ? -1 : 1;
	return x->seed < y->seed ? -1 : x->seed > y->seed;
}

/* The words of a request. */
struct words {
	char description[400];
	const char *work;
	const char *message;
	int cost;
};

static void
defect_words(const struct world *w, const struct job *j, struct words *words,
	struct rng *r)
{
	const struct defect *d = product_defect(w, j->product, r);
	const char *opening = phrase(w, PHRASE_OPENING, r);
	const char *closing = phrase(w, PHRASE_CLOSING, r);

	snprintf(words->description, sizeof(words->description), "%s%s%s%s%s",
		opening, *opening ? " " : "", d->text, *closing ? " " : "",
		closing);
	words->work = d->work;
	words->cost = d->cost * rng_between(r, 85, 125) / 2500 * 25;
}

static void
service_words(const struct world *w, const struct job *j, struct words *words,
	struct rng *r)
{
	static const struct {
		enum phrase asked, done;
		int cost;
	} kinds[KIND_COUNT] = {
		[KIND_MOVE] = {PHRASE_MOVE, PHRASE_MOVED, COST_MOVE},
		[KIND_FROM_DEPOT] = {PHRASE_FROM_DEPOT, PHRASE_FETCHED,
			COST_MOVE},
		[KIND_TO_DEPOT] = {PHRASE_TO_DEPOT, PHRASE_STORED, COST_MOVE},
		[KIND_PICK_UP] = {PHRASE_PICK_UP, PHRASE_COLLECTED, 0},
		[KIND_ADAPTATION] = {PHRASE_ADAPTATION, PHRASE_ADAPTED, 0},
		[KIND_RENTAL] = {PHRASE_RENTAL, PHRASE_DELIVERED, 0},
		[KIND_DELIVERY] = {PHRASE_DELIVERY, PHRASE_DELIVERED, 0},
		[KIND_INSPECTION] = {PHRASE_INSPECTION, PHRASE_INSPECTED,
			COST_INSPECTION},
		[KIND_CLEANING] = {PHRASE_CLEANING, PHRASE_CLEANED,
			COST_CLEANING},
	};

	snprintf(words->description, sizeof(words->description), "%s",
		phrase(w, kinds[j->kind].asked, r));
	words->work = phrase(w, kinds[j->kind].done, r);
	words->cost = kinds[j->kind].cost;
}

static struct words
words_of(const struct world *w, const struct job *j, const struct course *c)
{
	struct rng r = rng_for(SALT_TEXT, j->seed);
	struct words words = {.message = NULL};

	if (j->kind == KIND_REPAIR)
		defect_words(w, j, &words, &r);
	else
		service_words(w, j, &words, &r);
	if (j->portal != IN_SUPPLIER && rng_chance(&r, 350))
		words.message = phrase(w, PHRASE_MESSAGE, &r);
	if (c->no_fault) {
		words.work = phrase(w, PHRASE_NO_FAULT, &r);
		words.cost = COST_CALL;
	}
	if (j->rented || j->own || j->wlz)
		words.cost = 0;
	if (!c->done) {
		words.work = NULL;
		words.cost = 0;
	}
	return words;
}

/* On the spot: the one who asked, or the team of the department. */
struct contact {
	char name[160];
	char phone[20];
	const char *email;
};

static struct contact
contact_of(const struct world *w, const struct job *j)
{
	struct rng r = rng_for(SALT_PLACE, j->seed);
	const struct account *a = GET(w->accounts, j->requester);
	int at = j->to_place && j->kind == KIND_FROM_DEPOT ? j->to_place
							   : j->place;
	struct contact c;

	c.email = a->email;
	if (j->portal == IN_SUPPLIER || rng_chance(&r, 350)) {
		snprintf(c.name, sizeof(c.name), "Team %s",
			GET(w->places, at)->name);
		snprintf(c.phone, sizeof(c.phone), "050000%04d",
			7000 + at % 3000);
	} else {
		snprintf(c.name, sizeof(c.name), "%s", a->name);
		snprintf(c.phone, sizeof(c.phone), "%s", a->phone);
	}
	return c;
}

struct tables {
	struct batch *request, *line, *event, *approval, *aid_event;
	int numbers[YEARS];
};

static const char *
law_of(const struct job *j)
{
	if (j->wlz)
		return "wlz";
	if (j->portal != IN_PROFESSIONAL)
		return NULL;
	return j->kind == KIND_RENTAL ? "zvw" : "own";
}

/* Of work in a depot of the supplier's: where it goes, or belongs. */
static int
stored_location(const struct world *w, const struct job *j)
{
	int home = j->aid ? GET(w->aids, j->aid)->home : 0;

	if (j->to_place)
		return GET(w->places, j->to_place)->location;
	return home ? GET(w->places, home)->location
		    : GET(w->orgs, j->org)->places;
}

/* Its only line, and what that carries for lists. */
static void
write_line(const struct world *w, struct tables *t, int id, const struct job *j,
	const struct course *c, int location)
{
	const struct product *p = GET(w->products, j->product);
	const struct category *lower = GET(w->categories, p->category);
	const struct category *upper = GET(w->categories, lower->parent);
	char type[150];

	snprintf(type, sizeof(type), "%s %s", p->make, p->type);
	BATCH_ROW(t->line, v_number(id), v_number(id), v_number(j->org),
		v_id(j->aid), v_id(j->aid ? 0 : j->product),
		v_text(request_state_name((enum request_state)j->state)),
		v_day(c->wished), v_day(c->planned), v_day(c->done),
		v_moment(j->created),
		v_text(request_kind_name((enum request_kind)j->kind)),
		v_number(location), v_number(j->place), v_number(j->requester),
		v_id(j->approver),
		v_id(j->aid ? GET(w->aids, j->aid)->number : 0), v_text(type),
		v_text(upper->nl), v_text(upper->en), v_text(lower->nl),
		v_text(lower->en), v_text(GET(w->places, location)->name),
		v_text(GET(w->places, j->place)->name));
}

static void
write_request(const struct world *w, struct tables *t, int id,
	const struct job *j, const struct course *c, const struct words *words)
{
	struct rng r = rng_for(SALT_TEXT, ~(uint64_t)j->seed);
	struct contact contact = contact_of(w, j);
	const struct branch *branch =
		GET(w->branches, GET(w->orgs, j->org)->branch);
	int mechanic =
		branch->mechanics + rng_below(&r, branch->mechanic_count);
	int year = day_year(moment_day(j->created));
	int location = GET(w->places, j->place)->location;
	bool held = j->state == STATE_ON_HOLD;
	char number[20], reference[40];

	if (!location)
		location = stored_location(w, j);
	snprintf(number, sizeof(number), "%d-%06d", year,
		++t->numbers[year - FIRST_YEAR]);
	snprintf(reference, sizeof(reference), "KP %d",
		4100 + rng_below(&r, 60) * 10);
	BATCH_ROW(t->request, v_number(id), v_text(number),
		v_text(portals[j->portal]),
		v_text(request_kind_name((enum request_kind)j->kind)),
		v_text(request_state_name((enum request_state)j->state)),
		v_text(held ? request_state_name((enum request_state)j->held)
			    : NULL),
		v_day(c->held_until), v_number(j->org),
		v_number(GET(w->orgs, j->org)->branch), v_number(location),
		v_number(j->place), v_id(j->to_place), v_id(j->client),
		v_text(law_of(j)), v_text(j->own ? "own" : "supplier"),
		v_text(j->portal == IN_INSTITUTION && rng_chance(&r, 150)
				? reference
				: NULL),
		v_number(j->requester), v_id(j->approver), v_id(j->signer),
		v_text(contact.name), v_text(contact.phone),
		v_text(contact.email), v_text(words->description),
		v_text(words->message), v_day(c->wished), v_day(c->planned),
		v_text(c->planned ? c->part : NULL),
		v_text(c->mechanic ? GET(w->mechanics, mechanic)->name : NULL),
		v_id(c->mechanic ? mechanic : 0), v_number(c->workshop),
		v_text(!c->done	      ? NULL
			: c->no_fault ? "no_fault"
				      : "done"),
		v_text(words->work), v_day(c->done), v_id(words->cost),
		v_moment(j->created), v_moment(course_end(c)),
		v_number(c->count));
	write_line(w, t, id, j, c, location);
}

static void
write_approval(
	struct tables *t, int id, const struct job *j, const struct course *c)
{
	const struct step *answer = c->count > 1 ? &c->steps[1] : NULL;
	const char *verdict = NULL;

	if (answer && answer->event == EVENT_APPROVE)
		verdict = "approved";
	else if (answer && answer->event == EVENT_REJECT)
		verdict = "rejected";
	else if (answer)
		verdict = "withdrawn";
	BATCH_ROW(t->approval, v_text("request"), v_number(id),
		v_number(j->org), v_number(j->approver), v_text(verdict),
		v_text(answer ? answer->reason : NULL), v_moment(j->created),
		v_moment(answer ? answer->at : 0));
}

static void
write_steps(
	struct tables *t, int id, const struct job *j, const struct course *c)
{
	for (int i = 0; i < c->count; i++) {
		const struct step *s = &c->steps[i];

		BATCH_ROW(t->event, v_text("request"), v_number(id),
			v_number(j->org), v_text(request_event_name(s->event)),
			v_text(request_state_name(s->from)),
			v_text(request_state_name(s->to)), v_number(s->actor),
			v_moment(s->at), v_day(s->day), v_text(s->part),
			v_text(s->reason));
	}
}

static void
write_history(const struct world *w, struct tables *t, int id,
	const struct job *j, const struct course *c, const struct words *words)
{
	enum request_kind kind = (enum request_kind)j->kind;
	int to = j->to_place;

	if (kind == KIND_RENTAL)
		kind = KIND_DELIVERY;
	if (kind == KIND_PICK_UP && c->done)
		to = GET(w->branches, GET(w->orgs, j->org)->branch)->store;
	BATCH_ROW(t->aid_event, v_number(j->aid), v_number(j->org),
		v_number(id), v_text(request_kind_name(kind)),
		v_text(words->work ? words->work : words->description),
		v_day(moment_day(j->created)), v_day(c->done),
		v_number(j->requester), v_number(j->place), v_id(to),
		v_id(words->cost));
}

static void
write_marks(const struct world *w, struct batch *b)
{
	for (int i = 0; i < w->marks.count; i++) {
		const struct mark *m = &w->marks.at[i];

		BATCH_ROW(b, v_number(m->aid), v_id(m->org), v_id(0),
			v_text(m->kind), v_text(m->summary), v_day(m->asked),
			v_day(m->done), v_id(0), v_id(m->from), v_id(m->to),
			v_id(0));
	}
}

static void
write_counter(const struct world *w, const struct tables *t)
{
	struct batch *b = batch_open(w->db, "counter", "series,year,value");

	for (int i = 0; i < YEARS; i++)
		if (t->numbers[i])
			BATCH_ROW(b, v_text("request"),
				v_number(FIRST_YEAR + i),
				v_number(t->numbers[i]));
	batch_close(b);
}

/*
 * Every inspection in the history, with the number of its certificate; how it
 * ended is in its words. That of the aid's own row is the last one.
 */
static void
write_inspections(const struct world *w)
{
	batch_run(w->db,
		"INSERT INTO inspection (number, aid_id, organisation_id, "
		"place_id, request_id, aid_event_id, result, inspected_on, "
		"next_on, inspector, remark, actor_id, created_at) "
		"SELECT CONCAT('K', YEAR(e.done_on), '-', LPAD(ROW_NUMBER() "
		"OVER (PARTITION BY YEAR(e.done_on) ORDER BY e.done_on, e.id), "
		"6, '0')), e.aid_id, e.organisation_id, "
		"COALESCE(e.from_place_id, a.place_id), e.request_id, e.id, "
		"CASE WHEN e.summary LIKE 'Afgekeurd%' THEN 'rejected' "
		"WHEN e.summary LIKE '%Let op%' THEN 'remarks' "
		"ELSE 'approved' END, e.done_on, "
		"IF(e.summary LIKE 'Afgekeurd%', NULL, DATE_ADD(e.done_on, "
		"INTERVAL c.inspection_months MONTH)), "
		"COALESCE(q.mechanic, 'Monteur 2'), "
		"IF(e.summary = 'Goedgekeurd.', NULL, e.summary), e.actor_id, "
		"CONCAT(e.done_on, ' 14:30:00') "
		"FROM aid_event e JOIN aid a ON a.id = e.aid_id "
		"JOIN category c ON c.id = a.subcategory_id "
		"LEFT JOIN request q ON q.id = e.request_id "
		"WHERE e.kind = 'inspection' AND e.done_on IS NOT NULL "
		"ORDER BY e.done_on, e.id");
	batch_run(w->db, "UPDATE aid a JOIN inspection i ON i.aid_id = a.id "
			 "AND i.inspected_on = a.inspected_on "
			 "SET a.inspection_result = i.result "
			 "WHERE i.result = 'remarks'");
	batch_run(w->db, "INSERT INTO counter (series, year, value) "
			 "SELECT 'inspection', YEAR(inspected_on), COUNT(*) "
			 "FROM inspection GROUP BY YEAR(inspected_on)");
}

static void
close_tables(struct tables *t)
{
	batch_close(t->request);
	batch_close(t->line);
	batch_close(t->event);
	batch_close(t->approval);
	batch_close(t->aid_event);
}

void
jobs_write(struct world *w)
{
	struct tables t = {
		.request = batch_open(w->db, "request",
			"id,number,portal,kind,state,held_state,held_until,"
			"organisation_id,branch_id,location_id,place_id,"
			"to_place_id,client_id,law,performer,reference,"
			"requester_id,approver_id,signer_id,contact_name,"
			"contact_phone,contact_email,description,message,"
			"wished_on,planned_on,planned_part,mechanic,"
			"mechanic_id,workshop,"
			"finding,work_done,done_on,cost_cents,created_at,"
			"changed_at,version"),
		.line = batch_open(w->db, "request_line",
			"id,request_id,organisation_id,aid_id,product_id,"
			"state,wished_on,planned_on,done_on,asked_at,kind,"
			"location_id,"
			"place_id,requester_id,approver_id,aid_number,"
			"type_name,category_nl,category_en,subcategory_nl,"
			"subcategory_en,location_name,place_name"),
		.event = batch_open(w->db, "event",
			"subject_kind,subject_id,organisation_id,name,"
			"from_state,to_state,actor_id,at,day,part,reason"),
		.approval = batch_open(w->db, "approval",
			"subject_kind,subject_id,organisation_id,approver_id,"
			"verdict,reason,asked_at,answered_at"),
		.aid_event = batch_open(w->db, "aid_event",
			"aid_id,organisation_id,request_id,kind,summary,"
			"asked_on,done_on,actor_id,from_place_id,to_place_id,"
			"cost_cents")};

	qsort(w->jobs.at, (size_t)w->jobs.count, sizeof(struct job), in_time);
	write_marks(w, t.aid_event);
	for (int id = 1; id <= w->jobs.count; id++) {
		const struct job *j = GET(w->jobs, id);
		struct course c = course_of(w, j);
		struct words words = words_of(w, j, &c);

		write_request(w, &t, id, j, &c, &words);
		write_steps(&t, id, j, &c);
		if (j->approver)
			write_approval(&t, id, j, &c);
		if (j->aid)
			write_history(w, &t, id, j, &c, &words);
	}
	close_tables(&t);
	write_inspections(w);
	write_counter(w, &t);
}
