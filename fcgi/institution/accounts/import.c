#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../../access/access.h"
#include "../../core/render.h"
#include "../../core/text.h"
#include "../../rules/contact.h"
#include "import.h"

enum { NAME_LENGTH = 100 };

const char *const import_columns[IMPORT_COLUMNS] = {"name", "email", "role",
	"orders", "repair", "move", "from_depot", "to_depot", "pick_up",
	"places"};

/* What a row is held against. */
struct checking {
	struct request *request;
	struct import *import;
	struct csv csv;
	int at[IMPORT_COLUMNS]; /* which cell; -1: there is none */
	struct db_rows emails;	/* of the organisation */
	struct db_rows authorisers;
	struct db_rows places;
};

static void
fail(struct checking *c, int line, int column, const char *what,
	const char *text)
{
	struct import *i = c->import;

	if (i->error_count < IMPORT_ERRORS_MAX)
		i->errors[i->error_count] =
			(struct import_error){line, column, what, text};
	i->error_count++;
}

/* In Dutch or in English: the same file serves both. */
static bool
is_word(struct checking *c, const char *id, const char *text)
{
	struct words *words = render_words(c->request->render);

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *word = words_find(words, (enum lang)lang, id);

		if (word && !strcasecmp(word, text))
			return true;
	}
	return false;
}

static void
read_heading(struct checking *c, size_t cell, const char *text)
{
	for (int i = 0; i < IMPORT_COLUMNS; i++) {
		const char *id = pool_printf(c->request->pool,
			"account.import.column.%s", import_columns[i]);

		if (!is_word(c, id, text) &&
			strcasecmp(import_columns[i], text) != 0)
			continue;
		if (c->at[i] >= 0)
			fail(c, c->csv.rows[0].line, i, "heading-twice", text);
		c->at[i] = (int)cell;
		return;
	}
	if (*text)
		fail(c, c->csv.rows[0].line, -1, "heading", text);
}

static void
read_headings(struct checking *c)
{
	const struct csv_row *row = &c->csv.rows[0];

	for (int i = 0; i < IMPORT_COLUMNS; i++)
		c->at[i] = -1;
	for (size_t i = 0; i < row->count; i++)
		read_heading(c, i, row->cells[i]);
	for (int i = 0; i <= IMPORT_ROLE; i++)
		if (c->at[i] < 0)
			fail(c, row->line, i, "heading-missing", NULL);
}

static const char *
cell(const struct checking *c, const struct csv_row *row, int column)
{
	int at = c->at[column];

	return at >= 0 && (size_t)at < row->count ? row->cells[at] : "";
}

static void
check_name(struct checking *c, const struct csv_row *row, struct import_row *to)
{
	const char *text = cell(c, row, IMPORT_NAME);

	to->draft.name = text;
	if (!*text)
		fail(c, row->line, IMPORT_NAME, "missing", NULL);
	else if (text_length(text) > NAME_LENGTH || strpbrk(text, "\r\n\t"))
		fail(c, row->line, IMPORT_NAME, "name", NULL);
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
	struct checking *c, const struct csv_row *row, struct import_row *to)
{
	const char *text = cell(c, row, IMPORT_EMAIL);

	to->draft.email = text;
	if (!*text) {
		fail(c, row->line, IMPORT_EMAIL, "missing", NULL);
		return;
	}
	if (!contact_email(text))
		fail(c, row->line, IMPORT_EMAIL, "email", text);
	else if (is_known(&c->emails, text))
		fail(c, row->line, IMPORT_EMAIL, "email-known", text);
	for (const struct import_row *r = c->import->rows; r < to; r++)
		if (!strcasecmp(r->draft.email, text)) {
			fail(c, row->line, IMPORT_EMAIL, "email-twice",
				pool_printf(c->request->pool, "%d", r->line));
			return;
		}
}

/* "3", "Rol 3", "Beheerder". */
static void
check_role(struct checking *c, const struct csv_row *row, struct import_row *to)
{
	const char *text = cell(c, row, IMPORT_ROLE);

	for (int i = 0; i < ROLE_COUNT && *text; i++) {
		const char *id = role_texts[i].id;

		if (strcmp(portal_ids[role_texts[i].portal], "institution") !=
			0)
			continue;
		if (!strcasecmp(id, text) ||
			is_word(c,
				pool_printf(c->request->pool,
					"role.institution.%s", id),
				text))
			to->draft.role = id;
	}
	if (!*text)
		fail(c, row->line, IMPORT_ROLE, "missing", NULL);
	else if (!to->draft.role)
		fail(c, row->line, IMPORT_ROLE, "role", text);
}

static void
check_orders(
	struct checking *c, const struct csv_row *row, struct import_row *to)
{
	const char *text = cell(c, row, IMPORT_ORDERS);
	bool yes = is_word(c, "value.yes", text) || !strcasecmp(text, "x");

	to->draft.may_authorise_orders = yes;
	if (*text && !yes && !is_word(c, "value.no", text))
		fail(c, row->line, IMPORT_ORDERS, "yes-no", text);
	else if (yes && to->draft.role &&
		 !account_role_of("institution", to->draft.role).may_orders)
		fail(c, row->line, IMPORT_ORDERS, "orders-role",
			to->draft.role);
}

/* Whether they exist is asked when all rows are read: one may be of them. */
static void
read_authorisers(
	struct checking *c, const struct csv_row *row, struct import_row *to)
{
	for (int i = 0; i < ACCOUNT_SERVICES; i++) {
		const char *text = cell(c, row, IMPORT_REPAIR + i);

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
	for (size_t i = 0; i < c->import->count; i++) {
		const struct account_draft *d = &c->import->rows[i].draft;

		if (d->role && !strcasecmp(d->email, email))
			return account_role_of("institution", d->role)
				.may_services;
	}
	return false;
}

static void
check_authorisers(struct checking *c)
{
	for (size_t i = 0; i < c->import->count; i++) {
		const struct import_row *row = &c->import->rows[i];

		for (int k = 0; k < ACCOUNT_SERVICES; k++)
			if (row->authorisers[k] &&
				!may_authorise(c, row->authorisers[k]))
				fail(c, row->line, IMPORT_REPAIR + k,
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
add_place(struct checking *c, struct import_row *to, const char *text)
{
	bool whole;
	int64_t id = find_place(c, text, &whole);

	if (!id) {
		fail(c, to->line, IMPORT_PLACES, "place", text);
		return;
	}
	for (size_t i = 0; i < to->place_count; i++)
		if (to->places[i].id == id)
			return;
	if (to->place_count == IMPORT_PLACES_MAX) {
		fail(c, to->line, IMPORT_PLACES, "places", NULL);
		return;
	}
	to->places[to->place_count++] = (struct account_place){id, whole};
}

static void
check_places(
	struct checking *c, const struct csv_row *row, struct import_row *to)
{
	struct pool *p = c->request->pool;
	char *rest = pool_strdup(p, cell(c, row, IMPORT_PLACES));

	to->place_names = cell(c, row, IMPORT_PLACES);
	for (char *s; (s = strsep(&rest, "|"));) {
		s = text_trim(p, s);
		if (*s)
			add_place(c, to, s);
	}
}

static void
check_row(struct checking *c, const struct csv_row *row)
{
	struct request *r = c->request;
	struct import_row *to = &c->import->rows[c->import->count];

	*to = (struct import_row){.line = row->line,
		.draft = {.lang = r->lang,
			.portal = "institution",
			.organisation = r->who->organisation}};
	if (row->count > c->csv.rows[0].count)
		fail(c, row->line, -1, "cells", NULL);
	check_name(c, row, to);
	check_email(c, row, to);
	check_role(c, row, to);
	check_orders(c, row, to);
	read_authorisers(c, row, to);
	check_places(c, row, to);
	c->import->count++;
}

static enum rc
load(struct checking *c)
{
	struct request *r = c->request;
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
import_read(struct request *r, const char *text, struct import *import)
{
	struct checking c = {.request = r, .import = import};
	int line = 1;
	enum rc rc = load(&c);

	import->count = import->error_count = 0;
	if (rc)
		return rc;
	if (csv_parse(r->pool, text, IMPORT_ROWS_MAX + 1, &c.csv, &line)) {
		fail(&c, line, -1,
			c.csv.count > IMPORT_ROWS_MAX ? "rows" : "quote", NULL);
		return RC_OK;
	}
	import->rows =
		pool_calloc(r->pool, c.csv.count + 1, sizeof(*import->rows));
	if (c.csv.count < 2) {
		fail(&c, line, -1, "empty", NULL);
		return RC_OK;
	}
	read_headings(&c);
	if (import->error_count)
		return RC_OK;
	for (size_t i = 1; i < c.csv.count; i++)
		check_row(&c, &c.csv.rows[i]);
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
make(struct request *r, const struct import_row *row, struct made *made)
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
set_authorisers(struct request *r, const struct import_row *row,
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
import_carry_out(struct request *r, const struct import *import)
{
	struct made *made = pool_calloc(r->pool, import->count, sizeof(*made));
	struct db_rows known;
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < import->count; i++)
		rc = make(r, &import->rows[i], &made[i]);
	if (!rc)
		rc = account_authorisers(r, r->who->organisation, 0, &known);
	for (size_t i = 0; !rc && i < import->count; i++)
		rc = set_authorisers(r, &import->rows[i], &made[i], &known);
	return rc;
}
