#include <string.h>

#include "../core/log.h"
#include "outbox.h"

static int64_t
seconds_until_next(int64_t attempts)
{
	static const int64_t pauses[] = {30, 120, 600, 3600, 4 * 3600};
	const int64_t count = sizeof(pauses) / sizeof(pauses[0]);

	return pauses[attempts < count ? attempts : count - 1];
}

static void
log_result(struct pool *p, struct db_row row, enum outbox_result result,
	const char *error)
{
	static const struct {
		enum log_level level;
		const char *event;
	} events[] = {
		[OUTBOX_SENT] = {LOG_INFO, "outbox-sent"},
		[OUTBOX_LATER] = {LOG_WARN, "outbox-later"},
		[OUTBOX_NEVER] = {LOG_ERROR, "outbox-failed"},
	};

	log_event(events[result].level, events[result].event, "id",
		db_str0(row, "id"), "message", db_str0(row, "message_id"),
		"kind", db_str0(row, "kind"), "attempt",
		pool_printf(p, "%lld", (long long)db_num(row, "attempts") + 1),
		"error", error, NULL);
}

enum rc
outbox_keep(struct db *db, struct pool *p, struct db_row row,
	enum outbox_result result, const char *error)
{
	int64_t pause = seconds_until_next(db_num(row, "attempts"));
	struct db_arg id = db_int("id", db_num(row, "id"));
	enum rc rc = RC_FAIL;

	log_result(p, row, result, error);
	switch (result) {
	case OUTBOX_SENT:
		rc = db_exec(db, SQL_OUTBOX_SENT, DB_ARGS(id), NULL);
		break;
	case OUTBOX_LATER:
		rc = db_exec(db, SQL_OUTBOX_LATER,
			DB_ARGS(id, db_text("error", error),
				db_int("seconds", pause)),
			NULL);
		break;
	case OUTBOX_NEVER:
		rc = db_exec(db, SQL_OUTBOX_FAILED,
			DB_ARGS(id, db_text("error", error)), NULL);
		break;
	}
	return rc;
}

/* Why it may not be sent any more, or NULL. */
static const char *
is_over(struct db_row row)
{
	if (db_num(row, "unanswered") >= OUTBOX_CLAIMS)
		return "its sender ended each time";
	return db_num(row, "expired") ? "too late" : NULL;
}

enum rc
outbox_claim(struct db *db, struct pool *p, const char *channel,
	struct db_row *row, bool *tried, bool *claimed)
{
	uint64_t changed = 0;
	const char *over;
	enum rc rc = db_one(db, p, SQL_OUTBOX_DUE,
		DB_ARGS(db_text("channel", channel)), row);

	*tried = *claimed = false;
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	*tried = true;
	over = is_over(*row);
	if (over)
		return outbox_keep(db, p, *row, OUTBOX_NEVER, over);
	rc = db_exec(db, SQL_OUTBOX_CLAIM,
		DB_ARGS(db_int("id", db_num(*row, "id")),
			db_int("attempts", db_num(*row, "attempts")),
			db_int("seconds",
				(int64_t)OUTBOX_CLAIM_SECONDS
					<< db_num(*row, "unanswered"))),
		&changed);
	*claimed = changed > 0;
	return rc;
}

bool
outbox_is_local(const char *url)
{
	static const char *const hosts[] = {"127.0.0.1", "[::1]", "localhost"};
	const char *host = strstr(url, "://");

	for (size_t i = 0; host && i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		size_t len = strlen(hosts[i]);

		if (!strncmp(host + 3, hosts[i], len) &&
			strchr(":/", host[3 + len]))
			return true;
	}
	return false;
}
