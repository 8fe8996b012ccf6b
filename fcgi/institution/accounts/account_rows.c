#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../rules/contact.h"
#include "account_rows.h"

enum { NAME_LENGTH = 100 };

/* What a row is held against. */
struct checking {
	struct import *import;
	struct account_rows *made;
	struct db_rows emails; /* of the organisation */
	struct db_rows authorisers;
	struct db_rows places;
};

static void
fail(struct checking *c, int line, int column, const char *what,
	const char *text)
{
	import_fail(c->import, line, column, what, text);
}

static const char *
cell(const struct checking *c, const struct csv_row *row, int column)
{
	return import_cell(c->import, row, column);
}

static void
check_name(
	struct checking *c, const struct csv_row *row, struct account_row *to)
{
	const char *text = cell(c, row, COLUMN_NAME);

	to->draft.name = text;
	if (!*text)
		fail(c, row->line, COLUMN_NAME, "missing", NULL);
	else if (text_length(text) > NAME_LENGTH || strpbrk(text, "\r\n\t"))
		fail(c, row->line, COLUMN_NAME, "name", NULL);
}

static bool
is_known(const struct db_rows *rows, const char *email)
{
	for (size_t i = 0; i < rows->count; i++)
		if (!strcasecmp(db_str0(db_row(rows, i), "email"), email))
			return true;
	return false;
}

static void
check_email(
	struct checking *c, const struct csv_row *row, struct account_row *to)
{
	const char *text = cell(c, row, COLUMN_EMAIL);

	to->draft.email = text;
	if (!*text) {
		fail(c, row->line, COLUMN_EMAIL, "missing", NULL);
		return;
	}
	if (!contact_email(text))
		fail(c, row->line, COLUMN_EMAIL, "email", text);
	else if (is_known(&c->emails, text))
		fail(c, row->line, COLUMN_EMAIL, "email-known", text);
	for (const struct account_row *r = c->made->rows; r < to; r++)
		if (!strcasecmp(r->draft.email, text)) {
			fail(c, row->line, COLUMN_EMAIL, "email-twice",
				pool_printf(c->import->request->pool, "%d",
					r->line));
			return;
		}
}

/* "3", "Rol 3", "Beheerder". */
static void
check_role(
	struct checking *c, const struct csv_row *row, struct account_row *to)
{
	const char *text = cell(c, row, COLUMN_ROLE);

	for (int i = 0; i < ROLE_COUNT && *text; i++) {
		const char *id = role_texts[i].id;

		if (strcmp(portal_ids[role_texts[i].portal], "institution") !=
			0)
			continue;
		if (!strcasecmp(id, text) ||
			import_is_word(c->import,
				pool_printf(c->import->request->pool,
					"role.institution.%s", id),
				text))
			to->draft.role = id;
	}
	if (!*text)
		fail(c, row->line, COLUMN_ROLE, "missing", NULL);
	else if (!to->draft.role)
		fail(c, row->line, COLUMN_ROLE, "role", text);
}

static void
check_orders(
	struct checking *c, const struct csv_row *row, struct account_row *to)
{
	const char *text = cell(c, row, COLUMN_ORDERS);
	bool yes = import_is_word(c->import, "value.yes", text) ||
		   !strcasecmp(text, "x");

	to->draft.may_authorise_orders = yes;
	if (*text && !yes && !import_is_word(c->import, "value.no", text))
		fail(c, row->line, COLUMN_ORDERS, "yes-no", text);
	else if (yes && to->draft.role &&
		 !account_role_of("institution", to->draft.role).may_orders)
		fail(c, row->line, COLUMN_ORDERS, "orders-role",
			to->draft.role);
}

/* Whether they exist is asked when all rows are read: one may be of them. */
static void
read_authorisers(
	struct checking *c, const struct csv_row *row, struct account_row *to)
{
	for (int i = 0; i < ACCOUNT_SERVICES; i++) {
		const char *text = cell(c, row, COLUMN_REPAIR + i);

		if (*text && strcasecmp(text, to->draft.email) != 0)
			to->authorisers[i] = text;
	}
}

static bool
may_authorise(const struct checking *c, const char *email)
{
	for (size_t i = 0; i < c->authorisers.count; i++) {
		struct db_row row = db_row(&c->authorisers, i);

		if (!strcasecmp(db_str0(row, "email"), email))
			return account_is_authoriser(row, false);
	}
	for (size_t i = 0; i < c->made->count; i++) {
		const struct account_draft *d = &c->made->rows[i].draft;

		if (d->role && !strcasecmp(d->email, email))
			return account_role_of("institution", d->role)
				.may_services;
	}
	return false;
}

static void
check_authorisers(struct checking *c)
{
	for (size_t i = 0; i < c->made->count; i++) {
		const struct account_row *row = &c->made->rows[i];

		for (int k = 0; k < ACCOUNT_SERVICES; k++)
			if (row->authorisers[k] &&
				!may_authorise(c, row->authorisers[k]))
				fail(c, row->line, COLUMN_REPAIR + k,
					"authoriser", row->authorisers[k]);
	}
}

/* "Havenzicht" is all of it, "Havenzicht/Duin" a place in it. 0: none. */
static int64_t
find_place(const struct checking *c, const char *text, bool *whole)
{
	for (size_t i = 0; i < c->places.count; i++) {
		struct db_row p = db_row(&c->places, i);

		*whole = db_num(p, "id") == db_num(p, "top");
		if (!strcasecmp(text,
			    *whole ? db_str0(p, "name") : db_str0(p, "path")))
			return db_num(p, "id");
	}
	return 0;
}

static void
add_place(struct checking *c, struct account_row *to, const char *text)
{
	bool whole;
	int64_t id = find_place(c, text, &whole);

	if (!id) {
		fail(c, to->line, COLUMN_PLACES, "place", text);
		return;
	}
	for (size_t i = 0; i < to->place_count; i++)
		if (to->places[i].id == id)
			return;
	if (to->place_count == ROW_PLACES_MAX) {
		fail(c, to->line, COLUMN_PLACES, "places", NULL);
		return;
	}
	to->places[to->place_count++] = (struct account_place){id, whole};
}

static void
check_places(
	struct checking *c, const struct csv_row *row, struct account_row *to)
{
	struct pool *p = c->import->request->pool;
	char *rest = pool_strdup(p, cell(c, row, COLUMN_PLACES));

	to->place_names = cell(c, row, COLUMN_PLACES);
	for (char *s; (s = strsep(&rest, "|"));) {
		s = text_trim(p, s);
		if (*s)
			add_place(c, to, s);
	}
}

static void
check_row(struct checking *c, const struct csv_row *row)
{
	struct request *r = c->import->request;
	struct account_row *to = &c->made->rows[c->made->count];

	*to = (struct account_row){.line = row->line,
		.draft = {.lang = r->lang,
			.portal = "institution",
			.organisation = r->who->organisation}};
	check_name(c, row, to);
	check_email(c, row, to);
	check_role(c, row, to);
	check_orders(c, row, to);
	read_authorisers(c, row, to);
	check_places(c, row, to);
	c->made->count++;
}

static enum rc
load(struct checking *c)
{
	struct request *r = c->import->request;
	enum rc rc = db_select(
		r->db, r->pool, SQL_ACCOUNTS_EMAILS, DB_NO_ARGS, &c->emails);

	if (!rc)
		rc = account_authorisers(
			r, r->who->organisation, 0, &c->authorisers);
	if (!rc)
		rc = db_select(r->db, r->pool, SQL_ACCOUNTS_PLACES,
			DB_ARGS(db_int("member", 0)), &c->places);
	return rc;
}

enum rc
account_rows_check(struct import *i)
{
	struct account_rows *made =
		pool_calloc(i->request->pool, 1, sizeof(*made));
	struct checking c = {.import = i, .made = made};
	enum rc rc = load(&c);

	if (rc)
		return rc;
	i->thing = made;
	made->rows = pool_calloc(
		i->request->pool, i->csv.count, sizeof(*made->rows));
	for (size_t n = 1; n < i->csv.count; n++)
		check_row(&c, &i->csv.rows[n]);
	check_authorisers(&c);
	return RC_OK;
}

static int64_t
account_of(const struct db_rows *rows, const char *email)
{
	for (size_t i = 0; i < rows->count; i++)
		if (!strcasecmp(db_str0(db_row(rows, i), "email"), email))
			return db_num(db_row(rows, i), "id");
	return 0;
}

struct made {
	struct account account;
	const struct account_member *m;
};

static enum rc
make(struct request *r, const struct account_row *row, struct made *made)
{
	const char *refused;
	size_t count = 0;
	enum rc rc = account_invite(r, &row->draft, &made->account, &refused);

	if (!rc)
		rc = account_members(r, &made->account, &made->m, &count);
	if (!rc && !count)
		rc = RC_FAIL;
	if (!rc && row->place_count)
		rc = account_member_places(r, &made->account, made->m,
			row->places, row->place_count, &refused);
	return rc;
}

/* When all are there, since one may be another's authoriser. */
static enum rc
set_authorisers(struct request *r, const struct account_row *row,
	const struct made *made, const struct db_rows *known)
{
	int64_t authorisers[ACCOUNT_SERVICES] = {0};
	const char *refused;
	bool any = false;

	for (int i = 0; i < ACCOUNT_SERVICES; i++)
		if (row->authorisers[i]) {
			authorisers[i] = account_of(known, row->authorisers[i]);
			any = true;
		}
	return any ? account_member_services(
			     r, &made->account, made->m, authorisers, &refused)
		   : RC_OK;
}

enum rc
account_rows_make(struct request *r, const struct account_rows *rows)
{
	struct made *made = pool_calloc(r->pool, rows->count, sizeof(*made));
	struct db_rows known;
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < rows->count; i++)
		rc = make(r, &rows->rows[i], &made[i]);
	if (!rc)
		rc = account_authorisers(r, r->who->organisation, 0, &known);
	for (size_t i = 0; !rc && i < rows->count; i++)
		rc = set_authorisers(r, &rows->rows[i], &made[i], &known);
	return rc;
}
