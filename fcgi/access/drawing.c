#include "../db/db.h"
#include "drawing.h"

static int64_t
share_of(const struct request *r)
{
	return (int64_t)r->config->document_seconds * 1000;
}

enum rc
drawing_begin(struct request *r)
{
	int64_t share = share_of(r);
	uint64_t taken = 0;

	if (db_exec(r->db, SQL_DRAWING_ACCOUNT, DB_NO_ARGS, NULL) ||
		db_exec(r->db, SQL_DRAWING_BEGIN,
			DB_ARGS(db_int("share", share),
				db_int("charge", share / 2)),
			&taken))
		return RC_FAIL;
	return taken ? RC_OK : RC_REFUSED;
}

enum rc
drawing_end(struct request *r, int64_t milliseconds)
{
	return db_exec(r->db, SQL_DRAWING_END,
		DB_ARGS(db_int("charge", share_of(r) / 2),
			db_int("used", milliseconds)),
		NULL);
}
