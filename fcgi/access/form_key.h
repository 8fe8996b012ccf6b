#ifndef ACCESS_FORM_KEY_H
#define ACCESS_FORM_KEY_H

#include "../core/request.h"

/*
 * A form is carried out once, however often it is sent: its field form_key
 * is kept with a hash of what was sent and the place of the result, in the
 * transaction of the form itself. For accounts that are signed in.
 */

enum { FORM_KEY_BYTES = 16 };

/* A new key, 32 hexadecimal digits. */
const char *form_key_new(struct request *);

/* Has the POST a field form_key of the right form? */
bool form_key_given(const struct request *);

/*
 * Takes the key, within the transaction. RC_OK: go on; or, with
 * r->response.location set, it was done before and that is its result.
 * RC_CONFLICT: the key was used for something else. RC_FAIL.
 */
enum rc form_key_take(struct request *);

/*
 * After the handler: keeps where it redirects to. A form that did not end in
 * a redirect may be sent again, its key is given back. RC_OK or RC_FAIL.
 */
enum rc form_key_keep(struct request *);

#endif
