#include <inttypes.h>

#include "../core/request.h"
#include "expire.h"

struct expiring {
	const struct config *config;
	struct db *db;
	int64_t batches, rows;
	bool found;
};

/* One batch and what says so, or none of it. */
static enum rc
expire_one(void *arg)
{
	struct expiring *e = arg;
	struct pool *p = pool_create();
	char request[REQUEST_ID_SIZE];
	struct db_row b;
	uint64_t rows = 0;
	enum rc rc = db_one(e->db, p, SQL_AUDIT_EXPIRE_NEXT,
		DB_ARGS(db_int("years", e->config->audit.years)), &b);

	e->found = rc == RC_OK;
	request_name(request);
	if (!rc)
		rc = db_exec(e->db, SQL_AUDIT_EXPIRE_ROWS,
			DB_ARGS(db_int("from", db_num(b, "from_seq")),
				db_int("to", db_num(b, "to_seq"))),
			&rows);
	if (!rc)
		rc = db_exec(e->db, SQL_AUDIT_EXPIRE_BATCH,
			DB_ARGS(db_int("id", db_num(b, "id"))), NULL);
	if (!rc)
		rc = db_exec(e->db, SQL_AUDIT_EXPIRE_RECORD,
			DB_ARGS(db_text("request", request),
				db_text("subject",
					pool_printf(p,
						"audit %" PRId64 " - %" PRId64,
						db_num(b, "from_seq"),
						db_num(b, "to_seq")))),
			NULL);
	if (!rc) {
		e->batches++;
		e->rows += (int64_t)rows;
	}
	pool_destroy(p);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc
audit_expire(const struct config *config, struct db *db, FILE *out)
{
	struct expiring e = {.config = config, .db = db};
	enum rc rc;

	do
		rc = db_transaction(db, expire_one, &e, NULL);
	while (!rc && e.found);
	if (rc)
		fprintf(out, "hulpbalie: %s\n", db_error(db));
	else
		fprintf(out,
			"%" PRId64 " records of %" PRId64
			" batches were kept long enough, and are gone\n",
			e.rows, e.batches);
	return rc;
}
