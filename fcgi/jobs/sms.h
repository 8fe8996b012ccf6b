#ifndef JOBS_SMS_H
#define JOBS_SMS_H

#include "../core/config.h"
#include "../db/db.h"

/*
 * Sends the SMS that is due and comes first, if there is one (outbox.h),
 * with the request of [sms] in the configuration. In its url, header and
 * body {to} is the number (+31612345678), {text} the words, and {id} what
 * tells a second try from a second message. They are escaped for where they
 * stand: percent-encoded in the url and in a form, as JSON in a body that
 * begins with { or [; in the header only {id} is filled in.
 *
 * 2xx is sent; 400, 410 and 422 are final: the gateway does not want this
 * message. Whatever else it answers is tried again. To another machine over
 * https alone. *tried: there was one. RC_FAIL: the database.
 * curl_global_init() was called.
 */
enum rc sms_send_one(struct db *, const struct config *, bool *tried);

/*
 * The text with its marks filled in; escape makes a value fit to stand
 * there (NULL: as it is).
 */
char *sms_fill(struct pool *, const char *text, const char *to,
	const char *words, const char *id,
	const char *(*escape)(struct pool *, const char *));

/* As the inside of a JSON string. */
const char *sms_json(struct pool *, const char *);

#endif
