#ifndef ACCESS_FACTOR_H
#define ACCESS_FACTOR_H

#include "access.h"

/*
 * The second step of logging in (C2): what an account has for it, and the
 * check of what it gave. A secret is sealed (seal.h) under the key 'factor';
 * a code works once.
 *
 * app       the code of an authenticator app (totp.h)
 * sms       six digits sent to a mobile number, for FACTOR_SMS_MINUTES and
 *           FACTOR_SMS_TRIES, in the session that asked for them, to prove
 *           that number alone
 * recovery  one of the FACTOR_RECOVERY_CODES printed when the first of the
 *           others was enrolled: for who lost the telephone
 */
enum factor_method { FACTOR_APP, FACTOR_SMS, FACTOR_RECOVERY, FACTOR_METHODS };

enum {
	FACTOR_SMS_MINUTES = 5,
	FACTOR_SMS_TRIES = 5,
	FACTOR_SMS_SIZE = 7,	   /* six digits and the NUL */
	FACTOR_SMS_QUARTER = 5,	   /* SMS an account, or number, gets in
				    * 15 minutes … */
	FACTOR_SMS_DAY = 20,	   /* … and in a day */
	FACTOR_SMS_SECONDS = 20,   /* one is enough for so long */
	FACTOR_RECOVERY_CODES = 8, /* at once */
	FACTOR_RECOVERY_SIZE = 15  /* XXXX-XXXX-XXXX and the NUL: 60 bits */
};

/* app, sms, recovery */
extern const char *const factor_names[FACTOR_METHODS];

/* What an account may use now. */
struct factors {
	bool app;
	bool sms;
	const char *mobile; /* enrolled, also where sms may not be used now */
	int recovery;	    /* codes left */
	bool sms_allowed;   /* by its organisations, and there is a gateway */
	bool required;	    /* by its portal or one of its organisations */
	bool must_enrol;    /* an app: sms is all it has, and switched off */
	const char *app_since; /* 2026-11-22T03:10:00Z; NULL: none */
};

enum rc factors_load(struct request *, int64_t account, struct factors *);

/* Has it any to begin with, whether it can be used now or not? A recovery code
 * alone is none. */
bool factors_any(const struct factors *);

/* May this one be used now? */
bool factor_usable(const struct factors *, enum factor_method);

/* The one of that name, or, where it is NULL or can't be used, the best. */
enum factor_method factor_choose(const struct factors *, const char *name);

/*
 * Is it the right code for the account of r->who? Then it is used up. code
 * as typed, spaces and hyphens allowed. Counting the tries of the log-in is
 * the caller's. RC_OK or RC_FAIL.
 */
enum rc factor_check(
	struct request *, enum factor_method, const char *code, bool *right);

/*
 * A code to be sent by SMS in this session (32 bytes), in place of an earlier
 * one. code "": one is on its way since FACTOR_SMS_SECONDS, the button was
 * pressed twice. *until: NULL, or since there were too many, when to ask
 * again. Within a transaction.
 */
enum rc factor_sms_code(struct request *, const unsigned char *session,
	int64_t account, const char *mobile, char code[FACTOR_SMS_SIZE],
	const char **until);

/* Is it the code that was sent there in the session of r->who? Then it is
 * used up. */
enum rc factor_sms_check(
	struct request *, const char *mobile, const char *code, bool *right);

#endif
