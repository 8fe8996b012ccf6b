#include <string.h>

#include "../access/access.h"
#include "../db/db.h"
#include "../engine/detail.h"
#include "history.h"

static enum rc
insert(struct request *r, const struct history *h, const char *name,
	const char *state, const char *field, const char *old_value,
	const char *new_value)
{
	return db_exec(r->db, SQL_HISTORY_INSERT,
		DB_ARGS(db_text("kind", h->kind), db_int("id", h->id),
			db_int("organisation", h->organisation_id),
			db_text("name", name), db_text("state", state),
			db_int("actor", r->who->account),
			db_text("field", field),
			db_text("old_value", old_value),
			db_text("new_value", new_value)),
		NULL);
}

enum rc
history_add(struct request *r, const struct history *h, const char *name,
	const char *state)
{
	return insert(r, h, name, state, NULL, NULL, NULL);
}

enum rc
history_change(struct request *r, const struct history *h, const char *field,
	const char *old_value, const char *new_value)
{
	if (!strcmp(old_value ? old_value : "", new_value ? new_value : ""))
		return RC_OK;
	return insert(r, h, "change", "active", field, old_value, new_value);
}

/* A value as people read it: some are words of ours. */
static void
write_value(struct xml *x, const char *field, const char *value)
{
	if (!value || !*value)
		detail_arg(x, NULL, NULL, "–");
	else if (!strcmp(field, "second_factor"))
		detail_arg(x, "state", "organisation.second_factor", value);
	else if (!strcmp(field, "sms_allowed"))
		detail_arg(x, "state", "value", value);
	else if (!strncmp(field, "contract", strlen("contract")))
		detail_arg(x, "date", NULL, value);
	else
		detail_arg(x, NULL, NULL, value);
}

static void
write_step(struct request *r, struct db_row row)
{
	struct xml *x = r->xml;
	const char *field = db_str(row, "field");

	xml_open(x, "step");
	xml_attr(x, "id", db_str0(row, "name"));
	xml_attr(x, "status", "done");
	xml_attr(x, "at", db_str(row, "at"));
	xml_attr(x, "by", db_str(row, "actor"));
	if (field) {
		detail_arg(x, "state",
			pool_printf(r->pool, "%s.field", db_str0(row, "kind")),
			field);
		write_value(x, field, db_str(row, "old_value"));
		write_value(x, field, db_str(row, "new_value"));
	}
	detail_arg(x, NULL, NULL, db_str(row, "place"));
	xml_close(x);
}

enum rc
history_write_organisation(struct request *r, int64_t organisation_id, int most)
{
	struct db_rows rows;
	enum rc rc = db_select(r->db, r->pool, SQL_HISTORY_ORGANISATION,
		DB_ARGS(db_int("organisation", organisation_id),
			db_int("most", most)),
		&rows);

	if (rc || !rows.count)
		return rc;
	xml_open(r->xml, "timeline");
	xml_attr(r->xml, "id", "organisation");
	for (size_t i = 0; i < rows.count; i++)
		write_step(r, db_row(&rows, i));
	xml_close(r->xml);
	return RC_OK;
}
