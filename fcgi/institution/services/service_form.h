#ifndef INSTITUTION_SERVICES_FORM_H
#define INSTITUTION_SERVICES_FORM_H

#include "../../engine/form.h"
#include "subjects.h"

/*
 * A service: its address behind /aids/{id}/ is the id of its page and form
 * too; its kind is that of the action. Its form has what I14 asks: where the
 * aid is, where it goes, whom to ask for, who does it.
 */
struct service {
	const char *id;
	enum request_kind kind;
	const char *from; /* field of the place where it is; NULL: known */
	const char *to;	  /* field of the place where it goes, or NULL */
	bool contact;
	bool performer;
};

/* The form, empty but for what is known already. */
struct form *service_form(
	struct request *, const struct service *, const struct subjects *);

/* The page with the form, what runs already and whom it is about. */
enum rc service_write(struct request *, const struct service *,
	const struct subjects *, struct form *);

/*
 * The page that says which of those picked can't be asked for, and why: it is
 * up to the user to go on without them.
 */
enum rc service_write_choice(
	struct request *, const struct service *, const struct subjects *);

/* What the form, which was read, asks for. */
struct request_draft service_draft(struct request *, const struct service *,
	const struct subjects *, const struct form *);

#endif
