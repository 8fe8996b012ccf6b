#ifndef DOMAIN_ACCOUNT_MAIL_H
#define DOMAIN_ACCOUNT_MAIL_H

#include "../core/request.h"

/*
 * A mail about an account, to whose it is: texts mail.account.EVENT.subject
 * and .text. event: reset (href: the link that sets a password), password (it
 * was changed), deactivated (it was asked for help with a password). href
 * NULL: the log-in page. In the caller's transaction.
 */
enum rc account_mail(struct request *, const char *event, const char *address,
	const char *name, const char *lang, const char *href);

#endif
