#ifndef DOMAIN_MESSAGE_H
#define DOMAIN_MESSAGE_H

#include "attachment.h"
#include "request_action.h"

/*
 * Messages between the two sides of a request: the customer (institution and
 * professional) and the supplier. The other side gets a mail that there is
 * one, without its words, and a mark in the portal until its page was seen.
 */

/* May there be one more (rules/message.h)? */
bool message_may(const struct service_request *);

/*
 * Writes it, attaches what goes along, marks it for the other side and queues
 * the mails: of the customer's, to who asked and who wrote; of the supplier's,
 * to the branch. An answer of the supplier's takes the mark from colleagues.
 */
enum rc message_send(struct request *, const struct service_request *,
	const char *text, const struct attachments *);

/*
 * <section id="messages">: the thread, oldest first, and the form or a note
 * why there is none; then <files> where there are any. photos: photos_list().
 * Whose page it is has seen them: the mark goes.
 */
enum rc messages_write(struct request *, const struct service_request *,
	const struct request_portal *, const struct db_rows *photos);

/*
 * BASE/NUMBER/message: the thread and the form on a page of their own, where
 * it comes back with its errors, and where it posts.
 */
enum rc message_form(struct request *, const struct request_portal *);
enum rc message_form_post(struct request *, const struct request_portal *);

#endif
