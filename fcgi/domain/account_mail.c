#include <string.h>

#include "../access/factor.h"
#include "../core/render.h"
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

/* host:port of the origin: the browser fills the code in on that site alone
 * (the SMS's last line, "Origin-bound one-time codes delivered via SMS"). */
static const char *
host_of(struct pool *p, const char *origin)
{
	const char *host = strstr(origin, "://");

	host = host ? host + 3 : origin;
	return pool_strndup(p, host, strcspn(host, ":/"));
}

enum rc
account_sms_code(struct request *r, const unsigned char *session,
	int64_t account, const char *mobile, const char *lang,
	const char **until)
{
	char code[FACTOR_SMS_SIZE];
	const char *args[3] = {code, r->config->brand.name,
		host_of(r->pool, r->config->origin)};
	enum rc rc = factor_sms_code(r, session, account, mobile, code, until);
	struct sms sms = {
		.kind = "account.code",
		.mobile = mobile,
		.lang = lang,
		.minutes = FACTOR_SMS_MINUTES,
	};

	if (rc || *until || !*code)
		return rc;
	sms.text = pool_printf(r->pool, "%s\n\n@%s #%s",
		words_text(render_words(r->render), r->pool, lang_parse(lang),
			"sms.code", 2, args),
		args[2], code);
	return sms_queue(r, &sms);
}
