#ifndef DOMAIN_ACCOUNT_MAIL_H
#define DOMAIN_ACCOUNT_MAIL_H

#include "../core/request.h"

/*
 * A mail about an account, to whose it is: texts mail.account.EVENT.subject
 * and .text, and .link where its link has words of its own. event: reset
 * (href: the link that sets a password), password (it was changed),
 * deactivated (it was asked for help with a password), and what happens to
 * it in domain/account.c. href NULL: the log-in page. In the caller's
 * transaction.
 */
enum rc account_mail(struct request *, const char *event, const char *address,
	const char *name, const char *lang, const char *href);

/* The same about an organisation or a person: {1} of its texts. */
enum rc account_mail_about(struct request *, const char *event,
	const char *address, const char *name, const char *lang,
	const char *href, const char *about);

/*
 * The code of the second step (access/factor.h), by SMS to the account's
 * number: made, kept for that session, and queued. *until as there. In the
 * caller's transaction.
 */
enum rc account_sms_code(struct request *, const unsigned char *session,
	int64_t account, const char *mobile, const char *lang,
	const char **until);

#endif
