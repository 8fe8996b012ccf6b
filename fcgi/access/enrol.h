#ifndef ACCESS_ENROL_H
#define ACCESS_ENROL_H

#include "factor.h"

/*
 * Enrolling what gives the codes of the second step, for the account of
 * r->who: in a log-in that has none (SESSION_ENROL), or signed in, with a
 * fresh code (step_up.h). What is not proven yet is kept by the session, so
 * that an app in use goes on until the new one gave its first code.
 */
enum {
	ENROL_SECRET_BYTES = 20, /* RFC 4226, 4: as long as SHA-1 */
	ENROL_KEY_SIZE = 33	 /* the same in base32, and the NUL */
};

/* May r->who enrol in this request? */
bool enrol_allowed(const struct request *);

/* A secret for a new app; the one that waits already, if there is one. */
enum rc enrol_app_begin(struct request *);

/* It, in base32, and as an address that apps read from a QR code. RC_NOTFOUND:
 * none was begun. */
enum rc enrol_app_key(
	struct request *, char key[ENROL_KEY_SIZE], const char **address);

/* The app in place of an earlier one, where it gives this code. */
enum rc enrol_app_finish(struct request *, const char *code, bool *right);

/* The number that SMS shall go to, once a code proves it (contact.h). */
enum rc enrol_sms_begin(struct request *, const char *mobile);
enum rc enrol_sms_mobile(struct request *, const char **mobile);
enum rc enrol_sms_finish(struct request *, const char *code, bool *right);

/* New recovery codes in place of all others; the session keeps them until
 * they were seen. */
enum rc enrol_recovery(struct request *);

/* Those codes, FACTOR_RECOVERY_CODES of them. RC_NOTFOUND: none wait. */
enum rc enrol_recovery_codes(
	struct request *, char codes[][FACTOR_RECOVERY_SIZE]);

/* What the database holds of a code without its hyphens, as capitals. */
void recovery_hash(int64_t account, const char *code, unsigned char hash[32]);

#endif
