#ifndef DOMAIN_NOTIFY_H
#define DOMAIN_NOTIFY_H

#include <stdint.h>

#include "../core/request.h"

/* A mail to one person or to a branch. */
struct mail {
	const char *template; /* mail/@id: xslt/mail/NAME.xsl */
	const char *event;    /* what happened, mail/@event; or NULL */
	const char *told;     /* as what they are told, mail/@told; or NULL */
	const char *address;
	const char *name; /* or NULL */
	const char *lang;
	int64_t organisation_id; /* whom it concerns; 0: nobody */
	int64_t document_id;	 /* sent along as PDF; 0: none */
	int priority;		 /* 1 first … 9 last; 0: 5 */
};

/*
 * Draws the mail now, in its language, and puts it in the outbox under a
 * Message-ID that stays. fill() writes what the stylesheet needs into the
 * open <mail>, behind <brand> and <to>; it may be NULL. In the caller's
 * transaction.
 */
enum rc mail_queue(struct request *, const struct mail *,
	void (*fill)(struct xml *, void *), void *arg);

/* An SMS: to a number as contact_phone() gives it, in at most two parts. */
struct sms {
	const char *kind; /* account.…: its words are not kept once sent */
	const char *mobile;
	const char *lang;
	const char *text;
	int minutes; /* it is of use */
};

/* Before any mail. In the caller's transaction. */
enum rc sms_queue(struct request *, const struct sms *);

#endif
