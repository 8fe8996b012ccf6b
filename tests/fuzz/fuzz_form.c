/* A form that was sent: its name, '?', its body. */
#include <stdlib.h>
#include <string.h>

#include "engine/form.h"
#include "fuzz.h"

static void
load(void)
{
	static struct pool *p;

	if (p)
		return;
	p = pool_create();
	MUST(!forms_load(p, ".", buffer_create(p)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request *r = fuzz_request();
	const char *text = fuzz_text(r->pool, bytes, size);
	const char *id = fuzz_pick(".form.xml", text, &r->body);
	struct form *f;
	enum rc rc;

	load();
	r->body_len = size - (size_t)(r->body - text);
	r->method = METHOD_POST;
	if (params_parse(r->pool, r->body, r->body_len, &r->post))
		return 0;
	f = form_begin(r, id, "/x");
	rc = form_read(f);
	MUST(rc == RC_OK || rc == RC_INVALID);
	MUST((rc == RC_OK) == !(form_failed(f) || form_refreshed(f)));
	r->xml = xml_create(r->pool, "page");
	MUST(!form_write(f));
	fuzz_xml_is_whole(r);
	return 0;
}
