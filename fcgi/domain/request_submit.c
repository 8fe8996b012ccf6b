#include <stdlib.h>
#include <string.h>

#include "../access/access.h"
#include "../core/text.h"
#include "aid.h"
#include "client.h"
#include "request.h"
#include "request_tell.h"
#include "stand_in.h"

/* What is found out on the way from the draft to the rows. */
struct submission {
	struct request *request;
	const struct request_draft *draft;
	const char *number;
	int64_t organisation;
	int64_t location;
	int64_t client;
	int64_t authoriser; /* 0: nobody */
	int64_t on_behalf;  /* whose stand-in that is, or 0 */
	struct request_verdict verdict;
	int64_t id;
};

/*
 * Each aid in scope, and free for this service. In a depot of the
 * supplier's the location is that where it belongs.
 */
static enum rc
check_aids(struct submission *s, const char **refused)
{
	const struct request_draft *d = s->draft;
	int64_t location;
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < d->aid_count; i++) {
		rc = aid_ask(s->request, d->aid_ids[i], d->kind,
			&s->organisation, &location, refused);
		if (!rc && !s->location)
			s->location = location;
	}
	return rc || s->location ? rc : RC_NOTFOUND;
}

static enum rc
find_place(struct submission *s, int64_t id)
{
	struct request *r = s->request;
	struct db_row row;
	int64_t whose;
	enum rc rc = db_one(r->db, r->pool, SQL_REQUEST_PLACE,
		DB_ARGS(db_int("place", id)), &row);

	if (rc)
		return rc;
	/* Of a depot of the supplier's the other place says whose it is. */
	whose = db_num(row, "organisation_id");
	if (whose && s->organisation && whose != s->organisation)
		return RC_NOTFOUND;
	if (!s->organisation)
		s->organisation = whose;
	if (!s->location)
		s->location = db_num(row, "location_id");
	return RC_OK;
}

static enum rc
check_places(struct submission *s)
{
	enum rc rc;

	s->organisation = s->request->who->organisation;
	rc = find_place(s, s->draft->place_id);
	if (!rc && s->draft->to_place_id)
		rc = find_place(s, s->draft->to_place_id);
	return rc;
}

/* Oneself as authoriser means that nobody needs to authorise it (I5). */
static enum rc
find_authoriser(struct submission *s)
{
	struct request *r = s->request;
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_REQUEST_AUTHORISER,
		DB_ARGS(db_int("membership", r->who->membership),
			db_text("kind", request_kind_name(s->draft->kind))),
		&row);

	if (rc == RC_OK && db_num(row, "authoriser_id") != r->who->account)
		s->authoriser = db_num(row, "authoriser_id");
	if (rc || !s->authoriser)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	return stand_in_of(r, s->organisation, r->who->account, &s->authoriser,
		&s->on_behalf);
}

static enum rc
judge(struct submission *s, const char **refused)
{
	const struct request_draft *d = s->draft;
	struct request_facts facts = {
		.needs_approval = s->authoriser != 0,
		.wlz = d->law && !strcmp(d->law, "wlz"),
		.own_performs = d->own_performs,
	};

	s->verdict = request_rule(
		STATE_DRAFT, EVENT_SUBMIT, ACTOR_REQUESTER, &facts);
	*refused = s->verdict.refused;
	return *refused ? RC_INVALID : RC_OK;
}

static enum rc
find_client(struct submission *s)
{
	const struct request_draft *d = s->draft;

	s->client = d->client_id;
	if (s->client)
		return client_known(s->request, s->organisation, s->client);
	if (!d->client_name || !*d->client_name)
		return RC_OK;
	return client_for_name(s->request, s->organisation, s->location,
		d->client_name, &s->client);
}

static enum rc
take_number(struct submission *s)
{
	struct request *r = s->request;
	char today[11];
	int year;
	enum rc rc;

	text_today(today);
	year = (int)strtol(today, NULL, 10);
	rc = db_exec(
		r->db, SQL_REQUEST_NUMBER, DB_ARGS(db_int("year", year)), NULL);
	s->number = pool_printf(
		r->pool, "%d-%06lld", year, (long long)db_insert_id(r->db));
	return rc;
}

static enum rc
insert_request(struct submission *s)
{
	struct request *r = s->request;
	const struct request_draft *d = s->draft;
	bool professional = r->who->portal == DB_PROFESSIONAL;
	uint64_t count;
	enum rc rc = db_exec(r->db, SQL_REQUEST_INSERT,
		DB_ARGS(db_text("number", s->number),
			db_text("portal", r->who->portal_name),
			db_text("kind", request_kind_name(d->kind)),
			db_text("state", request_state_name(s->verdict.next)),
			db_int("organisation", s->organisation),
			db_int("location", s->location),
			db_int("place", d->place_id),
			db_id("to_place", d->to_place_id),
			db_int("many", d->aid_count > 1),
			db_id("client", s->client), db_text("law", d->law),
			db_text("performer",
				d->own_performs ? "own" : "supplier"),
			db_text("reference", d->reference),
			db_int("requester", r->who->account),
			db_id("approver", s->authoriser),
			db_id("signer", professional ? r->who->account : 0),
			db_text("contact_name", d->contact_name),
			db_text("contact_phone", d->contact_phone),
			db_text("contact_email", d->contact_email),
			db_text("description",
				d->description ? d->description : ""),
			db_text("message", d->message),
			db_text("wished_on", d->wished_on)),
		&count);

	s->id = db_insert_id(r->db);
	return !rc && !count ? RC_NOTFOUND : rc;
}

static enum rc
insert_lines(struct submission *s)
{
	const struct request_draft *d = s->draft;
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < d->aid_count; i++)
		rc = db_exec(s->request->db, SQL_REQUEST_LINE_INSERT,
			DB_ARGS(db_int("request", s->id),
				db_int("position", (int64_t)i + 1),
				db_int("aid", d->aid_ids[i])),
			NULL);
	return rc;
}

static enum rc
insert_steps(struct submission *s)
{
	struct request *r = s->request;
	struct db_arg id = db_int("request", s->id);
	struct db_arg organisation = db_int("organisation", s->organisation);
	enum rc rc = db_exec(r->db, SQL_REQUEST_EVENT_INSERT,
		DB_ARGS(id, organisation, db_text("name", "submit"),
			db_text("from_state", "draft"),
			db_text("to_state",
				request_state_name(s->verdict.next)),
			db_int("actor", r->who->account),
			db_text("day", s->draft->wished_on), db_null("part"),
			db_null("reason"), db_null("field"),
			db_null("old_value"), db_null("new_value")),
		NULL);

	if (rc || !s->authoriser)
		return rc;
	return db_exec(r->db, SQL_REQUEST_APPROVAL_INSERT,
		DB_ARGS(id, organisation, db_int("approver", s->authoriser),
			db_id("on_behalf", s->on_behalf)),
		NULL);
}

/*
 * The request as it now is: the aids' history, the log, the mails. Who asks
 * gets a confirmation besides those whom the rules tell.
 */
static enum rc
announce(struct submission *s)
{
	struct request *r = s->request;
	struct service_request sr;
	enum rc rc = request_get(r, s->number, &sr);

	if (!rc)
		rc = aid_asked(r, &sr);
	if (!rc)
		rc = audit_clients(r, "create",
			pool_printf(r->pool, "request %s", s->number),
			&s->client, 1);
	if (!rc)
		rc = request_tell(r, &sr, EVENT_SUBMIT,
			s->verdict.told | TOLD_REQUESTER, NULL,
			s->draft->wished_on, NULL);
	return rc;
}

enum rc
request_submit(struct request *r, const struct request_draft *d,
	const char **number, const char **refused)
{
	struct submission s = {.request = r, .draft = d};
	enum rc rc;

	*refused = NULL;
	rc = check_places(&s);
	if (!rc)
		rc = find_authoriser(&s);
	if (!rc)
		rc = judge(&s, refused);
	if (!rc)
		rc = aid_lock(r, d->aid_ids, d->aid_count);
	/* Here they stand in line: what follows locks rows side by side. */
	if (!rc)
		rc = take_number(&s);
	if (!rc)
		rc = check_aids(&s, refused);
	if (!rc)
		rc = find_client(&s);
	if (!rc)
		rc = insert_request(&s);
	if (!rc)
		rc = insert_lines(&s);
	if (!rc)
		rc = insert_steps(&s);
	if (!rc)
		rc = announce(&s);
	*number = s.number;
	return rc;
}
