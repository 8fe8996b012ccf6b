/*
 * render-page FILE...: draws pages (tests/fixtures/page/) as HTML on
 * standard output, and mails (tests/fixtures/mail/NAME.xml, root <mail>) as
 * subject, text and HTML. From the root of the checkout. The exit status
 * is 1 where something was missing or unknown.
 */
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>

#include "core/log.h"
#include "core/render.h"

enum { PARSE = XML_PARSE_NONET | XML_PARSE_NOBLANKS };

static enum rc
draw_mail(struct render *r, struct pool *p, xmlDoc *doc, struct buffer *out)
{
	struct mail_parts parts;
	enum rc rc = render_mail(r, p, doc, &parts);

	if (!rc)
		buffer_printf(out, "%s\n\n%s\n%s", parts.subject, parts.text,
			parts.html);
	return rc;
}

static int
draw(struct render *r, const char *file)
{
	struct pool *p = pool_create();
	struct buffer *out = buffer_create(p);
	xmlDoc *doc = xmlReadFile(file, NULL, PARSE);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	enum rc rc = RC_FAIL;

	if (root && xmlStrEqual(root->name, BAD_CAST "mail"))
		rc = draw_mail(r, p, doc, out);
	else if (root)
		rc = render_html(r, p, doc, out);
	fwrite(out->data, 1, out->len, stdout);
	xmlFreeDoc(doc);
	pool_destroy(p);
	return rc != RC_OK;
}

int
main(int argc, char **argv)
{
	struct pool *p = pool_create();
	struct buffer *errors = buffer_create(p);
	struct render *r;
	int failed = 0;

	log_open("-");
	r = render_load(p, ".", errors);
	fputs(errors->data, stderr);
	if (!r)
		return 1;
	for (int i = 1; i < argc; i++)
		failed |= draw(r, argv[i]);
	failed |= render_faults(r) > 0;
	pool_destroy(p);
	return failed;
}
