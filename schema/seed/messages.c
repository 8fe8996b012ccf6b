#include <string.h>

#include "seed.h"

/*
 * What customers and branches wrote to each other: the threads of
 * messages.tsv, each about a repair of that organisation, the newest first.
 */
enum {
	APART = 5,   /* one in so many of its repairs */
	MINUTES = 50 /* between messages */
};

/* A repair asked for before today, and not one that waits for a verdict. */
static bool
fits(const struct world *w, const struct job *j, const char *org)
{
	return j->kind == KIND_REPAIR && j->portal == IN_INSTITUTION &&
	       j->state != STATE_AWAITING_APPROVAL && !j->own &&
	       moment_day(j->created) < w->today &&
	       !strcmp(GET(w->orgs, j->org)->code, org);
}

/* The next one before that; 0: there is none. */
static int
next_job(const struct world *w, int before, const char *org)
{
	int left = APART;

	for (int id = before - 1; id > 0; id--)
		if (fits(w, GET(w->jobs, id), org) && !--left)
			return id;
	return 0;
}

static void
write_message(const struct world *w, struct batch *b, int id, int64_t at,
	const struct tsv *t)
{
	const struct job *j = GET(w->jobs, id);
	bool customer = !strcmp(t->field[2], "customer");
	int author = customer ? j->requester
			      : GET(w->branches, GET(w->orgs, j->org)->branch)
					->planner;

	BATCH_ROW(b, v_number(id), v_number(j->org), v_text(t->field[2]),
		v_number(author), v_text(GET(w->accounts, author)->name),
		v_text(t->field[3]), v_moment(at));
}

/* When the last was written, and for whom it still is. */
static void
write_marks(const struct world *w)
{
	batch_run(w->db,
		"UPDATE request q JOIN (SELECT request_id, MAX(at) AS at "
		"FROM request_message GROUP BY request_id) m "
		"ON m.request_id = q.id SET q.message_at = m.at");
	batch_run(w->db,
		"INSERT INTO message_unread (account_id, request_id, side, at) "
		"SELECT DISTINCT s.account_id, q.id, 'supplier', m.at "
		"FROM request_message m JOIN request q ON q.id = m.request_id "
		"AND q.message_at = m.at JOIN membership s "
		"ON s.portal = 'supplier' "
		"AND s.role IN ('advisor', 'planner', 'service') "
		"AND (s.branch_id IS NULL OR s.branch_id = q.branch_id) "
		"WHERE m.side = 'customer'");
	batch_run(w->db,
		"INSERT INTO message_unread (account_id, request_id, side, at) "
		"SELECT q.requester_id, q.id, 'customer', m.at "
		"FROM request_message m JOIN request q ON q.id = m.request_id "
		"AND q.message_at = m.at WHERE m.side = 'supplier'");
}

void
messages_write(const struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "messages.tsv");
	struct batch *b = batch_open(w->db, "request_message",
		"request_id,organisation_id,side,account_id,author,text,at");
	int id = w->jobs.count + 1;
	const char *thread = "";
	int64_t at = 0;

	while (tsv_next(&t)) {
		if (strcmp(thread, t.field[0]) != 0) {
			thread = t.field[0];
			id = next_job(w, id, t.field[1]);
			if (!id)
				break;
			at = GET(w->jobs, id)->created;
		}
		at += MINUTES;
		write_message(w, b, id, at, &t);
	}
	batch_close(b);
	write_marks(w);
}
