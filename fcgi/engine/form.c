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
	struct field fields[FORM_FIELDS_MAX];
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
	for (size_t i = 0; i < def->count; i++) {
		f->fields[i].typed = f->fields[i].value = "";
		f->fields[i].last = &f->fields[i].options;
	}
	return f;
}

static size_t
index_of(const struct form *f, const char *field)
{
	for (size_t i = 0; i < f->def->count; i++)
		if (!strcmp(f->def->fields[i].name, field))
			return i;
	log_event(LOG_ERROR, "field-missing", "form", f->def->id, "field",
		field, NULL);
	abort();
}

void
form_default(struct form *f, const char *field, const char *value)
{
	struct field *v = &f->fields[index_of(f, field)];

	v->typed = v->value = value ? value : "";
}

void
form_bounds(struct form *f, const char *field, const char *min, const char *max)
{
	struct field *v = &f->fields[index_of(f, field)];

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
form_remove(struct form *f, const char *field)
{
	struct field *v = &f->fields[index_of(f, field)];

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

static enum rc
read_field(struct form *f, size_t i)
{
	const struct field_def *d = &f->def->fields[i];
	struct field *v = &f->fields[i];
	struct request *r = f->request;
	const char *typed = params_get(&r->post, d->name);
	const char *error;
	enum rc rc;

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
	if ((v->options || d->options >= 0) && !has_option(v, v->value))
		set_error(v, "choice", NULL, NULL);
	return RC_OK;
}

enum rc
form_read(struct form *f)
{
	f->refreshed = params_get(&f->request->post, "_refresh") != NULL;
	for (size_t i = 0; i < f->def->count; i++) {
		enum rc rc;

		if (f->fields[i].removed)
			continue;
		rc = read_field(f, i);
		if (rc)
			return rc;
		if (f->refreshed)
			f->fields[i].fault.error = NULL;
	}
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
	const char *value = f->fields[index_of(f, field)].value;

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
		set_error(&f->fields[index_of(f, field)], error, arg_type, arg);
	else
		f->whole = (struct fault){error, arg_type, arg};
}

static int
error_count(const struct form *f)
{
	int n = f->whole.error != NULL;

	for (size_t i = 0; i < f->def->count; i++)
		n += !f->fields[i].removed && f->fields[i].fault.error;
	return n;
}

bool
form_failed(const struct form *f)
{
	return error_count(f) > 0;
}

static void
write_options(struct xml *x, const struct field *v)
{
	for (const struct option *o = v->options; o; o = o->next) {
		xml_open(x, "option");
		xml_attr(x, "value", o->value);
		xml_attr(x, "word", o->word);
		if (!strcmp(o->value, v->value))
			xml_attr(x, "selected", "yes");
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

/* What was typed where it is wrong; else the value, which the page formats. */
static const char *
shown_value(const struct field_def *d, const struct field *v)
{
	if (d->type == FIELD_PASSWORD || d->type == FIELD_CODE)
		return "";
	if (v->fault.error)
		return v->typed;
	return v->value;
}

static void
write_field(struct xml *x, const struct field_def *d, const struct field *v)
{
	const char *shown = shown_value(d, v);

	xml_open(x, "field");
	xml_attr(x, "name", d->name);
	xml_attr(x, "type", field_type_names[d->type]);
	xml_attr(x, "required", d->required ? "yes" : NULL);
	xml_attr(x, "hint", d->hint ? "yes" : NULL);
	xml_attr(x, "refresh", d->refresh ? "yes" : NULL);
	xml_attr(x, "autocomplete", d->autocomplete);
	xml_attr_int(x, "maxlength", d->max);
	xml_attr(x, "min", v->min);
	xml_attr(x, "max", v->max);
	if (*shown) {
		xml_open(x, "value");
		xml_attr(x, "typed", v->fault.error ? "yes" : NULL);
		xml_text(x, shown);
		xml_close(x);
	}
	write_options(x, v);
	write_fault(x, &v->fault);
	xml_close(x);
}

/* What was typed here when the session ended is there again. */
static void
take_draft(struct form *f)
{
	const struct params *draft = draft_open(f->request);

	for (size_t i = 0; draft && i < f->def->count; i++) {
		const struct field_def *d = &f->def->fields[i];
		struct field *v = &f->fields[i];
		const char *typed = params_get(draft, d->name);
		const char *error;

		if (!typed || d->type == FIELD_PASSWORD ||
			d->type == FIELD_CODE || d->type == FIELD_HIDDEN)
			continue;
		v->typed = text_trim(f->request->pool, typed);
		v->value = form_check(f->request->pool, d, v->typed, &error);
		if (error)
			set_error(v, error, "number",
				pool_printf(f->request->pool, "%d", d->max));
	}
	if (draft)
		page_message(f->request, "ok", "session.back", NULL);
}

enum rc
form_write(struct form *f)
{
	struct xml *x = f->request->xml;
	const char *group = NULL;

	take_draft(f);

	for (size_t i = 0; i < f->def->count; i++) {
		enum rc rc = load_options(f, i);

		if (rc)
			return rc;
	}
	xml_open(x, "form");
	xml_attr(x, "id", f->def->id);
	xml_attr(x, "action", f->action);
	xml_attr(x, "key", page_form_key(f->request));
	xml_attr(x, "cancel", f->cancel);
	xml_attr(x, "guard", f->cancel ? "yes" : NULL);
	if (form_failed(f))
		xml_attr_int(x, "errors", error_count(f));
	write_fault(x, &f->whole);
	for (size_t i = 0; i < f->def->count; i++) {
		const struct field_def *d = &f->def->fields[i];

		if (f->fields[i].removed)
			continue;
		if (!group || strcmp(group, d->group) != 0) {
			if (group)
				xml_close(x);
			group = d->group;
			xml_open(x, "group");
			xml_attr(x, "id", group);
		}
		write_field(x, d, &f->fields[i]);
	}
	if (group)
		xml_close(x);
	xml_close(x);
	return RC_OK;
}
