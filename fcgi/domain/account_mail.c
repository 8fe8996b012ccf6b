#include "../engine/detail.h"
#include "account_mail.h"
#include "notify.h"

/* Before what is told of requests. */
enum { PRIORITY = 2 };

struct filling {
	const char *href;
	const char *about;
};

static void
fill(struct xml *x, void *arg)
{
	const struct filling *f = arg;

	xml_open(x, "link");
	xml_attr(x, "href", f->href);
	xml_close(x);
	if (f->about)
		detail_arg(x, NULL, NULL, f->about);
}

enum rc
account_mail(struct request *r, const char *event, const char *address,
	const char *name, const char *lang, const char *href)
{
	return account_mail_about(r, event, address, name, lang, href, NULL);
}

enum rc
account_mail_about(struct request *r, const char *event, const char *address,
	const char *name, const char *lang, const char *href, const char *about)
{
	const struct mail mail = {
		.template = "account",
		.event = event,
		.address = address,
		.name = name,
		.lang = lang,
		.priority = PRIORITY,
	};
	struct filling f = {
		href ? href
		     : pool_printf(r->pool, "%s/login", r->config->origin),
		about};

	return mail_queue(r, &mail, fill, &f);
}
