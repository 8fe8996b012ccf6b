#ifndef ENGINE_EDIT_H
#define ENGINE_EDIT_H

#include "form.h"

/*
 * A form that makes or changes one thing, from its page to its effect: read
 * in the transaction of the POST, checked, and drawn again with every error
 * and all that was typed, or carried out.
 */
struct edit {
	struct form *form;
	/*
	 * Of the thing as it is now; the form then has a hidden field version
	 * that tells what its page showed. 0: something new.
	 */
	int64_t version;
	void *thing; /* the caller's, for the two below */
	/* Begins the page and writes the form where it belongs. */
	enum rc (*draw)(struct request *, struct form *, void *thing);
	/*
	 * What is sent besides fields, after they were read, good or not; it
	 * may set errors. NULL: nothing. RC_OK or RC_FAIL.
	 */
	enum rc (*take)(struct request *, struct form *, void *thing);
	/*
	 * Carries it out and redirects. RC_INVALID after form_fail() or
	 * page_message(): nothing was done. RC_CONFLICT: somebody was first.
	 */
	enum rc (*apply)(struct request *, struct form *, void *thing);
};

/*
 * GET: the page of the form. POST: what was sent; on an older version than that
 * of the thing nothing is done: 409, with message form.changed and what was
 * typed.
 */
enum rc edit_run(struct request *, const struct edit *);

#endif
