#ifndef CORE_RC_H
#define CORE_RC_H

/*
 * What a handler or a function of the domain answers. The dispatcher alone
 * maps it to an HTTP status and to commit or rollback.
 */
enum rc {
	RC_OK,	     /* done: 200, or 303 where a redirect was set; commit */
	RC_INVALID,  /* input refused, the form holds the errors: 422; rollback
		      */
	RC_DENIED,   /* signed in, but without the right: 403; rollback */
	RC_REFUSED,  /* refused, and the refusal must be kept: commit */
	RC_NOTFOUND, /* not there, or not yours: 404; rollback */
	RC_CONFLICT, /* changed meanwhile, or key reused: 409; rollback */
	RC_FAIL	     /* our fault or the database's: 500 or 503; rollback */
};

#endif
