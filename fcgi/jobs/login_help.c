#include <string.h>

#include "../access/link.h"
#include "../domain/account_mail.h"
#include "login_help.h"

enum { MAILS_AN_HOUR = 3 };

struct answer {
	struct request *request;
	bool found;
};

static enum rc
send_mail(struct request *r, struct db_row asked)
{
	const char *state = db_str0(asked, "state");
	const char *email = db_str0(asked, "email");
	int64_t account = db_num(asked, "account_id");
	bool locked = !strcmp(db_str0(asked, "kind"), "locked");
	const char *event = "deactivated", *href = NULL;

	if (locked && strcmp(state, "active") != 0)
		return RC_OK;
	if (locked) {
		event = "locked";
	} else if (!strcmp(state, "active")) {
		event = "reset";
		href = link_make(r, account, LINK_RESET);
		if (!href)
			return RC_FAIL;
	}
	if (audit_account(r, account, "send", event, true))
		return RC_FAIL;
	return account_mail(r, event, email, db_str0(asked, "name"),
		db_str0(asked, "lang"), href);
}

/* Of those who asked at the same time, each job process takes another. */
static enum rc
answer(void *arg)
{
	struct answer *a = arg;
	struct request *r = a->request;
	struct db_row asked;
	enum rc rc =
		db_one(r->db, r->pool, SQL_LOGIN_HELP_NEXT, DB_NO_ARGS, &asked);

	a->found = rc == RC_OK;
	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	if (db_num(asked, "account_id") &&
		db_num(asked, "answered") < MAILS_AN_HOUR)
		rc = send_mail(r, asked);
	return rc ? rc
		  : db_exec(r->db, SQL_LOGIN_HELP_DONE,
			    DB_ARGS(db_int("id", db_num(asked, "id"))), NULL);
}

enum rc
login_help_answer_one(struct request *r, bool *busy)
{
	struct answer a = {.request = r};
	enum rc rc = db_transaction(r->db, answer, &a, NULL);

	*busy = *busy || (!rc && a.found);
	return rc;
}
