#include <stdlib.h>
#include <string.h>

#include "../access/draft.h"
#include "../core/log.h"
#include "../core/text.h"
#include "form_check.h"
#include "form_load.h"
#include "page.h"

struct option {
	struct option *next;
	const char *value;
	const char *label; /* NULL: a text */
	const char *word;  /* its last part, NULL: the value */
	int64_t busy;	   /* so much on a day */
	const char *date;  /* NULL: on none */
};

struct fault {
	const char *error; /* NULL: none */
	const char *type, *arg;
};

struct field {
	const char *typed; /* what is shown again */
	const char *value; /* what it means */
	const char *min, *max;
	struct fault fault;
	bool removed;
	bool locked; /* shown, not read */
	bool loaded;
	struct option *options;
	struct option **last;
};

struct form {
	const struct form_def *def;
	struct request *request;
	const char *action;
	const char *cancel;
	struct fault whole; /* of the form as a whole */
	bool refreshed;
	struct field *fields;
	int row_count;
	struct field *cells; /* rows_max x fields of the descriptor */
	const char **titles; /* of the rows */
};

struct form *
form_begin(struct request *r, const char *id, const char *action)
{
	const struct form_def *def = form_def_find(id);
	struct form *f = pool_alloc(r->pool, sizeof(*f));

	if (!def) {
		log_event(LOG_ERROR, "form-missing", "form", id, NULL);
		abort();
	}
	f->def = def;
	f->request = r;
	f->action = action;
	f->fields = pool_calloc(r->pool, def->count + 1, sizeof(*f->fields));
	for (size_t i = 0; i < def->count; i++) {
		f->fields[i].typed = f->fields[i].value = "";
		f->fields[i].last = &f->fields[i].options;
	}
	f->cells = pool_calloc(r->pool, (size_t)def->rows_max * def->count + 1,
		sizeof(*f->cells));
	for (size_t i = 0; i < (size_t)def->rows_max * def->count; i++)
		f->cells[i].typed = f->cells[i].value = "";
	f->titles = pool_calloc(
		r->pool, (size_t)def->rows_max + 1, sizeof(*f->titles));
	return f;
}

void
form_action(struct form *f, const char *action)
{
	f->action = action;
}

/* One of the fields that come once; NULL: there is none of that name. */
static struct field *
find_field(const struct form *f, const char *name, size_t len, bool repeat)
{
	for (size_t i = 0; i < f->def->count; i++) {
		const struct field_def *d = &f->def->fields[i];

		if (d->repeat == repeat && strlen(d->name) == len &&
			!memcmp(d->name, name, len))
			return &f->fields[i];
	}
	return NULL;
}

static struct field *
cell_of(const struct form *f, size_t field, int row)
{
	return &f->cells[(size_t)row * f->def->count + field];
}

/* A field, or one of a row (from-2), or what all rows share (from). */
static struct field *
field_of(const struct form *f, const char *name)
{
	const char *dash = strrchr(name, '-');
	struct field *v = find_field(f, name, strlen(name), false);
	int64_t row;

	if (!v && dash && text_int(dash + 1, &row) && row >= 1 &&
		row <= f->def->rows_max) {
		v = find_field(f, name, (size_t)(dash - name), true);
		if (v)
			return cell_of(
				f, (size_t)(v - f->fields), (int)row - 1);
	}
	if (!v)
		v = find_field(f, name, strlen(name), true);
	if (v)
		return v;
	log_event(LOG_ERROR, "field-missing", "form", f->def->id, "field", name,
		NULL);
	abort();
}

static size_t
index_of(const struct form *f, const char *field)
{
	return (size_t)(field_of(f, field) - f->fields);
}

void
form_restore(struct form *f, const char *field)
{
	field_of(f, field)->removed = false;
}

void
form_lock(struct form *f, const char *field)
{
	field_of(f, field)->locked = true;
}

int
form_rows(const struct form *f)
{
	return f->row_count;
}

void
form_set_rows(struct form *f, int count)
{
	f->row_count = count < f->def->rows_max ? count : f->def->rows_max;
}

void
form_row_title(struct form *f, int row, const char *title)
{
	f->titles[row - 1] = title;
}

void
form_default(struct form *f, const char *field, const char *value)
{
	struct field *v = field_of(f, field);

	v->typed = v->value = value ? value : "";
}

void
form_bounds(struct form *f, const char *field, const char *min, const char *max)
{
	struct field *v = field_of(f, field);

	v->min = min;
	v->max = max;
}

static struct option *
add_option(struct form *f, size_t i, const char *value, const char *label)
{
	struct option *o = pool_calloc(f->request->pool, 1, sizeof(*o));

	o->value = value;
	o->label = label;
	*f->fields[i].last = o;
	f->fields[i].last = &o->next;
	return o;
}

/* What a statement gives no name has one among the texts. */
static void
add_row(struct form *f, size_t i, struct db_row row)
{
	const char *label = db_str(row, "label");
	struct option *o = add_option(f, i, db_str0(row, "value"), label);

	o->word = label ? NULL : "unnamed";
}

void
form_option(
	struct form *f, const char *field, const char *value, const char *label)
{
	add_option(f, index_of(f, field), value, label);
}

void
form_option_busy(
	struct form *f, const char *field, int64_t count, const char *date)
{
	struct option *o = field_of(f, field)->options;

	while (o->next)
		o = o->next;
	o->busy = count;
	o->date = date;
}

void
form_remove(struct form *f, const char *field)
{
	struct field *v = field_of(f, field);

	v->removed = true;
	v->typed = v->value = "";
}

void
form_cancel(struct form *f, const char *href)
{
	f->cancel = href;
}

/* Options that depend on a field: those of the value it has now. */
static enum rc
load_options(struct form *f, size_t i)
{
	const struct field_def *d = &f->def->fields[i];
	struct request *r = f->request;
	int64_t parent = 0;
	struct db_rows rows;
	enum rc rc;

	if (f->fields[i].loaded || f->fields[i].removed)
		return RC_OK;
	f->fields[i].loaded = true;
	for (size_t c = 0; c < d->choice_count; c++)
		add_option(f, i, d->choices[c], NULL);
	if (d->options < 0)
		return RC_OK;
	if (d->depends >= 0 && !text_int(f->fields[d->depends].value, &parent))
		return RC_OK;
	rc = db_select(r->db, r->pool, (enum sql)d->options,
		DB_ARGS(db_int("parent", parent), db_text("lang", r->lang)),
		&rows);
	for (size_t n = 0; !rc && n < rows.count; n++)
		add_row(f, i, db_row(&rows, n));
	return rc;
}

static bool
has_option(const struct field *v, const char *value)
{
	for (const struct option *o = v->options; o; o = o->next)
		if (!strcmp(o->value, value))
			return true;
	return false;
}

static void
set_error(struct field *v, const char *error, const char *type, const char *arg)
{
	if (!v->fault.error)
		v->fault = (struct fault){error, type, arg};
}

static void
check_bounds(const struct field_def *d, struct field *v)
{
	const char *type = field_type_names[d->type];
	bool low;
	bool high;

	if (d->type == FIELD_DATE) {
		low = v->min && strcmp(v->value, v->min) < 0;
		high = v->max && strcmp(v->value, v->max) > 0;
	} else if (d->type == FIELD_NUMBER || d->type == FIELD_MONEY) {
		int64_t n = strtoll(v->value, NULL, 10);

		low = v->min && n < strtoll(v->min, NULL, 10);
		high = v->max && n > strtoll(v->max, NULL, 10);
	} else {
		return;
	}
	if (low)
		set_error(v, d->type == FIELD_DATE ? "date-min" : "min", type,
			v->min);
	else if (high)
		set_error(v, d->type == FIELD_DATE ? "date-max" : "max", type,
			v->max);
}

/* What was sent for a field, or for one of a row: options are shared. */
static enum rc
read_value(struct form *f, size_t i, struct field *v, const char *typed)
{
	const struct field_def *d = &f->def->fields[i];
	const struct field *shared = &f->fields[i];
	struct request *r = f->request;
	const char *error;
	enum rc rc;

	if (d->type == FIELD_FILE)
		typed = NULL; /* of script: the files stand in r->files */
	v->typed = typed ? text_trim(r->pool, typed) : "";
	if (d->type == FIELD_PASSWORD && typed)
		v->typed = typed;
	v->value = form_check(r->pool, d, v->typed, &error);
	if (error)
		set_error(
			v, error, "number", pool_printf(r->pool, "%d", d->max));
	rc = load_options(f, i);
	if (rc || v->fault.error || !*v->value)
		return rc;
	check_bounds(d, v);
	if ((shared->options || d->options >= 0) &&
		!has_option(shared, v->value))
		set_error(v, "choice", NULL, NULL);
	return RC_OK;
}

static enum rc
read_field(struct form *f, size_t i)
{
	struct field *v = &f->fields[i];
	const struct request *r = f->request;

	if (v->locked || f->def->fields[i].repeat)
		return load_options(f, i);

	return read_value(f, i, v,
		params_get(f->def->get ? &r->get : &r->post,
			f->def->fields[i].name));
}

static const char *
sent_in(struct form *f, const struct params *sent, size_t field, int row)
{
	return params_get(sent, pool_printf(f->request->pool, "%s-%d",
					f->def->fields[field].name, row + 1));
}

/* Was anything typed in that row? */
static bool
row_sent(struct form *f, int row)
{
	const struct params *post = &f->request->post;

	for (size_t i = 0; i < f->def->count; i++) {
		bool read = f->def->fields[i].repeat && !f->fields[i].removed;
		const char *sent = read ? sent_in(f, post, i, row) : NULL;

		if (sent && *text_trim(f->request->pool, sent))
			return true;
	}
	return false;
}

static enum rc
read_row(struct form *f, int sent, int row)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < f->def->count; i++)
		if (f->def->fields[i].repeat)
			rc = read_value(f, i, cell_of(f, i, row),
				sent_in(f, &f->request->post, i, sent));
	return rc;
}

/* The rows that hold something, but the one to be removed. */
static enum rc
read_rows(struct form *f)
{
	const struct params *post = &f->request->post;
	const char *remove = params_get(post, "_remove");
	int64_t gone = 0;
	enum rc rc = RC_OK;

	f->row_count = 0;
	if (remove && !f->def->rows_fixed)
		f->refreshed = text_int(remove, &gone) || f->refreshed;
	for (int i = 0; !rc && i < f->def->rows_max; i++)
		if (i + 1 != gone && row_sent(f, i))
			rc = read_row(f, i, f->row_count++);
	if (row_sent(f, f->def->rows_max))
		f->whole.error = "rows";
	if (params_get(post, "_add") && !f->def->rows_fixed) {
		f->refreshed = true;
		form_set_rows(f, f->row_count + 1);
	}
	return rc;
}

static void
forget_errors(struct form *f)
{
	for (size_t i = 0; i < f->def->count; i++) {
		f->fields[i].fault.error = NULL;
		for (int row = 0; row < f->row_count; row++)
			cell_of(f, i, row)->fault.error = NULL;
	}
}

enum rc
form_read(struct form *f)
{
	enum rc rc = RC_OK;

	f->refreshed = params_get(&f->request->post, "_refresh") != NULL;
	for (size_t i = 0; !rc && i < f->def->count; i++)
		if (!f->fields[i].removed)
			rc = read_field(f, i);
	if (!rc && f->def->rows)
		rc = read_rows(f);
	if (rc)
		return rc;
	if (f->refreshed)
		forget_errors(f);
	return f->refreshed || form_failed(f) ? RC_INVALID : RC_OK;
}

bool
form_refreshed(const struct form *f)
{
	return f->refreshed;
}

const char *
form_get(const struct form *f, const char *field)
{
	const char *value = field_of(f, field)->value;

	return *value ? value : NULL;
}

int64_t
form_int(const struct form *f, const char *field)
{
	const char *value = form_get(f, field);

	return value ? strtoll(value, NULL, 10) : 0;
}

void
form_fail(struct form *f, const char *field, const char *error,
	const char *arg_type, const char *arg)
{
	if (field)
		set_error(field_of(f, field), error, arg_type, arg);
	else
		f->whole = (struct fault){error, arg_type, arg};
}

static int
error_count(const struct form *f)
{
	int n = f->whole.error != NULL;

	for (size_t i = 0; i < f->def->count; i++) {
		n += !f->fields[i].removed && f->fields[i].fault.error;
		for (int row = 0; row < f->row_count; row++)
			n += cell_of(f, i, row)->fault.error != NULL;
	}
	return n;
}

bool
form_failed(const struct form *f)
{
	return error_count(f) > 0;
}

static void
write_options(struct xml *x, const struct option *first, const char *value)
{
	for (const struct option *o = first; o; o = o->next) {
		xml_open(x, "option");
		xml_attr(x, "value", o->value);
		xml_attr(x, "word", o->word);
		if (!strcmp(o->value, value))
			xml_attr(x, "selected", "yes");
		if (o->date) {
			xml_attr_int(x, "busy", (int)o->busy);
			xml_attr(x, "date", o->date);
		}
		xml_text(x, o->label);
		xml_close(x);
	}
}

static void
write_fault(struct xml *x, const struct fault *fault)
{
	if (!fault->error)
		return;
	xml_open(x, "error");
	xml_attr(x, "id", fault->error);
	if (fault->arg) {
		xml_open(x, "arg");
		xml_attr(x, "type", fault->type);
		xml_text(x, fault->arg);
		xml_close(x);
	}
	xml_close(x);
}

/*
 * What was typed where it is wrong; else the value, which the page formats,
 * and which may be sent as it stands: money in euros.
 */
static const char *
shown_value(struct form *f, const struct field_def *d, const struct field *v)
{
	int64_t cents;

	if (d->type == FIELD_PASSWORD || d->type == FIELD_CODE)
		return "";
	if (v->fault.error)
		return v->typed;
	if (d->type == FIELD_MONEY && text_int(v->value, &cents))
		return pool_printf(f->request->pool, "%lld.%02lld",
			(long long)(cents / 100), (long long)(cents % 100));
	return v->value;
}

/* row: 0, or the number of its row. */
static void
write_field(struct form *f, size_t i, const struct field *v, int row)
{
	const struct field_def *d = &f->def->fields[i];
	const char *shown = shown_value(f, d, v);
	struct xml *x = f->request->xml;

	xml_open(x, "field");
	xml_attr(x, "name",
		row ? pool_printf(f->request->pool, "%s-%d", d->name, row)
		    : d->name);
	xml_attr(x, "of", row ? d->name : NULL);
	xml_attr(x, "type", field_type_names[d->type]);
	xml_attr(x, "required", d->required ? "yes" : NULL);
	xml_attr(x, "readonly", v->locked ? "yes" : NULL);
	xml_attr(x, "hint", d->hint ? "yes" : NULL);
	xml_attr(x, "refresh", d->refresh ? "yes" : NULL);
	xml_attr(x, "autocomplete", d->autocomplete);
	xml_attr(x, "accept", d->accept);
	xml_attr(x, "many", d->many ? "yes" : NULL);
	if (d->type != FIELD_FILE)
		xml_attr_int(x, "maxlength", d->max);
	xml_attr(x, "min", v->min);
	xml_attr(x, "max", v->max);
	if (*shown) {
		xml_open(x, "value");
		xml_attr(x, "typed", v->fault.error ? "yes" : NULL);
		xml_text(x, shown);
		xml_close(x);
	}
	write_options(x, f->fields[i].options, v->value);
	write_fault(x, &v->fault);
	xml_close(x);
}

static void
write_rows(struct form *f)
{
	struct xml *x = f->request->xml;

	xml_open(x, "rows");
	xml_attr(x, "id", f->def->rows);
	xml_attr_int(x, "max", f->def->rows_max);
	xml_attr(x, "fixed", f->def->rows_fixed ? "yes" : NULL);
	for (int row = 0; row < f->row_count; row++) {
		xml_open(x, "row");
		xml_attr_int(x, "number", row + 1);
		xml_attr(x, "title", f->titles[row]);
		for (size_t i = 0; i < f->def->count; i++)
			if (f->def->fields[i].repeat)
				write_field(f, i, cell_of(f, i, row), row + 1);
		xml_close(x);
	}
	xml_close(x);
}

static bool
has_files(const struct form *f)
{
	for (size_t i = 0; i < f->def->count; i++)
		if (f->def->fields[i].type == FIELD_FILE)
			return true;
	return false;
}

static void
write_groups(struct form *f)
{
	struct xml *x = f->request->xml;
	const char *group = NULL;
	bool rows = false;

	for (size_t i = 0; i < f->def->count; i++) {
		const struct field_def *d = &f->def->fields[i];

		if (f->fields[i].removed || (d->repeat && rows))
			continue;
		if (!group || strcmp(group, d->group) != 0) {
			if (group)
				xml_close(x);
			group = d->group;
			xml_open(x, "group");
			xml_attr(x, "id", group);
		}
		if (d->repeat)
			write_rows(f);
		else
			write_field(f, i, &f->fields[i], 0);
		rows = rows || d->repeat;
	}
	if (group)
		xml_close(x);
}

static void
take_typed(struct form *f, size_t i, struct field *v, const char *typed)
{
	const struct field_def *d = &f->def->fields[i];
	const char *error;

	if (!typed || v->locked || d->type == FIELD_PASSWORD ||
		d->type == FIELD_CODE || d->type == FIELD_HIDDEN ||
		d->type == FIELD_FILE)
		return;
	v->typed = text_trim(f->request->pool, typed);
	v->value = form_check(f->request->pool, d, v->typed, &error);
	if (error)
		set_error(v, error, "number",
			pool_printf(f->request->pool, "%d", d->max));
}

/* What was typed here when the session ended is there again. */
static void
take_draft(struct form *f)
{
	const struct params *draft = draft_open(f->request);

	if (!draft)
		return;
	for (int row = 0; row < f->def->rows_max; row++)
		for (size_t i = 0; i < f->def->count; i++) {
			const char *typed = f->def->fields[i].repeat
						    ? sent_in(f, draft, i, row)
						    : NULL;

			if (typed)
				form_set_rows(f, row + 1);
			take_typed(f, i, cell_of(f, i, row), typed);
		}
	for (size_t i = 0; i < f->def->count; i++)
		if (!f->def->fields[i].repeat)
			take_typed(f, i, &f->fields[i],
				params_get(draft, f->def->fields[i].name));
	page_message(f->request, "ok", "session.back", NULL);
}

enum rc
form_write(struct form *f)
{
	struct xml *x = f->request->xml;

	take_draft(f);

	for (size_t i = 0; i < f->def->count; i++) {
		enum rc rc = load_options(f, i);

		if (rc)
			return rc;
	}
	xml_open(x, "form");
	xml_attr(x, "id", f->def->id);
	xml_attr(x, "action", f->action);
	if (f->def->get)
		xml_attr(x, "method", "get");
	else
		xml_attr(x, "key", page_form_key(f->request));
	xml_attr(x, "cancel", f->cancel);
	xml_attr(x, "guard", f->cancel ? "yes" : NULL);
	xml_attr(x, "files", has_files(f) ? "yes" : NULL);
	xml_attr(x, "look", f->def->look);
	if (form_failed(f))
		xml_attr_int(x, "errors", error_count(f));
	write_fault(x, &f->whole);
	write_groups(f);
	xml_close(x);
	return RC_OK;
}
