#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../../access/access.h"
#include "../../core/text.h"
#include "../../engine/form_check.h"
#include "../../rules/inspection.h"
#include "aid_rows.h"

enum { SERIAL_LENGTH = 40, NUMBER_MOST = 999999999 };

/* What a row is held against. */
struct checking {
	struct import *import;
	struct pool *pool;
	struct aid_rows *made;
	struct db_rows products, holders, places;
	char today[DATE_SIZE];
};

static void
fail(struct checking *c, const struct aid_row *row, int column,
	const char *what, const char *value)
{
	import_fail(c->import, row->line, column, what, value);
}

/* NULL where the cell is empty. */
static const char *
cell(const struct checking *c, const struct csv_row *row, int column)
{
	const char *text = import_cell(c->import, row, column);

	return *text ? text : NULL;
}

static void
read_number(struct checking *c, const struct csv_row *from, struct aid_row *to)
{
	const char *text = cell(c, from, COLUMN_NUMBER);
	int64_t number;

	if (!text)
		return;
	if (!text_int(text_code(c->pool, text), &number) || number < 1 ||
		number > NUMBER_MOST) {
		fail(c, to, COLUMN_NUMBER, "number", text);
		return;
	}
	to->draft.number = number;
	to->number = pool_printf(c->pool, "%lld", (long long)number);
}

static void
read_serial(struct checking *c, const struct csv_row *from, struct aid_row *to)
{
	const char *text = cell(c, from, COLUMN_SERIAL);

	to->draft.serial = text;
	if (text &&
		(text_length(text) > SERIAL_LENGTH || strpbrk(text, "\r\n\t")))
		fail(c, to, COLUMN_SERIAL, "serial", NULL);
}

/* By number, else by make and type where these are of one product. */
static void
read_article(struct checking *c, const struct csv_row *from, struct aid_row *to)
{
	const char *text = cell(c, from, COLUMN_ARTICLE);
	int found = 0;

	for (size_t i = 0; text && i < c->products.count; i++) {
		struct db_row p = db_row(&c->products, i);
		bool numbered = !strcasecmp(text, db_str0(p, "number"));

		if (!numbered && strcasecmp(text, db_str0(p, "name")) != 0)
			continue;
		to->draft.product_id = db_num(p, "id");
		to->product = db_str0(p, "name");
		found = numbered ? 1 : found + 1;
		if (numbered)
			break;
	}
	if (text && found != 1) {
		to->draft.product_id = 0;
		fail(c, to, COLUMN_ARTICLE, found ? "article-many" : "article",
			text);
	}
}

/* By code or by name; 0: none such. */
static int64_t
find_holder(const struct checking *c, const char *text)
{
	for (size_t i = 0; i < c->holders.count; i++) {
		struct db_row o = db_row(&c->holders, i);

		if (!strcasecmp(text, db_str0(o, "code")) ||
			!strcasecmp(text, db_str0(o, "name")))
			return db_num(o, "id");
	}
	return 0;
}

static int64_t
read_organisation(struct checking *c, const struct csv_row *from,
	const struct aid_row *to, int column)
{
	const char *text = cell(c, from, column);
	int64_t id = text ? find_holder(c, text) : 0;

	if (text && !id)
		fail(c, to, column, "organisation", text);
	return id;
}

static const char *
read_value(struct checking *c, const struct csv_row *from,
	const struct aid_row *to, int column, enum field_type type)
{
	const struct field_def field = {.type = type, .max = 40};
	const char *text = cell(c, from, column), *value, *error;

	if (!text)
		return NULL;
	value = form_check(c->pool, &field, text, &error);
	if (!error)
		return value;
	fail(c, to, column, type == FIELD_DATE ? "date" : "money", text);
	return NULL;
}

/* A day that has been. */
static const char *
read_past(struct checking *c, const struct csv_row *from,
	const struct aid_row *to, int column)
{
	const char *day = read_value(c, from, to, column, FIELD_DATE);

	if (day && strcmp(day, c->today) > 0)
		fail(c, to, column, "future", NULL);
	return day;
}

static const char *
read_condition(struct checking *c, const struct csv_row *from,
	const struct aid_row *to)
{
	static const char *const grades[] = {"new", "good", "worn", "poor"};
	const char *text = cell(c, from, COLUMN_CONDITION);

	for (size_t i = 0; text && i < sizeof(grades) / sizeof(*grades); i++)
		if (!strcasecmp(text, grades[i]) ||
			import_is_word(c->import,
				pool_printf(
					c->pool, "aid.condition.%s", grades[i]),
				text))
			return grades[i];
	if (text)
		fail(c, to, COLUMN_CONDITION, "condition", text);
	return NULL;
}

/* In a location of who has it, or in a depot of the supplier's. */
static void
find_place(struct checking *c, const struct csv_row *from, struct aid_row *to,
	int64_t holder)
{
	const char *location = cell(c, from, COLUMN_LOCATION);
	const char *department = cell(c, from, COLUMN_DEPARTMENT);

	if (!location)
		return;
	to->place = department ? pool_printf(c->pool, "%s, %s", location,
					 department)
			       : location;
	for (size_t i = 0; i < c->places.count; i++) {
		struct db_row p = db_row(&c->places, i);
		const char *in = db_str(p, "location");

		if (!db_is_null(p, "holder") && db_num(p, "holder") != holder)
			continue;
		if (strcasecmp(department ? department : location,
			    db_str0(p, "name")) != 0 ||
			!department != !in ||
			(in && strcasecmp(location, in) != 0))
			continue;
		to->draft.place_id = db_num(p, "id");
		return;
	}
	fail(c, to, department ? COLUMN_DEPARTMENT : COLUMN_LOCATION, "place",
		to->place);
}

static void
require(struct checking *c, const struct aid_row *row, int column, bool there,
	const char *missing)
{
	/* What was typed wrong is told already. */
	if (!there && !*import_cell(c->import,
			      &c->import->csv.rows[1 + (row - c->made->rows)],
			      column))
		fail(c, row, column, missing, NULL);
}

/* Of a new one: what belongs together. */
static void
check_new(struct checking *c, struct aid_row *row, int64_t owner)
{
	struct aid_draft *d = &row->draft;
	bool rents = d->holder_id && d->rented;

	row->deed = AID_ROW_NEW;
	require(c, row, COLUMN_SERIAL, d->serial, "missing");
	require(c, row, COLUMN_ARTICLE, d->product_id, "missing");
	if (owner && owner != d->holder_id)
		fail(c, row, COLUMN_OWNER, "owner", NULL);
	if (rents)
		require(c, row, COLUMN_RENT_FROM, d->rent_from, "rented");
	if (rents)
		require(c, row, COLUMN_DAY_PRICE, d->day_cents, "rented");
	if (!rents && (d->rent_from || d->day_cents))
		fail(c, row, d->rent_from ? COLUMN_RENT_FROM : COLUMN_DAY_PRICE,
			"not-rented", NULL);
	if (!d->condition)
		d->condition = "good";
}

static bool
differs(const char *typed, const char *is)
{
	return typed && strcmp(typed, is ? is : "") != 0;
}

/* What no file changes: that follows what is done with the aid. */
static void
check_fixed(struct checking *c, const struct aid_row *row, struct db_row is,
	int64_t owner)
{
	const struct aid_draft *d = &row->draft;
	struct db_row product = {0};

	for (size_t i = 0; i < c->products.count; i++)
		if (db_num(db_row(&c->products, i), "id") ==
			db_num(is, "product_id"))
			product = db_row(&c->products, i);
	if (d->product_id && d->product_id != db_num(is, "product_id"))
		fail(c, row, COLUMN_ARTICLE, "article-other",
			product.rows ? db_str0(product, "name") : NULL);
	if (owner && owner != db_num(is, "owner_id"))
		fail(c, row, COLUMN_OWNER, "holder-other", NULL);
	if (d->holder_id && d->holder_id != db_num(is, "holder_id"))
		fail(c, row, COLUMN_HOLDER, "holder-other", NULL);
	if (differs(d->rent_from, db_str(is, "rent_from")))
		fail(c, row, COLUMN_RENT_FROM, "rent-other", NULL);
	if (differs(d->day_cents, db_str(is, "day_cents")))
		fail(c, row, COLUMN_DAY_PRICE, "rent-other", NULL);
	if (differs(d->inspected_on, db_str(is, "inspected_on")))
		fail(c, row, COLUMN_INSPECTED, "inspected-other", NULL);
}

static enum rc
check_known(struct checking *c, struct aid_row *row, struct db_row is,
	int64_t owner)
{
	const struct aid_draft *d = &row->draft;
	struct request *r = c->import->request;
	const char *refused;
	enum rc rc;

	check_fixed(c, row, is, owner);
	row->corrects = differs(d->serial, db_str(is, "serial")) ||
			differs(d->condition, db_str(is, "condition_grade")) ||
			differs(d->bought_on, db_str(is, "bought_on")) ||
			differs(d->price_cents, db_str(is, "price_cents"));
	row->moves = d->place_id && d->place_id != db_num(is, "place_id");
	if (!row->corrects && !row->moves)
		return RC_OK;
	row->deed = AID_ROW_CHANGED;
	rc = aid_find(r, db_str0(is, "number"), &row->aid);
	if (rc)
		return RC_FAIL;
	refused = aid_hand_refused(row->moves ? AID_RELOCATE : AID_CORRECT,
		row->aid.status, row->aid.moving, false);
	if (refused)
		fail(c, row, row->moves ? COLUMN_LOCATION : -1,
			pool_printf(c->pool, "refused.%s", refused), NULL);
	return RC_OK;
}

/* RC_NOTFOUND: it is new. */
static enum rc
find_known(struct checking *c, struct aid_row *row, struct db_row *is)
{
	struct request *r = c->import->request;
	int64_t number = row->draft.number;
	struct db_rows same = {0};
	struct db_row taken;
	enum rc rc = RC_OK;

	if (number)
		rc = db_one(r->db, r->pool, SQL_AID_IMPORT_NUMBER,
			DB_ARGS(db_int("number", number)), is);
	if (number && rc != RC_NOTFOUND)
		return rc;
	rc = RC_OK;
	if (row->draft.serial && row->draft.product_id)
		rc = db_select(r->db, r->pool, SQL_AID_IMPORT_SERIAL,
			DB_ARGS(db_text("serial", row->draft.serial),
				db_int("product", row->draft.product_id)),
			&same);
	if (rc)
		return rc;
	if (number) {
		rc = db_one(r->db, r->pool, SQL_AID_IMPORT_TAKEN,
			DB_ARGS(db_int("number", number)), &taken);
		if (!rc)
			fail(c, row, COLUMN_NUMBER, "number-taken", NULL);
		if (same.count)
			fail(c, row, COLUMN_SERIAL, "serial-known",
				db_str0(db_row(&same, 0), "number"));
		return rc == RC_FAIL ? rc : RC_NOTFOUND;
	}
	if (same.count > 1)
		fail(c, row, COLUMN_SERIAL, "serial-many", NULL);
	return same.count
		       ? db_one(r->db, r->pool, SQL_AID_IMPORT_NUMBER,
				 DB_ARGS(db_int("number",
					 db_num(db_row(&same, 0), "number"))),
				 is)
		       : RC_NOTFOUND;
}

static int64_t
months_of(const struct checking *c, int64_t product)
{
	for (size_t i = 0; i < c->products.count; i++)
		if (db_num(db_row(&c->products, i), "id") == product)
			return db_num(
				db_row(&c->products, i), "inspection_months");
	return 0;
}

static void
read_row(struct checking *c, const struct csv_row *from, struct aid_row *row)
{
	struct aid_draft *d = &row->draft;

	row->line = from->line;
	read_number(c, from, row);
	read_serial(c, from, row);
	read_article(c, from, row);
	d->condition = read_condition(c, from, row);
	d->bought_on = read_past(c, from, row, COLUMN_BOUGHT);
	d->price_cents = read_value(c, from, row, COLUMN_PRICE, FIELD_MONEY);
	d->rent_from = read_value(c, from, row, COLUMN_RENT_FROM, FIELD_DATE);
	d->day_cents = read_value(c, from, row, COLUMN_DAY_PRICE, FIELD_MONEY);
	d->inspected_on = read_past(c, from, row, COLUMN_INSPECTED);
}

static void
set_due(const struct checking *c, struct aid_draft *d)
{
	int months = (int)months_of(c, d->product_id);
	char *due;

	if (!d->inspected_on || !months)
		return;
	due = pool_alloc(c->pool, DATE_SIZE);
	inspection_next(d->inspected_on, months, due);
	d->inspection_due = due;
}

static enum rc
check_row(struct checking *c, const struct csv_row *from, struct aid_row *row)
{
	struct aid_draft *d = &row->draft;
	int64_t owner;
	struct db_row is;
	enum rc rc;

	read_row(c, from, row);
	d->holder_id = read_organisation(c, from, row, COLUMN_HOLDER);
	owner = read_organisation(c, from, row, COLUMN_OWNER);
	d->rented = !cell(c, from, COLUMN_OWNER);
	rc = find_known(c, row, &is);
	if (rc == RC_FAIL)
		return rc;
	find_place(c, from, row, rc ? d->holder_id : db_num(is, "holder_id"));
	if (rc || cell(c, from, COLUMN_DEPARTMENT))
		require(c, row, COLUMN_LOCATION, d->place_id, "missing");
	if (!rc) {
		row->number = db_str0(is, "number");
		return check_known(c, row, is, owner);
	}
	check_new(c, row, owner);
	set_due(c, d);
	return RC_OK;
}

/* Twice the same one: by number, or new with one serial number. */
struct mark {
	const char *key;
	const struct aid_row *row;
};

static int
by_key(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	int order = strcasecmp(x->key, y->key);

	return order ? order
		     : (x->row->line > y->row->line) -
			       (x->row->line < y->row->line);
}

static size_t
mark_row(const struct checking *c, const struct aid_row *row, struct mark *to)
{
	const struct aid_draft *d = &row->draft;
	size_t n = 0;

	if (row->number)
		to[n++].key = pool_printf(c->pool, "n%s", row->number);
	if (row->deed == AID_ROW_NEW && d->serial && d->product_id)
		to[n++].key = pool_printf(c->pool, "s%lld/%s",
			(long long)d->product_id, d->serial);
	for (size_t i = 0; i < n; i++)
		to[i].row = row;
	return n;
}

static void
check_twice(struct checking *c)
{
	struct mark *marks =
		pool_calloc(c->pool, 2 * c->made->count + 1, sizeof(*marks));
	size_t count = 0;

	for (size_t i = 0; i < c->made->count; i++)
		count += mark_row(c, &c->made->rows[i], &marks[count]);
	qsort(marks, count, sizeof(*marks), by_key);
	for (size_t i = 1; i < count; i++)
		if (!strcasecmp(marks[i - 1].key, marks[i].key))
			fail(c, marks[i].row,
				*marks[i].key == 'n' ? COLUMN_NUMBER
						     : COLUMN_SERIAL,
				"twice",
				pool_printf(
					c->pool, "%d", marks[i - 1].row->line));
}

static enum rc
load(struct checking *c)
{
	struct request *r = c->import->request;
	enum rc rc = db_select(r->db, r->pool, SQL_AID_IMPORT_PRODUCTS,
		DB_NO_ARGS, &c->products);

	if (!rc)
		rc = db_select(r->db, r->pool, SQL_AID_IMPORT_HOLDERS,
			DB_NO_ARGS, &c->holders);
	if (!rc)
		rc = db_select(r->db, r->pool, SQL_AID_IMPORT_PLACES,
			DB_NO_ARGS, &c->places);
	return rc;
}

enum rc
aid_rows_check(struct import *i)
{
	struct pool *p = i->request->pool;
	struct checking c = {.import = i,
		.pool = p,
		.made = pool_calloc(p, 1, sizeof(*c.made))};
	enum rc rc = load(&c);

	text_today(c.today);
	c.made->count = i->csv.count - 1;
	c.made->rows = pool_calloc(p, c.made->count, sizeof(*c.made->rows));
	i->thing = c.made;
	for (size_t n = 0; !rc && n < c.made->count; n++) {
		rc = check_row(&c, &i->csv.rows[n + 1], &c.made->rows[n]);
		c.made->counts[c.made->rows[n].deed]++;
	}
	if (!rc)
		check_twice(&c);
	i->nothing = c.made->counts[AID_ROW_SAME] == c.made->count;
	return rc;
}
