#include <inttypes.h>
#include <stdio.h>

#include "../core/log.h"
#include "cleaner.h"

static const struct {
	enum sql sql;
	const char *name;
} tasks[] = {
	{SQL_CLEAN_SESSIONS, "sessions"},
	{SQL_CLEAN_FORM_KEYS, "form-keys"},
	{SQL_CLEAN_LOGIN_GUARDS, "login-guards"},
	{SQL_CLEAN_DEVICES, "devices"},
	{SQL_CLEAN_LOGIN_HELP, "login-help"},
	{SQL_CLEAN_MAIL, "mail"},
	{SQL_CLEAN_EXPORTS, "exports"},
	{SQL_CLEAN_DRAFTS, "drafts"},
	{SQL_CLEAN_PHOTOS, "photos"},
	{SQL_CLEAN_ATTACHMENTS, "attachments"},
	{SQL_CLEAN_UNREAD, "unread"},
};

/* A statement at a time, until it finds no more. */
static enum rc
clean(struct db *db, const struct config *c, enum sql sql, uint64_t *total)
{
	uint64_t count;

	*total = 0;
	do {
		if (db_exec(db, sql,
			    DB_ARGS(db_int("idle", c->session.idle_minutes),
				    db_int("hours", c->session.hours),
				    db_int("device_days",
					    c->login.device_days)),
			    &count))
			return RC_FAIL;
		*total += count;
	} while (count);
	return RC_OK;
}

enum rc
cleaner_run(struct db *db, const struct config *config)
{
	for (size_t i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++) {
		char rows[24];
		uint64_t total;

		if (clean(db, config, tasks[i].sql, &total))
			return RC_FAIL;
		snprintf(rows, sizeof(rows), "%" PRIu64, total);
		if (total)
			log_event(LOG_INFO, "cleaned", "what", tasks[i].name,
				"rows", rows, NULL);
	}
	return RC_OK;
}
