#ifndef ENGINE_FORM_H
#define ENGINE_FORM_H

#include "../core/buffer.h"
#include "../core/request.h"
#include "../db/db.h"

/*
 * Forms declared in NAME.form.xml: fields, types, limits. The engine reads
 * what was sent, checks all of it, keeps it, and draws it again with every
 * error at once. What it means is the caller's: the engine writes no SQL.
 *
 * <form id="repair">             (method="get": sent in the address)
 *   <group id="when">
 *     <field name="wished" type="date" required="yes"/>
 *     <field name="location" type="ref" options="my_locations"
 *       required="yes" refresh="yes"/>
 *     <field name="department" type="ref" options="departments_of"
 *       depends="location" required="yes"/>
 *     <field name="defect" type="textarea" required="yes" max="2000"/>
 *   </group>
 *   <group id="budget">
 *     <rows id="steps" max="50">
 *       <field name="from" type="money" required="yes"/>
 *       <field name="authoriser" type="select" required="yes"/>
 *     </rows>
 *   </group>
 * </form>
 *
 * look="bad": its button ends or refuses something.
 * type: text textarea email tel number money date select radio check ref
 * password code hidden file (accept=, many="yes"; what is sent stands in
 * request->files, and its route is an UPLOAD); what was typed as password or
 * code (a one-time one) is never shown again. options names a statement of kind
 * many, columns value and label (NULL: text form.ID.FIELD.unnamed); :parent is
 * the value of the field it depends on. A ref must be among its options, which
 * are scoped, so a foreign id is refused. <option value=""/> in a select or
 * radio: a fixed value, label by text form.ID.FIELD.VALUE. autocomplete is
 * passed on. hint="yes": there is a text form.ID.FIELD.hint. rows, one in a
 * form: fields that come as often as one likes, with buttons to add and to
 * remove one; those of the first are named from-1, authoriser-1; their options,
 * errors and words those of from. fixed="yes": the rows are the caller's, each
 * with a title and a hidden field that says which it is: who fills in adds and
 * removes none.
 */

/*
 * Reads every *.form.xml below root/fcgi; problems into errors, one a line.
 */
enum rc forms_load(struct pool *, const char *root, struct buffer *errors);

struct form;

/* Starts a form on this request; the id must exist. action: where it posts,
 * URL-encoded. Owned by the request's pool. */
struct form *form_begin(struct request *, const char *id, const char *action);

/* Where it posts from now on. */
void form_action(struct form *, const char *action);

/* What the field shows before anything was sent. NULL: empty. */
void form_default(struct form *, const char *field, const char *value);
/* Dates and numbers: bounds, canonical; NULL: none. */
void form_bounds(
	struct form *, const char *field, const char *min, const char *max);
/* One more option, before those of the descriptor. */
void form_option(
	struct form *, const char *field, const char *value, const char *label);
/* That option is somebody who has so much on a day: the text
 * form.ID.FIELD.busy, {1} the label, {2} how much, {3} the day. */
void form_option_busy(
	struct form *, const char *field, int64_t count, const char *date);
/* Leaves the field out: neither shown nor read, its value is empty. */
void form_remove(struct form *, const char *field);
/* … and has it again. */
void form_restore(struct form *, const char *field);
/* A field that is shown with its default, and not read. */
void form_lock(struct form *, const char *field);
/* How many rows there are; before anything was sent, how many to show. */
int form_rows(const struct form *);
void form_set_rows(struct form *, int count);
/* What the row (from 1) is about: data. */
void form_row_title(struct form *, int row, const char *title);
/* Where 'Annuleren' leads; such a form warns who leaves it half filled. */
void form_cancel(struct form *, const char *href);

/*
 * Reads and checks what was sent, loads the options. RC_OK: good. RC_INVALID:
 * errors are set, or only a refresh was asked (form_refreshed()), or a row
 * more or less: draw it again. Rows with nothing in them are left out.
 * RC_FAIL: the database.
 */
enum rc form_read(struct form *);
bool form_refreshed(const struct form *);

/* After form_read(): canonical value (YYYY-MM-DD, digits, cents), trimmed;
 * NULL where empty. */
const char *form_get(const struct form *, const char *field);
int64_t form_int(const struct form *, const char *field); /* 0: empty */

/* An error of the caller's own: text form.ID.FIELD.error.ERROR, or
 * error.ERROR; field NULL: of the form as a whole; arg (may be NULL) fills {1},
 * formatted by its type. */
void form_fail(struct form *, const char *field, const char *error,
	const char *arg_type, const char *arg);
bool form_failed(const struct form *);

/* Loads the options and writes <form> where the request's XML is open. */
enum rc form_write(struct form *);

#endif
