#include "account_mail.h"
#include "notify.h"

/* Before what is told of requests. */
enum { PRIORITY = 2 };

struct filling {
	const char *href;
};

static void
fill(struct xml *x, void *arg)
{
	const struct filling *f = arg;

	xml_open(x, "link");
	xml_attr(x, "href", f->href);
	xml_close(x);
}

enum rc
account_mail(struct request *r, const char *event, const char *address,
	const char *name, const char *lang, const char *href)
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
		     : pool_printf(r->pool, "%s/login", r->config->origin)};

	return mail_queue(r, &mail, fill, &f);
}
