#include <string.h>

#include <sodium.h>

#include "../core/config.h"
#include "../core/format.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../db/db.h"
#include "../engine/page.h"
#include "notify.h"

enum { MAIL_PRIORITY = 5 };

/* 128 random bits at the domain that mail comes from. */
static const char *
message_id(struct pool *p, const char *from)
{
	unsigned char bytes[16];
	char hex[2 * sizeof(bytes) + 1];
	const char *at = strchr(from, '@');

	randombytes_buf(bytes, sizeof(bytes));
	text_hex(bytes, sizeof(bytes), hex);
	return pool_printf(p, "<%s@%.40s>", hex, at ? at + 1 : "localhost");
}

enum rc
mail_queue(struct request *r, const struct mail *m,
	void (*fill)(struct xml *, void *), void *arg)
{
	struct xml *x = xml_create(r->pool, "mail");
	const char *kind =
		m->event ? pool_printf(r->pool, "%s.%s", m->template, m->event)
			 : m->template;
	struct mail_parts parts;

	xml_attr(x, "id", m->template);
	xml_attr(x, "event", m->event);
	xml_attr(x, "told", m->told);
	xml_attr(x, "lang", lang_code(lang_parse(m->lang)));
	page_brand(x, r->pool, r->config, m->lang);
	xml_open(x, "to");
	xml_attr(x, "name", m->name ? m->name : "");
	xml_close(x);
	if (fill)
		fill(x, arg);
	xml_close_to(x, 0);
	if (render_mail(r->render, r->pool, xml_doc(x), &parts))
		return RC_FAIL;
	return db_exec(r->db, SQL_MAIL_INSERT,
		DB_ARGS(db_text("message_id",
				message_id(r->pool, r->config->mail.from)),
			db_text("kind", kind),
			db_id("organisation", m->organisation_id),
			db_text("recipient", m->address),
			db_text("recipient_name", m->name ? m->name : ""),
			db_text("lang", lang_code(lang_parse(m->lang))),
			db_text("subject", parts.subject),
			db_text("body_text", parts.text),
			db_text("body_html", parts.html),
			db_id("document", m->document_id),
			db_int("priority",
				m->priority ? m->priority : MAIL_PRIORITY)),
		NULL);
}

enum rc
sms_queue(struct request *r, const struct sms *s)
{
	return db_exec(r->db, SQL_SMS_INSERT,
		DB_ARGS(db_text("message_id",
				message_id(r->pool, r->config->mail.from)),
			db_text("kind", s->kind),
			db_text("recipient", s->mobile),
			db_text("lang", lang_code(lang_parse(s->lang))),
			db_text("text", s->text),
			db_int("minutes", s->minutes)),
		NULL);
}
