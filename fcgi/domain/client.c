#include "../db/db.h"
#include "client.h"

enum rc
client_for_name(struct request *r, int64_t organisation_id, int64_t location_id,
	const char *name, int64_t *id)
{
	struct db_arg organisation = db_int("organisation", organisation_id);
	struct db_arg location = location_id ? db_int("location", location_id)
					     : db_null("location");
	struct db_row row;
	enum rc rc = db_one(r->db, r->pool, SQL_CLIENT_BY_NAME,
		DB_ARGS(organisation, location, db_text("name", name)), &row);

	if (rc == RC_OK) {
		*id = db_num(row, "id");
		return RC_OK;
	}
	if (rc != RC_NOTFOUND)
		return rc;
	rc = db_exec(r->db, SQL_CLIENT_INSERT,
		DB_ARGS(organisation, location, db_text("name", name)), NULL);
	*id = db_insert_id(r->db);
	return rc;
}

enum rc
client_known(struct request *r, int64_t organisation_id, int64_t id)
{
	struct db_row row;

	return db_one(r->db, r->pool, SQL_CLIENT_KNOWN,
		DB_ARGS(db_int("organisation", organisation_id),
			db_int("id", id)),
		&row);
}
