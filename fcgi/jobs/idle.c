#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/format.h"
#include "../core/log.h"
#include "../domain/account.h"
#include "../domain/account_mail.h"
#include "../rules/calendar.h"
#include "../rules/idle.h"
#include "idle.h"

enum { TIME_SIZE = 20, DAY_SECONDS = 86400 };

struct idle {
	struct request *request;
	int64_t account;
	int today;
	char now[TIME_SIZE];
	enum idle_step step; /* that was made */
};

static int
day_of(struct db_row row, const char *column)
{
	const char *date = db_str(row, column);

	return date ? calendar_days_of(date) : 0;
}

/* institution.admin,supplier.system: whoever keeps accounts. */
static const char *
keepers(struct pool *p)
{
	const char *list = "";

	for (int i = 0; i < ROLE_COUNT; i++) {
		const char *portal = portal_ids[role_texts[i].portal];

		if (account_role_of(portal, role_texts[i].id).keeps)
			list = pool_printf(p, "%s%s%s.%s", list,
				*list ? "," : "", portal, role_texts[i].id);
	}
	return list;
}

/* The organisations that have nobody else to administer them. */
static enum rc
tell_advisors(struct idle *l, const char *event)
{
	struct request *r = l->request;
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_IDLE_ALONE,
		DB_ARGS(db_int("account", l->account),
			db_text("keepers", keepers(r->pool))),
		&rows);

	for (size_t i = 0; !rc && i < rows.count; i++) {
		struct db_row o = db_row(&rows, i);
		const struct config *c = r->config;
		bool staff = db_is_null(o, "code");
		const char *href =
			staff ? NULL
			      : pool_printf(r->pool,
					"%s/supplier/organisations/%s",
					c->origin, db_str0(o, "code"));

		rc = account_mail_about(r, event,
			staff ? c->brand.email : db_str0(o, "email"),
			staff ? c->brand.name : db_str0(o, "told"),
			db_str0(o, "lang"), href,
			staff ? c->brand.name : db_str0(o, "name"));
	}
	return rc;
}

/* By when, in the words of the account's own language. */
static enum rc
warn(struct idle *l, const struct account *a, const char *event, int day,
	enum sql sql)
{
	struct request *r = l->request;
	char date[DATE_SIZE];
	enum rc rc;

	calendar_date(day, date);
	rc = account_mail_about(r, event, a->email, a->name, a->lang, NULL,
		format_date_long(r->pool, lang_parse(a->lang), date));
	if (!rc)
		rc = audit_account(r, a->id, "send", event, true);
	return rc ? rc
		  : db_exec(r->db, sql,
			    DB_ARGS(db_int("account", a->id),
				    db_text("now", l->now)),
			    NULL);
}

static enum rc
make_step(struct idle *l, const struct account *a, const struct idle_facts *f,
	int day)
{
	struct request *r = l->request;
	bool never = a->state == ACCOUNT_INVITED && !f->was_active;
	const char *refused;
	enum rc rc = RC_OK;

	switch (l->step) {
	case IDLE_NOTHING:
		break;
	case IDLE_WARN:
		return warn(l, a, "idle-soon", day, SQL_IDLE_WARNED);
	case IDLE_WARN_AGAIN:
		rc = tell_advisors(l, "keeper-idle");
		return rc ? rc
			  : warn(l, a, "idle-soon", day, SQL_IDLE_WARNED_AGAIN);
	case IDLE_DEACTIVATE:
		rc = tell_advisors(l, "keeper-gone");
		return rc ? rc : account_deactivate(r, a, "idle", &refused);
	case IDLE_WARN_END:
		return warn(l, a, never ? "invited-soon" : "expire-soon", day,
			SQL_IDLE_END_WARNED);
	case IDLE_END:
		return account_end(
			r, a, never ? "not-activated" : "expired", &refused);
	}
	return rc;
}

/* What is due is judged under the account's lock. */
static enum rc
one(void *arg)
{
	struct idle *l = arg;
	struct request *r = l->request;
	struct idle_facts f;
	struct account a;
	struct db_row row;
	int day;
	enum rc rc = account_of_job(r, l->account, &a);

	l->step = IDLE_NOTHING;
	if (!rc)
		rc = db_one(r->db, r->pool, SQL_IDLE_FACTS,
			DB_ARGS(db_int("account", l->account)), &row);
	if (rc)
		return rc;
	f = (struct idle_facts){.state = a.state,
		.was_active = db_num(row, "was_active"),
		.has_address = a.email != NULL,
		.since = day_of(row, "since"),
		.warned = day_of(row, "warned"),
		.warned_again = day_of(row, "warned_again"),
		.end_warned = day_of(row, "end_warned")};
	l->step = idle_next(&f, l->today, &day);
	return make_step(l, &a, &f, day);
}

static void
say(const struct idle *l, enum rc rc)
{
	static const char *const names[] = {[IDLE_NOTHING] = "none",
		[IDLE_WARN] = "warned",
		[IDLE_WARN_AGAIN] = "warned-again",
		[IDLE_DEACTIVATE] = "deactivated",
		[IDLE_WARN_END] = "end-warned",
		[IDLE_END] = "ended"};
	char id[24];

	snprintf(id, sizeof(id), "%" PRId64, l->account);
	if (rc)
		log_event(LOG_ERROR, "idle-failed", "account", id, "step",
			names[l->step], "error", db_error(l->request->db),
			NULL);
	else if (l->step != IDLE_NOTHING)
		log_event(LOG_INFO, "idle", "account", id, "step",
			names[l->step], NULL);
}

/* In a pool of its own: there may be many. */
static enum rc
run_one(struct request *r, int64_t account, const struct idle *clock)
{
	struct pool *pool = pool_create();
	struct request own = *r;
	struct idle l = *clock;
	enum rc rc;

	own.pool = pool;
	request_name(own.id);
	l.request = &own;
	l.account = account;
	rc = db_transaction(r->db, one, &l, NULL);
	say(&l, rc);
	pool_destroy(pool);
	return rc && (db_down(r->db) || db_again(r->db)) ? RC_FAIL : RC_OK;
}

enum rc
idle_run(struct request *r, time_t now)
{
	struct idle clock = {.today = (int)(now / DAY_SECONDS)};
	struct db_rows rows;
	struct tm tm;
	int64_t after = 0;
	enum rc rc;

	gmtime_r(&now, &tm);
	strftime(clock.now, sizeof(clock.now), "%Y-%m-%d %H:%M:%S", &tm);
	do {
		struct pool *pool = pool_create();

		rc = db_select(r->db, pool, SQL_IDLE_SOME,
			DB_ARGS(db_int("after", after),
				db_text("now", clock.now)),
			&rows);
		for (size_t i = 0; !rc && i < rows.count; i++) {
			after = db_num(db_row(&rows, i), "id");
			rc = run_one(r, after, &clock);
		}
		pool_destroy(pool);
	} while (!rc && rows.count);
	return rc;
}
