#ifndef ACCOUNT_PASSWORD_H
#define ACCOUNT_PASSWORD_H

#include "../engine/form.h"

/* What the pages that set a password share. */

/*
 * The fields password and again of a form that was read: errors where it is
 * shorter than the account's organisations ask, easily guessed of this
 * person, or not the same twice. RC_OK or RC_FAIL.
 */
enum rc password_check_new(struct request *, struct form *, int64_t account,
	const char *email, const char *name);

/* The page of a link that was used, is too old, or never was: 410. note says
 * what to do, with a link to href (or NULL). */
enum rc link_ended(struct request *, const char *note, const char *href);

#endif
